"""A client of bare streams for the tests: what it sends is octet for octet what the test says."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

SECONDS = 5.0


@dataclass
class Dialogue:
    """One connection; `ask` sends a line and returns the whole reply as text."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def ask(self, line: str) -> str:
        self.send(line.encode() + b"\r\n")
        return await self.reply()

    def send(self, octets: bytes) -> None:
        self.writer.write(octets)

    async def reply(self) -> str:
        """Return the next reply; lines are joined by LF; empty when the server has closed."""
        lines: list[str] = []
        while not lines or lines[-1][3:4] == "-":
            lines.append(await self.line())
        return "\n".join(lines)

    async def line(self) -> str:
        async with asyncio.timeout(SECONDS):
            return (await self.reader.readline()).decode().removesuffix("\r\n")

    async def rest(self) -> bytes:
        async with asyncio.timeout(SECONDS):
            return await self.reader.read()

    async def starttls(self, context: ssl.SSLContext) -> None:
        assert (await self.ask("STARTTLS")).startswith("220")
        await self.writer.start_tls(context, server_hostname="sandbox.test")

    async def ask_all(self, *lines: str) -> list[str]:
        return [await self.ask(line) for line in lines]


@asynccontextmanager
async def dialogue(
    port: int, *, context: ssl.SSLContext | None = None, greeted: bool = True
) -> AsyncIterator[Dialogue]:
    """Connect, read the greeting, and close in the end."""
    name = "sandbox.test" if context else None
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", port, ssl=context, server_hostname=name
    )
    try:
        talk = Dialogue(reader, writer)
        if greeted:
            assert (await talk.reply()).startswith("220 sandbox.test ")
        yield talk
    finally:
        writer.transport.abort()
        # the transport of a connection that ends in the middle of a handshake tells it late
        await asyncio.sleep(0)


def trusting(ca_file: Path) -> ssl.SSLContext:
    """Return a context that trusts the practice CA only and checks the name."""
    return ssl.create_default_context(cafile=ca_file)
