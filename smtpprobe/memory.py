"""The latest events of a client, as many as fit: a hostile server cannot make it grow."""

from __future__ import annotations

from collections import deque

from smtpprobe.protocol.events import Event, Received, Secured, Sent

LINE_COST = 512
"""What a parsed line costs beside its octets."""


class Memory:
    """Keeps the latest events: at most `events`, and about `octets` of room for all of them.

    The latest event is kept in any case.
    """

    def __init__(self, events: int, octets: int) -> None:
        self.events: deque[Event] = deque()
        self._costs: deque[int] = deque()
        self._most = events
        self._room = octets

    def keep(self, event: Event) -> None:
        """Add an event, and forget the oldest ones that no longer fit."""
        events, costs = self.events, self._costs
        taken = cost(event)
        events.append(event)
        costs.append(taken)
        self._room -= taken
        while (self._room < 0 or len(events) > self._most) and len(events) > 1:
            events.popleft()
            self._room += costs.popleft()


def cost(event: Event) -> int:
    """Return about how many octets an event takes in memory."""
    if isinstance(event, Received):
        return LINE_COST * len(event.reply.lines) + 2 * event.reply.octets
    if isinstance(event, Sent):
        return LINE_COST + len(event.command.raw)
    return LINE_COST + len(event.surplus) if isinstance(event, Secured) else LINE_COST
