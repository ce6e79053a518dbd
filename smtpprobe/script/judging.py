"""Holds a reply against an expectation: what misses, and how it is told. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from smtpprobe.errors import UsageError
from smtpprobe.protocol.command import Command, Kind
from smtpprobe.protocol.extensions import Extensions, parse_extensions
from smtpprobe.protocol.phase import Context
from smtpprobe.protocol.quantities import parse_size
from smtpprobe.protocol.reply import Severity
from smtpprobe.protocol.session import Exchange
from smtpprobe.script.steps import AnyReply, Codes, EnhancedTerm, Expect, KeywordTerm

_REFUSALS = (Severity.TRANSIENT, Severity.PERMANENT)


@dataclass(frozen=True, slots=True)
class Miss:
    """One way in which a reply is not what was expected; the place is in the expectation."""

    id: str
    message: str
    column: int
    width: int
    label: str = ""


def judge(expect: Expect, exchange: Exchange) -> tuple[Miss, ...]:
    """Return what misses; the terms are looked at only when the code is right."""
    reply = exchange.reply
    match expect.what:
        case Codes() if not expect.what.accepts(reply.code):
            return (_code_miss(expect, exchange),)
        case AnyReply() if reply.code is None:
            width = len(expect.what_text)
            return (Miss("F02", "no reply code", expect.column, width, "got no code"),)
    missed = (_term_miss(term, exchange) for term in expect.terms)
    return tuple(miss for miss in missed if miss is not None)


def asked(command: Command | None) -> str:
    """Return the name of what a reply answers, for messages: a verb, `greeting`, `message`."""
    if command is None:
        return "greeting"
    match command.kind:
        case Kind.COMMAND:
            return command.verb or "empty line"
        case Kind.SASL:
            return "AUTH answer"
        case Kind.BODY:
            return "message"
        case Kind.RAW:
            return "raw octets"


def _code_miss(expect: Expect, exchange: Exchange) -> Miss:
    reply, what = exchange.reply, asked(exchange.command)
    if exchange.context is None:
        what = "reply nobody asked for"
    got = f"got {reply.code}" if reply.code is not None else "got no reply code"
    refused = reply.severity in _REFUSALS or reply.severity is None
    verdict = "refused" if refused else "accepted"
    id_ = "F02" if refused else "F03"
    if exchange.context is Context.CONNECT:
        id_ = "F01"
    message = f"{what} {verdict}, expected {expect.what_text}"
    return Miss(id_, message, expect.column, len(expect.what_text), got)


def _term_miss(term: EnhancedTerm | KeywordTerm, exchange: Exchange) -> Miss | None:
    match term:
        case EnhancedTerm():
            fault = _enhanced_fault(term, exchange)
            return Miss("F05", *fault[:1], term.column, len(term.text), fault[1]) if fault else None
        case KeywordTerm():
            if exchange.context not in (Context.EHLO, Context.LHLO):
                message = "keyword term on a reply that is not EHLO's"
                return Miss("F12", message, term.column, len(term.text))
            fault = _keyword_fault(term, parse_extensions(exchange.reply))
            return Miss("F06", *fault[:1], term.column, len(term.text), fault[1]) if fault else None


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
