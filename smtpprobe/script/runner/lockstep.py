"""Goes on with a coroutine in the very callback that brings what it waits for.

A task that awaits a future is woken in a later turn of the event loop: between a reply and the next
command that costs about as much as sending the command.
"""

from __future__ import annotations

import asyncio
from asyncio import tasks
from collections.abc import Coroutine, Generator
from contextvars import Context, copy_context
from types import coroutine
from typing import Any


class Lockstep:
    """Runs one coroutine as the task that awaits `run` would.

    Where the coroutine awaits the future named last by `waits_for`, `go_on` continues it at once;
    whatever else it awaits, the task does for it.
    """

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._waiter: asyncio.Future[bool] | None = None
        self._parked: asyncio.Future[None] | None = None
        self._work: Coroutine[Any, Any, None] | None = None
        self._task: asyncio.Task[Any] | None = None
        self._context: Context = copy_context()
        self._asked: object = None
        self._error: BaseException | None = None

    async def run(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` to its end; raises what it raises."""
        self._work, self._task, self._error = work, asyncio.current_task(), None
        self._context = copy_context()
        await self._turns()

    def waits_for(self, waiter: asyncio.Future[bool]) -> None:
        """Note the future that is going to be awaited; no other callback may hang on it."""
        self._waiter = waiter

    def go_on(self) -> None:
        """Continue the work if what it waits for has come."""
        waiter, parked, task = self._waiter, self._parked, self._task
        if waiter is None or parked is None or task is None or not waiter.done() or parked.done():
            return
        if asyncio.current_task(self._loop) is not None:
            parked.set_result(None)  # somebody else's turn
            return
        tasks._enter_task(self._loop, task)  # noqa: SLF001 - documented for makers of tasks
        try:
            self._step()
        finally:
            tasks._leave_task(self._loop, task)  # noqa: SLF001 - as above
        if not self._is_waiting:
            parked.set_result(None)

    @property
    def _is_waiting(self) -> bool:
        return self._waiter is not None and self._asked is self._waiter

    @property
    def _has_ended(self) -> bool:
        return self._work is None

    @coroutine
    def _turns(self) -> Generator[Any, Any, None]:
        """Yield what the task has to wait for, until the work has ended."""
        self._step()
        while not self._has_ended:
            error = None
            try:
                if self._is_waiting:
                    self._parked = self._loop.create_future()
                    yield from self._parked
                else:
                    yield self._asked
            except BaseException as thrown:  # noqa: BLE001 - for the work
                error = thrown
            direct, self._parked = self._parked is not None, None
            if error is not None and self._has_ended:
                raise error
            if error is not None or not direct or self._is_waiting:
                self._step(error)
        if self._error is not None:
            raise self._error

    def _step(self, error: BaseException | None = None) -> None:
        """Continue the work up to what it awaits next, or to its end."""
        assert self._work is not None, "it has not ended"
        self._waiter = None
        try:
            if error is None:
                self._asked = self._context.run(self._work.send, None)
            else:
                self._asked = self._context.run(self._work.throw, error)
        except StopIteration:
            self._work = None
        except BaseException as raised:  # noqa: BLE001 - for who awaits the work
            self._work, self._error = None, raised
