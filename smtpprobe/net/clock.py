"""The only reader of time: one monotonic clock for events, one calendar for certificates."""

from __future__ import annotations

import time
from datetime import UTC, datetime

monotonic = time.monotonic
"""Gives seconds on a clock that never goes back; only differences of it mean anything."""


def now() -> datetime:
    """Return the date and time in UTC, by which certificates are valid or not."""
    return datetime.now(UTC)


def mail_date() -> str:
    """Return the date and time as a message's Date field has them (RFC 5322 3.3), in UTC."""
    return now().strftime("%a, %d %b %Y %H:%M:%S +0000")
