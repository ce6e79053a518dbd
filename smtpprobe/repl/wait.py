"""Waiting for one thing to happen: the reply to a command, or an event."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from smtpprobe.errors import ConnectFailed
from smtpprobe.protocol.command import Command
from smtpprobe.protocol.events import Closed, Event, Received
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.session import Exchange

if TYPE_CHECKING:
    from smtpprobe.client import Client


async def reply_to(client: Client, command: Command) -> Exchange:
    """Send a command and return the exchange of its (last) reply.

    Raises:
        ConnectFailed: not connected, or the connection ended first.
    """
    found: asyncio.Future[Exchange | None] = asyncio.get_running_loop().create_future()

    def look(happening: Happening) -> None:
        exchange = happening.exchange
        if found.done():
            return
        if isinstance(happening.event, Closed):
            found.set_result(None)
        # the very command: the same text may wait for a reply twice
        elif exchange is not None and exchange.command is command and not exchange.reply.piece:
            found.set_result(exchange)

    unsubscribe = client.subscribe(look)
    try:
        await client.send(command)
        exchange = await found
    finally:
        unsubscribe()
    if exchange is None:
        raise ConnectFailed("the connection ended before that the reply came")
    return exchange


async def next_event(client: Client, wanted: Callable[[Event], bool]) -> None:
    """Return once an event of the wanted kind has happened."""
    found = asyncio.Event()

    def look(happening: Happening) -> None:
        if wanted(happening.event):
            found.set()

    unsubscribe = client.subscribe(look)
    try:
        await found.wait()
    finally:
        unsubscribe()


async def settled(client: Client) -> None:
    """Return once no reply is due.

    Raises:
        ConnectFailed: the connection ended first.
    """
    while client.state.pending:
        await next_event(client, lambda event: isinstance(event, Received | Closed))
    if client.state.phase is Phase.CLOSED:
        raise ConnectFailed("the connection ended before that the reply came")
