"""A name server on loopback that says what a row of `names.py` has it say, over UDP and TCP."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

from smtpprobe.sandbox.hostile.names import Say, read_question
from smtpprobe.sandbox.server import listening

_TRIES = 20


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, says: Say) -> None:
        self._says = says

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        asked = read_question(data, tcp=False)
        if asked is not None and (said := self._says(asked)) is not None:
            self._transport.sendto(said, addr)


@asynccontextmanager
async def serving_names(says: Say, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[int]:
    """Serve for the time of the block; yields the port, the same for UDP and TCP; 0 is any.

    Raises:
        OSError: the port is not free for both, or none is.
    """
    talking: set[asyncio.Task[None]] = set()

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                size = int.from_bytes(await reader.readexactly(2))
                asked = read_question(await reader.readexactly(size), tcp=True)
                if asked is not None and (said := says(asked)) is not None:
                    writer.write(len(said).to_bytes(2) + said)
                    await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the client went
        finally:
            writer.transport.abort()

    def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talking.add(asyncio.ensure_future(converse(reader, writer)))

    listener, datagrams = await _both(begin, host, port)
    port = listener.sockets[0].getsockname()[1]
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
        lambda: _Datagrams(says), sock=datagrams
    )
    try:
        yield port
    finally:
        transport.close()
        listener.close()
        for one in talking:
            one.cancel()
        await asyncio.gather(*talking, return_exceptions=True)


async def _both(begin: object, host: str, port: int) -> tuple[asyncio.Server, socket.socket]:
    """Return a listener and a socket for datagrams at one port."""
    for _ in range(_TRIES):
        listener = await listening(asyncio.start_server(begin, host, port))  # type: ignore[arg-type]
        datagrams = socket.socket(listener.sockets[0].family, socket.SOCK_DGRAM)
        datagrams.setblocking(False)  # noqa: FBT003 - the signature of the library
        try:
            datagrams.bind((host, listener.sockets[0].getsockname()[1]))
        except OSError:
            datagrams.close()
            listener.close()
            if port:
                raise
            continue
        return listener, datagrams
    raise OSError("no port is free for UDP and TCP alike")
