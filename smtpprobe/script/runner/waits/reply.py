"""A wait for a reply that is expected in writing: one that must fit, or those that do."""

from __future__ import annotations

from typing import NoReturn

from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.session import Exchange
from smtpprobe.script.language.defined_names import captured
from smtpprobe.script.language.matchers import accepts_354
from smtpprobe.script.language.problem import Mark
from smtpprobe.script.language.steps import Expect, Mode
from smtpprobe.script.runner.matching.judgement import Judgement
from smtpprobe.script.runner.matching.reply import judge
from smtpprobe.script.runner.waits.arrival import next_reply
from smtpprobe.script.runner.waits.listener import Listener


async def wait_for_reply(on: Listener, step: Expect, written: str) -> None:
    """Hold the next reply against `< CODES`; a soft expectation looks again at the one before."""
    exchange = on.taken if step.soft else None
    if exchange is None:
        exchange = await next_reply(on, step)
    judgement = judge(step, exchange, texts=on.manner.texts)
    keep_captures(on, step, judgement)
    if judgement.misses:
        await _missed(on, step, exchange, judgement, written)
    on.ledger.passed(step, exchange)


async def wait_for_optional_reply(on: Listener, step: Expect, _written: str) -> None:
    """Take the next reply if it fits (`<?`), or all that fit (`<*`); what does not fit is left."""
    while (exchange := await _next_that_fits(on, step)) is not None:
        on.ledger.passed(step, exchange)
        if step.mode is Mode.MAY:
            break


async def _next_that_fits(on: Listener, step: Expect) -> Exchange | None:
    """Take the next reply if it is whole and fits; None else, and when none comes in `:grace`."""
    happening = await on.inbox.peek(on.manner.grace)
    exchange = happening.exchange if happening is not None else None
    fits = None
    if exchange is not None and not exchange.reply.piece:
        judgement = judge(step, exchange, texts=on.manner.texts)
        if not judgement.misses:
            on.inbox.discard(exchange)
            on.take(exchange)
            keep_captures(on, step, judgement)
            fits = exchange
    return fits


async def _missed(
    on: Listener, step: Expect, exchange: Exchange, judgement: Judgement, written: str
) -> NoReturn:
    """Note how a reply misses; a 354 that was not expected leaves nothing but to close."""
    stuck = exchange.after.phase is Phase.DATA and not accepts_354(step.what)
    if stuck:
        on.ledger.notes.append("closed, as the server is now waiting for a message")
        await on.client.close()
    on.ledger.failed(
        judgement.misses[0].reason,
        "; ".join(miss.message for miss in judgement.misses),
        step.place,
        expect=step.wanted,
        exchange=exchange,
        marks=marks(step, judgement),
        soft=step.soft and not stuck,
        final=stuck,
        expanded=written,
    )


def keep_captures(on: Listener, step: Expect, judgement: Judgement) -> None:
    """Keep what named groups captured; those that took no part lose their value."""
    if names := tuple(captured(step)):
        on.capture(names, judgement.captures, step.place.line)


def marks(step: Expect, judgement: Judgement) -> tuple[Mark, ...]:
    """Return what underlines each miss in the script."""
    line, file = step.place.line, step.place.file
    return tuple(
        Mark(miss.line or line, miss.column, miss.width, miss.label, file=file)
        for miss in judgement.misses
    )
