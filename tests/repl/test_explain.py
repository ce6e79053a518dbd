"""`:explain` alone: what happened last, also where that is no reply."""

from __future__ import annotations

from smtpprobe.sandbox.faults import Close, Hang, Hear, Say
from tests.repl.stage import EHLO, ENTER, GREETING, LISTEN, QUIT, TO_DATA, staged, to_data

HANGS_UP = (Hear(b"STARTTLS"), Say(b"220 go\r\n"), Close())


async def test_a_command_without_an_answer_is_explained_as_that() -> None:
    async with staged((GREETING, *EHLO, LISTEN)) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type("VRFY x", ENTER)
        await stage.server.until_heard(b"VRFY")
        stage.type(":explain", ENTER)
        await stage.until("# ? no reply to VRFY yet")
        await stage.until("cause: timeout; blame: nobody")
        assert "hello accepted" not in stage.text.partition(":explain")[2]


async def test_a_missing_greeting_is_explained_as_that() -> None:
    async with staged((Hang(),)) as stage:
        await stage.until_prompt("127.0.0.1 greeting\u2026> ")
        stage.type(":explain", ENTER)
        await stage.until("# ? no greeting yet")
        await stage.until("at least 5 minutes for it (RFC 5321 4.5.3.2.1)")


async def test_a_failed_handshake_is_explained_though_the_close_came_after_it() -> None:
    async with staged((GREETING, *EHLO, *HANGS_UP)) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type("STARTTLS", ENTER)
        await stage.until_prompt("offline> ")
        stage.type(":explain", ENTER)
        await stage.until("see: RFC 3207 4.1, RFC 8446 6")
        assert "# ! handshake failed:" in stage.text.partition(":explain")[2]


async def test_a_close_before_the_answer_is_explained_as_that() -> None:
    async with staged((*TO_DATA, Hear(b".\r\n"), Close())) as stage:
        await to_data(stage)
        await stage.line(".", "offline> ")
        stage.type(":explain", ENTER)
        await stage.until("sending it again may deliver it twice")


async def test_a_close_that_was_announced_is_explained_with_the_reply_that_did() -> None:
    async with staged((GREETING, *QUIT, Close())) as stage:
        await stage.line("QUIT", "offline> ")
        stage.type(":explain", ENTER)
        await stage.until("the server announced it")
        assert "# 221 2.0.0 closed by agreement" in stage.text.partition(":explain")[2]


async def test_a_connection_that_did_not_come_about_is_explained_again() -> None:
    async with staged((GREETING, *QUIT, Close())) as stage:
        await stage.line("QUIT", "offline> ")
        stage.type(":connect 127.0.0.1:1", ENTER)
        await stage.until("error: ")
        stage.type(":explain", ENTER)
        await stage.until_true(lambda: stage.text.count("error: ") == 2, "told again")


async def test_a_reply_after_all_of_it_is_explained_again() -> None:
    async with staged((GREETING, *EHLO, LISTEN)) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type(":explain", ENTER)
        await stage.until("cause: accepted")
