"""A server that holds as many sessions as come, in a process of its own.

What it answers depends on the client's words alone, so results can be compared. It listens on
many addresses of loopback at one port, writes the port and the file of its CA, and ends with its
input.
"""

from __future__ import annotations

import asyncio
import resource
import ssl
import sys
import tempfile
from pathlib import Path

import trustme

ADDRESSES = 256
NAME = "mx.load.test"
"""Whose certificate it shows."""


def address(number: int) -> str:
    """Return an address that it listens on."""
    return f"127.9.{number // 250}.{number % 250 + 1}"


async def _talk(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, context: ssl.SSLContext
) -> None:
    writer.write(b"220 mx.load.test ESMTP\r\n")
    secure = False
    while line := await reader.readline():
        verb, _, rest = line.strip().partition(b" ")
        match verb.upper():
            case b"EHLO":
                offers = b"" if secure else b"250-STARTTLS\r\n"
                writer.write(b"250-mx.load.test\r\n" + offers + b"250 8BITMIME\r\n")
            case b"STARTTLS":
                writer.write(b"220 go on\r\n")
                await writer.start_tls(context)
                secure = True
            case b"RCPT" if b"nobody" in rest:
                writer.write(b"550 5.1.1 no such user: " + rest + b"\r\n")
            case b"QUIT":
                writer.write(b"221 2.0.0 bye\r\n")
                break
            case _:
                writer.write(b"250 2.0.0 " + verb + b" " + rest + b"\r\n")
        await writer.drain()
    writer.close()


async def main(folder: Path) -> None:
    """Serve until the input ends."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(NAME).configure_cert(context)
    ca_file = folder / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))

    async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await _talk(reader, writer, context)
        except (OSError, asyncio.IncompleteReadError):
            writer.close()

    first = await asyncio.start_server(served, address(0), 0, backlog=4096)
    port = first.sockets[0].getsockname()[1]
    others = [address(number) for number in range(1, ADDRESSES)]
    await asyncio.start_server(served, others, port, backlog=4096)
    sys.stdout.write(f"{port} {ca_file}\n")
    sys.stdout.flush()
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="smtpprobe-load-") as made:
        asyncio.run(main(Path(made)))
