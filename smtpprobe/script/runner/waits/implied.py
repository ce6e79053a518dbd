"""A wait for replies for which no expectation is written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn

from smtpprobe.protocol.session import Exchange
from smtpprobe.script.language.matchers import AnyReply
from smtpprobe.script.language.problem import Mark
from smtpprobe.script.language.steps import Expect
from smtpprobe.script.results.reason import Reason
from smtpprobe.script.runner.case_log import Missed
from smtpprobe.script.runner.default_expectations import (
    ImpliedMiss,
    implied_miss,
)
from smtpprobe.script.runner.matching.wording import asked, taking
from smtpprobe.script.runner.owed_replies import Owed
from smtpprobe.script.runner.waits.arrival import next_reply
from smtpprobe.script.runner.waits.listener import Listener


async def wait_for_owed(on: Listener, owed: Iterable[Owed]) -> None:
    """Check replies against their implied expectations, one after the other.

    Raises:
        Stop: one misses and ends the case, or is inconclusive.
    """
    for one in owed:
        try:  # `suppress` costs three calls, and this runs once for each reply
            step = one.implied if on.waiting.implying else one.any_reply
            if step is None or one.codes is None:
                await _wait_for_unasked(on, one)
                continue
            exchange = await next_reply(on, step)
            if miss := implied_miss(step, one.codes, exchange):
                _missed(on, one, step, exchange, miss)
            on.ledger.passed(step, exchange)
        except Missed:
            continue


def _missed(
    on: Listener, owed: Owed, step: Expect, exchange: Exchange, miss: ImpliedMiss
) -> NoReturn:
    """Note that a reply has none of the codes that are implied."""
    place = owed.place
    mark = Mark(place.line, 1, owed.width, miss.label, file=place.file)
    on.ledger.failed(
        miss.reason, miss.message, place, expect=step.wanted, exchange=exchange, marks=(mark,),
        help_=miss.help,
    )  # fmt: skip


async def _wait_for_unasked(on: Listener, owed: Owed) -> None:
    """Take the reply to a line of which none is expected, though one behind it is: a miss."""
    place = owed.place
    exchange = await next_reply(on, Expect(place, AnyReply(), "", 1))
    what = exchange.reply.code or "reply without a code"
    help_ = f"{taking(exchange.reply)} expects it; expectations are matched in order"
    mark = Mark(place.line, 1, owed.width, f"got {what}", file=place.file)
    message = f"unexpected {what} to {asked(exchange.command)}"
    on.ledger.failed(
        Reason.UNSOLICITED, message, place, exchange=exchange, marks=(mark,), help_=(help_,)
    )
