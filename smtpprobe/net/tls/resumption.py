"""Tests whether a server resumes TLS sessions: makes one, and offers it on a second connection.

With `ssl` over memory BIOs, as `ssl` can keep a session. The server's certificate is not verified.
With TLS 1.3 tickets come behind the handshake, so the answer to EHLO is waited for.
"""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass

from smtpprobe.net.connect import Streams
from smtpprobe.net.tls.context import liberal_context
from smtpprobe.net.tls.handshake_failures import failure_reason
from smtpprobe.net.tls.hello_probe import Asked, Line, connected

NEWEST = {"TLSv1.2": ssl.TLSVersion.TLSv1_2, "TLSv1.3": ssl.TLSVersion.TLSv1_3}
"""The versions that are tried."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """The result: `resumed` is None where it is unknown, and `reason` why.

    `by` is what the server gave for it: `ticket`, `session id`, or nothing. `asked` is False where
    it was not tried; `before_tls` means that it ended before, and `code` is that of a refusal.
    """

    resumed: bool | None = None
    by: str = ""
    reason: str = ""
    code: int = 0
    asked: bool = True
    before_tls: bool = False


class Resumption:
    """One server and version of TLS; `first` makes a session, `again` offers it."""

    def __init__(self, line: Line, name: str | None, version: str) -> None:
        self._line, self._name, self._version = line, name, version
        self._context = liberal_context()
        self._context.maximum_version = NEWEST[version]
        self._session: ssl.SSLSession | None = None
        self._silent = False

    async def first(self) -> Resumed | None:
        """Make a session; None when the server gave something to resume it by."""
        session = await self._handshake(None)
        if isinstance(session, Resumed):
            return session
        kept = session.session
        if session.version() != self._version:
            return Resumed(reason=f"{session.version()} was agreed on")
        if kept is not None and (kept.has_ticket or (self._version == "TLSv1.2" and kept.id)):
            self._session = kept
            return None
        if self._silent:
            return Resumed(reason=f"no answer in TLS within {self._line.limit:g}s")
        return Resumed(resumed=False)

    async def again(self) -> Resumed:
        """Offer the session that was made."""
        assert self._session is not None
        by = "ticket" if self._session.has_ticket else "session id"
        session = await self._handshake(self._session)
        if isinstance(session, Resumed):
            return session
        return Resumed(resumed=bool(session.session_reused), by=by)

    async def _handshake(self, kept: ssl.SSLSession | None) -> ssl.SSLObject | Resumed:
        """Return the TLS session after a reply to EHLO in it, or why there is none."""
        async with connected(self._line) as found:
            if isinstance(found, Asked):
                return Resumed(reason=found.reason, code=found.code, before_tls=True)
            incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
            session = self._context.wrap_bio(
                incoming, outgoing, server_hostname=self._name, session=kept
            )
            try:
                async with asyncio.timeout(self._line.limit):
                    await _through(found, session, incoming, outgoing)
                if kept is None and self._version == "TLSv1.3":
                    await self._until_tickets(found, session, incoming, outgoing)
            except (OSError, EOFError) as error:
                return Resumed(reason=failure_reason(error, self._line.limit))
            return session

    async def _until_tickets(
        self,
        streams: Streams,
        session: ssl.SSLObject,
        incoming: ssl.MemoryBIO,
        outgoing: ssl.MemoryBIO,
    ) -> None:
        """Read until something is answered in TLS: tickets come before it."""
        try:
            async with asyncio.timeout(self._line.limit):
                await _greet(self._line, streams, session, incoming, outgoing)
        except TimeoutError:
            self._silent = True


async def _through(
    streams: Streams, session: ssl.SSLObject, incoming: ssl.MemoryBIO, outgoing: ssl.MemoryBIO
) -> None:
    """Do the handshake."""
    while True:
        try:
            session.do_handshake()
        except ssl.SSLWantReadError:
            streams[1].write(outgoing.read())
            await _more(streams, incoming)
        else:
            streams[1].write(outgoing.read())
            return


async def _greet(
    line: Line,
    streams: Streams,
    session: ssl.SSLObject,
    incoming: ssl.MemoryBIO,
    outgoing: ssl.MemoryBIO,
) -> None:
    """Send EHLO, or with implicit TLS nothing, and read until something is answered."""
    if not line.implicit_tls:
        session.write(f"EHLO {line.client}\r\n".encode("ascii", "replace"))
        streams[1].write(outgoing.read())
    while True:
        try:
            session.read(4096)
        except ssl.SSLWantReadError:
            await _more(streams, incoming)
        else:
            return


async def _more(streams: Streams, incoming: ssl.MemoryBIO) -> None:
    data = await streams[0].read(65536)
    if not data:
        raise ConnectionResetError
    incoming.write(data)
