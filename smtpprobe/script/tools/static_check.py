"""Checks script files without a network: reads them, lints them, shows their plan.

For people as lines, for programs as one JSON document.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

from smtpprobe.errors import ScriptError
from smtpprobe.exits import ExitStatus, combined
from smtpprobe.present import spans
from smtpprobe.present.escape import shown
from smtpprobe.present.json_text import json_text
from smtpprobe.present.session import error_lines
from smtpprobe.present.spans import Line, Span
from smtpprobe.present.terminal import rendered
from smtpprobe.script.language.problem import Included, Problem, ScriptProblems, includers_data
from smtpprobe.script.language.steps import Script
from smtpprobe.script.lint.finding import Finding
from smtpprobe.script.lint.rules import lint
from smtpprobe.script.load import Given, load_scripts
from smtpprobe.script.reports.failures import finding_lines, problem_lines
from smtpprobe.script.tools.plan import PlanLine, plan

SCHEMA = "smtpprobe/check/1"

_KIND, _WIDEST = 7, 40
"""Columns for the kind of a step, and the longest text beside which others are lined up."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A script and what the linter found, or what is wrong with it."""

    script: Script | ScriptError
    findings: tuple[Finding, ...] = ()

    def status(self, *, strict: bool) -> ExitStatus:
        """Return what the exit code is: findings count with `strict` only."""
        if isinstance(self.script, ScriptError):
            return self.script.status
        return ExitStatus.CHECK_FAILED if strict and self.findings else ExitStatus.OK


def check_files(
    files: Sequence[str],
    given: Given | None = None,
    *,
    machine: bool = False,
    strict: bool = False,
    colour: bool = False,
    out: TextIO | None = None,
    err: TextIO | None = None,
) -> ExitStatus:
    """Check scripts and report; return the exit status: 0, 1 (findings, `strict`), 3 (unreadable).

    `-` is standard input, a folder its scripts. As text the plan and the findings go to `out`,
    what is wrong to `err`; with `machine` all is one JSON document on `out`.
    """
    out, err = out or sys.stdout, err or sys.stderr
    given = given or Given()
    checked = [_checked(script, given) for script in load_scripts(files, given)]
    status = combined([one.status(strict=strict) for one in checked])
    if machine:
        document = {"schema": SCHEMA, "v": 1, "exit": int(status), "files": _data(checked)}
        out.write(f"{json_text(document, ascii_only=True)}\n")
        return status
    for number, one in enumerate(checked):
        wrong = isinstance(one.script, ScriptError)
        lines = _lines(one, named=len(checked) > 1)
        (err if wrong else out).write(
            rendered([*([spans.line("")] if number else []), *lines], colour=colour)
        )
    return status


def _checked(script: Script | ScriptError, given: Given) -> Checked:
    if isinstance(script, ScriptError):
        return Checked(script)
    return Checked(script, lint(script, given.outside))


def _lines(one: Checked, *, named: bool) -> list[Line]:
    if isinstance(one.script, ScriptProblems):
        return problem_lines(one.script)
    if isinstance(one.script, ScriptError):
        return error_lines(one.script.message, one.script.hint)
    lines = [spans.line(shown(one.script.name), spans.HEADING)] if named else []
    lines += plan_lines(plan(one.script))
    return [*lines, *(line for line in [spans.line("")] if one.findings),
            *finding_lines(one.script, one.findings)]  # fmt: skip


def _data(checked: Sequence[Checked]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for one in checked:
        if isinstance(one.script, ScriptError):
            name = one.script.name if isinstance(one.script, ScriptProblems) else None
            problems = error_data(one.script)
            found.append({"file": name, "problems": problems, "findings": [], "plan": []})
            continue
        script = one.script
        findings = [problem_data(found, script.name, script.included) for found in one.findings]
        found.append(
            {
                "file": one.script.name,
                "problems": [],
                "findings": findings,
                "plan": plan_data(plan(one.script)),
            }
        )
    return found


def plan_lines(plan: Sequence[PlanLine]) -> list[Line]:
    """Return the plan, its expectations one under the other where the lines are short enough."""
    texts = ["  " * one.depth + shown(one.text) for one in plan]
    lengths = [len(text) for text, one in zip(texts, plan, strict=True) if one.expects]
    width = max((length for length in lengths if length <= _WIDEST), default=0)
    return [_plan_line(one, text, width) for one, text in zip(plan, texts, strict=True)]


def _plan_line(one: PlanLine, text: str, width: int) -> Line:
    number = f"{one.place.file}:{one.place.line}" if one.place.file else f"{one.place.line:>4}"
    head = f"{number}  {one.kind:<{_KIND}} "
    if not one.expects:
        return (Span(spans.HINT, head), Span(spans.PLAIN, text))
    return (
        Span(spans.HINT, head),
        Span(spans.PLAIN, f"{text:<{width}}" if text else ""),
        Span(spans.ANNOTATION, f"{'  ' if text else ''}{shown(one.expects)}"),
    )


def plan_data(plan: Sequence[PlanLine]) -> list[dict[str, object]]:
    """Return the plan as plain data."""
    return [
        {
            "file": one.place.file or None,
            "line": one.place.line,
            "depth": one.depth,
            "kind": one.kind,
            "text": shown(one.text),
            "expects": shown(one.expects),
        }
        for one in plan
    ]


def error_data(error: ScriptError) -> list[dict[str, object]]:
    """Return what keeps a script from being run as plain data; `line` is null without a place."""
    if isinstance(error, ScriptProblems):
        return [problem_data(one, error.name, error.included) for one in error.problems]
    help_ = [error.hint] if error.hint else []
    nowhere = {"file": None, "line": None, "column": None, "width": None}
    return [{"id": error.id, "message": error.message, **nowhere, "included": [], "help": help_}]


def problem_data(problem: Problem | Finding, name: str, included: Included) -> dict[str, object]:
    """Return a problem or a finding as plain data; lines and columns count from 1.

    `included` are the lines that led to its file.
    """
    place = problem.place
    return {
        "id": problem.id,
        "message": shown(problem.message),
        "file": place.file or name,
        "line": place.line,
        "column": place.column,
        "width": place.width,
        "included": includers_data(name, place.file, included),
        "label": shown(place.label),
        "help": [shown(text) for text in problem.help],
    }
