"""Logins by hand: what the next step is, and what is held back when the login is over."""

from __future__ import annotations

import base64

import pytest

from smtpprobe.sandbox.faults import Hang, Hear, Say, Script
from tests.repl.stage import EHLO, ENTER, GREETING, Stage, staged

ANSWER = base64.b64encode(b"tanstaafl").decode()
QUESTION = "the login is over and this is not a command: send it anyway? [y]es [n]o"
REFUSED = (GREETING, *EHLO, Hear(b"AUTH"), Say(b"504 5.5.4 no such mechanism\r\n"))
UNKNOWN = (Hear(b""), Say(b"500 5.5.2 what?\r\n"), Hang())


async def after_refusal(stage: Stage) -> None:
    """Type an AUTH that is refused."""
    await stage.line("EHLO me", "127.0.0.1 ehlo> ")
    await stage.line("AUTH LOGIN", "127.0.0.1 ehlo> ")


@pytest.mark.parametrize(
    ("mechanism", "challenge"),
    [("LOGIN", b"VXNlcm5hbWU6"), ("PLAIN", b""), ("CRAM-MD5", b"PDFAeD4=")],
)
async def test_at_a_challenge_next_names_what_does_the_whole_login(
    mechanism: str, challenge: bytes
) -> None:
    script = (GREETING, *EHLO, Hear(b"AUTH"), Say(b"334 " + challenge + b"\r\n"), Hang())
    async with staged(script, columns=140) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        await stage.line(f"AUTH {mechanism}", "334| ")
        told = f"* cancels, then :auth {mechanism} USER handles the whole exchange"
        await stage.until(told)
        await stage.line(":next", "334| ")
        await stage.until_true(lambda: told in stage.lines, told)


@pytest.mark.parametrize("line", [ANSWER, "tanstaafl", "correct horse", f"> {ANSWER}", "Ym9i"])
async def test_a_line_without_a_verb_behind_a_refused_login_waits_for_a_yes(line: str) -> None:
    async with staged((*REFUSED, *UNKNOWN)) as stage:
        await after_refusal(stage)
        stage.type(line, ENTER)
        await stage.until(QUESTION)
        stage.type("n")
        await stage.until("# not sent, not kept; AUTH starts a new login")
        assert stage.server.heard[-1] == b"AUTH LOGIN\r\n"
        stage.type(line, ENTER)
        await stage.until_prompt(QUESTION)
        stage.type("y")
        await stage.until("500 5.5.2 what?")
        assert stage.server.heard[-1] == f"{line.removeprefix('> ')}\r\n".encode()
        assert "127.0.0.1 ehlo> ********" in stage.text


@pytest.mark.parametrize("line", ["NOOP", "AUTH PLAIN", "QUIT", "RSET", "EHLO again"])
async def test_a_command_behind_a_refused_login_goes_out_unasked(line: str) -> None:
    async with staged((*REFUSED, Hear(b""), Say(b"250 ok\r\n"), Hang())) as stage:
        await after_refusal(stage)
        stage.type(line, ENTER)
        await stage.until("250 ok")
        assert QUESTION not in stage.text


async def test_nothing_is_asked_once_a_command_was_answered() -> None:
    noop = (Hear(b"NOOP"), Say(b"250 ok\r\n"))
    async with staged((*REFUSED, *noop, *UNKNOWN)) as stage:
        await after_refusal(stage)
        await stage.line("NOOP", "127.0.0.1 ehlo> ")
        await stage.line("FROB", "127.0.0.1 ehlo> ")
        await stage.until("500 5.5.2 what?")


CHALLENGED: Script = (GREETING, *EHLO, Hear(b"AUTH"), Say(b"334 \r\n"), Hang())


@pytest.mark.parametrize("script", [(GREETING, *EHLO, Hang()), (*REFUSED, Hang())])
async def test_b64_without_a_challenge_is_refused(script: Script) -> None:
    async with staged(script) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        if script[-2] is REFUSED[-1]:
            await stage.line("AUTH LOGIN", "127.0.0.1 ehlo> ")
        heard = len(stage.server.heard)
        stage.type(":b64 tanstaafl", ENTER)
        await stage.until("b64: no challenge (334) is pending; nothing sent")
        assert len(stage.server.heard) == heard
        assert "tanstaafl" not in stage.text


async def test_a_password_behind_auth_is_no_argument() -> None:
    async with staged((GREETING, *EHLO, Hang())) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type(":auth PLAIN bob tanstaafl", ENTER)
        await stage.until("auth: do not type the password here")
        assert "use :auth PLAIN bob" in stage.text
        assert "tanstaafl" not in stage.text


async def test_an_answer_is_not_given_to_the_editor() -> None:
    async with staged(CHALLENGED, editor="false") as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        await stage.line("AUTH LOGIN", "334| ")
        stage.type("half", "\x18\x05")
        await stage.until("# not opened in the editor: credentials would end up in its files")
