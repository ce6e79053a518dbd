"""Where a message's octets come from: memory and files, read again each time, never held whole."""

from __future__ import annotations

import base64
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TypeAlias

from smtpprobe.errors import UsageError
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.send.message.content import Content, Fixer, Survey

PIECE = 1 << 16
"""How much of a message is in memory at a time, in octets."""

LINE = 57
"""How many octets make a line of base64 (RFC 2045 6.8): 76 characters."""


class InFile(NamedTuple):
    """The octets of an open file; `coded` has them in base64, a line each 57."""

    file: BinaryIO
    coded: bool = False


Part: TypeAlias = bytes | InFile


class Source:
    """A message in parts, and what was found in it. With `binary` line ends stay as they are."""

    def __init__(self, parts: tuple[Part, ...], message_id: str = "", *, binary: bool) -> None:
        self.parts = parts
        self.message_id = message_id
        self._binary = binary
        self.content = self._surveyed()

    def close(self) -> None:
        """Close the files."""
        for part in self.parts:
            if not isinstance(part, bytes):
                part.file.close()

    def pieces(self) -> Iterator[bytes]:
        """Yield the message as it goes out, without doubled dots.

        Raises:
            UsageError: a file cannot be read any more.
        """
        if self._binary:
            yield from self._raw()
            return
        fixer = Fixer()
        for piece in self._raw():
            yield fixer.feed(piece)
        yield fixer.end()

    def numbered(self, number: int) -> Source:
        """Return the message with a Message-ID of its own; one that was given stays as it is."""
        first = self.parts[0]
        if not self.message_id or not isinstance(first, bytes):
            return self
        name = self.message_id.replace("@", f".{number}@", 1)
        changed = first.replace(self.message_id.encode(), name.encode(), 1)
        return Source((changed, *self.parts[1:]), name, binary=self._binary)

    def start(self, octets: int) -> bytes:
        """Return the first octets as they go out, at least so many if there are."""
        found = bytearray()
        for piece in self.pieces():
            found += piece
            if len(found) >= octets:
                break
        return bytes(found)

    def _surveyed(self) -> Content:
        survey, fixer = Survey(), Fixer()
        for piece in self._raw():
            survey.feed(piece if self._binary else fixer.feed(piece))
        if not self._binary:
            survey.feed(fixer.end())
        return survey.done(fixer.lone)

    def _raw(self) -> Iterator[bytes]:
        for part in self.parts:
            if isinstance(part, bytes):
                yield from (part[at : at + PIECE] for at in range(0, len(part), PIECE))
            else:
                yield from _read(part)


def _read(part: InFile) -> Iterator[bytes]:
    try:
        part.file.seek(0)
        if not part.coded:
            while piece := part.file.read(PIECE):
                yield piece
            return
        while piece := part.file.read(PIECE // LINE * LINE):
            yield base64.encodebytes(piece).replace(b"\n", b"\r\n")
    except OSError as error:
        raise UsageError(f"cannot read the message: {error.strerror}") from None


def opened(path: str, option: str) -> BinaryIO:
    """Return a file that can be read from its beginning again; `-` is standard input.

    Raises:
        UsageError: it cannot be read.
    """
    try:
        if path == "-":
            return _spooled(sys.stdin.buffer)
        file = Path(path).expanduser().open("rb")
        if file.seekable():
            return file
        with file:
            return _spooled(file)
    except OSError as error:
        raise UsageError(f"{option}: cannot read {path}: {error.strerror}") from None


def _spooled(file: BinaryIO) -> BinaryIO:
    """Return what can be read once as a temporary file without a name."""
    kept = tempfile.TemporaryFile()  # noqa: SIM115 - the source closes it
    while piece := file.read(PIECE):
        kept.write(piece)
    return kept
