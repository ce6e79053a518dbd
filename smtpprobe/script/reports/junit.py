"""Results as JUnit XML, in the shape that Jenkins, GitLab and Ant's own schema all take.

What XML 1.0 cannot hold (section 2.2) is escaped as on screen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from xml.etree import ElementTree as ET

from smtpprobe.present.escape import shown
from smtpprobe.present.terminal import rendered
from smtpprobe.script.language.problem import ScriptProblems
from smtpprobe.script.reports.failures import failure_lines, problem_lines
from smtpprobe.script.results.check import Check, Outcome
from smtpprobe.script.results.results import (
    BrokenScript,
    CaseResult,
    Report,
    ScriptResult,
    unread_notes,
)


def junit_report(report: Report, began: datetime | None = None) -> str:
    """Return the report as an XML document; `began` stands in it as the time of each suite."""
    root = ET.Element("testsuites", name="smtpprobe")
    for number, run in enumerate(report.runs):
        suite = _broken(run) if isinstance(run, BrokenScript) else _script(run)
        suite.set("id", str(number))
        suite.set("hostname", "localhost")
        if began is not None:
            suite.set("timestamp", began.strftime("%Y-%m-%dT%H:%M:%S"))
        root.append(suite)
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    root.set("time", _seconds(report.seconds))
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _broken(run: BrokenScript) -> ET.Element:
    case = ET.Element("testcase", classname=shown(run.label), name="script", time=_seconds(0))
    error = run.error
    told = ET.SubElement(case, "error", type=_kind(run), message=shown(error.message))
    lines = problem_lines(error) if isinstance(error, ScriptProblems) else []
    told.text = rendered(lines, colour=False) or shown(error.hint)
    return _suite(run.label, [case], 0.0)


def _kind(run: BrokenScript) -> str:
    error = run.error
    return error.problems[0].id if isinstance(error, ScriptProblems) else "script"


def _script(run: ScriptResult) -> ET.Element:
    cases = [element for case in run.cases for element in _checks(run, case)]
    return _suite(run.label, cases, run.seconds, _told(run.cases))


def _suite(name: str, cases: list[ET.Element], seconds: float, told: str = "") -> ET.Element:
    """Return a suite; all its parts are there, in the one order that every schema takes."""
    counts = {tag: sum(case.find(tag) is not None for case in cases) for tag in _COUNTED}
    suite = ET.Element("testsuite", name=shown(name), package="smtpprobe", tests=str(len(cases)))
    for tag, attribute in _COUNTED.items():
        suite.set(attribute, str(counts[tag]))
    suite.set("time", _seconds(seconds))
    ET.SubElement(suite, "properties")
    suite.extend(cases)
    ET.SubElement(suite, "system-out").text = told
    ET.SubElement(suite, "system-err")
    return suite


_COUNTED = {"failure": "failures", "error": "errors", "skipped": "skipped"}


def _checks(run: ScriptResult, case: CaseResult) -> Iterable[ET.Element]:
    class_name = shown(f"{run.label}.{case.name}" if case.name is not None else run.label)
    if case.outcome is Outcome.SKIP:
        name = case.decisive.title if case.decisive is not None else "script"
        element = ET.Element("testcase", classname=class_name, name=shown(name))
        element.set("time", _seconds(case.seconds))
        ET.SubElement(element, "skipped", message=shown(case.reason))
        yield element
        return
    seen: Counter[str] = Counter()
    for check in case.checks:
        seen[check.title] += 1
        again = f" ({seen[check.title]})" if seen[check.title] > 1 else ""
        element = ET.Element("testcase", classname=class_name, name=shown(check.title) + again)
        element.set("time", _seconds(check.came.seconds or 0.0))
        if not check.is_well:
            element.append(_failure(run, check))
        yield element


def _failure(run: ScriptResult, check: Check) -> ET.Element:
    tag = "error" if check.outcome is Outcome.ERROR else "failure"
    element = ET.Element(tag, type=check.moment.phase.value, message=shown(check.message))
    element.text = rendered(failure_lines(run, check), colour=False)
    return element


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


def _seconds(seconds: float) -> str:
    return f"{seconds:.3f}"
