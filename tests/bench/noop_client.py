"""The least that a client can do: a bare asyncio.Protocol that sends NOOP after each reply."""

from __future__ import annotations

import asyncio
import sys


class Client(asyncio.Protocol):
    """Sends `left` NOOPs, each after the reply before it, then QUIT."""

    def __init__(self, left: int, done: asyncio.Future[None]) -> None:
        self._left = left + 1
        self._done = done

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, _data: bytes) -> None:
        self._left -= 1
        self._transport.write(b"NOOP\r\n" if self._left > 0 else b"QUIT\r\n")

    def connection_lost(self, _exc: Exception | None) -> None:
        self._done.set_result(None)


async def main(port: int, noops: int) -> None:
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    await loop.create_connection(lambda: Client(noops, done), "127.0.0.1", port)
    await done


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
