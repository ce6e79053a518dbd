"""`--active`: plaintext commands behind STARTTLS, and state kept across it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given

from smtpprobe.sandbox.faults import (
    Close,
    Hang,
    Hear,
    Pause,
    Reset,
    Say,
    Script,
    StartTls,
    Step,
    Talk,
    serve,
)
from smtpprobe.starttls.collect.active import probe_actively, run_in_clear
from smtpprobe.starttls.collect.address import Place, collect_address
from smtpprobe.starttls.facts import AddressFacts, Because, HostFacts
from smtpprobe.starttls.judge.judge import Report
from smtpprobe.starttls.judge.matrix import Reach, Value
from smtpprobe.starttls.judge.options import Sender
from smtpprobe.starttls.reports.json_report import report_object
from smtpprobe.starttls.reports.text import report_lines
from tests.net.stage import server_side
from tests.servers.postfix import Postfix
from tests.starttls.dialogues import ASKED, GO, GOODBYE, GREETING, INSIDE, OFFER, gathering, good
from tests.starttls.stage import facts as domain
from tests.starttls.stage import host, ids, judged, levels, words

SECURED = StartTls(server_side("mx.example.org"))
BEGUN: list[Step] = [GREETING, *OFFER, ASKED]
NO_MAIL = (Hear(b"MAIL"), Say(b"503 5.5.1 EHLO first\r\n"))
MAIL = (Hear(b"MAIL"), Say(b"250 ok\r\n"), Hear(b"RSET"), Say(b"250 ok\r\n"))
DEMANDING: list[Step] = [GREETING, *NO_MAIL, *OFFER, ASKED, GO, SECURED]
STATELESS: Script = [*DEMANDING, *NO_MAIL, *GOODBYE]


@dataclass(frozen=True)
class Drop(Step):
    """Forget what stands in the buffer, as a server must."""

    async def play(self, talk: Talk) -> None:
        await asyncio.sleep(0.05)
        await talk.unread()


async def probed(*scripts: Script, implicit: bool = False) -> AddressFacts:
    async with serve(*scripts) as server:
        place = Place(server.host, server.port, implicit, sni="mx.example.org")
        how = gathering(listen=0.05, reply_limit=2.0)
        return await probe_actively(await collect_address(place, how), place, how)


def judged_facts(found: HostFacts) -> Report:
    return judged(domain(found))


def answers(facts: AddressFacts) -> tuple[str, str, str]:
    found = facts.starttls
    return tuple(  # type: ignore[return-value]
        fact.answer.value for fact in (found.injection, found.pipelined, found.state_kept)
    )


FENCE = (Hear(b"EHLO fence"), Say(b"250 mx\r\n"))
KEPT = (Hear(b"EHLO"), Say(b"250 mx\r\n"), *FENCE)


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ([*BEGUN, Drop(), GO, SECURED, *FENCE, *GOODBYE], "no"),
        ([*BEGUN, Drop(), GO, SECURED, Say(b"250 mx greets you\r\n"), Hang()], "yes"),
        ([*BEGUN, Drop(), GO, SECURED, Hear(b"EHLO"), Say(b"250 a\r\n250 b\r\n"), Hang()], "yes"),
        ([*BEGUN, GO, SECURED, *KEPT, *GOODBYE], "yes"),
        ([*BEGUN, Close()], "no"),
        ([*BEGUN, Say(b"503 5.5.1 no pipelining\r\n"), *GOODBYE], "no"),
        ([*BEGUN, GO, Close()], "no"),
    ],
    ids=["dropped", "unasked", "two answers", "kept", "closed", "refused", "no handshake"],
)
async def test_a_line_behind_starttls_is_dropped_or_it_is_an_injection(
    second: Script, expected: str
) -> None:
    facts = await probed(good(), second, STATELESS)
    assert answers(facts)[0] == expected
    assert facts.connections == 3


TESTS = ("injection", "pipelined", "state_kept", "unadvertised")
REFUSED = Say(b"550 5.7.1 no\r\n")
UNLISTED: Script = [GREETING, Hear(b"EHLO"), Say(b"250 mx\r\n")]


@pytest.mark.parametrize(
    ("scripts", "implicit", "reasons", "shown"),
    [
        (
            [[SECURED, GREETING, *INSIDE, *GOODBYE]],
            True,
            dict.fromkeys(TESTS, Because.NO_STARTTLS),
            "not tested: this port uses implicit TLS",
        ),
        (
            [[GREETING, Hear(b"EHLO"), REFUSED, Hear(b"HELO"), REFUSED, *GOODBYE]],
            False,
            dict.fromkeys(TESTS, Because.NO_HELLO),
            "not tested: EHLO was not accepted: 550 5.7.1 no",
        ),
        ([[Close()]], False, dict.fromkeys(TESTS, Because.NO_CONNECTION), ""),
        (
            [good(), [*BEGUN, Close()], STATELESS],
            False,
            {"unadvertised": Because.LISTED},
            "injection: no, run without TLS: no, state kept: no",
        ),
        (
            [[*UNLISTED, *GOODBYE], [*UNLISTED, ASKED, Say(b"502 no\r\n"), *GOODBYE]],
            False,
            dict.fromkeys(TESTS[:3], Because.UNLISTED),
            "works unlisted: no",
        ),
        (
            [[GREETING, *OFFER, ASKED, GO, Close()]],
            False,
            dict.fromkeys(TESTS[:3], Because.NO_TLS) | {"unadvertised": Because.LISTED},
            "not tested: no TLS session",
        ),
    ],
    ids=["smtps", "EHLO refused", "not reached", "listed", "unlisted", "no handshake"],
)
async def test_a_test_that_does_not_apply_says_why_and_not_that_the_option_is_missing(
    scripts: list[Script], implicit: bool, reasons: dict[str, Because], shown: str
) -> None:
    found = await probed(*scripts, implicit=implicit)
    why = {name: getattr(found.starttls, name).because for name in TESTS}
    assert {name: because for name, because in why.items() if because} == reasons
    report = judged(domain(host(found), active=True))
    text = words(report_lines(report, 200))
    assert f"Active     {shown}" in text or not shown
    told: Any = report_object(report)
    upgrade = told["hosts"][0]["addresses"][0]["starttls"]
    for name, because in reasons.items():
        assert upgrade[name] == "unknown"
        assert upgrade[f"{name}_reason"].startswith(because.value)


async def test_a_line_behind_starttls_that_runs_in_clear_is_told_apart() -> None:
    second: Script = [*BEGUN, Hear(b"EHLO"), Say(b"220 go\r\n250 mx\r\n"), Hang()]
    assert answers(await probed(good(), second, STATELESS))[:2] == ("no", "yes")


FED_TO_TLS = bytes.fromhex("15030300020250")
"""What Dovecot 2.4.1 answers when it hands the octets behind STARTTLS to OpenSSL."""


@pytest.mark.parametrize(
    "answer",
    [
        [Say(GO.octets + FED_TO_TLS), Close()],
        [Say(GO.octets + FED_TO_TLS), Hang()],
        [GO, Pause(0.1), Say(FED_TO_TLS), Close()],
        [GO, Pause(0.1), Say(FED_TO_TLS), Reset()],
    ],
    ids=["with the 220", "with the 220, open", "later", "later, reset"],
)
async def test_an_alert_behind_the_220_accuses_nobody(answer: Script) -> None:
    facts = await probed(good(), [*BEGUN, *answer], STATELESS)
    assert answers(facts)[:2] == ("no", "no")
    found = ids(judged_facts(host(facts._replace(ip="192.0.2.1"))))
    assert not {"starttls.surplus", "starttls.pipelined-plain", "starttls.injection"} & set(found)


async def test_what_is_no_reply_behind_the_220_does_not_show_that_a_line_ran() -> None:
    second: Script = [*BEGUN, Drop(), Say(GO.octets + b"\x00\x01junk\r\n"), SECURED]
    facts = await probed(good(), [*second, *FENCE, *GOODBYE], STATELESS)
    assert answers(facts)[:2] == ("no", "unknown")
    assert facts.starttls.pipelined.because is Because.OTHER_SURPLUS
    later: Script = [*BEGUN, GO, Pause(0.1), Say(b"hello?\r\n"), Hang()]
    facts = await probed(good(), later, STATELESS)
    assert facts.starttls.pipelined.because is Because.OTHER_SURPLUS


@pytest.mark.parametrize("refusal", [b"554 5.5.0 SMTP synchronization error", b"421 4.7.0 no"])
async def test_a_server_that_hangs_up_on_early_lines_has_not_run_them(refusal: bytes) -> None:
    second: Script = [*BEGUN, Say(GO.octets + refusal + b"\r\n"), Close()]
    assert answers(await probed(good(), second, STATELESS))[:2] == ("no", "no")


async def test_a_server_that_falls_silent_on_early_lines_leaves_it_unknown() -> None:
    facts = await probed(good(), [*BEGUN, Hang()], STATELESS)
    assert answers(facts)[:2] == ("unknown", "unknown")


@given(st.binary(max_size=40))
def test_only_lines_that_are_replies_show_that_something_ran(octets: bytes) -> None:
    ran = run_in_clear(octets)
    coded = [line for line in octets.splitlines() if line[:3].isdigit() and int(line[:3]) >= 200]
    assert coded or not ran.yes
    assert ran.no if not octets else True


PLAIN: Script = [GREETING, Hear(b"EHLO"), Say(b"250 mx\r\n"), *GOODBYE]


async def test_starttls_listed_in_one_connection_and_not_in_another_is_reported_as_that() -> None:
    last: Script = [GREETING, *NO_MAIL, *PLAIN[1:]]
    dropped: Script = [*BEGUN, Drop(), GO, SECURED, *FENCE, *GOODBYE]
    for scripts in ([good(), PLAIN, STATELESS], [good(), dropped, last], [PLAIN, good()]):
        facts = await probed(*scripts)
        report = judged_facts(host(facts._replace(ip="192.0.2.1")))
        assert levels(report, "starttls.varies") == ["fail"]
        told_too = {"starttls.missing", "starttls.works-unadvertised", "starttls.injection"}
        assert not told_too & set(ids(report))
        assert report.addresses[0].cells[Sender.OPPORTUNISTIC].value is Value.PARTIAL
        assert report.senders[Sender.OPPORTUNISTIC] is Reach.DEGRADED
        assert int(report.exit_status) == 1


async def test_mail_before_ehlo_inside_tls_shows_what_was_kept() -> None:
    dropped: Script = [*BEGUN, Drop(), GO, SECURED, *FENCE, *GOODBYE]
    kept: Script = [*DEMANDING, *MAIL, *GOODBYE]
    assert answers(await probed(good(), dropped, kept))[2] == "yes"
    assert answers(await probed(good(), dropped, STATELESS))[2] == "no"


async def test_a_server_that_demands_no_ehlo_shows_nothing_by_accepting_mail() -> None:
    dropped: Script = [*BEGUN, Drop(), GO, SECURED, *FENCE, *GOODBYE]
    facts = await probed(good(), dropped, [GREETING, *MAIL, *GOODBYE])
    assert facts.starttls.state_kept.because is Because.NO_DEMAND


async def test_starttls_that_is_not_listed_may_work_all_the_same() -> None:
    plain: Script = [GREETING, Hear(b"EHLO"), Say(b"250 mx\r\n"), *GOODBYE]
    works: Script = [GREETING, Hear(b"EHLO"), Say(b"250 mx\r\n"), ASKED, GO, SECURED, Hang()]
    refused: Script = [GREETING, Hear(b"EHLO"), Say(b"250 mx\r\n"), ASKED, Say(b"502 no\r\n")]
    assert (await probed(plain, works)).starttls.unadvertised.yes
    assert (await probed(plain, [*refused, *GOODBYE])).starttls.unadvertised.no
    assert (await probed(plain, plain)).connections == 2


async def test_a_server_that_will_not_be_tested_leaves_the_facts_unknown() -> None:
    facts = await probed(good(), [Say(b"421 enough\r\n"), Close()])
    assert facts.starttls.injection.because is Because.ENDED
    assert answers(facts) == ("unknown",) * 3


async def test_postfix_drops_what_stands_behind_starttls(postfix: Postfix) -> None:
    place = Place(postfix.host, postfix.ports.smtp)
    facts = await collect_address(place, gathering())
    found = await probe_actively(facts, place, gathering(listen=0.2))
    assert answers(found) == ("no", "no", "unknown")
    assert found.starttls.state_kept.because is Because.NO_DEMAND
