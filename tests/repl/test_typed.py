"""What a typed line is, and what the lines that wait make of the next one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.session import Pending, State
from smtpprobe.repl.outbox import Entry, Outbox, phase_ahead
from smtpprobe.repl.typed import LineClass, classified

READY = State(phase=Phase.READY)


async def _nothing(_entry: Entry) -> None:
    return


def _outbox(*lines: str) -> Outbox:
    outbox = Outbox()
    for line in lines:
        outbox.add(Entry(line, _nothing))
    return outbox


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("NOOP", LineClass.WIRE),
        ("noop", LineClass.WIRE),
        ("  NOOP", LineClass.WIRE),
        ("/base64", LineClass.WIRE),
        ("", LineClass.NOTHING),
        ("   ", LineClass.NOTHING),
        ("?", LineClass.HELP),
        ("> ?", LineClass.EXACT),
        (">", LineClass.EXACT),
        (">x", LineClass.WIRE),
        (":caps", LineClass.LOCAL),
        (" :caps", LineClass.LOCAL),
        ("# a remark", LineClass.COMMENT),
        ("< 250", LineClass.EXPECTATION),
        ("| text", LineClass.REPLY_TEXT),
        ("250 Ok", LineClass.SERVER_LINE),
        ("250-Ok", LineClass.SERVER_LINE),
        ("354", LineClass.SERVER_LINE),
        ("2500", LineClass.WIRE),
        ("quit", LineClass.WIRE),
    ],
)
def test_the_first_characters_tell_what_a_line_is(text: str, kind: LineClass) -> None:
    assert classified(text, Phase.READY) is kind


@given(st.text())
def test_in_a_message_every_line_is_message_text(text: str) -> None:
    assert classified(text, Phase.DATA) is LineClass.BODY
    assert classified(text, Phase.BDAT) is LineClass.BODY


@pytest.mark.parametrize("word", ["quit", "exit"])
def test_bare_words_leave_only_when_not_connected(word: str) -> None:
    assert classified(word, Phase.CLOSED, offline=True) is LineClass.LEAVE
    assert classified(word, Phase.READY) is LineClass.WIRE


@pytest.mark.parametrize(
    ("pending", "waiting", "phase"),
    [
        ((), (), Phase.READY),
        (("DATA",), (), Phase.DATA),
        (("data ",), ("text",), Phase.DATA),
        (("DATA",), ("text", "."), Phase.READY),
        (("AUTH LOGIN",), (), Phase.AUTH),
        (("AUTH LOGIN",), ("Ym9i",), Phase.AUTH),
        ((), ("NOOP", "DATA"), Phase.DATA),
        (("NOOP",), ("BDAT 5",), Phase.BDAT),
        (("NOOP",), ("RSET",), Phase.READY),
    ],
)
def test_lines_that_wait_decide_what_the_next_one_is(
    pending: tuple[str, ...], waiting: tuple[str, ...], phase: Phase
) -> None:
    sent = tuple(Pending(read_line(line, Phase.READY), 0.0) for line in pending)
    assert phase_ahead(READY._replace(pending=sent), _outbox(*waiting)) is phase


def test_a_refused_data_takes_its_text_with_it_and_nothing_else() -> None:
    outbox = Outbox()
    for text, body in (("a", True), (".", True), ("NOOP", False)):
        outbox.add(Entry(text, _nothing, body=body))
    assert outbox.drop_body() == 2
    assert [entry.text for entry in outbox] == ["NOOP"]


def test_expectations_stay_with_what_was_sent_and_fall_with_what_was_not() -> None:
    outbox = Outbox()
    for text in ("< 421", "< eof", "RSET", "< 250"):
        outbox.add(Entry(text, _nothing, expects=text.startswith("<")))
    assert outbox.drop_unsent() == 2
    assert [entry.text for entry in outbox] == ["< 421", "< eof"]
