"""A strict reader of TAP 14, written from its specification: what does not belong is an error."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import yaml

_POINT = re.compile(r"(not )?ok(?: ([0-9]+))?(?: - (.*))?")
_PLAN = re.compile(r"1\.\.([0-9]+)(?: # (.*))?")
_DIRECTIVE = re.compile(r"(?<!\\)#\s*(SKIP)\b\s*(.*)", re.IGNORECASE)
_SUBTEST = re.compile(r"# Subtest: (.*)")


@dataclass
class Point:
    ok: bool
    number: int
    description: str
    directive: str = ""
    reason: str = ""
    diagnostics: dict[str, object] = field(default_factory=dict)
    subtest: Tap | None = None


@dataclass
class Tap:
    points: list[Point]
    plan: int
    bailed: bool = False


class NotTapError(ValueError):
    pass


def read_tap(text: str) -> Tap:
    """Read a whole document; what breaks the rules raises NotTapError."""
    lines = text.splitlines()
    if lines[:1] != ["TAP version 14"]:
        raise NotTapError("no version line")
    return _Reader(lines[1:]).read()


class _Reader:
    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._at = 0
        self._points: list[Point] = []
        self._plan: int | None = None

    def read(self) -> Tap:
        bailed = False
        while self._at < len(self._lines):
            line = self._next()
            if bailed:
                raise NotTapError(f"behind a bail-out: {line}")
            bailed = line.startswith("Bail out!")
            if not bailed:
                self._line(line)
        if self._plan is None:
            raise NotTapError("no plan")
        if not bailed and self._plan != len(self._points):
            raise NotTapError(f"{len(self._points)} points, planned {self._plan}")
        return Tap(self._points, self._plan, bailed)

    def _next(self) -> str:
        self._at += 1
        return self._lines[self._at - 1]

    def _line(self, line: str) -> None:
        if (match := _SUBTEST.fullmatch(line)) is not None:
            self._subtest(_unescaped(match[1]))
        elif (match := _PLAN.fullmatch(line)) is not None:
            if self._plan is not None:
                raise NotTapError("two plans")
            self._plan = int(match[1])
        elif (match := _POINT.fullmatch(line)) is not None:
            self._point(match)
        elif not line.startswith("#"):
            raise NotTapError(f"not TAP: {line!r}")

    def _point(self, match: re.Match[str]) -> Point:
        number = int(match[2] or len(self._points) + 1)
        if number != len(self._points) + 1:
            raise NotTapError(f"point {number} where {len(self._points) + 1} belongs")
        text = match[3] or ""
        directive = _DIRECTIVE.search(text)
        if directive is not None:
            text = text[: directive.start()].rstrip()
        if re.search(r"(?<!\\)#", text):
            raise NotTapError(f"a bare # that is no directive: {text}")
        point = Point(not match[1], number, _unescaped(text))
        if directive is not None:
            point.directive, point.reason = directive[1].upper(), directive[2]
        point.diagnostics = self._diagnostics()
        self._points.append(point)
        return point

    def _diagnostics(self) -> dict[str, object]:
        if self._at >= len(self._lines) or self._lines[self._at] != "  ---":
            return {}
        self._next()
        block = []
        while (line := self._next()) != "  ...":
            if not line.startswith("  "):
                raise NotTapError(f"YAML without its indent: {line}")
            block.append(line[2:])
        found = yaml.safe_load("\n".join(block))
        if not isinstance(found, dict):
            raise NotTapError("the diagnostics are no mapping")
        return found

    def _subtest(self, name: str) -> None:
        inside = []
        while self._at < len(self._lines) and self._lines[self._at].startswith("    "):
            inside.append(self._next()[4:])
        subtest = _Reader(inside).read()
        match = _POINT.fullmatch(self._next())
        if match is None:
            raise NotTapError(f"no point behind the subtest {name}")
        point = self._point(match)
        if point.description != name:
            raise NotTapError(f"the point of {name} is called {point.description}")
        if point.ok and not all(one.ok for one in subtest.points):
            raise NotTapError(f"{name} is ok with a part that is not")
        point.subtest = subtest


def _unescaped(text: str) -> str:
    return re.sub(r"\\([\\#])", r"\1", text)
