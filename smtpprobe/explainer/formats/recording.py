"""Recorded sessions: their replies with the very states they had when they came."""

from __future__ import annotations

from collections.abc import Callable

from smtpprobe.errors import ScriptError
from smtpprobe.explainer.formats.text import TextLines
from smtpprobe.explainer.input.found_reply import Found, Trouble
from smtpprobe.present.transcript_json import MAIN
from smtpprobe.protocol.events import Event
from smtpprobe.protocol.session import Exchange, advance, shortened
from smtpprobe.script.recordings.builder import ConnectionBuilder, Recording, RecordingBuilder
from smtpprobe.script.recordings.json_lines import json_value, read_event
from smtpprobe.script.recordings.text import TextParts

CONNECTIONS = 1000
"""How many connections are tracked at a time; then the oldest is dropped."""


def found_in(exchange: Exchange, line: int, connection: str) -> Found:
    """Return the reply of an exchange as something found."""
    command, reply = exchange.command, exchange.reply
    text = "\n".join(
        part.raw.rstrip(b"\r\n").decode("utf-8", "surrogateescape") for part in reply.lines
    )
    envelope = exchange.before.recipients
    recipient = command.mailbox if command is not None and command.verb == "RCPT" else None
    if recipient is None and len(envelope) == 1:
        recipient = envelope[0]
    return Found(
        text,
        exchange.context,
        exchange.before.host or None,
        recipient,
        exchange.before.sender,
        line,
        exchange=exchange,
        connection=connection,
    )


class _Folding(ConnectionBuilder):
    """Keeps no events: each reply is handed out as it becomes whole."""

    def __init__(self, name: str, hand_out: Callable[[Exchange], None]) -> None:
        super().__init__(name)
        self._hand_out = hand_out

    def add(self, event: Event) -> None:
        self.events = [event]
        state, exchange = advance(self.folded, event)
        self.folded = shortened(state)
        if exchange is not None:
            self._hand_out(exchange)


class _Folded(RecordingBuilder):
    """Finds the replies of a recording, those of all its connections in the order of the lines."""

    def __init__(self) -> None:
        super().__init__()
        self._found: list[Found] = []

    def begun(self, name: str) -> ConnectionBuilder:
        if len(self.named) == CONNECTIONS:
            del self.named[next(iter(self.named))]
        beside = "" if name == MAIN else name
        return _Folding(
            name, lambda exchange: self._found.append(found_in(exchange, self.line, beside))
        )

    def done(self) -> Recording:
        gaps = super().done().gaps
        for builder in self.named.values():
            builder.done()
        return Recording((), gaps)

    def taken(self) -> list[Found]:
        """Return what was found since the last time."""
        found, self._found = self._found, []
        return found


class JsonRecording:
    """Reads a transcript of JSON lines; `used` counts the lines that held a reply."""

    def __init__(self, trouble: Trouble) -> None:
        self.used = 0
        self._trouble = trouble
        self._recording = _Folded()

    def read(self, line: bytes, number: int) -> list[Found]:
        """Take a line in; return the replies that are whole with it."""
        self._recording.line = number
        values = json_value(line.decode("utf-8", "surrogateescape"))
        if isinstance(values, dict):
            read_event(self._recording, values)
        elif values is None and line.strip():
            self._recording.cut()
        return self._taken()

    def close(self) -> list[Found]:
        """Return the replies that the end cut off, if any."""
        _tell_gaps(self._recording, self._trouble)
        return self._taken()

    def _taken(self) -> list[Found]:
        found = self._recording.taken()
        self.used += len(found)
        return found


class TextRecording:
    """Reads a text transcript as the script that it is; else like any pasted session."""

    def __init__(self, trouble: Trouble) -> None:
        self.used = 0
        self._trouble = trouble
        self._recording = _Folded()
        self._parts: TextParts | None = TextParts(self._recording)
        self._plain = TextLines()

    def read(self, line: bytes, number: int) -> list[Found]:
        """Take a line in; replies come by the part of the transcript, of which it holds one."""
        if self._parts is None:
            found = self._plain.read(line, number)
            self.used = self._plain.used
            return found
        try:
            self._parts.take(line.removesuffix(b"\r"))
        except ScriptError:
            return self._as_text(self._parts)
        return self._taken()

    def close(self) -> list[Found]:
        """Return the replies that are left."""
        if self._parts is None:
            return self._plain.close()
        try:
            self._parts.close()
        except ScriptError:
            return [*self._as_text(self._parts), *self._plain.close()]
        _tell_gaps(self._recording, self._trouble)
        return self._taken()

    def _taken(self) -> list[Found]:
        found = self._recording.taken()
        self.used += sum(one.text.count("\n") + 1 for one in found)
        return found

    def _as_text(self, parts: TextParts) -> list[Found]:
        """Read on from the part that is none of a script."""
        self._parts = None
        taken = self._taken()
        before = self.used
        found = [
            one
            for number, line in enumerate(parts.held, parts.first)
            for one in self._plain.read(line, number)
        ]
        self.used = before + self._plain.used
        return taken + found


def _tell_gaps(recording: RecordingBuilder, trouble: Trouble) -> None:
    for gap in recording.done().gaps:
        trouble(*gap)
