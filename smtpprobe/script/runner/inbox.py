"""What has come from a client and has not been looked at yet, with waiting and back-pressure."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from smtpprobe.client import Client
from smtpprobe.protocol.events import Closed, Opened, Received, Secured
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.phase import Context
from smtpprobe.protocol.session import Exchange, State
from smtpprobe.script.runner.lockstep import Lockstep
from smtpprobe.script.runner.patience import Patience

ROOM = 16
"""Unread replies (and pieces of long ones) after which the server has to wait."""


class Inbox:
    """Replies and closes in order of arrival; a handshake stirs it.

    A new connection empties it. `message_lost` tells that the connection ended while the reply to
    the end of a message was due, `close_reason` why it ended if that was not in order. While it is
    full nothing more is read from the socket, so that a server that talks without end costs no
    memory. `arrived` is what was not looked at. `begun` counts the lines looked at of a reply
    before it was whole, which then is `ended` and not among the arrived.
    """

    def __init__(self, client: Client, lockstep: Lockstep) -> None:
        self._client = client
        self.arrived: deque[Happening] = deque()
        self._patience = Patience(lockstep)
        self._paused = False
        self.begun = 0
        self.ended: Exchange | None = None
        self.message_lost = False
        self.close_reason = ""
        self._lockstep = lockstep
        self._unsubscribe = client.subscribe(self._take, Opened, Received, Secured, Closed)
        client.on_told = self._told

    def exchanges(self) -> list[Exchange]:
        """Return the unread replies in order."""
        return [one.exchange for one in self.arrived if one.exchange is not None]

    def refill(self, happenings: Iterable[Happening]) -> None:
        """Put what came before in front."""
        self.arrived.extendleft(reversed(list(happenings)))

    def forget(self, happenings: Iterable[Happening]) -> None:
        """Take away what was put in front, as far as it was not looked at."""
        gone = {id(one) for one in happenings}
        self.arrived = deque(one for one in self.arrived if id(one) not in gone)
        self._relieve()

    def unread(self) -> deque[Happening]:
        """Return what was not looked at."""
        return self.arrived.copy()

    def until(self, limit: float | None) -> float:
        """Return the moment up to which to wait when that may take `limit` seconds."""
        return self._patience.until(limit)

    async def stirred(self, deadline: float) -> bool:
        """Return True when something has happened since the last call, False when time is up."""
        self._relieve()
        return await self._patience.wait(deadline)

    async def take(self, limit: float | None, *, pieces: bool = True) -> Happening | None:
        """Return the next reply or close; None when nothing came in `limit` seconds.

        Without `pieces` those of a long reply are passed over, up to the last one.
        """
        deadline = self._patience.until(limit)
        while True:
            while not self.arrived:
                if not await self._patience.wait(deadline):
                    return None
            found = self.arrived.popleft()
            if self._paused:
                self._relieve()
            exchange = found.exchange
            if pieces or exchange is None or not exchange.reply.piece:
                return found
            if not await self._patience.breathe(deadline):
                return None

    async def peek(self, limit: float | None) -> Happening | None:
        """Return what is to be taken next, and leave it; None when nothing came in `limit` seconds.

        Pieces of long replies are taken away, up to the last one.
        """
        deadline = self.until(limit)
        while True:
            while not self.arrived:
                if not await self.stirred(deadline):
                    return None
            found = self.arrived[0]
            if found.exchange is None or not found.exchange.reply.piece:
                return found
            self.arrived.popleft()
            self._relieve()
            if not await self._patience.breathe(deadline):
                return None

    def discard(self, exchange: Exchange) -> None:
        """Take away an unread reply."""
        found = next((one for one in self.arrived if one.exchange is exchange), None)
        if found is not None:
            self.arrived.remove(found)
            self._relieve()

    def clear(self) -> None:
        """Forget everything that came."""
        self.arrived.clear()
        self.begun, self.ended = 0, None
        self.message_lost = False
        self.close_reason = ""
        self._relieve()

    def leave(self) -> None:
        """Stop listening."""
        self._unsubscribe()
        self._client.on_told = None
        self._patience.stop()
        self.arrived.clear()
        self._relieve()

    def _take(self, happening: Happening) -> None:
        event = happening.event
        if isinstance(event, Received):
            if self.begun and self.ended is None:
                self.ended = happening.exchange
            else:
                self.arrived.append(happening)
        elif isinstance(event, Opened):
            self.clear()
        elif isinstance(event, Closed):
            self.arrived.append(happening)
            self.close_reason = event.reason
            self.message_lost = _awaited_message(happening.before)
        self._patience.stir()
        if len(self.arrived) >= ROOM and not self._paused:
            self._paused = True
            self._client.pause()

    def _told(self) -> None:
        if self._client.unfinished:
            self._patience.stir()
        self._lockstep.go_on()

    def _relieve(self) -> None:
        if self._paused and len(self.arrived) < ROOM:
            self._paused = False
            self._client.resume()


def _awaited_message(state: State) -> bool:
    ends = (Context.DATA_END, Context.BDAT_LAST)
    return any(pending.command.context in ends for pending in state.pending)
