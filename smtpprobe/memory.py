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
        events.append(event)
        costs.append(cost(event))
        self._room -= costs[-1]
        while len(events) > 1 and (self._room < 0 or len(events) > self._most):
            events.popleft()
            self._room += costs.popleft()


def cost(event: Event) -> int:
    """Return about how many octets an event takes in memory."""
    match event:
        case Received(reply=reply):
            return sum([LINE_COST + 2 * len(line.raw) for line in reply.lines])
        case Sent(command=command):
            return LINE_COST + len(command.raw)
        case Secured(surplus=surplus):
            return LINE_COST + len(surplus)
        case _:
            return LINE_COST
