"""A wait for the server to close the connection: `< eof`."""

from __future__ import annotations

from smtpprobe.protocol.events import By, Closed, Opened, Sent
from smtpprobe.protocol.units import written_duration
from smtpprobe.script.language.steps import Expect
from smtpprobe.script.results.reason import Reason
from smtpprobe.script.runner.waits.arrival import next_arrival
from smtpprobe.script.runner.waits.listener import Listener


async def wait_for_close(on: Listener, step: Expect, _written: str) -> None:
    """Check that the server closes, and soon enough after the last octets sent."""
    found = await next_arrival(on, step)
    closed = found.event
    if not (isinstance(closed, Closed) and closed.by is By.THEM):
        on.ledger.failed(
            Reason.CLOSED, "server did not close", step.place, expect="eof",
            exchange=found.exchange, soft=step.soft,
        )  # fmt: skip
    before = (one for one in reversed(on.client.events) if isinstance(one, Sent | Opened))
    took = closed.at - next(before, closed).at
    if step.within is not None and took > step.within:
        message = f"server closed after {took:.1f}s, limit {written_duration(step.within)}"
        on.ledger.failed(Reason.LATE, message, step.place, expect=step.wanted, soft=step.soft)
    on.ledger.passed(step, None)


async def wait_for_optional_close(on: Listener, step: Expect, _written: str) -> None:
    """Take a close if that comes next within `:grace`; anything else is left."""
    happening = await on.inbox.peek(on.waiting.grace)
    if happening is not None and isinstance(happening.event, Closed):
        on.inbox.pop()
        on.ledger.passed(step, None)
