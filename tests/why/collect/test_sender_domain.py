"""The sender's domain: return path, DMARC, keys of DKIM."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smtpprobe.policy.dns_answer import LookupEnd
from smtpprobe.starttls.facts import Answer
from smtpprobe.why.collect.notes import Notes
from smtpprobe.why.collect.sender_domain import sender_domain
from smtpprobe.why.request import Request
from tests.why.collect.stage import Zone, notes, told, tools

pytestmark = pytest.mark.real_time

US = "192.0.2.1"
ASKED = Request("anna@there.test", "anna", "there.test", "me@here.test", client="mail.here.test")


async def seen(zone: Zone, request: Request = ASKED) -> Notes:
    """Return what is told of the sender's domain."""
    kept = notes(request)
    await sender_domain(kept, tools(zone))
    return kept


def here(*texts: str, **kinds: tuple[str, ...] | LookupEnd) -> Zone:
    """Return a zone with these TXT records of the sender's domain, and other kinds."""
    return {"here.test": {"TXT": texts, "MX": ("10 mx.here.test",), **kinds}}


@pytest.mark.parametrize(
    ("kinds", "answer", "words"),
    [
        ({"MX": ("10 mx.here.test",)}, Answer.YES, "here.test has MX mx.here.test"),
        ({"MX": ("0 .",)}, Answer.NO, "null MX"),
        ({"MX": (), "A": (US,)}, Answer.YES, "its own address takes them"),
        ({"MX": ()}, Answer.NO, "neither an MX record nor an address"),
        ({"MX": LookupEnd.SERVFAIL}, Answer.UNKNOWN, "SERVFAIL"),
        ({"MX": (), "A": LookupEnd.TIMEOUT}, Answer.UNKNOWN, "no answer from the DNS server"),
    ],
)
async def test_where_bounces_go_is_told_by_dns(
    kinds: dict[str, tuple[str, ...] | LookupEnd], answer: Answer, words: str
) -> None:
    fact = told(await seen({"here.test": kinds}), "us.mx")
    assert fact.answer is answer
    assert words in fact.value + fact.because


async def test_a_domain_that_does_not_exist_takes_no_bounces() -> None:
    fact = told(await seen({}), "us.mx")
    assert (fact.answer, fact.value) == (Answer.NO, "here.test does not exist")


async def test_the_dmarc_policy_is_told_with_what_a_pass_takes() -> None:
    zone = {**here(), "_dmarc.here.test": {"TXT": ("v=DMARC1; p=reject; adkim=s",)}}
    fact = told(await seen(zone), "us.dmarc")
    assert fact.value == (
        "p=reject; it wants SPF for a name in here.test or DKIM for here.test itself to pass"
    )
    assert (fact.datum("asked"), fact.datum("dkim")) == ("reject", "strict")
    assert fact.evidence[0].text == "_dmarc.here.test TXT v=DMARC1; p=reject; adkim=s"


async def test_an_inherited_policy_says_from_where() -> None:
    zone = {
        "news.here.test": {"MX": ("10 mx.here.test",)},
        "_dmarc.here.test": {"TXT": ("v=DMARC1; p=none; sp=reject",)},
    }
    fact = told(await seen(zone, replace(ASKED, sender="me@news.here.test")), "us.dmarc")
    assert fact.value.startswith("sp=reject of here.test; ")


async def test_no_dmarc_record_is_no_and_no_answer_is_unknown() -> None:
    fact = told(await seen(here()), "us.dmarc")
    assert (fact.answer, fact.value) == (Answer.NO, "no DMARC record for here.test")
    zone = {**here(), "_dmarc.test": {"TXT": LookupEnd.SERVFAIL}}
    fact = told(await seen(zone), "us.dmarc")
    assert (fact.answer, "_dmarc.test" in fact.because) == (Answer.UNKNOWN, True)


async def test_a_key_is_told_for_each_selector_named() -> None:
    zone = {
        **here(),
        "old._domainkey.here.test": {"TXT": ("v=DKIM1; p=",)},
        "lost._domainkey.here.test": {"TXT": LookupEnd.TIMEOUT},
        "new._domainkey.here.test": {"TXT": ("v=DKIM1; k=ed25519; p=" + "A" * 42 + "o=",)},
    }
    known = await seen(zone, replace(ASKED, selectors=("old", "lost", "gone", "new")))
    assert told(known, "us.dkim", "old").no
    assert "revoked" in told(known, "us.dkim", "old").value
    assert told(known, "us.dkim", "lost").answer is Answer.UNKNOWN
    assert told(known, "us.dkim", "gone").no
    assert told(known, "us.dkim", "new").yes


@pytest.mark.parametrize(
    ("sender", "record", "answer", "words"),
    [
        (
            "me@esp.test",
            "v=DMARC1; p=reject",
            Answer.NO,
            "DKIM for a name in here.test has to pass",
        ),
        ("me@mail.here.test", "v=DMARC1; p=reject", Answer.YES, "aligns with here.test (relaxed)"),
        ("me@mail.here.test", "v=DMARC1; p=reject; aspf=s", Answer.NO, "(strict)"),
        ("", "v=DMARC1; p=reject", Answer.YES, "mail.here.test aligns"),
    ],
)
async def test_the_policy_is_that_of_from_and_the_sender_may_not_align_with_it(
    sender: str, record: str, answer: Answer, words: str
) -> None:
    zone = {**here(), "_dmarc.here.test": {"TXT": (record,)}}
    kept = await seen(zone, replace(ASKED, sender=sender, author="here.test"))
    fact = told(kept, "us.aligned")
    assert (fact.answer, fact.about) == (answer, "here.test")
    assert words in fact.value
    assert told(kept, "us.dmarc").about == "here.test"


async def test_without_a_domain_in_from_there_is_nothing_to_align() -> None:
    zone = {**here(), "_dmarc.here.test": {"TXT": ("v=DMARC1; p=none",)}}
    assert (await seen(zone)).known.every("us.aligned") == ()


async def test_an_alignment_that_dns_does_not_tell_is_unknown() -> None:
    zone: Zone = {
        **here(),
        "_dmarc.here.test": {"TXT": ("v=DMARC1; p=none",)},
        "_dmarc.esp.test": {"TXT": LookupEnd.SERVFAIL},
    }
    kept = await seen(zone, replace(ASKED, sender="me@esp.test", author="here.test"))
    assert told(kept, "us.aligned").answer is Answer.UNKNOWN
