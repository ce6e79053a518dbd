"""What goes without saying of the reply to each kind of step, and how a miss is told. Pure."""

from __future__ import annotations

from functools import lru_cache

from smtpprobe.protocol.session import Exchange
from smtpprobe.script.expected_reply import AnyReply, Codes, What
from smtpprobe.script.judging import asked
from smtpprobe.script.steps import Expect, Place

GREETING = Codes(("2xx",))
COMMAND = Codes(("2xx", "3xx"))
DATA = Codes(("354",))
MESSAGE = Codes(("2xx",))
LOGIN = Codes(("235",))
CHUNK = Codes(("250",))


@lru_cache(maxsize=256)
def implied_expectation(codes: Codes, place: Place, *, strict: bool) -> Expect:
    """Return what goes without saying as an expectation; loops ask for the same ones again."""
    what: What = codes if strict else AnyReply()
    return Expect(place, what, "|".join(codes.patterns), 1)


_IMPLIED: dict[Codes, tuple[str, str]] = {
    LOGIN: ("F02", "expected 235"),
    DATA: ("F02", "expected 354"),
    CHUNK: ("F02", "expected 250"),
}


def implied_miss(codes: Codes, exchange: Exchange) -> tuple[str, str, tuple[str, ...]]:
    """Return id, message and help for a reply that is not what goes without saying."""
    if codes is GREETING:
        return "F01", "greeting refused, expected 2xx", ()
    if codes in _IMPLIED:
        id_, wanted = _IMPLIED[codes]
        return id_, f"{asked(exchange.command)} {_verdict(exchange)}, {wanted}", ()
    code = exchange.reply.code or "any"
    help_ = f'a command with no "<" line must get 2xx or 3xx; if {code} is right, write "< {code}"'
    return "F04", f"no expectation, and {asked(exchange.command)} was refused", (help_,)


def _verdict(exchange: Exchange) -> str:
    return "accepted" if (exchange.reply.code or 0) // 100 == 2 else "refused"
