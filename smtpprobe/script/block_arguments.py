"""Reads how often a block runs: the arguments of `:repeat` and `:retry`. Pure."""

from __future__ import annotations

import re

from smtpprobe.errors import UsageError
from smtpprobe.protocol.quantities import parse_duration

MOST = 1_000_000
"""How often a block may run at most."""

_RETRY = re.compile(r"([0-9]+)[ \t]+every[ \t]+(\S+)")


def read_times(text: str) -> int:
    """Return how often a block runs; raises UsageError for what is no such number."""
    if not re.fullmatch(r"[0-9]{1,9}", text) or not 0 < int(text) <= MOST:
        raise UsageError(f"a number from 1 to {MOST}")
    return int(text)


def read_retry(text: str) -> tuple[int, float]:
    """Return how often a block runs at most, and the seconds between.

    Raises:
        UsageError: it is not of the form `N every D`.
    """
    match = _RETRY.fullmatch(text)
    if match is None:
        raise UsageError('how often, "every" and a duration')
    return read_times(match[1]), parse_duration(match[2])
