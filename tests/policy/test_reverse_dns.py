"""Names of an address (FCrDNS), and those that look like a dial-up line's."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from smtpprobe.policy.dns_answer import Lookup, LookupEnd, answered
from smtpprobe.policy.reverse_dns import (
    Confirmation,
    ReverseDns,
    looks_dynamic,
    pointer_name,
    reverse_dns,
)


def seen(
    address: str, names: tuple[str, ...], hosts: Mapping[str, tuple[str, ...] | LookupEnd]
) -> ReverseDns:
    """Return what is seen where an address has these names, and these the addresses."""
    kind = "AAAA" if ":" in address else "A"
    forward = {
        name: (
            (Lookup(name, kind, what),)
            if isinstance(what, LookupEnd)
            else (answered(name, kind, records=what),)
        )
        for name, what in hosts.items()
    }
    return reverse_dns(address, answered(pointer_name(address), "PTR", records=names), forward)


def test_the_name_of_a_pointer_is_the_address_reversed() -> None:
    assert pointer_name("192.0.2.7") == "7.2.0.192.in-addr.arpa"
    assert pointer_name("2001:db8::1").startswith("1.0.0.0.")
    assert pointer_name("fe80::1%eth0").endswith("8.e.f.ip6.arpa")
    assert pointer_name("no address") == ""


def test_a_name_that_leads_back_confirms() -> None:
    found = seen("192.0.2.7", ("Mail.Example.",), {"mail.example": ("192.0.2.8", "192.0.2.7")})
    assert (found.confirmation, found.confirmed) == (Confirmation.CONFIRMED, ("mail.example",))


def test_an_ipv6_address_is_compared_as_an_address_not_as_text() -> None:
    found = seen("2001:db8::7", ("m.example",), {"m.example": ("2001:DB8:0:0::7",)})
    assert found.confirmation is Confirmation.CONFIRMED


def test_one_of_several_names_is_enough() -> None:
    hosts = {"a.example": ("192.0.2.1",), "b.example": ("192.0.2.7",)}
    assert seen("192.0.2.7", ("a.example", "b.example"), hosts).confirmed == ("b.example",)


def test_names_that_lead_elsewhere_do_not_confirm() -> None:
    found = seen("192.0.2.7", ("a.example",), {"a.example": ("192.0.2.1",)})
    assert found.confirmation is Confirmation.NOT_CONFIRMED
    assert found.reason == "a.example has 192.0.2.1"
    found = seen("192.0.2.7", ("a.example",), {"a.example": ()})
    assert found.reason == "a.example has no such address"


def test_no_pointer_is_no_name_and_no_answer_is_unknown() -> None:
    assert seen("192.0.2.7", (), {}).confirmation is Confirmation.NO_NAME
    lost = Lookup("7.2.0.192.in-addr.arpa", "PTR", LookupEnd.SERVFAIL)
    found = reverse_dns("192.0.2.7", lost, {})
    assert (found.confirmation, bool(found.reason)) == (Confirmation.UNKNOWN, True)


def test_a_name_without_an_answer_leaves_it_unknown_unless_another_confirms() -> None:
    hosts: dict[str, tuple[str, ...] | LookupEnd] = {
        "a.example": LookupEnd.TIMEOUT,
        "b.example": ("192.0.2.1",),
    }
    names = ("a.example", "b.example")
    assert seen("192.0.2.7", names, hosts).confirmation is Confirmation.UNKNOWN
    hosts["b.example"] = ("192.0.2.7",)
    assert seen("192.0.2.7", names, hosts).confirmation is Confirmation.CONFIRMED


def test_no_more_names_are_kept_than_are_looked_up() -> None:
    names = tuple(f"h{number}.example" for number in range(500))
    assert len(seen("192.0.2.7", names, {}).names) == 10


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("192-0-2-7.dyn.provider.example", "192.0.2.7"),
        ("dyn-7.2.0.192.provider.example", "192.0.2.7"),
        ("p192.0.2.7.provider.example", "192.0.2.7"),
        ("host-192000002007.provider.example", "192.0.2.7"),
        ("c0000207.provider.example", "192.0.2.7"),
        ("pool-1.provider.example", "192.0.2.7"),
        ("adsl-bxl-44.provider.example", "192.0.2.7"),
        ("cable.44.provider.example", "192.0.2.7"),
        ("20010db8000000000000000000000007.provider.example", "2001:db8::7"),
        ("2001-db8-7.provider.example", "2001:db8::7"),
    ],
)
def test_a_name_of_a_line_looks_dynamic(name: str, address: str) -> None:
    assert looks_dynamic(name, address).startswith(f"{name} contains ")


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("mail.example.org", "192.0.2.7"),
        ("mx1.dynamo.example", "192.0.2.7"),
        ("out7.pooling.example", "192.0.2.7"),
        ("mail.dynamic.example", "192.0.2.7"),
        ("static-192-0-2-7.provider.example", "192.0.2.7"),
        ("mail-7.example.org", "192.0.2.7"),
        ("resolver.example.org", "192.0.2.7"),
        ("dsl.example", "192.0.2.7"),
    ],
)
def test_a_name_of_a_mail_host_does_not(name: str, address: str) -> None:
    assert looks_dynamic(name, address) == ""


def test_of_several_names_the_one_without_an_answer_is_named() -> None:
    hosts: dict[str, tuple[str, ...] | LookupEnd] = {
        "a.example": ("192.0.2.1",),
        "b.example": LookupEnd.TIMEOUT,
    }
    found = seen("192.0.2.7", ("a.example", "b.example"), hosts)
    assert found.confirmation is Confirmation.UNKNOWN
    assert found.reason.startswith("b.example: ")


def test_an_answer_for_the_other_family_says_nothing_of_this_one() -> None:
    forward = {
        "a.example": (
            Lookup("a.example", "A", LookupEnd.TIMEOUT),
            answered("a.example", "AAAA", records=("2001:db8::1",)),
        )
    }
    pointers = answered(pointer_name("192.0.2.7"), "PTR", records=("a.example",))
    assert reverse_dns("192.0.2.7", pointers, forward).confirmation is Confirmation.UNKNOWN


def in_both(*lookups: Lookup) -> ReverseDns:
    """Return what is seen of 192.0.2.7, whose one name has these answers."""
    pointers = answered(pointer_name("192.0.2.7"), "PTR", records=("a.example",))
    return reverse_dns("192.0.2.7", pointers, {"a.example": lookups})


def test_only_the_answer_for_its_own_family_has_to_come() -> None:
    found = in_both(
        answered("a.example", "A", records=("192.0.2.1",)),
        Lookup("a.example", "AAAA", LookupEnd.SERVFAIL),
    )
    assert found.confirmation is Confirmation.NOT_CONFIRMED


def test_of_two_answers_for_a_family_each_has_to_come_before_a_name_leads_elsewhere() -> None:
    elsewhere = answered("a.example", "A", records=("192.0.2.1",))
    lost = Lookup("a.example", "A", LookupEnd.TIMEOUT)
    assert in_both(elsewhere, lost).confirmation is Confirmation.UNKNOWN
    assert in_both(lost, elsewhere).confirmation is Confirmation.UNKNOWN
    here = answered("a.example", "A", records=("192.0.2.7",))
    assert in_both(lost, here).confirmation is Confirmation.CONFIRMED


def test_a_name_that_was_not_asked_for_is_unknown() -> None:
    found = in_both()
    assert (found.confirmation, found.reason) == (Confirmation.UNKNOWN, "a.example: not asked")


def test_an_address_with_its_interface_is_compared_without_it() -> None:
    found = seen("fe80::7%eth0", ("m.example",), {"m.example": ("fe80::7",)})
    assert found.confirmation is Confirmation.CONFIRMED
