"""How far a long reading has come, on standard error, when a terminal looks on."""

from __future__ import annotations

import sys
import time

from smtpprobe.explain.intake import Intake, name_of
from smtpprobe.explain.tally import Tally
from smtpprobe.present.escape import shown

FIRST_AFTER = 1.0
EVERY = 0.2
"""Seconds before the first sign of progress, and between two."""


class Progress:
    """One line that is written over and over; nothing when it is not wanted."""

    def __init__(self, *, wanted: bool) -> None:
        self._wanted = wanted
        self._due = time.monotonic() + FIRST_AFTER
        self._width = 0

    def show(self, source: str, intake: Intake, tally: Tally) -> None:
        """Tell how far the reading is, if it is time to."""
        if not self._wanted or time.monotonic() < self._due:
            return
        self._due = time.monotonic() + EVERY
        size = intake.size
        share = f" {min(100, 100 * intake.octets_read // size)}%" if size else ""
        counts = f"{tally.lines:,} lines, {tally.replies:,} replies"
        text = f"{shown(name_of(source))[-40:]}{share}: {counts}"
        sys.stderr.write("\r" + text.ljust(self._width))
        sys.stderr.flush()
        self._width = len(text)

    def clear(self) -> None:
        """Take the line away."""
        if self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            sys.stderr.flush()
            self._width = 0
