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
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from typing import TypeAlias, cast

from smtpprobe.sandbox.server import listening

AT_ONCE = 64 * 1024
"""How many octets a flood writes at a time, about."""

UNREAD = 1024 * 1024
"""More octets than a reader holds before it has the transport wait."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A connection with one client, as the steps see it."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    server: FaultServer
    kept: bytearray = field(default_factory=bytearray)
    """Input received in clear before a handshake and read after it."""

    async def line(self) -> bytes:
        """Return the next line, any kept from before a handshake first."""
        end = self.kept.find(b"\n") + 1
        line = bytes(self.kept[: end or None])
        del self.kept[: len(line)]
        return line if end else line + await self.reader.readuntil(b"\n")

    async def unread(self) -> bytes:
        """Return unread input without waiting for more."""
        with suppress(TimeoutError):
            async with asyncio.timeout(0):
                return await self.reader.read(UNREAD)
        return b""

    async def secure(self, context: ssl.SSLContext) -> None:
        """Do the server's side of a handshake, and keep what came in clear before it.

        A reader that still holds it is no place for it: what becomes of it there differs from one
        version of Python to the next (left for after the handshake, or taken for a part of it).
        """
        transport = cast("asyncio.Transport", self.writer.transport)
        transport.pause_reading()  # what comes from here on is TLS
        self.kept.extend(await self.unread())
        await self.writer.start_tls(context)

    async def send(self, octets: bytes) -> None:
        """Send octets; returns when the transport has room for more.

        Raises:
            ConnectionResetError: the client is gone, which inside TLS `drain` does not report.
        """
        if self.writer.is_closing():
            raise ConnectionResetError
        self.writer.write(octets)
        await self.writer.drain()
        await asyncio.sleep(0)  # a drain that need not wait lets no other task run


class Step(ABC):
    """One thing that the server does."""

    __slots__ = ()

    ends = False
    """Whether the conversation is over after it."""

    @abstractmethod
    async def play(self, talk: Talk) -> None:
        """Do it to a client."""


@dataclass(frozen=True, slots=True)
class Say(Step):
    """Send octets, in one write."""

    octets: bytes

    async def play(self, talk: Talk) -> None:
        """Do it to a client."""
        await talk.send(self.octets)


@dataclass(frozen=True, slots=True)
class Hear(Step):
    """Wait for a line with this beginning, case ignored; lines before it are read and skipped."""

    beginning: bytes = b""

    async def play(self, talk: Talk) -> None:
        """Do it to a client."""
        while True:
            line = await talk.line()
            await talk.server.hear(line)
            if line.upper().startswith(self.beginning.upper()):
                return


@dataclass(frozen=True, slots=True)
class Pause(Step):
    """Do nothing for some seconds."""

    seconds: float

    async def play(self, talk: Talk) -> None:  # noqa: ARG002 - every step has it
        """Do it to a client."""
        await asyncio.sleep(self.seconds)


@dataclass(frozen=True, slots=True)
class Await(Step):
    """Wait until the test sets an event."""

    event: asyncio.Event

    async def play(self, talk: Talk) -> None:  # noqa: ARG002 - every step has it
        """Do it to a client."""
        await self.event.wait()


@dataclass(frozen=True, slots=True)
class Drip(Step):
    """Send octets one by one, with `every` seconds before each."""

    octets: bytes
    every: float

    async def play(self, talk: Talk) -> None:
        """Do it to a client."""
        for octet in self.octets:
            await asyncio.sleep(self.every)
            await talk.send(bytes([octet]))


@dataclass(frozen=True, slots=True)
class Flood(Step):
    """Send octets over and over as fast as they are taken: `times`, or for ever."""

    octets: bytes
    times: int | None = None

    async def play(self, talk: Talk) -> None:
        """Do it to a client."""
        for times in self._portions():
            await talk.send(self.octets * times)

    def _portions(self) -> Iterator[int]:
        together = max(1, AT_ONCE // max(1, len(self.octets)))
        if self.times is None:
            yield from (together for _ in count())
            return
        whole, rest = divmod(self.times, together)
        yield from (together for _ in range(whole))
        yield rest


@dataclass(frozen=True, slots=True)
class Hang(Step):
    """Keep the connection open, say nothing, take everything, until the client closes."""

    async def play(self, talk: Talk) -> None:
        """Do it to a client."""
        while await talk.reader.read(AT_ONCE):
            pass


@dataclass(frozen=True, slots=True)
class StartTls(Step):
    """Do the server's side of a handshake now; as the first step it is implicit TLS.

    Input received in clear is read after it, as by a server open to injection.
    """

    context: ssl.SSLContext

    async def play(self, talk: Talk) -> None:
        """Do it to a client."""
        await talk.secure(self.context)


@dataclass(frozen=True, slots=True)
class Close(Step):
    """Close in order."""

    ends = True

    async def play(self, talk: Talk) -> None:
        """Do it to a client."""
        talk.writer.close()


@dataclass(frozen=True, slots=True)
class Reset(Step):
    """Cut the connection with a TCP reset."""

    ends = True

    async def play(self, talk: Talk) -> None:
        """Do it to a client."""
        connection = talk.writer.get_extra_info("socket")
        if connection is not None and connection.family != socket.AF_UNIX:
            linger = struct.pack("ii", 1, 0)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        talk.writer.transport.abort()


Script: TypeAlias = Sequence[Step]

CLOSING_SECONDS = 0.5
"""How long a connection may take to close."""


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
        """Return the first line with this beginning, case ignored; waits for it."""
        async with self._news:
            await self._news.wait_for(lambda: self._found(beginning))
            return self._found(beginning)

    async def until_connected(self, connections: int) -> None:
        """Wait until this many clients have connected."""
        async with self._news:
            await self._news.wait_for(lambda: self.connections >= connections)

    async def hear(self, line: bytes) -> None:
        """Remember a line that a client sent."""
        async with self._news:
            self.heard.append(line)
            self._news.notify_all()

    async def converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Play the next script to a client; the last one serves all that come after it."""
        script = self._scripts[min(self.connections, len(self._scripts) - 1)]
        talk = Talk(reader, writer, self)
        async with self._news:
            self.connections += 1
            self._news.notify_all()
        try:
            for step in script:
                await step.play(talk)
                if step.ends:
                    break
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # the client went, or refused the handshake: nothing more to play
        finally:
            writer.close()
            # a stream whose handshake was cut off never reports that it is closed
            with suppress(OSError, TimeoutError):
                async with asyncio.timeout(CLOSING_SECONDS):
                    await writer.wait_closed()

    def _found(self, beginning: bytes) -> bytes:
        lines = (line for line in self.heard if line.upper().startswith(beginning.upper()))
        return next(lines, b"")


@asynccontextmanager
async def serve(
    *scripts: Script, host: str = "127.0.0.1", port: int = 0, path: str = ""
) -> AsyncIterator[FaultServer]:
    """Run a server for the time of the block, on loopback or on the UNIX socket `path`.

    The first client gets the first script, and so on; the last script is repeated.
    """
    server = FaultServer(scripts or ([Hang()],))
    conversations: set[asyncio.Task[None]] = set()

    def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        conversations.add(asyncio.ensure_future(server.converse(reader, writer)))

    if path:
        server.path = path
        listener: asyncio.Server = await asyncio.start_unix_server(begin, path)
    else:
        listener = await listening(asyncio.start_server(begin, host, port))
        server.host, server.port = listener.sockets[0].getsockname()[:2]
    try:
        yield server
    finally:
        listener.close()
        for conversation in conversations:
            conversation.cancel()
        for ended in await asyncio.gather(*conversations, return_exceptions=True):
            if isinstance(ended, Exception):
                raise ended
