"""Asks the system (files, DNS, whatever it is set up for) for the addresses of a name."""

from __future__ import annotations

import asyncio
import socket

from smtpprobe.net.thread import in_thread

SYSTEM_SECONDS = 10.0
"""How long an answer may take."""


async def system_addresses(
    name: str, family: int | None = None, *, limit: float | None = None
) -> tuple[str, ...]:
    """Return the addresses of a host in the system's order, each once; () when it knows none.

    `family` 4 or 6 restricts them. `limit` is in seconds; more than SYSTEM_SECONDS is never waited.
    """
    try:
        async with asyncio.timeout(SYSTEM_SECONDS if limit is None else min(limit, SYSTEM_SECONDS)):
            return await in_thread(lambda: _ask(name, family))
    except TimeoutError:
        return ()


def _ask(name: str, family: int | None) -> tuple[str, ...]:
    kind = {None: socket.AF_UNSPEC, 4: socket.AF_INET, 6: socket.AF_INET6}[family]
    try:
        found = socket.getaddrinfo(name, None, family=kind, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
