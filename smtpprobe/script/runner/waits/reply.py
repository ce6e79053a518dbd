"""Waits for replies to written expectations: one that must match, or all that do."""

from __future__ import annotations

from typing import NoReturn

from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.session import Exchange
from smtpprobe.script.language.defined_names import captured
from smtpprobe.script.language.matchers import accepts_354
from smtpprobe.script.language.problem import Mark
from smtpprobe.script.language.steps import Expect, Mode
from smtpprobe.script.runner.matching.match_result import MatchResult
from smtpprobe.script.runner.matching.reply import judge
from smtpprobe.script.runner.waits.arrival import next_reply
from smtpprobe.script.runner.waits.listener import Listener


async def wait_for_reply(on: Listener, step: Expect, written: str) -> None:
    """Hold the next reply against `< CODES`; a soft expectation looks again at the one before."""
    exchange = on.taken if step.soft else None
    if exchange is None:
        exchange = await next_reply(on, step)
    result = judge(step, exchange, texts=on.waiting.texts)
    keep_captures(on, step, result)
    if result.misses:
        await _missed(on, step, exchange, result, written)
    on.ledger.passed(step, exchange)


async def wait_for_optional_reply(on: Listener, step: Expect, _written: str) -> None:
    """Take the next reply if it fits (`<?`), or all that fit (`<*`); what does not fit is left."""
    while (exchange := await _next_that_fits(on, step)) is not None:
        on.ledger.passed(step, exchange)
        if step.mode is Mode.MAY:
            break


async def _next_that_fits(on: Listener, step: Expect) -> Exchange | None:
    """Take the next reply if it is whole and fits; None else, and when none comes in `:grace`."""
    happening = await on.inbox.peek(on.waiting.grace)
    exchange = happening.exchange if happening is not None else None
    fits = None
    if exchange is not None and not exchange.reply.piece:
        result = judge(step, exchange, texts=on.waiting.texts)
        if not result.misses:
            on.inbox.discard(exchange)
            on.take(exchange)
            keep_captures(on, step, result)
            fits = exchange
    return fits


async def _missed(
    on: Listener, step: Expect, exchange: Exchange, result: MatchResult, written: str
) -> NoReturn:
    """Note how a reply misses; a 354 that was not expected leaves nothing but to close."""
    stuck = exchange.after.phase is Phase.DATA and not accepts_354(step.what)
    if stuck:
        on.ledger.notes.append("closed, as the server is now waiting for a message")
        await on.client.close()
    on.ledger.failed(
        result.misses[0].reason,
        "; ".join(miss.message for miss in result.misses),
        step.place,
        expect=step.wanted,
        exchange=exchange,
        marks=marks(step, result),
        soft=step.soft and not stuck,
        final=stuck,
        expanded=written,
    )


def keep_captures(on: Listener, step: Expect, result: MatchResult) -> None:
    """Keep what named groups captured; those that took no part lose their value."""
    if names := tuple(captured(step)):
        on.capture(names, result.captures, step.place.line)


def marks(step: Expect, result: MatchResult) -> tuple[Mark, ...]:
    """Return what underlines each miss in the script."""
    line, file = step.place.line, step.place.file
    return tuple(
        Mark(miss.line or line, miss.column, miss.width, miss.label, file=file)
        for miss in result.misses
    )
