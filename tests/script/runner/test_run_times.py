"""The times in a result: how long each reply took, and when each check was made."""

from __future__ import annotations

import asyncio
import time

import pytest

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.protocol.phase import ReportPhase
from smtpprobe.protocol.redact import Secrets
from smtpprobe.sandbox.faults import Hang, Hear, Pause, Say, Step
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.results.check import Check
from smtpprobe.script.runner.run_settings import RunSettings
from smtpprobe.script.runner.runner import Runner
from tests.script.runs import host, outcome, run

SLOW: list[Step] = [
    Pause(0.25),
    Say(b"220 mx.example ESMTP\r\n"),
    Hear(b"NOOP"),
    Pause(0.5),
    Say(b"250 ok\r\n"),
    Hear(b"NOOP"),
    Pause(2.0),
    Say(b"250 ok\r\n"),
    Hang(),
]
NEAR = 0.05
"""How far counted time may be off: turns of the loop count, computing does not."""


def took(checks: tuple[Check, ...]) -> list[float | None]:
    return [check.came.seconds for check in checks]


async def test_each_check_tells_how_long_its_reply_took_whether_it_passed_or_missed() -> None:
    result = await run("< 220\nNOOP\n< 250\nNOOP\n< 251\n", SLOW)
    assert took(result.checks) == pytest.approx([0.25, 0.5, 2.0], abs=NEAR)
    raw = await run('< 220\nNOOP\n< line "250"\nNOOP\n< line "no"\n', SLOW)
    assert took(raw.checks) == pytest.approx([0.25, 0.5, 2.0], abs=NEAR)
    implied = await run("NOOP\nNOOP\n", SLOW)
    assert took(implied.checks) == pytest.approx([0.25, 0.5, 2.0], abs=NEAR)


async def test_each_check_tells_when_it_was_made() -> None:
    script = (
        "< 220\n:assert reply.code == 220\nNOOP\n< 250\n:assert reply.code == 250\nNOOP\n< 251\n"
    )
    result = await run(script, SLOW)
    assert [one.moment.at for one in result.checks] == pytest.approx(
        [0.25, 0.25, 0.75, 0.75, 2.75], abs=NEAR
    )
    silent = await run(":timeout 1s\n< 220\nNOOP\n< 250\nNOOP\n< 250\n", SLOW)
    assert silent.checks[-1].moment.at == pytest.approx(1.75, abs=NEAR)


async def test_what_is_no_reply_takes_no_time_of_one() -> None:
    result = await run("< 220\n:assert reply.code == 220\n< none for 100ms\n", SLOW)
    assert took(result.checks)[1:] == [None, None]


async def test_the_times_of_a_phase_are_those_of_all_its_replies() -> None:
    (case,) = (await run("NOOP\nNOOP\n", SLOW)).cases
    assert case.phases[ReportPhase.GREETING] == pytest.approx(0.25, abs=NEAR)
    assert sum(case.phases.values()) == pytest.approx(2.75, abs=NEAR)


@pytest.mark.real_time
async def test_a_reply_that_came_while_this_machine_stood_still_is_not_missing() -> None:
    left = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mx1.example.net\r\n")
        while line := await reader.readline():
            writer.write(b"250 ok\r\n")
            if line == b"NOOP\r\n":
                time.sleep(0.4)  # noqa: ASYNC251 - nothing in this process goes on, past the limit
        writer.close()
        await writer.wait_closed()
        left.set()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        options = ConnectOptions(family=4, greeting_timeout=5.0)
        settings = RunSettings("client.example", host(port), 0.2, {}, Secrets())
        script = parse("220\nNOOP\n< 250\nRSET\n250\n", "t.smtp")
        result = await Runner(Client(options), script, settings, lambda _: None).run()
        await left.wait()
    assert outcome(result) == ()
