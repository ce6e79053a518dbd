"""The result of comparing a reply with an expectation; plain data."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.script.results.reason import Reason


class Miss(NamedTuple):
    """One way in which a reply is not what was expected; the place is in the expectation.

    `line` is that of a `|` or server line, 0 for the expectation's own.
    """

    reason: Reason
    message: str
    column: int
    width: int
    label: str = ""
    line: int = 0


class MatchResult(NamedTuple):
    """What misses, and the values of named groups when nothing does."""

    misses: tuple[Miss, ...] = ()
    captures: Mapping[str, str] = MappingProxyType({})


MATCHED = MatchResult()
"""Nothing misses and nothing is captured."""
