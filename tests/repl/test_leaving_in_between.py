"""`:close` and `:connect` while something runs or waits: at once, and what is dropped is told."""

from __future__ import annotations

import pytest

from smtpprobe.protocol.phase import Phase
from smtpprobe.sandbox.faults import Hang, Hear, Say, Script
from tests.repl.stage import (
    CTRL_BRACKET,
    EHLO,
    ENTER,
    GREETING,
    LISTEN,
    TO_DATA,
    Stage,
    staged,
    to_data,
)

BOTH = pytest.mark.parametrize("command", [":close", ":connect"])
SHAKING: Script = (GREETING, Hear(b"STARTTLS"), Say(b"220 go\r\n"), Hang())


async def left(stage: Stage, command: str) -> None:
    """Wait for what the command leads to: nobody, or another connection."""
    if command == ":close":
        await stage.until_prompt("offline> ")
        return
    await stage.until_true(lambda: stage.server.connections == 2, "a second connection")
    await stage.until_prompt("127.0.0.1 greeted> ")


@BOTH
async def test_a_reply_that_is_awaited_is_awaited_no_longer(command: str) -> None:
    async with staged((GREETING, LISTEN), (GREETING, *EHLO, Hang())) as stage:
        stage.type("EHLO me", ENTER)
        await stage.server.until_heard(b"EHLO")
        stage.type(command, ENTER)
        await left(stage, command)
        assert not stage.face.session.queue.waiting
        if command == ":connect":
            await stage.line("EHLO me", "127.0.0.1 ehlo> ")


@BOTH
async def test_lines_that_wait_are_dropped_told_and_never_sent(command: str) -> None:
    async with staged((GREETING, LISTEN), (GREETING, LISTEN)) as stage:
        stage.type("EHLO me", ENTER)
        await stage.server.until_heard(b"EHLO")
        stage.type("MAIL FROM:<a@b.example>", ENTER, "RCPT TO:<c@d.example>", ENTER)
        await stage.until("# queued: RCPT TO:<c@d.example>")
        stage.type(command, ENTER)
        await left(stage, command)
        await stage.until(f"# 2 waiting lines not sent: {command} takes precedence")
        assert stage.server.heard == [b"EHLO me\r\n"]


@BOTH
async def test_what_runs_is_stopped(command: str) -> None:
    async with staged((GREETING, LISTEN), (GREETING, LISTEN)) as stage:
        stage.type(":sleep 60m", ENTER)
        await stage.until_true(lambda: stage.face.session.queue.busy, "a job")
        stage.type(command, ENTER)
        await left(stage, command)


@BOTH
async def test_a_fragment_in_the_middle_sends_no_more(command: str) -> None:
    async with staged((GREETING, LISTEN), (GREETING, LISTEN)) as stage:
        stage.paste("EHLO me\nMAIL FROM:<a@b.example>\nRCPT TO:<c@d.example>\n")
        await stage.server.until_heard(b"EHLO")
        stage.type(command, ENTER)
        await left(stage, command)
        assert stage.server.heard == [b"EHLO me\r\n"]


@BOTH
async def test_a_handshake_on_its_way_is_cut(command: str) -> None:
    async with staged(SHAKING, (GREETING, LISTEN)) as stage:
        stage.type("STARTTLS", ENTER)
        await stage.until_prompt("127.0.0.1 handshake")
        stage.type(command, ENTER)
        await left(stage, command)
        await stage.until("the connection cannot continue")


@BOTH
async def test_a_greeting_that_is_waited_for_is_given_up(command: str) -> None:
    async with staged((Hang(),), (GREETING, LISTEN)) as stage:
        await stage.until_true(
            lambda: stage.face.session.state.phase is Phase.GREETING, "a connection"
        )
        stage.type(command, ENTER)
        await left(stage, command)


@BOTH
async def test_held_lines_are_dropped_and_the_next_line_goes_out(command: str) -> None:
    async with staged((GREETING, LISTEN), (GREETING, LISTEN)) as stage:
        await stage.line(":hold", "hold:0> ")
        stage.type("MAIL FROM:<a@b.example>", ENTER, command, ENTER)
        await left(stage, command)
        if command == ":connect":
            stage.type("NOOP", ENTER)
            await stage.server.until_heard(b"NOOP")
        assert b"MAIL FROM:<a@b.example>\r\n" not in stage.server.heard


@BOTH
async def test_an_open_message_is_not_ended(command: str) -> None:
    async with staged((*TO_DATA, LISTEN), (GREETING, LISTEN)) as stage:
        await to_data(stage)
        await stage.line("Subject: half", "data 2| ")
        stage.type(CTRL_BRACKET)
        await stage.until_true(lambda: stage.face.in_local_prompt, "the local prompt")
        stage.type(command.removeprefix(":"), ENTER)
        await left(stage, command)
        assert stage.server.heard[-1] == b"Subject: half\r\n"


async def test_the_answer_to_the_connection_before_belongs_to_nobody() -> None:
    late: Script = (GREETING, Hear(b"EHLO"), Hang())
    async with staged(late, (GREETING, Hear(b"NOOP"), Say(b"250 fine\r\n"), Hang())) as stage:
        stage.type("EHLO me", ENTER)
        await stage.server.until_heard(b"EHLO")
        stage.type(":connect", ENTER)
        await left(stage, ":connect")
        await stage.line("NOOP", "127.0.0.1 greeted> ")
        await stage.until("# 250")
        assert stage.face.session.state.pending == ()
