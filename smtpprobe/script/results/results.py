"""What a script's run gave, as plain data: cases with their checks, and what they saw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from types import MappingProxyType

from smtpprobe.errors import ScriptError
from smtpprobe.exits import ExitStatus, Severity, combined
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.phase import ReportPhase
from smtpprobe.protocol.tls_facts import TlsFacts
from smtpprobe.script.language.problem import Included
from smtpprobe.script.language.steps import Place, Script
from smtpprobe.script.results.check import LOOKED, Check, Moment, Outcome, Why
from smtpprobe.script.results.reason import Reason, Trouble

_PASS, _WARN = Outcome.PASS, Outcome.WARN

_OUTCOMES = {
    Severity.NOT_RUN: Outcome.ERROR,
    Severity.FAILED: Outcome.FAIL,
    Severity.UNKNOWN: Outcome.ERROR,
    Severity.PASSED: Outcome.PASS,
    Severity.NOTHING: Outcome.SKIP,
}


class _CaseFields(NamedTuple):
    name: str | None = None
    checks: tuple[Check, ...] = ()
    seconds: float = 0.0
    peer: str = ""
    sent: tuple[str, ...] = ()
    stopped: int = 0
    notes: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    phases: Mapping[ReportPhase, float] = MappingProxyType({})
    wire: tuple[str, ...] = ()
    tls: TlsFacts | None = None
    echoes: tuple[str, ...] = ()


class CaseResult(_CaseFields):
    """The result of one test point; `name` is None for that of a script without `:case`.

    `sent` lists each answered step, as `EHLO 250`. `stopped` is the line at which it ended early, 0
    when it did not. `notes` are plain sentences for the report. `unread` are last lines of replies
    nothing checked. `phases` are the seconds that replies took, by part of the session. `wire`
    holds the last lines on the wire of a case that failed. `tls` is the last handshake in which
    certificates came. `echoes` are the texts of `:echo`.
    """

    @property
    def not_after(self) -> datetime | None:
        """When the server's certificate ends; None where none came, or that is unreadable."""
        leaf = self.tls.leaf if self.tls is not None else None
        return leaf.not_after if leaf is not None else None

    @cached_property
    def status(self) -> ExitStatus:
        """The exit code this case alone would give."""
        return combined(check.status for check in self.checks)

    @cached_property
    def outcome(self) -> Outcome:
        """How the case ended."""
        outcome = _OUTCOMES[self.status.severity]
        warned = outcome is _PASS and any(check.outcome is _WARN for check in self.failed)
        return _WARN if warned else outcome

    @cached_property
    def failed(self) -> tuple[Check, ...]:
        """The checks to report, in order: misses, errors, skips."""
        return tuple(check for check in self.checks if check.outcome is not _PASS)

    @cached_property
    def counted(self) -> tuple[Check, ...]:
        """The checks that looked at something; none of a skipped case."""
        if self.outcome is Outcome.SKIP:
            return ()
        return tuple(check for check in self.checks if check.outcome in LOOKED)

    @property
    def decisive(self) -> Check | None:
        """The first check that decided the exit code, None where all went well."""
        if self.status is ExitStatus.NOTHING_CHECKED:
            return next((one for one in self.checks if one.outcome is Outcome.SKIP), None)
        deciding = (one for one in self.failed if one.status is self.status)
        return next(deciding, None) if self.status is not ExitStatus.OK else None

    @property
    def reason(self) -> str:
        """Why it ended as it did, without the place; empty where all went well."""
        if self.decisive is not None:
            return self.decisive.why.line
        return "nothing was checked" if self.outcome is Outcome.SKIP else ""


class ScriptResult(NamedTuple):
    """A run of one script against one target; `sources` and `included` as in `Script`.

    `retries` counts the earlier runs that `--retry` discarded. `variant` distinguishes runs of
    the same script apart: the target, or the MX host or address it was pinned to. `target` is whom
    it was run against, named as it was given or by the script; empty if none was.
    """

    name: str
    sources: Mapping[str, tuple[str, ...]]
    cases: tuple[CaseResult, ...]
    seconds: float = 0.0
    title: str = ""
    retries: int = 0
    variant: str = ""
    included: Included = MappingProxyType({})
    target: str = ""

    @property
    def label(self) -> str:
        """How the run is called in reports."""
        return f"{self.name} @ {self.variant}" if self.variant else self.name

    @property
    def source(self) -> tuple[str, ...]:
        """The lines of the script itself."""
        return self.sources[""]

    @property
    def status(self) -> ExitStatus:
        """The exit code this run alone would give."""
        return combined(case.status for case in self.cases)

    @property
    def decisive(self) -> Check | None:
        """The first check that decided the exit code, None where all went well."""
        deciding = (case.decisive for case in self.cases if case.status is self.status)
        return next(deciding, None)

    @property
    def reason(self) -> str:
        """Why it ended as it did, without the place; empty where all went well."""
        return next((case.reason for case in self.cases if case.status is self.status), "")

    def case_of(self, check: Check) -> CaseResult:
        """Return the case that a check belongs to."""
        return next(case for case in self.cases if any(one is check for one in case.checks))

    @property
    def checks(self) -> tuple[Check, ...]:
        """The checks of all cases in order."""
        return tuple(check for case in self.cases for check in case.checks)

    @property
    def failed(self) -> tuple[Check, ...]:
        """The checks to report, in order: misses, errors, skips."""
        return tuple(check for case in self.cases for check in case.failed)

    @property
    def counted(self) -> tuple[Check, ...]:
        """The checks that looked at something."""
        return tuple(check for case in self.cases for check in case.counted)

    @property
    def notes(self) -> tuple[str, ...]:
        """The notes of all cases."""
        return tuple(note for case in self.cases for note in case.notes)

    @property
    def unread(self) -> tuple[str, ...]:
        """Replies that nothing checked."""
        return tuple(text for case in self.cases for text in case.unread)

    @property
    def peer(self) -> str:
        """The server of the last connection."""
        return self.cases[-1].peer if self.cases else ""

    @property
    def stopped(self) -> int:
        """The line at which the run ended early, 0 when it did not."""
        return self.cases[-1].stopped if self.cases else 0

    @property
    def not_sent(self) -> int:
        """How many lines of the script follow the one at which it stopped."""
        return len(self.source) - self.stopped if self.stopped else 0

    def plain(self) -> dict[str, object]:
        """Return the totals as plain values for JSON."""
        seconds = {"seconds": round(self.seconds, 6)}
        where = {"file": self.name, "target": self.variant or None}
        return {**where, "exit": int(self.status), **totals([self]), **seconds}


def not_begun(script: Script, variant: str = "", target: str = "") -> ScriptResult:
    """Return what a script gave whose turn had not come when the run was ended."""
    message = "not started: the run was stopped before"
    check = Check(
        place=Place(1),
        moment=Moment(ReportPhase.OTHER),
        outcome=Outcome.ERROR,
        status=ExitStatus.CANNOT_TELL,
        why=Why(Reason.BROKEN_OFF, message, trouble=Trouble.NO_ANSWER),
    )
    cases = (CaseResult(checks=(check,)),)
    return ScriptResult(
        script.name,
        script.sources,
        cases,
        variant=variant,
        included=script.included,
        target=target,
    )


class BrokenScript(NamedTuple):
    """A script that could not be read or parsed, so that nothing of it was run."""

    name: str
    error: ScriptError
    target: str = ""

    @property
    def label(self) -> str:
        """How it is called in reports."""
        return self.name

    @property
    def status(self) -> ExitStatus:
        """The exit code it alone would give."""
        return self.error.status


class Report(NamedTuple):
    """All that a call gave, in the order of the files and targets.

    `timed_out` means that `--max-time` ended it, so that not all was run; `ended` is the exit code
    of a signal that did.
    """

    runs: tuple[ScriptResult | BrokenScript, ...]
    seconds: float = 0.0
    timed_out: bool = False
    ended: ExitStatus | None = None

    @property
    def status(self) -> ExitStatus:
        """The exit code."""
        more = [ExitStatus.CANNOT_TELL] if self.timed_out else []
        more += [self.ended] if self.ended is not None else []
        return combined([*(run.status for run in self.runs), *more])

    @property
    def results(self) -> tuple[ScriptResult, ...]:
        """The scripts that were run."""
        return tuple(run for run in self.runs if isinstance(run, ScriptResult))


def totals(results: Iterable[ScriptResult]) -> dict[str, int]:
    """Return how many checks ended in which way, and how many cases were skipped.

    In a skipped case no other check counts.
    """
    cases = [case for result in results for case in result.cases]
    outcomes = [check.outcome for case in cases for check in case.counted]
    errors = sum(check.outcome is Outcome.ERROR for case in cases for check in case.checks)
    return {
        "checks": len(outcomes),
        "passed": outcomes.count(Outcome.PASS),
        "warned": outcomes.count(Outcome.WARN),
        "failed": outcomes.count(Outcome.FAIL) + errors,
        "skipped": sum(case.outcome is Outcome.SKIP for case in cases),
    }


FEW_UNREAD = 3
"""How many unchecked replies are listed one by one."""


def unread_notes(unread: Sequence[str]) -> list[str]:
    """Return the messages about unchecked replies, by their last lines; many in one."""
    if len(unread) <= FEW_UNREAD:
        return [f"reply not checked: {text}" for text in unread]
    more = "" if unread[-1] == unread[0] else f", the last: {unread[-1]}"
    return [f"{len(unread)} replies were not checked, the first: {unread[0]}{more}"]
