"""The log of a running server of the lab."""

from __future__ import annotations

from pathlib import Path


class KeepsLog:
    """A server that writes a log file."""

    __slots__ = ()

    log: Path

    def log_text(self) -> str:
        """Return what has been logged so far."""
        return self.log.read_text(errors="replace")
