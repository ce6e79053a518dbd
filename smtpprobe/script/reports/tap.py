"""Results as TAP 14: a subtest for each file, inside it one for each case, a point for each check.

The form is that of testanything.org; server text is escaped, as TAP is read on terminals too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from smtpprobe.exits import ExitStatus
from smtpprobe.present.escape import escaped, shown
from smtpprobe.present.json_text import json_text
from smtpprobe.script.language.problem import ScriptProblems
from smtpprobe.script.reports.options import USUAL, ReportOptions
from smtpprobe.script.results.check import Check, Outcome
from smtpprobe.script.results.results import BrokenScript, CaseResult, Report, ScriptResult

_INDENT = "    "
_SEVERITIES = {Outcome.WARN: "warning", Outcome.FAIL: "fail", Outcome.ERROR: "error"}
_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9 ,;/()._-]*[A-Za-z0-9)])?")
_PLAIN_PATH = re.compile(r"[A-Za-z0-9][A-Za-z0-9/._-]*\.smtp")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


def tap_report(report: Report, _options: ReportOptions = USUAL) -> str:
    """Return the report as lines of TAP."""
    lines = ["TAP version 14", _plan(len(report.runs))]
    for number, run in enumerate(report.runs, 1):
        lines += _broken(number, run) if isinstance(run, BrokenScript) else _script(number, run)
    if report.timed_out:
        lines.append("Bail out! the time limit for the whole run is exceeded")
    return "".join(f"{line}\n" for line in lines)


def _plan(points: int) -> str:
    return f"1..{points}" if points else "1..0 # SKIP nothing was checked"


def _broken(number: int, run: BrokenScript) -> list[str]:
    error = run.error
    message, place = error.message, (run.name, 1, 1)
    if isinstance(error, ScriptProblems):
        first = error.problems[0]
        message = first.message
        place = (first.place.file or run.name, first.place.line, first.place.column)
    told = [
        f"message: {_scalar(message)}",
        "severity: error",
        f"at: {{file: {_path(place[0])}, line: {place[1]}, column: {place[2]}}}",
    ]
    return [_point(number, run.label, well=False), *_block(told)]


def _script(number: int, run: ScriptResult) -> list[str]:
    if run.status is ExitStatus.NOTHING_CHECKED:
        echoes = [line for case in run.cases for line in _echoes(case)]
        return [*echoes, _skip(number, run.label, run.reason)]
    if len(run.cases) == 1 and run.cases[0].name is None:
        points = _points(run, run.cases[0])
    else:
        points = _cases(run)
    decisive = run.decisive
    return [
        *_subtest(run.label, points),
        _point(number, run.label, well=run.status is ExitStatus.OK),
        *(_diagnostics(run, decisive) if decisive is not None else []),
    ]


def _cases(run: ScriptResult) -> list[str]:
    lines: list[str] = []
    for number, case in enumerate(run.cases, 1):
        name = case.name or run.name
        if case.status is ExitStatus.NOTHING_CHECKED:
            lines += [*_echoes(case), _skip(number, name, case.reason)]
            continue
        lines += _subtest(name, _points(run, case))
        lines.append(_point(number, name, well=case.status is ExitStatus.OK))
    return [*lines, _plan(len(run.cases))]


def _points(run: ScriptResult, case: CaseResult) -> list[str]:
    lines: list[str] = []
    for number, check in enumerate(case.checks, 1):
        lines.append(_point(number, check.title, well=check.is_well))
        if check.outcome is not Outcome.PASS:
            lines += _diagnostics(run, check)
    return [*lines, *_echoes(case), _plan(len(case.checks))]


def _echoes(case: CaseResult) -> list[str]:
    """Return the texts of `:echo` as comments; the word keeps one from beginning a subtest."""
    return [f"# echo: {shown(text)}" for text in case.echoes]


def _subtest(name: str, lines: Sequence[str]) -> list[str]:
    return [f"# Subtest: {_description(name)}", *(_INDENT + line for line in lines)]


def _point(number: int, name: str, *, well: bool) -> str:
    return f"{'ok' if well else 'not ok'} {number} - {_description(name)}"


def _skip(number: int, name: str, reason: str) -> str:
    return f"{_point(number, name, well=True)} # SKIP {shown(reason)}"


def _description(text: str) -> str:
    """Return a text that can hold no directive: `#` and the backslash are escaped."""
    return shown(text).replace("\\", "\\\\").replace("#", "\\#")


def _diagnostics(run: ScriptResult, check: Check) -> list[str]:
    path = _path(check.place.file or run.name)
    told = [
        f"message: {_scalar(check.message)}",
        f"severity: {_SEVERITIES.get(check.outcome, 'comment')}",
        f"at: {{file: {path}, line: {check.place.line}, column: {check.place.column}}}",
        f"phase: {check.moment.phase.value}",
    ]
    got = _got(check)
    if check.wanted or got:
        lines = ", ".join(_quoted(line) for line in got)
        told.append(f"data: {{expect: {_quoted(check.wanted)}, got: [{lines}]}}")
    return _block(told)


def _got(check: Check) -> list[str]:
    if check.came.exchange is None:
        return [check.came.text] if check.came.text else []
    lines = (line.raw.rstrip(b"\r\n") for line in check.came.exchange.reply.lines)
    return [line.decode("utf-8", "backslashreplace") for line in lines]


def _block(lines: Sequence[str]) -> list[str]:
    return [f"  {line}" for line in ("---", *lines, "...")]


def _scalar(text: str) -> str:
    """Return a text as a YAML scalar, bare where that can mean nothing else."""
    is_plain = _PLAIN.fullmatch(text) and text.lower() not in _WORDS
    return text if is_plain else _quoted(text)


def _path(text: str) -> str:
    return text if _PLAIN_PATH.fullmatch(text) else _quoted(text)


def _quoted(text: str) -> str:
    r"""Return a text as a double-quoted YAML scalar; its escapes are those of JSON and `\x1b`."""
    return escaped(json_text(text))
