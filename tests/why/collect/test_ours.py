"""Us as they see us: our address, its names, EHLO, block lists."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smtpprobe.policy.dns_answer import LookupEnd
from smtpprobe.starttls.collect.options import Gathering
from smtpprobe.starttls.facts import Answer
from smtpprobe.why.collect.notes import Notes
from smtpprobe.why.collect.ours import ours
from smtpprobe.why.facts import Weight
from smtpprobe.why.request import Kind, Request
from tests.why.collect.stage import MX, Zone, notes, told, tools

US = "192.0.2.1"
ARPA = "1.2.0.192.in-addr.arpa"
WELL: Zone = {
    ARPA: {"PTR": ("mail.here.test",)},
    "mail.here.test": {"A": (US,)},
}
ASKED = Request("anna@there.test", "anna", "there.test", "me@here.test")


@pytest.fixture
def socket_address(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Say from which address packets leave, by their destination."""
    ways = {MX: US}
    monkeypatch.setattr("smtpprobe.why.collect.ours.own_address", lambda to: ways.get(to, ""))
    return ways


async def seen(
    zone: Zone = WELL,
    request: Request = ASKED,
    hello: str = "mx.there.test",
    how: Gathering | None = None,
) -> Notes:
    """Return what is told in such a world."""
    kept = notes(request, hello)
    await ours(kept, tools(zone, how))
    return kept


@pytest.mark.usefixtures("socket_address")
async def test_the_address_of_the_socket_is_ours_and_its_name_confirms() -> None:
    known = await seen()
    address = told(known, "us.address")
    assert (address.answer, address.datum("ip")) == (Answer.YES, US)
    assert address.evidence[0].weight is Weight.OBSERVED
    assert told(known, "us.ptr").value == "mail.here.test"
    assert told(known, "us.fcrdns").yes
    assert told(known, "us.static").yes
    assert told(known, "us.ehlo").yes
    assert told(known, "us.ehlo-matches").yes


@pytest.mark.usefixtures("socket_address")
async def test_no_pointer_is_no_and_says_of_which_address() -> None:
    fact = told(await seen({}), "us.ptr")
    assert (fact.answer, fact.value) == (Answer.NO, f"{US} has no PTR record")


@pytest.mark.usefixtures("socket_address")
@pytest.mark.parametrize("end", [LookupEnd.SERVFAIL, LookupEnd.TIMEOUT])
async def test_a_pointer_that_dns_does_not_answer_for_is_unknown(end: LookupEnd) -> None:
    fact = told(await seen({ARPA: {"PTR": end}}), "us.ptr")
    assert fact.answer is Answer.UNKNOWN
    assert fact.because


@pytest.mark.usefixtures("socket_address")
async def test_a_pointer_that_leads_elsewhere_does_not_confirm() -> None:
    zone = {**WELL, "mail.here.test": {"A": ("192.0.2.9",)}}
    known = await seen(zone)
    assert told(known, "us.ptr").yes
    fact = told(known, "us.fcrdns")
    assert (fact.answer, fact.value) == (Answer.NO, "mail.here.test has 192.0.2.9")
    assert told(known, "us.ehlo-matches").no


@pytest.mark.usefixtures("socket_address")
async def test_a_name_of_a_line_is_said() -> None:
    zone = {ARPA: {"PTR": ("dyn-192-0-2-1.isp.test",)}, "dyn-192-0-2-1.isp.test": {"A": (US,)}}
    fact = told(await seen(zone), "us.static")
    assert (fact.answer, fact.value) == (Answer.NO, "dyn-192-0-2-1.isp.test contains the address")


@pytest.mark.parametrize(
    ("local", "why"),
    [
        ("10.0.0.5", "behind NAT (10.0.0.0/8)"),
        ("192.168.1.2", "behind NAT (192.168.0.0/16)"),
        ("100.64.9.9", "behind NAT (100.64.0.0/10)"),
        ("127.0.0.1", "this machine itself"),
    ],
)
async def test_behind_nat_our_address_is_unknown_and_so_is_what_rests_on_it(
    socket_address: dict[str, str], local: str, why: str
) -> None:
    socket_address[MX] = local
    known = await seen()
    fact = told(known, "us.address")
    assert fact.answer is Answer.UNKNOWN
    assert why in fact.because
    assert "--public-address" in fact.because
    assert told(known, "us.ptr").answer is Answer.UNKNOWN
    assert known.known.fact("us.fcrdns") is None


async def test_behind_nat_the_reply_to_ehlo_may_show_it_and_is_named_as_the_evidence(
    socket_address: dict[str, str],
) -> None:
    socket_address[MX] = "10.0.0.5"
    known = await seen(hello=f"mx.there.test Hello pc [{US}]")
    fact = told(known, "us.address")
    assert (fact.datum("ip"), fact.evidence[0].weight) == (US, Weight.WORDS)
    assert fact.value == f"{US} (mx.there.test shows it; our own is 10.0.0.5)"
    assert told(known, "us.fcrdns").yes


async def test_what_the_user_says_counts_first(socket_address: dict[str, str]) -> None:
    socket_address[MX] = "10.0.0.5"
    known = await seen(request=replace(ASKED, public_address=US))
    fact = told(known, "us.address")
    assert (fact.datum("ip"), fact.evidence[0].weight) == (US, Weight.GIVEN)


@pytest.mark.usefixtures("socket_address")
async def test_through_a_relay_it_is_not_our_address_that_they_see() -> None:
    fact = told(await seen(request=replace(ASKED, kind=Kind.SUBMISSION)), "us.address")
    assert fact.answer is Answer.UNKNOWN
    assert "relay's address" in fact.because


@pytest.mark.usefixtures("socket_address")
async def test_a_server_that_shows_another_address_than_the_socket_is_believed() -> None:
    known = await seen(hello="mx.there.test Hello pc [203.0.113.9]")
    assert told(known, "us.address").datum("ip") == "203.0.113.9"


@pytest.mark.usefixtures("socket_address")
@pytest.mark.parametrize(
    ("name", "answer", "words"),
    [
        ("pc17.here.test", Answer.NO, "no such name"),
        ("pc17", Answer.NO, "not a fully qualified name"),
        ("[192.0.2.1]", Answer.NO, "an address literal"),
        ("mail.here.test", Answer.YES, "has A 192.0.2.1"),
        ("only-mx.here.test", Answer.YES, "has MX"),
        ("lost.here.test", Answer.UNKNOWN, "SERVFAIL"),
    ],
)
async def test_the_name_in_ehlo_resolves_or_not(name: str, answer: Answer, words: str) -> None:
    zone: Zone = {
        **WELL,
        "only-mx.here.test": {"MX": ("10 mail.here.test",)},
        "lost.here.test": {"A": LookupEnd.SERVFAIL},
    }
    fact = told(await seen(zone, replace(ASKED, client=name)), "us.ehlo")
    assert fact.answer is answer
    assert words in fact.value + fact.because


@pytest.mark.usefixtures("socket_address")
async def test_an_address_literal_in_ehlo_is_compared_with_our_address() -> None:
    known = await seen(WELL, replace(ASKED, client=f"[{US}]"))
    assert told(known, "us.ehlo-matches").yes
    known = await seen(WELL, replace(ASKED, client="[192.0.2.99]"))
    assert told(known, "us.ehlo-matches").no


LISTS: Zone = {
    "2.0.0.127.bl.test": {"A": ("127.0.0.2",)},
    "1.2.0.192.bl.test": {"A": ("127.0.0.4",), "TXT": ("see https://bl.test/",)},
    "2.0.0.127.clean.test": {"A": ("127.0.0.2",)},
    "2.0.0.127.no.test": {"A": ("127.255.255.254",)},
    "1.2.0.192.no.test": {"A": ("127.255.255.254",)},
}


@pytest.mark.usefixtures("socket_address")
async def test_block_lists_are_asked_only_on_request() -> None:
    used = tools({**WELL, **LISTS})
    await ours(notes(ASKED), used)
    assert not [name for name, _ in used.shared.questions if "bl.test" in name]  # type: ignore[attr-defined]


@pytest.mark.usefixtures("socket_address")
async def test_a_list_that_refuses_or_does_not_exist_is_neither_clean_nor_a_listing() -> None:
    request = replace(ASKED, lists=("bl.test", "clean.test", "no.test", "typo.test"))
    known = await seen({**WELL, **LISTS}, request)
    assert told(known, "us.unlisted", "bl.test").no
    assert "127.0.0.4" in told(known, "us.unlisted", "bl.test").value
    assert told(known, "us.unlisted", "clean.test").yes
    for zone in ("no.test", "typo.test"):
        assert told(known, "us.unlisted", zone).answer is Answer.UNKNOWN
    assert "refuses this resolver" in told(known, "us.unlisted", "no.test").because


async def test_of_an_unknown_address_no_list_says_anything(
    socket_address: dict[str, str],
) -> None:
    socket_address[MX] = "10.0.0.5"
    known = await seen({**WELL, **LISTS}, replace(ASKED, lists=("bl.test",)))
    assert told(known, "us.unlisted", "bl.test").answer is Answer.UNKNOWN


@pytest.mark.real_time
@pytest.mark.usefixtures("socket_address")
async def test_for_the_null_sender_spf_is_that_of_the_ehlo_name() -> None:
    zone = {**WELL, "mail.here.test": {"A": (US,), "TXT": ("v=spf1 -all",)}}
    fact = told(await seen(zone, replace(ASKED, sender="")), "us.spf")
    assert (fact.about, fact.datum("result")) == ("mail.here.test", "fail")
