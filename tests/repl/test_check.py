"""`:check` at the prompt: the peer's own session is used, and goes on."""

from __future__ import annotations

from smtpprobe.sandbox.faults import Hang, Hear, Say, StartTls
from tests.net.stage import server_side
from tests.repl.stage import GREETING, LISTEN, MAIL, staged
from tests.starttls.dialogues import ASKED, GO, INSIDE, OFFER, good


async def test_the_live_session_is_checked_and_goes_on_inside_tls() -> None:
    secured = StartTls(server_side("127.0.0.1"))
    script = [GREETING, *OFFER, ASKED, GO, secured, *INSIDE, *MAIL, LISTEN]
    async with staged(script) as stage:
        await stage.until_prompt("127.0.0.1 greeted> ")
        await stage.line(":check", "127.0.0.1 tls ehlo> ")
        await stage.until("Result: OK")
        assert "WHO CAN DELIVER" in stage.text
        assert "1 address, 0 connections" in stage.text
        assert "Opportunistic (most senders)          TLS" in stage.text
        assert "exit" not in stage.text
        await stage.line("MAIL FROM:<a@b.example>", "127.0.0.1 tls mail> ")
        assert stage.server.connections == 1


async def test_in_a_transaction_the_check_has_a_connection_of_its_own() -> None:
    talk = [GREETING, *OFFER, *MAIL, Hear(b"RCPT"), Say(b"250 ok\r\n"), Hang()]
    async with staged(talk, good(server_side("127.0.0.1"))) as stage:
        await stage.until_prompt("127.0.0.1 greeted> ")
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        await stage.line("MAIL FROM:<a@b.example>", "127.0.0.1 mail> ")
        await stage.line(":check", "127.0.0.1 mail> ")
        await stage.until("Result: OK")
        assert "its own connection" in stage.text
        await stage.line("RCPT TO:<c@d.example>", "127.0.0.1 rcpt:1> ")
        assert stage.server.connections == 2


async def test_tls_that_is_on_already_is_reported_as_it_is() -> None:
    script = [GREETING, *OFFER, ASKED, GO, StartTls(server_side("127.0.0.1")), *INSIDE, LISTEN]
    async with staged(script) as stage:
        await stage.until_prompt("127.0.0.1 greeted> ")
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        await stage.line("STARTTLS", "127.0.0.1 tls greeted> ")
        await stage.line("EHLO me", "127.0.0.1 tls ehlo> ")
        await stage.line(":check", "127.0.0.1 tls ehlo> ")
        await stage.until("+AUTH PLAIN  -STARTTLS")
        assert stage.server.heard.count(b"EHLO me\r\n") == 2


async def test_without_a_connection_and_without_a_target_that_is_said() -> None:
    async with staged([GREETING, Hang()]) as stage:
        await stage.until_prompt("127.0.0.1 greeted> ")
        await stage.line(":close", "")
        await stage.until("closed")
        stage.type(":check\r")
        await stage.until(":check example.org opens its own connections")
