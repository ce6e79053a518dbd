"""Connections through a proxy: SOCKS5 by python-socks, HTTP CONNECT by h11.

What goes wrong is told by hop: either the proxy failed (not reached, no proxy, its own refusal), or
it could not reach the server, as it says itself. Nothing here is ever said of the server.

python-socks has CONNECT as well, but reads the answer in one piece: an answer in two pieces, or a
greeting right behind it, would be lost or mistaken, and in SMTP the server talks first.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable
from typing import TypeVar

import h11

from smtpprobe.errors import UsageError
from smtpprobe.net.connect import Endpoint, NoConnection, connect, over
from smtpprobe.net.os_errors import Failure, loss_reason
from smtpprobe.protocol.attempts import Outcome
from smtpprobe.protocol.transport.proxy import Proxy, ProxyKind

Made = TypeVar("Made", bound=asyncio.BaseProtocol)

MOST_HEADER = 1 << 14
"""How many octets the answer to CONNECT may have."""

MOST_ANSWERS = 10
"""How many answers of 1xx may come before the one that counts."""

_REACHES_NOT = frozenset({1, 3, 4, 5, 6})
"""Replies of SOCKS5 about the server, not about the client's right (RFC 1928 6)."""

_NOT_ALLOWED = 2

_BAD_GATEWAY = frozenset({500, 502, 503, 504})
_WANTS_LOGIN = 407


class Proxied:
    """The way through a proxy; a `Connector` that keeps the limit itself, to name the hop."""

    names_hops = True

    def __init__(self, proxy: Proxy) -> None:
        self._proxy = proxy

    async def __call__(
        self, to: Endpoint, make: Callable[[], Made], /
    ) -> tuple[asyncio.Transport, Made]:
        """Return the transport to an endpoint through the proxy.

        Raises:
            NoConnection: there is none; its words name the hop.
            UsageError: the proxy cannot be asked for this, or not on this machine.
        """
        if to.port is None:
            raise UsageError(f"{to.address}: no proxy leads to a UNIX socket", "omit --proxy")
        _check_name(to.address)
        try:
            async with asyncio.timeout(to.limit):
                if self._proxy.kind is ProxyKind.HTTP:
                    return await self._connect_http(to, make)
                return await self._connect_socks(to, to.port, make)
        except TimeoutError:
            raise _failed(f"no answer within {to.limit:g}s", to.limit) from None
        except OSError as error:
            raise _failed(loss_reason(error)) from error

    async def _connect_socks(
        self, to: Endpoint, port: int, make: Callable[[], Made]
    ) -> tuple[asyncio.Transport, Made]:
        try:
            from python_socks import (  # noqa: PLC0415 - an extra
                ProxyConnectionError,
                ProxyError,
                ProxyType,
            )
            from python_socks.async_.asyncio import Proxy as Socks  # noqa: PLC0415
        except ImportError:
            raise UsageError(
                "SOCKS5 needs python-socks, which is not installed",
                "pip install 'smtpprobe[proxy]'",
            ) from None
        proxy = self._proxy
        socks = Socks(
            ProxyType.SOCKS5,
            proxy.host,
            proxy.port,
            proxy.user or None,
            proxy.password or None,
            proxy.resolves,
        )
        try:
            made = await socks.connect(to.address, port, timeout=to.limit, local_addr=to.bind)
        except ProxyConnectionError as error:
            cause = error.__cause__ if isinstance(error.__cause__, OSError) else error
            raise _failed(f"cannot connect to it: {loss_reason(cause)}") from error
        except ProxyError as error:
            raise _said(error.error_code, str(error)) from error
        except (ValueError, AssertionError) as error:  # what was asked has been checked before
            raise _failed(f"it does not answer in SOCKS5: {error}") from error
        return await over(made, make)

    async def _connect_http(
        self, to: Endpoint, make: Callable[[], Made]
    ) -> tuple[asyncio.Transport, Made]:
        proxy = self._proxy
        there = to._replace(address=proxy.host, port=proxy.port)
        try:
            transport, asking = await connect(there, _Asking)
        except NoConnection as no:
            words = f"{no.outcome.value}{': ' if no.reason else ''}{no.reason}"
            raise _failed(f"cannot connect to it: {words}", no.within) from no
        try:
            leftover = await asking.ask(_authority(to), proxy)
            made = make()
            transport.set_protocol(made)
            made.connection_made(transport)
            if leftover and isinstance(made, asyncio.Protocol):
                made.data_received(leftover)
            transport.resume_reading()
        except BaseException:
            transport.abort()
            raise
        return transport, made


class _Asking(asyncio.Protocol):
    """Asks an HTTP proxy, and reads not one octet more than it has answered."""

    def __init__(self) -> None:
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=MOST_HEADER)
        self._answer: asyncio.Future[h11.Response] = asyncio.get_running_loop().create_future()
        self._transport: asyncio.Transport | None = None
        self._began = b""
        self._answers = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    async def ask(self, authority: str, proxy: Proxy) -> bytes:
        """Ask for a connection; return what came behind the answer.

        Raises:
            NoConnection: there is none.
        """
        assert self._transport is not None
        headers = [("Host", authority), ("User-Agent", "smtpprobe")]
        if proxy.user:
            login = base64.b64encode(f"{proxy.user}:{proxy.password}".encode()).decode()
            headers.append(("Proxy-Authorization", f"Basic {login}"))
        request = h11.Request(method="CONNECT", target=authority, headers=headers)
        for part in (request, h11.EndOfMessage()):
            self._transport.write(self._http.send(part) or b"")
        answer = await self._answer
        status, phrase = answer.status_code, answer.reason.decode("ascii", "replace")
        if 200 <= status < 300:
            return self._http.trailing_data[0]
        raise _answered(status, f"{status} {phrase}".strip(), logged_in=bool(proxy.user))

    def data_received(self, data: bytes) -> None:
        if self._answer.done():
            return
        self._began = (self._began + data)[:_FIRST_LINE]
        if self._began[: len(_HTTP)] != _HTTP[: len(self._began)]:
            self._refuse(f"it does not answer in HTTP: {_line(self._began)}")
            return
        try:
            self._http.receive_data(data)
            while isinstance(event := self._http.next_event(), h11.InformationalResponse):
                self._answers += 1
                if self._answers > MOST_ANSWERS:
                    self._refuse(f"{self._answers} answers of 1xx, and none that counts")
                    return
        except h11.RemoteProtocolError as error:
            self._refuse(f"its answer is malformed HTTP: {error}")
            return
        if isinstance(event, h11.Response):
            assert self._transport is not None
            self._transport.pause_reading()
            self._answer.set_result(event)

    def eof_received(self) -> bool:
        self._refuse("it closed the connection before it answered")
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self._refuse(loss_reason(exc) or "it closed the connection before it answered")

    def _refuse(self, reason: str) -> None:
        if not self._answer.done():
            self._answer.set_exception(_failed(reason))


_HTTP = b"HTTP/"
_FIRST_LINE = 60
"""How much of an answer that is none is shown."""


def _line(octets: bytes) -> str:
    return octets.partition(b"\n")[0].strip().decode("utf-8", "backslashreplace")


def _authority(to: Endpoint) -> str:
    host = f"[{to.address}]" if ":" in to.address else to.address
    return f"{host}:{to.port}"


def _check_name(name: str) -> None:
    try:
        name.encode("idna")
    except UnicodeError as error:
        raise UsageError(f"{name}: no proxy can be asked for this name: {error}") from None


def _failed(reason: str, within: float | None = None) -> NoConnection:
    return NoConnection(Failure(Outcome.PROXY_FAILED, reason, within))


def _said(code: int | None, words: str) -> NoConnection:
    """Return what a SOCKS proxy said: of the server, or of itself (RFC 1928 6)."""
    told = words[:1].lower() + words[1:]
    if code in _REACHES_NOT:
        return NoConnection(Failure(Outcome.BEHIND_PROXY, f"it says: {told}"))
    if code == _NOT_ALLOWED:
        return _failed("its rules do not allow this connection")
    return _failed(told)


def _answered(status: int, words: str, *, logged_in: bool) -> NoConnection:
    """Return what an HTTP proxy said: of the server, or of itself (RFC 9110 15)."""
    if status in _BAD_GATEWAY:
        return NoConnection(Failure(Outcome.BEHIND_PROXY, f"it says: {words}"))
    if status == _WANTS_LOGIN:
        wrong = "it refuses the user name or password"
        return _failed(
            wrong if logged_in else "it wants a user name and password (USER@ in --proxy)"
        )
    return _failed(f"it refuses to connect: {words}")
