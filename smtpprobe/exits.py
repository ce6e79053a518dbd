"""The one exit-code table of the whole program: prompt, scripts and sub-commands."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class ExitStatus(IntEnum):
    """What the process's exit code tells CI, monitoring and shells."""

    OK = 0
    CHECK_FAILED = 1
    USAGE = 2
    SCRIPT_UNREADABLE = 3
    CANNOT_TELL = 4
    """Could not talk, or could not tell: DNS, connect, handshake, timeout, I/O."""
    NOTHING_CHECKED = 5
    INTERNAL = 70
    INTERRUPTED = 130
    TERMINATED = 143


PRECEDENCE = (
    ExitStatus.TERMINATED,
    ExitStatus.INTERRUPTED,
    ExitStatus.INTERNAL,
    ExitStatus.USAGE,
    ExitStatus.SCRIPT_UNREADABLE,
    ExitStatus.CHECK_FAILED,
    ExitStatus.CANNOT_TELL,
    ExitStatus.OK,
    ExitStatus.NOTHING_CHECKED,
)
"""A proven failure outranks "could not tell"; 5 only where nothing at all was checked."""


def combined(statuses: Iterable[ExitStatus]) -> ExitStatus:
    """Return the exit status of a run made of several; NOTHING_CHECKED for an empty one."""
    found = set(statuses)
    return next((status for status in PRECEDENCE if status in found), ExitStatus.NOTHING_CHECKED)
