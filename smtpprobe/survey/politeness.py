"""How hard a survey may press: connections at a time to an address and a network, and a rate."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from smtpprobe.net.clock import monotonic
from smtpprobe.starttls.collect.address import Place
from smtpprobe.starttls.collect.limits import Limits
from smtpprobe.survey.places import network_of

APART = 0.5
"""Seconds between two connections to one address."""

REST = 30.0
"""Seconds for which an address that sent 421, or nothing, is not dialled."""


@dataclass(frozen=True, slots=True)
class Politeness:
    """The limits of one worker. `rate` is in connections a second, None for no limit.

    `jobs` is how many addresses, or domains, are asked at a time.
    """

    jobs: int
    per_host: int = 1
    per_network: int = 4
    rate: float | None = None


class Turns:
    """Turns at addresses within the limits of a worker."""

    def __init__(self, within: Politeness) -> None:
        # who waits for its host or network takes nobody's place: only the last has slots
        self._hosts = Limits(within.per_host, APART, sys.maxsize, REST)
        self._networks = Limits(within.per_network, 0.0, within.jobs)
        self._every = 0.0 if within.rate is None else 1 / within.rate
        self._next = 0.0

    @asynccontextmanager
    async def turn(self, place: Place) -> AsyncIterator[Callable[[float], Awaitable[None]]]:
        """Hold a turn for the block; what is yielded pauses for some seconds without it."""
        async with self._hosts.turn(place.ip), self._networks.turn(network_of(place.ip)) as pause:
            await self._paced()
            yield pause

    def rest(self, place: Place) -> None:
        """Leave an address alone for a while."""
        self._hosts.leave_alone(place.ip, REST)

    async def _paced(self) -> None:
        """Wait until the rate allows one more connection."""
        if self._every:
            self._next = max(monotonic(), self._next) + self._every
            await asyncio.sleep(self._next - self._every - monotonic())
