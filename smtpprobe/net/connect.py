"""The one place where a connection begins: SMTP, hand-built ClientHellos and HTTPS all use it.

    connect(to, make)          a transport for the protocol that `make` returns
    open_stream(to)            the same as a pair of asyncio streams
            |
            |  time limit; every failure becomes a `NoConnection`
            v
    Connector(to, make)        the way there; `direct` is this machine's own sockets

A connector is what changes from one way to the next. It brings a protocol to the endpoint, or
raises an OSError as asyncio does; limits and wording are not its concern. So `sandbox.network`,
the way that tests make up, is no less than `direct`, and TLS begins on its transports as on any
other.
"""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable
from typing import Protocol, TypeVar

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.net.os_errors import FAILURES, Failure, loss_reason
from smtpprobe.policy.addresses import nobodys
from smtpprobe.protocol.attempts import Outcome
from smtpprobe.settings.defaults import DEFAULTS

Made = TypeVar("Made", bound=asyncio.BaseProtocol)

STREAM_OCTETS = 1 << 16
"""How long a line that is read from a stream may be, and half of what a stream holds unread."""


class Endpoint(NamedTuple):
    """Where a connection leads: an address and a port, or the path of a UNIX socket (`port` None).

    `bind` is the source address and port, port 0 for any. `limit` is how long it may take until the
    connection stands, in seconds.
    """

    address: str
    port: int | None
    bind: tuple[str, int] | None = None
    limit: float = DEFAULTS["connect_timeout"]


class Connector(Protocol):
    """A way to endpoints."""

    async def __call__(
        self, to: Endpoint, make: Callable[[], Made], /
    ) -> tuple[asyncio.Transport, Made]:
        """Return the transport to an endpoint and the protocol that `make` gave for it.

        Raises:
            OSError: no connection; with an errno if there is one.
        """
        ...


class NoConnection(Exception):  # noqa: N818 - names the outcome as the field does
    """An endpoint was not reached: the outcome, and in `reason` what adds to its words.

    `within` is the limit in seconds where it was that which ended it.
    """

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"{failure.outcome.value}{': ' if failure.reason else ''}{failure.reason}")
        self.outcome, self.reason, self.within = failure


async def direct(to: Endpoint, make: Callable[[], Made], /) -> tuple[asyncio.Transport, Made]:
    """Return the transport that this machine's sockets give; a `Connector`."""
    loop = asyncio.get_running_loop()
    if to.port is None:
        return await loop.create_unix_connection(make, to.address)
    return await loop.create_connection(make, to.address, to.port, local_addr=to.bind)


async def over(
    connected: socket.socket, make: Callable[[], Made]
) -> tuple[asyncio.Transport, Made]:
    """Return a transport over a socket that somebody else has connected, and takes it over."""
    connected.setblocking(False)  # noqa: FBT003 - as `socket` has it
    return await asyncio.get_running_loop().create_connection(make, sock=connected)


async def connect(
    to: Endpoint, make: Callable[[], Made], connector: Connector = direct
) -> tuple[asyncio.Transport, Made]:
    """Return the transport to an endpoint and the protocol that `make` gave for it.

    Raises:
        NoConnection: there is none within the limit.
    """
    if getattr(connector, "names_hops", False):  # then the limit is told of the hop that kept it
        return await connector(to, make)
    try:
        async with asyncio.timeout(to.limit):
            return await connector(to, make)
    except OSError as error:  # TimeoutError is one of its kinds
        raise NoConnection(_failure(error, to)) from error


Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def open_stream(
    to: Endpoint, connector: Connector = direct, octets: int = STREAM_OCTETS
) -> Streams:
    """Return a connection to an endpoint as streams, with lines of at most `octets` octets.

    Raises:
        NoConnection: there is none within the limit.
    """
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(octets, loop)
    made = asyncio.StreamReaderProtocol(reader, loop=loop)
    transport, _ = await connect(to, lambda: made, connector)
    return reader, asyncio.StreamWriter(transport, made, reader, loop)


def _failure(error: OSError, to: Endpoint) -> Failure:
    """Return how an error reads: the one place where those of connecting are read."""
    if why := nobodys(to.address):
        return Failure(Outcome.FAILED, why)
    if error.errno is None and isinstance(error, TimeoutError):
        return Failure(Outcome.TIMED_OUT, f"no answer within {to.limit:g}s", to.limit)
    if error.errno is not None and error.errno in FAILURES:
        return FAILURES[error.errno]
    if to.bind is None and error.errno == errno.EADDRNOTAVAIL:
        return Failure(Outcome.UNREACHABLE, "this machine has no address of this family")
    if to.bind is not None and error.errno in (None, errno.EADDRNOTAVAIL):
        wrong = "of a different family" if error.errno is None else "not an address of this machine"
        return Failure(Outcome.FAILED, f"the source address {to.bind[0]} is {wrong}")
    return Failure(Outcome.FAILED, loss_reason(error))
