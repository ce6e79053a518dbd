r"""What the lines of a dialogue of Exim's test client do, one by one; the files it names. Pure.

`??? x` reads one line of the server that has to begin so; `????x` reads lines as long as they begin
so; `???*` reads the end of the connection. `+++ n` waits, `<<< f` goes on with another file. All
else is sent, with CRLF; `>>> ` sends the rest without one. `\n`, `\r`, `\xHH` and `\` before any
other character are escapes. There are no messages: in one, too, a line is what it begins with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from typing import TypeAlias

from smtpprobe.errors import ScriptError
from smtpprobe.named_tuple import NamedTuple

_STOP_TLS = frozenset({"stoptls", "STOPTLS"})
_START_TLS = frozenset({"starttls", "STARTTLS"})
_NO_HANDSHAKE = "starttls_wait"
"""Sends the first word of it, with no handshake to follow."""

_ESCAPE = re.compile(rb"\\(?:x(.{0,2})|(.)|\Z)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r"}
_SECONDS = re.compile(r"\s*([0-9]{1,9})")
_DEEPEST = 8
"""How deep files may include one another: one that includes itself has no end."""


class Origin(NamedTuple):
    """A line of the dialogue: its number, from 1, and its file; empty for the dialogue itself."""

    line: int
    file: str = ""


class Line(NamedTuple):
    """A line and its number."""

    text: str
    at: Origin


class Marker(Enum):
    """What is read: a line, as many as there are, the end of the connection."""

    ONE = " "
    MANY = "?"
    END = "*"


class Send(NamedTuple):
    """Octets that go out. `secure` means that a handshake follows a reply of 2xx to them."""

    octets: bytes
    at: Origin
    secure: bool = False

    @property
    def text(self) -> str | None:
        """The text before the CRLF if it is one whole line, by surrogateescape."""
        line = self.octets.removesuffix(b"\r\n")
        whole = line is not self.octets and b"\n" not in line and b"\r" not in line
        return line.decode("utf-8", "surrogateescape") if whole else None


class Read(NamedTuple):
    """A reading: how the line has to begin."""

    marker: Marker
    start: str
    at: Origin


class Pause(NamedTuple):
    """A wait in seconds."""

    seconds: int


class Lost(NamedTuple):
    """Something that a script cannot say, and why."""

    why: str
    at: Origin


Doing: TypeAlias = Send | Read | Pause | Lost
Part: TypeAlias = Callable[[str], str]
"""Returns the text of a file that a dialogue names; raises ScriptError when it cannot be read."""


def no_part(name: str) -> str:
    """Read no file."""
    raise ScriptError(f"{name} is not read here")


def doings(lines: Sequence[Line], part: Part, *, has_tls: bool = True) -> Iterator[Doing]:
    """Return what the lines do, those of the files they name included.

    A client without TLS sends `starttls` as any other line.
    """
    yield from _doings(lines, part, 1, has_tls=has_tls)


def lines_of(text: str, file: str = "") -> list[Line]:
    """Return the lines of a text."""
    texts = text.removesuffix("\n").split("\n") if text else []
    return [Line(line, Origin(number, file)) for number, line in enumerate(texts, 1)]


def is_reading(text: str) -> bool:
    """Return whether a line reads."""
    return text[:3] == "???" and text[3:4] in (" ", "?", "*")


def _doings(lines: Sequence[Line], part: Part, depth: int, *, has_tls: bool) -> Iterator[Doing]:
    for line in lines:
        text, at = line
        if is_reading(text):
            yield Read(Marker(text[3]), _decoded(unescaped(_encoded(text)))[4:], at)
        elif text.startswith("+++ "):
            found = _SECONDS.match(text, 4)
            yield Pause(int(found[1]) if found else 0)
        elif text.startswith("<<< "):
            yield from _named(line, part, depth, has_tls=has_tls)
        elif has_tls and text.removeprefix(">>> ") in _STOP_TLS:
            yield Lost("TLS cannot be stopped while the connection stays open", at)
        else:
            yield _sent(line, has_tls=has_tls)


def _named(line: Line, part: Part, depth: int, *, has_tls: bool) -> Iterator[Doing]:
    name = line.text.removeprefix("<<< ")
    if depth > _DEEPEST:
        yield Lost(f"files are nested more than {_DEEPEST} deep: {name}", line.at)
        return
    try:
        text = part(name)
    except ScriptError as error:
        yield Lost(f"{error.message}: its lines are missing here", line.at)
        return
    yield from _doings(lines_of(text, name), part, depth + 1, has_tls=has_tls)


def _sent(line: Line, *, has_tls: bool) -> Send:
    text, end = line.text, b"\r\n"
    if text.startswith(">>> "):
        text, end = text.removeprefix(">>> "), b""
    secure = has_tls and text in _START_TLS
    if has_tls and text == _NO_HANDSHAKE:
        text = "starttls"
    return Send(unescaped(_encoded(text) + end), line.at, secure)


def unescaped(octets: bytes) -> bytes:
    """Return octets with the escapes in them replaced, invalid digits as the client reads them."""
    return _ESCAPE.sub(_replaced, octets)


def _replaced(match: re.Match[bytes]) -> bytes:
    if match[1] is not None:
        high, low = (_digit(octet) for octet in match[1].ljust(2, b"\0"))
        return bytes([high << 4 | low])
    escape = match[2] or b""
    return _ESCAPES.get(escape, escape)


def _digit(octet: int) -> int:
    if ord("A") <= octet <= ord("F"):
        octet -= ord("A") - ord("9") - 1
    elif ord("a") <= octet <= ord("f"):
        octet -= ord("a") - ord("9") - 1
    return (octet - ord("0")) & 0xF


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _decoded(octets: bytes) -> str:
    return octets.decode("utf-8", "surrogateescape")
