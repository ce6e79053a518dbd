"""The order in which a reply is read: its form and class first, then the evidence is weighed."""

from __future__ import annotations

from collections.abc import Callable

from smtpprobe.knowledge.annotation import Blame, Cause, Retry
from smtpprobe.knowledge.evidence.codes import code_row, context_row
from smtpprobe.knowledge.evidence.weigh import by_evidence, by_words_and_status
from smtpprobe.knowledge.rules.situation import Finding, Row, Says, Situation
from smtpprobe.knowledge.rules.unknown_command import read_unplaced
from smtpprobe.protocol.command import first_word
from smtpprobe.protocol.reply import Defect
from smtpprobe.protocol.verbs import CONTEXT_WORDS, Context

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

Rule: TypeAlias = Callable[[Situation], Finding | None]


def malformed(situation: Situation) -> Finding | None:
    """Octets that are no reply of SMTP: other protocols, no code, a first digit not 2 to 5.

    In a log such a code may be one of a sending service's own, and its words tell a cause.
    """
    if situation.klass is not None:
        return None
    from smtpprobe.knowledge.rules.greeting import foreign  # noqa: PLC0415 - nearly all are replies

    if found := foreign(situation.exchange.reply.raw):
        row = Row("Not SMTP", found.meaning, Cause.PROTOCOL_VIOLATION, found.steps, "RFC 5321 4.2",
                  says=frozenset({Defect.BAD_CODE}))  # fmt: skip
        return Finding(row)
    if (
        situation.code is not None
        and not situation.live
        and (told := by_words_and_status(situation))
    ):
        return told
    what = "no reply code" if situation.code is None else f"{situation.code:03} is not an SMTP code"
    row = Row("Not a reply", f"{what}: read as a fatal error", Cause.PROTOCOL_VIOLATION,
              "QUIT; :close", "RFC 5321 4.2, 4.3.2",
              says=frozenset({Defect.BAD_CODE}))  # fmt: skip
    return Finding(row)


def malformed_form(situation: Situation) -> Finding | None:
    """A reply whose form hides what it says: codes that change, a piece of one too long."""
    reply = situation.exchange.reply
    if reply.piece:
        row = Row("Part of a reply", "a part of a reply too long to hold; more follows",
                  Cause.PROTOCOL_VIOLATION, "wait for its end; :close",
                  "RFC 5321 4.5.3.1.5", says=frozenset({Defect.TOO_LONG}))  # fmt: skip
        return Finding(row)
    if Defect.UNTERMINATED in reply.defects:
        row = Row("Cut off", "the connection ended in the middle of this reply",
                  Cause.NETWORK_ERROR, ":connect", "RFC 5321 3.8",
                  says=frozenset({Defect.UNTERMINATED}))  # fmt: skip
        return Finding(row)
    if Defect.CODE_CHANGED in reply.defects and situation.live and _spoke_first(situation):
        row = Row("Early talker",
                  "you sent before the greeting had ended: an answer came in the middle of it",
                  Cause.BAD_SEQUENCE, "connect again; wait for the whole greeting; QUIT",
                  "RFC 5321 3.1, 4.3.1", blame=Blame.YOUR_COMMAND,
                  says=frozenset({Defect.CODE_CHANGED}))  # fmt: skip
        return Finding(row)
    if Defect.CODE_CHANGED in reply.defects:
        row = Row("Mixed codes", "one reply, several codes; clients differ in which they take",
                  Cause.PROTOCOL_VIOLATION, "read its text; QUIT", "RFC 5321 4.2.1",
                  says=frozenset({Defect.CODE_CHANGED}))  # fmt: skip
        return Finding(row)
    return None


def _spoke_first(situation: Situation) -> bool:
    """Return whether something was sent before the greeting came."""
    return situation.context is Context.CONNECT and bool(situation.before.pending)


def written_over(situation: Situation) -> Finding | None:
    """A refusal of a command that a firewall has put in place of the one that was sent."""
    if situation.klass != 5 or not situation.exchange.reply.may_be_rewritten:
        return None
    from smtpprobe.knowledge.rules.smtp_inspection import inspected  # noqa: PLC0415 - few firewalls do

    told = inspected(situation.exchange.reply, situation.context)
    if not told:
        return None
    row = Row("Command written over", told, Cause.NOT_IMPLEMENTED,
              "the same from another network, or on port 587 or 465; QUIT",
              "RFC 5321 4.2.4", blame=Blame.NETWORK, retry=Retry.AFTER_CHANGE,
              says=frozenset({Says.WRITTEN_OVER}))  # fmt: skip
    return Finding(row)


def positive(situation: Situation) -> Finding | None:
    """2yz and 3yz: the command and the state say what it means."""
    if situation.klass not in (2, 3):
        return None
    from smtpprobe.knowledge.rules.success import UNASKED_BYE, UNASKED_OK, read_success  # noqa: PLC0415 - no refusal needs it

    if situation.unasked:
        return Finding(UNASKED_BYE if situation.code == GOODBYE else UNASKED_OK)
    return read_unplaced(situation) if situation.unplaced else read_success(situation)


def by_what_was_sent(situation: Situation) -> Finding | None:
    """What was sent, where it explains the refusal by itself; known of a live session only."""
    if not situation.live or situation.klass not in (4, 5):
        return None
    from smtpprobe.knowledge.rules.sent_line import fault_sent  # noqa: PLC0415 - as the docstring says

    return fault_sent(situation)


GOODBYE = 221
"""RFC 5321 4.2.3: the server closes."""


def by_context(situation: Situation) -> Finding | None:
    """The code as the answer to this command, or by itself, where no cause can be told."""
    row = context_row(situation)
    if row is None:
        row = code_row(situation)
    return Finding(row) if row is not None and row.cause is Cause.UNKNOWN else None


def by_class(situation: Situation) -> Finding | None:
    """Only the first digit is left: nothing is invented."""
    temporary = situation.klass == 4
    what = _subject(situation)
    lasting = "class 4: temporary" if temporary else "class 5: permanent"
    advice = "retry later" if temporary else "read its text; QUIT"
    row = Row("Refused", f"{what}server gives no reason; {lasting}", Cause.UNKNOWN, advice,
              "RFC 5321 4.2.1, 4.3.2", blame=Blame.NOBODY)  # fmt: skip
    return Finding(row)


REFUSED = {
    Context.AUTH_STEP: "login",
    Context.UNKNOWN: "command",
}
"""What is refused, where the name of the context is not the word for it."""


def _subject(situation: Situation) -> str:
    if situation.context is None:
        return "refused: " if situation.unplaced else ""
    called = REFUSED.get(situation.context, CONTEXT_WORDS[situation.context].json)
    return f"{called} refused: "


_TURNED_ANSWERS = {
    "EHLO": "> 250 your.name",
    "HELO": "> 250 your.name",
    "MAIL": "> 250 ok",
    "RCPT": "> 250 ok, > 550 no to refuse",
    "DATA": "> 354 send the message",
    "RSET": "> 250 ok",
    "NOOP": "> 250 ok",
    "QUIT": "> 221 bye; :close",
}
"""What to answer each command."""

_TURNED_SAYS = frozenset(Says) - {Says.OF_ITSELF}
"""All that could be said of a server's reply, and of a client's command is not."""


def turned(seen: Situation) -> Finding | None:
    """After ATRN or TURN the peer is the client, and its lines are commands."""
    if not (seen.live and seen.before.turned):
        return None
    text = seen.exchange.reply.raw.decode("utf-8", "replace").strip()
    verb = first_word(text)
    if verb in _TURNED_ANSWERS:
        told = f"the peer is the client now and sends {verb}"
        row = _turned_row(told, _TURNED_ANSWERS[verb])
    elif text == ".":
        row = _turned_row("end of the message", "> 250 ok to accept it, > 550 no to refuse it")
    else:
        row = _turned_row(
            "a line of the peer's message, or a command not known here", "wait for its dot"
        )
    return Finding(row)


def _turned_row(meaning: str, steps: str) -> Row:
    return Row(
        "Roles reversed",
        meaning,
        Cause.ACCEPTED,
        steps,
        "RFC 2645 5.2.1",
        blame=Blame.NOBODY,
        retry=Retry.NO_NEED,
        says=_TURNED_SAYS,
    )


RULES: tuple[Rule, ...] = (
    turned,
    malformed,
    malformed_form,
    written_over,
    positive,
    by_what_was_sent,
    by_evidence,
    by_context,
    by_class,
)
"""What a reply is by its form, its class and what was sent; then the evidence is weighed.

The last finds something.
"""
