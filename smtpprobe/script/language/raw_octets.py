r"""Reads the argument of `:raw`: strings, hex and files, one after the other.

:raw "NOOP\r\n"   :raw hex"4e4f4f50 0d0a"   :raw FILE   :raw file"my file"   :raw FILE "\r\n.\r\n"
"""

from __future__ import annotations

import re
from typing import TypeAlias

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.pace import Pace
from smtpprobe.protocol.units import parse_rate, parse_segment
from smtpprobe.script.language.tokens import Token, tokens
from smtpprobe.script.language.values import BadValueError, read_string, read_text


class Named(NamedTuple):
    """A file whose octets are sent."""

    path: str


Part: TypeAlias = bytes | Named


class RawOctets(NamedTuple):
    """What `:raw` sends, in order, and at which pace (None: the usual one)."""

    parts: tuple[Part, ...]
    pace: Pace | None = None

    @property
    def files(self) -> tuple[str, ...]:
        """The files in it."""
        return tuple(part.path for part in self.parts if isinstance(part, Named))


_OPTIONS = {"--rate": parse_rate, "--segment": parse_segment}
_HEX = re.compile(r'hex"([^"]*)"?')
_LITTER = re.compile(r"[^0-9A-Fa-f \t]")


def read_raw(argument: str) -> RawOctets:
    """Return what `:raw` is to send.

    Raises:
        BadValueError: it cannot be read; `at` is where.
        UsageError: the value of an option cannot be read.
    """
    parts: list[Part] = []
    limits: dict[str, int] = {}
    words = iter(tokens(argument))
    for word in words:
        if word.text.startswith("--"):
            limits[word.text] = _limit(word, next(words, None))
        else:
            parts.append(_part(word))
    if not parts:
        raise BadValueError(r'nothing to send: "NOOP\r\n", hex"0d0a" or a file')
    pace = Pace(limits.get("--rate"), limits.get("--segment")) if limits else None
    return RawOctets(tuple(parts), pace)


def _limit(option: Token, value: Token | None) -> int:
    if option.text not in _OPTIONS:
        known = ", ".join(_OPTIONS)
        raise BadValueError(f"unknown option {option.text}; known: {known}", option.column - 1)
    if value is None:
        raise BadValueError(f"{option.text} needs a value", option.column - 1)
    return _OPTIONS[option.text](value.text)


def _part(word: Token) -> Part:
    if word.text.startswith('"'):
        try:
            return read_string(word.text)
        except BadValueError as error:
            raise BadValueError(str(error), word.column - 1 + (error.at or 0)) from None
    if word.text.startswith('hex"'):
        return _hex(word)
    if word.text.startswith('file"') and word.text.endswith('"'):
        return Named(read_text(word.text.removeprefix("file")))
    if "\\" in word.text or '"' in word.text:
        quoted = word.text.replace('"', "")
        raise BadValueError(f'octets are written in quotes: "{quoted}"', word.column - 1)
    return Named(word.text)


def _hex(word: Token) -> bytes:
    match = _HEX.fullmatch(word.text)
    start = word.column - 1 + len('hex"')
    if match is None or not word.text.endswith('"') or len(word.text) < 5:
        raise BadValueError('hex"..." is not closed', word.column - 1)
    digits = match[1]
    if litter := _LITTER.search(digits):
        raise BadValueError(f'"{litter[0]}" is not a hex digit', start + litter.start())
    for group in re.finditer(r"[0-9A-Fa-f]+", digits):
        if len(group[0]) % 2:
            raise BadValueError(f'"{group[0]}" is not a whole number of octets: two digits each',
                                start + group.start())  # fmt: skip
    return bytes.fromhex(digits)
