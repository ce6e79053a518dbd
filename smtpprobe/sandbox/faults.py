r"""A server that says any octets at any time, by a script of steps: for tests of what goes wrong.

    script = [Say(b"220 hi\r\n"), Hear(b"EHLO"), Say(b"250-a\r\n25"), Hang()]
    async with serve(script) as server:
        ...  # server.port

After the last step the connection is closed in order.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from itertools import count, repeat
from typing import TypeAlias, assert_never

AT_ONCE = 64 * 1024
"""How many octets a flood writes at a time, about."""


@dataclass(frozen=True, slots=True)
class Say:
    """Send octets, in one write."""

    octets: bytes


@dataclass(frozen=True, slots=True)
class Hear:
    """Wait for a line that begins so, in any case; lines before it are heard and passed over."""

    beginning: bytes = b""


@dataclass(frozen=True, slots=True)
class Pause:
    """Do nothing for some seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Drip:
    """Send octets one by one, with `every` seconds before each."""

    octets: bytes
    every: float


@dataclass(frozen=True, slots=True)
class Flood:
    """Send octets over and over as fast as they are taken: `times`, or for ever."""

    octets: bytes
    times: int | None = None


@dataclass(frozen=True, slots=True)
class Hang:
    """Keep the connection open, say nothing, take everything, until the client closes."""


@dataclass(frozen=True, slots=True)
class Close:
    """Close in order."""


@dataclass(frozen=True, slots=True)
class Reset:
    """Cut the connection with a TCP reset."""


@dataclass(frozen=True, slots=True)
class StartTls:
    """Do the server's side of a handshake now; as the first step it is implicit TLS."""

    context: ssl.SSLContext


Deed: TypeAlias = Say | Hear | Pause | Drip | Flood | Hang | StartTls
Step: TypeAlias = Deed | Close | Reset
Script: TypeAlias = Sequence[Step]


class FaultServer:
    """A running server: where it listens, and what it has heard so far."""

    def __init__(self, scripts: Sequence[Script]) -> None:
        self.host = ""
        self.port = 0
        self.path = ""
        self.heard: list[bytes] = []
        self.connections = 0
        self._scripts = scripts
        self._news = asyncio.Condition()

    async def until_heard(self, beginning: bytes) -> bytes:
        """Return the first line heard that begins so, in any case; waits for it."""
        async with self._news:
            await self._news.wait_for(lambda: self._found(beginning))
        found = self._found(beginning)
        assert found is not None
        return found

    async def until_connected(self, connections: int) -> None:
        """Wait until so many clients have connected."""
        async with self._news:
            await self._news.wait_for(lambda: self.connections >= connections)

    async def converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Play the next script to a client; the last one serves all that come after it."""
        script = self._scripts[min(self.connections, len(self._scripts) - 1)]
        async with self._news:
            self.connections += 1
            self._news.notify_all()
        try:
            for step in script:
                if isinstance(step, Reset):
                    _reset(writer)
                if isinstance(step, Close | Reset):
                    break
                await self._play(step, reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # the client went, or refused the handshake: nothing more to play
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async def _play(
        self, step: Deed, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        match step:
            case Say(octets):
                await _send(writer, octets)
            case Hear(beginning):
                await self._hear(beginning, reader)
            case Pause(seconds):
                await asyncio.sleep(seconds)
            case Drip(octets, every):
                await _drip(writer, octets, every)
            case Flood(octets, times):
                await _flood(writer, octets, times)
            case Hang():
                while await reader.read(AT_ONCE):
                    pass
            case StartTls(context):
                await writer.start_tls(context)
            case _:
                assert_never(step)

    async def _hear(self, beginning: bytes, reader: asyncio.StreamReader) -> None:
        while True:
            line = await reader.readuntil(b"\n")
            async with self._news:
                self.heard.append(line)
                self._news.notify_all()
            if line.upper().startswith(beginning.upper()):
                return

    def _found(self, beginning: bytes) -> bytes | None:
        lines = (line for line in self.heard if line.upper().startswith(beginning.upper()))
        return next(lines, None)


@asynccontextmanager
async def serve(
    *scripts: Script, host: str = "127.0.0.1", port: int = 0, path: str = ""
) -> AsyncIterator[FaultServer]:
    """Run a server for the time of the block, on loopback or on the UNIX socket `path`.

    The first client gets the first script, and so on; the last script is repeated.
    """
    server = FaultServer(scripts or ([Hang()],))
    async with asyncio.TaskGroup() as conversations:
        tasks: set[asyncio.Task[None]] = set()

        def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = conversations.create_task(server.converse(reader, writer))
            tasks.add(task)
            task.add_done_callback(tasks.discard)

        if path:
            server.path = path
            listener: asyncio.Server = await asyncio.start_unix_server(begin, path)
        else:
            listener = await asyncio.start_server(begin, host, port)
            server.host, server.port = listener.sockets[0].getsockname()[:2]
        try:
            yield server
        finally:
            listener.close()
            for task in tasks:
                task.cancel()


async def _send(writer: asyncio.StreamWriter, octets: bytes) -> None:
    writer.write(octets)
    await writer.drain()


async def _drip(writer: asyncio.StreamWriter, octets: bytes, every: float) -> None:
    for octet in octets:
        await asyncio.sleep(every)
        await _send(writer, bytes([octet]))


async def _flood(writer: asyncio.StreamWriter, octets: bytes, times: int | None) -> None:
    together = max(1, AT_ONCE // max(1, len(octets)))
    rounds = count() if times is None else repeat(None, times // together)
    block = octets * together
    for _ in rounds:
        await _send(writer, block)
    if times is not None:
        await _send(writer, octets * (times % together))


def _reset(writer: asyncio.StreamWriter) -> None:
    connection = writer.get_extra_info("socket")
    if connection is not None and connection.family != socket.AF_UNIX:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
