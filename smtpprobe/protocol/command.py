"""What goes out: a typed line, a body or raw octets as a Command.

Nothing here refuses: a command is sent as it was typed, right or wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from functools import cached_property, lru_cache

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.auth.credentials import can_be_mechanism, stray_at
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.verbs import CONTEXTS, VERBS, Context

COMMAND_OCTETS = 512
"""The longest command line of RFC 5321 4.5.3.1.4, CRLF included."""

BODY_LINE_OCTETS = 1000
"""The longest text line of RFC 5321 4.5.3.1.6, CRLF included."""


REPEATED = 128
"""The characters of the longest line whose reading is remembered."""


class Kind(Enum):
    """How octets that were sent are to be read; the value is the word in JSON."""

    COMMAND = "command"
    SASL = "sasl"
    BODY = "body"
    RAW = "raw"


_COMMAND, _SASL, _BODY = Kind.COMMAND, Kind.SASL, Kind.BODY
"""Bare names for what every command is asked: members found through their class are slow."""


class _Octets(NamedTuple):
    raw: bytes
    kind: Kind
    exact: bool = False
    ends_data: bool = False
    secret: bool = False


class Command(_Octets):
    """Octets for the server, and how to read them.

    `raw` goes out octet for octet. `exact` marks a line sent "as is": no handshake follows
    it. `ends_data` marks message text that carries the terminating dot, so one reply is owed
    (one for each recipient in LMTP); other message text is owed none. `secret` marks raw octets
    that are credentials as a whole.
    """

    def __repr__(self) -> str:
        """Return it for debugging, credentials masked: it gets into tracebacks."""
        from smtpprobe.protocol.redact import masked  # noqa: PLC0415 - which knows commands

        shown = masked(self)
        flags = [name for name in ("exact", "ends_data", "secret") if getattr(self, name)]
        return f"Command({', '.join([repr(shown.raw), self.kind.value, *flags])})"

    @property
    def text(self) -> str:
        """The octets without the final line end, as text (surrogateescape)."""
        return self.raw.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8", "surrogateescape")

    @cached_property
    def verb(self) -> str:
        """The first word in upper case; empty for message text, raw octets and what is secret."""
        if self.kind is not _COMMAND or self.secret:
            return ""
        return first_word(self.raw.decode("utf-8", "surrogateescape"))

    @property
    def argument(self) -> str:
        """What follows the verb, blanks trimmed."""
        if self.kind is not _COMMAND:
            return ""
        words = self.text.split(maxsplit=1)
        return words[1].strip() if len(words) > 1 else ""

    @cached_property
    def mailbox(self) -> str | None:
        """The address of MAIL or RCPT without its brackets; None if the line has none."""
        match = re.match(_PATH, self.argument)
        if match is None:
            return None
        return match["bracketed"] if match["bracketed"] is not None else match["bare"]

    @cached_property
    def chunk(self) -> int | None:
        """The number of octets that a BDAT announces (RFC 3030 2); None if there is none."""
        if self.verb != "BDAT":
            return None
        words = self.argument.split()
        return int(words[0]) if words and re.fullmatch(r"[0-9]{1,18}", words[0]) else None

    @property
    def last_chunk(self) -> bool:
        """Whether this is a `BDAT n LAST`."""
        return self.verb == "BDAT" and self.argument.upper().split()[1:2] == ["LAST"]

    @property
    def mechanism(self) -> str:
        """The SASL mechanism of an AUTH command, in upper case; else empty."""
        words = self.argument.split()[:1] if self.verb == "AUTH" else []
        return words[0].upper() if words and can_be_mechanism(words[0]) else ""

    @property
    def initial_response(self) -> str:
        """The initial response of an AUTH command (RFC 4954 4), as sent; else empty."""
        words = self.argument.split(maxsplit=1)
        return words[1] if self.verb == "AUTH" and len(words) > 1 else ""

    @cached_property
    def context(self) -> Context:
        """What a reply to this command answers."""
        match self.kind:
            case Kind.COMMAND:
                unknown = Context.UNKNOWN
                return Context.BDAT_LAST if self.last_chunk else CONTEXTS.get(self.verb, unknown)
            case Kind.SASL:
                return Context.AUTH_STEP
            case _:
                return Context.DATA_END if self.ends_data else Context.UNKNOWN

    @cached_property
    def may_be_secret(self) -> bool:
        """Whether it can hold credentials; False for what surely holds none."""
        if self.kind is _BODY:
            return False
        if self.kind is _COMMAND and not self.secret:
            return self.verb == "AUTH" or self.verb not in VERBS
        return True


_PATH = r'(?i)(?:FROM|TO)\s*:\s*(?:<(?P<bracketed>(?:"(?:\\.|[^"\\])*"|[^>"])*)>?|(?P<bare>\S+))'


def first_word(text: str) -> str:
    """Return the first word of a line in upper case, empty without one."""
    words = text.split(maxsplit=1)
    return words[0].upper() if words else ""


def read_line(text: str, phase: Phase) -> Command:
    """Return the command that a typed line is in this phase; CRLF is added, nothing else."""
    raw = text.encode("utf-8", "surrogateescape") + b"\r\n"
    kind = LINE_KINDS.get(phase, _COMMAND)
    secret = kind is _COMMAND and is_stray(text)
    return Command(raw, kind, ends_data=phase is Phase.DATA and text == ".", secret=secret)


def is_stray(text: str) -> bool:
    """Return whether a line is no command but an answer of a login, which nothing asks for here."""
    return first_word(text) not in VERBS and stray_at(text.lstrip()) == 0


LINE_KINDS = {Phase.DATA: _BODY, Phase.BDAT: _BODY, Phase.AUTH: _SASL}
"""What a line is in the phases in which it is no command."""


def repeated_line(text: str, phase: Phase) -> Command:
    """Return what `read_line` does, and the same object for a short line that comes again."""
    if len(text) > REPEATED or phase in LINE_KINDS:
        return read_line(text, phase)
    return _repeated_command(text)


@lru_cache(maxsize=64)
def _repeated_command(text: str) -> Command:
    return read_line(text, Phase.READY)


def exact_line(text: str, phase: Phase) -> Command:
    """Return the line of a `> text`: sent as is, without handshake; CRLF is added.

    In an open body it is message text, and the dot ends it there as everywhere.
    """
    raw = text.encode("utf-8", "surrogateescape") + b"\r\n"
    if phase in (Phase.DATA, Phase.BDAT):
        ends = phase is Phase.DATA and text == "."
        return Command(raw, Kind.BODY, exact=True, ends_data=ends)
    kind = Kind.SASL if phase is Phase.AUTH else Kind.COMMAND
    return Command(raw, kind, exact=True, secret=kind is _COMMAND and is_stray(text))


def raw_command(octets: bytes, phase: Phase) -> Command:
    """Return `:raw` octets as a command.

    In an open body they are message text, and a last line of a single dot ends it there, as it
    does from any other hand. One whole line with its CRLF is a line, owed a reply like any other;
    anything else is owed none.
    """
    if phase in (Phase.DATA, Phase.BDAT):
        ends = phase is Phase.DATA and (octets == b".\r\n" or octets.endswith(b"\r\n.\r\n"))
        return Command(octets, Kind.BODY, exact=True, ends_data=ends)
    if octets.endswith(b"\r\n") and octets.count(b"\n") == 1:
        return exact_line(octets[:-2].decode("utf-8", "surrogateescape"), phase)
    return Command(octets, Kind.RAW, exact=True, secret=phase is Phase.AUTH)


def body(lines: list[str]) -> Command:
    """Return a whole message as one command: the lines as on the wire, and the dot."""
    return Command(_on_the_wire(lines) + b".\r\n", Kind.BODY, ends_data=True)


def open_body(lines: Iterable[str]) -> Command:
    """Return message text whose dot is still to come."""
    return Command(_on_the_wire(lines), Kind.BODY)


def _on_the_wire(lines: Iterable[str]) -> bytes:
    return b"".join(line.encode("utf-8", "surrogateescape") + b"\r\n" for line in lines)


class DotStuffing:
    """Makes message octets fit for DATA (RFC 5321 4.5.2), portion by portion.

    Line ends (LF, CRLF, CR) become CRLF, a leading dot is doubled, a missing last line end is
    added. What is fed comes out as whole lines, unless a line is longer than is kept back.
    """

    def __init__(self) -> None:
        self._held = b""
        self._begins_line = True

    def feed(self, octets: bytes) -> bytes:
        """Return what can go out of what came so far."""
        octets = self._held + octets
        end = octets.rfind(b"\n") + 1
        if len(octets) - end > _KEPT_BACK:  # a CR at the end may belong to a CRLF
            end = len(octets) - octets.endswith(b"\r")
        self._held = octets[end:]
        return self._stuffed(octets[:end])

    def end(self) -> bytes:
        """Return the rest."""
        rest = self._stuffed(self._held)
        self._held = b""
        return rest if self._begins_line else rest + b"\r\n"

    def _stuffed(self, octets: bytes) -> bytes:
        if not octets:
            return b""
        lines = re.sub(rb"\r\n|\n|\r", lambda _: b"\r\n", octets)
        stuffed = lines.replace(b"\n.", b"\n..")
        if self._begins_line and stuffed.startswith(b"."):
            stuffed = b"." + stuffed
        self._begins_line = stuffed.endswith(b"\n")
        return stuffed


_KEPT_BACK = 1000
"""How much of a line whose end has not come is kept back: the longest that is allowed."""


class LineEnds:
    """Counts the line ends of octets that come in portions."""

    def __init__(self) -> None:
        self.crlf = 0
        self._lf = 0
        self._cr = 0
        self._ends_in_cr = False

    def count(self, octets: bytes) -> None:
        """Take the next portion in."""
        split = self._ends_in_cr and octets.startswith(b"\n")
        self.crlf += octets.count(b"\r\n") + split
        self._lf += octets.count(b"\n")
        self._cr += octets.count(b"\r")
        self._ends_in_cr = octets.endswith(b"\r")

    @property
    def lf(self) -> int:
        """How many LF have no CR before them."""
        return self._lf - self.crlf

    @property
    def cr(self) -> int:
        """How many CR have no LF behind them."""
        return self._cr - self.crlf

    @property
    def bare(self) -> str:
        """The bare ones in words, such as `2 bare LF, 1 bare CR`; empty without any."""
        counts = ((self.lf, "bare LF"), (self.cr, "bare CR"))
        return ", ".join(f"{count} {what}" for count, what in counts if count)


def dot_stuff(message: bytes) -> bytes:
    """Return message octets fit for DATA, as by `DotStuffing`, without the terminating dot."""
    stuffing = DotStuffing()
    return stuffing.feed(message) + stuffing.end()
