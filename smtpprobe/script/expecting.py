"""Takes replies as they come and holds them against expectations, each within its limit."""

from __future__ import annotations

import asyncio
from typing import NoReturn

from smtpprobe.client import Client
from smtpprobe.protocol.command import Command
from smtpprobe.protocol.events import By, Closed
from smtpprobe.protocol.phase import Context, Phase
from smtpprobe.protocol.quantities import written_duration
from smtpprobe.protocol.reply import ReplyLine
from smtpprobe.protocol.session import Exchange
from smtpprobe.script.inbox import Inbox
from smtpprobe.script.judging import asked, judge
from smtpprobe.script.ledger import Ledger
from smtpprobe.script.problem import Mark
from smtpprobe.script.steps import AnyReply, Codes, Eof, Expect, Place, RawLine, What

MESSAGE_LIMIT = 600.0
"""Seconds for the reply to the end of a message (RFC 5321 4.5.3.2.6); nothing shortens it."""

_ENDS = (Context.DATA_END, Context.BDAT_LAST)

GREETING = Codes(("2xx",))
COMMAND = Codes(("2xx", "3xx"))
DATA = Codes(("354",))
MESSAGE = Codes(("2xx",))


class Expecting:
    """What is expected, written or implied, against what comes.

    `limit` is the seconds a reply may take, None for any time. With `implying` off one reply is
    still read where none is written, and may be any.
    """

    def __init__(
        self, client: Client, inbox: Inbox, ledger: Ledger, limit: float | None, *, implying: bool
    ) -> None:
        self._client = client
        self._inbox = inbox
        self._ledger = ledger
        self.limit = limit
        self.implying = implying
        self.greeting_due = False
        self.taken: Exchange | None = None
        self._lines_left: list[ReplyLine] = []

    def sent(self) -> None:
        """Forget the reply looked at last: something new is being sent."""
        self.taken = None
        self._lines_left = []

    async def expect(self, step: Expect) -> None:
        """Check one written expectation.

        Raises:
            Stop: it was not met, or could not be told.
        """
        match step.what:
            case Eof():
                await self._close(step)
            case RawLine(octets=octets):
                await self._line(step, octets)
            case _:
                await self._reply(step)

    async def implied(self, codes: Codes, place: Place, width: int) -> None:
        """Check the reply to a step under which no expectation is written.

        Raises:
            Stop: it is not among `codes`, or could not be told.
        """
        what: What = codes if self.implying or codes is DATA else AnyReply()
        step = Expect(place, what, "|".join(codes.patterns), 1)
        exchange = await self._next(step)
        if exchange is None or not judge(step, exchange):
            self._ledger.passed(step, exchange)
            return
        id_, message, help_ = _implied_miss(codes, exchange)
        mark = Mark(place.line, 1, width, f"got {exchange.reply.code or 'no reply code'}")
        self._ledger.failed(
            id_, message, place, expect=step.wanted, exchange=exchange, marks=(mark,), help_=help_
        )

    async def settled(self, place: Place, name: str) -> None:
        """Wait until no reply is due and see that all were expected; `name` is sent next.

        Raises:
            Stop: a reply nobody expected, a close, or a reply that does not come.
        """
        if self.greeting_due:
            await self.implied(GREETING, place, len(name))
        try:
            async with asyncio.timeout(self._seconds()):
                while self._client.state.awaiting:
                    await self._inbox.stirred()
        except TimeoutError:
            self.timed_out(place, name)
        self.nothing_unexpected(place, name)
        self.still_open(place, name)

    def nothing_unexpected(self, place: Place, name: str, *, unasked_only: bool = False) -> None:
        """See that no reply waits that nobody expected.

        Raises:
            Stop: there is one.
        """
        for exchange in self._inbox.exchanges():
            if unasked_only and exchange.context is not None:
                continue
            what = exchange.reply.code or "reply without a code"
            message = f"unexpected {what} before {name} (line {place.line})"
            self._ledger.failed("F09", message, place, exchange=exchange)

    def still_open(self, place: Place, name: str) -> None:
        """See that there is a connection to send on.

        Raises:
            Stop: there is none.
        """
        if self._client.state.phase is Phase.CLOSED:
            reason = f": {self._inbox.close_reason}" if self._inbox.close_reason else ""
            message = f"connection closed before {name} (line {place.line}){reason}"
            self._ledger.failed("F10", message, place)

    def timed_out(self, place: Place, name: str = "", *, closing: bool = False) -> NoReturn:
        """Note that the reply due, or `name`, has not come within the limit.

        Raises:
            Stop: always.
        """
        due = self._due()
        limit = written_duration(self._seconds() or 0.0)
        octets = self._client.pending_octets
        partly = f" ({octets} octets of one came)" if octets else ""
        if closing:
            message = f"server did not close within {limit}"
        elif _message_due(due):
            message = (
                f"no reply to the end of the message within {limit}{partly}; "
                "the message may have been accepted"
            )
        else:
            answered = f" to {asked(due) if due else name}" if due or name else ""
            message = f"no reply{answered} within {limit}{partly}"
        self._ledger.ended("T05", message, place)

    async def _reply(self, step: Expect) -> None:
        exchange = self.taken if step.soft else None
        if exchange is None:
            exchange = await self._next(step)
        if exchange is None:
            return
        misses = judge(step, exchange)
        if not misses:
            self._ledger.passed(step, exchange)
            return
        marks = tuple(Mark(step.place.line, miss.column, miss.width, miss.label) for miss in misses)
        message = "; ".join(miss.message for miss in misses)
        stuck = exchange.after.phase is Phase.DATA and not _accepts_354(step.what)
        if stuck:
            self._ledger.notes.append("closed, as the server now waits for a message")
        self._ledger.failed(
            misses[0].id, message, step.place, expect=step.wanted, exchange=exchange, marks=marks,
            soft=step.soft and not stuck,
        )  # fmt: skip

    async def _close(self, step: Expect) -> None:
        found = await self._arrival(step)
        if isinstance(found, Closed) and found.by is By.THEM:
            self._ledger.passed(step, None)
            return
        exchange = None if isinstance(found, Closed) else found
        self._ledger.failed(
            "F10",
            "server did not close",
            step.place,
            expect="eof",
            exchange=exchange,
            soft=step.soft,
        )

    async def _line(self, step: Expect, octets: bytes) -> None:
        if not self._lines_left:
            found = await self._arrival(step)
            if isinstance(found, Closed):
                self._closed_instead(step, found)
                return
            self._take(found)
            self._lines_left = list(found.reply.lines)
        line = self._lines_left.pop(0)
        if octets in line.raw:
            self._ledger.passed(step, self.taken)
            return
        self._ledger.failed(
            "F07", f"{step.what_text} not found", step.place, expect=step.wanted,
            exchange=self.taken, soft=step.soft,
        )  # fmt: skip

    async def _next(self, step: Expect) -> Exchange | None:
        """Return the next whole reply; None when a soft expectation met a close instead."""
        found = await self._arrival(step, pieces=False)
        if isinstance(found, Closed):
            self._closed_instead(step, found)
            return None
        self._take(found)
        return found

    async def _arrival(self, step: Expect, *, pieces: bool = True) -> Exchange | Closed:
        """Return what comes next within the limit; `pieces` takes those of long replies too."""
        try:
            async with asyncio.timeout(self._seconds()):
                while True:
                    happening = await self._inbox.take()
                    if isinstance(happening.event, Closed):
                        return happening.event
                    exchange = happening.exchange
                    if exchange is not None and (pieces or not exchange.reply.piece):
                        return exchange
        except TimeoutError:
            self.timed_out(step.place, closing=isinstance(step.what, Eof))

    def _take(self, exchange: Exchange) -> None:
        self.taken = exchange
        self.greeting_due = False
        self._ledger.took(exchange)

    def _closed_instead(self, step: Expect, closed: Closed) -> None:
        who = "the server" if closed.by is By.THEM else "we"
        reason = f" ({closed.reason})" if closed.reason else ""
        message = f"{who} closed the connection before a reply came{reason}"
        if self._inbox.message_lost:
            message += "; the message may have been accepted"
        self._ledger.failed("F10", message, step.place, expect=step.wanted, soft=step.soft)

    def _seconds(self) -> float | None:
        if self.limit is None:
            return None
        return max(self.limit, MESSAGE_LIMIT) if _message_due(self._due()) else self.limit

    def _due(self) -> Command | None:
        pending = self._client.state.pending
        return pending[0].command if pending else None


def _accepts_354(what: What) -> bool:
    return not isinstance(what, Codes) or what.accepts(354)


def _message_due(command: Command | None) -> bool:
    return command is not None and command.context in _ENDS


def _implied_miss(codes: Codes, exchange: Exchange) -> tuple[str, str, tuple[str, ...]]:
    """Return id, message and help for a reply that is not what goes without saying."""
    if codes is GREETING:
        return "F01", "greeting refused, expected 2xx", ()
    if codes is DATA:
        return "F02", f"DATA {_verdict(exchange)}, expected 354", ()
    code = exchange.reply.code or "any"
    help_ = f'a command with no "<" line must get 2xx or 3xx; if {code} is right, write "< {code}"'
    return "F04", f"no expectation, and {asked(exchange.command)} was refused", (help_,)


def _verdict(exchange: Exchange) -> str:
    return "accepted" if (exchange.reply.code or 0) // 100 == 2 else "refused"
