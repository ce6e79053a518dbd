"""A plan as lines for people, and problems, findings and plans as plain data. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from smtpprobe.errors import ScriptError
from smtpprobe.present import spans
from smtpprobe.present.escape import shown
from smtpprobe.present.spans import Line, Span
from smtpprobe.script.lint.finding import Finding
from smtpprobe.script.plan import PlanLine
from smtpprobe.script.problem import Included, Problem, ScriptProblems, includers_data

_KIND, _WIDEST = 7, 40


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
