"""What goes without saying of the reply to each kind of step, and how a miss is told. Pure."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from smtpprobe.protocol.session import Exchange
from smtpprobe.script.language.matchers import AnyReply, Codes, What
from smtpprobe.script.language.steps import Expect, Place
from smtpprobe.script.results.reason import Reason
from smtpprobe.script.runner.matching import asked, is_farewell, malformed, taking, verdict

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


@lru_cache(maxsize=256)
def implied_expectation(codes: Codes, place: Place, *, implying: bool) -> Expect:
    """Return what goes without saying as an expectation; loops ask for the same ones again.

    Unless `implying`, any reply will do where nothing else depends on it.
    """
    what: What = codes if implying or codes in _ALWAYS else AnyReply()
    return Expect(place, what, "|".join(codes.patterns), 1)


class ImpliedMiss(NamedTuple):
    """A reply that is not what goes without saying: reason, message, label of the mark and help."""

    reason: Reason
    message: str
    label: str
    help: tuple[str, ...] = ()


def implied_miss(step: Expect, codes: Codes, exchange: Exchange) -> ImpliedMiss | None:
    """Return how a reply misses what goes without saying; None where it does not.

    221 is among the codes 2xx, yet no answer to anything but QUIT.
    """
    code = exchange.reply.code
    if fault := malformed(exchange):
        return ImpliedMiss(Reason.MALFORMED, fault.message, fault.label)
    if isinstance(step.what, AnyReply):
        fits = code is not None
    else:
        fits = codes.accepts(code) and not is_farewell(exchange)
        fits = fits and not (codes is GREETING and code == 221)
    if fits:
        return None
    label = f"got {code or 'no reply code'}"
    if codes is GREETING:
        did = verdict(exchange) if exchange.reply.severity is None else "greeting refused"
        did = "the server ended the session in its greeting" if code == 221 else did
        return ImpliedMiss(Reason.GREETING, f"{did}, expected 2xx", label)
    if codes in _IMPLIED:
        return ImpliedMiss(Reason.REFUSED, f"{verdict(exchange)}, {_IMPLIED[codes]}", label)
    right = taking(exchange.reply)
    help_ = 'a command with no "<" line must get 2xx or 3xx; '
    help_ += f"if {code or 'a line without a code'} is right, write {right}"
    told = verdict(exchange)
    if not is_farewell(exchange) and exchange.reply.severity is not None:
        told = f"{asked(exchange.command)} was refused"
    return ImpliedMiss(Reason.UNEXPECTED_REFUSAL, f"no expectation, and {told}", label, (help_,))
