"""Files on their way to a server, portion by portion: a message, chunks, raw octets.

A file of up to WHOLE octets is one command, so that a recording holds it as one; of a larger one
no more than two portions are in memory.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Self, TypeAlias

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.command import Command, DotStuffing, Kind, LineEnds, raw_command
from smtpprobe.protocol.phase import Phase
from smtpprobe.script.language.steps import DataFile

PORTION = 1 << 16
"""Octets that are read, and go out, at once."""

WHOLE = 1 << 20
"""The largest file that goes out as one command."""

DOT = b".\r\n"


class SentFile:
    """A file that is read from its beginning to its end; `size` is None for a pipe or a device.

    Raises:
        OSError: it cannot be opened.
    """

    def __init__(self, path: str) -> None:
        self._file = Path(path).expanduser().open("rb", buffering=0)
        found = os.fstat(self._file.fileno())
        self.size = found.st_size if stat.S_ISREG(found.st_mode) else None
        self.ends = LineEnds()

    def __enter__(self) -> Self:
        """Return it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self._file.close()

    def read(self, octets: int) -> bytes:
        """Return so many octets, fewer only at the end; raises OSError."""
        parts = []
        while octets and (part := self._file.read(octets)):
            parts.append(part)
            octets -= len(part)
        return b"".join(parts)

    def portions(self) -> Iterator[bytes]:
        """Yield its octets, a small file in one portion; raises OSError."""
        whole = self.size is not None and self.size <= WHOLE
        while portion := self.read(WHOLE if whole else PORTION):
            self.ends.count(portion)
            yield portion

    def message(self, step: DataFile) -> Iterator[Command]:
        """Yield what `:data` sends after the 354; raises OSError.

        The last one ends the message, if the step does.
        """
        left, ended = step.stop_after, step.dot and step.stop_after is None
        for portion, last in _with_last(self._on_the_wire(step)):
            octets = portion if left is None else portion[:left]
            left = None if left is None else left - len(octets)
            yield Command(octets, Kind.BODY, exact=step.raw, ends_data=ended and last)
            if left == 0:
                return

    def _on_the_wire(self, step: DataFile) -> Iterator[bytes]:
        """Yield the message, with its dot if it gets one; a small one in one portion."""
        stuffing, held = DotStuffing(), b""
        for portion in self.portions():
            octets = portion if step.raw else stuffing.feed(portion)
            if held:
                yield held
            held = octets
        yield held + (b"" if step.raw else stuffing.end()) + (DOT if step.dot else b"")

    def chunks(self, size: int) -> Iterator[Chunk]:
        """Yield the chunks of `:bdat`; at least one, even if empty. Raises OSError."""
        if self.size is None:
            whole = (self.read(size) for _ in iter(int, 1))
            for octets, last in _with_last(_until_empty(whole)):
                yield Chunk(len(octets), last, iter((octets,)))
            return
        for start in range(0, self.size or 1, size):
            length = min(size, self.size - start)
            yield Chunk(length, start + length >= self.size, self._of_chunk(length))

    def _of_chunk(self, length: int) -> Iterator[bytes]:
        while length:
            octets = self.read(min(length, WHOLE if length <= WHOLE else PORTION))
            if not octets:
                raise OSError(0, "the file has become shorter")
            length -= len(octets)
            yield octets


class Chunk(NamedTuple):
    """A BDAT chunk: how many octets it announces, whether it is LAST, and those octets."""

    length: int
    last: bool
    portions: Iterator[bytes]

    @property
    def line(self) -> str:
        """The command before it (RFC 3030 2)."""
        return f"BDAT {self.length}{' LAST' if self.last else ''}"


RawPart: TypeAlias = bytes | SentFile


def raw_commands(parts: Sequence[RawPart], phase: Phase) -> Iterator[Command]:
    """Yield what `:raw` sends: one command, unless there is a large file in it; raises OSError."""
    sizes = [part.size if isinstance(part, SentFile) else len(part) for part in parts]
    if all(size is not None and size <= WHOLE for size in sizes):
        yield raw_command(b"".join(_octets_of(parts)), phase)
        return
    in_message, tail = phase in (Phase.DATA, Phase.BDAT), b""
    for octets, last in _with_last(_octets_of(parts)):
        tail = (tail + octets)[-5:]
        if in_message:
            ends = last and phase is Phase.DATA and tail == b"\r\n" + DOT
            yield Command(octets, Kind.BODY, exact=True, ends_data=ends)
        else:
            yield Command(octets, Kind.RAW, exact=True, secret=phase is Phase.AUTH)


def _octets_of(parts: Sequence[RawPart]) -> Iterator[bytes]:
    for part in parts:
        if isinstance(part, SentFile):
            yield from part.portions()
        else:
            yield part


def _until_empty(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Yield parts until one is empty; the first in any case."""
    yield next(parts, b"")
    for part in parts:
        if not part:
            return
        yield part


def _with_last(parts: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield parts, and whether each is the last one."""
    held = next(parts, b"")
    for part in parts:
        yield held, False
        held = part
    yield held, True
