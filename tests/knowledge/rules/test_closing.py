"""The end of a connection in a sentence."""

from __future__ import annotations

import pytest

from smtpprobe.knowledge.rules.closing import annotate_close
from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.events import By, Closed, Sent
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.session import State
from smtpprobe.protocol.verbs import Context
from tests.knowledge.sessions import before

READY = before(Context.MAIL)
MAIL = before(Context.RCPT)


def waiting(state: State, *typed: str) -> State:
    return state._replace(pending=tuple(Sent(0.0, read_line(one, state.phase)) for one in typed))


@pytest.mark.parametrize(
    ("state", "closed", "sentence"),
    [
        (READY, Closed(0.0, By.THEM), "closed by the server"),
        (READY, Closed(0.0, By.US), "closed"),
        (MAIL._replace(ended=True), Closed(0.0, By.THEM), "closed by the server"),
        (READY, Closed(0.0, By.THEM, "connection reset by peer"),
         "closed by the server (connection reset by peer)"),
        (waiting(MAIL, "RCPT TO:<a@b.example>"), Closed(0.0, By.THEM),
         "closed by the server before it answered RCPT"),
        (waiting(MAIL, "RCPT TO:<a>", "DATA"), Closed(0.0, By.THEM),
         "closed by the server before it answered RCPT and 1 command more"),
        (waiting(MAIL, "FOO"), Closed(0.0, By.THEM),
         "closed by the server before it answered the command"),
        (waiting(READY, "NOOP"), Closed(0.0, By.US), "closed before the server answered NOOP"),
        (waiting(before(Context.DATA_END), "."), Closed(0.0, By.THEM),
         "closed by the server before it answered the message: the message may have been accepted"),
        (waiting(READY._replace(phase=Phase.AUTH), "Ym9i"), Closed(0.0, By.THEM),
         "closed by the server before it answered the login"),
        (MAIL, Closed(0.0, By.THEM),
         "closed by the server with a transaction open; nothing of it is kept"),
        (State(phase=Phase.GREETING), Closed(0.0, By.THEM),
         "closed by the server before the greeting"),
        (State(phase=Phase.GREETING), Closed(0.0, By.US, "no greeting within 60s"),
         "closed before the greeting (no greeting within 60s)"),
        (State(phase=Phase.TLS), Closed(0.0, By.THEM),
         "closed by the server during the TLS handshake"),
        (before(Context.DATA_END), Closed(0.0, By.THEM),
         "closed by the server in the middle of the message; it is not accepted"),
    ],
)  # fmt: skip
def test_the_sentence_tells_who_and_what_was_left_open(
    state: State, closed: Closed, sentence: str
) -> None:
    assert annotate_close(closed, state) == sentence


def test_a_hostile_reason_is_escaped_and_cut() -> None:
    sentence = annotate_close(Closed(0.0, By.THEM, "\x1b]0;" + "x" * 500), READY)
    assert "\x1b" not in sentence
    assert len(sentence) <= 100
