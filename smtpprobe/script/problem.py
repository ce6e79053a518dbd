"""What is wrong with a script, with its place and what to write instead; plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from smtpprobe.errors import ScriptError

SHOWN_PROBLEMS = 10
"""How many problems of one file are told at once."""


class Mark(NamedTuple):
    """A place in a line of the source, underlined; lines and columns count from 1.

    `label` stands behind the underline. The main place of a problem is marked with `^`, others
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


class ScriptProblems(ScriptError):  # noqa: N818 - names all that was found
    """A script that cannot be run; `sources` holds the lines of each file, for showing the places.

    `message` is the first problem in one line, for those who show no more.
    """

    def __init__(
        self, name: str, sources: Mapping[str, tuple[str, ...]], problems: tuple[Problem, ...]
    ) -> None:
        first = problems[0]
        place = first.place
        where = f"{place.file or name}:{place.line}:{place.column}"
        hint = first.help[0] if first.help else ""
        super().__init__(f"{where}: {first.message}", hint, first.id, name)
        self.sources = sources
        self.problems = problems
