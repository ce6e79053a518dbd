"""A message as octets on their way: line ends made CRLF, dots doubled, counted as it passes. Pure.

Everything here works on pieces of any size, so that a message of any size takes no memory.
"""

from __future__ import annotations

from smtpprobe.named_tuple import NamedTuple

LINE_OCTETS = 998
"""The longest line without its end (RFC 5321 4.5.3.1.6)."""


class Content(NamedTuple):
    """What is known of a message before it is sent.

    `octets` is its size as SIZE counts it (RFC 1870 3): with CRLF line ends, without doubled dots.
    `lone` counts the line ends that were bare CR or LF.
    """

    octets: int = 0
    lines: int = 0
    eight_bit: bool = False
    utf8_header: bool = False
    lone: int = 0
    long_line: bool = False
    nul: bool = False


class Fixer:
    """Makes every line end CRLF, and gives the last line one; `lone` counts those that were not."""

    def __init__(self) -> None:
        self.lone = 0
        self._cr = False
        self._ended = True

    def feed(self, piece: bytes) -> bytes:
        """Return a piece as it goes out; a CR at its end waits for what follows."""
        if self._cr:
            piece = b"\r" + piece
            self._cr = False
        if piece.endswith(b"\r"):
            self._cr = True
            piece = piece[:-1]
        if not piece:
            return b""
        pairs = piece.count(b"\r\n")
        lone = piece.count(b"\n") + piece.count(b"\r") - 2 * pairs
        if lone:
            self.lone += lone
            piece = piece.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n", b"\r\n")
        self._ended = piece.endswith(b"\n")
        return piece

    def end(self) -> bytes:
        """Return what is still to come: a CR that waits, the end of the last line."""
        if self._cr:
            self.lone += 1
            return b"\r\n"
        return b"" if self._ended else b"\r\n"


class Stuffer:
    """Doubles the dot at the beginning of a line (RFC 5321 4.5.2); lines end with CRLF."""

    def __init__(self) -> None:
        self._begins = True
        """Whether the next octet begins a line."""

    def feed(self, piece: bytes) -> bytes:
        """Return a piece as it goes out after DATA."""
        if not piece:
            return piece
        dotted = self._begins and piece.startswith(b".")
        self._begins = piece.endswith(b"\n")
        if b"\n." in piece:
            piece = piece.replace(b"\n.", b"\n..")
        return b"." + piece if dotted else piece


class Survey:
    """Counts what passes; the lines of it end with CRLF unless it is binary."""

    def __init__(self) -> None:
        self._octets = self._lines = 0
        self._eight_bit = self._utf8_header = self._long = self._nul = False
        self._in_header = True
        self._tail = b""

    def feed(self, piece: bytes) -> None:
        """Take the next piece."""
        self._octets += len(piece)
        self._lines += piece.count(b"\n")
        ascii_only = piece.isascii()
        self._eight_bit = self._eight_bit or not ascii_only
        self._nul = self._nul or b"\0" in piece
        seen = self._tail + piece
        if self._in_header:
            self._look_at_header(seen)
        self._long = self._long or has_long_line(seen)
        self._tail = seen[max(seen.rfind(b"\n"), 0) :][-LINE_OCTETS - 1 :]

    def _look_at_header(self, seen: bytes) -> None:
        end = 0 if seen.startswith(b"\r\n") and self._octets == len(seen) else seen.find(b"\n\r\n")
        header = seen if end < 0 else seen[:end]
        self._utf8_header = self._utf8_header or not header.isascii()
        self._in_header = end < 0

    def done(self, lone: int = 0) -> Content:
        """Return what was found; `lone` line ends had been bare."""
        return Content(
            octets=self._octets,
            lines=self._lines,
            eight_bit=self._eight_bit,
            utf8_header=self._utf8_header,
            lone=lone,
            long_line=self._long,
            nul=self._nul,
        )


def has_long_line(octets: bytes) -> bool:
    """Return whether a line is longer than LINE_OCTETS; looks at each 998 octets once."""
    begin, end = 0, len(octets)
    while end - begin > LINE_OCTETS:
        window = begin + LINE_OCTETS + 1
        last = max(octets.rfind(b"\n", begin, window), octets.rfind(b"\r", begin, window))
        if last < 0:
            return True
        begin = last + 1
    return False
