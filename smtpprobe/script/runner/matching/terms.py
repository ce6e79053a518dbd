"""A term of an expectation against a reply: a function for each kind of term, in one table."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from smtpprobe.digits import whole_number
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.extensions import MOST_OCTETS, parse_extensions
from smtpprobe.protocol.session import Exchange
from smtpprobe.protocol.units import parse_size
from smtpprobe.protocol.verbs import Context
from smtpprobe.script.language.matchers import (
    EnhancedTerm,
    KeywordTerm,
    LinesTerm,
    PatternTerm,
    Term,
    TextTerm,
    TookTooLong,
    WithinTerm,
)
from smtpprobe.script.results.reason import Reason
from smtpprobe.script.runner.matching.match_result import Miss


class TermFault(NamedTuple):
    """What is wrong with a reply by one term, and the same in a few words for a mark."""

    reason: Reason
    message: str
    label: str = ""


def term_miss(term: Term, exchange: Exchange, captures: dict[str, str]) -> Miss | None:
    """Return how a reply misses a term, None where it fits.

    `captures` gets what the named groups of a pattern found.
    """
    fault = TERMS[type(term)](term, exchange, captures)
    return None if fault is None else _miss(term, fault)


def late_miss(term: WithinTerm, elapsed: float | None) -> Miss | None:
    """Return a miss where something took longer than its limit; what has no time was in time."""
    fault = _late_fault(term, elapsed)
    return None if fault is None else _miss(term, fault)


def _miss(term: Term, fault: TermFault) -> Miss:
    return Miss(fault.reason, fault.message, term.column, len(term.text), fault.label)


def _enhanced(term: EnhancedTerm, exchange: Exchange, _: dict[str, str]) -> TermFault | None:
    found = [str(line.enhanced) for line in exchange.reply.lines if line.enhanced is not None]
    wrong = next((code for code in found if not term.accepts(code)), None)
    if not found:
        message, label = f"no enhanced code, expected {term.text}", "the reply has none"
    else:
        message, label = f"enhanced code is {wrong}, expected {term.text}", f"got {wrong}"
    fits = found and wrong is None
    return None if fits else TermFault(Reason.ENHANCED_CODE, message, label)


def _keyword(term: KeywordTerm, exchange: Exchange, _: dict[str, str]) -> TermFault | None:
    if exchange.context not in (Context.EHLO, Context.LHLO):
        return TermFault(Reason.DIFFERENT, "keyword term on a reply to another command than EHLO")
    announced = parse_extensions(exchange.reply)
    values = announced.parameters(term.keyword)
    if term.operator in ("", "="):
        fault = _presence_fault(term, values, announced=term.keyword in announced)
    else:
        fault = _limit_fault(term, values)
    return fault


def _presence_fault(
    term: KeywordTerm, values: tuple[str, ...], *, announced: bool
) -> TermFault | None:
    """Return what is wrong where a keyword, or one of its parameters, is there or is not."""
    has, wanted = announced, term.keyword
    if term.operator:
        has = term.value.upper() in (value.upper() for value in values)
        wanted = f"{term.keyword} {term.value}"
    others = term.operator and values
    label = _announced(term, values) if others or not term.present else "not announced"
    message = f"EHLO reply {'lacks' if term.present else 'has'} {wanted}"
    return None if has is term.present else TermFault(Reason.KEYWORD, message, label)


def _limit_fault(term: KeywordTerm, values: tuple[str, ...]) -> TermFault | None:
    """Return what is wrong with the first parameter as a number; SIZE 0 is no limit (RFC 1870)."""
    number = _number(values)
    if number is None:
        met, message = False, f"EHLO reply lacks {term.keyword} with a number"
    else:
        wanted = parse_size(term.value)
        unlimited = term.keyword == "SIZE" and number == 0
        at_least = term.operator == ">="
        met = (unlimited or number >= wanted) if at_least else (not unlimited and number <= wanted)
        message = f"{term.keyword} is {number}, expected {term.operator} {wanted}"
    label = _announced(term, values) if values else "not announced"
    return None if met else TermFault(Reason.KEYWORD, message, label)


def _announced(term: KeywordTerm, values: tuple[str, ...]) -> str:
    return f"announced: {' '.join((term.keyword, *values))}"


def _number(values: tuple[str, ...]) -> int | None:
    return whole_number(values[0], MOST_OCTETS) if values else None


def _text(term: TextTerm, exchange: Exchange, _: dict[str, str]) -> TermFault | None:
    text = exchange.reply.text
    if term.encoded:
        fits, message = _decodes(term.wanted, text)
    else:
        fits, message = (term.wanted in text) is term.present, _found(term)
    return None if fits else TermFault(Reason.TEXT, message)


def _decodes(wanted: str, text: str) -> tuple[bool, str]:
    """Return whether a text decodes to what is wanted, and what to say where it does not."""
    try:
        decoded = base64.b64decode(text.strip().encode("ascii"), validate=True)
    except (ValueError, UnicodeEncodeError):
        return False, "the text is not base64"
    found = decoded.decode("utf-8", "surrogateescape")
    return found == wanted, f'the text decodes to "{found}"'


def _found(term: TextTerm | PatternTerm) -> str:
    """Return the message that something expected is absent, or the reverse."""
    return f"text {term.text.removeprefix('not ')} {'not found' if term.present else 'found'}"


def _pattern(term: PatternTerm, exchange: Exchange, captures: dict[str, str]) -> TermFault | None:
    try:
        groups = term.pattern.search(exchange.reply.text)
    except TookTooLong as given_up:
        return TermFault(Reason.REGEX, f"{term.text.removeprefix('not ')} {given_up}")
    if groups is not None and term.present:
        captures.update(groups)
    fits = (groups is not None) is term.present
    return None if fits else TermFault(Reason.TEXT, _found(term))


def _lines(term: LinesTerm, exchange: Exchange, _: dict[str, str]) -> TermFault | None:
    found = len(exchange.reply.lines)
    message = f"the reply has {found} lines, expected {term.number}"
    fits = found == term.number
    return None if fits else TermFault(Reason.DIFFERENT, message, f"got {found}")


def _within(term: WithinTerm, exchange: Exchange, _: dict[str, str]) -> TermFault | None:
    return _late_fault(term, exchange.elapsed)


def _late_fault(term: WithinTerm, elapsed: float | None) -> TermFault | None:
    if elapsed is None or elapsed <= term.seconds:
        return None
    message = f"reply came after {elapsed:.1f}s, limit {term.text.removeprefix('within ')}"
    return TermFault(Reason.LATE, message, f"took {elapsed:.1f}s")


TERMS: dict[type[Term], Callable[[Any, Exchange, dict[str, str]], TermFault | None]] = {
    EnhancedTerm: _enhanced,
    KeywordTerm: _keyword,
    TextTerm: _text,
    PatternTerm: _pattern,
    LinesTerm: _lines,
    WithinTerm: _within,
}
