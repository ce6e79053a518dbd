"""What is read before the words of a reply: who speaks, and in what form."""

from __future__ import annotations

import pytest

from smtpprobe.knowledge.annotate import annotate
from smtpprobe.knowledge.annotation import Annotation, Blame, Cause
from smtpprobe.knowledge.offline import explain_reply
from smtpprobe.knowledge.rules.unfold import unfold
from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.events import Received, Sent
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import parse_reply
from smtpprobe.protocol.session import State, advance
from smtpprobe.protocol.verbs import Context
from tests.knowledge.sessions import announcing, explained

GREETING = State(phase=Phase.GREETING)


@pytest.mark.parametrize(
    ("line", "meaning", "steps"),
    [
        ("EHLO mx.example.net", "the peer is the client now and sends EHLO", "> 250 your.name"),
        ("mail from:<a@b.example>", "the peer is the client now and sends MAIL", "> 250 ok"),
        ("DATA", "the peer is the client now and sends DATA", "> 354 send the message"),
        ("QUIT", "the peer is the client now and sends QUIT", "> 221 bye; :close"),
        (".", "end of the message", "> 250 ok to accept it, > 550 no to refuse it"),
        ("Subject: hello", "a line of the peer's message, or a command not known here",
         "wait for its dot"),
        ("421 is no code here", "a line of the peer's message, or a command not known here",
         "wait for its dot"),
    ],
)  # fmt: skip
def test_after_atrn_the_peers_lines_are_commands_and_nothing_is_odd_about_them(
    line: str, meaning: str, steps: str
) -> None:
    found = explained(None, line, announcing("SIZE 1000")._replace(turned=True))
    assert (found.title, found.meaning) == ("Roles reversed", meaning)
    assert "; ".join(step.text for step in found.next_steps) == steps
    assert (found.cause, found.blame) == (Cause.ACCEPTED, Blame.NOBODY)
    assert (found.notes, found.remarks) == ((), ())


def test_of_a_reply_whose_session_nobody_saw_no_turn_is_concluded() -> None:
    assert explain_reply(unfold("EHLO mx.example.net")).title == "Not a reply"


def greeted(octets: bytes, *typed: str) -> Annotation:
    state = GREETING
    for one in typed:
        state, _ = advance(state, Sent(0.0, read_line(one, state.phase)))
    _, exchange = advance(state, Received(0.0, parse_reply(octets)))
    assert exchange is not None
    return annotate(exchange)


def test_codes_that_change_are_an_early_talkers_only_where_one_spoke_before_the_greeting() -> None:
    mixed = b"220-mx.example.net\r\n554 you talk too soon\r\n"
    assert greeted(mixed, "EHLO probe.example.org").title == "Early talker"
    assert greeted(mixed).title == "Mixed codes"
    assert explained(Context.EHLO, b"250-mx.example.net\r\n550 SIZE\r\n").title == "Mixed codes"
    pasted = explain_reply(parse_reply(mixed), Context.CONNECT)
    assert pasted.title == "Mixed codes"


@pytest.mark.parametrize(
    ("reply", "written_over"),
    [
        ("500 XXXXXXXX unknown", True),
        ("502 5.5.2 command XXXXA not recognized", True),
        ("500 STARTTLS unknown", False),
        ("550 XXXXXXXX unknown", False),
        ("454 XXXXXXXX unknown", False),
    ],
)
def test_a_refusal_of_x_in_place_of_the_command_is_the_firewalls(
    reply: str, *, written_over: bool
) -> None:
    found = explained(Context.STARTTLS, reply)
    assert (found.title == "Command written over") is written_over
    assert (found.blame is Blame.NETWORK) is written_over
