"""The canonical form of a script. Pure.

What goes on the wire, messages, server lines and comments stay octet for octet; expectations and
local commands get single blanks, two before a trailing comment. Empty lines in a row become one,
none is at the beginning or the end. Lines end with LF and there is no byte order mark, as
neither is part of what a line says; where a line itself begins with one, an empty line goes before
it, or it would be taken for that of the file.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from smtpprobe.script.language.steps import BdatChunk, Body, Hold, Script, Step, marker_of
from smtpprobe.script.language.tokens import tokens

_WORDS = frozenset({"for", "repeat", "retry", "data", "bdat", "auth", "assert", "require"})
"""Local commands whose argument is words; that of others stays as it is."""

_MARK = "\ufeff"

_LOCAL = re.compile(r":([a-z0-9]+)[ \t]*(.*)", re.DOTALL)
_LET = re.compile(r"([A-Za-z][A-Za-z0-9_]*)[ \t]*=[ \t]*(.*)", re.DOTALL)


def formatted(script: Script) -> str:
    """Return the script's own lines in canonical form; what it includes is left alone."""
    return "".join(f"{line}\n" for line in _lines(script))


def unified_diff(before: str, after: str, name: str) -> list[str]:
    """Return what would change as lines of a unified diff, each with its end."""
    lines = before.split("\n")
    old = [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
    new = [f"{line}\n" for line in after.split("\n")[:-1]]
    found: list[str] = []
    for line in difflib.unified_diff(old, new, name, name):
        found.append(line if line.endswith("\n") else f"{line}\n")
        if not line.endswith("\n"):
            found.append("\\ No newline at end of file\n")
    return found


def _lines(script: Script) -> Iterator[str]:
    """Yield the lines; an empty one only when another line follows it, and one went before."""
    kept = _kept(script)
    begun = empty = False
    for number, line in enumerate(script.source, 1):
        if not line and number not in kept:
            empty = True
            continue
        if (empty and begun) or (not begun and line.startswith(_MARK)):
            yield ""
        begun, empty = True, False
        yield line if number in kept else _line(line)


def _line(line: str) -> str:
    if line.startswith("<"):
        return _expectation(line)
    if line.startswith("|"):
        text = line[1:].removeprefix(" ")
        return f"| {text}" if text else "|"
    if line.startswith(":"):
        return _local(line)
    return line


def _expectation(line: str) -> str:
    words = [marker_of(line)]
    for token in tokens(line, len(words[0])):
        if token.text.startswith("#"):
            return f"{' '.join(words)}  {line[token.column - 1 :]}"
        words.append(token.text)
    return " ".join(words)


def _local(line: str) -> str:
    match = _LOCAL.fullmatch(line)
    if match is None:
        return line
    name, argument = match[1], match[2].strip(" \t")
    if name in _WORDS:
        argument = " ".join(token.text for token in tokens(argument))
    elif name == "let" and (let := _LET.fullmatch(argument)):
        argument = f"{let[1]} = {let[2]}".rstrip(" \t")
    return f":{name} {argument}" if argument else f":{name}"


def _kept(script: Script) -> set[int]:
    """Return the numbers of the lines that are octets for the server, whatever they look like."""
    kept: set[int] = set()
    for step in script.steps:
        for one in (step, *(step.held if isinstance(step, Hold) else ())):
            if not one.place.file:
                kept.update(_octet_lines(one))
    return kept


def _octet_lines(step: Step) -> range:
    first = step.place.line
    match step:
        case Body(lines=lines):
            return range(first, first + len(lines) + 1)
        case BdatChunk(octets=octets):
            return range(first, first + octets.count(b"\r\n") + 1)
        case _:
            return range(0)
