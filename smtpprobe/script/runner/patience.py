"""Waiting for something that may not come: many waits, one timer."""

from __future__ import annotations

import asyncio

from smtpprobe.script.runner.lockstep import Lockstep


class Patience:
    """Lets one task wait until it is stirred, or until a moment on the loop's clock.

    The timer is not moved with each wait: it looks, when it rings, whether a later moment counts by
    now. So a wait that is answered at once costs no timer. `lockstep` runs that task.
    """

    def __init__(self, lockstep: Lockstep) -> None:
        self._loop = asyncio.get_running_loop()
        self._lockstep = lockstep
        self._stirred = False
        self._waiter: asyncio.Future[bool] | None = None
        self._deadline = float("inf")
        self._timer: asyncio.TimerHandle | None = None

    def until(self, limit: float | None) -> float:
        """Return the moment that is `limit` seconds from now; never for None."""
        return float("inf") if limit is None else self._loop.time() + limit

    def stir(self) -> None:
        """End the wait; without one the next wait ends at once."""
        waiter, self._waiter = self._waiter, None
        if waiter is None or waiter.done():
            self._stirred = True
        else:
            waiter.set_result(True)

    def wait(self, deadline: float) -> asyncio.Future[bool]:
        """Return what is to be awaited: True once stirred (since the last wait), False too late."""
        waiter = self._loop.create_future()
        if self._stirred:
            self._stirred = False
            waiter.set_result(True)
        else:
            self._waiter, self._deadline = waiter, deadline
            self._lockstep.waits_for(waiter)
            self._wind()
        return waiter

    async def breathe(self, deadline: float) -> bool:
        """Let others have their turn; return whether there is time left."""
        await asyncio.sleep(0)
        return self._loop.time() < deadline

    def stop(self) -> None:
        """Leave no timer behind."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _wind(self) -> None:
        """Have the timer ring no later than the moment that counts."""
        if self._deadline == float("inf"):
            return
        if self._timer is not None:
            if self._timer.when() <= self._deadline:
                return
            self._timer.cancel()
        self._timer = self._loop.call_at(self._deadline, self._ring)

    def _ring(self) -> None:
        self._timer = None
        waiter = self._waiter
        if waiter is None or waiter.done():
            return
        if self._loop.time() >= self._deadline:
            self._waiter = None
            waiter.set_result(False)
            self._lockstep.go_on()
        else:
            self._wind()
