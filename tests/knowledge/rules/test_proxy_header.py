"""When a refusal is taken for one of the PROXY header, and how sure that is."""

from __future__ import annotations

import pytest

from smtpprobe.knowledge.annotate import annotate
from smtpprobe.knowledge.annotation import Annotation, Basis
from smtpprobe.protocol.command import read_line
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
