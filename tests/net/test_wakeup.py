"""Waiting for news: a deadline holds whether nothing comes, or never ends to come."""

from __future__ import annotations

import asyncio

import pytest

from smtpprobe.net.wakeup import Wakeup


async def test_silence_ends_at_the_deadline() -> None:
    loop, wakeup = asyncio.get_running_loop(), Wakeup()
    deadline = wakeup.until(2.0)
    assert deadline is not None
    assert not await wakeup.stirred(deadline)
    assert deadline <= loop.time() < deadline + 0.1
    wakeup.stop()


@pytest.mark.parametrize("turns", [0, 1], ids=["comes during the wait", "is there before it"])
async def test_news_in_every_turn_of_the_loop_does_not_outlast_the_deadline(turns: int) -> None:
    loop, wakeup = asyncio.get_running_loop(), Wakeup()

    async def piece_after_piece() -> None:
        while True:
            wakeup.stir()
            await asyncio.sleep(0)

    flood = asyncio.create_task(piece_after_piece())
    deadline = wakeup.until(0.1)
    assert deadline is not None
    while await wakeup.stirred(deadline):
        for _ in range(turns):
            await asyncio.sleep(0)
        assert loop.time() < deadline + 0.1
    flood.cancel()
    wakeup.stop()


async def test_news_of_before_the_wait_is_told_at_once() -> None:
    wakeup = Wakeup()
    wakeup.stir()
    assert await wakeup.stirred(wakeup.until(1.0))
    assert not await wakeup.stirred(wakeup.until(0.0))
    wakeup.stop()


async def test_a_wait_without_a_deadline_ends_with_the_news() -> None:
    wakeup = Wakeup()
    asyncio.get_running_loop().call_later(50.0, wakeup.stir)
    assert await wakeup.stirred(None)
    wakeup.stop()
