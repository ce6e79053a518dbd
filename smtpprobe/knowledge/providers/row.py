"""A row of the provider tables: how a reply of a provider or product looks, and what it means.

Patterns are words in lower case, in order: `*` matches anything (addresses, ids, links), `|`
parts alternatives. They need no compiling.
"""

from __future__ import annotations

from functools import cache

from smtpprobe.knowledge.annotation import Blame, Cause, Retry
from smtpprobe.knowledge.rules.situation import Row, Says
from smtpprobe.knowledge.tables.causes import CAUSES
from smtpprobe.knowledge.wording import LINE
from smtpprobe.named_tuple import NamedTuple


class ProviderRow(NamedTuple):
    """What a provider means by a text.

    `replies` are the codes it comes with, each with its enhanced status code or a range of them
    (`451 4.7.500-699`), separated by `, `; a code alone fits any. A `weak` text is used by others
    too: it counts only where host, greeting or text name the provider. Without a provider the text
    is an RFC's own. A `wide` text names who refuses, not why: its cause is a guess, and words that
    show one go first. A row without words of its own gives way to those of command and code.
    """

    provider: str
    replies: str
    pattern: str
    row: Row
    weak: bool = False
    own_words: bool = True
    wide: bool = False


class Entries(NamedTuple):
    """The writer of one provider's rows."""

    provider: str
    source: str

    def __call__(
        self, replies: str, pattern: str, judgement: str, meaning: str, steps: str, *,
        title: str = "", note: str = "", weak: bool = False,
        says: frozenset[Says] = frozenset(), wide: bool = False,
    ) -> ProviderRow:  # fmt: skip
        """Return the row; `judgement` is `cause, blame, retry` in their own words.

        An empty meaning, or empty steps, are those of the cause.
        """
        cause, blame, retry = _judged(judgement)
        known = CAUSES[cause]
        row = Row(
            title or known.title, meaning or known.meaning, cause,
            _closed(steps or known.steps), self.source, blame, retry, note, says=says,
        )  # fmt: skip
        own_words = bool(meaning or steps)
        return ProviderRow(self.provider, replies, pattern, row, weak, own_words, wide)


@cache
def _judged(judgement: str) -> tuple[Cause, Blame, Retry]:
    """Return what `cause, blame, retry` are; hundreds of rows share a few dozen of them."""
    cause, blame, retry = judgement.split(", ")
    return Cause(cause), Blame(blame), Retry(retry)


_ENDS = ("QUIT", "RSET", "connect again", "EHLO", "STARTTLS", "AUTH", "DATA", "MAIL", "RCPT")


@cache
def _closed(steps: str) -> str:
    """Return the steps with QUIT behind them where they name no command, if there is room.

    Most rows have the steps of their cause, so few are looked at.
    """
    ended = any(word in steps for word in _ENDS) or len(steps) + len("; QUIT") > LINE
    return steps if ended else f"{steps}; QUIT"


def holds(pattern: str, text: str) -> bool:
    """Return whether the text, in lower case and with single blanks, holds the pattern."""
    for pieces in _alternatives(pattern):  # noqa: SIM110 - a hundred rows ask: no generator for each
        if _in_order(pieces, text):
            return True
    return False


@cache
def _alternatives(pattern: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(part.split("*")) for part in pattern.split("|"))


def _in_order(pieces: tuple[str, ...], text: str) -> bool:
    position = 0
    for piece in pieces:
        found = text.find(piece, position)
        if found < 0:
            return False
        position = found + len(piece)
    return True
