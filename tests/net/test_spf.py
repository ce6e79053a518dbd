"""SPF by pyspf, with our resolver in place of its own."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Mapping
from typing import NoReturn

import pytest
import spf
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpprobe.net.spf import Ask, Identity, check_spf, evaluate
from smtpprobe.policy.dns_answer import Lookup, LookupEnd, answered
from smtpprobe.policy.spf import SpfCheck, SpfResult

Zone = Mapping[tuple[str, str], tuple[str, ...] | LookupEnd]

US, SIX = "192.0.2.7", "2001:db8::7"


def by(zone: Zone) -> Ask:
    """Return what answers from a zone; a name without any record in it does not exist."""

    def ask(name: str, kind: str) -> Lookup:
        found = zone.get((name, kind))
        if isinstance(found, LookupEnd):
            return Lookup(name, kind, found)
        if found is not None:
            return answered(name, kind, records=found)
        exists = any(owner == name for owner, _ in zone)
        return Lookup(name, kind, LookupEnd.NO_DATA if exists else LookupEnd.NXDOMAIN)

    return ask


def checked(
    zone: Zone, address: str = US, sender: str = "me@a.example", ehlo: str = "mail.a.example"
) -> SpfCheck:
    """Return the result for a sender at an address."""
    local, _, domain = sender.rpartition("@")
    return evaluate(Identity(address, local, domain, ehlo), by(zone))


def txt(record: str, domain: str = "a.example") -> dict[tuple[str, str], tuple[str, ...]]:
    """Return a zone with one TXT record."""
    return {(domain, "TXT"): (record,)}


@pytest.mark.parametrize(
    ("record", "result", "term"),
    [
        ("v=spf1 ip4:192.0.2.0/24 -all", SpfResult.PASS, "ip4:192.0.2.0/24"),
        ("v=spf1 ip4:198.51.100.1 -all", SpfResult.FAIL, "-all"),
        ("v=spf1 ip4:198.51.100.1 ~all", SpfResult.SOFTFAIL, "~all"),
        ("v=spf1 ip4:198.51.100.1 ?all", SpfResult.NEUTRAL, "?all"),
        ("v=spf1 ip4:198.51.100.1", SpfResult.NEUTRAL, ""),
        ("v=spf1", SpfResult.NEUTRAL, ""),
        ("v=spf2 -all", SpfResult.NONE, ""),
        ("v=spf1 +all", SpfResult.PASS, "+all"),
        ("v=spf1 ip6:2001:db8::/32 -all", SpfResult.FAIL, "-all"),
    ],
)
def test_the_term_that_matched_is_named(record: str, result: SpfResult, term: str) -> None:
    found = checked(txt(record))
    assert (found.result, found.term) == (result, term)
    assert (found.domain, found.by_ehlo, found.problem) == ("a.example", False, "")


def test_an_ipv6_address_is_matched_by_ip6_a_and_mx() -> None:
    zone: dict[tuple[str, str], tuple[str, ...] | LookupEnd] = {
        ("a.example", "AAAA"): ("2001:DB8:0::7",),
        ("a.example", "MX"): ("10 mx.a.example",),
        ("mx.a.example", "AAAA"): (SIX,),
    }
    for term in ("ip6:2001:db8::/32", "a", "a//64", "mx", "mx:a.example//128"):
        found = checked({**zone, **txt(f"v=spf1 {term} -all")}, SIX)
        assert (found.result, found.term) == (SpfResult.PASS, term)
    assert checked({**zone, **txt("v=spf1 ip4:192.0.2.0/24 -all")}, SIX).result is SpfResult.FAIL


def test_an_ipv4_address_in_ipv6_form_is_ipv4() -> None:
    found = checked(txt("v=spf1 ip4:192.0.2.7 -all"), f"::ffff:{US}")
    assert found.result is SpfResult.PASS


def test_an_include_that_passes_matches_and_one_that_fails_does_not() -> None:
    zone = {**txt("v=spf1 include:b.example ~all"), **txt("v=spf1 ip4:192.0.2.7 -all", "b.example")}
    found = checked(zone)
    assert (found.result, found.term) == (SpfResult.PASS, "include:b.example")
    assert found.records == (
        ("a.example", "v=spf1 include:b.example ~all"),
        ("b.example", "v=spf1 ip4:192.0.2.7 -all"),
    )
    assert checked(zone, "192.0.2.8").result is SpfResult.SOFTFAIL


def test_redirect_takes_the_other_record_with_its_result() -> None:
    zone = {**txt("v=spf1 redirect=b.example"), **txt("v=spf1 -all", "b.example")}
    found = checked(zone)
    assert (found.result, found.term) == (SpfResult.FAIL, "-all")
    assert found.records[1][0] == "b.example"


def test_exists_asks_for_a_name_made_of_macros() -> None:
    name = "7.2.0.192.me.in-addr.a.example"
    zone: dict[tuple[str, str], tuple[str, ...] | LookupEnd] = {
        **txt("v=spf1 exists:%{ir}.%{l}.%{v}.%{d} -all"),
        (name, "A"): ("127.0.0.2",),
    }
    assert checked(zone).result is SpfResult.PASS
    assert checked(zone, sender="you@a.example").result is SpfResult.FAIL


PTR: Zone = {
    ("7.2.0.192.in-addr.arpa", "PTR"): ("mail.a.example", "elsewhere.example"),
    ("mail.a.example", "A"): (US,),
    ("elsewhere.example", "A"): ("198.51.100.1",),
}


def test_ptr_wants_a_name_of_the_domain_that_leads_back() -> None:
    assert checked({**PTR, **txt("v=spf1 ptr -all")}).result is SpfResult.PASS
    found = checked({**PTR, **txt("v=spf1 ptr:elsewhere.example -all")})
    assert found.result is SpfResult.FAIL


@pytest.mark.parametrize(
    "failing",
    [("7.2.0.192.in-addr.arpa", "PTR"), ("mail.a.example", "A")],
)
def test_a_dns_error_among_the_names_of_the_address_does_not_match_and_is_no_error(
    failing: tuple[str, str],
) -> None:
    zone = {**PTR, **txt("v=spf1 ptr -all"), failing: LookupEnd.SERVFAIL}
    assert checked(zone).result is SpfResult.FAIL


@pytest.mark.parametrize(
    "end", [LookupEnd.SERVFAIL, LookupEnd.TIMEOUT, LookupEnd.BOGUS, LookupEnd.REFUSED]
)
def test_no_answer_is_a_temporary_error_and_says_of_which_name(end: LookupEnd) -> None:
    found = checked({**txt("v=spf1 include:b.example -all"), ("b.example", "TXT"): end})
    assert found.result is SpfResult.TEMPERROR
    assert found.problem.startswith("TXT of b.example: ")
    assert checked({("a.example", "TXT"): end}).result is SpfResult.TEMPERROR


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        ("v=spf1 foo -all", "Unknown mechanism found: foo"),
        ("v=spf1 ip4:192.0.2 -all", "Invalid IP4 address: ip4:192.0.2"),
        ("v=spf1 include:none.example -all", "No valid SPF record for included domain"),
        ("v=spf1 redirect=none.example", "redirect domain has no SPF record"),
        ("v=spf1 a:%{x}.example -all", "Unknown Macro Encountered"),
        ("v=spf1 redirect=b.example redirect=c.example", "redirect= MUST appear at most once"),
        ("v=spf1 \xe4 -all", "Non-ascii characters found"),
    ],
)
def test_a_record_that_cannot_be_evaluated_is_a_permanent_error(record: str, problem: str) -> None:
    found = checked(txt(record))
    assert found.result is SpfResult.PERMERROR
    assert problem in found.problem
    assert found.term == ""


def test_two_records_are_a_permanent_error() -> None:
    found = checked({("a.example", "TXT"): ("v=spf1 -all", "v=spf1 +all")})
    assert (found.result, found.problem) == (
        SpfResult.PERMERROR,
        "Two or more type TXT spf records found.",
    )


def test_more_than_ten_lookups_are_a_permanent_error() -> None:
    zone: dict[tuple[str, str], tuple[str, ...] | LookupEnd] = {}
    for number in range(11):
        zone[f"h{number}.example", "A"] = ("198.51.100.1",)
    ten = " ".join(f"a:h{number}.example" for number in range(10))
    found = checked({**zone, **txt(f"v=spf1 {ten} -all")})
    assert (found.result, found.lookups) == (SpfResult.FAIL, 10)
    found = checked({**zone, **txt(f"v=spf1 {ten} a:h10.example -all")})
    assert (found.result, found.lookups) == (SpfResult.PERMERROR, 11)
    assert "Too many DNS lookups" in found.problem


def test_more_than_two_questions_without_an_answer_are_a_permanent_error() -> None:
    found = checked(txt("v=spf1 a:x.example a:y.example -all"))
    assert (found.result, found.voids) == (SpfResult.FAIL, 2)
    found = checked(txt("v=spf1 a:x.example a:y.example a:z.example -all"))
    assert found.result is SpfResult.PERMERROR
    assert "Void lookup limit of 2 exceeded" in found.problem


def test_a_record_that_leads_to_itself_ends() -> None:
    zone = {
        **txt("v=spf1 include:b.example -all"),
        **txt("v=spf1 include:a.example -all", "b.example"),
    }
    assert checked(zone).result is SpfResult.PERMERROR
    assert checked(txt("v=spf1 redirect=a.example")).result is SpfResult.PERMERROR


def test_for_the_null_sender_the_record_of_the_ehlo_name_counts() -> None:
    found = checked(txt("v=spf1 a -all", "mail.a.example"), sender="")
    assert (found.domain, found.by_ehlo, found.result) == (
        "mail.a.example",
        True,
        SpfResult.FAIL,
    )


def test_a_quoted_local_part_does_not_change_the_domain() -> None:
    found = checked(txt("v=spf1 +all"), sender='"a@b.example"@a.example')
    assert (found.domain, found.result) == ("a.example", SpfResult.PASS)


def test_a_null_mx_matches_nothing() -> None:
    zone: dict[tuple[str, str], tuple[str, ...] | LookupEnd] = {
        ("a.example", "MX"): ("0 .",),
        **txt("v=spf1 mx -all"),
    }
    assert checked(zone).result is SpfResult.FAIL


def test_a_record_longer_than_any_real_one_is_unknown() -> None:
    found = checked(txt("v=spf1 " + "ip4:192.0.2.1 " * 2000 + "-all"))
    assert found.result is None
    assert "more than 4096 octets" in found.problem


def test_what_pyspf_does_not_expect_is_unknown_and_raises_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(spf.query, "expand", lambda *_: 1 // 0)
    found = checked(txt("v=spf1 a -all"))
    assert found.result is None
    assert found.problem.startswith("pyspf cannot evaluate the record (")


@pytest.mark.parametrize("address", ["", "here", "192.0.2.300"])
def test_without_an_address_the_result_is_unknown(address: str) -> None:
    assert checked(txt("v=spf1 -all"), address).result is None


@settings(max_examples=60, deadline=None)
@given(st.text("v=spf1 ai:%{}/.-redctmx0129_", max_size=60), st.sampled_from([US, SIX]))
def test_no_record_raises_anything(text: str, address: str) -> None:
    assert checked(txt(f"v=spf1 {text}"), address).address == address


def test_pyspf_asks_nobody_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("pyspf went to DNS by itself")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr("dns.resolver.query", refuse)
    monkeypatch.setattr("dns.resolver.resolve", refuse)
    monkeypatch.setattr(spf, "DNSLookup_dnspython", refuse)
    monkeypatch.setattr("smtpprobe.net.spf._theirs", refuse)
    record = (
        "v=spf1 a mx ptr exists:%{p}.b.example include:b.example exp=e.example redirect=c.example"
    )
    zone = {
        **PTR,
        **txt(record),
        **txt("v=spf1 -all", "b.example"),
        **txt("v=spf1 -all", "c.example"),
        **txt("no", "e.example"),
        ("a.example", "A"): ("198.51.100.1",),
        ("a.example", "MX"): ("10 elsewhere.example",),
        ("mail.a.example.b.example", "AAAA"): ("2001:db8::1",),
        ("7.2.0.192.in-addr.arpa", "PTR"): ("elsewhere.example",),
    }
    asked: list[tuple[str, str]] = []
    answers = by(zone)

    def ask(name: str, kind: str) -> Lookup:
        asked.append((name, kind))
        return answers(name, kind)

    found = evaluate(Identity(US, "me", "a.example", "mail.a.example"), ask)
    assert (found.result, found.term) == (SpfResult.FAIL, "-all")
    assert {kind for _, kind in asked} == {"TXT", "A", "MX", "PTR"}


def test_another_program_in_this_process_keeps_the_lookups_of_pyspf(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("smtpprobe.net.spf._theirs", lambda *asked: [((asked[0], "TXT"), asked[1])])
    assert spf.DNSLookup("x.example", "TXT") == [(("x.example", "TXT"), "TXT")]


@pytest.mark.real_time
async def test_the_questions_are_asked_in_the_event_loop_and_the_wait_is_in_a_thread() -> None:
    threads = set[threading.Thread]()
    answers = by({**txt("v=spf1 a:h.example -all"), ("h.example", "A"): (US,)})

    async def ask(name: str, kind: str) -> Lookup:
        threads.add(threading.current_thread())
        await asyncio.sleep(0)
        return answers(name, kind)

    found = await check_spf(Identity(US, "me", "a.example", "x"), ask)
    assert (found.result, found.term) == (SpfResult.PASS, "a:h.example")
    assert threads == {threading.current_thread()}


@pytest.mark.real_time
async def test_several_evaluations_at_once_do_not_mix_their_answers() -> None:
    async def one(number: int) -> SpfCheck:
        answers = by(txt(f"v=spf1 ip4:192.0.2.{number} -all"))

        async def ask(name: str, kind: str) -> Lookup:
            await asyncio.sleep(0.001)
            return answers(name, kind)

        return await check_spf(Identity(f"192.0.2.{number}", "me", "a.example", "x"), ask)

    found = await asyncio.gather(*(one(number) for number in range(1, 9)))
    assert [each.term for each in found] == [f"ip4:192.0.2.{number}" for number in range(1, 9)]


@pytest.mark.real_time
async def test_a_resolver_that_never_answers_ends_the_evaluation_in_time() -> None:
    async def ask(_name: str, _kind: str) -> Lookup:
        await asyncio.Event().wait()
        raise AssertionError

    found = await check_spf(Identity(US, "me", "a.example", "x"), ask, limit=0.05)
    assert found.result is SpfResult.TEMPERROR
    assert "no answer from the DNS server within 0.05s" in found.problem


@pytest.mark.real_time
async def test_an_interrupted_question_leaves_the_result_unknown() -> None:
    async def ask(name: str, kind: str) -> Lookup:
        return Lookup(name, kind, LookupEnd.INTERRUPTED)

    found = await check_spf(Identity(US, "me", "a.example", "x"), ask)
    assert (found.result, found.problem) == (None, "interrupted")
