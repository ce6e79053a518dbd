"""What is wrong with a script, with its place and what to write instead; plain data."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import TypeAlias

from smtpprobe.errors import ScriptError
from smtpprobe.named_tuple import NamedTuple

SHOWN_PROBLEMS = 10
"""How many problems of one file are reported at once."""


class Mark(NamedTuple):
    """A place in a line of the source, underlined; lines and columns count from 1.

    `label` follows the underline. The main place of a problem is marked with `^`, others
    that explain it with `-`. `file` is that of an included file, empty for the script itself.
    """

    line: int
    column: int
    width: int = 1
    label: str = ""
    caret: str = "^"
    file: str = ""


class Problem(NamedTuple):
    """One thing that keeps a script from being run. `id` is its name in machine formats."""

    id: str
    message: str
    marks: tuple[Mark, ...]
    help: tuple[str, ...] = ()

    @property
    def place(self) -> Mark:
        """The mark of the problem itself."""
        return next(mark for mark in self.marks if mark.caret == "^")


Included: TypeAlias = Mapping[str, tuple[Mark, ...]]
"""Where each included file is included: the marks of the lines that do it."""


def includers(file: str, included: Included) -> list[Mark]:
    """Return the lines that lead to a file, each once: those that include it, then theirs."""
    found: dict[Mark, None] = {}
    waiting = deque([file])
    seen = set(waiting)
    while waiting:
        for mark in included.get(waiting.popleft(), ()):
            found[mark] = None
            if mark.file not in seen:
                seen.add(mark.file)
                waiting.append(mark.file)
    return list(found)


def includers_data(name: str, file: str, included: Included) -> list[dict[str, object]]:
    """Return the lines that lead to a file as plain data; `name` is that of the script itself."""
    return [{"file": mark.file or name, "line": mark.line} for mark in includers(file, included)]


class ScriptProblems(ScriptError):  # noqa: N818 - names all that was found
    """A script that cannot be run; `sources` holds the lines of each file, for showing the places.

    `included` holds the lines that include each file. `message` is the first problem in one line.
    """

    def __init__(
        self,
        name: str,
        sources: Mapping[str, tuple[str, ...]],
        problems: tuple[Problem, ...],
        included: Included | None = None,
    ) -> None:
        first = problems[0]
        place = first.place
        where = f"{place.file or name}:{place.line}:{place.column}"
        self.included = included or {}
        if above := self.included.get(place.file):
            where += f", included from {above[0].file or name}:{above[0].line}"
        hint = first.help[0] if first.help else ""
        super().__init__(f"{where}: {first.message}", hint, first.id, name)
        self.sources = sources
        self.problems = problems
