"""The replies for which no expectation is written: which are due, and when. Pure."""

from __future__ import annotations

from typing import NamedTuple

from smtpprobe.script.expected_reply import Codes
from smtpprobe.script.steps import Group, Place


class Owed(NamedTuple):
    """A reply to what was sent at a place, so many columns wide, and the codes that it must have.

    `codes` None says that nothing is implied of it: no reply is expected unless one is written.
    """

    place: Place
    width: int
    codes: Codes | None


class Owing:
    """Knows the replies that no written expectation takes: due where the last one was looked at."""

    def __init__(self) -> None:
        self._after: dict[int, tuple[Owed, ...]] = {}

    def due(self, index: int, under: Group, owed: tuple[Owed, ...]) -> tuple[Owed, ...]:
        """Return which of the replies owed to the step at `index` are to be taken now.

        That is none while expectations stand under it: what they do not take is due behind them.
        """
        if not under.last:
            return _told(owed)
        if left := owed[max(under.taking, 1) :]:
            self._after[index + under.last] = left
        return ()

    def due_after(self, index: int) -> tuple[Owed, ...]:
        """Return what is still owed once the expectation at `index` was looked at."""
        return _told(self._after.pop(index, ())) if self._after else ()


def _told(owed: tuple[Owed, ...]) -> tuple[Owed, ...]:
    """Return the replies up to the last one of which something is implied."""
    while owed and owed[-1].codes is None:
        owed = owed[:-1]
    return owed
