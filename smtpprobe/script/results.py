"""What a script's run gave, as plain data: checks and what they saw."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from smtpprobe.exits import ExitStatus, combined
from smtpprobe.protocol.phase import ReportPhase
from smtpprobe.protocol.session import Exchange
from smtpprobe.script.problem import Mark


class Outcome(Enum):
    """How a check ended; the value is the word in JSON."""

    PASS = "pass"  # noqa: S105 - no password
    WARN = "warn"
    FAIL = "fail"
    ERROR = "error"
    """Could not talk, or could not tell."""
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Check:
    """One expectation, written or implied, that was looked at; or why nothing could be.

    `id` is the message's name in machine formats, empty for a pass. `marks` underline the place in
    the script, `at` is in seconds from the beginning of the run, `status` what it means for the
    exit code. `got` is the last line of the reply it is about; `exchange` stands only in a miss.
    """

    id: str
    outcome: Outcome
    phase: ReportPhase
    line: int
    column: int = 1
    expect: str = ""
    got: str = ""
    message: str = ""
    marks: tuple[Mark, ...] = ()
    help: tuple[str, ...] = ()
    exchange: Exchange | None = None
    peer: str = ""
    at: float = 0.0
    status: ExitStatus = ExitStatus.OK

    def plain(self) -> dict[str, object]:
        """Return the check as plain values for JSON."""
        return {
            "id": self.id,
            "outcome": self.outcome.value,
            "phase": self.phase.value,
            "line": self.line,
            "column": self.column,
            "expect": self.expect,
            "got": self.got,
            "message": self.message,
        }


@dataclass(frozen=True, slots=True)
class ScriptResult:
    """A run of one script. `sent` tells each step answered, as `EHLO 250`.

    `stopped` is the line at which the run ended early, 0 when it did not. `notes` are plain
    sentences for the report. `unread` are first lines of replies nobody looked at.
    """

    name: str
    source: tuple[str, ...]
    checks: tuple[Check, ...]
    seconds: float = 0.0
    title: str = ""
    peer: str = ""
    sent: tuple[str, ...] = ()
    stopped: int = 0
    notes: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def status(self) -> ExitStatus:
        """The exit code this run alone would give."""
        return combined(check.status for check in self.checks)

    @property
    def failed(self) -> tuple[Check, ...]:
        """The checks to tell about, in order: misses, errors, skips."""
        return tuple(check for check in self.checks if check.outcome is not Outcome.PASS)

    @property
    def counted(self) -> tuple[Check, ...]:
        """The checks that looked at something."""
        looked = (Outcome.PASS, Outcome.WARN, Outcome.FAIL)
        return tuple(check for check in self.checks if check.outcome in looked)

    def plain(self) -> dict[str, object]:
        """Return the totals as plain values for JSON."""
        outcomes = [check.outcome for check in self.checks]
        return {
            "exit": int(self.status),
            "checks": len(self.counted),
            "passed": outcomes.count(Outcome.PASS),
            "warned": outcomes.count(Outcome.WARN),
            "failed": outcomes.count(Outcome.FAIL) + outcomes.count(Outcome.ERROR),
            "skipped": outcomes.count(Outcome.SKIP),
            "seconds": round(self.seconds, 6),
        }

    @property
    def not_sent(self) -> int:
        """How many lines of the script stand after the one at which it stopped."""
        return len(self.source) - self.stopped if self.stopped else 0
