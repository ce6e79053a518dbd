"""A file that is only ever appended to, readable by its owner alone."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from smtpprobe.errors import UsageError

Apart: TypeAlias = Callable[[bytes], bytes]


class AppendedFile:
    """Opens a file, made 0600, and writes its head, which tells whether it can be written at all.

    `what` is how the file is called in the message. `apart` gets the end of what is there already
    and returns what to write before the head: its last writer may have been killed anywhere.

    Raises:
        UsageError: it cannot be written.
    """

    def __init__(self, path: str, head: bytes, what: str, apart: Apart = lambda _end: b"") -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
        self._number: int | None = None
        try:
            self._number = os.open(path, flags, 0o600)
            end = _end_of(path)
            self.append((apart(end) if end else b"") + head)
        except OSError as error:
            self.close()
            raise UsageError(f"cannot write {what} {path}: {error.strerror}") from None

    def append(self, octets: bytes) -> None:
        """Write octets behind all that is there; raises OSError, and then none of them is there."""
        written = 0
        try:
            while written < len(octets) and self._number is not None:
                written += os.write(self._number, octets[written:])
        except OSError:
            self._take_back(written)
            raise

    def close(self) -> None:
        """Close the file; no-op when closed."""
        if self._number is not None:
            os.close(self._number)
            self._number = None

    def _take_back(self, written: int) -> None:
        """Cut off what was just written, unless another has written behind it."""
        assert self._number is not None
        with suppress(OSError):  # a pipe or a device
            end = os.lseek(self._number, 0, os.SEEK_CUR)
            if written and os.fstat(self._number).st_size == end:
                os.ftruncate(self._number, end - written)


def _end_of(path: str) -> bytes:
    """Return the last octets of a file; none where it is empty, no file or cannot be read."""
    found = Path(path).stat()
    if not stat.S_ISREG(found.st_mode):
        return b""
    try:
        with Path(path).open("rb") as file:
            file.seek(max(0, found.st_size - _END_OCTETS))
            return file.read()
    except PermissionError:
        return b""  # it may be written to, but not read


_END_OCTETS = 64
