"""Addresses at which no mail host of the internet can be, and those that nobody can have."""

from __future__ import annotations

import pytest

from smtpprobe.policy.addresses import is_loopback, leads_nowhere, no_mail_network, nobodys


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("127.0.0.1", "127.0.0.0/8"),
        ("10.1.2.3", "10.0.0.0/8"),
        ("100.127.255.255", "100.64.0.0/10"),
        ("fe80::1", "fe80::/10"),
        ("::ffff:127.0.0.1", "127.0.0.0/8"),
        ("::ffff:192.168.0.1", "192.168.0.0/16"),
        ("100.128.0.0", ""),
        ("192.0.2.1", ""),
        ("2001:db8::1", ""),
        ("::ffff:192.0.2.1", ""),
    ],
)
def test_an_address_inside_a_network_of_its_own_can_be_no_mail_host(
    address: str, network: str
) -> None:
    assert no_mail_network(address) == network


def test_loopback_leads_nowhere_at_the_ports_of_mail_and_is_a_test_server_at_others() -> None:
    assert [leads_nowhere("127.0.0.1", port) for port in (25, 465, 587, 2525)] == [
        *(True, True, True, False)
    ]
    assert not leads_nowhere("192.0.2.1", 25)
    assert not leads_nowhere("10.0.0.1", 25)  # of the sender's own site, perhaps


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("224.0.0.1", "a multicast address, which no host can have"),
        ("ff02::1", "a multicast address, which no host can have"),
        ("255.255.255.255", "the broadcast address, which no host can have"),
        ("240.0.0.1", "a reserved address, which no host can have"),
        ("fe80::1", "a link-local address needs an interface: fe80::1%eth0"),
        ("fe80::1%eth0", ""),
        ("169.254.0.1", ""),
        ("192.0.2.1", ""),
        ("2001:db8::1", ""),
        ("mx.example.org", ""),
    ],
)
def test_an_address_that_nobody_can_have_says_why(address: str, why: str) -> None:
    assert nobodys(address) == why


def test_what_is_no_address_is_not_loopback_either() -> None:
    for text in ("localhost", "", "192.0.2.1", "::2"):
        assert not is_loopback(text)
    for text in ("127.0.0.9", "::1"):
        assert is_loopback(text)
