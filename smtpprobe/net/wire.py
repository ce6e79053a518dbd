r"""The octets of one connection: aiosmtplib's protocol for the transport, the program's own parser.

`Wire` hands on every reply as it becomes whole, asked for or not, and pairs nothing: that is the
session's work. What becomes of octets that come is its `Flow`:

    HELD     kept in the inbox; past HELD_OCTETS the socket is not read
    OPEN     parsed and handed on, in portions, so that other tasks run
    ASKED    the same, until the reply to STARTTLS comes
    SHAKING  TLS's own: the handshake reads the transport, and starts and stops it
    ENDED    dropped: no callback is called any more

    HELD ----release()----> OPEN <---another answer--- ASKED
      ^                      |  \-----secure(typed)------^ |
      |                      |                             |
      |      secure() at once, also from HELD          220 |
      |                      |                             |
      |                      v                             |
      +--over, or failed-- SHAKING <-----------------------+

    any of them --forget(), or the loss told--> ENDED

The loss of a connection is reported after all input, so it waits while the wire holds. Apart from
the flow there are a wish and a duty: `pause()` stops the reading in any state but SHAKING, and
what is left of a portion is handed on in a later turn of the loop.

Plaintext found behind the 220 is kept apart as `leftover` and never mixes with what comes inside
TLS. A record of TLS found there (an alert of a server that was sent octets behind STARTTLS) is
`early`, and belongs to the handshake.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import Enum
from typing import cast

from aiosmtplib.errors import (
    SMTPResponseException,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)
from aiosmtplib.protocol import SMTPProtocol
from aiosmtplib.response import SMTPResponse

from smtpprobe.net.tls.handshake_failures import PlaintextError
from smtpprobe.protocol.implicit_tls import is_record
from smtpprobe.protocol.reply import Reply, ReplyLine, ReplyParser

HELD_OCTETS = 1 << 20
"""How much may wait while the wire holds; past it the socket is not read."""

READ_OCTETS = 1 << 14
"""How much is read from the socket at once: a record of TLS."""

TURN_OCTETS, TURN_LINES = 1 << 16, 200
"""How much is parsed before other tasks run."""

GO_AHEAD = SMTPResponse(220, "")


class Flow(Enum):
    """What becomes of octets that come; the diagram is above."""

    HELD = "held"
    OPEN = "open"
    ASKED = "asked"
    SHAKING = "shaking"
    ENDED = "ended"


HANDING_ON = (Flow.OPEN, Flow.ASKED)

_AFTER_UPGRADE = {Flow.SHAKING: Flow.HELD, Flow.ASKED: Flow.OPEN}


class Upgrade:
    """A STARTTLS under way: the octets to send (none: the handshake comes at once), its answer.

    `before` counts the replies that come before that answer.
    """

    def __init__(self, typed: bytes, answer: asyncio.Future[Reply | None], before: int = 0) -> None:
        self.typed, self.answer, self.before = typed, answer, before


class Wire(SMTPProtocol, asyncio.BufferedProtocol):
    """One connection. Make it inside a running loop, as the factory of a transport.

    `on_reply` gets each reply, `on_lost` the exception that ended the connection (None for an
    orderly end), once; `on_line` is called when whole lines came of a reply that is not whole yet.
    They are called from the event loop and must not block.
    """

    def __init__(
        self,
        on_reply: Callable[[Reply], None],
        on_lost: Callable[[Exception | None], None],
        on_line: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(loop=asyncio.get_running_loop())
        self.leftover = b""
        self.early = b""
        self._reader = on_reply
        self._mourner = on_lost
        self._lines_came = on_line or _nothing
        self._parser = ReplyParser()
        self._inbox = bytearray()
        self._room = memoryview(bytearray(READ_OCTETS))
        self._flow = Flow.HELD
        self._upgrade: Upgrade | None = None
        self._stopped = False  # not `_paused`: that is asyncio's own, for writing
        self._turn_is_due = False
        self._sent_close_notify = False
        self._gone = asyncio.Event()
        self._error: Exception | None = None
        """The error that ended the connection, if any."""
        self._writable = asyncio.Event()
        self._writable.set()

    @property
    def pending(self) -> bytes:
        """The octets of an unfinished reply."""
        return self._parser.pending

    @property
    def pending_octets(self) -> int:
        """How many octets of an unfinished reply have come."""
        return self._parser.pending_octets

    @property
    def unfinished(self) -> Sequence[ReplyLine]:
        """The whole lines of an unfinished reply."""
        return self._parser.unfinished

    @property
    def unsent_octets(self) -> int:
        """How many octets the transport still keeps, because the server does not take them."""
        if isinstance(self.transport, asyncio.WriteTransport):
            return self.transport.get_write_buffer_size()
        return 0

    @property
    def holding(self) -> bool:
        """Whether what comes is kept until `release`."""
        return self._flow in (Flow.HELD, Flow.SHAKING)

    @property
    def addresses(self) -> tuple[str, str]:
        """The peer's and the own `address:port`; both empty for a UNIX socket."""
        return self._address("peername"), self._address("sockname")

    @property
    def ssl_object(self) -> ssl.SSLObject | None:
        """The TLS session on this connection, if there is one."""
        return None if self.transport is None else self.transport.get_extra_info("ssl_object")

    def get_buffer(self, _sizehint: int) -> memoryview:
        """Return where the transport puts octets.

        Without a buffer it takes 256 KiB from the system for every read, and gives them back, which
        takes several times as long as the read itself.

        After our own close_notify OpenSSL ends a read that meets the peer's with an error, and
        asyncio drops what it has put into the buffer by then. So it gets no more room than is full.
        """
        if self._sent_close_notify and self.ssl_object is not None:
            return self._room[: max(1, self.ssl_object.pending())]
        return self._room

    def buffer_updated(self, nbytes: int) -> None:
        """Take the octets that the transport has put there."""
        self.data_received(bytes(self._room[:nbytes]))

    def data_received(self, data: bytes) -> None:
        """Take octets from the server."""
        if self._flow is Flow.ENDED:
            return
        if len(data) <= TURN_LINES and self._is_free():
            self._feed(data)
            if self._is_free():
                return
        else:
            self._inbox += data
        if not self._turn_is_due:
            self._work()

    def eof_received(self) -> bool:
        """The server has closed its side: so do we (`connection_lost` follows).

        No reply can come any more, so what it has not taken yet is not waited for.
        """
        if self.unsent_octets:
            self._loop.call_soon(self.abort)
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone: hand on an unfinished reply, then the end itself."""
        super().connection_lost(exc)
        in_order = self._sent_close_notify and isinstance(exc, ssl.SSLZeroReturnError)
        self._error = None if in_order else exc
        self._gone.set()
        self._writable.set()
        if not self._turn_is_due:
            self._work()

    def pause_writing(self) -> None:
        """The transport's buffer is full: `drain` waits from now on."""
        super().pause_writing()
        self._writable.clear()

    def resume_writing(self) -> None:
        """The transport's buffer has room again."""
        super().resume_writing()
        self._writable.set()

    def write(self, data: bytes) -> None:
        """Send octets; during an upgrade the line that was typed instead of aiosmtplib's own."""
        octets = data if self._upgrade is None else self._upgrade.typed
        if octets:
            super().write(octets)

    def send(self, data: bytes) -> int:
        """Send octets outside an upgrade; return how many the transport keeps.

        To be called only while connected.
        """
        transport: asyncio.WriteTransport = self.transport  # type: ignore[assignment]
        transport.write(data)
        return transport.get_write_buffer_size()

    @contextmanager
    def unbuffered(self) -> Iterator[None]:
        """Have `drain` wait until nothing is left with the transport."""
        transport = cast("asyncio.WriteTransport", self.transport)
        # TLS calls itself full from this many octets on, TCP above it
        transport.set_write_buffer_limits(high=0 if self.ssl_object is None else 1, low=0)
        try:
            yield
        finally:
            transport.set_write_buffer_limits()

    async def drain(self) -> None:
        """Wait until the transport can take more; return at once when the connection is gone."""
        await self._writable.wait()

    async def read_response(self, timeout: float | None = None) -> SMTPResponse:  # noqa: ARG002, ASYNC109 - aiosmtplib's signature; the limit of the 220 is its caller's
        """Return the answer to the upgrade's line, for aiosmtplib's `start_tls`.

        Up to here octets are plaintext, from here on they are TLS: nothing is awaited between the
        return and the moment when the TLS layer takes over the transport.
        """
        if self._upgrade is None:
            raise SMTPServerDisconnected("replies go to the session")
        answer = GO_AHEAD
        if not self._upgrade.typed and self._inbox and not is_record(self._inbox):
            self.leftover = bytes(self._inbox)
            raise PlaintextError(ssl.SSL_ERROR_SSL, "plaintext before the handshake")
        if self._upgrade.typed:
            reply = await self._upgrade.answer
            if reply is None:
                raise SMTPServerDisconnected("closed before an answer")
            answer = SMTPResponse(-1 if reply.code is None else reply.code, reply.text)
        if answer.code == GO_AHEAD.code:
            self._shake()
            found = bytes(self._inbox)
            self.leftover, self.early = (b"", found) if is_record(found) else (found, b"")
            self._inbox.clear()
        return answer

    async def secure(
        self,
        context: ssl.SSLContext,
        name: str | None,
        limit: float,
        typed: bytes = b"",
        before: int = 0,
    ) -> bool:
        """Send the octets `typed` and, after a 220, do the TLS handshake; without them at once.

        The 220 meant is the reply that comes after `before` others. Returns False when the server
        did not answer 220 (then nothing has changed). After True the wire holds until `release`;
        `leftover` is the plaintext behind the 220, `early` what is TLS already.

        Raises:
            ssl.SSLError: the handshake failed; `PlaintextError` when there was plaintext before it.
            TimeoutError: it took longer than `limit` seconds.
            ConnectionError: the connection ended in it.
        """
        self._upgrade = Upgrade(typed, self._loop.create_future(), before)
        if typed:
            self._flow = Flow.ASKED
        try:
            await self.start_tls(context, name, limit)
        except SMTPResponseException:
            return False
        except SMTPTimeoutError as error:
            raise TimeoutError from error
        except SMTPServerDisconnected as error:
            if not self.holding:
                return False
            raise (error.__cause__ or ConnectionResetError()) from None
        finally:
            self._upgrade = None
            self._flow = _AFTER_UPGRADE.get(self._flow, self._flow)
        if self.transport is None:
            raise ConnectionAbortedError
        self._steer()
        return True

    def release(self) -> None:
        """Hand on what was held, and from now on everything as it comes."""
        if self._flow is Flow.HELD:
            self._flow = Flow.OPEN
        self._work()

    def forget(self) -> None:
        """Call no callback any more."""
        self._flow = Flow.ENDED
        self._reader, self._mourner, self._lines_came = _nobody, _nobody, _nothing
        self._inbox.clear()

    def pause(self) -> None:
        """Stop reading from the socket, and handing on what was read."""
        self._stopped = True
        self._steer()

    def resume(self) -> None:
        """Go on reading from the socket."""
        self._stopped = False
        self._work()

    async def shut(self, limit: float) -> None:
        """Close in order; past `limit` seconds at once. Returns when the socket is closed."""
        if self.transport is not None:
            self.resume()
            self.transport.close()
        try:
            async with asyncio.timeout(limit):
                await self._gone.wait()
        except TimeoutError:
            self.abort()

    def end_writing(self) -> None:
        """Close our side and go on reading: FIN, or inside TLS close_notify.

        asyncio has no half-close of TLS. OpenSSL leaves the alert in what is to go out, and asyncio
        sends that on when it reads again.
        """
        transport = cast("asyncio.Transport", self.transport)
        if self.ssl_object is None:
            transport.write_eof()
            return
        self._sent_close_notify = True
        with suppress(ssl.SSLError):  # the peer's own close_notify has not come yet
            self.ssl_object.unwrap()
        transport.pause_reading()
        transport.resume_reading()
        self._steer()

    def abort(self) -> None:
        """Close at once; unsent octets are lost."""
        if self.transport is not None:
            cast("asyncio.Transport", self.transport).abort()

    def _is_free(self) -> bool:
        """Return whether nothing waits, so that few octets can be handed on as they come."""
        return self._flow in HANDING_ON and not (
            self._inbox or self._stopped or self._gone.is_set()
        )

    def _work(self) -> None:
        """Hand on a portion of the input; the rest follows in a later turn of the loop.

        So a flood of short lines cannot stop the event loop, and with it the prompt.
        """
        self._turn_is_due = False
        if not self.holding and not self._stopped:
            end = portion_end(self._inbox)
            data = bytes(self._inbox[:end])
            del self._inbox[:end]
            self._feed(data)
            self._follow_up()
        self._steer()

    def _follow_up(self) -> None:
        if self.holding:
            return
        if self._inbox:
            self._turn_is_due = True
            self._loop.call_soon(self._work)
        elif self._gone.is_set():
            self._bury()

    def _feed(self, data: bytes) -> None:
        replies = self._parser.feed(data)
        for number, reply in enumerate(replies, 1):
            if self._upgrade is not None and self._is_answer(reply, self._upgrade):
                self._answer(reply, self._upgrade, replies[number:])
                return
            self._reader(reply)
        if self._parser.unfinished:
            self._lines_came()

    def _is_answer(self, reply: Reply, upgrade: Upgrade) -> bool:
        if self._flow is not Flow.ASKED or reply.piece:
            return False
        upgrade.before -= 1
        return upgrade.before < 0

    def _answer(self, reply: Reply, upgrade: Upgrade, behind: list[Reply]) -> None:
        """Hand on the reply to STARTTLS; whatever follows a 220 is held."""
        if not upgrade.answer.done():  # who waited for it was cancelled
            upgrade.answer.set_result(reply)
        self._flow = Flow.OPEN
        if reply.code == GO_AHEAD.code:
            self._shake(b"".join(other.raw for other in behind))
            behind = []
        for each in (reply, *behind):
            self._reader(each)

    def _shake(self, behind: bytes = b"") -> None:
        """From now on keep what comes; what was parsed too far goes back."""
        self._inbox[:0] = behind + self._parser.pending
        self._parser = ReplyParser()
        self._flow = Flow.SHAKING

    def _bury(self) -> None:
        """Report the end: an unfinished reply, then the loss."""
        cut_off = self._parser.close()
        if cut_off is not None:
            self._reader(cut_off)
        self._mourner(self._error)
        self.forget()
        if self._upgrade is not None and not self._upgrade.answer.done():
            self._upgrade.answer.set_result(None)

    def _steer(self) -> None:
        if self._flow is Flow.SHAKING:
            return  # the handshake itself stops and starts the transport
        transport = self.transport
        if isinstance(transport, asyncio.ReadTransport) and not transport.is_closing():
            room = HELD_OCTETS if self._flow is Flow.HELD else 0
            if self._stopped or len(self._inbox) > room:
                transport.pause_reading()
            else:
                transport.resume_reading()

    def _address(self, key: str) -> str:
        found = None if self.transport is None else self.transport.get_extra_info(key)
        if not isinstance(found, tuple):
            return ""
        host, port = found[0], found[1]
        return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def portion_end(octets: bytearray) -> int:
    """Return how many octets to parse at once, bounded by octets and lines."""
    end = min(len(octets), TURN_OCTETS)
    position = 0
    for _ in range(TURN_LINES):
        newline = octets.find(b"\n", position, end)
        if newline < 0:
            return end
        position = newline + 1
    return position


def _nothing() -> None:
    """Do nothing."""


def _nobody(_: object) -> None:
    """Discard input that is no longer wanted."""
