"""What the tests of connections share: certificates, a client that is closed, and what it told."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeVar

import trustme

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.protocol.attempts import Attempt, Outcome, Route
from smtpprobe.protocol.command import Command, read_line
from smtpprobe.protocol.events import Event, Received
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.session import Exchange, State
from smtpprobe.protocol.target import Target, TargetKind

SOON = 10.0
"""Longer than anything here takes; only a failing test waits so long."""

Kind = TypeVar("Kind", bound=Event)


@cache
def authority() -> trustme.CA:
    return trustme.CA(organization_name="lab CA")


def trusted_file(folder: Path) -> str:
    file = folder / "ca.pem"
    authority().cert_pem.write_to_path(str(file))
    return str(file)


def server_side(
    *names: str, ca: trustme.CA | None = None, newest: ssl.TLSVersion | None = None
) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if newest is not None:
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        context.maximum_version = newest
    (ca or authority()).issue_cert(*(names or ("localhost", "127.0.0.1"))).configure_cert(context)
    return context


@dataclass
class Log:
    """Everything a client told, in order, and a way to wait for more."""

    happenings: list[Happening] = field(default_factory=list)
    told: list[Route | Attempt] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    stop: Callable[[], None] = lambda: None
    """Stop listening."""

    def take(self, happening: Happening) -> None:
        self.happenings.append(happening)
        self.news.set()

    @property
    def events(self) -> list[Event]:
        return [happening.event for happening in self.happenings]

    @property
    def exchanges(self) -> list[Exchange]:
        return [each.exchange for each in self.happenings if each.exchange is not None]

    @property
    def replies(self) -> list[bytes]:
        return [event.reply.raw for event in self.events if isinstance(event, Received)]

    @property
    def words(self) -> list[str]:
        """The events by name, the shortest form of a story."""
        return [type(event).__name__ for event in self.events]

    @property
    def attempts(self) -> list[Attempt]:
        return [each for each in self.told if isinstance(each, Attempt)]

    @property
    def outcomes(self) -> list[tuple[str, Outcome]]:
        """How each attempt ended, with its address."""
        ended = (each for each in self.attempts if each.outcome is not Outcome.CONNECTING)
        return [(each.address, each.outcome) for each in ended]

    @property
    def route(self) -> Route:
        return next(each for each in self.told if isinstance(each, Route))

    def only(self, kind: type[Kind]) -> Kind:
        (found,) = (event for event in self.events if isinstance(event, kind))
        return found

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(SOON):
            while not condition():
                self.news.clear()
                await self.news.wait()

    async def until_event(self, kind: type[Kind]) -> Kind:
        await self.until(lambda: any(isinstance(event, kind) for event in self.events))
        return next(event for event in self.events if isinstance(event, kind))


@asynccontextmanager
async def a_client(options: ConnectOptions | None = None) -> AsyncIterator[tuple[Client, Log]]:
    log = Log()
    client = Client(options or ConnectOptions(), on_dial=log.told.append)
    log.stop = client.subscribe(log.take)
    try:
        yield client, log
    finally:
        await client.close()


def host(port: int, name: str = "localhost") -> Target:
    return Target(TargetKind.HOST, name, port)


def line(text: str, state: State) -> Command:
    return read_line(text, state.phase)


async def exchange(client: Client, log: Log, text: str) -> Exchange:
    """Send a line and return what answered it."""
    before = len(log.exchanges)
    await client.send(line(text, client.state))
    await log.until(lambda: len(log.exchanges) > before)
    return log.exchanges[-1]
