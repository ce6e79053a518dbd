"""The implied expectation of each kind of step, and how a miss is worded. Pure."""

from __future__ import annotations

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.session import Exchange
from smtpprobe.script.language.matchers import AnyReply, Codes, What
from smtpprobe.script.language.steps import Expect, Place
from smtpprobe.script.results.reason import Reason
from smtpprobe.script.runner.matching.wording import (
    asked,
    asks_amiss,
    is_farewell,
    malformed,
    taking,
    verdict,
)

GREETING = Codes(("2xx",))
COMMAND = Codes(("2xx", "3xx"))
DATA = Codes(("354",))
STARTTLS = Codes(("220",))
MESSAGE = Codes(("2xx",))
LOGIN = Codes(("235",))
CHUNK = Codes(("250",))

_ALWAYS = (DATA, STARTTLS)
"""Never left open: what may be sent next, and whether in clear, depends on these replies."""

_IMPLIED = {
    LOGIN: "expected 235",
    DATA: "expected 354",
    STARTTLS: "expected 220",
    CHUNK: "expected 250",
}


def implied_expectation(codes: Codes, place: Place, *, implying: bool) -> Expect:
    """Return the implied expectation of a reply to what is sent at a place.

    Unless `implying`, any reply will do where nothing else depends on it.
    """
    what: What = codes if implying or codes in _ALWAYS else AnyReply()
    return Expect(place, what, "|".join(codes.patterns), 1)


class ImpliedMiss(NamedTuple):
    """A reply that misses the implied expectation: reason, message, label of the mark and help."""

    reason: Reason
    message: str
    label: str
    help: tuple[str, ...] = ()


def implied_miss(step: Expect, codes: Codes, exchange: Exchange) -> ImpliedMiss | None:
    """Return how a reply misses the implied expectation; None if it meets it."""
    return None if _fits(step, codes, exchange) else _miss(codes, exchange)


def _fits(step: Expect, codes: Codes, exchange: Exchange) -> bool:
    """Return whether a reply meets the implied expectation.

    221 is among the codes 2xx, yet no answer to anything but QUIT; so with 334 and 354 among 3xx.
    """
    reply = exchange.reply
    if isinstance(step.what, AnyReply):
        fits = reply.code is not None
    else:
        ends = is_farewell(exchange) or (codes is GREETING and reply.code == 221)
        fits = codes.accepts(reply.code) and not (ends or asks_amiss(exchange))
    return fits and reply.flaw is None


def _miss(codes: Codes, exchange: Exchange) -> ImpliedMiss:
    """Return what is said of a reply that does not fit."""
    code = exchange.reply.code
    label = f"got {code or 'no reply code'}"
    if fault := malformed(exchange):
        miss = ImpliedMiss(Reason.MALFORMED, fault.message, fault.label)
    elif codes is GREETING:
        did = verdict(exchange) if exchange.reply.severity is None else "greeting refused"
        did = "the server closed the session in its greeting" if code == 221 else did
        miss = ImpliedMiss(Reason.GREETING, f"{did}, expected 2xx", label)
    elif codes in _IMPLIED:
        miss = ImpliedMiss(Reason.REFUSED, f"{verdict(exchange)}, {_IMPLIED[codes]}", label)
    else:
        miss = ImpliedMiss(Reason.UNEXPECTED_REFUSAL, *_of_command(exchange, label))
    return miss


def _of_command(exchange: Exchange, label: str) -> tuple[str, str, tuple[str, ...]]:
    """Return message, label and help where a command without an expectation was not accepted."""
    reply = exchange.reply
    help_ = 'a command without a "<" line must get 2xx or 3xx; '
    help_ += f"if {reply.code or 'a line without a code'} is right, write {taking(reply)}"
    told = verdict(exchange)
    if not (is_farewell(exchange) or asks_amiss(exchange)) and reply.severity is not None:
        told = f"{asked(exchange.command)} was refused"
        if exchange.context is None:
            told = "an unsolicited refusal came"
    return f"no expectation, and {told}", label, (help_,)
