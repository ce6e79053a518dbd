"""Strings with escapes, and `{{ expression }}` in a line: names, strings, numbers, functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from smtpprobe.digits import whole_number
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.auth.sasl import (
    coded,
    cram_response,
    oauthbearer_response,
    octets,
    plain_response,
    xoauth2_response,
)

_INSIDE = r'[^"\\]*(?:\\.[^"\\]*)*'
QUOTED = rf'"{_INSIDE}"'
TO_END = rf'"{_INSIDE}(?:"|\\?\Z)'
"""A string; one that nothing closes reaches to the end, so that no text is gone over twice."""

BRACES = rf'\{{\{{(?!\{{)(?:{TO_END}|[^{{}}"]+)*(?P<closed>\}}\}})?'
"""Double braces with their content, also if they are not closed."""

STRING = rf"(?s){QUOTED}"
"""A whole string as a pattern. Patterns are text until they are used: few scripts use all."""

LONGEST = 16 * 1024 * 1024
"""Characters that `repeat` makes at most."""

_NESTED = 20
"""How deep functions may be nested."""

_EXPANSION = rf"(?s){BRACES}"
_ESCAPE = rb"(?s)\\(x[0-9A-Fa-f]{2}|.)"
_ESCAPES = {b'"': b'"', b"\\": b"\\", b"r": b"\r", b"n": b"\n", b"t": b"\t", b"0": b"\0"}
_TOKEN = (
    rf"[ \t]*(?:(?P<string>{QUOTED})|(?P<number>[0-9]+)(?![A-Za-z_.])"
    r"|(?P<name>[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z0-9_-]+)*)|(?P<mark>[(),]))"
)


class BadValueError(ValueError):
    """A value cannot be used; the text says why, `at` where in it (from 0) when that is known."""

    def __init__(self, message: str, at: int | None = None) -> None:
        super().__init__(message)
        self.at = at


class Text(NamedTuple):
    """A literal text or number."""

    text: str


class Name(NamedTuple):
    """A variable, or a thing of the session such as `last.code`."""

    name: str


class Call(NamedTuple):
    """A function with its arguments."""

    function: str
    arguments: tuple[Expression, ...]


Expression: TypeAlias = Text | Name | Call
Lookup: TypeAlias = Callable[[str], str]


class Expansion(NamedTuple):
    """A `{{ ... }}` in a line: what it says, and where (column from 1).

    `expression` is None when it cannot be read; `fault` says why.
    """

    inner: str
    column: int
    width: int
    expression: Expression | None
    fault: str = ""


def expansions(text: str) -> list[Expansion]:
    """Return the contents of double braces in a line, in order."""
    found = []
    for match in re.finditer(_EXPANSION, text) if "{{" in text else ():
        if not match["closed"]:
            continue
        inner = match[0][2:-2].strip(" \t")
        place = match.start() + 1, len(match[0])
        try:
            found.append(Expansion(inner, *place, read_expression(inner)))
        except BadValueError as error:
            found.append(Expansion(inner, *place, None, str(error)))
    return found


def braces_at(text: str, start: int) -> int | None:
    """Return where the double braces end that begin at `start`; None where nothing closes them."""
    match = re.compile(_EXPANSION).match(text, start)
    return match.end() if match is not None and match["closed"] else None


def expanded(text: str, value_of: Callable[[Expansion], str | None]) -> str:
    """Return the line with each expansion replaced, once; what gives None stays as it is."""
    if "{{" not in text:
        return text
    parts, position = [], 0
    for found in expansions(text):
        start, end = found.column - 1, found.column - 1 + found.width
        value = value_of(found)
        parts += [text[position:start], text[start:end] if value is None else value]
        position = end
    return "".join((*parts, text[position:]))


def read_expression(text: str) -> Expression:
    """Return the expression in double braces.

    Raises:
        BadValueError: it is not one; the text says why.
    """
    words = _Words(text)
    expression = words.expression()
    if words.next[1]:
        raise BadValueError(f'"{words.next[1]}" is not allowed here')
    return expression


def names_in(expression: Expression) -> Iterator[str]:
    """Yield the names that an expression uses."""
    match expression:
        case Name(name):
            yield name
        case Call(_, arguments):
            for argument in arguments:
                yield from names_in(argument)
        case Text():
            pass


def evaluated(expression: Expression, lookup: Lookup) -> str:
    """Return the value of an expression; `lookup` gives those of names.

    Raises:
        BadValueError: a function cannot take these arguments.
    """
    match expression:
        case Text(text):
            return text
        case Name(name):
            return lookup(name)
        case Call(function, arguments):
            values = [evaluated(argument, lookup) for argument in arguments]
            return FUNCTIONS[function][1](values, lookup)


def read_string(text: str) -> bytes:
    r"""Return the octets of a `"…"` with the escapes `\" \\ \r \n \t \0 \xHH`.

    Raises:
        BadValueError: it is not such a string; the text says why.
    """
    if not re.fullmatch(STRING, text):
        raise BadValueError('expected a string: "..."', 0)

    def octets_of(match: re.Match[bytes]) -> bytes:
        escape = match[1]
        if len(escape) == 3:
            return bytes([int(escape[1:], 16)])
        if escape not in _ESCAPES:
            shown = escape.decode("ascii", "replace")
            known = r"known: \" \\ \r \n \t \0 \xHH"
            before = inner[: match.start()].decode("utf-8", "surrogateescape")
            raise BadValueError(f"unknown escape \\{shown}; {known}", 1 + len(before))
        return _ESCAPES[escape]

    inner = text[1:-1].encode("utf-8", "surrogateescape")
    return re.sub(_ESCAPE, octets_of, inner)


def read_text(text: str) -> str:
    """Return a `"…"` as text (surrogateescape), or a word without quotes as is.

    Raises:
        BadValueError: it begins like a string, but is not one.
    """
    if not text.startswith('"'):
        return text
    return read_string(text).decode("utf-8", "surrogateescape")


def quoted_value(text: str) -> str:
    """Return a value as written inside a string."""
    return re.sub(r'["\\]', r"\\\g<0>", text)


class _Words:
    """The words of an expression, read one after the other; `next` is a kind and a text."""

    def __init__(self, text: str) -> None:
        self._words = _words(text)
        self.next = next(self._words, _NO_WORD)

    def expression(self, depth: int = 0) -> Expression:
        """Read an expression at a depth of nested functions."""
        kind, text = self._take()
        match kind:
            case "":
                raise BadValueError("a name, a string or a function is missing")
            case "string":
                return Text(read_text(text))
            case "number":
                return Text(text)
            case "name" if self.next[1] == "(":
                self._take()
                return self._call(text, depth)
            case "name":
                return Name(text)
            case _:
                raise BadValueError(f'"{text}" is not allowed here')

    def _take(self) -> tuple[str, str]:
        taken, self.next = self.next, next(self._words, _NO_WORD)
        return taken

    def _call(self, function: str, depth: int) -> Call:
        if function not in FUNCTIONS:
            raise BadValueError(f'unknown function "{function}"; known: {", ".join(FUNCTIONS)}')
        if depth == _NESTED:
            raise BadValueError(f"functions are nested more than {_NESTED} deep")
        arguments: list[Expression] = []
        while self.next[1] != ")":
            if arguments and self._take() != ("mark", ","):
                raise BadValueError(f'"{function}(" is not closed')
            arguments.append(self.expression(depth + 1))
        self._take()
        names = FUNCTIONS[function][0]
        if len(arguments) != len(names):
            raise BadValueError(f"usage: {function}({', '.join(names)})")
        return Call(function, tuple(arguments))


_NO_WORD = ("", "")


def _words(text: str) -> Iterator[tuple[str, str]]:
    position, end = 0, len(text.rstrip(" \t"))
    while position < end:
        match = re.compile(_TOKEN).match(text, position)
        if match is None:
            raise BadValueError(f'cannot read "{text[position:].strip()}"')
        kind = match.lastgroup or ""
        yield kind, match[kind]
        position = match.end()


def _uuid() -> str:
    from uuid import uuid4  # noqa: PLC0415 - only for this function

    return str(uuid4())


def _repeat(text: str, times: str) -> str:
    if not times.isascii() or not times.isdigit():
        raise BadValueError(f'repeat: "{times}" is not a number')
    number = whole_number(times, LONGEST // len(text)) if text else 0
    if number is None:
        raise BadValueError("repeat: result exceeds 16 MiB")
    return text * number


FUNCTIONS: dict[str, tuple[tuple[str, ...], Callable[[list[str], Lookup], str]]] = {
    "b64": (("text",), lambda given, _: coded(octets(given[0]))),
    "plain": (("user", "password"), lambda given, _: coded(plain_response(*given))),
    "cram": (
        ("user", "password"),
        lambda given, of: coded(cram_response(given[0], given[1], octets(of("last.challenge")))),
    ),
    "xoauth2": (
        ("user", "token"),
        lambda given, _: coded(xoauth2_response(*given)),
    ),
    "oauthbearer": (
        ("user", "token"),
        lambda given, _: coded(oauthbearer_response(*given)),
    ),
    "repeat": (("text", "times"), lambda given, _: _repeat(given[0], given[1])),
    "uuid": ((), lambda _given, _: _uuid()),
}
"""What can be called in double braces: the names of the arguments, and what gives the value."""
