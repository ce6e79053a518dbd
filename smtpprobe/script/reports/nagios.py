"""Results as a monitoring plugin's output: one line of status and numbers, then what it means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from smtpprobe.exits import ExitStatus, NagiosState, Severity
from smtpprobe.present.formats.nagios import Number, cut, output, plain
from smtpprobe.present.terminal import rendered
from smtpprobe.protocol.phase import ReportPhase
from smtpprobe.script.language.problem import ScriptProblems
from smtpprobe.script.reports.failures import failure_lines, problem_lines
from smtpprobe.script.reports.options import ReportOptions
from smtpprobe.script.results.check import Check, Outcome
from smtpprobe.script.results.reason import Reason, Trouble
from smtpprobe.script.results.results import BrokenScript, CaseResult, Report, ScriptResult, totals

MORE_BLOCKS = 5
"""How many failures are listed in full under the first line."""

_STATES = {
    Severity.PASSED: NagiosState.OK,
    Severity.FAILED: NagiosState.CRITICAL,
    Severity.UNKNOWN: NagiosState.CRITICAL,
    Severity.NOT_RUN: NagiosState.UNKNOWN,
}
_REPLIES = {
    Reason.GREETING: "refused",
    Reason.REFUSED: "refused",
    Reason.ACCEPTED: "accepted",
    Reason.UNEXPECTED_REFUSAL: "refused",
}


def nagios_status(
    report: Report, timeout_state: NagiosState, skip_state: NagiosState
) -> NagiosState:
    """Return the plugin's exit code; soft misses are a WARNING, what cannot be run is UNKNOWN."""
    status = report.status
    if status is ExitStatus.OK and any(_warnings(report)):
        return NagiosState.WARNING
    if status.severity is Severity.NOTHING:
        return skip_state
    if status is ExitStatus.CANNOT_TELL and _only_late(report):
        return timeout_state
    return _STATES[status.severity]


def nagios_report(report: Report, options: ReportOptions) -> str:
    """Return the output of a plugin: the line that is shown everywhere, and further text."""
    state = nagios_status(report, options.timeout_state, options.skip_state)
    reason = cut(_plain(_reason(report)))
    more = map(_plain, _more(report, options))
    return output("SMTP", state, reason, _numbers(report, options), more)


def _warnings(report: Report) -> Iterator[tuple[ScriptResult, Check]]:
    for run in report.results:
        yield from ((run, one) for one in run.checks if one.outcome is Outcome.WARN)


def _only_late(report: Report) -> bool:
    """Return whether everything inconclusive is so for a timeout."""
    checks = (check for run in report.results for check in run.checks)
    troubles = [one.why.trouble for one in checks if one.status is ExitStatus.CANNOT_TELL]
    return all(one is Trouble.NO_ANSWER for one in troubles) and bool(troubles or report.timed_out)


def _reason(report: Report) -> str:
    """Return the first thing that decided the exit code, with its place; else what went well."""
    if report.ended is not None:
        return "the run was interrupted by a signal before everything was checked"
    status = report.status
    for run in report.runs if status is not ExitStatus.OK else ():
        if run.status is not status:
            continue
        if isinstance(run, BrokenScript):
            return run.error.message
        decisive = run.decisive
        if status is ExitStatus.NOTHING_CHECKED:
            return f"skipped: {run.reason} ({_place(run, decisive) if decisive else run.label})"
        if decisive is not None:
            return _placed(run, decisive)
    if report.timed_out:
        return "the time limit for the whole run is exceeded"
    for run, check in _warnings(report):
        return _placed(run, check)
    return _well(report)


def _said(check: Check) -> str:
    """Return a refusal in the server's own words; other misses in ours."""
    came = check.came
    verdict = _REPLIES.get(check.why.reason) if check.why.reason is not None else None
    return f"{came.asked} {verdict}: {came.text}" if verdict and came.text else check.message


def _placed(run: ScriptResult, check: Check) -> str:
    said = _said(check)
    return f"{said} ({_place(run, check, said)})"


def _place(run: ScriptResult, check: Check, said: str = "") -> str:
    """Return the place of a check and its recipient, unless `said` has it already."""
    who = run.variant or check.moment.peer or run.target
    known = who.replace("[", "").replace("]", "") in said
    at = f" @ {who}" if who and not known else ""
    return f"{check.place.file or run.name}:{check.place.line}{at}"


def _well(report: Report) -> str:
    if not report.runs:
        return "skipped: no script"
    checks = totals(report.results)["checks"]
    told = f"{checks} check{'s' * (checks != 1)} passed"
    if len(report.runs) > 1:
        return f"{told} in {len(report.runs)} scripts"
    run = report.results[0]
    peers = f" at {run.peer}" if run.peer else ""
    return f"{told}{peers} ({run.label})"


def _numbers(report: Report, options: ReportOptions) -> Iterator[Number]:
    """Yield the numbers, of the slowest case where there are several."""
    cases = [case for run in report.results for case in run.cases]
    limits = (options.time.warning, options.time.failure)
    warning, failure = ("" if limit is None else f"{limit:g}" for limit in limits)
    slowest = max((case.seconds for case in cases), default=report.seconds)
    yield Number("time", f"{slowest:.3f}s", warning, failure, "0")
    for phase in ReportPhase:
        spent = _slowest(cases, phase)
        if spent is not None:
            yield Number(phase.value, f"{spent:.3f}s", minimum="0")
    counts = totals(report.results)
    yield Number("checks", str(counts["checks"]), minimum="0")
    yield Number("failed", str(counts["failed"]), minimum="0")


def _slowest(cases: Iterable[CaseResult], phase: ReportPhase) -> float | None:
    return max((case.phases[phase] for case in cases if phase in case.phases), default=None)


def _more(report: Report, options: ReportOptions) -> Iterator[str]:
    """Yield further lines: what went wrong, in full."""
    blocks = 0
    for run in report.runs:
        if isinstance(run, BrokenScript):
            problems = isinstance(run.error, ScriptProblems)
            lines = problem_lines(run.error) if isinstance(run.error, ScriptProblems) else []
            yield from rendered(lines, colour=False).splitlines() if problems else [run.error.hint]
            continue
        for check in run.failed:
            if check.outcome is Outcome.SKIP:
                continue
            blocks += 1
            if blocks > MORE_BLOCKS:
                continue
            lines = failure_lines(run, check, sent=options.sent)
            yield from rendered(lines, colour=False).splitlines()
    if blocks > MORE_BLOCKS:
        yield f"({blocks - MORE_BLOCKS} more)"


def _plain(text: str) -> str:
    """Return one line without `|`, which would begin the numbers."""
    return plain(" ".join(text.splitlines()), " ").rstrip()
