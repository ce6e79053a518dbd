"""The practice server: four loopback ports, one throw-away CA, nothing left behind when it ends."""

from __future__ import annotations

import asyncio
import secrets
import tempfile
from contextlib import AsyncExitStack
from functools import partial
from ipaddress import ip_address
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from smtpprobe.errors import UsageError
from smtpprobe.sandbox.certificates import Certificate, server_context
from smtpprobe.sandbox.connection import Connection
from smtpprobe.sandbox.greylist import SECONDS as GREYLIST_SECONDS
from smtpprobe.sandbox.greylist import Greylist
from smtpprobe.sandbox.notes import OnNote, ignore
from smtpprobe.sandbox.talk import DOMAIN, Credentials, House, Service

if TYPE_CHECKING:
    import ssl

IDLE_SECONDS = 300.0
"""How long a client may say nothing (RFC 5321 4.5.3.2.7)."""

CONNECTION_LIMIT = 100
"""Clients at the same time; more are told 421 and closed."""


def check_loopback(host: str) -> None:
    """Raise UsageError for a host that others could reach: the credentials are public."""
    try:
        fits = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        fits = False
    if not fits:
        raise UsageError(
            f"--host {host}: the practice server listens on loopback only, "
            "its password is known to everybody",
            hint="--host 127.0.0.1 or --host ::1",
        )


class PracticeServer:
    """A mail server to practise on: `async with PracticeServer() as server:`.

    It listens on four ports, 0 meaning a free one: `port` (SMTP with STARTTLS),
    `submission_port` (the same, login required), `smtps_port` (TLS at once, login required) and
    `lmtp_port`. `ca_file` is the CA to trust, `credentials` is what logs in. `on_note` is told
    everything that happens. `pace` scales the practice delays, `idle_seconds` is the patience
    with silent clients. Entering raises UsageError when a port cannot be had.
    """

    hostname = DOMAIN

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        submission_port: int = 0,
        smtps_port: int = 0,
        lmtp_port: int = 0,
        certificate: Certificate = Certificate.GOOD,
        on_note: OnNote | None = None,
        pace: float = 1.0,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        check_loopback(host)
        self.host = host
        self.ports = {
            Service.SMTP: port,
            Service.SUBMISSION: submission_port,
            Service.SMTPS: smtps_port,
            Service.LMTP: lmtp_port,
        }
        self.credentials = Credentials()
        self.ca_file = Path()
        self._certificate = certificate
        self._on_note = on_note or ignore
        self._pace = pace
        self._idle_seconds = idle_seconds
        self._greylist = Greylist(GREYLIST_SECONDS * pace)
        self._numbers = count(1)
        self._tasks: set[asyncio.Task[None]] = set()
        self._failures: list[BaseException] = []
        self._stack = AsyncExitStack()

    @property
    def domain(self) -> str:
        """The mail domain whose recipients it takes."""
        return DOMAIN

    @property
    def port(self) -> int:
        """The port of SMTP with STARTTLS."""
        return self.ports[Service.SMTP]

    @property
    def submission_port(self) -> int:
        """The port of submission: STARTTLS, and login before MAIL."""
        return self.ports[Service.SUBMISSION]

    @property
    def smtps_port(self) -> int:
        """The port of submission inside TLS from the first octet."""
        return self.ports[Service.SMTPS]

    @property
    def lmtp_port(self) -> int:
        """The port of LMTP."""
        return self.ports[Service.LMTP]

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="smtpprobe-sandbox-"))
            self.ca_file = Path(folder) / "ca.pem"
            context = await asyncio.to_thread(server_context, self._certificate, self.ca_file)
            stack.push_async_callback(self._hang_up)
            for service in Service:
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
        if self._failures and error is None:
            raise self._failures[0]

    async def _listen(self, service: Service, context: ssl.SSLContext) -> asyncio.Server:
        loop = asyncio.get_running_loop()
        port = self.ports[service]
        try:
            return await loop.create_server(
                partial(self._connection, service, context), self.host, port
            )
        except (OSError, OverflowError) as error:
            raise UsageError(
                f"cannot listen on {self.host} port {port}: {error}",
                hint="port 0 takes any free one",
            ) from error

    def _connection(self, service: Service, context: ssl.SSLContext) -> Connection:
        return Connection(
            next(self._numbers),
            service=service,
            house=self._house,
            context=context,
            idle_seconds=self._idle_seconds,
            on_note=self._on_note,
            on_made=self._begin,
        )

    def _house(self, service: Service, client: str) -> House:
        return House(service, client, _token, self._greylist, self.credentials, self._pace)

    def _begin(self, connection: Connection) -> None:
        if len(self._tasks) >= CONNECTION_LIMIT:
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
        await asyncio.sleep(0)  # transports that were aborted tell it in the next round


def _token() -> str:
    return secrets.token_hex(5).upper()
