"""Reads the lines of a list of targets one by one, numbered."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from smtpprobe.errors import UsageError
from smtpprobe.net.thread import in_thread
from smtpprobe.protocol.target import Target, parse_target

MOST_OCTETS = 4096
"""A line longer than this is no target; its rest is passed over."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line with something on it: its number from 1, and the text without blanks around it."""

    number: int
    text: str

    @property
    def name(self) -> str:
        """The target as results name it; the text itself if it is not a target."""
        try:
            return str(self.target)
        except UsageError:
            return self.text

    @property
    def target(self) -> Target:
        """The target.

        Raises:
            UsageError: the line is malformed.
        """
        return parse_target(self.text)


class Lines:
    """Reads a file, or standard input for `-`; comments and empty lines are passed over."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.number = 0
        self._stream = sys.stdin.buffer if path == "-" else _opened(path)

    @property
    def waits(self) -> bool:
        """Whether a line may have to be waited for."""
        return self.path == "-"

    async def next(self) -> Line | None:
        """Return the next line with something on it; None at the end."""
        while True:
            raw = await in_thread(self._read) if self.waits else self._read()
            if not raw:
                return None
            self.number += 1
            if found := text_of(raw):
                return Line(self.number, found)

    def _read(self) -> bytes:
        line = part = self._stream.readline(MOST_OCTETS)
        while part and not part.endswith(b"\n"):
            part = self._stream.readline(MOST_OCTETS)
        return line

    def close(self) -> None:
        """Close the file."""
        if not self.waits:
            self._stream.close()


def text_of(raw: bytes) -> str:
    """Return what a line says: no comment, no blanks, no byte order mark; empty for nothing."""
    text = raw.decode("utf-8", "backslashreplace").removeprefix("\ufeff")
    return text.partition("#")[0].strip()


def count(path: str) -> int:
    """Return how many lines of a file have something on them."""
    with _opened(path) as stream:
        return sum(1 for raw in stream if text_of(raw))


def _opened(path: str) -> IO[bytes]:
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise UsageError(f"-i {path}: {error.strerror}") from error
