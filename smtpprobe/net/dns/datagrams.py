"""Datagrams for dnspython: a connected socket for each question, waited for without a task.

A connected socket learns of closed ports (ICMP, RFC 1122 4.1.3.3), without which each question to
a server that is not running takes its whole limit. dnspython's own has a transport, a queue and a
task for each question, which costs more than the question.
"""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import dns.exception
from dns._asyncbackend import DatagramSocket
from dns._asyncio_backend import Backend


class Connected(Backend):
    """Makes the sockets of questions; those over TCP are dnspython's own."""

    def datagram_connection_required(self) -> bool:
        """Return that each socket belongs to one server."""
        return True

    async def make_socket(
        self,
        af: int,
        socktype: int,
        proto: int = 0,
        source: Any = None,
        destination: Any = None,
        *rest: Any,
        **named: Any,
    ) -> Any:
        """Return a socket; of one for datagrams only the server's address matters."""
        if socktype == socket.SOCK_DGRAM:
            return Datagrams(af, destination)
        made = super().make_socket(af, socktype, proto, source, destination, *rest, **named)  # type: ignore[no-untyped-call]
        return await made


class Datagrams(DatagramSocket):
    """One socket, connected to one server."""

    def __init__(self, family: int, server: tuple[str, int]) -> None:
        super().__init__(family, socket.SOCK_DGRAM)
        self._socket = socket.socket(family, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        try:
            self._socket.connect(server)
            self._server = self._socket.getpeername()
        except OSError:
            self._socket.close()
            raise

    async def sendto(self, what: bytes, _destination: object, _timeout: float | None) -> int:
        """Send a datagram to the server."""
        await asyncio.get_running_loop().sock_sendall(self._socket, what)
        return len(what)

    async def recvfrom(self, size: int, timeout: float | None) -> tuple[bytes, tuple[Any, ...]]:  # noqa: ASYNC109 - dnspython's signature
        """Return the next datagram and the server's address.

        Raises:
            dns.exception.Timeout: there is none in time.
            OSError: nobody is there.
        """
        try:
            async with asyncio.timeout(timeout):
                octets = await asyncio.get_running_loop().sock_recv(self._socket, size)
        except TimeoutError:
            raise dns.exception.Timeout from None
        return octets, self._server

    async def close(self) -> None:
        """Close it."""
        self._socket.close()
