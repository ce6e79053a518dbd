"""Reads the local commands that give a script its structure: cases, blocks, files, assertions."""

from __future__ import annotations

import re
from collections.abc import Callable

from smtpprobe.errors import UsageError
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.auth.mechanisms import Secret
from smtpprobe.protocol.auth.words import read_auth, secret_of
from smtpprobe.script.language.assertion import read_assertion
from smtpprobe.script.language.commands import LOCALS, NAME, STRUCTURE
from smtpprobe.script.language.steps import (
    Assert,
    Auth,
    Case,
    Comment,
    For,
    Let,
    Local,
    Place,
    Repeat,
    Retry,
    Step,
)
from smtpprobe.script.language.tokens import tokens
from smtpprobe.script.language.values import (
    BadValueError,
    expanded,
    expansions,
    read_string,
    read_text,
)
from smtpprobe.script.parser.block_arguments import read_retry, read_times, read_words
from smtpprobe.script.parser.cursor import Cursor
from smtpprobe.script.parser.expectation_groups import grouped
from smtpprobe.script.parser.file_arguments import read_bdat, read_data
from smtpprobe.script.parser.requirements import Requirement, requirements

DEEPEST = 20
"""How deep blocks may be nested."""

_LET = r"(?s)([A-Za-z][A-Za-z0-9_]*)[ \t]*=[ \t]*(.*)"


class _Open(NamedTuple):
    """A block whose `:end` is still to come; `steps` are those around it.

    A block that is not `known` was reported already, and is kept for its `:end` only.
    """

    name: str
    place: Place
    steps: list[Step]
    close: Callable[[tuple[Step, ...]], Step]
    known: bool = True


class _CaseInWork:
    """The case that lines belong to now; `body` holds its steps once `:finally` has come."""

    def __init__(self, name: str | None, place: Place) -> None:
        self.name, self.place = name, place
        self.body: tuple[Step, ...] | None = None
        self.required: list[Requirement] = []


class Blocks:
    """The structure of a script, built while its lines are read; `preamble` as in `Script`."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._open: list[_Open] = []
        self._case = _CaseInWork(None, Place(1))
        self._cases: list[Case] = []
        self._names: dict[str, Place] = {}
        self._required: list[Requirement] = []
        self.preamble: tuple[Step, ...] = ()

    def read(self, name: str, argument: str, column: int) -> None:
        """Read the structural command at the cursor, and go past it."""
        if name in ("let", "assert") and self._cursor.refuse_cut_string(column - 1):
            return
        try:
            self._read(name, argument, column)
        except (UsageError, BadValueError) as error:
            hint = error.hint if isinstance(error, UsageError) else ""
            reason = error.message if isinstance(error, UsageError) else str(error)
            mark = self._cursor.mark(self._cursor.next, column, len(argument))
            help_ = (STRUCTURE[name], *([hint] if hint else []))
            self._cursor.refuse("P18", f"bad argument: {reason}", mark, help_=help_)

    def done(self) -> tuple[Case, ...]:
        """Return the cases, once all lines are read."""
        self._close_case()
        return tuple(self._cases)

    def closed_in_file(self) -> None:
        """See that no block that an included file opens is left open at its end."""
        while self._open and self._open[-1].place.file == self._cursor.file:
            self._unclosed(self._open.pop())

    def _read(self, name: str, argument: str, column: int) -> None:  # noqa: C901 - one arm a name
        cursor = self._cursor
        match name:
            case "let":
                self._let(argument, column)
            case "assert":
                assertion = read_assertion(
                    expanded(argument, lambda _: "x"),
                    cursor.compile_regex,
                    provisional=bool(expansions(argument)),
                )
                cursor.take(Assert(cursor.place, assertion, argument, column))
            case "require":
                self._require(argument)
            case "case":
                self._new_case(argument)
            case "finally":
                self._finally(argument)
            case "for" | "repeat" | "retry":
                self._begin(name, argument)
            case "end":
                self._end(argument)
            case "flush":
                cursor.refuse("P09", '":flush" without ":hold"', cursor.whole())
            case "data":
                cursor.take(read_data(argument, cursor.place))
            case "bdat":
                cursor.take(read_bdat(argument, cursor.place))
            case "auth":
                self._auth(argument)
            case _:
                raise AssertionError(name)

    def _let(self, argument: str, column: int) -> None:
        match = re.fullmatch(_LET, argument)
        if match is None:
            raise UsageError("a name, an equals sign and a value")
        if match[2].startswith('"'):
            read_string(match[2])
        self._cursor.take(Let(self._cursor.place, match[1], match[2], column + match.start(2)))

    def _require(self, argument: str) -> None:
        words = argument.split()
        if not words:
            raise UsageError("which keyword?")
        self._case.required += [Requirement(word.upper(), self._cursor.place) for word in words]
        self._cursor.next += 1

    def _auth(self, argument: str) -> None:
        words = read_auth([read_text(token.text) for token in tokens(argument)])
        user = words.user
        if user is None:
            user = "" if secret_of(words.mechanism) is Secret.OTHER else "{{user}}"
        self._cursor.take(Auth(self._cursor.place, words, user))

    # -- blocks

    def _begin(self, name: str, argument: str) -> None:
        cursor = self._cursor
        place = cursor.place
        if len(self._open) == DEEPEST:
            raise UsageError(f"blocks are nested more than {DEEPEST} deep")
        try:
            close = getattr(self, f"_{name}")(argument, place)
        except (UsageError, BadValueError):
            self._enter(_Open(name, place, cursor.steps, _bare(name, argument, place)))
            raise
        self._enter(_Open(name, place, cursor.steps, close))
        cursor.next += 1

    def unknown(self, name: str, *, opens: bool) -> None:
        """Take account of a command that there is not, as one that opens or closes a block."""
        cursor = self._cursor
        if opens and len(self._open) < DEEPEST:
            close = _bare(name, "", cursor.place)
            self._enter(_Open(name, cursor.place, cursor.steps, close, known=False))
        elif not opens and self._open and self._open[-1].place.file == cursor.file:
            self._leave()

    def _enter(self, block: _Open) -> None:
        self._open.append(block)
        self._cursor.steps = []

    def _leave(self) -> None:
        block = self._open.pop()
        step = block.close(grouped(self._cursor.steps))
        self._cursor.steps = [*block.steps, step]

    def _for(self, argument: str, place: Place) -> Callable[[tuple[Step, ...]], Step]:
        words = [token.text for token in tokens(argument)]
        if len(words) < 3 or words[1] != "in" or not NAME.fullmatch(words[0]):
            raise UsageError("a name, in, and at least one word or range of numbers")
        over = read_words(words[2:])
        return lambda steps: For(place, words[0], over, steps)

    def _repeat(self, argument: str, place: Place) -> Callable[[tuple[Step, ...]], Step]:
        if expansions(argument):
            return lambda steps: Repeat(place, 1, steps, argument)
        times = read_times(argument)
        return lambda steps: Repeat(place, times, steps)

    def _retry(self, argument: str, place: Place) -> Callable[[tuple[Step, ...]], Step]:
        if expansions(argument):
            return lambda steps: Retry(place, 1, 0.0, steps, argument)
        times, every = read_retry(argument)
        return lambda steps: Retry(place, times, every, steps)

    def _end(self, argument: str) -> None:
        cursor = self._cursor
        if argument:
            raise UsageError("it takes no argument")
        if not self._open or self._open[-1].place.file != cursor.file:
            cursor.refuse("P10", '":end" without a block', cursor.whole())
            return
        self._leave()
        cursor.next += 1

    def _unclosed(self, block: _Open) -> None:
        self._cursor.steps = [*block.steps, *self._cursor.steps]
        if not block.known:
            return
        mark = self._cursor.mark(block.place.line - 1, 1, len(block.name) + 1)
        mark = mark._replace(file=block.place.file)
        message = f'block ":{block.name}" is not closed'
        self._cursor.blame("P10", message, mark, help_=('":end" closes it',))

    # -- cases

    def _new_case(self, argument: str) -> None:
        cursor = self._cursor
        name = read_string(argument).decode("utf-8", "replace")
        mark = cursor.mark(cursor.next, 1, len(cursor.text))
        if block := next((one for one in reversed(self._open) if one.known), None):
            message = f'":case" inside the block ":{block.name}" (line {block.place.line})'
            cursor.blame("P10", message, mark, help_=('":end" closes the block',))
        if cursor.file:
            cursor.blame("P18", "bad argument: no case in an included file", mark)
        if name in self._names:
            first = self._names[name].line
            message = f'duplicate case "{name}"'
            cursor.blame("P16", message, mark, help_=(f"first defined at line {first}",))
        if self._names:
            self._close_case()
        else:
            self._close_preamble()
        self._names.setdefault(name, cursor.place)
        self._case = _CaseInWork(name, cursor.place)
        cursor.next += 1

    def _close_preamble(self) -> None:
        cursor = self._cursor
        for step in cursor.steps:
            if not _setting(step):
                column = step.place.column
                mark = cursor.mark(step.place.line - 1, column, 1)
                message = 'only settings may come before the first ":case"'
                cursor.blame("P15", message, mark._replace(file=step.place.file))
                break
        self.preamble = tuple(cursor.steps)
        self._required = self._case.required
        cursor.steps = []

    def _finally(self, argument: str) -> None:
        if argument:
            raise UsageError("it takes no argument")
        if self._case.body is not None:
            raise UsageError("this case already has one")
        while self._open:
            self._unclosed(self._open.pop())
        self._case.body = grouped(self._cursor.steps)
        self._cursor.steps = []
        self._cursor.next += 1

    def _close_case(self) -> None:
        cursor, case = self._cursor, self._case
        while self._open:
            self._unclosed(self._open.pop())
        steps = grouped(cursor.steps)
        cursor.steps = []
        body, last = (steps, ()) if case.body is None else (case.body, steps)
        needs, undecided = requirements(body, [*self._required, *case.required])
        for requirement in undecided:
            if requirement in case.required:
                place = requirement.place
                mark = cursor.mark(place.line - 1, 1, 8)._replace(file=place.file)
                message = (
                    f"bad argument: no EHLO or LHLO before it to look for {requirement.keyword}"
                )
                cursor.blame("P18", message, mark)
        self._cases.append(Case(case.name, case.place, body, last, needs))


def _bare(name: str, argument: str, place: Place) -> Callable[[tuple[Step, ...]], Step]:
    """Return how a block whose beginning cannot be read is closed; its counter is known in it."""
    word = argument.split(maxsplit=1)[:1]
    if name == "for" and word and NAME.fullmatch(word[0]):
        return lambda steps: For(place, word[0], (), steps)
    return lambda steps: Repeat(place, 1, steps)


def _setting(step: Step) -> bool:
    match step:
        case Comment() | Let():
            return True
        case Local(name=name, argument=argument):
            return (
                LOCALS[name].setting
                or (name == "connect" and bool(argument))
                or (name == "tls" and argument.startswith("verify"))
            )
        case _:
            return False
