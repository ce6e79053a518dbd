"""Makes a session's events again from what was written down of it: octets become replies."""

from __future__ import annotations

from dataclasses import dataclass

from smtpprobe.errors import UsageError
from smtpprobe.protocol.command import Command
from smtpprobe.protocol.events import Closed, Event, Opened, Received, Secured, Sent
from smtpprobe.protocol.reply import ReplyParser
from smtpprobe.protocol.session import START, State, advance
from smtpprobe.protocol.target import Target, TargetKind, parse_target

NOWHERE = Target(TargetKind.HOST, "recorded.invalid")
"""Stands for a target that the recording does not name."""


@dataclass(frozen=True, slots=True)
class Recording:
    """The events of a recorded session; `partial` are octets of a reply that never ended."""

    events: tuple[Event, ...]
    partial: bytes = b""


class RecordingBuilder:
    """Appends events and keeps the state, by which lines are read; replies come as octets.

    `line` is the line of the recording that is being read, 0 where nobody counts. `elsewhere` tells
    that it is about another connection than the first one, which is a session of its own.
    """

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.state: State = START
        self._parser = ReplyParser()
        self.partial = b""
        self.line = 0
        self.elsewhere = False

    def add(self, event: Event) -> None:
        """Take an event as it is."""
        self.events.append(event)
        self.state, _ = advance(self.state, event)

    def opened(self, event: Opened) -> None:
        """Begin a connection."""
        self._parser = ReplyParser()
        self.add(event)

    def sent(self, command: Command, at: float = 0.0) -> None:
        """Take what went out."""
        self.add(Sent(at, command))

    def octets(self, octets: bytes, at: float = 0.0) -> None:
        """Take octets from the server; replies are added as they become whole."""
        self.partial = b""
        for reply in self._parser.feed(octets):
            self.add(Received(at, reply))

    def secured(self, event: Secured) -> None:
        """End the clear session; what is unfinished there ends with it."""
        self._cut_off(event.at)
        self._parser = ReplyParser()
        self.add(event)

    def closed(self, event: Closed) -> None:
        """End the connection."""
        self._cut_off(event.at)
        self.add(event)

    def done(self) -> Recording:
        """Return all events so far; a reply cut off by the end is one too."""
        self._cut_off(self.state.last_at)
        return Recording(tuple(self.events), self.partial)

    def _cut_off(self, at: float) -> None:
        reply = self._parser.close()
        if reply is not None:
            self.add(Received(at, reply))


def recorded_target(text: str) -> Target | None:
    """Return the target written in a recording; None if none can be read."""
    try:
        return parse_target(text)
    except UsageError:
        return None
