"""The position of a parser in a script: the lines, the next one, the steps and problems so far."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from smtpprobe.script.language.assertion import CompileRegex
from smtpprobe.script.language.problem import SHOWN_PROBLEMS, Mark, Problem
from smtpprobe.script.language.steps import Comment, Place, Step
from smtpprobe.script.language.tokens import is_string, tokens
from smtpprobe.script.language.values import braces_at

_NAME = "value"
"""What the help for a string that ends too soon calls its value."""


class Cursor:
    """A place in the lines of one file (the next line counts from 0), and what was found so far.

    `file` is empty for the script itself. With `fragment` the last message may stay open.
    """

    def __init__(
        self, lines: tuple[str, ...], compile_regex: CompileRegex, *, fragment: bool = False
    ) -> None:
        self.file = ""
        self.lines = lines
        self.next = 0
        self.fragment = fragment
        self.compile_regex = compile_regex
        self.steps: list[Step] = []
        self.problems: list[Problem] = []

    @property
    def at_end(self) -> bool:
        """Whether no line is left, or enough is wrong already."""
        return self.next >= len(self.lines) or len(self.problems) >= SHOWN_PROBLEMS

    @property
    def text(self) -> str:
        """The next line; empty at the end."""
        return self.lines[self.next] if self.next < len(self.lines) else ""

    @property
    def place(self) -> Place:
        """The place of the next line."""
        return self.place_of(self.next)

    def place_of(self, index: int, column: int = 1) -> Place:
        """Return the place of a line of this file, counted from 0."""
        return Place(index + 1, column, self.file)

    def mark(self, index: int, column: int, width: int, label: str = "", caret: str = "^") -> Mark:
        """Return a mark in a line of this file, counted from 0."""
        return Mark(index + 1, column, max(1, width), label, caret, self.file)

    def whole(self, label: str = "") -> Mark:
        """Return a mark under the whole next line."""
        return self.mark(self.next, 1, len(self.text), label)

    def take(self, step: Step) -> None:
        """Add the step that the next line is, and go on."""
        self.steps.append(step)
        self.next += 1

    def comment(self) -> None:
        """Take the next line as a comment."""
        self.take(Comment(self.place, self.text))

    def blame(self, id_: str, message: str, *marks: Mark, help_: tuple[str, ...] = ()) -> None:
        """Note a problem; the cursor stays."""
        self.problems.append(Problem(id_, message, marks, help_))

    def refuse(self, id_: str, message: str, *marks: Mark, help_: tuple[str, ...] = ()) -> None:
        """Note a problem of the next line, and go past it."""
        self.blame(id_, message, *marks, help_=help_)
        self.next += 1

    def skip_while(self, wanted: Callable[[str], bool]) -> None:
        """Go past blank lines and comments (kept as steps) as long as they are wanted."""
        while self.next < len(self.lines) and wanted(self.text):
            if self.text.startswith("#"):
                self.comment()
            else:
                self.next += 1

    def refuse_cut_string(self, start: int) -> bool:
        """Refuse the next line if a string in it, from `start` (from 0) on, ends too soon.

        That is at a quote inside its braces. Returns whether there is one.
        """
        text = self.text
        for token, following in pairwise(tokens(text, start)):
            if not is_string(token.text) or following.column != token.end:
                continue
            inside = token.text.rfind("{{")
            begin = token.column - 1 + inside
            end = braces_at(text, begin) if inside >= 0 else None
            if end is None or end < token.end:
                continue
            self.refuse(
                "P03",
                "a string ends at the next quote, even inside {{ }}",
                self.mark(self.next, token.end - 1, 1, "it ends here"),
                help_=(
                    f":let {_NAME} = {text[begin:end]}",
                    f"{text[:begin]}{{{{{_NAME}}}}}{text[end:]}",
                ),
            )
            return True
        return False
