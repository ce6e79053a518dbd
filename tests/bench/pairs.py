"""Comparisons as interleaved pairs: what one row of the table is, and how it is measured.

Both sides of a pair run right after one another, and every other pair the other way round, so that
whatever else the machine does meets both. The ratio of a row is the median of the pairs' ratios.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import median
from typing import NamedTuple

WIDTH = 44


class Goal(NamedTuple):
    """What a figure has to reach: at most `limit`, or at least; `of` is what the figure is.

    `obstacle` is what is in the way where it is missed.
    """

    limit: float
    at_least: bool = False
    of: str = "x"
    obstacle: str = ""

    def is_met_by(self, found: float) -> bool:
        """Return whether a figure reaches it."""
        return found >= self.limit if self.at_least else found <= self.limit

    def __str__(self) -> str:
        least = "at least" if self.at_least else "at most"
        return f"{least} x{self.limit:g}" if self.of == "x" else f"{least} {self.limit:g} {self.of}"


class Row(NamedTuple):
    """One comparison: medians of both sides in `unit`, and the ratio of ours to the other.

    Without a `rival` a row is a figure of its own, which the goal is about.
    """

    work: str
    unit: str
    ours: float
    rival: str = ""
    theirs: float = 0.0
    ratio: float = 0.0
    goal: Goal | None = None

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached; a row without one has nothing to miss."""
        return self.goal is None or self.goal.is_met_by(self.ratio if self.rival else self.ours)

    @property
    def cells(self) -> tuple[str, ...]:
        """What the table shows: the work, our figure, the other's, the ratio, the goal, the end."""
        theirs = f"{self.rival}: {figure(self.theirs)} {self.unit}" if self.rival else ""
        ratio = f"x{figure(self.ratio)}" if self.rival else ""
        goal = "" if self.goal is None else str(self.goal)
        return self.work, f"{figure(self.ours)} {self.unit}", theirs, ratio, goal, self._end

    @property
    def _end(self) -> str:
        if self.goal is None:
            return ""
        if self.is_met:
            return "met"
        return f"**missed**: {self.goal.obstacle}" if self.goal.obstacle else "**missed**"


class Absent(NamedTuple):
    """A comparison that cannot be made here, or that `failed`, and why."""

    work: str
    why: str
    failed: bool = False

    @property
    def is_met(self) -> bool:
        """Whether nothing was missed."""
        return not self.failed

    @property
    def cells(self) -> tuple[str, ...]:
        """What the table shows."""
        said = "failed" if self.failed else "not measured"
        return self.work, f"{said}: {self.why}", "", "", "", ""


Found = Row | Absent


def paired(
    work: str,
    unit: str,
    sides: tuple[Callable[[], float], str, Callable[[], float]],
    goal: Goal | None = None,
    rounds: int = 5,
) -> Row:
    """Measure our side and the other, named between them, in turn; return the row.

    An unmeasured round goes first: modules are compiled and files in memory, as once installed.
    """
    ours, rival, theirs = sides
    ours()
    theirs()
    pairs = []
    for number in range(rounds):
        if number % 2:
            other, own = theirs(), ours()
        else:
            own, other = ours(), theirs()
        pairs.append((own, other))
    return Row(
        work,
        unit,
        median(own for own, _ in pairs),
        rival,
        median(other for _, other in pairs),
        median(own / other for own, other in pairs),
        goal,
    )


def figure(number: float) -> str:
    """Return a number with three digits that count."""
    for digits, least in ((0, 100), (1, 10), (2, 1)):
        if abs(number) >= least:
            return f"{number:,.{digits}f}"
    return f"{number:.3f}"


def lines(row: Found) -> Iterator[str]:
    """Yield a row for a terminal."""
    work, *more = row.cells
    yield f"{work}\n    {'  '.join(cell for cell in more if cell)}\n"
