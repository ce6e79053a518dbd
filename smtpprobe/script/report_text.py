"""Results as text for people: what went wrong, in full, then a line for each script. Pure."""

from __future__ import annotations

from smtpprobe.present import spans
from smtpprobe.present.escape import shown
from smtpprobe.present.spans import Line
from smtpprobe.present.terminal import rendered
from smtpprobe.script.check import Outcome
from smtpprobe.script.failure_view import failure_lines, problem_lines
from smtpprobe.script.problem import ScriptProblems
from smtpprobe.script.report_options import ReportOptions
from smtpprobe.script.report_view import summary_lines
from smtpprobe.script.results import BrokenScript, Report, ScriptResult, unread_notes


def text_report(report: Report, options: ReportOptions) -> str:
    """Return the whole report as it is shown or stored."""
    sent, width = options.sent, options.width
    lines = [line for run in report.runs for line in run_lines(run, sent=sent, width=width)]
    if report.timed_out:
        lines += time_is_over(report.seconds)
    lines += summary_lines(report.runs, options.width, report.seconds)
    return rendered(lines, colour=options.colour)


def time_is_over(seconds: float) -> list[Line]:
    """Return what is told when the time for the whole run ended it."""
    what = f"the time for the whole run is over ({seconds:.1f}s)"
    return _error_lines(what, "what was checked until then is reported")


def run_lines(
    run: ScriptResult | BrokenScript, *, sent: bool = True, width: int | None = None
) -> list[Line]:
    """Return what is to be told of one run: a block for each miss, then its notes.

    What was skipped is told in the summary. `sent` tells what went before each miss, `width` is in
    columns.
    """
    if isinstance(run, BrokenScript):
        return [*_problem_lines(run), spans.line("")]
    lines: list[Line] = []
    for check in run.failed:
        if check.outcome is not Outcome.SKIP:
            lines += [*failure_lines(run, check, sent=sent, width=width), spans.line("")]
    lines += [spans.line(f"note: {shown(note)}", spans.NOTICE) for note in run.notes]
    unread = (f"note: {shown(text)}" for text in unread_notes(run.unread))
    return [*lines, *(spans.line(text, spans.NOTICE) for text in unread)]


def _problem_lines(run: BrokenScript) -> list[Line]:
    error = run.error
    if isinstance(error, ScriptProblems):
        return problem_lines(error)
    return _error_lines(error.message, error.hint)


def _error_lines(message: str, hint: str) -> list[Line]:
    from smtpprobe.present.session_view import error_lines  # noqa: PLC0415 - only for what failed

    return error_lines(message, hint)
