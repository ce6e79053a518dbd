"""One client of the practice server: its octets in, the session's acts carried out in order."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from typing import TYPE_CHECKING, assert_never

from smtpprobe.protocol.redact import masked
from smtpprobe.sandbox.acts import Accept, Act, Drip, HangUp, Patience, Say, Upgrade, Wait
from smtpprobe.sandbox.framing import Framing, Line
from smtpprobe.sandbox.hello import greeting
from smtpprobe.sandbox.notes import Note, NoteKind, OnNote
from smtpprobe.sandbox.replies import reply
from smtpprobe.sandbox.session import answer, idle, next_unit, read
from smtpprobe.sandbox.talk import DOMAIN, House, Service, Talk, Turn

if TYPE_CHECKING:
    from smtpprobe.sandbox.acts import Delivery

UNREAD_OCTETS = 131072
"""Above this the socket is not read until what has come is used."""

HANDSHAKE_SECONDS = 30.0
FAREWELL_SECONDS = 2.0
"""How long a client may take to close after us."""

TOO_MANY = reply(421, "4.7.0", f"{DOMAIN} Error: too many connections").octets
SHUTTING_DOWN = reply(421, "4.3.2", f"{DOMAIN} Service not available, shutting down").octets
"""What is said when the server ends under a client (RFC 5321 3.8)."""


class Connection(asyncio.Protocol):
    """Speaks with one client until either side has had enough."""

    def __init__(
        self,
        number: int,
        *,
        service: Service,
        house: Callable[[Service, str], House],
        context: ssl.SSLContext,
        idle_seconds: float,
        on_note: OnNote,
        on_made: Callable[[Connection], None],
    ) -> None:
        self._number = number
        self._service = service
        self._house_for = house
        self._context = context
        self._idle_seconds = idle_seconds
        self._on_note = on_note
        self._on_made = on_made
        self._framing = Framing()
        self._transport: asyncio.Transport | None = None
        self._arrived = asyncio.Event()
        self._writable = asyncio.Event()
        self._lost = asyncio.Event()
        self._ended = False
        self._speaking = False
        self._writable.set()

    # what asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport and begin; nothing is read before it is asked for."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.pause_reading()
        self._on_made(self)

    def data_received(self, data: bytes) -> None:
        """Keep what came; stop reading when it becomes too much."""
        self._framing.feed(data)
        if self._transport is not None and len(self._framing) > UNREAD_OCTETS:
            self._transport.pause_reading()
        self._arrived.set()

    def eof_received(self) -> bool:
        """The client has ended its side: answer what it sent, then close."""
        self._ended = True
        self._arrived.set()
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
        """Close at once, saying why to those who would understand it."""
        assert self._transport is not None
        if not self._service.implicit_tls:
            self._transport.write(TOO_MANY)
        self._transport.close()

    # the session

    async def run(self) -> None:
        """Speak until the session ends; return when the connection is gone."""
        assert self._transport is not None
        client, port, *_ = self._transport.get_extra_info("peername") or ("", 0)
        self._tell(NoteKind.OPENED, f"{self._service.value} from {client} port {port}")
        try:
            if not self._service.implicit_tls or await self._upgrade():
                await self._converse(self._house_for(self._service, client))
            self._transport.close()
            async with asyncio.timeout(FAREWELL_SECONDS):
                await self._lost.wait()
        except TimeoutError:
            pass
        except asyncio.CancelledError:
            if self._speaking:
                self._transport.write(SHUTTING_DOWN)
            raise
        finally:
            self._transport.abort()
            self._tell(NoteKind.CLOSED, "")

    async def _converse(self, house: House) -> None:
        clock = asyncio.get_running_loop().time
        self._speaking = True
        turn = greeting(house.service, tls=self._secure)
        while await self._perform(turn.acts):
            turn = await self._next_turn(turn.talk, house, clock)

    async def _next_turn(self, talk: Talk, house: House, clock: Callable[[], float]) -> Turn:
        while (unit := next_unit(self._framing, talk)) is None:
            if not await self._more():
                return idle(talk) if not self._ended else Turn(talk, (HangUp(),))
        if isinstance(unit, Line):
            self._tell(NoteKind.HEARD, masked(read(talk, unit.raw)).text)
        return answer(talk, unit, house, clock())

    async def _more(self) -> bool:
        """Wait for more octets; False when there will be none, or none for too long."""
        assert self._transport is not None
        if self._ended:
            return False
        self._arrived.clear()
        if len(self._framing) <= UNREAD_OCTETS:
            self._transport.resume_reading()
        try:
            async with asyncio.timeout(self._idle_seconds):
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
            case Accept(delivery):
                self._tell(NoteKind.ACCEPTED, f"queued as {delivery.queue_id}", delivery)
            case Upgrade():
                return await self._upgrade()
            case HangUp():
                return False
            case _:
                assert_never(act)
        return True

    async def _say(self, octets: bytes) -> bool:
        """Send a reply; False when the client has not read for too long."""
        assert self._transport is not None
        self._tell(NoteKind.SAID, octets.decode("utf-8", "surrogateescape"))
        self._transport.write(octets)
        try:
            async with asyncio.timeout(self._idle_seconds):
                await self._writable.wait()
        except TimeoutError:
            self._transport.abort()
            return False
        return True

    async def _drip(self, octets: bytes, every: float) -> None:
        assert self._transport is not None
        self._tell(NoteKind.SAID, octets.decode("utf-8", "surrogateescape"))
        for octet in octets:
            self._transport.write(bytes((octet,)))
            await asyncio.sleep(every)

    async def _upgrade(self) -> bool:
        """Do the handshake; what came in clear behind STARTTLS is dropped (RFC 3207 4.2)."""
        assert self._transport is not None
        self._transport.pause_reading()
        if dropped := self._framing.drop():
            count = len(dropped)
            self._tell(NoteKind.DROPPED, f"{count} octets sent in clear behind STARTTLS")
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
        self._tell_tls()
        return True

    @property
    def _secure(self) -> bool:
        return self._transport is not None and self._transport.get_extra_info("cipher") is not None

    def _tell_tls(self) -> None:
        assert self._transport is not None
        version = self._transport.get_extra_info("ssl_object").version()
        self._tell(NoteKind.SECURED, f"{version} {self._transport.get_extra_info('cipher')[0]}")

    def _tell(self, kind: NoteKind, text: str, delivery: Delivery | None = None) -> None:
        self._on_note(Note(self._number, kind, text, delivery))
