"""The rows of the user's own table, and the one that reads a reply: it wins over all of ours."""

from __future__ import annotations

from smtpprobe.knowledge.annotation import Basis, NextStep, Why
from smtpprobe.knowledge.own.in_force import in_use
from smtpprobe.knowledge.rules.situation import Finding, Row, Situation
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.reply import Reply
from smtpprobe.protocol.verbs import Context

WILDCARD = "*"


def pieces_of(text: str) -> tuple[str, ...]:
    """Return what a text with wildcards holds between them: lower case, blanks collapsed."""
    parts = " ".join(text.split()).lower().split(WILDCARD)
    return tuple(part for part in parts if part.strip())


def occur(pieces: tuple[str, ...], text: str) -> bool:
    """Return whether the text has the pieces in this order, with anything in between.

    Taking the first place of each is enough, so the text is gone through once.
    """
    at = 0
    for piece in pieces:
        at = text.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return True


class OwnRow(NamedTuple):
    """A row: the replies it matches, how it reads them, and its place in the file.

    `code`, `enhanced` and `context` None match any. `place` is the file's name and the line.
    """

    pieces: tuple[str, ...]
    code: int | None
    enhanced: str | None
    context: Context | None
    provider: str | None
    row: Row
    next_steps: tuple[NextStep, ...]
    place: str

    def reads(self, seen: Situation) -> bool:
        """Return whether the row is about a reply; words of a mailer have no code."""
        code = None if seen.local else seen.code
        enhanced = seen.exchange.reply.enhanced
        return (
            self.code in (None, code)
            and self.context in (None, seen.context)
            and (self.enhanced is None or self.enhanced == str(enhanced))
            and occur(self.pieces, seen.text)
        )

    def covers(self, other: OwnRow, text: str) -> bool:
        """Return whether this row reads every reply that the other would; `text` is its pieces."""
        return (
            occur(self.pieces, text)
            and self.code in (None, other.code)
            and self.enhanced in (None, other.enhanced)
            and self.context in (None, other.context)
        )


def may_read(reply: Reply) -> bool:
    """Return whether some row has the text of a reply, whatever else the row asks for."""
    rows = in_use()
    if not rows:
        return False
    text = " ".join(reply.words.split()).lower()
    return any(occur(row.pieces, text) for row in rows)


def own_finding(seen: Situation) -> Finding | None:
    """Return the reading of the first row that matches the reply; None if none does."""
    row = next((row for row in in_use() if row.reads(seen)), None)
    if row is None:
        return None
    why = Why((f"your own row, {row.place}",))
    return Finding(row.row, Basis.OWN, row.provider, next_steps=row.next_steps, why=why)
