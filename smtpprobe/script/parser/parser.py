"""The script language: text to a Script, or all that is wrong with it. Pure.

The first characters of a line decide what it is, and only outside a message body: `#` comment,
`:` local command, `<` expectation, `|` the text of an expected reply line, `>` send as is,
three digits and a separator a server line, anything else a line for the server.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from smtpprobe.lookalikes import lookalike
from smtpprobe.script.language.assertion import CompileRegex
from smtpprobe.script.language.commands import (
    LOCALS,
    PROMPT_ONLY,
    STRUCTURE,
    argument_fault,
    nearest,
)
from smtpprobe.script.language.defined_names import Outside, name_problems
from smtpprobe.script.language.keyword_terms import keyword_problems
from smtpprobe.script.language.patterns import plain_pattern
from smtpprobe.script.language.problem import SHOWN_PROBLEMS, Mark, Problem, ScriptProblems
from smtpprobe.script.language.steps import Exact, Local, Script, SmtpLine
from smtpprobe.script.parser import bodies
from smtpprobe.script.parser.blocks import Blocks
from smtpprobe.script.parser.cursor import Cursor
from smtpprobe.script.parser.expectation_block import is_expectation, take_expectation
from smtpprobe.script.parser.source import SCRIPT_OCTETS, Library, read_source

_LOCAL = re.compile(r":([a-z0-9!]*)")
INCLUDE_DEPTH = 8
"""How deep included files may include others."""


def parse(
    text: bytes | str,
    name: str,
    *,
    fragment: bool = False,
    outside: Outside | None = None,
    compile_regex: CompileRegex = plain_pattern,
    library: Library | None = None,
) -> Script:
    """Return the script written in `text`; `name` is how messages call it.

    With `fragment` (a paste) the last message may lack its dot and stays open. `outside` says
    which names have a value without the script's doing. `library` reads included files.

    Raises:
        ScriptProblems: it cannot be run; up to ten problems with their places.
    """
    source = read_source(text, name)
    parser = _Parser(source.lines, name, compile_regex, library, fragment=fragment)
    script = parser.run()
    problems = parser.problems
    if len(problems) < SHOWN_PROBLEMS:
        problems = [
            *problems, *keyword_problems(script), *name_problems(script, outside or Outside()),
        ]  # fmt: skip
    if problems:
        shown = sorted(problems, key=lambda one: (one.place.file, one.place.line))
        problems = [_with_lookalike(one, script) for one in shown[:SHOWN_PROBLEMS]]
        raise ScriptProblems(name, script.sources, tuple(problems), script.included)
    return script


def _with_lookalike(problem: Problem, script: Script) -> Problem:
    """Return the problem, with a character that was most likely pasted named where it is marked."""
    lines = script.sources.get(problem.place.file, ())
    text = lines[problem.place.line - 1] if problem.place.line <= len(lines) else ""
    odd = lookalike(text)
    if odd is None or not 0 <= odd.place - problem.place.column <= problem.place.width:
        return problem
    return problem._replace(help=(str(odd), *problem.help))


class _Parser:
    """Goes through the lines and appends steps and problems."""

    def __init__(
        self,
        lines: tuple[str, ...],
        name: str,
        compile_regex: CompileRegex,
        library: Library | None,
        *,
        fragment: bool,
    ) -> None:
        self._cursor = Cursor(lines, compile_regex, fragment=fragment)
        self._blocks = Blocks(self._cursor)
        self._name = name
        self._library = library
        self._sources = {"": lines}
        self._included_from: dict[str, dict[Mark, None]] = {}
        self._depth = 0
        self._included = 0

    @property
    def problems(self) -> list[Problem]:
        """What is wrong, as far as it was found."""
        return self._cursor.problems

    def run(self) -> Script:
        """Read all lines."""
        self._lines()
        cases = self._blocks.done()
        included = {file: tuple(marks) for file, marks in self._included_from.items()}
        return Script(self._name, self._sources, self._blocks.preamble, cases, included)

    def _lines(self) -> None:
        cursor = self._cursor
        while not cursor.at_end:
            self._line(cursor.text)

    def _line(self, text: str) -> None:
        cursor = self._cursor
        match text[:1]:
            case "":
                cursor.next += 1
            case "#":
                cursor.comment()
            case ":":
                self._local(text)
            case "|":
                cursor.refuse("P17", "reply line without an expectation above it", cursor.whole())
            case ">":
                self._exact(text)
            case _ if is_expectation(text):
                take_expectation(cursor)
            case _:
                self._wire(text)

    def _exact(self, text: str) -> None:
        cursor = self._cursor
        if len(text) > 1 and text[1] != " ":
            mark = cursor.mark(cursor.next, 1, 1)
            cursor.refuse("P18", 'a space is missing after ">"', mark, help_=(f"> {text[1:]}",))
            return
        cursor.take(Exact(cursor.place, text[2:]))

    def _wire(self, text: str) -> None:
        cursor = self._cursor
        if match := bodies.BDAT.fullmatch(text):
            if chunk := bodies.counted_octets(cursor, match):
                cursor.steps.append(chunk)
            return
        wire = SmtpLine(cursor.place, text)
        cursor.take(wire)
        if wire.is_data:
            bodies.message_after_data(cursor)

    def _local(self, text: str) -> None:
        cursor = self._cursor
        match = _LOCAL.match(text)
        name = match[1] if match else ""
        rest = text[1 + len(name) :]
        argument = rest.strip(" \t")
        column = 2 + len(name) + (len(rest) - len(rest.lstrip(" \t")))
        if (rest and rest[0] not in " \t") or (name not in LOCALS and name not in STRUCTURE):
            self._unknown_local(text)
        elif name == "include":
            self._include(argument, column)
        elif name == "hold":
            bodies.held_lines(cursor)
        elif name in STRUCTURE:
            self._blocks.read(name, argument, column)
        elif fault := argument_fault(name, argument):
            mark = cursor.mark(cursor.next, column, len(argument))
            if fault.at is not None:
                mark = cursor.mark(cursor.next, column + fault.at, 1)
            cursor.refuse("P18", f"bad argument: {fault.text}", mark, help_=(LOCALS[name].usage,))
        else:
            cursor.take(Local(cursor.place, name, argument, column))

    def _unknown_local(self, text: str) -> None:
        from smtpprobe.script.parser.foreign_commands import INSTEAD  # noqa: PLC0415 - only for what is wrong

        cursor = self._cursor
        word = text.split(maxsplit=1)[0]
        name, label = word[1:], ""
        help_: tuple[str, ...] = (f'to send this line to the server, write "> {text}"',)
        instead = INSTEAD.get(name)
        if instead is not None:
            label, help_ = instead.label, instead.help
        elif found := nearest(name):
            label = f'did you mean ":{found}"?'
        if name.rstrip("!") in PROMPT_ONLY:
            label = "only at the prompt"
        mark = cursor.mark(cursor.next, 1, len(word), label)
        if instead is not None and (instead.opens or instead.closes):
            self._blocks.unknown(name, opens=instead.opens)
        cursor.refuse("P01", f'unknown local command ":{name}"', mark, help_=help_)

    def _include(self, argument: str, column: int) -> None:
        cursor = self._cursor
        mark = cursor.mark(cursor.next, column, len(argument))
        if not argument:
            usage = (STRUCTURE["include"],)
            cursor.refuse("P18", "bad argument: file name is missing", mark, help_=usage)
            return
        if self._depth == INCLUDE_DEPTH:
            cursor.refuse("P19", f":include too deep: more than {INCLUDE_DEPTH} files", mark)
            return
        if self._library is None:
            cursor.refuse("P19", f"cannot read {argument}: files cannot be included here", mark)
            return
        try:
            name, octets = self._library.include(argument, cursor.file)
            source = read_source(octets, name)
        except OSError as error:
            cursor.refuse("P19", f"cannot read {argument}: {error.strerror}", mark)
            return
        except ScriptProblems as problems:
            cursor.refuse("P19", f"cannot read {problems.message}", mark)
            return
        self._included += len(octets)
        if self._included > SCRIPT_OCTETS:
            cursor.refuse("P22", "included files exceed 16 MiB in total", mark)
            return
        self._sources[name] = source.lines
        self._included_from.setdefault(name, {})[mark] = None
        cursor.next += 1
        with self._inside(name, source.lines):
            self._lines()
            self._blocks.closed_in_file()

    @contextmanager
    def _inside(self, name: str, lines: tuple[str, ...]) -> Iterator[None]:
        """Read other lines for a while, then go on where the cursor was."""
        cursor = self._cursor
        before = cursor.file, cursor.lines, cursor.next
        cursor.file, cursor.lines, cursor.next = name, lines, 0
        self._depth += 1
        yield
        self._depth -= 1
        cursor.file, cursor.lines, cursor.next = before
