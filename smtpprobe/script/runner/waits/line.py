"""A wait for single raw lines, of a reply that is whole or of one that goes on: `< line`.

The lines of a whole reply are looked at one after the other (`lines_left` of the listener). Of one
that has not ended the inbox counts how many were, and keeps the reply apart once it is whole.
"""

from __future__ import annotations

from collections.abc import Sequence

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.present.escape import quoted
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import ReplyLine
from smtpprobe.protocol.session import Exchange
from smtpprobe.script.language.steps import Expect, Mode
from smtpprobe.script.runner.matching.line import judge_line
from smtpprobe.script.runner.matching.match_result import MatchResult
from smtpprobe.script.runner.waits.listener import Listener
from smtpprobe.script.runner.waits.misses import already_closed, closed_instead, nothing_came
from smtpprobe.script.runner.waits.reply import keep_captures, marks


class Line(NamedTuple):
    """A raw line, and the reply it is of; None while that has not ended."""

    line: ReplyLine
    exchange: Exchange | None

    def judged(self, step: Expect) -> MatchResult:
        """Return how it fits."""
        return judge_line(step, self.line, self.exchange.elapsed if self.exchange else None)


async def wait_for_line(on: Listener, step: Expect, _written: str) -> None:
    """Hold the next raw line against what it must hold."""
    found = await _next_line(on, step)
    result = found.judged(step)
    keep_captures(on, step, result)
    if result.misses:
        miss = result.misses[0]
        came = () if found.exchange else (f"came: {quoted(found.line.raw)}",)
        on.ledger.failed(
            miss.reason, miss.message, step.place, expect=step.wanted, exchange=found.exchange,
            soft=step.soft, marks=marks(step, result), help_=came,
        )  # fmt: skip
    on.ledger.passed(step, found.exchange)


async def wait_for_optional_lines(on: Listener, step: Expect, _written: str) -> None:
    """Take the next raw line if it fits, or all that fit; what does not fit is left."""
    while await _line_there(on, step, on.waiting.grace) and (found := _line_ahead(on)) is not None:
        result = found.judged(step)
        if result.misses:
            break
        _go_past(on, found.exchange)
        keep_captures(on, step, result)
        on.ledger.passed(step, found.exchange)
        if step.mode is Mode.MAY:
            break


def catch_up(on: Listener) -> None:
    """Take the reply of which lines were looked at before, once it has come to its end."""
    inbox, ended = on.inbox, on.inbox.ended
    if ended is not None:
        lines = ended.reply.lines
        _pass_over_rest(on, lines)
        begun, inbox.begun, inbox.ended = inbox.begun, 0, None
        on.take(ended)
        on.lines_left = list(lines[begun:])
        if on.moved_on and not on.lines_left:
            on.taken = None


async def _next_line(on: Listener, step: Expect) -> Line:
    """Take the next raw line.

    Raises:
        Stop: there is none; or Missed, where the case goes on.
    """
    closed = on.client.state.phase is Phase.CLOSED
    if closed and not (on.lines_left or on.inbox.arrived):
        already_closed(on, step)
    if not await _line_there(on, step, on.seconds(step.within)):
        nothing_came(on, step)
    found = _line_ahead(on)
    if found is None:
        closed_instead(on, step, on.inbox.pop().event)
    _go_past(on, found.exchange)
    return found


async def _line_there(on: Listener, step: Expect, limit: float | None) -> bool:
    """Wait for a line or a close; return whether one came within the limit.

    Where a limit is written that is for the whole reply, so its end is waited for.
    """
    deadline, in_time = on.inbox.until(limit), True
    while in_time and not (on.lines_left or on.inbox.arrived):
        if step.within is None and _line_of_unfinished(on):
            break
        in_time = await on.inbox.stirred(deadline)
        if in_time:
            catch_up(on)
    return in_time


def _line_of_unfinished(on: Listener) -> bool:
    """Return whether a reply that has not ended has another line to be looked at."""
    lines = on.client.unfinished
    _pass_over_rest(on, lines)
    return len(lines) > on.inbox.begun


def _pass_over_rest(on: Listener, lines: Sequence[ReplyLine]) -> None:
    """Count as looked at what belongs to a reply begun before a command was sent.

    Where the code changes it does not: a server that left a reply unfinished answers there.
    """
    inbox = on.inbox
    while on.moved_on and 0 < inbox.begun < len(lines):
        if lines[inbox.begun].code not in (None, lines[inbox.begun - 1].code):
            break
        inbox.begun += 1


def _line_ahead(on: Listener) -> Line | None:
    """Return the line that comes next, and leave it; None: a close. One of them is there."""
    exchange = on.inbox.arrived[0].exchange if on.inbox.arrived else None
    if on.lines_left:
        found: Line | None = Line(on.lines_left[0], on.taken)
    elif exchange is not None:
        found = Line(exchange.reply.lines[0], exchange)
    elif on.inbox.arrived:
        found = None
    else:
        found = Line(on.client.unfinished[on.inbox.begun], None)
    return found


def _go_past(on: Listener, exchange: Exchange | None) -> None:
    """Take the line that comes next, which is of this reply."""
    if exchange is None:
        on.inbox.begun += 1
        on.greeting_due = on.moved_on = False
    else:
        if not on.lines_left:
            on.inbox.discard(exchange)
            on.take(exchange)
            on.lines_left = list(exchange.reply.lines)
        on.lines_left.pop(0)
