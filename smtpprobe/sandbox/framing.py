"""Splits a client's octets into units: a line, a message ended by a dot, a counted chunk.

Memory is bounded whatever comes: an unfinished line by LINE_OCTETS, the text of a message that is
kept by KEPT_OCTETS; the rest of a message is counted and forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from smtpprobe.named_tuple import NamedTuple

LINE_OCTETS = 65536
"""A command line that is longer than this without an end is not waited for."""

KEPT_OCTETS = 65536
"""How much of a message's text is kept."""


class Line(NamedTuple):
    """A line with its end, as it came (LF without CR is accepted as an end)."""

    raw: bytes


@dataclass(frozen=True, slots=True)
class Overlong:
    """More octets without a line end than any line may have."""


class Message(NamedTuple):
    """A message: the text that is kept, dot-stuffing undone, and its whole length in octets.

    `bare_lf` means that a line ended without CR somewhere; a chunk is never judged that way.
    """

    text: bytes
    octets: int
    bare_lf: bool = False


Unit: TypeAlias = Line | Overlong | Message


class Framing:
    """The octets received and not yet used; the caller says what it takes next."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._text = bytearray()
        self._octets = 0
        self._bare_lf = False
        self._line_start = True

    def __len__(self) -> int:
        return len(self._buffer)

    @property
    def held(self) -> int:
        """How many octets have come of what is not yet complete, counted and forgotten or kept."""
        return self._octets + len(self._buffer)

    def feed(self, data: bytes) -> None:
        """Add octets that came."""
        self._buffer += data

    def drop(self) -> bytes:
        """Forget what is not yet used and return it."""
        dropped = bytes(self._buffer)
        self._buffer.clear()
        return dropped

    def line(self) -> Line | Overlong | None:
        """Return the next line; None while it is not complete."""
        end = self._buffer.find(b"\n", 0, LINE_OCTETS)
        if end >= 0:
            return Line(self._cut(end + 1))
        return Overlong() if len(self._buffer) >= LINE_OCTETS else None

    def message(self) -> Message | None:
        """Return the message whose terminating dot has come (RFC 5321 4.1.1.4); None before.

        Only CRLF.CRLF ends it: a dot behind a bare LF does not, so nothing can be smuggled.
        """
        while (line := self._text_line()) is not None:
            starts, self._line_start = self._line_start, line.endswith(b"\r\n")
            if starts and line == b".\r\n":
                return self._finished()
            self._bare_lf |= line.endswith(b"\n") and not self._line_start
            self._keep(line[1:] if starts and line.startswith(b".") else line)
        return None

    def chunk(self, octets: int) -> Message | None:
        """Return the chunk of that many octets (RFC 3030 2) once it is complete."""
        due = min(octets - self._octets, len(self._buffer))
        self._keep(self._cut(due))
        return self._finished() if self._octets == octets else None

    def _cut(self, octets: int) -> bytes:
        taken = bytes(self._buffer[:octets])
        del self._buffer[:octets]
        return taken

    def _text_line(self) -> bytes | None:
        """Return a line of text, or a piece of one that is very long."""
        end = self._buffer.find(b"\n")
        if end >= 0:
            return self._cut(end + 1)
        # the last octet stays: a CR there may be half of a line end
        return self._cut(len(self._buffer) - 1) if len(self._buffer) > LINE_OCTETS else None

    def _keep(self, octets: bytes) -> None:
        self._octets += len(octets)
        room = KEPT_OCTETS - len(self._text)
        self._text += octets[:room]

    def _finished(self) -> Message:
        message = Message(bytes(self._text), self._octets, self._bare_lf)
        self._text.clear()
        self._octets, self._bare_lf, self._line_start = 0, False, True
        return message
