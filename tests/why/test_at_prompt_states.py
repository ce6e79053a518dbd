"""`:why` in every state of a session: what it has shown, and nothing made up of what it has not."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.errors import ConnectFailed, UsageError
from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.target import parse_target
from smtpprobe.sandbox.faults import Hang, Hear, Say, Script, serve
from smtpprobe.why.at_prompt import happened
from smtpprobe.why.diagnose.diagnose import Verdict, diagnose
from smtpprobe.why.reports.lines import verdict_at_prompt
from tests.why.collect.peer import Peer

NO = b"550 5.7.1 no\r\n"
STARTTLS = b"250-mx\r\n250 STARTTLS\r\n"
TO_RCPT = ("EHLO me", "MAIL FROM:<a@here.test>", "RCPT TO:<x@there.test>")


def peer(**answers: bytes) -> Script:
    return [Peer({verb.encode(): said for verb, said in answers.items()})]


async def said_after(script: Script, lines: Sequence[str]) -> tuple[Verdict, str]:
    """The verdict on a session in which these lines were sent, and what the prompt shows."""
    async with serve(script) as server:
        client = Client(ConnectOptions(greeting_timeout=0.3, client="me"))
        with suppress(ConnectFailed):
            await client.open(parse_target(f"127.0.0.1:{server.port}"))
        for line in lines:
            with suppress(ConnectFailed):
                await client.send(read_line(line, client.state.phase))
            for _ in range(40):
                await asyncio.sleep(0.005 if client.state.pending else 0.0)
            await asyncio.sleep(0.02)
        known = happened(client.events, "", datetime.now(UTC))
        await client.close()
    shown = verdict_at_prompt(diagnose(known), known)
    return diagnose(known), "\n".join("".join(span.text for span in line) for line in shown)


@pytest.mark.real_time
@pytest.mark.parametrize(
    ("script", "lines", "cause"),
    [
        (peer(), [], "unknown"),
        ([Hang()], [], "timeout"),
        ([Say(b"554 no service\r\n"), Hang()], [], "client-refused"),
        ([Say(b"421 too busy\r\n")], [], "service-unavailable"),
        (peer(), ["EHLO me"], "unknown"),
        ([Say(b"220 hi\r\n"), Hear(b"EHLO")], ["EHLO me"], "connection-dropped"),
        ([Say(b"220 hi\r\n"), Hear(b"EHLO"), Say(b"250 hi\r\n"), Hang()], TO_RCPT[:2], "unknown"),
        (peer(EHLO=STARTTLS, STARTTLS=b"220 go\r\nnonsense " * 3), ["EHLO me", "STARTTLS"],
         "tls-failed"),
        (peer(EHLO=STARTTLS, STARTTLS=b"454 no\r\n"), ["EHLO me", "STARTTLS"], "unknown"),
        (peer(MAIL=b"503 5.5.1 EHLO first\r\n"), [TO_RCPT[1]], "bad-sequence"),
        (peer(RCPT=b"421 4.3.2 closing\r\n"), TO_RCPT, "service-unavailable"),
        (peer(RCPT=NO), [*TO_RCPT, "QUIT"], "refused"),
        (peer(), TO_RCPT, "accepted"),
        (peer(DATA=b"554 5.7.1 no data\r\n"), [*TO_RCPT, "DATA"], "content-rejected"),
        (peer(RCPT=NO), [*TO_RCPT, "RSET", TO_RCPT[1], "RCPT TO:<y@there.test>"], "refused"),
    ],
    ids=["connected", "silent", "554", "421", "EHLO", "closed at EHLO", "MAIL is due",
         "TLS fails", "454", "out of order", "421 to RCPT", "after QUIT", "accepted", "DATA",
         "two transactions"],
)  # fmt: skip
async def test_each_state_has_its_verdict(script: Script, lines: Sequence[str], cause: str) -> None:
    verdict, shown = await said_after(script, lines)
    assert verdict.cause.id == cause
    assert "the same command" not in shown
    assert "smtpprobe :" not in shown


@pytest.mark.real_time
async def test_a_step_that_is_a_command_is_written_out() -> None:
    _, shown = await said_after(peer(RCPT=NO), TO_RCPT)
    assert "smtpprobe why x@there.test --from a@here.test --letter" in shown


def test_without_a_session_it_says_what_to_do_instead() -> None:
    with pytest.raises(UsageError) as error:
        happened([], "", datetime.now(UTC))
    assert "smtpprobe why" in error.value.hint
