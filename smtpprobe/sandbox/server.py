"""Base of the sandbox's servers: loopback ports, a throw-away CA, no leftovers."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import os
import socket
import ssl
import tempfile
from abc import ABC, abstractmethod
from contextlib import AsyncExitStack
from functools import partial
from ipaddress import ip_address
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from smtpprobe.errors import UsageError
from smtpprobe.net.open_files import fitting
from smtpprobe.net.os_errors import loss_reason
from smtpprobe.net.tls.strict_context import check_ca_file
from smtpprobe.protocol.auth.channel_binding import END_POINT
from smtpprobe.sandbox.connection import Connection
from smtpprobe.sandbox.notices import OnNote, ignore
from smtpprobe.sandbox.practice.state import Service
from smtpprobe.sandbox.throwaway_ca import NAMES, Certificate, server_identity

if TYPE_CHECKING:
    from collections.abc import Awaitable, Mapping

    from smtpprobe.sandbox.handler import Handler

CONNECTION_LIMIT = 100
"""Clients at the same time; any more get 421 and are closed."""


RAISE_LIMIT = "raise the limit on open files (ulimit -n)"


async def listening(opening: Awaitable[asyncio.Server]) -> asyncio.Server:
    """Return the server that is being opened, once it listens.

    asyncio takes a socket that cannot be opened for one of a family that the system has not: it
    returns a server without any, or from Python 3.13 on raises an error without a number. Why that
    was is seen from one more socket.

    Raises:
        OSError: it listens nowhere; `errno` says why.
    """
    try:
        server = await opening
    except OSError as error:
        if error.errno is not None:
            raise
    else:
        if server.sockets:
            return server
    socket.socket().close()
    raise OSError(errno.EADDRNOTAVAIL, os.strerror(errno.EADDRNOTAVAIL))


def cannot_listen(host: str, port: int, error: OSError | OverflowError) -> UsageError:
    """Return the error for a port that could not be opened, with what to do."""
    full = isinstance(error, OSError) and error.errno == errno.EMFILE
    return UsageError(
        f"cannot listen on {host} port {port}: {loss_reason(error)}",
        hint=RAISE_LIMIT if full else "port 0 takes any free one",
    )


def check_loopback(host: str) -> None:
    """Raise UsageError for a host that others could reach: the server trusts every client."""
    try:
        fits = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        fits = False
    if not fits:
        raise UsageError(
            f"--host {host}: the sandbox listens on loopback only, as it lets everybody in",
            hint="--host 127.0.0.1 or --host ::1",
        )


class SandboxServer(ABC):
    """A server for the time of an `async with`, on the `ports` of its services (0: a free one).

    `ca_file` is the CA to trust; its certificate holds `names`. `on_note` gets everything that
    happens; `idle_seconds` is the patience with silent clients, `bindings` what a login can be
    bound to TLS by. With `client_ca` clients are asked for a certificate of the CAs in that file.
    Making one raises UsageError for a host that is not loopback and for such a file that cannot be
    used, entering one when a port cannot be had.
    """

    def __init__(
        self,
        host: str,
        ports: Mapping[Service, int],
        *,
        certificate: Certificate,
        idle_seconds: float,
        names: tuple[str, ...] = NAMES,
        on_note: OnNote | None = None,
        announced: bool = False,
        client_ca: str | None = None,
    ) -> None:
        check_loopback(host)
        if client_ca:
            check_ca_file(client_ca)
        self._client_ca = client_ca
        self.host = host
        self.ports = dict(ports)
        self.ca_file = Path()
        self._certificate = certificate
        self._names = names
        self.bindings: dict[str, bytes] = {}
        self._on_note = on_note or ignore
        self._idle_seconds = idle_seconds
        self._announced = announced
        self._numbers = count(1)
        self._tasks: set[asyncio.Task[None]] = set()
        self._failures: list[BaseException] = []
        self._room = CONNECTION_LIMIT
        self._stack = AsyncExitStack()

    @property
    def port(self) -> int:
        """The port of SMTP."""
        return self.ports[Service.SMTP]

    def has_failed_by(self, error: BaseException) -> bool:
        """Return whether an error is a bug of the server, not one of the block it served."""
        return any(one is error for one in self._failures)

    @abstractmethod
    def handler(self, service: Service) -> Handler:
        """Return the handler for the next client of a service."""

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="smtpprobe-sandbox-"))
            self.ca_file = Path(folder) / "ca.pem"
            # making keys takes long enough to be felt by other sessions
            context, leaf = await asyncio.to_thread(
                server_identity, self._certificate, self.ca_file, self._names
            )
            if self._client_ca:
                context.verify_mode = ssl.CERT_OPTIONAL
                context.load_verify_locations(self._client_ca)
            self.bindings = {END_POINT: hashlib.sha256(leaf).digest()}
            self._room = fitting(CONNECTION_LIMIT, 1).jobs
            # before the ports: those close first, so that no client connects while sessions end
            stack.push_async_callback(self._hang_up)
            for service in self.ports:
                server = await self._listen(service, context)
                stack.callback(server.close)
                self.ports[service] = server.sockets[0].getsockname()[1]
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._stack.__aexit__(kind, error, traceback)
        # an error of the block says more, and would be hidden by this one
        if self._failures and error is None:
            raise self._failures[0]

    async def _listen(self, service: Service, context: ssl.SSLContext) -> asyncio.Server:
        loop = asyncio.get_running_loop()
        port = self.ports[service]
        try:
            return await listening(
                loop.create_server(partial(self._connection, service, context), self.host, port)
            )
        except (OSError, OverflowError) as error:
            raise cannot_listen(self.host, port, error) from error

    def _connection(self, service: Service, context: ssl.SSLContext) -> Connection:
        return Connection(
            next(self._numbers),
            handler=self.handler(service),
            context=context,
            idle_seconds=self._idle_seconds,
            on_note=self._on_note,
            on_made=self._begin,
            announced=self._announced,
        )

    def _begin(self, connection: Connection) -> None:
        if len(self._tasks) >= min(CONNECTION_LIMIT, self._room):
            connection.turn_away()
            return
        task = asyncio.get_running_loop().create_task(connection.run())
        self._tasks.add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[None]) -> None:
        """Forget a connection; a bug of ours is kept, to be raised when the server ends."""
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._failures.append(error)

    async def _hang_up(self) -> None:
        """End every session at once."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0)  # aborted transports report it in the next round
