"""What happens while something else goes on: replies nobody asked for, closes, floods."""

from __future__ import annotations

import asyncio
import tracemalloc

import pytest

from smtpprobe.client import ConnectOptions
from smtpprobe.exits import ExitStatus
from smtpprobe.protocol.command import Command, Kind
from smtpprobe.repl.commands.handlers import HANDLERS
from smtpprobe.sandbox.faults import Close, Drip, Flood, Hang, Hear, Pause, Reset, Say
from tests.repl.stage import (
    CTRL_BRACKET,
    CTRL_C,
    EHLO,
    ENTER,
    GREETING,
    LISTEN,
    MAIL,
    QUIT,
    RCPT,
    TO_DATA,
    staged,
    to_data,
)

TIMEOUT_421 = Say(b"421 4.4.2 mx1.example.net Error: timeout exceeded\r\n")


async def test_a_421_while_typing_is_shown_above_and_the_half_line_stays() -> None:
    async with staged((GREETING, *EHLO, Hear(b"NOOP"), TIMEOUT_421, Close())) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type("> NOOP", ENTER, "MAIL FROM:<me@exa")
        await stage.until("421 4.4.2 mx1.example.net Error: timeout exceeded")
        await stage.until_prompt("offline> MAIL FROM:<me@exa")
        assert stage.screen.cursor.x == len("offline> MAIL FROM:<me@exa")
        await stage.until("# not sent: MAIL FROM:<me@exa")


async def test_a_half_typed_answer_to_a_challenge_is_not_shown_when_the_server_closes() -> None:
    script = (GREETING, *EHLO, Hear(b"AUTH"), Say(b"334 VXNlcm5hbWU6\r\n"), Hear(b"x"), Close())
    async with staged(script) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        await stage.line("AUTH LOGIN", "334| ")
        stage.type("> x", ENTER, "c2VjcmV0")
        await stage.until("# not sent: ********")


async def test_the_lines_that_wait_are_dropped_and_counted_at_a_421() -> None:
    script = (GREETING, *EHLO, Hear(b"VRFY"), Hear(b"go"), TIMEOUT_421, Close())
    async with staged(script) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type("VRFY x", ENTER)
        await stage.server.until_heard(b"VRFY")
        await stage.until_prompt("127.0.0.1 ehlo\u2026> ")
        stage.type("NOOP", ENTER, "RSET", ENTER)
        await stage.until("# queued: RSET")
        stage.type(CTRL_BRACKET, 'raw "go\\r\\n"', ENTER)
        stage.type(CTRL_C)
        await stage.until("waiting lines not sent")


async def test_data_refused_drops_the_message_typed_ahead() -> None:
    script = (GREETING, *EHLO, Hear(b"DATA"), Hear(b"go"), Say(b"503 5.5.1 no\r\n"), LISTEN)
    async with staged(script, lockstep=True) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type("DATA", ENTER)
        await stage.server.until_heard(b"DATA")
        await stage.until_prompt("127.0.0.1 ehlo\u2026> ")
        stage.type("Subject: x", ENTER, ":not local", ENTER, ".", ENTER)
        await stage.until_true(lambda: len(stage.face.session.queue.outbox) == 3, "queued")
        await stage.face.session.client.send(Command(b"go\r\n", Kind.RAW))
        await stage.until("# 3 waiting lines not sent: message text is sent only after 354")
        assert stage.server.heard[-1] == b"go\r\n"


async def test_a_close_is_told_and_connect_alone_dials_the_same_target() -> None:
    async with staged((GREETING, Hear(b"NOOP"), Close()), (GREETING, LISTEN)) as stage:
        stage.type("NOOP", ENTER)
        await stage.until_prompt("offline> :connect [127.0.0.1]:")
        await stage.line(":connect", "127.0.0.1 greeted> ")
        assert stage.server.connections == 2


async def test_a_reset_is_told_and_the_prompt_stays() -> None:
    async with staged((GREETING, Hear(b"NOOP"), Reset())) as stage:
        await stage.line("NOOP", "offline> ")
        await stage.until("reset")


async def test_an_unreachable_target_leaves_the_prompt_open_and_gives_4_at_the_end() -> None:
    async with staged((Close(),)) as stage:
        await stage.until_prompt("offline> ")
        await stage.until("error: ")
        stage.type(":quit", ENTER)
        assert await stage.ended() is ExitStatus.CANNOT_TELL


async def test_a_silent_host_is_given_up_after_the_limit() -> None:
    async with staged((Hang(),), options=ConnectOptions(greeting_timeout=0.1)) as stage:
        await stage.until_prompt("offline> ")
        await stage.until("no greeting")


async def test_a_hundred_replies_in_a_burst_are_all_printed_at_once() -> None:
    burst = b"".join(b"250 line %d\r\n" % number for number in range(100))
    async with staged((GREETING, *EHLO, Hear(b"go"), Say(burst), Hang()), annotate="off") as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        writes = len(stage.octets)
        stage.type("> go", ENTER)
        await stage.until("250 line 99")
        assert len(stage.octets) - writes < 40


async def test_no_prompt_is_drawn_before_the_reply_that_led_to_it_is_above_it() -> None:
    due = {"greeted> ": "220 mx1", "ehlo> ": "250 AUTH", "mail> ": "2.1.0 Ok", "rcpt:1> ": "2.1.5"}
    frames: set[tuple[str, bool]] = set()

    def drawn(_app: object) -> None:
        for prompt, reply in due.items():
            if stage.prompt_line.startswith(f"127.0.0.1 {prompt}"):
                frames.add((prompt, reply in stage.text))

    async with staged((GREETING, *EHLO, *MAIL, *RCPT, Hang())) as stage:
        stage.face.app.after_render += drawn
        stage.face.refresh()
        await stage.until_true(lambda: frames, "the prompt of the greeting")
        for text, prompt in zip(
            ("EHLO me", "MAIL FROM:<>", "RCPT TO:<a@b>"), [*due][1:], strict=True
        ):
            stage.type(text, ENTER)
            await stage.until_prompt(f"127.0.0.1 {prompt}")
        await stage.until_true(lambda: len(frames) >= len(due), "all prompts")
    assert frames == {(prompt, True) for prompt in due}


async def test_the_prompt_is_drawn_between_the_lines_of_a_reply_that_never_ends() -> None:
    script = (GREETING, *EHLO, Hear(b"HELP"), Flood(b"214-for ever and ever\r\n"))
    async with staged(script, blind=True, annotate="off") as stage:
        stage.type("EHLO me", ENTER)
        await stage.until_written("250 AUTH PLAIN LOGIN")
        stage.type("HELP", ENTER)
        await stage.until_written("214-for ever and ever")
        drawn = stage.face.app.render_counter
        await stage.until_true(lambda: stage.face.app.render_counter > drawn + 5, "drawings")


async def test_a_reply_that_never_ends_leaves_the_prompt_alive_and_memory_bounded() -> None:
    script = (GREETING, *EHLO, Hear(b"HELP"), Flood(b"214-for ever and ever\r\n"))
    async with staged(script, blind=True) as stage:
        stage.type("EHLO me", ENTER)
        await stage.until_written("hello accepted")
        stage.type("HELP", ENTER)
        await stage.until_written("more lines of this piece not shown")
        tracemalloc.start()
        try:
            await asyncio.sleep(0.05)
            stage.octets.clear()
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert peak < 40_000_000
        stage.type(CTRL_BRACKET)
        await stage.until_true(lambda: stage.face.in_local_prompt, "the local prompt")
        stage.type("close", ENTER)
        await stage.until_written("offline> ")


async def test_a_line_that_never_ends_leaves_the_prompt_alive() -> None:
    script = (GREETING, *EHLO, Hear(b"HELP"), Flood(b"x" * 65536))
    async with staged(script, blind=True) as stage:
        stage.type("EHLO me", ENTER)
        await stage.until_written("hello accepted")
        stage.type("HELP", ENTER)
        await stage.until_written("(65536 octets)")
        stage.type(CTRL_C)
        await stage.until_written("# stopped waiting")
        stage.type(":close", ENTER)
        await stage.until_written("offline> ")


async def test_octets_that_drip_are_counted_and_waiting_can_be_stopped() -> None:
    async with staged((GREETING, *EHLO, Hear(b"HELP"), Drip(b"214-" * 500, 0.01))) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type("HELP", ENTER)
        await stage.until_prompt("127.0.0.1 ehlo\u2026> ")
        await stage.until_true(lambda: stage.face.session.client.pending_octets, "octets")
        stage.type(CTRL_C)
        await stage.until("octets received so far)")


async def test_server_text_cannot_drive_the_terminal() -> None:
    evil = b"220 \x1b[2J\x1b]52;c;ZXZpbA==\x07 \x9b31m \xe2\x80\xae rtl \x00 \xff end\r\n"
    async with staged((Say(evil), Hang())) as stage:
        await stage.until("end")
        written = "".join(stage.octets)
        assert "\\x1b[2J\\x1b]52;c;ZXZpbA==\\x07" in stage.text.replace("\n", "")
        assert "\x1b]52" not in written
        assert "\x1b[2J" not in written
        assert "\u202e" not in written
        assert "\x00" not in written


async def test_timeout_ends_the_waiting_not_the_connection() -> None:
    async with staged((GREETING, Hear(b"EHLO"), Pause(0.3), *EHLO[1:], Hang())) as stage:
        await stage.line(":timeout 50ms", "127.0.0.1 greeted> ")
        stage.type("EHLO me", ENTER)
        await stage.until(
            "# no reply within 50 ms; the reply to EHLO will be shown when it arrives"
        )
        await stage.until_prompt("127.0.0.1 ehlo> ")


async def test_a_starttls_that_gets_no_reply_in_time_ends_the_connection_not_the_prompt() -> None:
    async with staged((GREETING, LISTEN)) as stage:
        await stage.line(":timeout 50ms", "127.0.0.1 greeted> ")
        stage.type("STARTTLS", ENTER, "NOOP", ENTER)
        await stage.until("# closed before the server answered STARTTLS (no reply within 50 ms)")
        await stage.until_prompt("offline> ")
        assert b"NOOP\r\n" not in stage.server.heard


async def test_without_lockstep_lines_go_out_at_once() -> None:
    async with staged((GREETING, LISTEN), lockstep=False) as stage:
        stage.type("EHLO me", ENTER, "MAIL FROM:<a@b.example>", ENTER)
        await stage.server.until_heard(b"MAIL")
        assert "# queued" not in stage.text


async def test_held_lines_go_out_without_waiting_and_their_replies_pair() -> None:
    replies = Say(b"250 2.1.0 Ok\r\n250 2.1.5 Ok\r\n354 go\r\n")
    script = (GREETING, *EHLO, Hear(b"MAIL"), Hear(b"RCPT"), Hear(b"DATA"), replies, Hang())
    async with staged(script) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        await stage.line(":hold", "hold:0> ")
        await stage.line("MAIL FROM:<a@b.example>", "hold:1> ")
        await stage.line("RCPT TO:<c@d.example>", "hold:2> ")
        await stage.line("DATA", "hold:3> :flush")
        await stage.line(":flush", "data 1| ")


async def test_a_held_starttls_goes_out_with_the_others_and_the_handshake_follows_its_220() -> None:
    script = (GREETING, Hear(b"STARTTLS"), Hear(b"NOOP"), Say(b"220 go\r\n250 ok\r\n"), Hang())
    async with staged(script) as stage:
        await stage.line(":hold", "hold:0> ")
        await stage.line("STARTTLS", "hold:1> ")
        await stage.line("NOOP", "hold:2> ")
        stage.type(":flush", ENTER)
        await stage.until("220 go")
        await stage.until("127.0.0.1 handshake")
        assert b"".join(stage.server.heard) == b"STARTTLS\r\nNOOP\r\n"


async def test_quit_in_a_body_closes_without_sending() -> None:
    async with staged((*TO_DATA, LISTEN)) as stage:
        await to_data(stage)
        stage.type(CTRL_BRACKET, "quit", ENTER)
        assert await stage.ended() is ExitStatus.OK
        assert stage.server.heard[-1] == b"DATA\r\n"


async def test_the_session_ends_well_with_quit_and_offline() -> None:
    async with staged((GREETING, *EHLO, *QUIT, Close())) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        await stage.line("QUIT", "offline> ")
        await stage.until("221 2.0.0 Bye")


@pytest.mark.parametrize("name", ["echo", "sleep"])
async def test_a_failure_of_the_program_itself_ends_it_and_is_told(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_session: object, _argument: str) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setitem(HANDLERS, name, fail)
    with pytest.raises(RuntimeError, match="a bug"):
        await _enter_and_end(f":{name} 1s")


async def _enter_and_end(line: str) -> None:
    async with staged((GREETING, LISTEN)) as stage:
        stage.type(line, ENTER)
        await stage.ended()


@pytest.mark.parametrize(
    ("line", "octets"), [("> NOOP", b"NOOP\r\n"), (':raw "NO\\r\\n"', b"NO\r\n")]
)
async def test_exact_lines_and_raw_octets_go_out_before_the_greeting(
    line: str, octets: bytes
) -> None:
    async with staged((LISTEN,)) as stage:
        await stage.until_prompt("127.0.0.1 greeting\u2026> ")
        stage.type(line, ENTER)
        assert await stage.server.until_heard(b"NO") == octets


async def test_a_line_before_the_greeting_is_queued_and_dropped_with_the_dialling() -> None:
    async with staged((LISTEN,)) as stage:
        await stage.until_prompt("127.0.0.1 greeting\u2026> ")
        stage.type("EHLO me", ENTER)
        await stage.until("# queued: EHLO me")
        assert stage.server.heard == []
        stage.type("\x03")
        await stage.until("# 1 waiting line not sent: stopped by you")


async def test_plaintext_behind_the_220_to_starttls_is_shown_and_answers_nothing() -> None:
    script = (GREETING, Hear(b"STARTTLS"), Say(b"220 go\r\n250 injected\r\n"), Hang())
    async with staged(script, options=ConnectOptions(handshake_timeout=0.2)) as stage:
        stage.type("STARTTLS", ENTER)
        await stage.until_prompt("offline> ")
        await stage.until("250 injected")
