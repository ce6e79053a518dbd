"""The order in which a reply is read: small pure rules, the first that finds something decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from smtpprobe.knowledge.causes import Blame, Cause
from smtpprobe.knowledge.code_table import CODES
from smtpprobe.knowledge.context_table import CONTEXT_ROWS
from smtpprobe.knowledge.finding import Finding, Row, Situation
from smtpprobe.knowledge.greeting import foreign, foreign_steps
from smtpprobe.knowledge.success import UNASKED_OK, read_success
from smtpprobe.protocol.phase import CONTEXT_WORDS
from smtpprobe.protocol.reply import Defect

Rule: TypeAlias = Callable[[Situation], Finding | None]


def malformed(situation: Situation) -> Finding | None:
    """Octets that are no reply of SMTP: other protocols, no code, a first digit not 2 to 5."""
    reply = situation.exchange.reply
    if name := foreign(reply.raw) if situation.klass is None else "":
        row = Row("Not SMTP", f"this is not SMTP but {name}", Cause.PROTOCOL_VIOLATION,
                  foreign_steps(name), "RFC 5321 4.2")  # fmt: skip
        return Finding(row)
    if situation.klass is None:
        what = "no reply code" if situation.code is None else f"{situation.code} is no SMTP code"
        row = Row("Not a reply", f"{what}: read as a fatal error", Cause.PROTOCOL_VIOLATION,
                  "QUIT; :close", "RFC 5321 4.2, 4.3.2")  # fmt: skip
        return Finding(row)
    return None


def malformed_form(situation: Situation) -> Finding | None:
    """A reply whose form hides what it says: codes that change, a piece of one too long."""
    reply = situation.exchange.reply
    if reply.piece:
        row = Row("Part of a reply", "a part of a reply too long to hold; more follows",
                  Cause.PROTOCOL_VIOLATION, "wait for its end; :close",
                  "RFC 5321 4.5.3.1.5")  # fmt: skip
        return Finding(row)
    if Defect.UNTERMINATED in reply.defects:
        row = Row("Cut off", "the connection ended in the middle of this reply",
                  Cause.NETWORK_ERROR, ":connect", "RFC 5321 3.8")  # fmt: skip
        return Finding(row)
    if Defect.CODE_CHANGED in reply.defects:
        row = Row("Mixed codes", "one reply with different codes; the last one, {code}, counts",
                  Cause.PROTOCOL_VIOLATION, "read its text; QUIT", "RFC 5321 4.2.1")  # fmt: skip
        return Finding(row)
    return None


def positive(situation: Situation) -> Finding | None:
    """2yz and 3yz: the command and the state say what it means."""
    if situation.klass in (2, 3) and situation.context is None:
        return Finding(UNASKED_OK)
    return read_success(situation)


def by_context(situation: Situation) -> Finding | None:
    """The code as the answer to this command."""
    row = context_row(situation)
    return Finding(row) if row is not None else None


def context_row(situation: Situation) -> Row | None:
    """Return the row of this command and code whose condition holds."""
    if situation.context is None or situation.code is None:
        return None
    rows = CONTEXT_ROWS.get(situation.context, {}).get(situation.code, ())
    return next((row for row in rows if row.when is None or row.when(situation)), None)


def by_code(situation: Situation) -> Finding | None:
    """The code by itself, where it belongs to this command or to any."""
    known = CODES.get(situation.code or 0)
    if known is None or (known.usual and situation.context not in known.usual):
        return None
    return Finding(known.row)


def by_class(situation: Situation) -> Finding | None:
    """Only the first digit is left: nothing is invented."""
    temporary = situation.klass == 4
    what = _subject(situation)
    lasting = "class 4: temporary" if temporary else "class 5: permanent"
    advice = "the same again later" if temporary else "read its text; QUIT"
    notes: tuple[str, ...] = ()
    known = CODES.get(situation.code or 0)
    if known is None:
        notes = (f"{situation.code} is not a standard code; only its first digit counts",)
    elif known.usual:
        notes = (f"{situation.code} is not usual here; only its first digit counts",)
    row = Row("Refused", f"{what}server gives no reason; {lasting}", Cause.UNKNOWN, advice,
              "RFC 5321 4.2.1, 4.3.2", blame=Blame.NOBODY)  # fmt: skip
    return Finding(row, notes=notes)


def _subject(situation: Situation) -> str:
    if situation.context is None:
        return ""
    return f"{CONTEXT_WORDS[situation.context].json} refused: "


RULES: tuple[Rule, ...] = (
    malformed,
    malformed_form,
    positive,
    by_context,
    by_code,
    by_class,
)
"""In order; the last one always finds something."""
