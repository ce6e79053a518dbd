"""Reads `:assert [not] SIDE [OP VALUE] [severity=warning]`, and holds a value against it. Pure."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from smtpprobe.errors import UsageError
from smtpprobe.protocol.quantities import parse_duration, parse_size
from smtpprobe.script.expected_reply import Pattern
from smtpprobe.script.tokens import REGEX, tokens
from smtpprobe.script.values import BadValueError, read_text

CompileRegex: TypeAlias = "Callable[[str, str], Pattern]"
"""Makes a Pattern of an expression and its flags; raises BadValueError saying what is wrong."""

OPERATORS = ("==", "!=", "<", "<=", ">", ">=", "contains", "matches")
SIDES = {
    "reply": ("code", "enhanced", "text", "lines", "ms"),
    "ehlo": (),
    "tls": (
        *("ok", "version", "cipher", "verified", "days_left"),
        *("subject", "issuer", "san", "surplus"),
    ),
    "time": ("total", "connect", "greeting"),
}
"""What can be asked of a session; `ehlo` also takes `keywords`, `size` and any keyword."""

_SIDE = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z0-9_-]+)*")
_NUMBER = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,18})?")
_VERSION = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})*")


class Assertion(NamedTuple):
    """What must be true of a side; `operator` is empty where the side itself must be.

    `soft`: a miss is a warning. `pattern` belongs to `matches`.
    """

    side: str
    operator: str = ""
    value: str = ""
    negated: bool = False
    soft: bool = False
    pattern: Pattern | None = None

    @property
    def about_tls(self) -> bool:
        """Whether it asks about a handshake."""
        return self.side.startswith("tls.")

    @property
    def tls_sides(self) -> frozenset[str]:
        """What it asks about a handshake; nothing where it asks about something else."""
        return frozenset({self.side} if self.about_tls else ())


def read_assertion(text: str, compile_regex: CompileRegex) -> Assertion:
    """Return the assertion of an argument of `:assert`.

    Raises:
        BadValueError: it is none; the text says why.
    """
    words = [token.text for token in tokens(text)]
    soft = False
    if words and words[-1].startswith("severity="):
        severity = words.pop().removeprefix("severity=")
        if severity not in ("warning", "fail"):
            raise BadValueError("severity=warning or severity=fail")
        soft = severity == "warning"
    negated = words[:1] == ["not"]
    words = words[negated:]
    if not words:
        raise BadValueError("what is asserted?")
    side, *rest = words
    _known_side(side)
    if not rest:
        return Assertion(side, negated=negated, soft=soft)
    if rest[0] not in OPERATORS:
        raise BadValueError(f'"{rest[0]}" is no comparison; known: {" ".join(OPERATORS)}')
    if len(rest) != 2:
        raise BadValueError(f'one value belongs after "{rest[0]}"; with blanks in it: "..."')
    comparison, value = rest
    pattern = None
    if comparison == "matches":
        match = REGEX.fullmatch(value)
        if match is None:
            raise BadValueError('"matches" takes a regular expression: /.../')
        pattern = compile_regex(match[1], match[2])
    return Assertion(side, comparison, read_text(value), negated, soft, pattern)


def _known_side(side: str) -> None:
    if not _SIDE.fullmatch(side):
        raise BadValueError(f'"{side}" cannot be asked; for example reply.code, tls.verified')
    group, _, field = side.partition(".")
    if not field or group not in SIDES or group == "ehlo":
        return
    if field not in SIDES[group]:
        known = ", ".join(f"{group}.{name}" for name in SIDES[group])
        raise BadValueError(f'"{side}" is unknown; known: {known}')


def holds(assertion: Assertion, value: str) -> bool:
    """Tell whether a value is as asserted; lists are lines of text.

    Raises:
        TookTooLong: its regular expression was given up.
    """
    return _compared(assertion, value) is not assertion.negated


def _compared(assertion: Assertion, value: str) -> bool:
    wanted = assertion.value
    match assertion.operator:
        case "":
            return value not in ("", "0", "false")
        case "contains":
            return wanted in value or wanted.upper() in value.upper().split("\n")
        case "matches":
            assert assertion.pattern is not None
            return assertion.pattern.search(value) is not None
        case _:
            return _ordered(assertion, value)


def _ordered(assertion: Assertion, value: str) -> bool:
    versions = assertion.side == "tls.version"
    left, right = (_quantity(text, versions=versions) for text in (value, assertion.value))
    if type(left) is not type(right):
        left, right = value, assertion.value
    match assertion.operator:
        case "==":
            return left == right
        case "!=":
            return left != right
        case operator:
            return _COMPARED[operator](left, right)


def _quantity(text: str, *, versions: bool) -> float | tuple[int, ...] | str:
    """Return a version; a number, also of a duration (seconds) or size (octets); or the text."""
    if _VERSION.fullmatch(text) and (versions or text.count(".") > 1):
        return tuple(int(part) for part in text.split("."))
    if _NUMBER.fullmatch(text):
        return float(text)
    for read in (parse_duration, parse_size):
        try:
            return float(read(text))
        except UsageError:
            continue
    return text


_COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
