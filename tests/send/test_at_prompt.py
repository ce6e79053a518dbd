"""`:send` at the prompt: the session is taken as it is, and stays open."""

from __future__ import annotations

import pytest

from smtpprobe.errors import UsageError
from smtpprobe.sandbox.faults import Hang, Hear, Say
from smtpprobe.send.at_prompt import read_line
from tests.repl.stage import EHLO, GREETING, LISTEN, staged
from tests.send.delivering import GO_ON, OK, QUEUED

MESSAGE = (Hear(b"MAIL"), Say(OK), Hear(b"RCPT"), Say(OK), Hear(b"DATA"), Say(GO_ON),
           Hear(b".\r\n"), Say(QUEUED))  # fmt: skip


async def test_a_message_is_sent_on_the_open_session_which_stays_open() -> None:
    async with staged((GREETING, *EHLO, *MESSAGE, Hang())) as stage:
        await stage.line(":send --to c@d.example --from a@b.example", "127.0.0.1 ehlo> ")
        assert "# Result: accepted for 1 of 1 recipient, queue id 4Xyz12ab" in stage.text
        assert "#   accepted  c@d.example" in stage.text
        assert b"QUIT\r\n" not in stage.server.heard


async def test_a_session_that_has_said_ehlo_is_taken_as_it_is() -> None:
    tls = (Hear(b"EHLO"), Say(b"250-mx.example\r\n250 STARTTLS\r\n"))
    async with staged((GREETING, *tls, *MESSAGE, *MESSAGE, Hang())) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        for _ in range(2):
            await stage.line(":send --to c@d.example", "127.0.0.1 ehlo> ")
        assert stage.server.heard.count(b"EHLO me\r\n") == 1
        assert b"STARTTLS\r\n" not in stage.server.heard


async def test_a_session_whose_replies_are_out_of_step_is_left_open_and_no_message_is_sent() -> (
    None
):
    stray = Say(b"220 hi\r\n250 this answers nothing\r\n")
    async with staged((stray, *EHLO, *MESSAGE, Hang())) as stage:
        await stage.line(":send --to c@d.example", "127.0.0.1 greeted> ")
        await stage.until("# Result: no answer at EHLO: unsolicited reply")
        assert stage.server.heard == []


async def test_an_open_transaction_is_not_mixed_with_another() -> None:
    async with staged((GREETING, *EHLO, Hear(b"MAIL"), Say(OK), LISTEN)) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        await stage.line("MAIL FROM:<>", "127.0.0.1 mail> ")
        await stage.line(":send --to c@d.example", "127.0.0.1 mail> ")
        assert "error: send: a transaction or a login is open; nothing sent" in stage.text


@pytest.mark.parametrize(
    "line",
    ["--what", "--to", "--to x@y.example --cc", "--to 'x", "--to x@y.example --notify maybe"],
)
async def test_a_line_that_cannot_be_understood_sends_nothing(line: str) -> None:
    async with staged((GREETING, LISTEN)) as stage:
        await stage.line(f":send {line}", "127.0.0.1 greeted> ")
        assert "error: " in stage.text
        assert [heard for heard in stage.server.heard if not heard.startswith(b"EHLO")] == []


def test_a_misspelt_option_is_answered_with_the_one_that_was_meant() -> None:
    with pytest.raises(UsageError) as failed:
        read_line("--to x@y.example --qiut-after rcpt")
    assert failed.value.hint == "did you mean --quit-after?"


def test_the_options_of_a_connection_are_none_of_it() -> None:
    with pytest.raises(UsageError):
        read_line("--to x@y.example --insecure")
