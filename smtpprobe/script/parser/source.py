"""A script's octets as lines of text, and where the files are found that it names."""

from __future__ import annotations

import re
from typing import Protocol

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.script.language.problem import Mark, Problem, ScriptProblems

SUFFIX = ".smtp"
"""What the name of a script ends with."""

SCRIPT_OCTETS = 16 * 1024 * 1024
"""The largest script that is read; large bodies belong in separate files."""

_FORBIDDEN = re.compile("\0|\r(?!\n)")


class Library(Protocol):
    """The files that a script may name; paths are relative to the file that names them."""

    def include(self, path: str, within: str) -> tuple[str, bytes]:
        """Return the name and the octets of a script; raises OSError when it cannot be read."""
        ...

    def find(self, path: str, within: str) -> str:
        """Return where a file is that can be read; raises OSError when it cannot."""
        ...


class Source(NamedTuple):
    """The lines of a script without their ends (LF or CRLF); octets pass by surrogateescape."""

    name: str
    lines: tuple[str, ...]


def read_source(text: bytes | str, name: str) -> Source:
    """Return the lines of a script.

    Raises:
        ScriptProblems: it is too large, or holds NUL or a CR without LF.
    """
    if len(text) > SCRIPT_OCTETS:
        problem = Problem(
            "P22", f"{name} is larger than 16 MiB", (Mark(1, 1),),
            ("use :data FILE to send a large message from a file",),
        )  # fmt: skip
        raise ScriptProblems(name, {"": ()}, (problem,))
    decoded = text.decode("utf-8", "surrogateescape") if isinstance(text, bytes) else text
    decoded = decoded.removeprefix("\ufeff")
    lines = tuple(line.removesuffix("\r") for line in decoded.split("\n"))
    if lines and not lines[-1]:
        lines = lines[:-1]
    if _FORBIDDEN.search(decoded):
        raise ScriptProblems(name, {"": lines}, tuple(_forbidden(decoded))[:10])
    return Source(name, lines)


def _forbidden(text: str) -> list[Problem]:
    found = []
    for match in _FORBIDDEN.finditer(text):
        number = text.count("\n", 0, match.start()) + 1
        column = match.start() - (text.rfind("\n", 0, match.start()) + 1) + 1
        what, written = ("NUL", r"\0") if match[0] == "\0" else ("CR without LF", r"\r")
        found.append(
            Problem("P20", f"{what} is not allowed in a script", (Mark(number, column),),
                    (f'write it as a string: :raw "...{written}..."',))
        )  # fmt: skip
        if len(found) == 10:
            break
    return found
