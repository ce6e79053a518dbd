"""An event loop whose time is counted, not measured: no machine is too slow for it.

A wait in which nothing comes is cut short, and counts as over; a turn of the loop takes a fixed
time, whatever is computed in it. So sixty seconds of silence cost milliseconds, and a limit of
fifty milliseconds is kept or missed alike on every machine. For tests whose every party lives on
the loop: a peer in another thread or process is not waited for.
"""

from __future__ import annotations

import asyncio
import selectors
import sys
from collections.abc import Callable
from typing import Any

GRACE = 0.005
"""Real seconds in which what another socket of this process has sent is there."""

TURN = 0.0005
"""Seconds that a turn of the loop takes, so that limits end what never pauses."""


class _Leaping(selectors.DefaultSelector):
    """Moves its clock on instead of waiting; it stands still while a thread works for the loop."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 1000.0
        self.working = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Wait for what comes, but not long."""
        self.now += TURN
        if timeout is None or timeout <= 0:
            return super().select(timeout)
        if self.working:
            return super().select(None)
        ready = super().select(min(timeout, GRACE))
        if not ready:
            self.now += timeout
        return ready


class TidyLoop(asyncio.SelectorEventLoop):
    """A loop that is closed when all that was opened on it is.

    What is left open is closed by the garbage collector some time, with a warning that falls on
    whatever test is being run then.
    """

    def __init__(self, selector: selectors.BaseSelector | None = None) -> None:
        self._selects = selector or selectors.DefaultSelector()
        super().__init__(self._selects)
        self._own = set(self._selects.get_map())

    def close(self) -> None:
        """Close it; a transport or a listener that is still open is a fault of the test."""
        watched = self._selects.get_map() or {}
        left = [key.data for number, key in watched.items() if number not in self._own]
        super().close()
        assert left == [], "left open when the loop of the test ended"


class VirtualLoop(TidyLoop):
    """A loop with its own time."""

    def __init__(self) -> None:
        self._leaping = _Leaping()
        super().__init__(self._leaping)

    def time(self) -> float:
        """Return seconds; they pass when nothing is left to do."""
        return self._leaping.now

    def run_in_executor(  # type: ignore[override]
        self, executor: Any, func: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        """Run in a thread as ever; no time passes until it is done."""
        self._leaping.working += 1
        future = super().run_in_executor(executor, func, *args)
        future.add_done_callback(self._worked)
        return future

    async def shutdown_default_executor(self, *_limit: float | None) -> None:
        """Wait for its threads as long as it takes: the limit, from 3.12 on, is of another time."""
        no_limit = (None,) if sys.version_info >= (3, 12) else ()
        await super().shutdown_default_executor(*no_limit)

    def _worked(self, _future: object) -> None:
        self._leaping.working -= 1
