"""Strings with escapes, and `{{name}}` in a line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

BUILT_IN = frozenset({"client", "host", "port", "domain"})
"""Names that have a value without being set: our EHLO name, and what is connected."""

_EXPANSION = re.compile(r'\{\{[ \t]*("\{\{"|[^{}]*?)[ \t]*\}\}')
_ESCAPE = re.compile(rb"\\(x[0-9A-Fa-f]{2}|.)", re.DOTALL)
_ESCAPES = {b'"': b'"', b"\\": b"\\", b"r": b"\r", b"n": b"\n", b"t": b"\t", b"0": b"\0"}
STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


class BadValueError(ValueError):
    """A value cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """A `{{name}}` in a line: what stands in the braces, and where (column from 1)."""

    name: str
    column: int
    width: int


def expansions(text: str) -> list[Expansion]:
    """Return the names used in a line, in order."""
    return [
        Expansion(match[1], match.start() + 1, len(match[0]))
        for match in _EXPANSION.finditer(text)
        if match[1] != '"{{"'
    ]


def expanded(text: str, values: Mapping[str, str]) -> str:
    """Return the line with each known name replaced, once; unknown ones stay as they are."""

    def value_of(match: re.Match[str]) -> str:
        return "{{" if match[1] == '"{{"' else values.get(match[1], match[0])

    return _EXPANSION.sub(value_of, text)


def read_string(text: str) -> bytes:
    r"""Return the octets of a `"…"` with the escapes `\" \\ \r \n \t \0 \xHH`.

    Raises:
        BadValueError: it is not such a string; the text says why.
    """
    if not STRING.fullmatch(text):
        raise BadValueError('expected a string: "..."')

    def octets_of(match: re.Match[bytes]) -> bytes:
        escape = match[1]
        if len(escape) == 3:
            return bytes([int(escape[1:], 16)])
        if escape not in _ESCAPES:
            shown = escape.decode("ascii", "replace")
            raise BadValueError(f'unknown escape \\{shown}; known: \\" \\\\ \\r \\n \\t \\0 \\xHH')
        return _ESCAPES[escape]

    return _ESCAPE.sub(octets_of, text[1:-1].encode("utf-8", "surrogateescape"))
