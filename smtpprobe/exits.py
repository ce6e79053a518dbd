"""The one table of exit codes of the whole program: prompt, scripts and sub-commands.

What help, README, reports and the combination of several say of an exit code is read from its row.
"""

from __future__ import annotations

from enum import Enum, IntEnum

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self


class Severity(Enum):
    """What kind of ending an exit code is, worst first: of several endings the first counts.

    A proven failure outranks an inconclusive result, and nothing outranks a run that never began.
    """

    NOT_RUN = "not run"
    """It was not run to its end, or not at all: a signal, a usage error, a mistake of ours."""
    FAILED = "failed"
    UNKNOWN = "unknown"
    PASSED = "passed"
    NOTHING = "nothing"
    """There was nothing to check."""


class ExitStatus(IntEnum):
    """The exit code of the process, for CI, monitoring and shells.

    A row is: code, severity, meaning, and for the README what else belongs to it. Of two with the
    same severity the one that is first in the table outranks the other.
    """

    severity: Severity
    meaning: str
    details: str

    TERMINATED = 143, Severity.NOT_RUN, "terminated", "SIGTERM, SIGHUP"
    INTERRUPTED = 130, Severity.NOT_RUN, "interrupted", "Ctrl-C"
    INTERNAL = 70, Severity.NOT_RUN, "internal error", ""
    USAGE = 2, Severity.NOT_RUN, "usage error", ""
    SCRIPT_UNREADABLE = 3, Severity.NOT_RUN, "cannot read or parse a script", ""
    CHECK_FAILED = 1, Severity.FAILED, "a check failed", ""
    CANNOT_TELL = (
        4,
        Severity.UNKNOWN,
        "inconclusive: no connection, or timeout",
        "also DNS, TLS handshake and I/O errors",
    )
    OK = 0, Severity.PASSED, "ok", ""
    NOTHING_CHECKED = 5, Severity.NOTHING, "nothing was checked", "null MX, empty script"

    def __new__(cls, code: int, severity: Severity, meaning: str, details: str) -> Self:
        """Make a member of a row; severity and meaning are required."""
        status = int.__new__(cls, code)
        status._value_ = code
        status.severity, status.meaning, status.details = severity, meaning, details
        return status


PRECEDENCE = tuple(
    status for severity in Severity for status in ExitStatus if status.severity is severity
)
"""Every exit code, that which outranks all others first."""


MEANINGS = {status: status.meaning for status in ExitStatus}
"""What each exit code means, unless a command words it differently."""


def combined(statuses: Iterable[ExitStatus]) -> ExitStatus:
    """Return the exit status of a run made of several; NOTHING_CHECKED for an empty one."""
    return min(statuses, key=PRECEDENCE.index, default=ExitStatus.NOTHING_CHECKED)


class NagiosState(IntEnum):
    """The exit code of a monitoring plugin, for `--format nagios`; the name is its status word."""

    OK = 0
    WARNING = 1
    CRITICAL = 2
    UNKNOWN = 3
