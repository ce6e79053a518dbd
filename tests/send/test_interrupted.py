"""A delivery that is interrupted: where it was, what is known, and the exit code of its report."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from smtpprobe.client import ConnectOptions
from smtpprobe.exits import ExitStatus
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Hang, Hear, Say, Step
from smtpprobe.send.subcommand import run
from smtpprobe.settings.settings import Settings
from tests.send.delivering import GO_ON, OK, given, to, told
from tests.strict_json import strictly

ENVELOPE = told((b"MAIL", OK), (b"RCPT", OK))[:-1]


async def cut(steps: list[Step], *words: str, why: str | None = None) -> None:
    """Send to a server that falls silent behind these steps; cancel that as a signal does."""
    async with faults.serve([*steps, Hang()]) as server:
        target = Target(TargetKind.HOST, "localhost", server.port)
        arguments = replace(given(*to("you@mx.example"), *words), target=target)
        delivery = asyncio.ensure_future(run(arguments, Settings(), ConnectOptions(family=4)))
        await asyncio.sleep(1)
        delivery.cancel(*([why] if why else []))
        with pytest.raises(asyncio.CancelledError):
            await delivery


STOPS: dict[str, tuple[list[Step], str]] = {
    "connecting": ([], "connecting"),
    "EHLO": (told()[:1], "EHLO"),
    "MAIL": (told()[:-1], "MAIL"),
    "RCPT": (told((b"MAIL", OK))[:-1], "RCPT"),
    "DATA": (ENVELOPE, "DATA"),
}


@pytest.mark.parametrize("stop", STOPS)
async def test_the_result_names_the_step_that_was_interrupted(
    stop: str, capsys: pytest.CaptureFixture[str]
) -> None:
    steps, where = STOPS[stop]
    await cut(steps, "--quiet")
    shown = capsys.readouterr()
    assert shown.out == ""
    told_first = shown.err.splitlines()[0]
    assert told_first == f"Result: interrupted at {where}; nothing was delivered"


@pytest.mark.parametrize(("why", "code"), [(None, 130), (ExitStatus.TERMINATED.name, 143)])
async def test_json_has_what_is_known_and_the_exit_code_of_the_signal(
    why: str | None, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    await cut(told((b"MAIL", OK))[:-1], "--json", why=why)
    shown = capsys.readouterr()
    assert shown.err == ""
    found: dict[str, Any] = strictly(shown.out)
    assert (found["exit"], found["ended_at"], found["reason"]) == (code, "rcpt", "interrupted")
    assert found["stages"]["mail"] == "accepted"


async def test_what_is_interrupted_after_the_message_is_unknown(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "result.json"
    steps = [*ENVELOPE, Hear(b"DATA"), Say(GO_ON), Hear(b".\r\n")]
    await cut(steps, "--json", "-o", str(file))
    assert capsys.readouterr() == ("", "")
    found: dict[str, Any] = strictly(file.read_text())
    assert (found["exit"], found["result"], found["ended_at"]) == (130, "unknown", "content")
    await cut(steps, "--quiet")
    assert capsys.readouterr().err.startswith("Result: delivery unknown: ")


async def test_a_message_that_was_accepted_stays_so_when_quit_is_interrupted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    steps = [*ENVELOPE, Hear(b"DATA"), Say(GO_ON), Hear(b".\r\n"), Say(OK)]
    await cut(steps, "--json")
    found: dict[str, Any] = strictly(capsys.readouterr().out)
    assert (found["exit"], found["accepted"]) == (130, 1)


async def test_an_interrupted_load_test_reports_the_messages_until_then(
    capsys: pytest.CaptureFixture[str],
) -> None:
    one = [*ENVELOPE[3:], Hear(b"DATA"), Say(GO_ON), Hear(b".\r\n"), Say(OK)]
    steps = [*told()[:-1], *one, Hear(b"MAIL"), Say(OK)]
    await cut(steps, "--json", "--repeat", "3", "--yes-i-own-this-server")
    found: dict[str, Any] = strictly(capsys.readouterr().out)
    assert (found["exit"], found["results"]) == (130, {"accepted": 1, "no answer": 1})
    assert found["last"]["ended_at"] == "rcpt"
    await cut(steps, "--quiet", "--repeat", "3", "--yes-i-own-this-server")
    assert capsys.readouterr().err.startswith("Load: 2 of 3 messages ")
