"""A parsed script: steps as plain data, each with its place in the source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Place:
    """Line and column in the source, from 1."""

    line: int
    column: int = 1


@dataclass(frozen=True, slots=True)
class Wire:
    """A line for the server; it takes one reply. `text` is not yet expanded."""

    place: Place
    text: str

    @property
    def is_data(self) -> bool:
        """Whether the line is DATA, so that a message may follow."""
        return self.text.rstrip(" \t").upper() == "DATA"


@dataclass(frozen=True, slots=True)
class Exact:
    """A `> line`: sent at once as it stands, no reply awaited, no handshake, no body."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Body:
    """The message under a DATA, a line each as on the wire, without the dot that ends it.

    `ended` is False only in a pasted fragment that leaves the message open.
    """

    place: Place
    lines: tuple[str, ...]
    ended: bool = True


@dataclass(frozen=True, slots=True)
class BdatChunk:
    """A `BDAT n [LAST]` line and the octets under it."""

    place: Place
    text: str
    octets: bytes


@dataclass(frozen=True, slots=True)
class Codes:
    """Reply codes, `x` standing for any digit; with `negated`, a reply with none of them."""

    patterns: tuple[str, ...]
    negated: bool = False

    def accepts(self, code: int | None) -> bool:
        """Tell whether a reply with this code is meant; a reply without a code never is."""
        if code is None or not 200 <= code <= 599:
            return False
        found = any(_fits(pattern, code) for pattern in self.patterns)
        return found is not self.negated


@dataclass(frozen=True, slots=True)
class AnyReply:
    """Any reply with a code."""


@dataclass(frozen=True, slots=True)
class Eof:
    """The server closes the connection."""


@dataclass(frozen=True, slots=True)
class RawLine:
    """One line from the server that holds these octets; it need not be a reply."""

    octets: bytes


What: TypeAlias = Codes | AnyReply | Eof | RawLine


@dataclass(frozen=True, slots=True)
class EnhancedTerm:
    """Enhanced status codes (RFC 3463), `x` standing for any number."""

    patterns: tuple[str, ...]
    text: str
    column: int

    def accepts(self, written: str) -> bool:
        """Tell whether the code, written `5.7.1`, is one of them."""
        return any(_enhanced_fits(pattern, written) for pattern in self.patterns)


@dataclass(frozen=True, slots=True)
class KeywordTerm:
    """An EHLO keyword present or absent, with a parameter or a limit if there is an operator."""

    present: bool
    keyword: str
    operator: str
    value: str
    text: str
    column: int


Term: TypeAlias = EnhancedTerm | KeywordTerm


@dataclass(frozen=True, slots=True)
class Expect:
    """What the next reply must be; with `soft`, a miss is a warning.

    `what_text` is the WHAT as written, at `column`. `server` holds the lines of a reply that stands
    in the script as it came; its codes alone are expected.
    """

    place: Place
    what: What
    what_text: str
    column: int
    terms: tuple[Term, ...] = ()
    soft: bool = False
    server: tuple[str, ...] = ()

    @property
    def wanted(self) -> str:
        """WHAT and TERMs as one text."""
        return " ".join((self.what_text, *(term.text for term in self.terms)))


@dataclass(frozen=True, slots=True)
class Comment:
    """A `# line`, kept for reports and for what recordings say in comments."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Local:
    """A local command; `argument` is the rest of its line, `column` where that begins."""

    place: Place
    name: str
    argument: str
    column: int


Step: TypeAlias = Wire | Exact | Body | BdatChunk | Expect | Comment | Local


@dataclass(frozen=True, slots=True)
class Script:
    """A script that can be run: its name, its source for showing places, its steps in order."""

    name: str
    source: tuple[str, ...]
    steps: tuple[Step, ...]


def acts(step: Step) -> bool:
    """Tell whether a step sends, expects or connects: without any, nothing is checked."""
    if isinstance(step, Local):
        return step.name in ("connect", "raw") or (step.name, step.argument) == ("tls", "on")
    return not isinstance(step, Comment)


def name_of(step: Step) -> str:
    """Return what a step is called in messages: its verb, or what it is."""
    match step:
        case Wire() | BdatChunk() | Exact():
            words = step.text.split(maxsplit=1)
            return words[0].upper() if words else "the empty line"
        case Body():
            return "the message"
        case Local():
            return f":{step.name}"
        case Expect():
            return "the expectation"
        case Comment():
            return "the comment"


def _fits(pattern: str, code: int) -> bool:
    return all(want in ("x", digit) for want, digit in zip(pattern, str(code), strict=True))


def _enhanced_fits(pattern: str, written: str) -> bool:
    wants, parts = pattern.split("."), written.split(".")
    return all(want in ("x", part) for want, part in zip(wants, parts, strict=True))


SERVER_LINE = re.compile(r"([2-5][0-9][0-9])([ -]|$)")
"""A line that a server sent: three digits, then a space, a hyphen or nothing."""
