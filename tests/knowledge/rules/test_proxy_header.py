"""When a refusal is taken for one of the PROXY header, and how sure that is."""

from __future__ import annotations

import pytest

from smtpprobe.knowledge.annotate import annotate
from smtpprobe.knowledge.annotation import Annotation, Basis, Blame
from smtpprobe.protocol.command import Command, Kind, read_line
from smtpprobe.protocol.events import Received, Sent
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import parse_reply
from smtpprobe.protocol.session import State, advance
from smtpprobe.protocol.transport.via import Via

SOON, HELLO = "220 mx.example.net ESMTP", "> EHLO probe.example.org"
TAKEN = "PROXY header not expected"


def last(header: str, *lines: str) -> Annotation:
    """Return the annotation of the last reply; lines behind `> ` are sent."""
    state, exchange = State(phase=Phase.GREETING, via=Via(header=header)), None
    for line in lines:
        if line.startswith("> "):
            state, _ = advance(state, Sent(0.0, read_line(line[2:], state.phase)))
        else:
            state, exchange = advance(state, Received(0.0, parse_reply(line.encode() + b"\r\n")))
    assert exchange is not None
    return annotate(exchange)


@pytest.mark.parametrize(
    ("lines", "basis"),
    [
        (("554 protocol error: talked too soon",), Basis.STANDARD),
        ((SOON, "500 what"), Basis.STANDARD),
        ((SOON, HELLO, "500 what"), Basis.GUESS),
        ((SOON, "> HELO probe.example.org", "502 what"), Basis.GUESS),
    ],
)
def test_it_is_the_header_that_was_refused_while_nothing_else_can_be(
    lines: tuple[str, ...], basis: Basis
) -> None:
    found = last("PROXY UNKNOWN", *lines)
    assert (found.title, found.basis) == (TAKEN, basis)
    assert last("", *lines).title != TAKEN


@pytest.mark.parametrize(
    "lines",
    [
        ("554 no mail service here",),
        (SOON, "550 what"),
        (SOON, HELLO, "550 what"),
        (SOON, HELLO, "250 mx.example.net", "500 what"),
        (SOON, "> NOOP", "500 what"),
        (SOON, "> NOOP", "500 what", HELLO, "500 what"),
        (SOON, "> NOOP", HELLO, "500 what", "500 what"),
    ],
)
def test_it_is_not_where_the_refusal_is_about_something_else(lines: tuple[str, ...]) -> None:
    assert last("PROXY UNKNOWN", *lines).title != TAKEN


def test_what_is_refused_later_is_no_remark_on_the_header() -> None:
    lines = (SOON, HELLO, "250 mx.example.net", "> MAIL FROM:<me@example.org>", "550 no")
    assert last("PROXY UNKNOWN", *lines).remarks == ()


def test_two_words_for_ehlo_are_a_fault_whatever_it_says_but_where_it_is_about_the_name() -> None:
    two = "> EHLO probe example.org"
    assert last("", SOON, two, "501 what").title == "Too many words"
    assert last("", SOON, two, "550 what").title == "Hello refused"


@pytest.mark.parametrize(
    ("sent", "blamed"),
    [
        (None, Blame.NETWORK),
        (read_line("EHLO probe.example.org", Phase.GREETING), Blame.YOUR_COMMAND),
        (Command(b"\0\1", Kind.RAW), Blame.YOUR_COMMAND),
    ],
)
def test_nobody_else_is_blamed_for_what_went_out_from_here_before_the_greeting(
    sent: Command | None, blamed: Blame
) -> None:
    state = State(phase=Phase.GREETING, opened_at=1.0, last_at=1.0)
    if sent is not None:
        state, _ = advance(state, Sent(2.0, sent))
    early = parse_reply(b"554 protocol error: talked too soon\r\n")
    _, exchange = advance(state, Received(3.0, early))
    assert exchange is not None
    assert annotate(exchange).blame is blamed


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("MAILFROM:<me@example.org>", "Blank missing"),
        ("RCPT=TO:<me@example.org>", "Blank missing"),
        ("EHLO<probe", "Blank missing"),
        ("MAILX", "Misspelt"),
        ("Subject: hello", "Message text"),
    ],
)
def test_a_command_word_that_runs_on_lacks_a_blank_where_an_argument_begins(
    line: str, title: str
) -> None:
    assert last("", SOON, f"> {line}", "500 what").title == title
