"""Sends octets slowly, or in small segments: each write is awaited before the next."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from smtpprobe.net.wire import Wire
from smtpprobe.protocol.pace import Pace


async def paced(wire: Wire, octets: bytes, pace: Pace) -> AsyncIterator[int]:
    """Send octets; after each write yield how many have gone out. Ends with the connection too.

    Each write becomes a segment, as far as we can control that: asyncio sets TCP_NODELAY, and
    nothing is left with the transport when the next one follows. Octet n is not sent before n /
    rate seconds.
    """
    loop = asyncio.get_running_loop()
    began, portion = loop.time(), pace.portion
    with wire.unbuffered():
        for start in range(0, len(octets), portion):
            if pace.rate is not None and start:
                await asyncio.sleep(max(0.0, began + start / pace.rate - loop.time()))
            if not wire.is_connected:
                return
            wire.send(octets[start : start + portion])
            await wire.drain()
            yield min(start + portion, len(octets))
