"""What is typed goes out as typed; what it is, is read off it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.protocol.command import Command, Kind, dot_stuff, exact_line, read_line
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.verbs import Context

TYPED = st.text(st.characters(blacklist_characters="\r\n\0", blacklist_categories=["Cs"]))


@given(TYPED, st.sampled_from(Phase))
def test_a_typed_line_reaches_the_wire_unchanged_with_crlf(text: str, phase: Phase) -> None:
    assert read_line(text, phase).raw == text.encode() + b"\r\n"
    assert exact_line(text, phase).raw == text.encode() + b"\r\n"


@given(TYPED)
def test_in_a_body_only_a_single_dot_is_anything_but_text(text: str) -> None:
    command = read_line(text, Phase.DATA)
    assert command.kind is Kind.BODY
    assert command.ends_data == (text == ".")


@given(st.binary())
def test_dot_stuffing_round_trips(message: bytes) -> None:
    stuffed = dot_stuff(message)
    assert b"\r\n.\r\n" not in b"\r\n" + stuffed
    lines = re.split(rb"\r\n|\n|\r", message)
    if lines[-1] == b"":
        lines.pop()
    taken = [line.removeprefix(b".") for line in stuffed.split(b"\r\n")[:-1]]
    assert taken == lines


@pytest.mark.parametrize(
    ("line", "mailbox"),
    [
        ("MAIL FROM:<a@b.example>", "a@b.example"),
        ("mail from:<> SIZE=10", ""),
        ("RCPT TO: <a@b.example> NOTIFY=NEVER", "a@b.example"),
        ("RCPT TO:a@b.example", "a@b.example"),
        ('RCPT TO:<"a>b"@c.example>', '"a>b"@c.example'),
        ("RCPT TO:<a@b.example", "a@b.example"),
        ("RCPT a@b.example", None),
        ("NOOP", None),
    ],
)
def test_the_mailbox_of_an_envelope_line_is_found(line: str, mailbox: str | None) -> None:
    assert read_line(line, Phase.READY).mailbox == mailbox


@pytest.mark.parametrize(
    ("line", "phase", "context"),
    [
        ("ehlo me", Phase.CONNECTED, Context.EHLO),
        ("  Data  ", Phase.RCPT, Context.DATA),
        ("BDAT 10", Phase.RCPT, Context.BDAT),
        ("BDAT 10 last", Phase.RCPT, Context.BDAT_LAST),
        ("dXNlcg==", Phase.AUTH, Context.AUTH_STEP),
        (".", Phase.DATA, Context.DATA_END),
        ("FROBNICATE", Phase.READY, Context.UNKNOWN),
        ("CONNECT", Phase.READY, Context.UNKNOWN),
        ("DATA-END", Phase.READY, Context.UNKNOWN),
        ("", Phase.READY, Context.UNKNOWN),
    ],
)
def test_what_a_reply_will_answer_is_read_off_the_line(
    line: str, phase: Phase, context: Context
) -> None:
    assert read_line(line, phase).context is context


def test_an_auth_line_knows_its_mechanism_and_its_initial_response() -> None:
    command = read_line("auth plain AGJvYgBwdw==", Phase.READY)
    assert (command.mechanism, command.initial_response) == ("PLAIN", "AGJvYgBwdw==")


@given(st.binary(), st.sampled_from(Kind))
def test_every_property_of_any_command_has_an_answer(raw: bytes, kind: Kind) -> None:
    command = Command(raw, kind)
    assert isinstance(command.context, Context)
    assert command.chunk is None or command.chunk >= 0
    assert command.mailbox is None or isinstance(command.mailbox, str)


def test_two_lines_with_the_same_words_are_two_commands() -> None:
    assert read_line("NOOP", Phase.READY) == read_line("NOOP", Phase.READY)
    assert read_line("NOOP", Phase.READY) is not read_line("NOOP", Phase.READY)


def test_a_long_line_has_the_same_verb_and_context_as_a_short_one() -> None:
    for words in ("NOOP", "BDAT 5 LAST", "MAIL FROM:<a@b.example>"):
        short, long = (read_line(text, Phase.READY) for text in (words, words + " " * 500))
        assert (short.verb, short.context) == (long.verb, long.context)
