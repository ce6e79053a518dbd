"""A lockstep runs a coroutine as its task would, and goes on at once with what it waits for."""

from __future__ import annotations

import asyncio
from contextvars import ContextVar

import pytest

from smtpprobe.script.runner.lockstep import Lockstep

PLACE: ContextVar[str] = ContextVar("place", default="outside")


class Bell:
    """Rings for who waits; the one future a lockstep knows."""

    def __init__(self) -> None:
        self.lockstep = Lockstep()
        self._waiter: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    async def heard(self) -> bool:
        self._waiter = asyncio.get_running_loop().create_future()
        self.lockstep.waits_for(self._waiter)
        return await self._waiter

    def ring(self) -> None:
        self._waiter.set_result(True)
        self.lockstep.go_on()


def soon(bell: Bell) -> None:
    asyncio.get_running_loop().call_soon(bell.ring)


async def test_what_was_waited_for_is_answered_in_the_callback_that_brings_it() -> None:
    bell, order = Bell(), []

    async def work() -> None:
        for _ in range(3):
            await bell.heard()
            order.append("work")

    def ring() -> None:
        order.append("ring")
        bell.ring()
        order.append("rung")
        if len(order) < 9:
            asyncio.get_running_loop().call_soon(ring)

    asyncio.get_running_loop().call_soon(ring)
    await bell.lockstep.run(work())
    assert order == ["ring", "work", "rung"] * 3


async def test_it_is_the_same_task_in_the_same_context_wherever_it_goes_on() -> None:
    bell, tasks = Bell(), []

    async def work() -> None:
        token = PLACE.set("inside")
        tasks.append(asyncio.current_task())
        soon(bell)
        await bell.heard()
        tasks.append(asyncio.current_task())
        await asyncio.sleep(0)
        async with asyncio.timeout(5):
            await asyncio.sleep(0.001)
        tasks.append(asyncio.current_task())
        PLACE.reset(token)

    await bell.lockstep.run(work())
    assert set(tasks) == {asyncio.current_task()}
    assert PLACE.get() == "outside"


async def test_a_timeout_inside_the_work_ends_a_wait() -> None:
    bell = Bell()

    async def work() -> None:
        soon(bell)
        await bell.heard()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await bell.heard()
        soon(bell)
        assert await bell.heard()

    await bell.lockstep.run(work())


async def test_cancelling_the_task_cancels_the_work_where_it_waits() -> None:
    bell, seen = Bell(), []

    async def work() -> None:
        try:
            await bell.heard()
        except asyncio.CancelledError:
            seen.append("cancelled")
            await asyncio.sleep(0)
            seen.append("cleaned up")
            raise

    task = asyncio.ensure_future(bell.lockstep.run(work()))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert seen == ["cancelled", "cleaned up"]
    bell.lockstep.go_on()  # a bell that rings too late wakes nobody


async def test_a_task_cancelled_as_its_work_ends_is_cancelled_all_the_same() -> None:
    bell = Bell()

    async def work() -> None:
        await bell.heard()

    task = asyncio.ensure_future(bell.lockstep.run(work()))

    def ring() -> None:
        bell.ring()
        task.cancel()

    await asyncio.sleep(0)
    asyncio.get_running_loop().call_soon(ring)
    with pytest.raises(asyncio.CancelledError):
        await task


@pytest.mark.parametrize("waits", [False, True])
async def test_what_the_work_raises_reaches_who_awaits_it(waits: bool) -> None:
    bell = Bell()

    async def work() -> None:
        if waits:
            soon(bell)
            await bell.heard()
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        await bell.lockstep.run(work())


async def test_a_bell_rung_in_another_task_leaves_that_task_its_turn() -> None:
    bell, tasks = Bell(), []

    async def work() -> None:
        await bell.heard()
        tasks.append(asyncio.current_task())

    async def other() -> None:
        bell.ring()
        tasks.append(asyncio.current_task())

    running = asyncio.ensure_future(bell.lockstep.run(work()))
    await asyncio.sleep(0)
    ringing = asyncio.ensure_future(other())
    await asyncio.gather(running, ringing)
    assert tasks == [ringing, running]


async def test_one_lockstep_can_run_one_work_after_the_other() -> None:
    bell, done = Bell(), []

    async def work(name: str) -> None:
        soon(bell)
        await bell.heard()
        done.append(name)

    await bell.lockstep.run(work("first"))
    await bell.lockstep.run(work("second"))
    assert done == ["first", "second"]
