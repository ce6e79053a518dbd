"""A wait for rest: what has to be so before a step sends."""

from __future__ import annotations

from contextlib import suppress

from smtpprobe.protocol.phase import Phase
from smtpprobe.script.language.steps import Step, name_of
from smtpprobe.script.results.reason import Reason
from smtpprobe.script.runner.case_log import Missed
from smtpprobe.script.runner.default_expectations import GREETING
from smtpprobe.script.runner.owed_replies import Owed
from smtpprobe.script.runner.waits.implied import wait_for_owed
from smtpprobe.script.runner.waits.line import catch_up
from smtpprobe.script.runner.waits.listener import Listener
from smtpprobe.script.runner.waits.misses import timed_out

_UNREADY = (Phase.CLOSED, Phase.GREETING)


def is_at_rest(on: Listener) -> bool:
    """Return whether a command can go out: connected, no reply due, none unchecked."""
    state = on.client.state
    return not (
        state.pending
        or on.inbox.arrived
        or on.inbox.ended
        or on.greeting_due
        or on.at_once.more_may_come
        or state.phase in _UNREADY
    )


async def wait_for_rest(on: Listener, step: Step) -> None:
    """Wait until no reply is due and see that all were expected, before a step that sends.

    Raises:
        Stop: an unexpected reply, a close, or a reply that does not come.
    """
    if on.greeting_due:
        await wait_for_owed(on, (Owed(step.place, len(name_of(step)), GREETING),))
    if not await let_come(on):
        timed_out(on, step.place, name_of(step))
    if on.at_once.more_may_come:
        await on.inbox.peek(on.waiting.grace)
    catch_up(on)
    nothing_unexpected(on, step)
    still_open(on, step)
    on.at_once.forget()


async def let_come(on: Listener) -> bool:
    """Wait until no reply is due; return whether all came within the limit."""
    deadline, in_time = on.inbox.until(on.seconds()), True
    while in_time and on.client.state.awaiting:
        in_time = await on.inbox.stirred(deadline)
    return in_time


def nothing_unexpected(on: Listener, step: Step, *, unasked_only: bool = False) -> None:
    """Check that no unexpected reply has come, before a step.

    Raises:
        Stop: there is one.
    """
    for exchange in on.inbox.exchanges():
        if exchange.context is None or not unasked_only:
            what = exchange.reply.code or "reply without a code"
            message = f"unexpected {what} before {name_of(step)} (line {step.place.line})"
            on.inbox.discard(exchange)
            help_ = on.at_once.help(exchange)
            with suppress(Missed):
                on.ledger.failed(
                    Reason.UNSOLICITED, message, step.place, exchange=exchange, help_=help_
                )


def still_open(on: Listener, step: Step) -> None:
    """See that there is a connection for a step to send on.

    Raises:
        Stop: there is none.
    """
    if on.client.state.phase is Phase.CLOSED:
        reason = f": {on.inbox.close_reason}" if on.inbox.close_reason else ""
        message = f"connection closed before {name_of(step)} (line {step.place.line}){reason}"
        on.ledger.failed(Reason.CLOSED, message, step.place, final=True)
