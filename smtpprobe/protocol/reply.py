"""Octets from a server, cut into replies; every oddity is kept and named, none is an error.

Invariant: the `raw` of all replies, one after the other, followed by what is still
`pending`, equals all octets fed, at any chunking.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import cached_property, lru_cache

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.extensions import Extensions, parse_extensions

PIECE_OCTETS = 64 * 1024
"""The parser never holds more than this; a longer reply is handed on in pieces."""

LINE_OCTETS = 512
"""The longest reply line of RFC 5321 4.5.3.1.5, line end included."""


LINE_ROOM = 512
"""About how many octets of memory a parsed line takes beside its own, and what is small."""

_MOST_CODES = 8


class Severity(Enum):
    """The first digit of a reply code (RFC 5321 4.2.1)."""

    SUCCESS = 2
    INTERMEDIATE = 3
    TRANSIENT = 4
    PERMANENT = 5

    __hash__ = object.__hash__  # a key of tables for every reply; that of Enum is slow


class Defect(Enum):
    """What is wrong with the form of a reply; the value is the sentence shown."""

    BARE_LF = "a line ends with a bare LF, without CR"
    BARE_CR = "bare CR inside a line"
    BAD_CODE = "a line does not start with a reply code"
    CODE_CHANGED = (
        "the lines of one reply have different codes: clients differ in which one they use"
    )
    BAD_SEPARATOR = "the code is followed by neither space nor hyphen"
    TOO_LONG = "longer than SMTP allows (512 octets per line), or split into pieces of 64 KiB"
    NON_ASCII = "octets outside US-ASCII"
    CONTROL_OCTETS = "control characters, shown escaped"
    ENHANCED_CHANGED = "the lines of one reply have different enhanced status codes"
    ENHANCED_MISMATCH = "the class of the enhanced status code differs from the reply code"
    UNTERMINATED = "the connection ended in the middle of this reply"


class EnhancedCode(NamedTuple):
    """An enhanced status code, class.subject.detail (RFC 3463)."""

    klass: int
    subject: int
    detail: int

    def __str__(self) -> str:
        return f"{self.klass}.{self.subject}.{self.detail}"

    @property
    def key(self) -> str:
        """The registry's form, with X for the class: `X.7.1`."""
        return f"X.{self.subject}.{self.detail}"


class ReplyLine(NamedTuple):
    """One line as it came, or one part of a line too long to hold.

    `raw` has the line end; `text` is what follows code and separator, enhanced code included,
    decoded as UTF-8 with surrogateescape.
    """

    raw: bytes
    code: int | None
    last: bool
    text: str
    enhanced: EnhancedCode | None = None
    defects: frozenset[Defect] = frozenset()

    @property
    def words(self) -> str:
        """The text without a leading enhanced status code."""
        return _LEADING_ENHANCED.sub("", self.text, count=1) if self.enhanced else self.text


class _Lines(NamedTuple):
    lines: tuple[ReplyLine, ...]
    piece: bool = False
    own_defects: frozenset[Defect] = frozenset()


class Reply(_Lines):
    """A whole reply; with `piece`, a part of one that is too long to hold (not the last part)."""

    @property
    def raw(self) -> bytes:
        """The octets as they came."""
        lines = self.lines
        return lines[0].raw if len(lines) == 1 else b"".join([line.raw for line in lines])

    @cached_property
    def octets(self) -> int:
        """How many octets came."""
        return sum([len(line.raw) for line in self.lines])

    @cached_property
    def room(self) -> int:
        """About how many octets of memory it takes."""
        return LINE_ROOM * len(self.lines) + 2 * self.octets

    @cached_property
    def last_line(self) -> str:
        """The last line without its end, as text (surrogateescape)."""
        return _decode(self.lines[-1].raw.rstrip(b"\r\n"))

    @cached_property
    def code(self) -> int | None:
        """The code of the last line that has one; None when no line has."""
        for line in reversed(self.lines):
            if line.code is not None:
                return line.code
        return None

    @property
    def codes_at_odds(self) -> tuple[int, ...]:
        """The codes of its lines where they differ (RFC 5321 4.2.1): each once, the first few."""
        if Defect.CODE_CHANGED not in self.defects:
            return ()
        found = dict.fromkeys(line.code for line in self.lines if line.code is not None)
        return tuple(found)[:_MOST_CODES]

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The text of each line, enhanced status codes included."""
        return tuple(line.text for line in self.lines)

    @property
    def text(self) -> str:
        """The texts joined by LF."""
        return "\n".join(self.texts)

    @property
    def words(self) -> str:
        """The texts without enhanced status codes, joined by LF."""
        return "\n".join(line.words for line in self.lines)

    @cached_property
    def enhanced(self) -> EnhancedCode | None:
        """The enhanced status code; the last one where lines differ."""
        found = (line.enhanced for line in reversed(self.lines))
        return next((code for code in found if code is not None), None)

    @cached_property
    def severity(self) -> Severity | None:
        """By the first digit; None for a code outside 200-599 or none at all."""
        code = self.code
        return None if code is None else _SEVERITIES.get(code // 100)

    @cached_property
    def extensions(self) -> Extensions:
        """What it announces, taken as the answer to EHLO or LHLO."""
        return parse_extensions(self)

    @cached_property
    def may_be_rewritten(self) -> bool:
        """Whether it holds what firewalls write over SMTP; asked of every reply, so it is quick."""
        return any(b"***" in line.raw or b"X" * 3 in line.raw for line in self.lines)

    @cached_property
    def accepts_nothing(self) -> bool:
        """Whether it is 4yz or 5yz, or has no code that can be relied on."""
        return self.severity in _REFUSALS or self.flaw is not None

    @cached_property
    def flaw(self) -> Defect | None:
        """Why no code of it can be relied on; None where one can.

        It was cut off by the end of the connection, so that its last line is not known, or its
        lines have different codes (RFC 5321 4.2.1).
        """
        own = self.own_defects
        return next((flaw for flaw in _FLAWS if flaw in own), None) if own else None

    @property
    def defects(self) -> frozenset[Defect]:
        """All defects of the reply and of its lines."""
        return self.own_defects.union(*(line.defects for line in self.lines))


_FLAWS = (Defect.UNTERMINATED, Defect.CODE_CHANGED)

_REFUSALS = (Severity.TRANSIENT, Severity.PERMANENT)

_SEVERITIES = {severity.value: severity for severity in Severity}


class ReplyParser:
    """Feeds on octets in any portions and returns replies as they become whole."""

    def __init__(self, limit: int = PIECE_OCTETS) -> None:
        self._limit = limit
        self._short = min(limit, LINE_OCTETS)
        self._lines: list[ReplyLine] = []
        self._held = 0
        self._partial = bytearray()
        self._cut: ReplyLine | None = None

    @property
    def pending(self) -> bytes:
        """Octets fed that belong to no reply handed out yet; at most `limit`."""
        return b"".join(line.raw for line in self._lines) + bytes(self._partial)

    @property
    def pending_octets(self) -> int:
        """The length of `pending`, without building it."""
        return self._held + len(self._partial)

    @property
    def unfinished(self) -> Sequence[ReplyLine]:
        """The whole lines of a reply whose last one has not come."""
        return self._lines

    def feed(self, data: bytes) -> list[Reply]:
        """Take octets in; return the replies (and pieces of long ones) that they complete."""
        if not (self._held or self._partial or self._cut) and len(data) <= self._short:
            known = known_replies(data)
            if known is not None:
                return list(known)
        return self.read(data)

    def read(self, data: bytes) -> list[Reply]:
        """Do the work of `feed`, whose remembered replies are found by it."""
        replies: list[Reply] = []
        position = 0
        while position < len(data):
            newline = data.find(b"\n", position)
            end = len(data) if newline < 0 else newline + 1
            room = self._limit - self._held - len(self._partial)
            if end - position > room:
                # cut between lines as long as there are any: a piece then reads as they do
                if self._lines:
                    replies.append(self._hand_on(piece=True))
                    continue
                if room == 0:
                    replies.append(self._cut_line())
                    continue
                end = position + room
            self._partial += data[position:end]
            position = end
            if self._partial.endswith(b"\n") and (whole := self._end_line()) is not None:
                replies.append(whole)
        return replies

    def close(self) -> Reply | None:
        """Return the reply that the end of the connection cut off, if any."""
        if self._partial:
            self._take_line(frozenset({Defect.UNTERMINATED}))
        if not self._lines:
            return None
        return self._hand_on(piece=False, defects=frozenset({Defect.UNTERMINATED}))

    def _end_line(self) -> Reply | None:
        line = self._take_line(frozenset())
        return self._hand_on(piece=False) if line.last else None

    def _take_line(self, defects: frozenset[Defect]) -> ReplyLine:
        raw = bytes(self._partial)
        self._partial.clear()
        if self._cut is None:
            line = parse_line(raw, inside=bool(self._lines), defects=defects)
        else:
            line = _rest_of(self._cut, raw, defects)
            self._cut = None
        self._lines.append(line)
        self._held += len(raw)
        return line

    def _cut_line(self) -> Reply:
        raw = bytes(self._partial)
        self._partial.clear()
        too_long = frozenset({Defect.TOO_LONG})
        if self._cut is None:
            self._cut = parse_line(raw, inside=bool(self._lines), defects=too_long)
            part = self._cut
        else:
            part = _rest_of(self._cut, raw, too_long)
        self._lines.append(part)
        return self._hand_on(piece=True)

    def _hand_on(self, *, piece: bool, defects: frozenset[Defect] = frozenset()) -> Reply:
        lines = tuple(self._lines)
        self._lines.clear()
        self._held = 0
        found = set(defects)
        if piece:
            found.add(Defect.TOO_LONG)
        if len({line.code for line in lines if line.code is not None}) > 1:
            found.add(Defect.CODE_CHANGED)
        if len({line.enhanced for line in lines if line.enhanced is not None}) > 1:
            found.add(Defect.ENHANCED_CHANGED)
        return Reply(lines, piece, frozenset(found))


@lru_cache(maxsize=128)
def known_replies(raw: bytes) -> tuple[Reply, ...] | None:
    """Return the replies that octets are, None unless the last one is whole.

    Servers say the same few things all the time; only short ones may be asked for.
    """
    if not raw.endswith(b"\n"):
        return None
    parser = ReplyParser()
    replies = parser.read(raw)
    return None if parser.pending_octets else tuple(replies)


def parse_reply(raw: bytes) -> Reply:
    """Return the first reply in `raw`, which may lack its end; for pasted and recorded replies."""
    parser = ReplyParser()
    replies = parser.feed(raw)
    found = replies[0] if replies else parser.close()
    return found if found is not None else Reply((parse_line(b""),))


_CODE = re.compile(rb"([0-9]{3})(?![0-9])(.?)", re.DOTALL)
_ENHANCED = r"([245])\.([0-9]{1,3})\.([0-9]{1,3})(?![0-9]|\.[0-9])"
_LEADING_ENHANCED = re.compile(r"""\s*["']?[#(\[]*""" + _ENHANCED + r"[)\]:]*\s?")
_INNER_ENHANCED = r"(?:\S+\s+){1,3}[#(\[]*" + _ENHANCED + r"(?=[)\]:,;]|\s|$)"
_PRODUCT_BEFORE = r"(?i)\b(?:exim|postfix|sendmail|version|esmtp|v)\s+[#(\[]*\d\."


def parse_line(
    raw: bytes, *, inside: bool = False, defects: frozenset[Defect] = frozenset()
) -> ReplyLine:
    """Return one reply line with its defects.

    `raw` may lack its line end. With `inside`, earlier lines of the same reply are waiting, so a
    line without a code does not end it (RFC 5321 4.2.1).
    """
    found = set(defects)
    body = raw[:-1] if raw.endswith(b"\n") else raw
    if raw.endswith(b"\r\n"):
        body = body[:-1]
    elif raw.endswith(b"\n"):
        found.add(Defect.BARE_LF)
    elif body.endswith(b"\r"):
        body = body[:-1]
    found |= _octet_defects(body)
    if len(raw) > LINE_OCTETS:
        found.add(Defect.TOO_LONG)
    match = _CODE.match(body)
    if match is None:
        found.add(Defect.BAD_CODE)
        return ReplyLine(raw, None, not inside, _decode(body), None, frozenset(found))
    code, separator = int(match[1]), match[2]
    rest = body[4:]
    if separator not in (b"", b" ", b"-"):
        found.add(Defect.BAD_SEPARATOR)
        rest = body[3:]
    if not 200 <= code <= 599:
        found.add(Defect.BAD_CODE)
    text = _decode(rest)
    enhanced = find_enhanced(text, code)
    if enhanced is not None and enhanced.klass != code // 100:
        found.add(Defect.ENHANCED_MISMATCH)
    return ReplyLine(raw, code, separator != b"-", text, enhanced, frozenset(found))


def find_enhanced(text: str, code: int | None) -> EnhancedCode | None:
    """Return the enhanced status code in a reply line's text (RFC 2034 4), also in odd forms.

    At the beginning it may be in quotes or brackets or follow `#`; in refusals also after up to
    three words (a host name), never a version number or an address.
    """
    # there is no class 3 (RFC 3463 2), and a code of no class has no enhanced one
    if code is not None and code // 100 not in (2, 4, 5):
        return None
    match = _LEADING_ENHANCED.match(text)
    if match is None and code is not None and code >= 400:
        match = re.match(_INNER_ENHANCED, text)
        # inside the text "Exim 4.96.1" looks like one too; there the class has to agree
        if match and (int(match[1]) != code // 100 or re.search(_PRODUCT_BEFORE, match[0])):
            match = None
    return EnhancedCode(int(match[1]), int(match[2]), int(match[3])) if match else None


def _rest_of(head: ReplyLine, raw: bytes, defects: frozenset[Defect]) -> ReplyLine:
    body = raw.rstrip(b"\r\n") if raw.endswith(b"\n") else raw
    found = defects | _octet_defects(body) | {Defect.TOO_LONG}
    return ReplyLine(raw, head.code, head.last, _decode(body), None, found)


def _octet_defects(body: bytes) -> frozenset[Defect]:
    found = set()
    if b"\r" in body:
        found.add(Defect.BARE_CR)
    if not body.isascii():
        found.add(Defect.NON_ASCII)
    if _CONTROL.search(body):
        found.add(Defect.CONTROL_OCTETS)
    return frozenset(found)


_CONTROL = re.compile(rb"[\x00-\x08\x0a-\x0c\x0e-\x1f\x7f]")


def _decode(octets: bytes) -> str:
    return octets.decode("utf-8", "surrogateescape")
