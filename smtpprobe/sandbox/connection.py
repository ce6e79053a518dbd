"""One client of the sandbox: passes its octets to the handler, performs the actions in order."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from typing import TYPE_CHECKING, assert_never

from smtpprobe.protocol.transport.proxy_header import MisreadError
from smtpprobe.sandbox.announcement import header_from
from smtpprobe.sandbox.client_certificate import certified_name
from smtpprobe.sandbox.framing import Framing
from smtpprobe.sandbox.handler import (
    Accept,
    Act,
    Drip,
    HangUp,
    Heard,
    Miss,
    Patience,
    Say,
    Upgrade,
    Wait,
)
from smtpprobe.sandbox.notices import Note, NoteKind, OnNote
from smtpprobe.sandbox.practice.replies import reply
from smtpprobe.sandbox.practice.state import DOMAIN

if TYPE_CHECKING:
    from smtpprobe.sandbox.handler import Delivery, Handler

UNREAD_OCTETS = 131072
"""Above this the socket is not read until what has come is used."""

HANDSHAKE_SECONDS = 30.0
HEADER_SECONDS = 5.0
FAREWELL_SECONDS = 2.0
"""How long a client may take to close after us."""

TOO_MANY = reply(421, "4.7.0", f"{DOMAIN} Error: too many connections").octets
"""The reply to one client too many."""


class Connection(asyncio.Protocol):
    """Serves one client until either side closes."""

    def __init__(
        self,
        number: int,
        *,
        handler: Handler,
        context: ssl.SSLContext,
        idle_seconds: float,
        on_note: OnNote,
        on_made: Callable[[Connection], None],
        announced: bool = False,
    ) -> None:
        self._number = number
        self._handler = handler
        self._context = context
        self._idle_seconds = idle_seconds
        self._on_note = on_note
        self._on_made = on_made
        self._announced = announced
        self._framing = Framing()
        self._transport: asyncio.Transport | None = None
        self._arrived = asyncio.Event()
        self._writable = asyncio.Event()
        self._lost = asyncio.Event()
        self._ended = False
        self._speaking = False
        self._writable.set()

    # called by asyncio

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport and begin; nothing is read before it is asked for."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.pause_reading()
        asyncio.get_running_loop().call_soon(_pause_again, transport)
        self._on_made(self)

    def data_received(self, data: bytes) -> None:
        """Buffer input; stop reading when there is too much of it."""
        self._framing.feed(data)
        if self._transport is not None and len(self._framing) > UNREAD_OCTETS:
            self._transport.pause_reading()
        self._arrived.set()

    def eof_received(self) -> bool:
        """The client has ended its side: answer what it sent, then close."""
        self._ended = True
        self._arrived.set()
        # asyncio keeps no TLS connection half open
        return not self._secure

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing can be said any more."""
        del exc
        self._ended = True
        self._arrived.set()
        self._writable.set()
        self._lost.set()

    def pause_writing(self) -> None:
        """The client does not read: wait before saying more."""
        self._writable.clear()

    def resume_writing(self) -> None:
        """The client reads again."""
        self._writable.set()

    def turn_away(self) -> None:
        """Close at once, with a reply that says why where the client can read it."""
        assert self._transport is not None
        # to one that waits for a handshake it would be noise
        if not self._handler.implicit_tls:
            self._put(TOO_MANY)
        self._close()

    # the session

    async def run(self) -> None:
        """Speak until the session ends; return when the connection is gone."""
        assert self._transport is not None
        client, port, *_ = self._transport.get_extra_info("peername") or ("", 0)
        self._tell(NoteKind.OPENED, f"{self._handler.about} from {client} port {port}")
        try:
            if self._announced:
                client = await self._client_named(client)
            if not self._handler.implicit_tls or await self._upgrade():
                await self._converse(client)
            self._close()
            # close() sends what is still to go; abort() at once would cut off the last reply
            async with asyncio.timeout(FAREWELL_SECONDS):
                await self._lost.wait()
        except TimeoutError:
            pass
        except asyncio.CancelledError:
            # inside a handshake a reply in clear would break it
            if self._speaking:
                self._put(self._handler.farewell)
            raise
        finally:
            self._transport.abort()
            self._tell(NoteKind.CLOSED, "")

    async def _client_named(self, client: str) -> str:
        """Take the PROXY header off; return the client it names.

        Raises:
            TimeoutError: there is none, and the connection has to end.
        """
        assert self._transport is not None
        try:
            async with asyncio.timeout(HEADER_SECONDS):
                found = await header_from(self._transport.get_extra_info("socket"))
        except MisreadError as error:
            self._tell(NoteKind.DROPPED, f"no PROXY header: {error}")
            raise TimeoutError from error
        except TimeoutError:
            self._tell(NoteKind.DROPPED, f"no PROXY header within {HEADER_SECONDS:g}s")
            raise
        named = found.client
        self._tell(NoteKind.OPENED, f"PROXY header: client {named or 'not named'}")
        return client if named is None else named.address

    async def _converse(self, client: str) -> None:
        self._speaking = True
        acts = self._handler.greet(client, tls=self._secure)
        while await self._perform(acts):
            acts = await self._next_acts()

    async def _next_acts(self) -> tuple[Act, ...]:
        clock = asyncio.get_running_loop().time
        while (acts := self._handler.hear(self._framing, clock())) is None:
            if not await self._more():
                return self._handler.idle() if not self._ended else (HangUp(),)
        return acts

    async def _more(self) -> bool:
        """Wait for more octets; False when there will be none, or none for too long."""
        assert self._transport is not None
        if self._ended:
            return False
        self._arrived.clear()
        if len(self._framing) <= UNREAD_OCTETS:
            self._transport.resume_reading()
        try:
            async with asyncio.timeout(self._patience):
                await self._arrived.wait()
        except TimeoutError:
            return False
        return True

    async def _perform(self, acts: tuple[Act, ...]) -> bool:
        """Do what a turn asks for, in order; False once the session is over."""
        for act in acts:
            if self._lost.is_set() or not await self._do(act):
                return False
        return True

    async def _do(self, act: Act) -> bool:
        match act:
            case Say(octets):
                return await self._say(octets)
            case Drip(octets, every):
                await self._drip(octets, every)
            case Wait(seconds):
                await asyncio.sleep(seconds)
            case Patience(seconds):
                self._idle_seconds = seconds
            case Heard(text):
                self._tell(NoteKind.HEARD, text)
            case Miss(text):
                self._tell(NoteKind.MISSED, text)
            case Accept(delivery):
                self._tell(NoteKind.ACCEPTED, f"queued as {delivery.queue_id}", delivery)
            case Upgrade(keep):
                return await self._upgrade(keep=keep)
            case HangUp():
                return False
            case _:
                assert_never(act)
        return True

    async def _say(self, octets: bytes) -> bool:
        """Send a reply; False when the client has not read for too long."""
        assert self._transport is not None
        self._tell(NoteKind.SAID, octets.decode("utf-8", "surrogateescape"))
        self._put(octets)
        try:
            async with asyncio.timeout(self._idle_seconds):
                await self._writable.wait()
        except TimeoutError:
            self._transport.abort()
            return False
        return True

    async def _drip(self, octets: bytes, every: float) -> None:
        self._tell(NoteKind.SAID, octets.decode("utf-8", "surrogateescape"))
        for octet in octets:
            if self._lost.is_set():
                return
            self._put(bytes((octet,)))
            await asyncio.sleep(every)

    def _put(self, octets: bytes) -> None:
        """Write octets, unless the client or we have closed."""
        assert self._transport is not None
        if not self._transport.is_closing():
            self._transport.write(octets)

    def _close(self) -> None:
        """Close once: a TLS transport closed twice fails at whatever it is asked for next."""
        assert self._transport is not None
        if not self._transport.is_closing():
            self._transport.close()

    async def _upgrade(self, *, keep: bool = False) -> bool:
        """Do the handshake; what follows STARTTLS in clear is dropped (RFC 3207 4.2)."""
        assert self._transport is not None
        self._transport.pause_reading()
        if not keep and (dropped := self._framing.drop()):
            count = len(dropped)
            self._tell(NoteKind.DROPPED, f"{count} octets sent in plaintext after STARTTLS")
        self._speaking = False
        loop = asyncio.get_running_loop()
        try:
            transport = await loop.start_tls(
                self._transport, self, self._context, server_side=True,
                ssl_handshake_timeout=HANDSHAKE_SECONDS,
            )  # fmt: skip
        except (OSError, ssl.SSLError) as error:
            self._tell(NoteKind.NOT_SECURED, str(error))
            return False
        assert transport is not None
        self._transport = transport
        self._speaking = True
        session = transport.get_extra_info("ssl_object")
        certified = certified_name(session.getpeercert())
        self._handler.secured(getattr(session, "exporter", b""), certified)
        self._tell_tls()
        return True

    @property
    def _patience(self) -> float:
        patience = self._handler.patience
        return self._idle_seconds if patience is None else patience

    @property
    def _secure(self) -> bool:
        return self._transport is not None and self._transport.get_extra_info("cipher") is not None

    def _tell_tls(self) -> None:
        assert self._transport is not None
        session = self._transport.get_extra_info("ssl_object")
        certified = certified_name(session.getpeercert())
        whose = "" if certified is None else f", client certificate of {certified or 'nobody'}"
        cipher = self._transport.get_extra_info("cipher")[0]
        self._tell(NoteKind.SECURED, f"{session.version()} {cipher}{whose}")

    def _tell(self, kind: NoteKind, text: str, delivery: Delivery | None = None) -> None:
        self._on_note(Note(self._number, kind, text, delivery))


def _pause_again(transport: asyncio.Transport) -> None:
    """Have a transport that was paused as it was made really read nothing.

    Early releases of Python 3.11 begin to read behind connection_made, paused or not.
    """
    if not transport.is_closing() and not transport.is_reading():
        transport.resume_reading()
        transport.pause_reading()
