"""Limits the connections at a time, in all and per address, and the rate per address."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from smtpprobe.net.clock import monotonic

MOST_TIMES = 10_000
"""How many addresses are remembered with when they may be dialled again."""


class Limits:
    """Turns at addresses. A turn at an address is waited for without a slot, work is done in one.

    `at_a_time` connections to an address, `apart` seconds between them, `slots` pieces of work in
    all. An address that asked to be left alone is not dialled for `rest` seconds.
    """

    def __init__(
        self, at_a_time: int = 1, apart: float = 0.0, slots: int = 64, rest: float = 0.0
    ) -> None:
        self.rest = rest
        self._at_a_time, self._apart = at_a_time, apart
        self._slots = asyncio.Semaphore(slots)
        self._gates: dict[str, asyncio.Semaphore] = {}
        self._users: dict[str, int] = {}
        self._not_before: dict[str, float] = {}

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """Hold one of the slots for the block."""
        async with self._slots:
            yield

    @asynccontextmanager
    async def turn(self, ip: str) -> AsyncIterator[Callable[[float], Awaitable[None]]]:
        """Wait for a turn at an address, then for a slot; hold both for the block.

        What is yielded pauses for some seconds without the slot.
        """
        gate = self._gates.setdefault(ip, asyncio.Semaphore(self._at_a_time))
        self._users[ip] = self._users.get(ip, 0) + 1
        try:
            async with gate:
                await self._due(ip)
                async with self._slots:
                    yield self._without_slot
                self.leave_alone(ip, self._apart)
        finally:
            self._users[ip] -= 1
            # else a list of a million addresses would leave as many gates
            if not self._users[ip]:
                del self._users[ip], self._gates[ip]

    def leave_alone(self, ip: str, seconds: float) -> None:
        """Block dialling an address for some seconds from now on."""
        if seconds <= 0:
            return
        now = monotonic()
        self._not_before[ip] = max(self._not_before.get(ip, 0.0), now + seconds)
        if len(self._not_before) > MOST_TIMES:
            self._not_before = {each: at for each, at in self._not_before.items() if at > now}

    async def _due(self, ip: str) -> None:
        # again after each sleep: others may have extended the time since
        while (left := self._not_before.get(ip, 0.0) - monotonic()) > 0:  # noqa: ASYNC110 - a time
            await asyncio.sleep(left)

    async def _without_slot(self, seconds: float) -> None:
        self._slots.release()
        try:
            await asyncio.sleep(seconds)
        finally:
            await self._slots.acquire()
