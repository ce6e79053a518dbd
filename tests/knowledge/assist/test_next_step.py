"""Ghost text row by row, and the next steps beside it."""

from __future__ import annotations

import pytest

from smtpprobe.knowledge.assist.completion import Hints
from smtpprobe.knowledge.assist.next_step import ghost, next_steps
from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.events import Sent
from smtpprobe.protocol.phase import Dialect, Phase
from smtpprobe.protocol.session import START, Body, State
from smtpprobe.protocol.verbs import Context
from tests.knowledge.sessions import TLS, announcing, answered, before

HINTS = Hints("client.example", "example.net", None, None)
GREETED = State(phase=Phase.CONNECTED, port=25)
READY = before(Context.MAIL)
MAIL = before(Context.RCPT)
RCPT = before(Context.DATA)
DATA = before(Context.DATA_END)


@pytest.mark.parametrize(
    ("state", "hints", "text"),
    [
        (START, HINTS, ":connect "),
        (START, HINTS._replace(last_host="example.net"), ":connect example.net"),
        (State(phase=Phase.GREETING), HINTS, ""),
        (State(phase=Phase.TLS), HINTS, ""),
        (GREETED, HINTS, "EHLO client.example"),
        (GREETED._replace(dialect=Dialect.LMTP), HINTS, "LHLO client.example"),
        (announcing("STARTTLS", "AUTH PLAIN"), HINTS, "STARTTLS"),
        (announcing("AUTH LOGIN PLAIN", port=587, tls=TLS), HINTS, "AUTH PLAIN"),
        (announcing("AUTH SCRAM-SHA-256 CRAM-MD5", port=465), HINTS, "AUTH CRAM-MD5"),
        (announcing("AUTH XOAUTH2 SCRAM-SHA-256", port=465), HINTS, "AUTH SCRAM-SHA-256"),
        (announcing("AUTH XOAUTH2", port=587), HINTS, "AUTH XOAUTH2"),
        (announcing("AUTH PLAIN", port=587, authenticated="PLAIN"), HINTS, "MAIL FROM:<>"),
        (announcing("AUTH PLAIN", port=25), HINTS, "MAIL FROM:<>"),
        (READY, HINTS, "MAIL FROM:<>"),
        (READY, HINTS._replace(last_sender="me@example.org"), "MAIL FROM:<me@example.org>"),
        (MAIL, HINTS, "RCPT TO:<postmaster@example.net>"),
        (MAIL, HINTS._replace(domain=None), "RCPT TO:<>"),
        (RCPT, HINTS, "DATA"),
        (DATA, HINTS, ""),
        (DATA._replace(body=Body(3, 30, None, headers_ended=True)), HINTS, ""),
        (DATA._replace(body=Body(4, 40, None, headers_ended=True, text_lines=1)), HINTS, "."),
        (RCPT._replace(phase=Phase.BDAT, body=Body(left=5)), HINTS, ""),
        (READY._replace(ended=True), HINTS, ""),
        (READY._replace(phase=Phase.AUTH), HINTS, ""),
        (READY._replace(pending=(Sent(0.0, read_line("NOOP", Phase.READY)),)), HINTS, ""),
    ],
)
def test_the_ghost_follows_the_state(state: State, hints: Hints, text: str) -> None:
    assert ghost(state, hints) == text


@pytest.mark.parametrize(
    ("context", "reply", "state", "text"),
    [
        (Context.MAIL, "503 5.5.1 EHLO/HELO first", READY, "EHLO client.example"),
        (Context.MAIL, "530 5.7.0 Must issue a STARTTLS command first", READY, "STARTTLS"),
        (Context.AUTH, "538 5.7.11 Encryption required", READY, "STARTTLS"),
        (Context.MAIL, "530 5.7.0 Authentication required", READY, "AUTH PLAIN"),
        (Context.MAIL, "530 5.7.0 Authentication required",
         announcing("AUTH CRAM-MD5 LOGIN", tls=TLS), "AUTH LOGIN"),
        (Context.RCPT, "554 5.7.1 Relay access denied", MAIL, "RSET"),
        (Context.MAIL, "550 no", READY, "RSET"),
        (Context.RCPT, "550 no", RCPT, "DATA"),
        (Context.RCPT, "450 no", MAIL, "RCPT TO:<postmaster@example.net>"),
        (Context.RCPT, "503 5.5.1 need MAIL", READY, "MAIL FROM:<>"),
    ],
)  # fmt: skip
def test_after_a_refusal_the_ghost_is_what_the_reply_asks_for(
    context: Context, reply: str, state: State, text: str
) -> None:
    last = answered(context, reply, state)
    assert ghost(last.after, HINTS._replace(last=last)) == text


def test_a_refusal_of_an_earlier_state_asks_for_nothing_any_more() -> None:
    last = answered(Context.RCPT, "550 no", MAIL)
    assert ghost(READY, HINTS._replace(last=last)) == "MAIL FROM:<>"


def steps(state: State, hints: Hints = HINTS) -> str:
    return "; ".join(step.text for step in next_steps(state, hints))


def test_next_steps_end_with_the_way_out() -> None:
    assert steps(RCPT) == "DATA; RCPT TO:<user@domain>; QUIT"
    assert steps(announcing("STARTTLS")) == "STARTTLS; MAIL FROM:<you@domain>; QUIT"
    assert steps(GREETED) == "EHLO client.example; QUIT"


def test_next_steps_in_a_body_tell_its_end() -> None:
    assert steps(DATA) == 'end with a line containing only "."'


def test_what_a_refusal_asks_for_leads_the_next_steps() -> None:
    last = answered(Context.RCPT, "554 5.7.1 Relay access denied", MAIL)
    assert steps(last.after, HINTS._replace(last=last)) == "RSET; RCPT TO:<user@domain>; QUIT"


def test_every_phase_has_next_steps_and_the_ghost_is_one_of_their_commands() -> None:
    for phase in Phase:
        state = RCPT._replace(phase=phase, body=Body(left=3))
        found = next_steps(state, HINTS)
        assert found, phase
        if ghost(state, HINTS):
            assert ghost(state, HINTS) in {step.command for step in found}
