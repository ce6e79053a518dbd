"""Results as one page, to be mailed or kept by CI: the result, what failed, every check. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from smtpprobe import __version__
from smtpprobe.exits import ExitStatus, Severity
from smtpprobe.present.formats import page
from smtpprobe.present.formats.page import (
    NOTHING,
    Content,
    Markup,
    Tone,
    heading,
    joined,
    small,
    tag,
    word,
)
from smtpprobe.present.spans import Line, line, text_of
from smtpprobe.script.language.problem import ScriptProblems
from smtpprobe.script.reports.failures import failure_lines, problem_lines
from smtpprobe.script.reports.options import USUAL, ReportOptions
from smtpprobe.script.reports.text import check_count, endings, reason_of, tries, why_not_run
from smtpprobe.script.results.check import Check, Outcome
from smtpprobe.script.results.results import (
    BrokenScript,
    CaseResult,
    Report,
    ScriptResult,
    unread_notes,
)

PASSES_SHOWN = 200
"""How many checks that passed a case lists; the rest are counted."""

_RESULTS = {
    Severity.PASSED: ("OK", Tone.GOOD),
    Severity.FAILED: ("FAIL", Tone.BAD),
    Severity.UNKNOWN: ("INCONCLUSIVE", Tone.DOUBT),
    Severity.NOTHING: ("SKIPPED", Tone.QUIET),
    Severity.NOT_RUN: ("NOT RUN", Tone.BAD),
}
_OUTCOMES = {
    Outcome.PASS: ("pass", Tone.GOOD),
    Outcome.WARN: ("warn", Tone.DOUBT),
    Outcome.FAIL: ("fail", Tone.BAD),
    Outcome.ERROR: ("error", Tone.DOUBT),
    Outcome.SKIP: ("skip", Tone.QUIET),
}


def html_report(report: Report, options: ReportOptions = USUAL) -> str:
    """Return the page; of several runs each has a line in a table that leads to it."""
    runs = report.runs
    alone = runs[0] if len(runs) == 1 else None
    told, tone = _verdict(report)
    name = (_title(alone) or alone.label) if alone is not None else f"{len(runs)} scripts"
    contents = (
        page.head(
            "smtpprobe --script",
            name,
            page.verdict(tone, told, _in_words(report), "result"),
            _about(report, options),
        ),
        _run(alone, 1, options) if alone is not None else _several(runs, options),
    )
    return page.page(f"{told}: {name}", *contents, footer=f"smtpprobe {__version__}, --script")


def _verdict(report: Report) -> tuple[str, Tone]:
    """Return the result of all in a word: of several scripts, one not run says so of itself."""
    told, tone = _RESULTS[report.status.severity]
    if report.ended is not None:
        return report.ended.meaning.upper(), tone
    several = len(report.runs) > 1 and report.status.severity is Severity.NOT_RUN
    return ("NOT ALL RUN" if several else told), tone


def _title(run: ScriptResult | BrokenScript) -> str:
    return run.title if isinstance(run, ScriptResult) else ""


def _in_words(report: Report) -> str:
    runs = report.runs
    over = "the time limit for the whole run is exceeded; " if report.timed_out else ""
    if len(runs) != 1:
        counts = ", ".join(f"{count} {how}" for how, count in endings(runs).items())
        return over + (counts or "no script was run")
    return over + (_reason(runs[0]) or f"{_checks(runs[0])} passed")


def _reason(run: ScriptResult | BrokenScript) -> str:
    if isinstance(run, BrokenScript):
        return why_not_run(run)
    reasons = (*(reason_of(case) for case in run.cases), tries(run))
    return "; ".join(text for text in reasons if text)


def _checks(run: ScriptResult | BrokenScript) -> str:
    if isinstance(run, BrokenScript):
        return "not run"
    return check_count(run.status, run.checks, run.counted)


def _about(report: Report, options: ReportOptions) -> str:
    began = options.began
    parts = [
        f"Run {began.replace(microsecond=0):%Y-%m-%dT%H:%M:%SZ}" if began is not None else "",
        f"{report.seconds:.2f} s",
        f"exit {int(report.status)}, {report.status.meaning}",
    ]
    return "; ".join(part for part in parts if part)


def _several(runs: Sequence[ScriptResult | BrokenScript], options: ReportOptions) -> Markup:
    columns = ("script", "result", "checks", "time", "why")
    rows = [
        (
            tag("a", run.label, href=f"#s{number}"),
            _status(run.status),
            page.figure(_checks(run)),
            page.figure(_seconds(run)),
            _reason(run) or _title(run),
        )
        for number, run in enumerate(runs, 1)
    ]
    sections = [
        tag(
            "section",
            heading(2, _status(run.status), f" {run.label}", id=f"s{number}"),
            tag("p", _title(run), class_="soft") if _title(run) else NOTHING,
            _run(run, 2, options),
        )
        for number, run in enumerate(runs, 1)
    ]
    return joined((page.table(columns, rows, ("", "", "checks", "time", "why")), *sections))


def _seconds(run: ScriptResult | BrokenScript | CaseResult) -> str:
    return f"{run.seconds:.2f} s" if not isinstance(run, BrokenScript) else ""


def _status(status: ExitStatus) -> Markup:
    told, tone = _RESULTS[status.severity]
    return word(tone, told)


def _run(run: ScriptResult | BrokenScript, level: int, options: ReportOptions) -> Markup:
    if isinstance(run, BrokenScript):
        return _broken(run)
    script = run.name if run.title and level == 1 else ""
    known = page.facts((("Script", script), ("Target", run.target), ("Server", run.peer)))
    misses = [
        _miss(run, check, level, options)
        for check in run.failed
        if check.outcome is not Outcome.SKIP
    ]
    named = any(case.name for case in run.cases)
    notes = [*run.notes, *unread_notes(run.unread)]
    parts = [
        known,
        *([heading(level + 1, _MISSES[_only_warned(run)]), *misses] if misses else []),
        *([heading(level + 1, "Cases")] if named else []),
        tag("div", *(_case(case) for case in run.cases), class_="folds"),
        *([heading(level + 1, "Notes")] if notes else []),
        *(tag("p", note) for note in notes),
    ]
    return joined(parts)


_MISSES = {False: "What went wrong", True: "Warnings"}


def _only_warned(run: ScriptResult) -> bool:
    return all(check.outcome in (Outcome.WARN, Outcome.SKIP) for check in run.failed)


def _broken(run: BrokenScript) -> Markup:
    error = run.error
    if isinstance(error, ScriptProblems):
        return page.verbatim("what is wrong with the script", problem_lines(error))
    return joined((tag("p", error.message), tag("p", error.hint) if error.hint else NOTHING))


def _miss(run: ScriptResult, check: Check, level: int, options: ReportOptions) -> Markup:
    """Return a check that did not pass: the block of the text report under its first line."""
    told, tone = _OUTCOMES[check.outcome]
    _, *lines = failure_lines(run, check, sent=options.sent)
    name = run.case_of(check).name
    head = heading(level + 2, word(tone, told), f" {check.why.text}")
    case = tag("p", f"case {name}", class_="soft") if name else NOTHING
    block = page.verbatim("script and reply", _unframed(lines))
    return tag("article", head, case, block, class_=f"entry {tone.value}")


def _unframed(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines of a block without the empty ones at its ends."""
    shown = list(lines)
    while shown and not text_of(shown[-1]).strip(" |"):
        shown.pop()
    yield from shown or [line("no place in the script")]


def _case(case: CaseResult) -> Markup:
    told, tone = _OUTCOMES[case.outcome]
    count = check_count(case.status, case.checks, case.counted)
    aside = ", ".join(part for part in (count, _seconds(case), reason_of(case)) if part)
    summary = joined((word(tone, told), " ", tag("b", case.name or "Checks"), small(aside)))
    shown, left_out = _first_passes(case.checks)
    more = f"{left_out} more checks passed"
    parts = [
        page.table(_COLUMNS, map(_row, shown), ("", *_COLUMNS[1:])) if shown else NOTHING,
        tag("p", more, class_="soft") if left_out else NOTHING,
        page.facts([("Echo", _stacked(case.echoes))]),
        _wire(case),
    ]
    return page.fold(summary, *parts, opened=case.outcome is not Outcome.PASS)


def _first_passes(checks: Sequence[Check]) -> tuple[list[Check], int]:
    """Return the checks without the last of very many passes, and how many those are."""
    shown, passes = [], 0
    for check in checks:
        passes += check.outcome is Outcome.PASS
        if passes <= PASSES_SHOWN or check.outcome is not Outcome.PASS:
            shown.append(check)
    return shown, len(checks) - len(shown)


_COLUMNS = ("check", "result", "expected", "got", "time")


def _row(check: Check) -> tuple[Content, ...]:
    told, tone = _OUTCOMES[check.outcome]
    spent = f"{check.came.seconds * 1000:.0f} ms" if check.came.seconds is not None else ""
    got = check.came.text or check.message
    return (
        check.title,
        word(tone, told),
        tag("code", check.wanted) if check.wanted else NOTHING,
        tag("code", got) if check.came.text else got,
        page.figure(spent),
    )


def _stacked(texts: Sequence[str]) -> Markup:
    return joined(tag("span", each, tag("br")) for each in texts)


def _wire(case: CaseResult) -> Markup:
    """Return the last lines on the wire of a case that did not pass, folded away."""
    lines = [line(each) for each in case.wire if case.outcome is not Outcome.PASS]
    if not lines:
        return NOTHING
    return page.fold("On the wire", page.verbatim("lines on the wire", lines), opened=False)
