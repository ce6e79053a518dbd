"""The least that a client does whose conversation is one task: it awaits each reply, then sends.

    awaiting_client.py PORT noops COUNT          COUNT NOOPs
    awaiting_client.py PORT messages COUNT FILE  the message of a file COUNT times, pipelined
    awaiting_client.py 25 starttls LIST          EHLO, STARTTLS, EHLO, QUIT with each address listed

No reply is read or judged, and of TLS nothing is verified: what these take, Python's asyncio takes.
"""

from __future__ import annotations

import asyncio
import ssl
import sys
from asyncio import StreamReader, StreamWriter
from pathlib import Path

AT_A_TIME = 64


async def ask(reader: StreamReader, writer: StreamWriter, octets: bytes, replies: int = 1) -> None:
    """Send octets and await so many replies, each to its last line."""
    writer.write(octets)
    while replies:
        replies -= (await reader.readline())[3:4] != b"-"


async def noops(port: int, count: int) -> None:
    """Send NOOPs, each after the reply before it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await reader.readline()
    for _ in range(count):
        await ask(reader, writer, b"NOOP\r\n")
    await ask(reader, writer, b"QUIT\r\n")
    writer.close()


async def messages(port: int, count: int, message: bytes) -> None:
    """Send a message again and again: an envelope in one write, and what it holds in another."""
    envelope = b"MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\n"
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await reader.readline()
    await ask(reader, writer, b"EHLO client.example\r\n")
    for _ in range(count):
        await ask(reader, writer, envelope, 3)
        await ask(reader, writer, message.rstrip() + b"\r\n.\r\n")
    await ask(reader, writer, b"QUIT\r\n")
    writer.close()


async def starttls(port: int, addresses: list[str]) -> None:
    """Hold a session inside TLS with each address."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    room = asyncio.Semaphore(AT_A_TIME)

    async def one(address: str) -> None:
        async with room:
            reader, writer = await asyncio.open_connection(address, port)
            await ask(reader, writer, b"")
            await ask(reader, writer, b"EHLO client.example\r\n")
            await ask(reader, writer, b"STARTTLS\r\n")
            await writer.start_tls(context)
            await ask(reader, writer, b"EHLO client.example\r\n")
            await ask(reader, writer, b"QUIT\r\n")
            writer.close()

    await asyncio.gather(*map(one, addresses))


def main(port: str, what: str, *more: str) -> None:
    """Do what the words of the command line say."""
    if what == "noops":
        asyncio.run(noops(int(port), int(more[0])))
    elif what == "messages":
        asyncio.run(messages(int(port), int(more[0]), Path(more[1]).read_bytes()))
    else:
        asyncio.run(starttls(int(port), Path(more[0]).read_text().split()))


if __name__ == "__main__":
    main(*sys.argv[1:])
