"""Progress of a long run: one line on standard error, if that is a terminal.

`ProgressLine` draws and erases it, and writes nothing if there is no terminal. `Progress` keeps it
up to date while jobs run. Clear the line before writing to the same terminal.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Self, TextIO

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.units import shown_clock

if TYPE_CHECKING:
    import asyncio

ERASE = "\r\x1b[K"
"""To the first column, and nothing to the right of it (ECMA-48 8.3.41)."""

EVERY = 0.5
"""Seconds between two drawings; what is over before the first one draws nothing."""

USUAL_COLUMNS = 80
BAR = 20


class ProgressLine:
    """A line that is written over; `stream` is standard error unless given."""

    def __init__(self, *, wanted: bool = True, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self.is_shown = wanted and self._stream.isatty() and os.environ.get("TERM") != "dumb"
        self._stands = False

    def show(self, text: str) -> None:
        """Draw a text that is escaped, as much of it as fits, in place of the one before."""
        if self.is_shown:
            self._stands = True
            self._write(f"{ERASE}{_fitting(text, self._columns() - 1)}")

    def clear(self) -> None:
        """Take the line away."""
        if self._stands:
            self._stands = False
            self._write(ERASE)

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError:  # the terminal has gone; what is under way ends without it
            self.is_shown = self._stands = False

    def _columns(self) -> int:
        try:
            return os.get_terminal_size(self._stream.fileno()).columns or USUAL_COLUMNS
        except (OSError, ValueError):
            return USUAL_COLUMNS


def _fitting(text: str, columns: int) -> str:
    """Return the beginning of a text that takes no more columns: a wide character takes two."""
    for index, char in enumerate(text):
        columns -= 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if columns < 0:
            return text[:index]
    return text


class Done(NamedTuple):
    """How many jobs have ended, of how many (None: unknown), and how many with each result."""

    ended: int
    total: int | None
    ways: Mapping[str, int]

    def text(self, rate: float) -> str:
        """Return it in one line; `rate` is in jobs a second."""
        ways = "  ".join(f"{name} {count}" for name, count in self.ways.items())
        if self.total is None:
            return f"{self.ended} checked  {rate:.1f}/s  {ways}"
        full = BAR * self.ended // self.total if self.total else BAR
        left = shown_clock((self.total - self.ended) / rate) if rate > 0 else "-:--"
        bar = "#" * full + "." * (BAR - full)
        return f"[{bar}] {self.ended}/{self.total}  {rate:.1f}/s  {left} left  {ways}"


class Progress:
    """Shows how far jobs are for the length of an `async with`.

    `done` returns it at any time. Without a terminal a line is written every `log_every` seconds,
    or nothing if that is not set.
    """

    def __init__(
        self, done: Callable[[], Done], line: ProgressLine, *, log_every: float | None = None
    ) -> None:
        self._done = done
        self._line = line
        self._every = EVERY if line.is_shown else log_every
        self._before = done().ended
        self._telling: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        if self._every is not None:
            import asyncio  # noqa: PLC0415 - not needed to draw the line

            self._telling = asyncio.ensure_future(self._tell(self._every))
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._telling is not None:
            self._telling.cancel()
        self._line.clear()

    async def _tell(self, every: float) -> None:
        import asyncio  # noqa: PLC0415 - as above

        time = asyncio.get_running_loop().time
        began = time()
        while True:
            await asyncio.sleep(every)
            text = self.text(time() - began)
            if self._line.is_shown:
                self._line.show(text)
            else:
                sys.stderr.write(f"{text}\n")
                sys.stderr.flush()

    def text(self, seconds: float) -> str:
        """Return the progress, `seconds` after the start."""
        done = self._done()
        return done.text((done.ended - self._before) / seconds if seconds > 0 else 0.0)
