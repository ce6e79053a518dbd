"""The log of a running server of the lab."""

from __future__ import annotations

import time
from pathlib import Path

PATIENCE = 60.0
"""Seconds until a line is missed; only a failing test waits so long."""


class KeepsLog:
    """A server that writes a log file."""

    __slots__ = ()

    log: Path

    def log_text(self) -> str:
        """Return what has been logged so far; a server begins its file with the first line."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def logs(self, wanted: str, mark: int = 0) -> bool:
        """Return whether a text comes behind a mark: it may be written after the reply went out."""
        until = time.monotonic() + PATIENCE
        while wanted not in self.log_text()[mark:]:
            if time.monotonic() > until:
                return False
            time.sleep(0.02)
        return True
