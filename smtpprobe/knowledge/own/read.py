"""Reads the text of a user's own table: its rows, and all that is wrong with it, line by line."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Iterable
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from smtpprobe.knowledge.annotation import Blame, Cause, NextStep, Retry
from smtpprobe.knowledge.own.rows import OwnRow, pieces_of
from smtpprobe.knowledge.rules.situation import TEXT_CHARACTERS, Row
from smtpprobe.knowledge.tables.causes import CAUSES
from smtpprobe.knowledge.wording import LINE, typed
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.verbs import Context

MOST_OCTETS = 256 * 1024
"""How large the file of a table may be."""

MOST_ROWS = 1000
"""How many rows a table may have: every reply is looked up in each."""

MEANING = LINE - len("own: ")
"""The longest meaning and the longest list of next steps, in characters."""

HEADER = "reply"
"""A row begins with `[[reply]]`."""

E = TypeVar("E", bound=Enum)


class Problem(NamedTuple):
    """What is wrong, and where; lines and columns count from 1. No error: the row still counts."""

    line: int
    column: int
    message: str
    is_error: bool = True

    def told(self, name: str) -> str:
        """Return the problem as compilers write theirs."""
        kind = "error" if self.is_error else "warning"
        return f"{name}:{self.line}:{self.column}: {kind}: {self.message}"


class Table(NamedTuple):
    """The rows that can be used, in the order of the file, and the problems."""

    rows: tuple[OwnRow, ...]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep a row, or the whole table, from being used."""
        return tuple(problem for problem in self.problems if problem.is_error)


Place = tuple[int, int]


class _Wrong(Exception):  # noqa: N818 - it never leaves this module
    """A value that cannot be used; `key` is where."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


def read_table(text: str, name: str) -> Table:
    """Return the rows of a table and its problems; `name` is that of its file, for places."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Table((), (_of_toml(str(error), text),))
    except RecursionError:
        return Table((), (Problem(1, 1, "nested too deeply"),))
    places = _places(text)
    problems = [
        Problem(
            *places.top.get(key, (1, 1)), _unknown(key, (HEADER,), "begin a row with [[reply]]")
        )
        for key in found
        if key != HEADER
    ]
    entries = found.get(HEADER, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        place = places.top.get(HEADER, (1, 1))
        problems.append(Problem(*place, "a row begins with [[reply]], in double brackets"))
        return Table((), tuple(problems))
    if len(entries) > MOST_ROWS:
        place = places.row(MOST_ROWS)[""]
        problems.append(
            Problem(*place, f"{len(entries)} rows: only the first {MOST_ROWS} are read")
        )
    rows: list[OwnRow] = []
    earlier = _Earlier()
    for number, entry in enumerate(entries[:MOST_ROWS]):
        where = places.row(number)
        row, wrong = _row(entry, f"{name}:{where[''][0]}")
        problems += [Problem(*where.get(one.key, where[""]), str(one)) for one in wrong]
        if row is None:
            continue
        problems += _doubts(row, earlier, where)
        earlier.add(row)
        rows.append(row)
    return Table(tuple(rows), tuple(sorted(problems)))


class _Earlier:
    """The rows so far, by a fragment of their text: comparing all pairs takes too long."""

    def __init__(self) -> None:
        self._rows: list[OwnRow] = []
        self._by_fragment: dict[str, list[int]] = {}
        self._sizes: set[int] = set()

    def add(self, row: OwnRow) -> None:
        """Add a row under the rarest fragment of its longest piece."""
        piece = max(row.pieces, key=len)
        key = min(_fragments(piece, FRAGMENT), key=lambda one: len(self._by_fragment.get(one, ())))
        self._by_fragment.setdefault(key, []).append(len(self._rows))
        self._sizes.add(len(key))
        self._rows.append(row)

    def covering(self, row: OwnRow) -> OwnRow | None:
        """Return the first row that reads every reply that this one would; None if none does."""
        text = "\n".join(row.pieces)
        found = self._by_fragment
        near = {number for size in self._sizes for one in _fragments(text, size)
                for number in found.get(one, ())}  # fmt: skip
        rows = (self._rows[number] for number in sorted(near))
        return next((earlier for earlier in rows if earlier.covers(row, text)), None)


FRAGMENT = 6
"""How many characters of a row's text it is looked up by."""


def _fragments(text: str, size: int) -> set[str]:
    """Return all parts of a text of a size; the text itself where it is shorter."""
    return {text[at : at + size] for at in range(max(1, len(text) - size + 1))}


def _doubts(row: OwnRow, earlier: _Earlier, where: dict[str, Place]) -> Iterable[Problem]:
    """Yield why a row will never be used: the first that reads a reply counts."""
    first = earlier.covering(row)
    if first is not None:
        same = first[:4] == row[:4]
        what = "the same replies as" if same else "never used: all its replies are read by"
        yield Problem(*where[""], f"{what} the row at {first.place}; the first counts", False)  # noqa: FBT003 - a field


def _row(entry: dict[str, Any], place: str) -> tuple[OwnRow | None, list[_Wrong]]:
    """Return the row that an entry makes, None with all that is wrong with it."""
    read: dict[str, Any] = {}
    wrong: list[_Wrong] = []
    for key, value in entry.items():
        try:
            if key not in _KEYS:
                raise _Wrong(key, _unknown(key, _KEYS, f"known keys: {', '.join(_KEYS)}"))  # noqa: TRY301
            read[key] = _KEYS[key](key, value)
        except _Wrong as error:
            wrong.append(error)
    wrong += [_Wrong("", f"{key} is missing") for key in _NEEDED if key not in entry]
    code, enhanced = read.get("code"), read.get("enhanced")
    if code is not None and enhanced is not None and str(code)[0] != enhanced[0]:
        text = f"{code} with {enhanced} never matches: the first digits differ"
        wrong.append(_Wrong("enhanced", text))
    if wrong:
        return None, wrong
    cause: Cause = read["cause"]
    row = Row(
        "Own table", read["meaning"], cause, CAUSES[cause].steps, place,
        read.get("blame"), read.get("retry"),
    )  # fmt: skip
    steps = tuple(NextStep(step, typed(step)) for step in read.get("next", ()))
    own = OwnRow(
        read["text"], code, enhanced, read.get("command"), read.get("provider"), row, steps, place
    )
    return own, []


def _text(key: str, value: object) -> tuple[str, ...]:
    pieces = pieces_of(_string(key, value, TEXT_CHARACTERS))
    if not any(char.isalnum() for piece in pieces for char in piece):
        raise _Wrong(key, "text is empty: it would match every reply")
    return pieces


def _line(key: str, value: object) -> str:
    text = _string(key, value, MEANING).strip()
    if not text:
        raise _Wrong(key, f"{key} is empty")
    if not text.isprintable():
        raise _Wrong(key, f"{key} must be one line without control characters")
    return text


def _string(key: str, value: object, most: int) -> str:
    if not isinstance(value, str):
        raise _Wrong(key, f"{key} must be text in quotes")
    if len(value) > most:
        raise _Wrong(key, f"{key} is too long: {len(value)} characters, at most {most}")
    return value


def _code(key: str, value: object) -> int:
    number = int(value) if isinstance(value, str) and re.fullmatch("[0-9]{3}", value) else value
    if not isinstance(number, int) or not 200 <= number <= 599:
        raise _Wrong(key, f"code {value!r} never matches: reply codes are 200 to 599")
    return number


def _enhanced(key: str, value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}", value):
        raise _Wrong(key, f'{value!r} is not an enhanced status code, for example "5.1.1"')
    return value


def _command(key: str, value: object) -> Context:
    word = value.strip().upper().replace("_", "-") if isinstance(value, str) else ""
    found = _contexts().get(word)
    if found is None:
        names = " ".join(context.value for context in Context)
        raise _Wrong(key, f"unknown command {value!r}; known: {names}")
    return found


@cache
def _contexts() -> dict[str, Context]:
    """Return the contexts by their words and names, in upper case with hyphens."""
    named = {context.name.replace("_", "-"): context for context in reversed(Context)}
    return named | {context.value.upper(): context for context in reversed(Context)}


def _next(key: str, value: object) -> tuple[str, ...]:
    steps = tuple(_line(key, step) for step in (value if isinstance(value, list) else [value]))
    if len("; ".join(steps)) > MEANING:
        raise _Wrong(key, f"next is too long: at most {MEANING} characters in all")
    return steps


def _one_of(values: type[E]) -> Callable[[str, object], E]:
    def read(key: str, value: object) -> E:
        known = [member.value for member in values]
        if value not in known:
            near = difflib.get_close_matches(str(value), known, 1)
            hint = f"did you mean {near[0]}? " if near else ""
            raise _Wrong(key, f"unknown {key} {value!r}; {hint}known: {', '.join(known)}")
        return values(value)

    return read


_KEYS: dict[str, Callable[[str, Any], Any]] = {
    "text": _text,
    "code": _code,
    "enhanced": _enhanced,
    "command": _command,
    "provider": _line,
    "cause": _one_of(Cause),
    "blame": _one_of(Blame),
    "retry": _one_of(Retry),
    "meaning": _line,
    "next": _next,
}
"""The keys of a row, and how the value of each is read."""


_NEEDED = ("text", "cause", "meaning")


def _unknown(key: str, known: Iterable[str], otherwise: str) -> str:
    near = difflib.get_close_matches(key, list(known), 1)
    return f"unknown key {key!r}; {f'did you mean {near[0]}?' if near else otherwise}"


_AT = re.compile(r"(.*) \(at (?:line ([0-9]+), column ([0-9]+)|end of document)\)", re.DOTALL)


def _of_toml(parser_says: str, text: str) -> Problem:
    """Return tomllib's error: before Python 3.14 only its text has the place."""
    whole = text.rstrip("\n")
    end = whole.count("\n") + 1, len(whole) - whole.rfind("\n")
    at = _AT.fullmatch(parser_says)
    if at is None:
        return Problem(*end, parser_says)
    return Problem(*((int(at[2]), int(at[3])) if at[2] else end), at[1])


class _Places(NamedTuple):
    """The places of keys: those at the top, and of each row; key None is the row itself."""

    top: dict[str, Place]
    rows: list[dict[str, Place]]

    def row(self, number: int) -> dict[str, Place]:
        return self.rows[number] if number < len(self.rows) else {"": (1, 1)}


_HIDDEN = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL
)
_SHOWN = re.compile(
    r"^[ \t]*(?:(?P<row>\[\[[ \t]*reply[ \t]*\]\])"
    r"|\[+[ \t]*(?P<table>[\w.-]+)"
    r"|(?P<key>[\w-]+)[ \t]*=)",
    re.MULTILINE,
)


def _places(text: str) -> _Places:
    """Return the places of the keys in a valid text; strings and comments are masked first."""
    masked = _HIDDEN.sub(lambda found: re.sub(r"[^\n]", "_", found[0]), text)
    top: dict[str, Place] = {}
    rows: list[dict[str, Place]] = []
    here = top
    line, counted = 1, 0
    for found in _SHOWN.finditer(masked):
        kind = found.lastgroup or "row"
        start = found.start(kind)
        line += masked.count("\n", counted, start)
        counted = start
        place = (line, start - masked.rfind("\n", 0, start))
        if kind == "row":
            here = {"": place}
            rows.append(here)
        elif kind == "table":
            top.setdefault(found[kind], place)
            here = {}
        else:
            here.setdefault(found[kind], place)
    return _Places(top, rows)
