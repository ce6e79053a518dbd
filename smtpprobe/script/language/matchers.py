"""What can be expected of a reply: codes, and terms on its text and keywords; plain data."""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol, TypeAlias

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.units import shown_duration


class TookTooLong(Exception):  # noqa: N818 - says what happened
    """A regular expression took too long on a text; the message has the limit."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"took longer than {shown_duration(seconds)} on this text: given up")


class Pattern(Protocol):
    """A compiled regular expression; `names` are those of its groups."""

    names: tuple[str, ...]

    def search(self, text: str) -> dict[str, str] | None:
        """Return the groups that took part in the first match, None without a match.

        Raises:
            TookTooLong: it was given up.
        """
        ...


class Codes(NamedTuple):
    """Reply codes, `x` standing for any digit; with `negated`, a reply with none of them."""

    patterns: tuple[str, ...]
    negated: bool = False

    def accepts(self, code: int | None) -> bool:
        """Return whether a reply with this code is meant; a reply without a code never is."""
        return code is not None and _accepts(self, code)


class _Bare:
    """What has no fields: each is equal to the others of its kind, and to nothing else."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class AnyReply(_Bare):
    """Any reply with a code."""

    __slots__ = ()


class Eof(_Bare):
    """The server closes the connection."""

    __slots__ = ()


class Nothing(NamedTuple):
    """Nothing arrives for a time in seconds, and the connection stays up."""

    seconds: float


class RawLine(NamedTuple):
    """One line from the server with these octets, or this pattern, in it; it need be no reply."""

    octets: bytes = b""
    pattern: Pattern | None = None


What: TypeAlias = Codes | AnyReply | Eof | Nothing | RawLine


class EnhancedTerm(NamedTuple):
    """Enhanced status codes (RFC 3463), `x` standing for any number."""

    patterns: tuple[str, ...]
    text: str
    column: int

    def accepts(self, written: str) -> bool:
        """Return whether the code, written `5.7.1`, is one of them."""
        return any(_enhanced_fits(pattern, written) for pattern in self.patterns)


class KeywordTerm(NamedTuple):
    """An EHLO keyword present or absent, with a parameter or a limit if there is an operator."""

    present: bool
    keyword: str
    operator: str
    value: str
    text: str
    column: int


class TextTerm(NamedTuple):
    """A text that occurs in the reply, or does not; with `encoded`, the base64 of the whole."""

    wanted: str
    text: str
    column: int
    present: bool = True
    encoded: bool = False


class PatternTerm(NamedTuple):
    """A regular expression found in the reply, or not found; its named groups become variables."""

    pattern: Pattern
    text: str
    column: int
    present: bool = True


class LinesTerm(NamedTuple):
    """How many lines the reply has."""

    number: int
    text: str
    column: int


class WithinTerm(NamedTuple):
    """How long the reply may take, in seconds; only for display, the limit is beside it."""

    seconds: float
    text: str
    column: int


Term: TypeAlias = EnhancedTerm | KeywordTerm | TextTerm | PatternTerm | LinesTerm | WithinTerm


class ReplyText(NamedTuple):
    """A `|` line: how the text of a reply line begins; `start` None is any number of lines."""

    line: int
    start: str | None
    file: str = ""


@lru_cache(maxsize=256)
def _accepts(codes: Codes, code: int) -> bool:
    if not 200 <= code <= 599:
        return False
    return any(_fits(pattern, code) for pattern in codes.patterns) is not codes.negated


def _fits(pattern: str, code: int) -> bool:
    return all(want in ("x", digit) for want, digit in zip(pattern, str(code), strict=True))


def _enhanced_fits(pattern: str, written: str) -> bool:
    wants, parts = pattern.split("."), written.split(".")
    return all(want in ("x", part) for want, part in zip(wants, parts, strict=True))


def accepts_354(what: What) -> bool:
    """Return whether a 354 is meant, so that a message follows."""
    match what:
        case Codes():
            return what.accepts(354)
        case AnyReply():
            return True
        case RawLine(octets=octets):
            return octets.startswith(b"354")
        case Eof() | Nothing():
            return False
