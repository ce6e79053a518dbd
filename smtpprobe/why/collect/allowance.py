"""How much a host is asked: no more than four recipients, and nothing once it has said 421."""

from __future__ import annotations

from collections import Counter

MOST_RECIPIENTS = 4
"""RCPT commands that a host gets, all its addresses together, unless more are asked for."""

MOST_REAL = 2
"""How many of them may name the recipient asked about; the others are for comparisons."""

AT_A_TIME, IN_ALL = 2, 6
"""Connections at a time: to one address, and in all."""


class Allowance:
    """Counts what the hosts are asked. `most` is how many recipients one may get."""

    def __init__(self, most: int = MOST_RECIPIENTS) -> None:
        self.recipients = 0
        self.connections = 0
        self._most = most
        self._left: dict[str, int] = {}
        self._real: Counter[str] = Counter()
        self._claimed: set[tuple[str, str]] = set()
        self._resting: set[str] = set()

    def one_more(self, *names: str, real: bool = False) -> bool:
        """Return whether one more recipient may be named to a host, and count it.

        `names` are the host's and its address: both count.
        """
        asked = set(names)  # a host without a name has its address for one
        if real and any(self._real[name] >= MOST_REAL for name in asked):
            return False
        if any(self._left.setdefault(name, self._most) < 1 for name in asked):
            return False
        for name in asked:
            self._left[name] -= 1
            self._real[name] += real
        self.recipients += 1
        return True

    def claim(self, what: str, host: str) -> bool:
        """Return whether nobody has claimed this for a host yet, and claim it."""
        if (what, host) in self._claimed:
            return False
        self._claimed.add((what, host))
        return True

    def rest(self, ip: str) -> None:
        """Leave an address alone from now on: it said 421."""
        self._resting.add(ip)

    def rests(self, ip: str) -> bool:
        """Return whether an address is left alone."""
        return ip in self._resting
