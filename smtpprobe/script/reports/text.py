"""Results as text for people. Pure.

The dialogue as it happens, what went wrong in full, a line for each script, the totals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from smtpprobe.exits import ExitStatus, Severity
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.present import spans
from smtpprobe.present.escape import shown
from smtpprobe.present.prompt import phase_word, tls_word
from smtpprobe.present.spans import Line, Span, text_of
from smtpprobe.present.terminal import rendered
from smtpprobe.protocol.command import Command, Kind
from smtpprobe.protocol.events import Received, Sent
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.redact import masked
from smtpprobe.protocol.session import State
from smtpprobe.script.language.problem import ScriptProblems
from smtpprobe.script.reports.failures import failure_lines, problem_lines
from smtpprobe.script.reports.options import ReportOptions
from smtpprobe.script.results.check import Check, Outcome
from smtpprobe.script.results.results import (
    BrokenScript,
    CaseResult,
    Report,
    ScriptResult,
    unread_notes,
)

if TYPE_CHECKING:
    from smtpprobe.present.session import SessionView

NARROW = 60
"""Below this many columns the reason moves to its own line."""

PIECES_SHOWN = 3
"""How many pieces of 64 KiB are shown of one reply."""

LONGEST_NAME = 48
"""Columns for names; a longer one pushes its line to the right."""

_WORDS = {
    Severity.PASSED: ("ok", spans.SUCCESS),
    Severity.FAILED: ("FAIL", spans.ERROR),
    Severity.NOTHING: ("skip", spans.WARNING),
    Severity.UNKNOWN: ("ERROR", spans.ERROR),
    Severity.NOT_RUN: ("ERROR", spans.ERROR),
}
_COUNTED = {
    Severity.PASSED: "ok",
    Severity.FAILED: "failed",
    Severity.NOTHING: "skipped",
    Severity.UNKNOWN: "inconclusive",
}
_NOT_RUN = {ExitStatus.SCRIPT_UNREADABLE: "not readable"}
_OTHER = "other"


class DialogueView:
    """Turns a scripted session into lines as at the prompt: what is sent follows it.

    Only the first pieces of an endless reply are shown, so that a log stays readable.
    """

    def __init__(self, view: SessionView) -> None:
        self._view = view
        self._pieces = 0

    def lines(self, happening: Happening) -> list[Line]:
        """Return the lines for one event."""
        if isinstance(happening.event, Sent):
            sent = _sent_lines(happening.event.command, happening.before)
            return [*self._view.lines(happening), *sent]
        piece = isinstance(happening.event, Received) and happening.event.reply.piece
        self._pieces = self._pieces + 1 if piece else 0
        if self._pieces > PIECES_SHOWN:
            more = spans.line("# the reply continues; the rest is not shown", spans.ANNOTATION)
            return [more] if self._pieces == PIECES_SHOWN + 1 else []
        return self._view.lines(happening)


def _sent_lines(command: Command, before: State) -> list[Line]:
    text = masked(command).raw.decode("utf-8", "surrogateescape")
    if command.kind is Kind.BODY:
        first = before.body.lines + 1
        parts = text.removesuffix("\n").split("\n")
        word = "data" if before.phase is Phase.DATA else "bdat"
        return [
            _typed(f"{word} {number}| ", part.removesuffix("\r"))
            for number, part in enumerate(parts, first)
        ]
    if command.kind is Kind.RAW:
        return [_typed(_prompt(before), f":raw {shown(text)}")]
    mark = "> " if command.exact else ""
    return [_typed(_prompt(before), mark + text.removesuffix("\n").removesuffix("\r"))]


def _typed(prompt: str, text: str) -> Line:
    return (Span(spans.PLAIN, prompt), Span(spans.CLIENT, shown(text)))


def _prompt(state: State) -> str:
    if state.phase is Phase.AUTH:
        return "334| "
    words = (shown(state.host), tls_word(state), phase_word(state))
    return f"{' '.join(word for word in words if word)}> "


def summary_lines(
    runs: Sequence[ScriptResult | BrokenScript],
    width: int | None = None,
    seconds: float | None = None,
) -> list[Line]:
    """Return a line for each script and each of its cases, and the totals of several scripts.

    `width` is in columns; `seconds` is how long all took, where that is not the sum.
    """
    rows = [row for run in runs for row in _rows(run)]
    names = min(max((len(shown(row.name)) for row in rows), default=0), LONGEST_NAME)
    lines = [line for row in rows for line in _row_lines(row, names, width)]
    if len(runs) > 1:
        lines.append(spans.line(_totals(runs, seconds)))
    return lines


class _Row(NamedTuple):
    """One line of the summary: a script, or one of its cases."""

    name: str
    status: ExitStatus
    checks: str
    seconds: float
    reason: str = ""


def _rows(run: ScriptResult | BrokenScript) -> list[_Row]:
    if isinstance(run, BrokenScript):
        return [_Row(run.label, run.status, "not run", 0.0, why_not_run(run))]
    checks = check_count(run.status, run.checks, run.counted)
    cases = [_case_row(case) for case in run.cases if case.name is not None]
    reasons = [] if cases else [reason_of(case) for case in run.cases]
    told = "; ".join(text for text in (*reasons, tries(run)) if text) or run.title
    return [_Row(run.label, run.status, checks, run.seconds, told), *cases]


def _case_row(case: CaseResult) -> _Row:
    checks = check_count(case.status, case.checks, case.counted)
    return _Row(f"  {case.name}", case.status, checks, case.seconds, reason_of(case))


def _row_lines(row: _Row, names: int, width: int | None) -> list[Line]:
    word, style = _WORDS[row.status.severity]
    name = f"{shown(row.name):<{names}}  "
    numbers = f"  {row.checks:<10}{row.seconds:6.2f}s"
    narrow = width is not None and width < NARROW
    head: Line = (Span(spans.PLAIN, name), Span(style, f"{word:<5}"), Span(spans.PLAIN, numbers))
    if narrow and len(text_of(head)) > (width or 0):
        head = (Span(spans.PLAIN, name), Span(style, word))
    if not row.reason:
        return [head]
    if narrow:
        return [head, spans.line(f"{_indent(row)}  {shown(row.reason)}")]
    return [(*head, Span(spans.PLAIN, f"   {shown(row.reason)}"))]


def _indent(row: _Row) -> str:
    return row.name[: len(row.name) - len(row.name.lstrip())]


def check_count(status: ExitStatus, checks: Sequence[Check], counted: Sequence[Check]) -> str:
    """Return how many checks passed or failed, in words; nothing where none was made."""
    total = len(counted)
    if status is ExitStatus.OK:
        return f"{total} check" if total == 1 else f"{total} checks"
    if status is ExitStatus.NOTHING_CHECKED:
        return ""
    failed = sum(check.status.severity is Severity.FAILED for check in checks)
    return f"{failed} of {total}" if failed else f"{total} ok"


def reason_of(case: CaseResult) -> str:
    """Return why a case ended as it did and where, or what it warns of; empty if all was well."""
    if case.decisive is not None:
        return f"{_place(case.decisive)}: {case.reason}"
    warned = [check for check in case.failed if check.outcome is Outcome.WARN]
    if len(warned) == 1:
        return f"warning: {_place(warned[0])}: {warned[0].message}"
    return f"{len(warned)} warnings" if warned else case.reason


def _place(check: Check) -> str:
    line, _, file = check.place
    return f"{file}:{line}" if file else f"line {line}"


def tries(run: ScriptResult) -> str:
    """Return at which try a script passed, or how often it was run in vain."""
    if not run.retries:
        return ""
    count = run.retries + 1
    if run.status is not ExitStatus.OK:
        return f"{count} tries"
    teens = count % 100 in (11, 12, 13)
    ending = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"passed at the {count}{ending} try"


def why_not_run(run: BrokenScript) -> str:
    """Return why a script was not run, in one line: its first problem and how many more."""
    error = run.error
    if not isinstance(error, ScriptProblems):
        return error.message
    first, more = error.problems[0], len(error.problems) - 1
    place = f"{first.place.file}:" if first.place.file else "line "
    rest = f" (and {more} more)" if more else ""
    return f"{place}{first.place.line}: {first.message}{rest}"


def _totals(runs: Sequence[ScriptResult | BrokenScript], seconds: float | None) -> str:
    counts = ", ".join(f"{count} {word}" for word, count in endings(runs).items())
    results = [run for run in runs if isinstance(run, ScriptResult)]
    checks = sum(len(result.counted) for result in results)
    spent = sum(result.seconds for result in results) if seconds is None else seconds
    return f"{len(runs)} files: {counts}; {checks} check{'s' * (checks != 1)}; {spent:.1f}s"


def endings(runs: Iterable[ScriptResult | BrokenScript]) -> dict[str, int]:
    """Return how many scripts ended in which way, in words; only those of which there are any."""
    found = Counter(_counted(run.status) for run in runs)
    words = (*_COUNTED.values(), *_NOT_RUN.values(), _OTHER)
    return {word: found[word] for word in words if found[word]}


def _counted(status: ExitStatus) -> str:
    return _COUNTED.get(status.severity) or _NOT_RUN.get(status, _OTHER)


def text_report(report: Report, options: ReportOptions) -> str:
    """Return the whole report as it is shown or stored."""
    sent, width = options.sent, options.width
    lines = [line for run in report.runs for line in run_lines(run, sent=sent, width=width)]
    if report.timed_out:
        lines += time_is_over(report.seconds)
    lines += summary_lines(report.runs, options.width, report.seconds)
    return rendered(lines, colour=options.colour)


def time_is_over(seconds: float) -> list[Line]:
    """Return the message when the time limit for the whole run ended it."""
    what = f"the time limit for the whole run is exceeded ({seconds:.1f}s)"
    return _error_lines(what, "the checks made until then are reported")


def run_lines(
    run: ScriptResult | BrokenScript, *, sent: bool = True, width: int | None = None
) -> list[Line]:
    """Return the report of one run: a block for each miss, then its notes.

    Skips are in the summary. `sent` shows what was sent before each miss, `width` is in
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
    from smtpprobe.present.session import error_lines  # noqa: PLC0415 - only for what failed

    return error_lines(message, hint)
