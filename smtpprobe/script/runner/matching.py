"""Holds a reply against an expectation: what misses, how it is told, what is captured. Pure.

Holds the lines of a reply against those written: `|` lines, and replies as they came.

One way in which a reply is not what was expected; plain data.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from smtpprobe.errors import UsageError
from smtpprobe.protocol.command import Command, Kind
from smtpprobe.protocol.extensions import Extensions, parse_extensions
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import Defect, Reply, ReplyLine, Severity
from smtpprobe.protocol.session import FAREWELLS, Exchange
from smtpprobe.protocol.units import parse_size
from smtpprobe.protocol.verbs import Context
from smtpprobe.script.language.matchers import (
    AnyReply,
    Codes,
    EnhancedTerm,
    KeywordTerm,
    LinesTerm,
    PatternTerm,
    RawLine,
    ReplyText,
    Term,
    TextTerm,
    TookTooLong,
    WithinTerm,
)
from smtpprobe.script.language.steps import SERVER_LINE, Expect
from smtpprobe.script.results.reason import Reason


class Miss(NamedTuple):
    """One way in which a reply is not what was expected; the place is in the expectation.

    `line` is that of a `|` or server line, 0 for the expectation's own.
    """

    reason: Reason
    message: str
    column: int
    width: int
    label: str = ""
    line: int = 0


def reply_line_misses(expect: Expect, reply: Reply) -> list[Miss]:
    """Return a miss for the first `|` line that no line of the reply fits, in order."""
    if not expect.replies:
        return []
    texts = list(reply.texts)
    wrong = _first_wrong(expect.replies, texts)
    if wrong is None:
        return []
    index, position = wrong
    if index == len(expect.replies):
        message = f"reply lines differ: {len(texts) - position} more than expected"
        return [Miss(Reason.DIFFERENT, message, 1, 1, line=expect.replies[-1].line)]
    came = f'came: "{texts[position]}"' if position < len(texts) else "no line is left"
    written = expect.replies[index].start or "..."
    line = expect.replies[index].line
    return [Miss(Reason.DIFFERENT, "reply lines differ", 1, len(written) + 2, came, line)]


def _first_wrong(wanted: Sequence[ReplyText], texts: Sequence[str]) -> tuple[int, int] | None:
    """Return the first line written and the line of the reply at which they part; None if all fit.

    Reachable positions are carried from line to line, so that any number of `...` costs no more
    than lines times lines.
    """
    reachable = {0}
    for index, line in enumerate(wanted):
        if line.start is None:
            reachable = set(range(min(reachable), len(texts) + 1))
            continue
        after = {at + 1 for at in reachable if at < len(texts) and texts[at].startswith(line.start)}
        if not after:
            return index, min(reachable)
        reachable = after
    return None if len(texts) in reachable else (len(wanted), max(reachable))


def server_line_misses(expect: Expect, reply: Reply) -> list[Miss]:
    """Return a miss where a reply written as it came differs in its texts or number of lines."""
    written = [text[4:] if SERVER_LINE.match(text) else text for text in expect.server]
    texts = list(reply.texts)
    if written == texts:
        return []
    first = expect.place.line - len(written) + 1
    pairs = zip(written, texts, strict=False)
    at = next((i for i, (left, right) in enumerate(pairs) if left != right), len(texts))
    line = first + min(at, len(written) - 1)
    came = f'came: "{texts[at]}"' if at < len(texts) else f"{len(texts)} lines came"
    return [
        Miss(Reason.DIFFERENT, "reply lines differ", 1, 4 + len(written[line - first]), came, line)
    ]


_ACCEPTING = (Severity.SUCCESS, Severity.INTERMEDIATE)


class Judgement(NamedTuple):
    """What misses, and the values of named groups when nothing does."""

    misses: tuple[Miss, ...] = ()
    captures: Mapping[str, str] = MappingProxyType({})


FITS = Judgement()
"""Nothing misses and nothing is captured."""


def judge(expect: Expect, exchange: Exchange, *, texts: bool = False) -> Judgement:
    """Return how a reply fits; terms and reply lines are looked at only when the code is right.

    With `texts` the lines of a reply written in the script as it came count too.
    """
    reply, what = exchange.reply, expect.what
    if fault := malformed(exchange):
        return Judgement((_malformed_miss(expect, fault),))
    if isinstance(what, Codes):
        if not what.accepts(reply.code) or _ends_session(what, exchange):
            return Judgement((_code_miss(expect, exchange),))
    elif isinstance(what, AnyReply) and reply.code is None:
        width = len(expect.what_text)
        return Judgement(
            (Miss(Reason.REFUSED, "no reply code", expect.column, width, "no code received"),)
        )
    if not (expect.terms or expect.replies or expect.server):
        return FITS
    misses: list[Miss] = []
    captures: dict[str, str] = {}
    for term in expect.terms:
        miss = _term_miss(term, exchange, captures)
        misses += [miss] if miss is not None else []
    misses += reply_line_misses(expect, reply)
    if texts and expect.server:
        misses += server_line_misses(expect, reply)
    return Judgement(tuple(misses), {} if misses else captures)


def judge_line(expect: Expect, line: ReplyLine, elapsed: float | None) -> Judgement:
    """Return how one raw line, line end included, fits an expectation of one."""
    what = expect.what
    assert isinstance(what, RawLine)
    place = expect.column, len(expect.what_text)
    late = [_late_miss(term, elapsed) for term in expect.terms if isinstance(term, WithinTerm)]
    if misses := tuple(miss for miss in late if miss is not None):
        return Judgement(misses)
    try:
        groups = _found_in(what, line.raw)
    except TookTooLong as given_up:
        return Judgement((Miss(Reason.REGEX, f"{expect.what_text} {given_up}", *place),))
    if groups is None:
        return Judgement((Miss(Reason.TEXT, f"{expect.what_text} not found", *place),))
    return Judgement(captures=groups)


def _found_in(what: RawLine, raw: bytes) -> Mapping[str, str] | None:
    if what.pattern is None:
        return {} if what.octets in raw else None
    return what.pattern.search(raw.decode("utf-8", "surrogateescape"))


def asked(command: Command | None) -> str:
    """Return the name of what a reply answers, for messages: a verb, `greeting`, `message`."""
    if command is None:
        return "greeting"
    return command.verb or _NAMELESS[command.kind]


def malformed(exchange: Exchange) -> Fault | None:
    """Return what is wrong with a reply none of whose codes can be relied on; None with others."""
    reply = exchange.reply
    match reply.flaw:
        case None:
            return None
        case Defect.UNTERMINATED:
            message = (
                f"{answered(exchange)} is incomplete: the connection ended in the middle of it"
            )
            return Fault(message, "incomplete here")
        case _:
            codes = list(dict.fromkeys(str(line.code) for line in reply.lines if line.code))
            told = f"codes {' and '.join(codes)} in one reply"
            return Fault(f"{answered(exchange)} is malformed: {told}", f"got {', '.join(codes)}")


class Fault(NamedTuple):
    """What is wrong with a reply, and the same in a few words for a mark."""

    message: str
    label: str


def answered(exchange: Exchange) -> str:
    """Return what a reply is, for messages: `the greeting`, `the reply to MAIL`."""
    if exchange.context is None:
        return "an unsolicited reply"
    name = asked(exchange.command)
    return "the greeting" if exchange.command is None else f"the reply to {_THE.get(name, name)}"


def verdict(exchange: Exchange) -> str:
    """Return in a clause what the server did: `MAIL accepted`, `MAIL refused`, `MAIL got 354`.

    221 and 421 are no answer to a command other than QUIT: the server ends the session (RFC 5321
    3.8, 4.2.3).
    """
    name = asked(exchange.command) if exchange.context is not None else "unsolicited reply"
    if is_farewell(exchange):
        return f"the server closed the session instead of answering {_THE.get(name, name)}"
    severity = exchange.reply.severity
    if exchange.after.phase is Phase.DATA:
        severity = Severity.SUCCESS
    did = _DID.get(severity) if severity is not None else None
    got = f"got {exchange.reply.code or 'no reply code'}"
    return f"{name} {did or got}"


def taking(reply: Reply) -> str:
    """Return, in quotes, the expectation that takes a reply like this one."""
    if reply.code is None:
        return """'< line "..."'"""
    return f'"< {reply.code}"' if reply.severity is not None else '"< any"'


def _ends_session(what: Codes, exchange: Exchange) -> bool:
    """Tell whether 221 came where any success is expected: it is no answer but to QUIT."""
    any_success = not what.negated and "221" not in what.patterns and "22x" not in what.patterns
    return any_success and exchange.reply.code == 221 and is_farewell(exchange)


def is_farewell(exchange: Exchange) -> bool:
    """Tell whether the server says that it closes, where something else was asked of it."""
    asked_for = exchange.context not in (None, Context.CONNECT, Context.QUIT)
    return asked_for and exchange.reply.code in FAREWELLS


_DID = {
    Severity.SUCCESS: "accepted",
    Severity.TRANSIENT: "refused",
    Severity.PERMANENT: "refused",
}

_THE = {name: f"the {name}" for name in ("message", "empty line", "AUTH answer", "raw octets")}

_NAMELESS = {
    Kind.COMMAND: "empty line",
    Kind.SASL: "AUTH answer",
    Kind.BODY: "message",
    Kind.RAW: "raw octets",
}


def _malformed_miss(expect: Expect, fault: Fault) -> Miss:
    width = len(expect.what_text)
    return Miss(Reason.MALFORMED, fault.message, expect.column, width, fault.label)


def _code_miss(expect: Expect, exchange: Exchange) -> Miss:
    reply = exchange.reply
    got = f"got {reply.code}" if reply.code is not None else "no reply code received"
    accepted = reply.severity in _ACCEPTING and not is_farewell(exchange)
    reason = Reason.ACCEPTED if accepted else Reason.REFUSED
    if exchange.context is Context.CONNECT:
        reason = Reason.GREETING
    message = f"{verdict(exchange)}, expected {expect.what_text}"
    return Miss(reason, message, expect.column, len(expect.what_text), got)


def _term_miss(term: Term, exchange: Exchange, captures: dict[str, str]) -> Miss | None:
    place = term.column, len(term.text)
    match term:
        case EnhancedTerm():
            fault = _enhanced_fault(term, exchange)
            return Miss(Reason.ENHANCED_CODE, fault[0], *place, fault[1]) if fault else None
        case KeywordTerm():
            if exchange.context not in (Context.EHLO, Context.LHLO):
                return Miss(
                    Reason.DIFFERENT, "keyword term on a reply to another command than EHLO", *place
                )
            fault = _keyword_fault(term, parse_extensions(exchange.reply))
            return Miss(Reason.KEYWORD, fault[0], *place, fault[1]) if fault else None
        case TextTerm():
            message = _text_fault(term, exchange.reply.text)
            return Miss(Reason.TEXT, message, *place) if message else None
        case PatternTerm():
            return _pattern_miss(term, exchange.reply.text, captures)
        case LinesTerm(number=number):
            found = len(exchange.reply.lines)
            message = f"the reply has {found} lines, expected {number}"
            return (
                None if found == number else Miss(Reason.DIFFERENT, message, *place, f"got {found}")
            )
        case WithinTerm():
            return _late_miss(term, exchange.elapsed)


def _text_fault(term: TextTerm, text: str) -> str:
    if term.encoded:
        try:
            decoded = base64.b64decode(text.strip().encode("ascii"), validate=True)
        except (ValueError, UnicodeEncodeError):
            return "the text is not base64"
        found = decoded.decode("utf-8", "surrogateescape")
        return "" if found == term.wanted else f'the text decodes to "{found}"'
    if (term.wanted in text) is term.present:
        return ""
    return f"text {term.text.removeprefix('not ')} {'not found' if term.present else 'found'}"


def _pattern_miss(term: PatternTerm, text: str, captures: dict[str, str]) -> Miss | None:
    written = term.text.removeprefix("not ")
    place = term.column, len(term.text)
    try:
        groups = term.pattern.search(text)
    except TookTooLong as given_up:
        return Miss(Reason.REGEX, f"{written} {given_up}", *place)
    if (groups is not None) is not term.present:
        return Miss(
            Reason.TEXT, f"text {written} {'not found' if term.present else 'found'}", *place
        )
    if groups is not None and term.present:
        captures.update(groups)
    return None


def _late_miss(term: WithinTerm, elapsed: float | None) -> Miss | None:
    if elapsed is None or elapsed <= term.seconds:
        return None
    limit = term.text.removeprefix("within ")
    message = f"reply came after {elapsed:.1f}s, limit {limit}"
    return Miss(Reason.LATE, message, term.column, len(term.text), f"took {elapsed:.1f}s")


def _enhanced_fault(term: EnhancedTerm, exchange: Exchange) -> tuple[str, str] | None:
    found = [str(line.enhanced) for line in exchange.reply.lines if line.enhanced is not None]
    if not found:
        return f"no enhanced code, expected {term.text}", "the reply has none"
    wrong = next((code for code in found if not term.accepts(code)), None)
    if wrong is None:
        return None
    return f"enhanced code is {wrong}, expected {term.text}", f"got {wrong}"


def _keyword_fault(term: KeywordTerm, announced: Extensions) -> tuple[str, str] | None:
    """Return message and label of what is wrong with a keyword; None if it is as expected."""
    keyword, values = term.keyword, announced.parameters(term.keyword)
    line = " ".join((keyword, *values))
    if not term.operator:
        if (keyword in announced) is term.present:
            return None
        if term.present:
            return f"EHLO reply lacks {keyword}", "not announced"
        return f"EHLO reply has {keyword}", f"announced: {line}"
    if term.operator == "=":
        has = term.value.upper() in (value.upper() for value in values)
        if has is term.present:
            return None
        wanted = f"{keyword} {term.value}"
        if term.present:
            return f"EHLO reply lacks {wanted}", f"announced: {line}" if values else "not announced"
        return f"EHLO reply has {wanted}", f"announced: {line}"
    return _limit_fault(term, values, line)


def _limit_fault(term: KeywordTerm, values: tuple[str, ...], line: str) -> tuple[str, str] | None:
    """Return what is wrong with the first parameter as a number; SIZE 0 is no limit (RFC 1870)."""
    keyword = term.keyword
    number = _number(values)
    if number is None:
        return f"EHLO reply lacks {keyword} with a number", f"announced: {line}" if values else (
            "not announced"
        )  # fmt: skip
    unlimited = keyword == "SIZE" and number == 0
    wanted = parse_size(term.value)
    at_least = term.operator == ">="
    met = (unlimited or number >= wanted) if at_least else (not unlimited and number <= wanted)
    if met:
        return None
    return f"{keyword} is {number}, expected {term.operator} {wanted}", f"announced: {line}"


def _number(values: tuple[str, ...]) -> int | None:
    try:
        return parse_size(values[0]) if values and values[0].isdigit() else None
    except UsageError:
        return None
