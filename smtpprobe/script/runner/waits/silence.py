"""A wait in which nothing is to come: `< nothing`."""

from __future__ import annotations

from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.units import written_duration
from smtpprobe.script.language.matchers import Nothing
from smtpprobe.script.language.problem import Mark
from smtpprobe.script.language.steps import Expect
from smtpprobe.script.results.reason import Reason
from smtpprobe.script.runner.waits.listener import Listener


async def wait_for_silence(on: Listener, step: Expect, _written: str) -> None:
    """Check that nothing comes; then no reply is due any more, not even a greeting."""
    assert isinstance(step.what, Nothing)
    seconds = step.what.seconds
    happening = await on.inbox.peek(seconds)
    if happening is not None:
        _broken(on, step, happening, written_duration(seconds))
    on.greeting_due = False
    on.at_once.forget()
    on.client.waive(seconds)
    on.ledger.passed(step, None)


def _broken(on: Listener, step: Expect, happening: Happening, limit: str) -> None:
    """Note what broke the silence: a close ends the case."""
    exchange = happening.exchange
    if exchange is None:
        message = f"connection closed within {limit}, expected silence"
        on.ledger.failed(Reason.CLOSED, message, step.place, expect=step.wanted, final=True)
    on.inbox.discard(exchange)
    on.take(exchange)
    what = exchange.reply.code or "a reply without a code"
    width, file = len(step.what_text), step.place.file
    mark = Mark(step.place.line, step.column, width, f"got {what}", file=file)
    message = f"unexpected {what}, expected silence for {limit}"
    on.ledger.failed(
        Reason.UNSOLICITED, message, step.place, expect=step.wanted, exchange=exchange,
        marks=(mark,),
    )  # fmt: skip
