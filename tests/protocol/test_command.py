"""What is typed goes out as typed; what it is, is read off it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.protocol.command import (
    Command,
    DotStuffing,
    Kind,
    dot_stuff,
    exact_line,
    raw_command,
    read_line,
    repeated_line,
)
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


@pytest.mark.parametrize(
    ("octets", "in_data", "in_session", "in_login"),
    [
        (b".\r\n", "ends", "line", "answer"),
        (b"a\r\n.\r\n", "ends", "raw", "secret"),
        (b".\r\n.\r\n", "ends", "raw", "secret"),
        (b"a.\r\n", "text", "line", "answer"),
        (b".\n", "text", "raw", "secret"),
        (b"a\n.\r\n", "text", "raw", "secret"),
        (b"NOOP\r\n", "text", "line", "answer"),
        (b"NOOP\n", "text", "raw", "secret"),
        (b"NOOP", "text", "raw", "secret"),
        (b"NOOP\r\nRSET\r\n", "text", "raw", "secret"),
    ],
)
def test_raw_octets_are_what_they_would_be_from_any_hand(
    octets: bytes, in_data: str, in_session: str, in_login: str
) -> None:
    data, chunk = raw_command(octets, Phase.DATA), raw_command(octets, Phase.BDAT)
    assert (data.kind, data.ends_data) == (Kind.BODY, in_data == "ends")
    assert (chunk.kind, chunk.ends_data) == (Kind.BODY, False)
    ready, login = raw_command(octets, Phase.READY), raw_command(octets, Phase.AUTH)
    assert ready.kind is (Kind.COMMAND if in_session == "line" else Kind.RAW)
    assert login.kind is (Kind.SASL if in_login == "answer" else Kind.RAW)
    assert login.secret is (in_login == "secret")
    assert {one.raw for one in (data, chunk, ready, login)} == {octets}
    assert all(one.exact for one in (data, chunk, ready, login))


def test_a_line_is_remembered_where_it_is_a_command_and_short() -> None:
    same = "NOOP again"
    assert repeated_line(same, Phase.READY) is repeated_line(same, Phase.READY)
    for phase in (Phase.DATA, Phase.BDAT, Phase.AUTH):
        found = repeated_line(same, phase)
        assert found.kind is read_line(same, phase).kind
    long = f"NOOP {'x' * 200}"
    assert repeated_line(long, Phase.READY) is not repeated_line(long, Phase.READY)


def test_a_long_line_goes_out_in_parts_and_its_line_end_stays_one() -> None:
    stuffing = DotStuffing()
    assert stuffing.feed(b"a" * 1001) == b"a" * 1001
    assert stuffing.feed(b"\r") == b""
    assert stuffing.feed(b"\n.b") == b"\r\n"
    assert stuffing.end() == b"..b\r\n"
    short = DotStuffing()
    assert short.feed(b"a" * 1000) == b""
    assert short.feed(b"\nb") == b"a" * 1000 + b"\r\n"
    assert short.end() == b"b\r\n"
