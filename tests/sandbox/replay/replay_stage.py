"""Plays a client's octets to a recorded connection: no socket, no clock."""

from __future__ import annotations

from smtpprobe.sandbox.framing import Framing
from smtpprobe.sandbox.handler import Act, HangUp, Heard, Miss, Say, Upgrade, Wait
from smtpprobe.sandbox.replay.recorded_connection import RecordedConnection, recorded_connections
from smtpprobe.sandbox.replay.session import ReplaySession
from smtpprobe.script.recordings.read import read_recording


def recorded(text: str | bytes, *, timing: bool = False) -> tuple[RecordedConnection, ...]:
    """Return the connections of a transcript."""
    octets = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
    recording = read_recording(octets)
    return recorded_connections(recording.events, recording.partial, timing=timing)


class Stage:
    """One client of one recorded connection; `acts` is all that was done."""

    def __init__(self, connection: RecordedConnection) -> None:
        self.handler = ReplaySession(connection)
        self.framing = Framing()
        self.acts: list[Act] = list(self.handler.greet("127.0.0.1", tls=False))

    def play(self, octets: bytes) -> bytes:
        """Send octets; return what was said about them."""
        before = len(self.acts)
        self.framing.feed(octets)
        while not self.closed() and (acts := self.handler.hear(self.framing, 0.0)) is not None:
            self.acts += acts
            if any(isinstance(act, Upgrade) and not act.keep for act in acts):
                self.framing.drop()
        return said(self.acts[before:])

    def lines(self, *lines: str) -> list[str]:
        """Send lines one by one; return what was said about each."""
        return [self.play(f"{line}\r\n".encode()).decode() for line in lines]

    def wait(self) -> bytes:
        """Let the patience run out."""
        before = len(self.acts)
        self.acts += self.handler.idle()
        return said(self.acts[before:])

    def closed(self) -> bool:
        return HangUp() in self.acts

    def patience(self) -> float | None:
        return self.handler.patience

    @property
    def missed(self) -> list[str]:
        return [act.text for act in self.acts if isinstance(act, Miss)]

    @property
    def heard(self) -> list[str]:
        return [act.text for act in self.acts if isinstance(act, Heard)]

    @property
    def waits(self) -> list[float]:
        return [act.seconds for act in self.acts if isinstance(act, Wait)]

    @property
    def upgrades(self) -> list[Upgrade]:
        return [act for act in self.acts if isinstance(act, Upgrade)]

    @property
    def said(self) -> bytes:
        return said(self.acts)


def said(acts: list[Act]) -> bytes:
    return b"".join(act.octets for act in acts if isinstance(act, Say))


def stage(text: str | bytes, *, timing: bool = False) -> Stage:
    """Return a client of the first recorded connection."""
    return Stage(recorded(text, timing=timing)[0])
