"""The toolbar: what it says, and what it leaves out where it is narrow."""

from __future__ import annotations

from smtpprobe.present.spans import text_of
from smtpprobe.repl.ui.toolbar import IDLE_WARNED, WARNING, clock_shown, toolbar_line
from smtpprobe.sandbox.faults import Hang, Hear, Say
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


def _bar(stage: Stage, text: str, columns: int = 200, later: float = 0.0) -> str:
    session = stage.face.session
    return text_of(toolbar_line(session, text, session.state.last_at + later, columns)).rstrip()


async def test_shows_next_steps_and_facts_while_nothing_is_typed() -> None:
    async with staged((GREETING, *EHLO, Hang())) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        bar = _bar(stage, "")
        assert bar.startswith(" next: MAIL FROM:<you@domain>")
        assert "no TLS" in bar


async def test_shows_the_syntax_of_what_is_typed_and_warns() -> None:
    async with staged((GREETING, *EHLO, Hang())) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        assert "MAIL FROM:<sender> [parameters]" in _bar(stage, "MAIL FROM:<a@b.example>")
        assert "503" in _bar(stage, "RCPT TO:<a@b.example>")
        assert ":save FILE" in _bar(stage, ":save")


async def test_in_a_message_it_tells_how_it_ends_and_that_nothing_is_local() -> None:
    async with staged((*TO_DATA, Hang())) as stage:
        await to_data(stage)
        assert 'end with a line containing only "."' in _bar(stage, "")
        assert "1 rcpt" in _bar(stage, "")
        assert "message text; Ctrl-] for commands" in _bar(stage, ":save")


async def test_the_rightmost_parts_are_left_out_where_it_is_narrow() -> None:
    async with staged((GREETING, *EHLO, Hang())) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        bar = _bar(stage, "", 40)
        assert "no TLS" not in bar
        assert bar.startswith(" next: MAIL")
        assert len(text_of(toolbar_line(stage.face.session, "MAIL", 0.0, 10))) <= 20


async def test_idle_time_is_shown_after_a_minute_and_warned_of_after_four() -> None:
    async with staged((GREETING, *EHLO, Hang())) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        session = stage.face.session
        last = session.state.last_at
        assert "idle" not in _bar(stage, "", later=50)
        assert not clock_shown(session, last + 50)
        assert "idle 1:10" in _bar(stage, "", later=70)
        assert clock_shown(session, last + 70)
        late = toolbar_line(session, "", last + IDLE_WARNED, 200)
        assert any(span.style == WARNING and "idle 4:00" in span.text for span in late)


async def test_waiting_is_shown_with_its_time_and_what_can_be_done() -> None:
    async with staged((GREETING, Hear(b"EHLO"), Say(b"250-half"), Hang())) as stage:
        stage.type("EHLO me", ENTER, "NOOP", ENTER)
        await stage.until("# queued: NOOP")
        bar = _bar(stage, "", later=65)
        assert "Ctrl-C stops waiting" in bar
        assert "waiting 1:05" in bar
        assert "1 queued" in bar


async def test_can_be_turned_off_and_hints_apart_from_it() -> None:
    async with staged((GREETING, LISTEN), toolbar=False) as stage:
        assert "next:" not in stage.lines[-1]
    async with staged((GREETING, LISTEN), hints="off") as stage:
        assert "MAIL FROM:<sender>" not in _bar(stage, "MAIL")


async def test_hints_as_lines_stand_under_what_was_entered() -> None:
    async with staged((GREETING, LISTEN), hints="line") as stage:
        stage.type("RCPT TO:<a@b.example>", ENTER)
        await stage.until("# out of order: 503 expected")


async def test_the_local_prompt_has_its_own_hint() -> None:
    async with staged((*TO_DATA, Hang())) as stage:
        await to_data(stage)
        stage.type(CTRL_BRACKET, "clo")
        await stage.until(":close  close the connection without QUIT")


async def test_a_first_dot_in_a_message_is_warned_of() -> None:
    async with staged((*TO_DATA, LISTEN)) as stage:
        await to_data(stage)
        stage.type(".hidden")
        await stage.until("the server takes off the first dot: type two")
