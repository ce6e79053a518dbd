"""The words of an expectation or an assertion, each with its column; values put into them."""

from __future__ import annotations

import re
from collections.abc import Callable

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.script.language.values import (
    BRACES,
    QUOTED,
    TO_END,
    Expansion,
    expanded,
    quoted_value,
)

_INSIDE = r"[^/\\]*(?:\\.[^/\\]*)*"
_STRING = rf"(?:b64)?{QUOTED}"
_REGEX = rf"/{_INSIDE}/[a-z]*(?=[ \t]|\Z)"
_WORD = rf'(?:{BRACES}|[^ \t"{{]|{TO_END}|\{{)+'
_TOKEN = rf"(?s){_STRING}|{_REGEX}|{_WORD}"

REGEX = rf"(?s)/({_INSIDE})/([a-z]*)"
"""A regular expression as a token: the text between the slashes, and its flags."""


class Token(NamedTuple):
    """A word of a line; `column` counts from 1."""

    text: str
    column: int

    @property
    def end(self) -> int:
        """The column behind it."""
        return self.column + len(self.text)


def tokens(text: str, start: int = 0) -> list[Token]:
    """Return the words of a line from `start` (from 0) on; strings and regexes are one each."""
    return [
        Token(match[0], match.start() + 1) for match in re.compile(_TOKEN).finditer(text, start)
    ]


def is_string(token: str) -> bool:
    """Return whether a word is a string: `"..."` or `b64"..."`."""
    return re.fullmatch(_STRING, token, re.DOTALL) is not None


def with_values(text: str, value_of: Callable[[Expansion], str | None]) -> str:
    """Return a line with values put in: inside a string or a regex they are literal."""
    parts, position = [], 0
    for token in tokens(text):
        start = token.column - 1
        parts += [text[position:start], expanded(token.text, _protected(token.text, value_of))]
        position = start + len(token.text)
    return "".join((*parts, text[position:]))


def _protected(
    token: str, value_of: Callable[[Expansion], str | None]
) -> Callable[[Expansion], str | None]:
    if is_string(token):
        protect: Callable[[str], str] = quoted_value
    elif re.fullmatch(REGEX, token):
        protect = _pattern
    else:
        return value_of

    def protected(found: Expansion) -> str | None:
        value = value_of(found)
        return None if value is None else protect(value)

    return protected


def _pattern(value: str) -> str:
    return re.escape(value).replace("/", r"\/")
