"""A parsed script as plain data: steps, blocks, cases, each with its place in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from types import MappingProxyType
from typing import TypeAlias

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.auth.words import AuthWords
from smtpprobe.protocol.pace import Pace
from smtpprobe.script.language.assertion import Assertion
from smtpprobe.script.language.commands import LOCALS
from smtpprobe.script.language.matchers import ReplyText, Term, What
from smtpprobe.script.language.problem import Included


class Place(NamedTuple):
    """Line and column in the source, from 1; `file` is empty for the script itself."""

    line: int
    column: int = 1
    file: str = ""


class Group(NamedTuple):
    """The expectations under a step that sends.

    `taking` of them take a reply each; the last one is `last` steps further on (0: none).
    """

    taking: int = 0
    last: int = 0


NO_GROUP = Group()


UNJUDGED: frozenset[str] = frozenset()


class SmtpLine(NamedTuple):
    """A line for the server; it takes one reply. `text` is not yet expanded.

    `judged` are the left sides of assertions about TLS under it (`tls.ok`): with any of them
    a handshake is the check.
    """

    place: Place
    text: str
    under: Group = NO_GROUP
    judged: frozenset[str] = UNJUDGED

    @property
    def is_data(self) -> bool:
        """Whether the line is DATA, so that a message may follow."""
        return self.text.rstrip(" \t").upper() == "DATA"

    @property
    def begins_tls(self) -> bool:
        """Whether the line is STARTTLS, so that a handshake may follow."""
        return self.text.rstrip(" \t").upper() == "STARTTLS"


class Exact(NamedTuple):
    """A `> line`: sent at once as is, no reply awaited, no handshake, no body."""

    place: Place
    text: str


class Body(NamedTuple):
    """The message under a DATA, a line each as on the wire, without the dot that ends it.

    `ended` is False only in a pasted fragment that leaves the message open.
    """

    place: Place
    lines: tuple[str, ...]
    ended: bool = True
    under: Group = NO_GROUP


class BdatChunk(NamedTuple):
    """A `BDAT n [LAST]` line and the octets under it."""

    place: Place
    text: str
    octets: bytes
    under: Group = NO_GROUP


class Hold(NamedTuple):
    """Lines that go out in one write; `flush` is the place of `:flush`. DATA comes last."""

    place: Place
    held: tuple[SmtpLine | Exact | BdatChunk, ...]
    flush: Place
    under: Group = NO_GROUP
    judged: frozenset[str] = UNJUDGED


class DataFile(NamedTuple):
    """`:data FILE`: DATA, and a file as the message.

    `raw` sends the octets as they are, without `dot` the message stays open, `pace` is how it goes
    out (None: the usual way), `stop_after` the number of octets after which nothing more is sent.
    """

    place: Place
    path: str
    raw: bool = False
    dot: bool = True
    pace: Pace | None = None
    stop_after: int | None = None
    under: Group = NO_GROUP


class BdatFile(NamedTuple):
    """`:bdat FILE`: a file in chunks of `chunk` octets, the last one LAST (RFC 3030 2)."""

    place: Place
    path: str
    chunk: int
    under: Group = NO_GROUP


class Auth(NamedTuple):
    """`:auth [MECH] [USER]`: a whole login, its password the secret `password`, a token `token`.

    `words` are what it was asked for, `user` is not yet expanded.
    """

    place: Place
    words: AuthWords
    user: str
    under: Group = NO_GROUP


class Mode(Enum):
    """How an expectation takes replies; the value is its marker."""

    MUST = "<"
    SOFT = "<~"
    """A miss is a warning."""
    MAY = "<?"
    """Takes the next reply if it matches, else leaves it."""
    ANY = "<*"
    """Takes replies while they match."""


_MARKERS = frozenset(mode.value for mode in Mode)


def marker_of(text: str) -> str:
    """Return the marker that an expectation begins with."""
    return text[:2] if text[:2] in _MARKERS else Mode.MUST.value


class Expect(NamedTuple):
    """What a reply must be.

    `what_text` is the WHAT as written, at `column`. `server` holds the lines of a reply that stands
    in the script as it came; its code alone is expected. `replies` are the `|` lines under it.
    `within` is the limit in seconds for the reply. `template` is the line as written when it holds
    values that are known only at run time; the other fields are then provisional.
    """

    place: Place
    what: What
    what_text: str
    column: int
    terms: tuple[Term, ...] = ()
    mode: Mode = Mode.MUST
    server: tuple[str, ...] = ()
    replies: tuple[ReplyText, ...] = ()
    within: float | None = None
    template: str = ""

    @property
    def soft(self) -> bool:
        """Whether a miss is only a warning."""
        return self.mode is Mode.SOFT

    @property
    def wanted(self) -> str:
        """WHAT and TERMs as one text."""
        if not self.terms:
            return self.what_text
        return " ".join((self.what_text, *(term.text for term in self.terms)))


class Comment(NamedTuple):
    """A `# line`, kept for reports and for what recordings say in comments."""

    place: Place
    text: str


class Local(NamedTuple):
    """A local command; `argument` is the rest of its line, `column` where that begins.

    `judged` as for `SmtpLine`, on a command that may do a handshake.
    """

    place: Place
    name: str
    argument: str
    column: int
    judged: frozenset[str] = UNJUDGED


class Let(NamedTuple):
    """`:let NAME = TEXT`: a default, evaluated at its first use."""

    place: Place
    name: str
    text: str
    column: int


class Assert(NamedTuple):
    """`:assert EXPR`; `text` is EXPR as written, with values that are known only at run time."""

    place: Place
    assertion: Assertion
    text: str
    column: int


class Range(NamedTuple):
    """Numbers from the first to the last, each as written: digits, or a value in braces."""

    first: str
    last: str


Word: TypeAlias = str | Range
"""What a `:for` goes over: a text, or numbers."""


class For(NamedTuple):
    """`:for NAME in WORD...`: the steps once for each word, and each number of a range."""

    place: Place
    name: str
    words: tuple[Word, ...]
    steps: tuple[Step, ...]


class Repeat(NamedTuple):
    """`:repeat N`: the steps N times.

    `template` is the argument when it holds values that are known only at run time; `times` is then
    provisional.
    """

    place: Place
    times: int
    steps: tuple[Step, ...]
    template: str = ""


class Retry(NamedTuple):
    """`:retry N every D`: the steps until all goes well, at most N times, D seconds between.

    `template` as for `Repeat`.
    """

    place: Place
    times: int
    every: float
    steps: tuple[Step, ...]
    template: str = ""


Sending: TypeAlias = SmtpLine | Exact | Body | BdatChunk | Hold | DataFile | BdatFile | Auth
Block: TypeAlias = For | Repeat | Retry
Step: TypeAlias = Sending | Expect | Comment | Local | Let | Assert | Block


class Case(NamedTuple):
    """One test point; `name` is None for that of a file without `:case`.

    `last` steps run even after a failure. `needs` tells at which EHLO or LHLO (by its place) which
    keywords are required, and where that is written.
    """

    name: str | None
    place: Place
    steps: tuple[Step, ...]
    last: tuple[Step, ...] = ()
    needs: Mapping[Place, Mapping[str, Place]] = MappingProxyType({})


class Script(NamedTuple):
    """A script that can be run.

    `sources` holds the lines of each file by name, empty for the script itself, for showing
    places. `preamble` are the settings before the first `:case`. `included` says which
    lines include a file.
    """

    name: str
    sources: Mapping[str, tuple[str, ...]]
    preamble: tuple[Step, ...]
    cases: tuple[Case, ...]
    included: Included

    @property
    def source(self) -> tuple[str, ...]:
        """The lines of the script itself."""
        return self.sources[""]

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps in the order of the source, those in blocks among them, blocks left out."""
        return tuple(walk(self.preamble + tuple(self._of_cases())))

    def _of_cases(self) -> Iterator[Step]:
        for case in self.cases:
            yield from case.steps
            yield from case.last


def walk(steps: tuple[Step, ...]) -> Iterator[Step]:
    """Yield the steps in order, going into blocks and held lines."""
    for step in steps:
        if isinstance(step, For | Repeat | Retry):
            yield from walk(step.steps)
        else:
            yield step


def acts(step: Step) -> bool:
    """Return whether a step sends, expects or connects: without any, nothing is checked."""
    match step:
        case Local(name=name, argument=argument):
            return name in ("connect", "raw") or (name, argument) == ("tls", "on")
        case Comment() | Let() | Assert():
            return False
        case For(steps=steps) | Repeat(steps=steps) | Retry(steps=steps):
            return any(map(acts, steps))
        case _:
            return True


def sends(step: Step) -> bool:
    """Return whether a step puts octets on the wire or makes a connection."""
    return acts(step) and not isinstance(step, Expect)


def quiet(step: Step) -> bool:
    """Return whether a step may come between a line and its expectation."""
    match step:
        case Comment() | Let():
            return True
        case Local(name=name):
            return LOCALS[name].quiet
        case _:
            return False


def ends_message(step: Step) -> bool:
    """Return whether a server that takes a step has a message with it, to be delivered."""
    match step:
        case Body(ended=ended):
            return ended
        case Exact(text=text) | BdatChunk(text=text) | SmtpLine(text=text):
            return text.strip() == "." or re.match(_LAST, text) is not None
        case DataFile(dot=dot):
            return dot
        case BdatFile():
            return True
        case Local(name="raw", argument=argument):
            return re.search(_LAST_OF_RAW, argument) is not None
        case Hold(held=held):
            return any(map(ends_message, held))
        case _:
            return False


_LAST = r"(?i)(?:BDAT|BURL)\s.*\sLAST\s*\Z"
_LAST_OF_RAW = r"""(?i)(?:"|\\n)\.(?:\\r)?\\n|\b(?:BDAT|BURL)\s[^"]*\sLAST\b"""


def name_of(step: Step) -> str:
    """Return what a step is called in messages: its verb, or what it is."""
    match step:
        case SmtpLine() | BdatChunk() | Exact():
            words = step.text.split(maxsplit=1)
            return words[0].upper() if words else "the empty line"
        case Local():
            return f":{step.name}"
        case _:
            return _NAMES[type(step)]


_NAMES: dict[type[Step], str] = {
    Body: "the message",
    Hold: "the lines in :hold",
    DataFile: ":data",
    BdatFile: ":bdat",
    Auth: ":auth",
    Expect: "the expectation",
    Comment: "the comment",
    Let: ":let",
    Assert: ":assert",
    For: ":for",
    Repeat: ":repeat",
    Retry: ":retry",
}

SERVER_LINE = re.compile(r"([2-5][0-9][0-9])([ -]|$)")
"""A line that a server sent: three digits, then a space, a hyphen or nothing."""
