"""Replies of a pasted session: the commands are known, the state around them is not."""

from __future__ import annotations

from smtpprobe.knowledge.annotate import CLIENT, REFUSALS, concluded, judged_by, worded
from smtpprobe.knowledge.annotation import Annotation
from smtpprobe.knowledge.rules.login_progress import LOGIN
from smtpprobe.knowledge.rules.order import RULES
from smtpprobe.knowledge.rules.sent_line import fault_sent, without_false_claim
from smtpprobe.knowledge.rules.situation import situation
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.command import Command
from smtpprobe.protocol.extensions import parse_extensions
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import Reply, parse_reply
from smtpprobe.protocol.session import Exchange, State


class SentLine(NamedTuple):
    """A line of the client as the paste has it, and how far its login had come.

    `hello` is the reply to the last EHLO, lines ended by LF, empty if there was none.
    """

    command: Command
    mechanism: str = ""
    answers: int = 0
    hello: str = ""


def explain_sent(reply: Reply, sent: SentLine) -> Annotation | None:
    """Return what a refusal means if the sent line shows it; else None."""
    state = State(
        phase=Phase.READY, auth_mechanism=sent.mechanism or None, auth_answers=sent.answers
    )
    if sent.hello:
        raw = sent.hello.replace("\n", "\r\n").encode("utf-8", "surrogateescape") + b"\r\n"
        state = state._replace(extensions=parse_extensions(parse_reply(raw)))
    exchange = Exchange(sent.command, reply, state, state)
    seen = situation(exchange, CLIENT)
    unplaced = seen._replace(live=False)
    if seen.klass not in REFUSALS:
        return None
    found = fault_sent(seen)
    if found is None and seen.context in LOGIN:
        usual = judged_by(RULES, unplaced)
        found = without_false_claim(seen, usual)
        found = None if found is usual else found
    return None if found is None else worded(concluded(unplaced, found), seen.values)
