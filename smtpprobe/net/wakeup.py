"""What one task waits on: news, with a time by which there has to be some.

The timer ends a wait as news does, not by an exception as `asyncio.timeout_at` would, and outlives
it: a session waits once for each reply, nearly always in vain for the timer, so one that is due too
early for a later wait is set again then.
"""

from __future__ import annotations

import asyncio


class Wakeup:
    """Wakes the task that waits for news. One task waits at a time; `stop` it in the end.

    News between two waits ends the next one at once, so none is missed. Make it in a running loop.
    """

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._news = False
        self._waiter: asyncio.Future[bool] | None = None
        self._deadline: float | None = None
        self._timer: asyncio.TimerHandle | None = None

    def until(self, limit: float | None) -> float | None:
        """Return when `limit` seconds are over, on the loop's clock; None for never."""
        return None if limit is None else self._loop.time() + limit

    def in_time(self, deadline: float | None) -> bool:
        """Return whether it is not past the deadline."""
        return deadline is None or self._loop.time() < deadline

    def stir(self) -> None:
        """End the wait, or the next one at once."""
        waiter = self._waiter
        if waiter is None or waiter.done():
            self._news = True
        else:
            waiter.set_result(True)

    def stirred(self, deadline: float | None) -> asyncio.Future[bool]:
        """Return what to await: True when something has happened since, False when time is up.

        The caller has just looked for what it waits for. So past the deadline no news counts,
        old or new: else a reply that never ends, piece after piece, would be awaited without end.
        """
        self._waiter = waiter = self._loop.create_future()
        in_time = self.in_time(deadline)
        if self._news or not in_time:
            self._news = False
            waiter.set_result(in_time)
        else:
            self._deadline = deadline
            if deadline is not None and (self._timer is None or deadline < self._timer.when()):
                self._set_timer(deadline)
        return waiter

    def stop(self) -> None:
        """Leave no timer behind."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _set_timer(self, deadline: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_at(deadline, self._is_due)

    def _is_due(self) -> None:
        """End the wait if its own time is up; the timer may be that of a wait before it."""
        self._timer = None
        if self._waiter is None or self._waiter.done() or self._deadline is None:
            return
        if self._deadline <= self._loop.time():
            self._waiter.set_result(False)
        else:
            self._set_timer(self._deadline)
