"""Expectations, values and assertions typed at the prompt: the language of scripts, a line each."""

from __future__ import annotations

import pytest

from smtpprobe.sandbox.faults import Close, Hang, Hear, Pause, Say, Step
from tests.repl.stage import ENTER, GREETING, LISTEN, staged

EHLO = (GREETING, Hear(b"EHLO"), Say(b"250-mx.example\r\n250 SIZE 1000\r\n"))


async def test_an_expectation_looks_at_the_reply_that_came() -> None:
    async with staged((*EHLO, Hang())) as stage:
        await stage.line("EHLO x", "127.0.0.1 ehlo> ")
        stage.type("< 250 +SIZE>=1000", ENTER)
        await stage.until("# ok 250 SIZE 1000")
        stage.type("<~ 250 +STARTTLS", ENTER)
        await stage.until("warning: EHLO reply lacks STARTTLS")


async def test_an_expectation_that_is_not_met_shows_what_came_and_the_session_goes_on() -> None:
    async with staged((*EHLO, Hear(b"NOOP"), Say(b"250 ok\r\n"), Hang())) as stage:
        await stage.line("EHLO x", "127.0.0.1 ehlo> ")
        stage.type("< 550", ENTER)
        await stage.until("fail: EHLO accepted, expected 550")
        stage.type("NOOP", ENTER)
        await stage.until("250 ok")


async def test_an_expectation_waits_for_a_reply_that_is_still_to_come() -> None:
    server = (*EHLO, Pause(0.3), Say(b"421 4.4.2 idle\r\n"), Hang())
    async with staged(server) as stage:
        await stage.line("EHLO x", "127.0.0.1 ehlo> ")
        stage.type("< 250", ENTER, "< 421", ENTER)
        await stage.until("# ok 421 4.4.2 idle")


FAREWELL = Say(b"421 4.3.2 mx.example shutting down\r\n")


@pytest.mark.parametrize("end", [Hang(), Close()], ids=["hangs", "closes"])
async def test_an_expectation_that_waits_is_held_against_the_farewell(end: Step) -> None:
    async with staged((*EHLO, Hear(b"NOOP"), FAREWELL, end)) as stage:
        await stage.line("EHLO x", "127.0.0.1 ehlo> ")
        stage.type("NOOP", ENTER, "< 421 4.3.2", ENTER, "RSET", ENTER, "< 250", ENTER)
        await stage.until("# ok 421 4.3.2 mx.example shutting down")
        assert "2 waiting lines not sent" in stage.text
        assert "fail:" not in stage.text


async def test_what_is_expected_of_a_message_falls_with_its_refused_data() -> None:
    refused = (Hear(b"DATA"), Say(b"554 5.5.1 no\r\n"), LISTEN)
    async with staged((*EHLO, *refused)) as stage:
        await stage.line("EHLO x", "127.0.0.1 ehlo> ")
        stage.type("DATA", ENTER, "text", ENTER, ".", ENTER, "< 250", ENTER)
        await stage.until("3 waiting lines not sent: message text is sent only after 354")
        assert "fail:" not in stage.text


async def test_an_expectation_that_cannot_be_read_is_told_in_one_line() -> None:
    async with staged((*EHLO, Hang())) as stage:
        stage.type("< 2500", ENTER)
        await stage.until("error: this is not a reply code")


async def test_values_set_and_captured_stand_in_later_lines() -> None:
    server = (*EHLO, Hear(b"RCPT TO:<mx.example@b.example>"), Say(b"250 ok\r\n"), Hang())
    async with staged(server) as stage:
        await stage.line("EHLO x", "127.0.0.1 ehlo> ")
        stage.type(r"< 250 /^(?<host>\S+)/", ENTER)
        await stage.until("# ok 250 SIZE 1000")
        stage.type(":let to = {{host}}@b.example", ENTER)
        stage.type("RCPT TO:<{{to}}>", ENTER)
        await stage.until("250 ok")
        assert stage.server.heard[-1] == b"RCPT TO:<mx.example@b.example>\r\n"


async def test_assertions_ask_the_session() -> None:
    async with staged((*EHLO, Hang())) as stage:
        await stage.line("EHLO x", "127.0.0.1 ehlo> ")
        stage.type(":assert ehlo.size == 1000", ENTER)
        await stage.until("# ok ehlo.size == 1000")
        stage.type(":assert tls.version >= 1.2", ENTER)
        await stage.until("tls.version is unknown: no handshake on this connection")


async def test_a_secret_is_asked_for_unseen_and_shown_nowhere() -> None:
    server = (*EHLO, Hear(b"NOOP sesame-street"), Say(b"250 you said sesame-street\r\n"), Hang())
    async with staged(server) as stage:
        await stage.line("EHLO x", "127.0.0.1 ehlo> ")
        stage.type(":secret pw", ENTER)
        await stage.until("secret pw:")
        stage.type("sesame-street", ENTER)
        await stage.until_gone("secret pw:")
        stage.type("NOOP {{pw}}", ENTER)
        await stage.until("250 you said ********")
        assert "sesame" not in stage.text


async def test_braces_stay_in_lines_sent_as_they_stand_until_expand_is_on() -> None:
    server = (
        *EHLO, Hear(b"NOOP {{a}}"), Say(b"250 one\r\n"),
        Hear(b"NOOP b"), Say(b"250 two\r\n"), Hang(),
    )  # fmt: skip
    async with staged(server) as stage:
        await stage.line("EHLO x", "127.0.0.1 ehlo> ")
        stage.type(":let a = b", ENTER)
        stage.type("> NOOP {{a}}", ENTER)
        await stage.until("250 one")
        stage.type(":expand on", ENTER)
        stage.type("> NOOP {{a}}", ENTER)
        await stage.until("250 two")
