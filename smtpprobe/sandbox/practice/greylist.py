"""The practice server's greylisting: a new triplet is deferred for a fixed time."""

from __future__ import annotations

from collections import OrderedDict

GREYLIST_SECONDS = 5.0
"""How long a new triplet is deferred at normal pace."""

REMEMBERED = 1000
"""Triplets kept; the oldest is forgotten."""


class Greylist:
    """Remembers when each triplet (client, sender, recipient) was first seen."""

    def __init__(self, seconds: float = GREYLIST_SECONDS) -> None:
        self._seconds = seconds
        self._first_seen: OrderedDict[tuple[str, str, str], float] = OrderedDict()

    def wait(self, triplet: tuple[str, str, str], now: float) -> float:
        """Return for how many seconds the triplet has still to wait; 0.0 once it may pass."""
        first_seen = self._first_seen.setdefault(triplet, now)
        if len(self._first_seen) > REMEMBERED:
            self._first_seen.popitem(last=False)
        return max(0.0, first_seen + self._seconds - now)
