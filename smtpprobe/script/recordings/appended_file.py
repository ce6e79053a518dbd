"""A file that is only ever appended to, readable by its owner alone."""

from __future__ import annotations

import os

from smtpprobe.errors import UsageError


class AppendedFile:
    """Opens a file, made 0600, and writes its head, which tells whether it can be written at all.

    `what` is how the file is called in the message.

    Raises:
        UsageError: it cannot be written.
    """

    def __init__(self, path: str, head: bytes, what: str) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
        self._number: int | None = None
        try:
            self._number = os.open(path, flags, 0o600)
            self.append(head)
        except OSError as error:
            self.close()
            raise UsageError(f"cannot write {what} {path}: {error.strerror}") from None

    def append(self, octets: bytes) -> None:
        """Write octets behind all that is there; raises OSError."""
        while octets and self._number is not None:
            octets = octets[os.write(self._number, octets) :]

    def close(self) -> None:
        """Close the file; no-op when closed."""
        if self._number is not None:
            os.close(self._number)
            self._number = None
