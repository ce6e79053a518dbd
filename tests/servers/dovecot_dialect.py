"""What each version of Dovecot has of its own: how it is told the same things."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Dialect:
    """The configuration language of a version, and how its reader is called."""

    configuration: str
    """What stands in dovecot.conf, with names of the lab in braces."""
    few_octets: str
    """What stands behind a user in the file of passwords whose mailbox holds ten octets."""
    reader: Callable[[Path], Sequence[str | Path]]
    """The words for doveconf that read a file and run the program behind them with it."""
