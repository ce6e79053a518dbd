"""The replies for which no expectation is written: what goes without saying of each."""

from __future__ import annotations

from typing import NamedTuple

from smtpprobe.script.expected_reply import Codes
from smtpprobe.script.expecting import Expecting
from smtpprobe.script.steps import Group, Place


class Owed(NamedTuple):
    """Replies to what was sent at a place, each with the codes that it must have."""

    place: Place
    width: int
    codes: tuple[Codes, ...]


class Owing:
    """Takes the replies that no written expectation takes, where the last one was looked at."""

    def __init__(self) -> None:
        self._after: dict[int, Owed] = {}

    async def imply(self, expecting: Expecting, index: int, under: Group, owed: Owed) -> None:
        """Take the replies owed to the step at `index`, less those with an expectation under it.

        Raises:
            Stop: one is not what goes without saying.
        """
        left = owed.codes[max(under.taking, 1) if under.last else 0 :]
        if left and under.last:
            self._after[index + under.last] = Owed(owed.place, owed.width, left)
        elif left:
            for codes in left:
                await expecting.implied(codes, owed.place, owed.width)

    async def after(self, expecting: Expecting, index: int) -> None:
        """Take what is still owed once the expectation at `index` was looked at.

        Raises:
            Stop: a reply is not what goes without saying.
        """
        if self._after and (owed := self._after.pop(index, None)) is not None:
            for codes in owed.codes:
                await expecting.implied(codes, owed.place, owed.width)
