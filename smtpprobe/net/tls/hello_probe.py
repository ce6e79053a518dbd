"""A short SMTP session over a plain socket as far as STARTTLS, then a hand-made ClientHello."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from smtpprobe.net.connect import (
    Connector,
    Endpoint,
    NoConnection,
    Streams,
    direct,
    open_stream,
)
from smtpprobe.net.os_errors import loss_reason
from smtpprobe.net.tls.client_hello import Hello, HelloAnswer, HelloReader
from smtpprobe.protocol.reply import Reply, ReplyParser

MOST_LINE = 4096


@dataclass(frozen=True, slots=True)
class Line:
    """Where to connect, by which connector, and the EHLO name.

    Limits are in seconds: for the greeting, and each answer after it. `listed` gets whether a
    good answer to EHLO lists STARTTLS.
    """

    to: Endpoint
    implicit_tls: bool
    client: str
    greeting_limit: float
    limit: float
    connector: Connector = direct
    listed: Callable[[bool], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Asked:
    """The answer to a ClientHello, or in `reason` why there is none; `code` is that of a refusal.

    `asked` is whether there was a connection for it.
    """

    answer: HelloAnswer | None = None
    reason: str = ""
    code: int = 0
    asked: bool = True


async def ask(line: Line, hello: Hello) -> Asked:
    """Return how a server answers a ClientHello; the connection is always closed."""
    async with connected(line) as found:
        if isinstance(found, Asked):
            return found
        return await _hello(*found, hello, line.limit)


@asynccontextmanager
async def connected(line: Line) -> AsyncIterator[Asked | Streams]:
    """Yield a connection ready for a ClientHello, or why there is none; it is cut afterwards."""
    try:
        reader, writer = await open_stream(line.to, line.connector, MOST_LINE)
    except NoConnection as no:
        yield Asked(reason=str(no))
        return
    try:
        refusal = None if line.implicit_tls else await _refusal((reader, writer), line)
        yield refusal or (reader, writer)
    finally:
        writer.transport.abort()


async def _refusal(streams: Streams, line: Line) -> Asked | None:
    """Proceed to the 220 to STARTTLS; return the reply, or the silence, that prevents it."""
    reader, writer = streams
    for words in ("", f"EHLO {line.client}", "STARTTLS"):
        if words:
            writer.write(f"{words}\r\n".encode("ascii", "replace"))
        limit = line.limit if words else line.greeting_limit
        what = f"answer to {words.split()[0]}" if words else "greeting"
        try:
            async with asyncio.timeout(limit):
                reply = await _reply(reader)
        except TimeoutError:
            return Asked(reason=f"no {what} within {limit:g}s")
        except (OSError, ValueError, asyncio.LimitOverrunError) as error:
            return Asked(reason=f"no {what}: {loss_reason(error) or 'the connection ended'}")
        if reply is None:
            return Asked(reason=f"closed: no {what}")
        if reply.piece:
            return Asked(reason=f"{what} of more than 64 KiB")
        code = reply.code or 0
        if code // 100 != 2:
            last = reply.lines[-1].raw.decode("utf-8", "surrogateescape").strip()
            return Asked(reason=last[:200] or f"an empty line as {what}", code=code)
        if words.startswith("EHLO"):
            line.listed(any(text.upper().split()[:1] == ["STARTTLS"] for text in reply.texts[1:]))
    return None


async def _reply(reader: asyncio.StreamReader) -> Reply | None:
    """Return the next reply, or a piece of one that is too long; None where it breaks off.

    It is read line by line, so that what follows is left to the next reader.
    """
    parser = ReplyParser()
    while octets := await reader.readline():
        for reply in parser.feed(octets):
            return reply
    return None


async def _hello(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, hello: Hello, limit: float
) -> Asked:
    """Return the answer to a ClientHello; a truncated one counts as far as it goes."""
    writer.write(hello.octets())
    answer = HelloReader()
    try:
        async with asyncio.timeout(limit):
            with suppress(ConnectionError):
                while not answer.done and (data := await reader.read(65536)):
                    answer.feed(data)
    except TimeoutError:
        if not answer.answer.accepted:
            return Asked(reason=f"no answer to the ClientHello within {limit:g}s")
    return Asked(answer.answer)
