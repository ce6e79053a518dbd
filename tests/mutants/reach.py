"""Which tests reach which line: a map that is kept by the file of tests, and made again in parts.

What a file of tests reached holds as long as neither it nor a module that it reached has changed.
A line is told by the function that it is in and its distance from that function's first line.
"""

from __future__ import annotations

import json
import sys
import threading
import types
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.mutants.kept import digest
from tests.mutants.operators import Mutant, functions_in

TraceFunction = Callable[[types.FrameType, str, Any], Any]

ENOUGH = 30.0
"""Seconds of tests for one mutant at most, by their times when they were traced: it took longer."""

Reached = dict[str, dict[str, list[int]]]
"""By module and function: the lines of it that ran."""


@dataclass
class Reach:
    """What is known about a folder: `seconds` and `lines` by the name of a test."""

    kept: Path
    seconds: dict[str, float] = field(default_factory=dict)
    lines: dict[str, Reached] = field(default_factory=dict)

    def read(self, tests: Collection[str]) -> set[str]:
        """Take over what still holds for these files of tests; return the files it is of."""
        rows = self.kept.read_text().splitlines() if self.kept.exists() else []
        known: dict[str, str] = {}
        for text in rows:
            row = json.loads(text)
            name = row["of"]
            if name in tests and all(digest(file) == then for file, then in row["held"].items()):
                known[name] = text
                self.seconds |= row["seconds"]
                self.lines |= row["lines"]
        self.kept.write_text("".join(f"{text}\n" for text in known.values()))
        return set(known)

    def tests_of(self, mutant: Mutant, file: str) -> list[str]:
        """Return the tests that reach the mutant's line, else its function.

        Those in the file named after the module come first, then the cheapest.
        """
        own = f"test_{Path(file).stem}.py::"
        inside = [
            (self.seconds[test], test, lines)
            for test, reached in self.lines.items()
            if (lines := reached.get(file, {}).get(mutant.function)) is not None
        ]
        at = mutant.line - mutant.first_line
        near = [one for one in inside if at in one[2]] or inside
        return [test for _, test, _ in sorted(near, key=lambda one: (own not in one[1], one[:2]))]

    def within_time(self, tests: Iterable[str]) -> list[str]:
        """Return as many of the tests, in their order, as there is time for: one at least."""
        chosen: list[str] = []
        spent = 0.0
        for test in tests:
            spent += self.seconds[test]
            if chosen and spent > ENOUGH:
                break
            chosen.append(test)
        return chosen


def row(of: str, seconds: Mapping[str, float], lines: Mapping[str, Reached]) -> str:
    """Return what is kept about a file of tests."""
    files = {of, *(file for reached in lines.values() for file in reached)}
    held = {file: digest(file) for file in sorted(files)}
    return json.dumps({"of": of, "held": held, "seconds": seconds, "lines": lines})


class Tracer:
    """Notes the lines of some modules that run, in every thread."""

    def __init__(self, root: Path, files: Iterable[str]) -> None:
        self._names = {str(root / file): file for file in files}
        self._functions = {name: _spans(root / name) for name in self._names.values()}
        self._seen: dict[str, set[int]] = {}

    def traced(self, run: Callable[[], bool]) -> tuple[bool, Reached]:
        """Run it; return what it returned and what it reached."""
        self._seen = {name: set() for name in self._names}
        threading.settrace(self._call)
        sys.settrace(self._call)
        try:
            passed = run()
        finally:
            sys.settrace(None)
            threading.settrace(None)
        return passed, {
            name: found
            for file, name in self._names.items()
            if (found := _by_function(self._functions[name], self._seen[file]))
        }

    def _call(self, frame: types.FrameType, _event: str, _: object) -> TraceFunction | None:
        seen = self._seen.get(frame.f_code.co_filename)
        if seen is None:
            return None

        def line(frame: types.FrameType, event: str, _: object) -> TraceFunction | None:
            if event == "line":
                seen.add(frame.f_lineno)
            return line

        return line


Span = tuple[int, int, str]
"""A function's first line and its last, and its name."""


def _spans(file: Path) -> Sequence[Span]:
    return [(first, last, name) for _, name, first, last in functions_in(file.read_text())]


def _by_function(spans: Sequence[Span], lines: Collection[int]) -> dict[str, list[int]]:
    return {
        name: inside
        for first, last, name in spans
        if (inside := sorted(line - first for line in lines if first <= line <= last))
    }
