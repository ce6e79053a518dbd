"""A finding of the linter, and the marks that its rules make."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from smtpprobe.script.language.defined_names import Outside
from smtpprobe.script.language.problem import Mark, Problem
from smtpprobe.script.language.steps import Place, Script

Finding: TypeAlias = Problem
"""It has the shape of a problem; the script can be run anyway."""

Rule: TypeAlias = Callable[[Script, Outside], Iterator[Finding]]


def line_of(script: Script, place: Place) -> str:
    """Return the line of a place as it is written; empty where the file is."""
    lines = script.sources.get(place.file, ())
    return lines[place.line - 1] if place.line <= len(lines) else ""


def whole(script: Script, place: Place, label: str = "", caret: str = "^") -> Mark:
    """Return a mark under the whole line of a place."""
    width = max(1, len(line_of(script, place)))
    return Mark(place.line, 1, width, label, caret, place.file)
