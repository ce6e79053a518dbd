"""A minimal responder for measurements: greets, answers each line with one octet sequence."""

from __future__ import annotations

import asyncio
import sys


class Responder(asyncio.Protocol):
    """Says 250 to every line, 221 to QUIT."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(b"220 bench.test ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        count = data.count(b"\n")
        if data.startswith(b"QUIT"):
            self._transport.write(b"221 bye\r\n")
            self._transport.close()
            return
        self._transport.write(b"250 2.0.0 Ok\r\n" * count)


async def main() -> None:
    server = await asyncio.get_running_loop().create_server(Responder, "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
