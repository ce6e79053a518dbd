"""Results as JUnit XML: a suite for each run of a script, a case for each check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from smtpprobe.present.escape import shown
from smtpprobe.present.formats import junit
from smtpprobe.present.terminal import rendered
from smtpprobe.script.language.problem import ScriptProblems
from smtpprobe.script.reports.failures import failure_lines, problem_lines
from smtpprobe.script.reports.options import USUAL, ReportOptions
from smtpprobe.script.results.check import Outcome
from smtpprobe.script.results.results import (
    BrokenScript,
    CaseResult,
    Report,
    ScriptResult,
    unread_notes,
)


def junit_report(report: Report, options: ReportOptions = USUAL) -> str:
    """Return the report as an XML document; when the run began is the time of each suite."""
    suites = []
    for number, run in enumerate(report.runs):
        suite = _broken(run) if isinstance(run, BrokenScript) else _script(run)
        suite.set("id", str(number))
        suite.set("hostname", "localhost")
        if options.began is not None:
            suite.set("timestamp", options.began.strftime("%Y-%m-%dT%H:%M:%S"))
        suites.append(suite)
    return junit.document(suites, "smtpprobe", report.seconds)


def _broken(run: BrokenScript) -> Element:
    case = junit.case(run.label, "script", 0.0)
    error = run.error
    lines = problem_lines(error) if isinstance(error, ScriptProblems) else []
    text = rendered(lines, colour=False) or shown(error.hint)
    junit.ends(case, "error", error.message, text, _kind(run))
    return junit.whole_suite(run.label, [case], 0.0)


def _kind(run: BrokenScript) -> str:
    error = run.error
    return error.problems[0].id if isinstance(error, ScriptProblems) else "script"


def _script(run: ScriptResult) -> Element:
    cases = [element for case in run.cases for element in _checks(run, case)]
    return junit.whole_suite(run.label, cases, run.seconds, _told(run.cases))


def _checks(run: ScriptResult, case: CaseResult) -> Iterator[Element]:
    class_name = f"{run.label}.{case.name}" if case.name is not None else run.label
    if case.outcome is Outcome.SKIP:
        name = case.decisive.title if case.decisive is not None else "script"
        skipped = junit.case(class_name, name, case.seconds)
        junit.ends(skipped, "skipped", case.reason)
        yield skipped
        return
    seen: Counter[str] = Counter()
    for check in case.checks:
        seen[check.title] += 1
        again = f" ({seen[check.title]})" if seen[check.title] > 1 else ""
        element = junit.case(class_name, f"{check.title}{again}", check.came.seconds or 0.0)
        if not check.is_well:
            tag = "error" if check.outcome is Outcome.ERROR else "failure"
            text = rendered(failure_lines(run, check), colour=False)
            junit.ends(element, tag, check.message, text, check.moment.phase.value)
        yield element


def _told(cases: Iterable[CaseResult]) -> str:
    """Return what `:echo` said, warnings, notes, the last lines on the wire, case by case."""
    lines: list[str] = []
    for case in cases:
        warned = [check for check in case.checks if check.outcome is Outcome.WARN]
        told = [
            *(f"echo: {text}" for text in case.echoes),
            *(f"warning: line {check.place.line}: {check.message}" for check in warned),
            *(f"note: {note}" for note in case.notes),
            *unread_notes(case.unread),
            *case.wire,
        ]
        lines += [f"# {case.name}"] if case.name is not None and told else []
        lines += told
    return "".join(f"{shown(line)}\n" for line in lines)
