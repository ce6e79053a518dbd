"""Rebuilds a session's events from a recording: octets become replies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smtpprobe.errors import UsageError
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.present.escape import shown
from smtpprobe.present.transcript_json import MAIN
from smtpprobe.protocol.command import Command
from smtpprobe.protocol.events import Closed, Event, Opened, Received, Secured, Sent
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import ReplyParser
from smtpprobe.protocol.session import START, State, advance, line_phase, shortened
from smtpprobe.protocol.target import Target, TargetKind, parse_target
from smtpprobe.protocol.verbs import Context

if TYPE_CHECKING:
    from smtpprobe.protocol.pace import Pace
    from smtpprobe.protocol.tls_facts import TlsFacts

NOWHERE = Target(TargetKind.HOST, "recorded.invalid")
"""The target if the recording does not name one."""

_LOGINS = (Context.AUTH, Context.AUTH_STEP)


@dataclass(frozen=True, slots=True)
class Track:
    """The events of one recorded connection; `name` is the one that `:on` gave it.

    `partial` are octets of a reply that never ended.
    """

    name: str
    events: tuple[Event, ...]
    partial: bytes = b""

    @property
    def beside(self) -> str:
        """Its name where it ran beside the main connection, else nothing."""
        return "" if self.name == MAIN else self.name


class Gap(NamedTuple):
    """What a recording lacks: from which line on, counted from 1, and what that is."""

    line: int
    what: str


CUT_LINE = "cut off in the middle of this line, which is not read"
"""What is said of a line that was being written when the recording program was killed."""


@dataclass(frozen=True, slots=True)
class Recording:
    """The connections that were recorded, in the order in which they were opened.

    `gaps` are what is known to be missing, in the order of the lines.
    """

    tracks: tuple[Track, ...]
    gaps: tuple[Gap, ...] = ()

    @property
    def events(self) -> tuple[Event, ...]:
        """The events of the main connection, and of later ones that replaced it."""
        return tuple(event for track in self._main() for event in track.events)

    @property
    def partial(self) -> bytes:
        """The octets of a reply that never ended on the main connection."""
        return b"".join(track.partial for track in self._main()[-1:])

    def _main(self) -> list[Track]:
        return [track for track in self.tracks if track.name == MAIN]


class ConnectionBuilder:
    """Appends the events of one connection and keeps the state; replies come as octets.

    `folded` is the state as far as it was asked for: JSON lines are read without any.
    """

    def __init__(self, name: str = MAIN) -> None:
        self.name = name
        self.events: list[Event] = []
        self.partial = b""
        self.line = 0
        """The line of the last event."""
        self.host = ""
        self.is_closed = False
        self.pace: Pace | None = None
        self._parser = ReplyParser()
        self.folded: State = START
        self._unfolded: list[Event] = []
        self._logs_in = False

    @property
    def state(self) -> State:
        """The state after the events so far, by which lines are read; a shortened one."""
        for event in self._unfolded:
            state, _ = advance(self.folded, event)
            self.folded = shortened(state)
        self._unfolded.clear()
        return self.folded

    def line_phase(self, text: str) -> Phase:
        """Return the phase by which a line is read that went out without waiting."""
        state = self.state
        self._logs_in = self._logs_in and bool(state.pending)
        return line_phase(state, text) if self._logs_in else state.phase

    def add(self, event: Event) -> None:
        """Take an event as it is."""
        self.events.append(event)
        self._unfolded.append(event)

    def in_tls(self, tls: TlsFacts) -> bool:
        """Note the handshake of a connection that was just opened; False if it was not."""
        last = self.events[-1] if self.events else None
        if not isinstance(last, Opened):
            return False
        self.events[-1] = last._replace(tls=tls)
        self.folded, _ = advance(START, self.events[-1])
        self._unfolded.clear()
        return True

    def sent(self, command: Command, at: float = 0.0, pace: Pace | None = None) -> None:
        """Take what went out."""
        self._logs_in = self._logs_in or command.context in _LOGINS
        self.add(Sent(at, command, pace or self.pace))

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
        self.is_closed = True
        self.add(event)

    def done(self) -> Track:
        """Return all events so far; a reply cut off by the end is one too."""
        self._cut_off(self.events[-1].at if self.events else 0.0)
        return Track(self.name, tuple(self.events), self.partial)

    def _cut_off(self, at: float) -> None:
        reply = self._parser.close()
        if reply is not None:
            self.add(Received(at, reply))


class RecordingBuilder:
    """Distinguishes the connections of a recording, by name and by where they are opened.

    `line` is the current line of the recording, 0 if not counted.
    """

    def __init__(self) -> None:
        self.line = 0
        self.gaps: list[Gap] = []
        self.named: dict[str, ConnectionBuilder] = {}
        self._begun: list[ConnectionBuilder] = []

    def on(self, name: str) -> ConnectionBuilder:
        """Return what takes the events of the connection that has this name now."""
        found = self.named.get(name)
        if found is None:
            found = self.named[name] = self.begun(name)
        found.line = self.line
        return found

    def cut(self) -> None:
        """Note that the current line is not whole, and is left out."""
        self.gaps.append(Gap(self.line, CUT_LINE))

    def opened(self, name: str, event: Opened) -> None:
        """Begin a connection, which has the name from now on."""
        before = self.named.get(name)
        if before is not None and before.events:
            self._left(before)
            before.done()
            del self.named[name]
        begun = self.on(name)
        begun.host = event.host
        begun.add(event)

    def begun(self, name: str) -> ConnectionBuilder:
        """Return what takes the events of a connection that begins."""
        self._begun.append(ConnectionBuilder(name))
        return self._begun[-1]

    def done(self) -> Recording:
        """Return all connections so far; those of which nothing was recorded are left out."""
        for builder in self.named.values():
            self._left(builder)
        tracks = [builder.done() for builder in self._begun]
        whole = tuple(track for track in tracks if track.events or track.partial)
        return Recording(whole, tuple(sorted(self.gaps)))

    def _left(self, builder: ConnectionBuilder) -> None:
        """Note that a connection goes on behind the last of its lines, if it does."""
        if builder.events and not builder.is_closed:
            whose = f" with {shown(builder.host)}" if builder.host else ""
            what = f"the recording ends here; the session{whose} was still open"
            self.gaps.append(Gap(builder.line, what))


def recorded_target(text: str) -> Target | None:
    """Return the target written in a recording; None if none can be read."""
    try:
        return parse_target(text)
    except UsageError:
        return None
