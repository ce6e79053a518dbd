"""Results as one JSON document, `smtpprobe/script/1`; its schema is docs/schemas/script-1.json."""

from __future__ import annotations

from smtpprobe import __version__
from smtpprobe.knowledge.annotate import annotate
from smtpprobe.present.annotation_json import annotation_object
from smtpprobe.present.json_text import json_text
from smtpprobe.script.language.problem import Problem, ScriptProblems, includers_data
from smtpprobe.script.reports.options import USUAL, ReportOptions
from smtpprobe.script.results.check import Check, Outcome
from smtpprobe.script.results.results import BrokenScript, CaseResult, Report, ScriptResult, totals

SCHEMA = "smtpprobe/script/1"
VERSION = 1
"""Fields may be added; a changed meaning makes the next version."""


def json_report(report: Report, _options: ReportOptions = USUAL) -> str:
    """Return the document, one line in ASCII."""
    return json_text(document(report), ascii_only=True) + "\n"


def document(report: Report) -> dict[str, object]:
    """Return the document as plain values; times are in seconds."""
    return {
        "schema": SCHEMA,
        "v": VERSION,
        "smtpprobe": __version__,
        "exit": int(report.status),
        "seconds": round(report.seconds, 6),
        "timed_out": report.timed_out,
        "totals": totals(report.results),
        "files": [
            _script(run) if isinstance(run, ScriptResult) else _broken(run) for run in report.runs
        ],
    }


def _script(run: ScriptResult) -> dict[str, object]:
    return {
        "file": run.name,
        "target": run.variant or None,
        "title": run.title or None,
        "exit": int(run.status),
        "seconds": round(run.seconds, 6),
        "retries": run.retries,
        "cases": [_case(case, run) for case in run.cases],
    }


def _broken(run: BrokenScript) -> dict[str, object]:
    error = run.error
    return {
        "file": run.name,
        "exit": int(run.status),
        "message": error.message,
        "problems": _problems(error) if isinstance(error, ScriptProblems) else [],
        "cases": [],
    }


def _problems(error: ScriptProblems) -> list[dict[str, object]]:
    return [_problem(problem, error) for problem in error.problems]


def _problem(problem: Problem, error: ScriptProblems) -> dict[str, object]:
    place = problem.place
    return {
        "id": problem.id,
        "message": problem.message,
        "file": place.file or None,
        "line": place.line,
        "column": place.column,
        "included": includers_data(error.name, place.file, error.included),
        "help": list(problem.help),
    }


def _case(case: CaseResult, run: ScriptResult) -> dict[str, object]:
    not_after = case.not_after.isoformat() if case.not_after else None
    return {
        "name": case.name,
        "outcome": case.outcome.value,
        "reason": case.reason or None,
        "peer": case.peer or None,
        "seconds": round(case.seconds, 6),
        "phases": {phase.value: round(spent, 6) for phase, spent in case.phases.items()},
        "tls_not_after": not_after,
        "checks": [_check(check, run) for check in case.checks],
        "echoes": list(case.echoes),
        "notes": list(case.notes),
        "unread": list(case.unread),
        "wire": [] if case.outcome is Outcome.PASS else list(case.wire),
    }


def _check(check: Check, run: ScriptResult) -> dict[str, object]:
    found = check.plain()
    found["seconds"] = None if check.came.seconds is None else round(check.came.seconds, 6)
    if check.place.file and check.id:
        found["included"] = includers_data(run.name, check.place.file, run.included)
    if check.came.exchange is not None:
        lines = (line.raw.rstrip(b"\r\n") for line in check.came.exchange.reply.lines)
        found["reply"] = [line.decode("utf-8", "backslashreplace") for line in lines]
        found["annotation"] = annotation_object(annotate(check.came.exchange))
    return found
