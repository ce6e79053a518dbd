"""One input as chunks of whole lines: unpacked, bounded, its defects reported."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from smtpprobe.explainer.input.found_reply import Trouble
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.units import shown_octets

if TYPE_CHECKING:
    from codecs import IncrementalDecoder

READ_OCTETS = 1024 * 1024
"""How much is read at once."""

LINE_OCTETS = 1024 * 1024
"""The longest line that is read whole; of a longer one the rest is left out."""

STDIN = "-"
STDIN_NAME = "standard input"


class Chunk(NamedTuple):
    """Whole lines of an input; the first has this number, counted from 1."""

    number: int
    octets: bytes


def name_of(source: str) -> str:
    """Return how messages call an input."""
    return STDIN_NAME if source == STDIN else source


class Intake:
    """Reads one input, a path or `-`; `octets_read` is how much of the file has been taken in.

    Raises OSError if it cannot be opened; later errors are reported, and end the input.
    """

    def __init__(self, source: str, trouble: Trouble) -> None:
        self._trouble = trouble
        self._file = _opened(source)
        self._size = _size(source)
        self._unpacked = _unpacked(self._file)
        self._number = 1

    @property
    def size(self) -> int | None:
        """The size of the file on disk in octets; None if unknown."""
        return self._size

    @property
    def octets_read(self) -> int:
        """How far the file has been read, in its octets on the disk."""
        try:
            return self._file.tell()
        except OSError:
            return 0

    def chunks(self) -> Iterator[Chunk]:
        """Yield the lines in chunks; damage ends the input after the lines before it."""
        carry = b""
        dropped = 0
        for octets in self._plain():
            data = octets
            if dropped:
                end = data.find(b"\n")
                dropped += len(data) if end < 0 else end
                if end < 0:
                    continue
                self._cut(dropped)
                data, dropped = data[end:], 0
            cut = data.rfind(b"\n") + 1
            if cut:
                yield self._chunk(carry + data[:cut])
                carry = data[cut:]
            else:
                carry += data
            if len(carry) > LINE_OCTETS:
                carry, dropped = carry[:LINE_OCTETS], len(carry)
        if dropped:
            self._cut(dropped)
        if carry:
            yield self._chunk(carry)

    def close(self) -> None:
        """Close the file; standard input stays open."""
        if self._file is not sys.stdin.buffer:
            self._file.close()

    def _cut(self, octets: int) -> None:
        self._trouble(
            self._number,
            f"a line of {shown_octets(octets)}; only its first {shown_octets(LINE_OCTETS)} "
            "were read",
        )

    def _chunk(self, octets: bytes) -> Chunk:
        end = octets.find(b"\n")
        if end > LINE_OCTETS:
            self._cut(end)
            octets = octets[:LINE_OCTETS] + octets[end:]
        chunk = Chunk(self._number, octets)
        self._number += octets.count(b"\n")
        return chunk

    def _plain(self) -> Iterator[bytes]:
        """Yield the octets unpacked, UTF-16 as UTF-8 and no mark of the byte order."""
        decoder: IncrementalDecoder | None = None
        first = True
        for octets in self._raw():
            data = octets
            if first:
                first = False
                decoder = _utf16(data)
                data = data.removeprefix(b"\xef\xbb\xbf")
            yield decoder.decode(data).encode("utf-8", "replace") if decoder else data

    def _raw(self) -> Iterator[bytes]:
        while True:
            try:
                octets = self._unpacked.read1(READ_OCTETS)
            except Exception as error:
                if not isinstance(error, (EOFError, OSError, *_damage())):
                    raise
                why = f"damaged or truncated here ({error}); the rest was not read"
                self._trouble(self._number, why)
                return
            if not octets:
                return
            yield octets


def _opened(source: str) -> io.BufferedReader:
    if source == STDIN:
        return sys.stdin.buffer  # type: ignore[return-value]
    return Path(source).open("rb")


def _size(source: str) -> int | None:
    if source == STDIN:
        return None
    status = Path(source).stat()
    # a pipe has none, and files of /proc say 0
    return status.st_size or None


def _unpacked(file: io.BufferedReader) -> io.BufferedReader:
    """Return the file, decompressed if its first octets say so."""
    # what a file holds counts, not its name: logs are renamed and piped
    magic = file.peek(6)[:6]
    if magic.startswith(b"\x1f\x8b"):
        import gzip  # noqa: PLC0415 - only for such files

        return gzip.GzipFile(fileobj=file)  # type: ignore[return-value]
    if magic.startswith(b"BZh"):
        import bz2  # noqa: PLC0415

        return bz2.BZ2File(file)  # type: ignore[return-value]
    if magic == b"\xfd7zXZ\x00":
        import lzma  # noqa: PLC0415

        return lzma.LZMAFile(file)  # type: ignore[return-value]
    return file


def _damage() -> tuple[type[Exception], ...]:
    """Return what broken compressed data raises beside OSError, as far as it is loaded."""
    names = (("zlib", "error"), ("lzma", "LZMAError"))
    return tuple(getattr(sys.modules[name], error) for name, error in names if name in sys.modules)


def _utf16(octets: bytes) -> IncrementalDecoder | None:
    if not octets.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    import codecs  # noqa: PLC0415

    return codecs.getincrementaldecoder("utf-16")(errors="replace")
