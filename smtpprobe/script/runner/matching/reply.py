"""A whole reply against what is written of it: its codes, its terms, its lines."""

from __future__ import annotations

from smtpprobe.protocol.reply import Severity
from smtpprobe.protocol.session import Exchange
from smtpprobe.protocol.verbs import Context
from smtpprobe.script.language.matchers import AnyReply, Codes
from smtpprobe.script.language.steps import Expect
from smtpprobe.script.results.reason import Reason
from smtpprobe.script.runner.matching.match_result import MATCHED, MatchResult, Miss
from smtpprobe.script.runner.matching.reply_lines import reply_line_misses, server_line_misses
from smtpprobe.script.runner.matching.terms import term_miss
from smtpprobe.script.runner.matching.wording import is_farewell, malformed, verdict

_ACCEPTING = (Severity.SUCCESS, Severity.INTERMEDIATE)


def judge(expect: Expect, exchange: Exchange, *, texts: bool = False) -> MatchResult:
    """Return how a reply fits; terms and reply lines are looked at only when the code is right.

    With `texts` the lines of a reply written in the script as it came count too.
    """
    if wrong := _wrong_reply(expect, exchange):
        return MatchResult((wrong,))
    if not (expect.terms or expect.replies or expect.server):
        return MATCHED
    captures: dict[str, str] = {}
    missed = [term_miss(term, exchange, captures) for term in expect.terms]
    misses = [miss for miss in missed if miss is not None]
    misses += reply_line_misses(expect, exchange.reply)
    if texts and expect.server:
        misses += server_line_misses(expect, exchange.reply)
    return MatchResult(tuple(misses), {} if misses else captures)


def _wrong_reply(expect: Expect, exchange: Exchange) -> Miss | None:
    """Return what is wrong with a reply as such: malformed, or of another code; None else."""
    what, code, place = expect.what, exchange.reply.code, (expect.column, len(expect.what_text))
    miss = None
    if fault := malformed(exchange):
        miss = Miss(Reason.MALFORMED, fault.message, *place, fault.label)
    elif isinstance(what, Codes):
        if not what.accepts(code) or _ends_session(what, exchange):
            miss = _code_miss(expect, exchange)
    elif isinstance(what, AnyReply) and code is None:
        miss = Miss(Reason.REFUSED, "no reply code", *place, "no code received")
    return miss


def _ends_session(what: Codes, exchange: Exchange) -> bool:
    """Return whether 221 came where any success is expected: it is no answer but to QUIT."""
    any_success = not what.negated and "221" not in what.patterns and "22x" not in what.patterns
    return any_success and exchange.reply.code == 221 and is_farewell(exchange)


def _code_miss(expect: Expect, exchange: Exchange) -> Miss:
    reply = exchange.reply
    got = f"got {reply.code}" if reply.code is not None else "no reply code received"
    accepted = reply.severity in _ACCEPTING and not is_farewell(exchange)
    reason = Reason.ACCEPTED if accepted else Reason.REFUSED
    if exchange.context is Context.CONNECT:
        reason = Reason.GREETING
    message = f"{verdict(exchange)}, expected {expect.what_text}"
    return Miss(reason, message, expect.column, len(expect.what_text), got)
