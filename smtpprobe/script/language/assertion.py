"""Reads `:assert [not] SIDE [OP VALUE] [severity=warning]`, and holds a value against it. Pure."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from typing import Any, TypeAlias

from smtpprobe.errors import UsageError
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.units import parse_duration, parse_size
from smtpprobe.script.language.matchers import Pattern
from smtpprobe.script.language.tokens import REGEX, tokens
from smtpprobe.script.language.values import BadValueError, read_text

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

_SIDE = r"[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z0-9_-]+)*"
_NUMBER = r"-?[0-9]{1,18}(?:\.[0-9]{1,18})?"
_VERSION = r"[0-9]{1,9}(?:\.[0-9]{1,9})*"
_TLS_VERSION = r"(?i)(?:TLS[ _-]?v?)?(?P<tls>1(?:\.[0-9])?)|SSL[ _-]?v?(?P<ssl>[23])"
_TLS_NAMES = "1.3, TLS1.3 and TLSv1.3 are equivalent"


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


def read_assertion(
    text: str, compile_regex: CompileRegex, *, provisional: bool = False
) -> Assertion:
    """Return the assertion of an argument of `:assert`.

    With `provisional` placeholders are used for values that are not known yet.

    Raises:
        BadValueError: it is not one; the text says why.
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
        raise BadValueError("nothing to check")
    side, *rest = words
    _known_side(side)
    if not rest:
        return Assertion(side, negated=negated, soft=soft)
    if rest[0] not in OPERATORS:
        raise BadValueError(f'"{rest[0]}" is not a comparison; known: {" ".join(OPERATORS)}')
    if len(rest) != 2:
        raise BadValueError(f'one value belongs after "{rest[0]}"; with spaces: "..."')
    comparison, value = rest
    pattern = None
    if comparison == "matches":
        match = re.fullmatch(REGEX, value)
        if match is None:
            raise BadValueError('"matches" takes a regular expression: /.../')
        pattern = compile_regex(match[1], match[2])
    wanted = read_text(value)
    if side == "tls.version" and pattern is None and not provisional and not _tls_version(wanted):
        raise BadValueError(f'"{wanted}" is not a TLS version; {_TLS_NAMES}')
    return Assertion(side, comparison, wanted, negated, soft, pattern)


def _known_side(side: str) -> None:
    if not re.fullmatch(_SIDE, side):
        raise BadValueError(f'"{side}" cannot be checked; for example reply.code, tls.verified')
    group, _, field = side.partition(".")
    if not field or group not in SIDES or group == "ehlo":
        return
    if field not in SIDES[group]:
        known = ", ".join(f"{group}.{name}" for name in SIDES[group])
        raise BadValueError(f'"{side}" is unknown; known: {known}')


def holds(assertion: Assertion, value: str) -> bool:
    """Return whether a value is as asserted; lists are lines of text.

    Something that is no quantity is neither more nor less than one, so that neither holds, nor the
    contrary: a size that was not announced is not small.

    Raises:
        TookTooLong: its regular expression was given up.
    """
    compared = _compared(assertion, value)
    return compared is not None and compared is not assertion.negated


def _compared(assertion: Assertion, value: str) -> bool | None:
    """Return how the comparison ends; None where there is nothing to compare."""
    wanted = assertion.value
    match assertion.operator:
        case "":
            return value not in ("", "0", "false")
        case "contains":
            lines = value.upper().split("\n")
            return any(wanted in one for one in _written(assertion, value)) or (
                wanted.upper() in lines
            )
        case "matches":
            pattern = assertion.pattern
            assert pattern is not None
            return any(pattern.search(one) is not None for one in _written(assertion, value))
        case _:
            return _ordered(assertion, value)


def _written(assertion: Assertion, value: str) -> tuple[str, ...]:
    """Return the ways in which a value is written: a version of TLS with its name, and without."""
    versions = assertion.side == "tls.version" and value
    return (value, f"TLSv{value}", f"TLS{value}") if versions else (value,)


def _ordered(assertion: Assertion, value: str) -> bool | None:
    read = _tls_version if assertion.side == "tls.version" else _quantity
    left, right = read(value), read(assertion.value)
    alike = type(left) is type(right)
    if not alike:
        left, right = value, assertion.value
    match assertion.operator:
        case "==":
            return left == right
        case "!=":
            return left != right
        case operator:
            return _COMPARED[operator](left, right) if alike else None


def _tls_version(text: str) -> tuple[int, ...] | str:
    """Return a version of TLS as numbers, SSL before all of TLS; empty for any other text."""
    match = re.fullmatch(_TLS_VERSION, text)
    if match is None:
        return ""
    if match["ssl"]:
        return 0, int(match["ssl"])
    major, _, minor = match["tls"].partition(".")
    return int(major), int(minor or 0)


def _quantity(text: str) -> float | tuple[int, ...] | str:
    """Return a version; a number, also of a duration (seconds) or size (octets); or the text."""
    if re.fullmatch(_VERSION, text) and text.count(".") > 1:
        return tuple(int(part) for part in text.split("."))
    if re.fullmatch(_NUMBER, text):
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
