"""The questions of the tables: what of the state is known of a session only, and what is asked."""

from __future__ import annotations

import inspect

import pytest

from smtpprobe.knowledge.rules import conditions
from smtpprobe.knowledge.rules.situation import Condition, Situation, situation
from smtpprobe.protocol.command import exact_line, read_line
from smtpprobe.protocol.events import Received, Sent
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import parse_reply
from smtpprobe.protocol.session import State, advance
from smtpprobe.protocol.tls_facts import TlsFacts
from tests.knowledge.sessions import TLS, announcing

NEW = State(phase=Phase.CONNECTED)
READY = announcing("SIZE 1000")
OPEN = READY._replace(phase=Phase.MAIL, sender="me@example.org")
AIMED = OPEN._replace(phase=Phase.RCPT, recipients=("bob@example.org",))
INSIDE = READY._replace(tls=TLS)
BROKEN = READY._replace(tls=TlsFacts(ok=False))
KNOWN = READY._replace(authenticated="bob")
LOGIN = READY._replace(phase=Phase.AUTH, auth_mechanism="LOGIN")


def asked(text: str, state: State, reply: str = "550 no", *, exact: bool = False) -> Situation:
    """Return the situation of a reply to a line; without one of a reply that comes unasked."""
    if text:
        line = (exact_line if exact else read_line)(text, state.phase)
        state, _ = advance(state, Sent(0.0, line))
    _, exchange = advance(state, Received(0.0, parse_reply(reply.encode() + b"\r\n")))
    assert exchange is not None
    return situation(exchange, "probe.example.org")


QUESTIONS = dict(inspect.getmembers(conditions, inspect.isfunction))
STATE = (
    "no_hello", "said_hello", "transaction_open", "no_sender", "no_recipient", "in_tls",
    "in_clear", "logged_in", "too_late_for_a_login",
)  # fmt: skip
"""Questions about the state, which a log does not hold."""


@pytest.mark.parametrize(
    ("state", "yes"),
    [
        (NEW, "no_hello no_sender no_recipient in_clear"),
        (READY, "said_hello no_sender no_recipient in_clear"),
        (OPEN, "said_hello transaction_open too_late_for_a_login no_recipient in_clear"),
        (
            OPEN._replace(sender=""),
            "said_hello transaction_open too_late_for_a_login no_recipient in_clear",
        ),
        (AIMED, "said_hello transaction_open too_late_for_a_login in_clear"),
        (
            OPEN._replace(authenticated="bob"),
            "said_hello transaction_open no_recipient in_clear logged_in",
        ),
        (INSIDE, "said_hello no_sender no_recipient in_tls"),
        (BROKEN, "said_hello no_sender no_recipient in_clear"),
        (KNOWN, "said_hello no_sender no_recipient in_clear logged_in"),
    ],
)
def test_the_state_answers_what_is_asked_of_it_and_a_log_nothing(state: State, yes: str) -> None:
    seen = asked("NOOP", state)
    assert {one for one in STATE if QUESTIONS[one](seen)} == set(yes.split())
    unseen = seen._replace(live=False)
    assert not [one for one in STATE if QUESTIONS[one](unseen)]


@pytest.mark.parametrize(
    ("question", "seen", "yes"),
    [
        (conditions.names_the_client, asked("XCLIENT ADDR=192.0.2.4", READY), True),
        (conditions.names_the_client, asked("XFORWARD ADDR=192.0.2.4", READY), True),
        (conditions.names_the_client, asked("NOOP", READY), False),
        (conditions.cancelled, asked("*", LOGIN), True),
        (conditions.cancelled, asked("**", LOGIN), False),
        (conditions.cancelled, asked("", READY), False),
        (conditions.null_sender, asked("MAIL FROM:<>", READY), True),
        (conditions.null_sender, asked("MAIL FROM:<a@b.example>", READY), False),
        (conditions.null_sender, asked("MAIL FROM:<a@b.example>", OPEN._replace(sender="")), False),
        (conditions.null_sender, asked("MAIL", OPEN._replace(sender="")), False),
        (conditions.null_sender, asked("RCPT TO:<a@b.example>", OPEN._replace(sender="")), True),
        (conditions.null_sender, asked("RCPT TO:<>", OPEN), False),
        (conditions.null_sender, asked("", OPEN._replace(sender="")), True),
        (conditions.null_sender, asked("", READY), False),
        (conditions.sized_sender, asked("MAIL FROM:<a@b.example> size=5", READY), True),
        (conditions.sized_sender, asked("MAIL FROM:<size=5@b.example>", READY), False),
        (conditions.sized_sender, asked("", READY), False),
        (conditions.sent_exactly, asked("STARTTLS", READY, exact=True), True),
        (conditions.sent_exactly, asked("STARTTLS", READY), False),
        (conditions.sent_exactly, asked("", READY), False),
        (conditions.closing_unasked, asked("", READY, "421 bye"), True),
        (conditions.closing_unasked, asked("NOOP", READY, "421 bye"), False),
        (conditions.closing_unasked, asked("", READY, "550 bye"), False),
        (conditions.about_time, asked("", READY, "421 Idle too long"), True),
        (conditions.about_time, asked("", READY, "421 Timeout"), True),
        (conditions.about_time, asked("", READY, "421 busy"), False),
        (conditions.at_login, asked("AUTH LOGIN", READY), True),
        (conditions.at_login, asked("Ym9i", LOGIN), True),
        (conditions.at_login, asked("MAIL FROM:<>", READY), False),
        (conditions.at_login_about_encryption, asked("AUTH LOGIN", READY, "538 Encrypt!"), True),
        (conditions.at_login_about_encryption, asked("AUTH LOGIN", READY, "538 no"), False),
        (conditions.at_login_about_encryption, asked("NOOP", READY, "538 Encrypt!"), False),
        (conditions.at_connect, asked("", State(phase=Phase.GREETING)), True),
        (conditions.at_connect, asked("", READY), False),
        (conditions.about_the_sender, asked("MAIL FROM:<>", READY), True),
        (conditions.about_the_sender, asked("RCPT TO:<a@b.example>", OPEN), False),
        (conditions.about_the_sender,
         asked("RCPT TO:<a@b.example>", OPEN, "550 Sender address rejected"), True),
        (conditions.temporary, asked("NOOP", READY, "450 no"), True),
        (conditions.temporary, asked("NOOP", READY, "550 no"), False),
        (conditions.permanent, asked("NOOP", READY, "450 no"), False),
        (conditions.permanent, asked("NOOP", READY, "550 no"), True),
        (conditions.temporary_about_rate, asked("NOOP", READY, "450 rate exceeded"), True),
        (conditions.temporary_about_rate, asked("NOOP", READY, "450 Too quickly"), True),
        (conditions.temporary_about_rate, asked("NOOP", READY, "450 no"), False),
        (conditions.temporary_about_rate, asked("NOOP", READY, "550 rate exceeded"), False),
        (conditions.about_the_verb, asked("NOOP", READY, "502 no"), True),
        (conditions.about_the_verb, asked("FROB", READY, "500 no"), True),
        (conditions.about_the_verb, asked("NOOP", READY, "500 no"), False),
        (conditions.about_the_verb, asked("FROB", READY, "550 no"), False),
    ],
)  # fmt: skip
def test_a_question_is_answered_by_the_line_the_code_and_the_words(
    question: Condition, seen: Situation, *, yes: bool
) -> None:
    assert question(seen) is yes


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        (conditions.out_of_order, {503, 521, 550, 554}),
        (conditions.about_parameters, {455, 504, 555}),
    ],
)
def test_some_codes_are_of_one_kind(question: Condition, codes: set[int]) -> None:
    seen = asked("NOOP", READY)
    assert {code for code in range(200, 600) if question(seen._replace(code=code))} == codes


def test_every_question_is_asked_here() -> None:
    asked_here = {
        *STATE, "names_the_client", "cancelled", "null_sender", "sized_sender", "sent_exactly",
        "temporary", "permanent", "closing_unasked", "about_time", "at_login",
        "at_login_about_encryption", "at_connect", "about_the_sender", "out_of_order",
        "about_parameters", "temporary_about_rate", "about_the_verb",
    }  # fmt: skip
    assert set(QUESTIONS) == asked_here
