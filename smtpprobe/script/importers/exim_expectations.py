"""Lines that Exim's test client reads, as expectations on whole replies. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from smtpprobe.present.escape import is_clean, quoted

_REPLY = re.compile(r"([2-5][0-9]{2})(?:([ -])(.*))?", re.DOTALL)
_BRACES = r"\x7b{"
_CODE_BEGUN = re.compile(r"[2-5][0-9]?")


@dataclass(frozen=True, slots=True)
class Expected:
    """An expectation as lines of a script.

    `code` is the reply code in full, empty if none is given so. `certain` tells that exactly one
    reply is taken, `takes_354` that it may be a 354. `short` says it in a line, as under a DATA.
    """

    lines: tuple[str, ...]
    code: str = ""
    certain: bool = True
    takes_354: bool = False
    short: tuple[str, ...] = ()


def expectations(read: Sequence[tuple[str, str]]) -> list[Expected]:
    """Return what the reading of these lines expects; each is its marker and its beginning.

    The marker is that of the client's fourth column: a blank, `?` for as many as there are, `*`
    for the end of the connection. Lines of one reply make one expectation.
    """
    found = []
    rest = list(read)
    while rest:
        count = _of_one_reply(rest)
        found.append(_expected(rest[:count]))
        rest = rest[count:]
    return found


def _of_one_reply(read: Sequence[tuple[str, str]]) -> int:
    """Return how many of the lines belong to the first one's reply."""
    for count, (marker, text) in enumerate(read, 1):
        match = _REPLY.fullmatch(text)
        goes_on = match is not None and match[2] == "-" and marker in (" ", "?")
        if not goes_on or count == len(read) or read[count][0] == "*":
            return count
        following = _REPLY.fullmatch(read[count][1])
        if following is None or (match is not None and following[1] != match[1]):
            return count
    return len(read)


def _expected(read: Sequence[tuple[str, str]]) -> Expected:
    marker, text = read[0]
    if marker == "*":
        return Expected(("< eof",))
    if len(read) > 1 or "-" in text[3:4]:
        return _of_lines(read)
    sign = "<*" if marker == "?" else "<"
    certain = marker == " "
    match = _REPLY.fullmatch(text)
    if match is not None:
        line = f"{sign} {match[1]}{_said(match[3] or '')}"
        return Expected((line,), match[1], certain, match[1] == "354", (line,))
    if not text.strip():
        line = f"{sign} any"
        return Expected((line,), "", certain, takes_354=True, short=(line,))
    if _CODE_BEGUN.fullmatch(text):
        line = f"{sign} {text.ljust(3, 'x')}"
        return Expected((line,), "", certain, "354".startswith(text), (line,))
    return Expected((f"{sign} line {_string(text)}",), "", certain)


def _of_lines(read: Sequence[tuple[str, str]]) -> Expected:
    """Return the expectation on a reply of several lines, or of which only the first are read."""
    last = _REPLY.fullmatch(read[-1][1])
    code = last[1] if last is not None else ""
    lines = [f"< {code}"]
    for marker, text in read:
        match = _REPLY.fullmatch(text)
        said = (match[3] or "").replace("{{", '{{ "{{" }}') if match is not None else ""
        lines.append("| ..." if marker == "?" else f"| {said}".rstrip())
    if last is not None and last[2] == "-" and lines[-1] != "| ...":
        lines.append("| ...")
    if not all(map(is_clean, lines)):
        lines = lines[:1]
    return Expected(tuple(lines), code, takes_354=code == "354", short=(lines[0],))


def _said(text: str) -> str:
    return f" {_string(text)}" if text.strip() else ""


def _string(text: str) -> str:
    r"""Return a string of the language; what is not ASCII stays readable if it is clean."""
    if is_clean(text) and not text.isascii():
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'.replace("{{", _BRACES)
    return quoted(text.encode("utf-8", "surrogateescape")).replace("{{", _BRACES)
