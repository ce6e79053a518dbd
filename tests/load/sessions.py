"""Sessions at once in one process: each hears its own replies, and nothing of them stays."""

from __future__ import annotations

import asyncio
import gc
import os
import resource
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import NamedTuple

import smtpprobe
from smtpprobe.protocol.phase import Phase
from tests.bench.usage import held

BEGINNING_AT_ONCE = 200
"""How many are being opened at a time; all stay open."""

MORE = 4096
"""KiB that a process may hold more after another round of as many sessions."""


class Left(NamedTuple):
    """What a process has: open descriptors, tasks, KiB of memory."""

    descriptors: int
    tasks: int
    memory: int


class Sessions(NamedTuple):
    """What came of it: how many were open at the same time, what was wrong, seconds."""

    opened: int
    wrong: tuple[str, ...]
    seconds: float
    before: Left
    after: Left


def left() -> Left:
    """Return what this process has now."""
    gc.collect()
    return Left(
        len(list(Path("/proc/self/fd").iterdir())), len(asyncio.all_tasks()), held(os.getpid())
    )


async def hold(target: str, count: int) -> Sessions:
    """Open sessions, have all of them open, talk in each, and close them."""
    room = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (room, room))
    # twice the same: what is loaded once and what an allocator keeps is not lost, growth is
    await _round(target, count)
    await asyncio.sleep(0)  # or the step under way holds the futures that it waited for
    before = left()
    begun = time.monotonic()
    wrong = await _round(target, count)
    seconds = time.monotonic() - begun
    await asyncio.sleep(0)
    return Sessions(count, tuple(wrong), seconds, before, left())


async def _round(target: str, count: int) -> list[str]:
    turns = asyncio.Semaphore(BEGINNING_AT_ONCE)
    options = smtpprobe.ConnectOptions(client="me.example", timeout=300)
    wrong: list[str] = []
    async with AsyncExitStack() as stack:

        async def opened(number: int) -> smtpprobe.Session:
            async with turns:
                made = smtpprobe.connect(target, options=options)
                session = await stack.enter_async_context(made)
                await session.command(f"EHLO client{number}.example")
                return session

        sessions = await asyncio.gather(*map(opened, range(count)))

        async def asked(number: int, session: smtpprobe.Session) -> None:
            async with turns:
                for again in range(2):
                    said = f"NOOP {number}-{again}"
                    exchange = await session.command(said)
                    if not exchange.reply.text.endswith(said):
                        wrong.append(f"{said}: {exchange.reply.text}")

        await asyncio.gather(*(asked(*pair) for pair in enumerate(sessions)))
        is_open = sum(session.state.phase is not Phase.CLOSED for session in sessions)
        if is_open != count:
            wrong.append(f"{is_open} of {count} were open at the same time")
        quits = await asyncio.gather(*(session.quit() for session in sessions))
        wrong += [f"QUIT: {one}" for one in quits if one is None or one.reply.code != 221]
    return wrong
