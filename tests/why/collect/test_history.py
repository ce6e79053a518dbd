"""What logs and pasted texts have of the recipient."""

from __future__ import annotations

import asyncio
import gzip
import io
import sys
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from smtpprobe.explainer.input.found_reply import Found
from smtpprobe.knowledge.annotation import Cause
from smtpprobe.starttls.facts import Answer
from smtpprobe.why.collect.history import history
from smtpprobe.why.collect.notes import Notes
from smtpprobe.why.history import MOST_ATTEMPTS, History, Line, Outcome
from smtpprobe.why.request import Request
from tests.why.collect.stage import notes, told, tools

pytestmark = pytest.mark.real_time

ASKED = Request("anna@there.test", "anna", "there.test", "me@here.test")
SENT = "status=sent (250 2.0.0 Ok: queued as 4RjX0T5W7Lz3n)"
SPAM = (
    "status=bounced (host mx.there.test[192.0.2.10] said: 554 5.7.1 Spam message rejected "
    "(in reply to end of DATA command))"
)


def line(day: int, status: str, to: str = "anna@there.test", relay: str = "mx.there.test") -> str:
    """Return a line of Postfix's log."""
    return (
        f"Nov {day:2} 08:00:12 out1 postfix/smtp[311]: 4RjX0T0tLcz9s70: to=<{to}>, "
        f"relay={relay}[192.0.2.10]:25, delay=1.2, delays=0.1/0/0.6/0.5, dsn=2.0.0, {status}\n"
    )


async def read(path: Path, text: str | bytes, request: Request = ASKED) -> Notes:
    """Return what is told of a log with this text."""
    log = path / "mail.log"
    log.write_bytes(text if isinstance(text, bytes) else text.encode())
    kept = notes(replace(request, log=(str(log),)))
    await history(kept, tools({}))
    return kept


async def test_the_first_failure_after_the_last_success_is_found(tmp_path: Path) -> None:
    text = line(1, SPAM) + line(2, SENT) + line(3, SPAM) + line(4, SPAM)
    known = await read(tmp_path, text)
    turn = told(known, "history.turn")
    assert turn.yes
    assert turn.value == (
        "delivered until Nov  2 08:00:12, failing since Nov  3 08:00:12 (2 since)"
    )
    last = told(known, "history.last")
    assert (last.answer, last.datum("stage"), last.datum("relay")) == (
        Answer.NO,
        "content",
        "mx.there.test",
    )
    assert last.value == (
        "Nov  4 08:00:12 refused by mx.there.test: 554 5.7.1 Spam message rejected"
    )
    assert last.reading is not None
    assert last.reading.cause is Cause.SPAM_CONTENT
    counts = told(known, "history.counts")
    assert counts.yes
    assert "1 delivered" in counts.value


async def test_a_recipient_that_was_never_delivered_to_is_said_to_be_so(tmp_path: Path) -> None:
    turn = told(await read(tmp_path, line(3, SPAM) + line(4, SPAM)), "history.turn")
    assert (turn.answer, turn.datum("failures")) == (Answer.NO, "2")


async def test_when_the_latest_was_delivered_nothing_has_turned(tmp_path: Path) -> None:
    known = await read(tmp_path, line(1, SPAM) + line(2, SENT))
    assert told(known, "history.last").yes
    assert known.known.fact("history.turn") is None


async def test_rotated_logs_are_ordered_by_their_times_not_by_their_names(tmp_path: Path) -> None:
    new, old = tmp_path / "mail.log", tmp_path / "mail.log.1.gz"
    new.write_text(line(9, SPAM))
    old.write_bytes(gzip.compress((line(1, SPAM) + line(2, SENT)).encode()))
    kept = notes(replace(ASKED, log=(str(new), str(old))))
    await history(kept, tools({}))
    assert told(kept, "history.turn").datum("first-failure") == "Nov  9 08:00:12"


async def test_a_log_without_the_recipient_says_so_and_counts_the_others(tmp_path: Path) -> None:
    text = line(1, SENT, "bob@there.test") + line(1, SENT, "anna@elsewhere.test")
    fact = told(await read(tmp_path, text), "history.counts")
    assert fact.no
    assert fact.value == (
        "no attempt for anna@there.test in 2 lines; others of the domain: 1 delivered"
    )


async def test_a_log_that_cannot_be_read_is_unknown_not_empty(tmp_path: Path) -> None:
    kept = notes(replace(ASKED, log=(str(tmp_path / "none.log"),)))
    await history(kept, tools({}))
    fact = told(kept, "history.counts")
    assert fact.answer is Answer.UNKNOWN
    assert "No such file" in fact.because


async def test_what_our_own_filter_has_taken_is_not_delivered(tmp_path: Path) -> None:
    text = line(1, SENT, relay="127.0.0.1") + line(2, SPAM)
    known = await read(tmp_path, text)
    assert told(known, "history.turn").no
    assert told(known, "history.counts").value.startswith("1 refused")


@pytest.mark.parametrize("to", ["Anna@There.TEST", "anna@there.test", '"anna"@there.test'])
async def test_the_recipient_is_known_in_any_writing(tmp_path: Path, to: str) -> None:
    assert told(await read(tmp_path, line(1, SPAM, to)), "history.last").no


async def test_a_domain_beyond_ascii_is_known_in_both_writings(tmp_path: Path) -> None:
    request = replace(ASKED, recipient="anna@b\xfccher.test", domain="xn--bcher-kva.test")
    text = line(1, SENT, "anna@b\xfccher.test") + line(2, SPAM, "anna@xn--bcher-kva.test")
    known = await read(tmp_path, text, request)
    assert told(known, "history.turn").yes


async def test_a_pasted_refusal_is_about_the_recipient_where_it_names_nobody(
    tmp_path: Path,
) -> None:
    paste = tmp_path / "bounce.txt"
    paste.write_text("550 5.7.1 Email rejected per DMARC policy for here.test\n")
    kept = notes(replace(ASKED, paste=str(paste)))
    await history(kept, tools({}))
    last = told(kept, "history.last")
    assert last.no
    assert last.reading is not None
    assert "DMARC policy" in last.value


async def test_mail_that_never_left_names_no_relay(tmp_path: Path) -> None:
    status = "status=bounced (mail for there.test loops back to myself)"
    text = line(1, status).replace("relay=mx.there.test[192.0.2.10]:25", "relay=none")
    last = told(await read(tmp_path, text), "history.last")
    assert (last.datum("relay"), last.datum("stage"), last.datum("reply")) == ("none", "", "")


async def test_standard_input_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    class Typed:
        buffer = io.BufferedReader(io.BytesIO(line(1, SPAM).encode()))

    monkeypatch.setattr(sys, "stdin", Typed())
    kept = notes(replace(ASKED, log=("-",)))
    await history(kept, tools({}))
    assert told(kept, "history.last").datum("where") == "standard input:1"


async def test_other_logs_than_those_of_postfix_are_read(tmp_path: Path) -> None:
    text = (
        "2026-11-29 16:20:31 1abcde-000001-2f ** anna@there.test R=dnslookup T=remote_smtp "
        "H=mx.there.test [192.0.2.10]: SMTP error from remote mail server after end of data: "
        "554 5.4.0 Error: too many hops\n"
    )
    last = told(await read(tmp_path, text), "history.last")
    assert last.datum("stage") == "content"
    assert last.reading is not None
    assert last.reading.cause is Cause.LOOP_DETECTED


async def test_an_interrupted_reading_tells_what_it_has(tmp_path: Path) -> None:
    log = tmp_path / "mail.log"
    log.write_text(line(1, SPAM))
    kept = notes(replace(ASKED, log=(str(log),)))
    used = tools({})
    asked = asyncio.ensure_future(history(kept, used))
    await asyncio.sleep(0)
    used.shared.interrupt()
    await asked
    counts = told(kept, "history.counts")
    assert "interrupted" in counts.value + counts.because


def test_a_log_of_any_length_takes_bounded_memory() -> None:
    kept = History("anna", "there.test", pasted=True)
    for number in range(5 * MOST_ATTEMPTS):
        kept.take(Found("550 no " + "x" * 9000), Line("log", number, "y" * 9000))
    assert len(kept.attempts) < 2 * MOST_ATTEMPTS
    assert kept.total[Outcome.REFUSED] == 5 * MOST_ATTEMPTS
    assert all(len(one.line.text) + len(one.found.text) <= 4000 for one in kept.attempts)


WORLDS = cast(
    "list[dict[str, Any]]",
    tomllib.loads((Path(__file__).parents[1] / "worlds.toml").read_text(encoding="utf-8"))["world"],
)


@pytest.mark.parametrize(
    "world", [one for one in WORLDS if "--log" in one["asked"]], ids=lambda one: one["id"]
)
async def test_the_logs_of_the_worlds_show_what_their_verdict_rests_on(
    tmp_path: Path, world: dict[str, Any]
) -> None:
    local, _, domain = world["asked"][0].rpartition("@")
    request = Request(world["asked"][0], local, domain, "me@here.test")
    last = told(await read(tmp_path, world["log"].lstrip(), request), "history.last")
    if world["cause"] == "accepted":
        assert last.yes or not last.datum("stage")  # delivered, or it never got to a server
        return
    assert last.no
    assert last.reading is not None
    assert world["cause"] in (last.reading.cause.value, "dmarc-reject")
