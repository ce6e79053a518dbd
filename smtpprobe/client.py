"""A live session: commands in, events out. The one place where `advance` meets the wire.

One emit, many readers: every event goes, in order, to the state, to a short memory and to each
subscriber; a reader cannot write back. What the server does is an event, never an exception.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from smtpprobe.protocol.command import Command
from smtpprobe.protocol.events import Closed, Event
from smtpprobe.protocol.route import Attempt, Route
from smtpprobe.protocol.session import Exchange, State
from smtpprobe.protocol.target import Target

MEMORY = 1000
"""How many events a client remembers, however long the session."""


@dataclass(frozen=True, slots=True)
class ConnectOptions:
    """Everything that decides how a connection is made; times in seconds, None for no limit.

    `family` is 4 or 6 to restrict addresses; `bind` a source address and port; `resolver` a DNS
    server `host[:port]` instead of the system's; `mx` the N-th MX in order, or its name.
    `verify` makes a certificate that does not verify fail the handshake; else it is only shown.
    `implicit_tls` overrides the target's form (None: by target).
    """

    family: int | None = None
    bind: tuple[str, int] | None = None
    resolver: str | None = None
    mx: str | None = None
    verify: bool = False
    implicit_tls: bool | None = None
    starttls: bool = True
    ca_file: str | None = None
    sni: str | None = None
    keylog: str | None = None
    connect_timeout: float = 10.0
    handshake_timeout: float = 30.0
    greeting_timeout: float = 60.0


@dataclass(frozen=True, slots=True)
class Happening:
    """An event with the states around it and, for a reply, what it answers."""

    event: Event
    before: State
    after: State
    exchange: Exchange | None = None


Reader: TypeAlias = Callable[[Happening], None]
DialReader: TypeAlias = Callable[[Route | Attempt], None]
