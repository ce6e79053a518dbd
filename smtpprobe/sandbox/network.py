r"""A simulated network: scripted servers at any address; nothing listens, nothing leaves.

    places = {("192.0.2.1", 25): [Say(b"220 hi\r\n"), Hang()], ("192.0.2.2", 25): SILENCE}
    async with network(places) as connector:
        ...  # ConnectOptions(connector=connector)

It takes the place of `net.connect.direct`: what comes over it is octets through a socket of the
system, so TLS, silence and floods are what they are elsewhere. The addresses of both ends are
empty, as for a UNIX socket. A number among the places is the error with which the system would
answer, SILENCE that nothing ever does; an unknown address refuses.
"""

from __future__ import annotations

import asyncio
import errno
import os
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import NoReturn, TypeAlias

from smtpprobe.net.connect import Endpoint, Made
from smtpprobe.sandbox.faults import FaultServer, Script

Where: TypeAlias = tuple[str, int | None]
"""An address and a port, or the path of a UNIX socket and None."""

SILENCE = 0
"""In place of an errno: the connection is neither made nor refused."""


class Network:
    """A `Connector`; `asked` are the endpoints that were asked for, in order."""

    def __init__(self, places: Mapping[Where, Script | int]) -> None:
        self.asked: list[Endpoint] = []
        self.conversations: set[asyncio.Task[None]] = set()
        self._places = {
            where: what if isinstance(what, int) else FaultServer([what])
            for where, what in places.items()
        }

    @property
    def servers(self) -> list[FaultServer]:
        """The servers at its places."""
        return [one for one in self._places.values() if isinstance(one, FaultServer)]

    async def __call__(
        self, to: Endpoint, make: Callable[[], Made], /
    ) -> tuple[asyncio.Transport, Made]:
        """Return a transport to the server at a place.

        Raises:
            OSError: no connection.
        """
        self.asked.append(to)
        found = self._places.get((to.address, to.port), errno.ECONNREFUSED)
        if isinstance(found, int):
            return await _failed(found)
        loop = asyncio.get_running_loop()
        ours, theirs = socket.socketpair()

        def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self.conversations.add(loop.create_task(found.converse(reader, writer)))

        await loop.connect_accepted_socket(
            lambda: asyncio.StreamReaderProtocol(asyncio.StreamReader(), begin), theirs
        )
        return await loop.create_connection(make, sock=ours)


async def _failed(number: int) -> NoReturn:
    if number == SILENCE:
        await asyncio.Event().wait()
    raise OSError(number, os.strerror(number))


@asynccontextmanager
async def network(places: Mapping[Where, Script | int]) -> AsyncIterator[Network]:
    """Have a network for the time of the block; its conversations end with it."""
    made = Network(places)
    try:
        yield made
    finally:
        for conversation in made.conversations:
            conversation.cancel()
        for ended in await asyncio.gather(*made.conversations, return_exceptions=True):
            if isinstance(ended, Exception):
                raise ended
