"""DNS block lists (RFC 5782)."""

from __future__ import annotations

import pytest

from smtpprobe.policy.dns_answer import Lookup, LookupEnd, answered
from smtpprobe.policy.dnsbl import (
    ListAnswer,
    Listing,
    ListTest,
    entries,
    list_name,
    read_answer,
    shared_resolvers,
)

ZONE = "list.example"


def a(*records: str) -> Lookup:
    """Return an answer with these addresses."""
    return answered("x", "A", records=records)


WORKS = ListTest(a("127.0.0.2"), a())


def told(*codes: str, test: ListTest = WORKS) -> ListAnswer:
    """Return what a list says that answers with these codes."""
    return read_answer(ZONE, a(*codes), None, test)


def test_an_address_stands_reversed_below_the_zone() -> None:
    assert list_name("192.0.2.7", "list.example.") == "7.2.0.192.list.example"
    assert list_name("2001:db8::1", ZONE).startswith("1.0.0.0.0.0.0.0.")
    assert list_name("2001:db8::1", ZONE).endswith(".8.b.d.0.1.0.0.2.list.example")


def test_the_test_entries_are_of_the_same_family() -> None:
    assert entries("192.0.2.7", ZONE) == ("2.0.0.127.list.example", "1.0.0.127.list.example")
    must, _ = entries("2001:db8::1", ZONE)
    assert must.startswith("2.0.0.0.0.0.f.7.f.f.f.f.0.0.")


def test_an_entry_is_listed_with_its_codes_and_texts() -> None:
    texts = answered("x", "TXT", records=("see https://list.example/7",))
    found = read_answer(ZONE, a("127.0.0.4"), texts, WORKS)
    assert found.listing is Listing.LISTED
    assert (found.codes, found.texts) == (("127.0.0.4",), texts.records)


def test_no_entry_is_not_listed() -> None:
    assert told().listing is Listing.NOT_LISTED


@pytest.mark.parametrize("code", ["127.255.255.252", "127.255.255.254", "127.255.255.255"])
def test_a_refused_resolver_is_neither_listed_nor_clean(code: str) -> None:
    found = told(code)
    assert found.listing is Listing.UNKNOWN
    assert found.reason == f"the list refuses this resolver ({code})"


def test_made_up_answers_are_unknown() -> None:
    assert told("203.0.113.9").listing is Listing.UNKNOWN
    assert "203.0.113.9 is not what a list answers" in told("203.0.113.9").reason


def test_no_answer_is_unknown() -> None:
    found = read_answer(ZONE, Lookup("x", "A", LookupEnd.TIMEOUT, detail="within 5s"), None, WORKS)
    assert (found.listing, found.reason) == (
        Listing.UNKNOWN,
        "no answer from the DNS server within 5s",
    )


@pytest.mark.parametrize("codes", [(), ("127.0.0.2",)])
def test_a_list_whose_test_entry_is_missing_says_nothing(codes: tuple[str, ...]) -> None:
    found = told(*codes, test=ListTest(a(), a()))
    assert found.listing is Listing.UNKNOWN
    assert "its test entry is not listed" in found.reason


def test_a_list_that_refuses_for_its_test_entry_too_says_so() -> None:
    found = told(test=ListTest(a("127.255.255.254"), a("127.255.255.254")))
    assert found.reason == "the list refuses this resolver (127.255.255.254)"


def test_a_list_that_lists_everything_says_nothing() -> None:
    found = told("127.0.0.2", test=ListTest(a("127.0.0.2"), a("127.0.0.2")))
    assert found.listing is Listing.UNKNOWN
    assert "it lists what no list has" in found.reason


def test_public_resolvers_are_known() -> None:
    assert shared_resolvers(("192.0.2.53", "8.8.8.8")) == ("8.8.8.8",)


def test_of_two_reasons_to_know_nothing_that_of_the_address_is_told() -> None:
    broken = ListTest(a(), a("127.0.0.2"))
    found = told("127.255.255.254", test=broken)
    assert (found.listing, found.reason) == (
        Listing.UNKNOWN,
        "the list refuses this resolver (127.255.255.254)",
    )
    found = told("127.0.0.2", test=broken)
    assert found.reason == "its test entry is not listed: no such list, or it refuses this resolver"
