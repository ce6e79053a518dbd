"""What `--allow` permits: by name before DNS, by address before dialling."""

from __future__ import annotations

import pytest

from smtpprobe.assistant.allowed import Allowed, read_rule
from smtpprobe.errors import UsageError
from smtpprobe.protocol.target import parse_target


def allowed(*texts: str) -> Allowed:
    """Return what some `--allow` permit together."""
    return Allowed(tuple(rule for text in texts for rule in read_rule(text)))


@pytest.mark.parametrize(
    ("rule", "target"),
    [
        ("example.org", "example.org"),
        ("example.org", "[example.org]"),
        ("example.org", "EXAMPLE.org.:587"),
        ("example.org", "smtps://example.org"),
        ("*.example.org", "mx1.example.org:25"),
        ("*.example.org", "a.b.example.org"),
        ("*", "anything.example"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("*.bücher.example", "mx.bücher.example:25"),
        ("mx.example.org:2525", "mx.example.org:2525"),
        ("mx.example.org:*", "mx.example.org:26"),
        ("192.0.2.0/24", "[192.0.2.7]"),
        ("192.0.2.7", "192.0.2.7:587"),
        ("2001:db8::/32", "[2001:db8::1]:25"),
        ("[2001:db8::1]:2525", "[2001:db8::1]:2525"),
        ("localhost:*", "localhost:2525"),
        ("localhost:*", "[127.0.0.1]:2525"),
    ],
)
def test_what_an_allow_names_may_be_connected_to(rule: str, target: str) -> None:
    allowed(rule).check_target(parse_target(target))


@pytest.mark.parametrize(
    ("rule", "target"),
    [
        ("example.org", "example.com"),
        ("example.org", "mx.example.org:25"),
        ("example.org", "notexample.org"),
        ("example.org", "example.org.evil.example"),
        ("*.example.org", "example.org"),
        ("*.example.org", "evilexample.org"),
        ("example.org", "example.org:2525"),
        ("example.org", "[192.0.2.1]"),
        ("*", "[192.0.2.1]"),
        ("*", "unix:/run/x"),
        ("*", "pipe:id"),
        ("*:*", "lmtp+pipe:id"),
        ("192.0.2.0/24", "[192.0.3.1]"),
        ("192.0.2.0/24", "mx.example.org:25"),
        ("127.0.0.1", "[127.0.0.1]:2525"),
        ("127.0.0.1", "localhost:25"),
    ],
)
def test_what_no_allow_names_is_refused_before_anything_is_looked_up(
    rule: str, target: str
) -> None:
    with pytest.raises(UsageError):
        allowed(rule).check_target(parse_target(target))


def test_a_refusal_names_the_option_that_would_permit_it() -> None:
    with pytest.raises(UsageError) as raised:
        allowed("example.org").check_target(parse_target("example.org:2525"))
    assert "port 2525 of example.org" in raised.value.message
    assert "--allow example.org:2525" in raised.value.hint


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "169.254.169.254", "10.0.0.1", "::1", "fd00::1", "::ffff:127.0.0.1"]
)
def test_a_name_does_not_lead_to_an_address_of_this_machine_or_its_networks(address: str) -> None:
    assert "not permitted" in allowed("*").address_fault(address, 25)
    assert not allowed("*", address).address_fault(address, 25)


def test_a_name_leads_to_the_addresses_of_others() -> None:
    assert not allowed("example.org").address_fault("192.0.2.1", 25)
    assert not allowed("example.org").address_fault("2001:db8::1", 25)


@pytest.mark.parametrize(
    "text", ["", "a b", "*.", "*x.example", "192.0.2.1/24", "x:0", "x:y", "x:70000", "-/x", "a..b"]
)
def test_an_allow_that_names_nothing_is_a_usage_error(text: str) -> None:
    with pytest.raises(UsageError, match="--allow"):
        read_rule(text)
