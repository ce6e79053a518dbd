"""SPF of the sender's domain for each of our addresses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smtpprobe.policy.dns_answer import LookupEnd
from smtpprobe.starttls.facts import Answer
from smtpprobe.why.collect.foresight import foresee
from smtpprobe.why.collect.notes import Notes
from smtpprobe.why.collect.spf import tell_spf
from smtpprobe.why.facts import Fact
from smtpprobe.why.request import Request
from tests.why.collect.stage import Zone, notes, told, tools

pytestmark = pytest.mark.real_time

US = "192.0.2.1"
ASKED = Request("anna@there.test", "anna", "there.test", "me@here.test", client="mail.here.test")


async def seen(zone: Zone, request: Request = ASKED, ours: tuple[str, ...] = (US,)) -> Notes:
    """Return what is told of SPF where these are our addresses."""
    kept = notes(request)
    for address in ours:
        kept.tell(Fact("us.address", Answer.YES, "IPv4", data=(("ip", address),)))
    await tell_spf(kept, tools(zone))
    return kept


def here(*texts: str) -> Zone:
    """Return a zone with these TXT records of the sender's domain."""
    return {"here.test": {"TXT": texts}}


@pytest.mark.parametrize(
    ("record", "answer", "result"),
    [
        ("v=spf1 ip4:192.0.2.1 -all", Answer.YES, "pass"),
        ("v=spf1 -all", Answer.NO, "fail"),
        ("v=spf1 ~all", Answer.NO, "softfail"),
        ("v=spf1 ?all", Answer.NO, "neutral"),
        ("v=spf1 foo", Answer.NO, "permerror"),
        ("hello", Answer.NO, "none"),
        ("v=spf1 include:lost.test -all", Answer.UNKNOWN, "temperror"),
    ],
)
async def test_spf_is_told_with_its_result(record: str, answer: Answer, result: str) -> None:
    zone = {**here(record), "lost.test": {"TXT": LookupEnd.SERVFAIL}}
    fact = told(await seen(zone), "us.spf")
    assert (fact.answer, fact.datum("result"), fact.about) == (answer, result, "here.test")
    assert fact.value.startswith(f"here.test for {US}: {result}") or fact.because


async def test_behind_nat_spf_is_unknown_not_failed_and_the_record_is_shown() -> None:
    fact = told(await seen(here("v=spf1 -all"), ours=()), "us.spf")
    assert fact.answer is Answer.UNKNOWN
    assert fact.because == "our public address is unknown"
    assert fact.evidence[0].text == "here.test TXT v=spf1 -all"


async def test_that_there_is_no_record_is_known_behind_nat_too() -> None:
    fact = told(await seen(here("hello"), ours=()), "us.spf")
    assert (fact.answer, fact.datum("result")) == (Answer.NO, "none")
    fact = told(await seen(here("v=spf1 -all", "v=spf1 mx -all"), ours=()), "us.spf")
    assert (fact.answer, fact.datum("result")) == (Answer.NO, "permerror")


async def test_the_domain_is_asked_for_in_a_labels() -> None:
    zone = {"xn--bcher-kva.test": {"TXT": ("v=spf1 +all",)}}
    fact = told(await seen(zone, replace(ASKED, sender="me@B\xfccher.test")), "us.spf")
    assert (fact.about, fact.answer) == ("xn--bcher-kva.test", Answer.YES)


async def test_the_record_to_publish_keeps_what_is_there() -> None:
    fact = told(await seen(here("v=spf1 mx ~all")), "us.spf")
    assert fact.datum("proposed") == f'"v=spf1 ip4:{US} mx ~all"'
    assert told(await seen(here("hello")), "us.spf").datum("proposed") == f'"v=spf1 ip4:{US} -all"'


async def test_what_is_asked_early_is_not_asked_again() -> None:
    request = replace(ASKED, public_address=US)
    zone = {**here("v=spf1 a:h.test -all"), "h.test": {"A": (US,)}}
    used, kept = tools(zone), notes(request)
    await foresee(kept, used)
    early = set(used.shared.questions)  # type: ignore[attr-defined]
    assert kept.known.facts == ()
    kept.tell(Fact("us.address", Answer.YES, "IPv4", data=(("ip", US),)))
    await tell_spf(kept, used)
    assert set(used.shared.questions) == early  # type: ignore[attr-defined]
    assert ("1.2.0.192.in-addr.arpa", "PTR") in early
