"""What comes next on a connection, within the limit of the expectation that waits for it."""

from __future__ import annotations

from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.session import Exchange
from smtpprobe.script.language.steps import Expect
from smtpprobe.script.runner.waits.listener import Listener
from smtpprobe.script.runner.waits.misses import already_closed, closed_instead, nothing_came

_CLOSED = Phase.CLOSED


async def next_arrival(on: Listener, step: Expect) -> Happening:
    """Take the reply, piece of one or close that comes next.

    Raises:
        Stop: nothing came, or can come; or Missed, where the case goes on.
    """
    _see_that_it_can_come(on, step)
    if await on.inbox.peek(on.seconds(step.within), pieces=True) is None:
        nothing_came(on, step)
    return on.inbox.pop()


async def next_reply(on: Listener, step: Expect) -> Exchange:
    """Take the next whole reply.

    Raises:
        Stop: there is none; or Missed, where the case goes on.
    """
    _see_that_it_can_come(on, step)
    if await on.inbox.peek(on.seconds(step.within)) is None:
        nothing_came(on, step)
    _, _, _, exchange = happening = on.inbox.pop()
    if exchange is None:
        closed_instead(on, step, happening.event)
    on.take(exchange)
    return exchange


def _see_that_it_can_come(on: Listener, step: Expect) -> None:
    if on.client.state.phase is _CLOSED and not on.inbox.arrived:
        already_closed(on, step)


async def upcoming(on: Listener) -> Exchange | None:
    """Return the next reply within the limit, and leave it; None when there is none."""
    happening = await on.inbox.peek(on.seconds())
    return None if happening is None else happening.exchange
