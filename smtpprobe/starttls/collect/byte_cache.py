"""A cache of lookups shared by tasks, bounded by octets and age; least recently used go first."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, NamedTuple, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Kept(NamedTuple, Generic[Value]):
    """A value, its weight in octets and when it is too old."""

    value: Value
    octets: int
    until: float


class ByteCache(Generic[Key, Value]):
    """Values by key. A lookup under way is awaited, not repeated.

    `weigh` gives a value's octets, `life` the seconds it may be used.
    """

    def __init__(
        self,
        most: int,
        weigh: Callable[[Value], int],
        life: Callable[[Value], float],
        clock: Callable[[], float],
    ) -> None:
        self.octets = 0
        self._most, self._weigh, self._life, self._clock = most, weigh, life, clock
        self._kept: OrderedDict[Key, Kept[Value]] = OrderedDict()
        self._due: dict[Key, asyncio.Task[Value]] = {}

    async def get(self, key: Key, make: Callable[[], Awaitable[Value]]) -> Value:
        """Return the value of a key, made now unless it is kept or under way."""
        kept = self._kept.get(key)
        if kept is not None and kept.until > self._clock():
            self._kept.move_to_end(key)
            return kept.value
        task = self._due.get(key)
        if task is None:
            task = self._due[key] = asyncio.ensure_future(self._made(key, make))
        # cancelling one waiter does not end it for the others
        return await asyncio.shield(task)

    async def _made(self, key: Key, make: Callable[[], Awaitable[Value]]) -> Value:
        try:
            value = await make()
            self._keep(key, value)
            return value
        finally:
            self._due.pop(key, None)

    def _keep(self, key: Key, value: Value) -> None:
        self._drop(key)
        octets, until = self._weigh(value), self._clock() + self._life(value)
        self._kept[key] = Kept(value, octets, until)
        self.octets += octets
        while self.octets > self._most and self._kept:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: Key) -> None:
        kept = self._kept.pop(key, None)
        if kept is not None:
            self.octets -= kept.octets

    def cancel(self) -> None:
        """Cancel what is under way."""
        for task in self._due.values():
            task.cancel()

    async def close(self) -> None:
        """Cancel what is under way, and see it end."""
        due = list(self._due.values())
        self.cancel()
        await asyncio.gather(*due, return_exceptions=True)
