"""The replies for which no expectation is written: what goes without saying of each."""

from __future__ import annotations

from typing import NamedTuple

from smtpprobe.script.expected_reply import Codes
from smtpprobe.script.expecting import Expecting
from smtpprobe.script.steps import Group, Place


class Owed(NamedTuple):
    """A reply to what was sent at a place, so many columns wide, and the codes that it must have.

    `codes` None says that nothing is implied of it: no reply is expected unless one is written.
    """

    place: Place
    width: int
    codes: Codes | None


class Owing:
    """Takes the replies that no written expectation takes, where the last one was looked at."""

    def __init__(self) -> None:
        self._after: dict[int, tuple[Owed, ...]] = {}

    async def imply(
        self, expecting: Expecting, index: int, under: Group, owed: tuple[Owed, ...]
    ) -> None:
        """Take the replies owed to the step at `index`, less those with an expectation under it.

        Raises:
            Stop: one is not what goes without saying.
        """
        left = owed[max(under.taking, 1) if under.last else 0 :]
        if left and under.last:
            self._after[index + under.last] = left
        elif left:
            await _take(expecting, left)

    async def after(self, expecting: Expecting, index: int) -> None:
        """Take what is still owed once the expectation at `index` was looked at.

        Raises:
            Stop: a reply is not what goes without saying.
        """
        if self._after and (owed := self._after.pop(index, None)) is not None:
            await _take(expecting, owed)


async def _take(expecting: Expecting, owed: tuple[Owed, ...]) -> None:
    """Take replies up to the last one of which something is implied."""
    while owed and owed[-1].codes is None:
        owed = owed[:-1]
    for one in owed:
        if one.codes is None:
            await expecting.unasked(one.place, one.width)
        else:
            await expecting.implied(one.codes, one.place, one.width)
