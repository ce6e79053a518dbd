"""What has come from a client and has not been looked at yet, with waiting and back-pressure.

Three things change independently. What came::

    EMPTY   -- reply, piece of one, close -->  UNREAD   -- taken, discarded, connected -->  EMPTY

The socket, so that a server that talks without end costs no memory::

    READ    -- ROOM are unread -->  PAUSED   -- fewer are -->  READ

A reply of which single lines are looked at before it is whole (`< line`)::

    NONE    -- a line is looked at -->  BEGUN   -- its end comes -->  ENDED   -- taken -->  NONE

A wait is woken by each of these, by a handshake and by a line of an unfinished reply. Anything
that comes between two waits ends the next one at once, so nothing is missed.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable

from smtpprobe.client import Client
from smtpprobe.net.wakeup import Wakeup
from smtpprobe.protocol.events import Closed, Opened, Received, Secured
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.session import Exchange, State
from smtpprobe.protocol.verbs import Context

ROOM = 16
"""Unread replies (and pieces of long ones) after which the server has to wait."""


class Inbox:
    """Replies and closes in order of arrival; see the module for its states.

    `arrived` is what no wait has taken. `begun` counts the lines looked at of a reply before it was
    whole; then that is `ended`, and not among the arrived. `message_lost` means that the connection
    ended while the reply to the end of a message was due, `close_reason` why it ended if that was
    not in order. `until` and `stirred` are those of its `Wakeup`.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._wakeup = Wakeup()
        self.until = self._wakeup.until
        self.stirred = self._wakeup.stirred
        self._paused = False
        self.arrived: deque[Happening] = deque()
        self.begun = 0
        self.ended: Exchange | None = None
        self.message_lost = False
        self.close_reason = ""
        self._unsubscribe = client.subscribe(self._happened, Opened, Received, Secured, Closed)
        client.on_line = self._wakeup.stir

    def exchanges(self) -> list[Exchange]:
        """Return the unread replies in order."""
        return [one.exchange for one in self.arrived if one.exchange is not None]

    def refill(self, happenings: Iterable[Happening]) -> None:
        """Put earlier replies in front."""
        self.arrived.extendleft(reversed(list(happenings)))

    def forget(self, happenings: Iterable[Happening]) -> None:
        """Remove what was put in front and not taken."""
        gone = {id(one) for one in happenings}
        self.arrived = deque(one for one in self.arrived if id(one) not in gone)
        self._relieve()

    def unread(self) -> deque[Happening]:
        """Return what was not taken."""
        return self.arrived.copy()

    async def peek(self, limit: float | None, *, pieces: bool = False) -> Happening | None:
        """Return the next reply or close, and leave it; None when nothing came in `limit` seconds.

        Pieces of a long reply are passed over, up to the last one; with `pieces` each is one.
        """
        deadline = self.until(limit)
        while not self.arrived or (not pieces and is_piece(self.arrived[0])):
            if self.arrived:
                self.pop()
                await asyncio.sleep(0)  # a reply without end must not hold up everything else
                in_time = self._wakeup.in_time(deadline)
            else:
                in_time = await self.stirred(deadline)
            if not in_time:
                return None
        return self.arrived[0]

    def pop(self) -> Happening:
        """Take what came first; something is there."""
        found = self.arrived.popleft()
        if self._paused:
            self._relieve()
        return found

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
        self._wakeup.stop()
        self._unsubscribe()
        self._client.on_line = None
        self.arrived.clear()
        self._relieve()

    def _happened(self, happening: Happening) -> None:
        event = happening.event
        if type(event) is Received:
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
        self._wakeup.stir()
        if len(self.arrived) >= ROOM and not self._paused:
            self._paused = True
            self._client.pause()

    def _relieve(self) -> None:
        if self._paused and len(self.arrived) < ROOM:
            self._paused = False
            self._client.resume()


def is_piece(happening: Happening) -> bool:
    """Return whether it is a piece of a reply too long to hold, and not the last one."""
    return happening.exchange is not None and happening.exchange.reply.piece


def _awaited_message(state: State) -> bool:
    ends = (Context.DATA_END, Context.BDAT_LAST)
    return any(pending.command.context in ends for pending in state.pending)
