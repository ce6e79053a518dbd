"""Takes replies as they come and holds them against expectations, each within its limit."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from smtpprobe.client import Client
from smtpprobe.present.escape import quoted
from smtpprobe.protocol.command import Command
from smtpprobe.protocol.events import By, Closed, Event, Opened, Sent
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import ReplyLine
from smtpprobe.protocol.session import Exchange
from smtpprobe.protocol.units import written_duration
from smtpprobe.protocol.verbs import Context
from smtpprobe.script.language.defined_names import captured
from smtpprobe.script.language.matchers import (
    AnyReply,
    Codes,
    Eof,
    Nothing,
    RawLine,
    accepts_354,
)
from smtpprobe.script.language.problem import Mark
from smtpprobe.script.language.steps import Expect, Mode, Place, Step, name_of
from smtpprobe.script.results.reason import Reason, Trouble
from smtpprobe.script.runner.case_log import Ledger
from smtpprobe.script.runner.default_expectations import (
    GREETING,
    Owed,
    implied_expectation,
    implied_miss,
)
from smtpprobe.script.runner.inbox import Inbox
from smtpprobe.script.runner.matching import Judgement, asked, judge, judge_line, taking
from smtpprobe.script.runner.run_settings import MESSAGE_LIMIT
from smtpprobe.script.runner.unwaited_sends import AtOnce

_CLOSED, _GREETING = Phase.CLOSED, Phase.GREETING
_ENDS = (Context.DATA_END, Context.BDAT_LAST)

Capture = Callable[[tuple[str, ...], Mapping[str, str], int], None]


@dataclass(slots=True)
class Manner:
    """How replies are waited for and judged; shared by the connections of a case.

    `limit` is the seconds a reply may take, None for any time; `grace` those for an optional one,
    `message_limit` the least for the reply to the end of a message.
    With `implying` off one reply is still read where no expectation is written, and may be any.
    `texts` makes the text of replies written as they came count.
    """

    limit: float | None
    grace: float = 1.0
    implying: bool = True
    texts: bool = False
    message_limit: float = MESSAGE_LIMIT


class Expecting:
    """What is expected on one connection, written or implied, against what comes.

    `on_taken` is told each reply that is taken, before it is judged; `capture` the named groups.
    """

    def __init__(
        self,
        client: Client,
        inbox: Inbox,
        ledger: Ledger,
        manner: Manner,
        *,
        on_taken: Callable[[Exchange], None],
        capture: Capture,
    ) -> None:
        self._client = client
        self._inbox = inbox
        self._ledger = ledger
        self._manner = manner
        self._on_taken = on_taken
        self._capture = capture
        self.greeting_due = False
        self.taken: Exchange | None = None
        self._lines_left: list[ReplyLine] = []
        self._moved_on = False
        self.at_once = AtOnce()

    def sent(self) -> None:
        """Forget the reply looked at last: something new is being sent."""
        self.taken = None
        self._lines_left = []
        self._moved_on = True

    async def expect(self, step: Expect, written: str = "") -> None:
        """Check one written expectation; `written` is its line with values, where it holds any.

        Raises:
            Stop: it was not met, or could not be told.
        """
        self._whole_by_now()
        match step.what:
            case Eof():
                await self._close(step)
            case Nothing(seconds=seconds):
                await self._silence(step, seconds)
            case RawLine() if step.mode in (Mode.MAY, Mode.ANY):
                await self._optional_lines(step)
            case RawLine():
                await self._line(step)
            case _ if step.mode in (Mode.MAY, Mode.ANY):
                await self._optional(step)
            case _:
                await self._reply(step, written)

    async def implied(self, codes: Codes, place: Place, width: int) -> None:
        """Check the reply to a step under which no expectation is written.

        Raises:
            Stop: it is not among `codes`, or could not be told.
        """
        step = implied_expectation(codes, place, implying=self._manner.implying)
        exchange = await self._next(step)
        miss = implied_miss(step, codes, exchange) if exchange is not None else None
        if miss is None:
            self._ledger.passed(step, exchange)
            return
        mark = Mark(place.line, 1, width, miss.label, file=place.file)
        self._ledger.failed(
            miss.reason, miss.message, place, expect=step.wanted, exchange=exchange, marks=(mark,),
            help_=miss.help,
        )  # fmt: skip

    def owed(self, one: Owed) -> Coroutine[None, None, None]:
        """Check a reply for which no expectation is written.

        Raises:
            Stop: it is not what goes without saying, or could not be told.
        """
        if one.codes is None:
            return self._unasked(one.place, one.width)
        return self.implied(one.codes, one.place, one.width)

    async def take(self, due: Iterable[Owed]) -> None:
        """Check replies for which no expectation is written, as `owed` does."""
        for one in due:
            await self.owed(one)

    async def _unasked(self, place: Place, width: int) -> None:
        """Take the reply to a line of which none is expected, though one behind it is.

        Raises:
            Stop: there is such a reply, or it could not be told.
        """
        exchange = await self._next(Expect(place, AnyReply(), "", 1))
        if exchange is None:
            return
        what = exchange.reply.code or "reply without a code"
        help_ = f"{taking(exchange.reply)} expects it; expectations stand in order"
        mark = Mark(place.line, 1, width, f"got {what}", file=place.file)
        message = f"unexpected {what} to {asked(exchange.command)}"
        self._ledger.failed(
            Reason.UNSOLICITED, message, place, exchange=exchange, marks=(mark,), help_=(help_,)
        )

    @property
    def is_at_rest(self) -> bool:
        """Whether a command can go out: connected, no reply due, none that nobody looked at."""
        state = self._client.state
        due = self.greeting_due or state.pending or self._inbox.arrived or self._inbox.ended
        if due or self.at_once.more_may_come:
            return False
        return state.phase not in (_CLOSED, _GREETING)

    async def upcoming(self) -> Exchange | None:
        """Return the next reply within the limit, and leave it; None when there is none."""
        happening = await self._inbox.peek(self._seconds())
        return None if happening is None else happening.exchange

    async def settled(self, step: Step) -> None:
        """Wait until no reply is due and see that all were expected, before a step that sends.

        Raises:
            Stop: a reply nobody expected, a close, or a reply that does not come.
        """
        if self.greeting_due:
            await self.implied(GREETING, step.place, len(name_of(step)))
        if self._client.state.awaiting and not await self.let_come():
            self.timed_out(step.place, name_of(step))
        if self.at_once.more_may_come:
            await self._inbox.peek(self._manner.grace)
        self._whole_by_now()
        if self._inbox.arrived:
            self.nothing_unexpected(step)
        self.still_open(step)
        self.at_once.forget()

    async def let_come(self) -> bool:
        """Wait until no reply is due; return whether all came within the limit."""
        if self._client.state.awaiting:
            deadline = self._inbox.until(self._seconds())
            while self._client.state.awaiting:
                if not await self._inbox.stirred(deadline):
                    return False
        return True

    def nothing_unexpected(self, step: Step, *, unasked_only: bool = False) -> None:
        """See that no reply waits that nobody expected, before a step.

        Raises:
            Stop: there is one.
        """
        for exchange in self._inbox.exchanges():
            if unasked_only and exchange.context is not None:
                continue
            what = exchange.reply.code or "reply without a code"
            message = f"unexpected {what} before {name_of(step)} (line {step.place.line})"
            self._inbox.discard(exchange)
            help_ = self.at_once.help(exchange)
            self._ledger.failed(
                Reason.UNSOLICITED, message, step.place, exchange=exchange, help_=help_
            )

    def still_open(self, step: Step) -> None:
        """See that there is a connection for a step to send on.

        Raises:
            Stop: there is none.
        """
        if self._client.state.phase is Phase.CLOSED:
            reason = f": {self._inbox.close_reason}" if self._inbox.close_reason else ""
            message = f"connection closed before {name_of(step)} (line {step.place.line}){reason}"
            self._ledger.failed(Reason.CLOSED, message, step.place, final=True)

    def timed_out(self, place: Place, name: str = "", *, closing: bool = False) -> NoReturn:
        """Note that the reply due, or `name`, has not come within the limit.

        Raises:
            Stop: always.
        """
        limit = written_duration(self._seconds() or 0.0)
        message = f"server did not close within {limit}" if closing else self._not_come(limit, name)
        due = self._due()
        name = asked(due) if due else name
        self._ledger.ended(Reason.NO_REPLY, message, place, name=name, trouble=Trouble.NO_ANSWER)

    def _partly(self) -> str:
        octets = self._client.pending_octets
        return f" ({octets} octets of one came)" if octets else ""

    def _not_come(self, limit: str, name: str = "") -> str:
        due = self._due()
        if _message_due(due):
            return (
                f"no reply to the end of the message within {limit}{self._partly()}; "
                "the message may have been accepted"
            )
        answered = f" to {asked(due) if due else name}" if due or name else ""
        told = f"no reply{answered} within {limit}{self._partly()}"
        if answered or self._client.state.awaiting:
            return told
        return f"{told}, and {self.at_once.why_none(self._client.state.phase)}"

    async def _reply(self, step: Expect, written: str) -> None:
        exchange = self.taken if step.soft else None
        if exchange is None:
            exchange = await self._next(step)
        if exchange is None:
            return
        judgement = judge(step, exchange, texts=self._manner.texts)
        self._captured(step, judgement)
        if not judgement.misses:
            self._ledger.passed(step, exchange)
            return
        stuck = exchange.after.phase is Phase.DATA and not accepts_354(step.what)
        if stuck:
            self._ledger.notes.append("closed, as the server now waits for a message")
            await self._client.close()
        misses = judgement.misses
        self._ledger.failed(
            misses[0].reason,
            "; ".join(miss.message for miss in misses),
            step.place,
            expect=step.wanted,
            exchange=exchange,
            marks=_marks(step, judgement),
            soft=step.soft and not stuck,
            final=stuck,
            expanded=written,
        )

    def _captured(self, step: Expect, judgement: Judgement) -> None:
        if names := tuple(captured(step)):
            self._capture(names, judgement.captures, step.place.line)

    async def _optional(self, step: Expect) -> None:
        """Take the next reply if it fits, or all that fit; what does not fit is left."""
        while True:
            happening = await self._inbox.peek(self._manner.grace)
            exchange = happening.exchange if happening is not None else None
            if exchange is None or exchange.reply.piece:
                return
            judgement = judge(step, exchange, texts=self._manner.texts)
            if judgement.misses:
                return
            self._inbox.discard(exchange)
            self._take(exchange)
            self._captured(step, judgement)
            self._ledger.passed(step, exchange)
            if step.mode is Mode.MAY:
                return

    async def _silence(self, step: Expect, seconds: float) -> None:
        """See that nothing comes; then nothing is owed any more."""
        happening = await self._inbox.peek(seconds)
        if happening is None:
            self.greeting_due = False
            self.at_once.forget()
            self._client.waive(seconds)
            self._ledger.passed(step, None)
            return
        exchange = happening.exchange
        limit = written_duration(seconds)
        if exchange is None:
            self._ledger.failed(
                Reason.CLOSED, f"connection closed within {limit}, expected nothing", step.place,
                expect=step.wanted, final=True,
            )  # fmt: skip
            return
        self._inbox.discard(exchange)
        self._take(exchange)
        what = exchange.reply.code or "a reply without a code"
        label = f"got {what}"
        mark = Mark(step.place.line, step.column, len(step.what_text), label, file=step.place.file)
        self._ledger.failed(
            Reason.UNSOLICITED, f"unexpected {what}, expected nothing for {limit}", step.place,
            expect=step.wanted, exchange=exchange, marks=(mark,),
        )  # fmt: skip

    async def _close(self, step: Expect) -> None:
        if step.mode in (Mode.MAY, Mode.ANY):
            await self._optional_close(step)
            return
        found = await self._arrival(step)
        if found is None:
            return
        closed = found.event
        if isinstance(closed, Closed) and closed.by is By.THEM:
            self._closed_in_time(step, closed)
            return
        self._ledger.failed(
            Reason.CLOSED,
            "server did not close",
            step.place,
            expect="eof",
            exchange=found.exchange,
            soft=step.soft,
        )

    def _closed_in_time(self, step: Expect, closed: Closed) -> None:
        """See that the close came soon enough after what was sent last."""
        before = (one for one in reversed(self._client.events) if isinstance(one, Sent | Opened))
        took = closed.at - next(before, closed).at
        if step.within is None or took <= step.within:
            self._ledger.passed(step, None)
            return
        message = f"server closed after {took:.1f}s, limit {written_duration(step.within)}"
        self._ledger.failed(Reason.LATE, message, step.place, expect=step.wanted, soft=step.soft)

    async def _optional_close(self, step: Expect) -> None:
        happening = await self._inbox.peek(self._manner.grace)
        if happening is not None and isinstance(happening.event, Closed):
            await self._inbox.take(0.0)
            self._ledger.passed(step, None)

    async def _line(self, step: Expect) -> None:
        found = await self._next_line(step)
        if found is None:
            return
        line, exchange = found
        judgement = judge_line(step, line, exchange.elapsed if exchange else None)
        self._captured(step, judgement)
        if not judgement.misses:
            self._ledger.passed(step, exchange)
            return
        miss = judgement.misses[0]
        came = () if exchange else (f"came: {quoted(line.raw)}",)
        self._ledger.failed(
            miss.reason, miss.message, step.place, expect=step.wanted, exchange=exchange,
            soft=step.soft, marks=_marks(step, judgement), help_=came,
        )  # fmt: skip

    async def _next_line(self, step: Expect) -> tuple[ReplyLine, Exchange | None] | None:
        """Take the next raw line; return it with its reply, or None when the miss was noted.

        Of a reply that has not ended there is none yet.
        """
        if not self._lines_left and self._is_over(step):
            return None
        if not await self._line_there(step, self._seconds(step.within)):
            self._nothing_came(step)
            return None
        found = self._line_ahead()
        if found is None:
            happening = await self._inbox.take(0.0)
            assert happening is not None, "it is there"
            self._closed_instead(step, happening.event)
            return None
        self._go_past_line(found[1])
        return found

    async def _line_there(self, step: Expect, limit: float | None) -> bool:
        """Wait for a line or a close; return whether one came within the limit.

        Where a limit is written that is for the whole reply, so its end is waited for.
        """
        inbox = self._inbox
        deadline = inbox.until(limit)
        while not (self._lines_left or inbox.arrived):
            if step.within is None and self._line_of_unfinished():
                break
            if not await inbox.stirred(deadline):
                return False
            self._whole_by_now()
        return True

    def _line_of_unfinished(self) -> bool:
        """Tell whether a reply that has not ended has another line to be looked at."""
        inbox, lines = self._inbox, self._client.unfinished
        while len(lines) > inbox.begun and self._is_rest(lines, inbox.begun):
            inbox.begun += 1
        return len(lines) > inbox.begun

    def _is_rest(self, lines: Sequence[ReplyLine], index: int) -> bool:
        """Tell whether a line counts no more: a command was sent since the reply was looked at.

        Where the code changes it does: a server that left a reply unfinished answers there.
        """
        same = index > 0 and lines[index].code in (None, lines[index - 1].code)
        return self._moved_on and same and self._inbox.begun > 0

    def _line_ahead(self) -> tuple[ReplyLine, Exchange | None] | None:
        """Return the line that comes next, and the reply it is of if that is whole; None: a close.

        One is there.
        """
        if self._lines_left:
            return self._lines_left[0], self.taken
        if not self._inbox.arrived:
            return self._client.unfinished[self._inbox.begun], None
        exchange = self._inbox.arrived[0].exchange
        return None if exchange is None else (exchange.reply.lines[0], exchange)

    def _go_past_line(self, exchange: Exchange | None) -> None:
        """Take the line that comes next, of this reply."""
        if exchange is None:
            self._inbox.begun += 1
            self.greeting_due = self._moved_on = False
            return
        if not self._lines_left:
            self._inbox.discard(exchange)
            self._take(exchange)
            self._lines_left = list(exchange.reply.lines)
        self._lines_left.pop(0)

    def _whole_by_now(self) -> None:
        """Take the reply of which lines were looked at before, once it has come to its end."""
        inbox, ended = self._inbox, self._inbox.ended
        if ended is None:
            return
        lines = ended.reply.lines
        while inbox.begun < len(lines) and self._is_rest(lines, inbox.begun):
            inbox.begun += 1
        begun, inbox.begun, inbox.ended = inbox.begun, 0, None
        self._take(ended)
        self._lines_left = list(lines[begun:])
        if self._moved_on and not self._lines_left:
            self.taken = None

    async def _optional_lines(self, step: Expect) -> None:
        """Take the next raw line if it fits, or all that fit; what does not fit is left."""
        while await self._line_there(step, self._manner.grace):
            found = self._line_ahead()
            if found is None:
                return
            line, exchange = found
            judgement = judge_line(step, line, exchange.elapsed if exchange else None)
            if judgement.misses:
                return
            self._go_past_line(exchange)
            self._captured(step, judgement)
            self._ledger.passed(step, exchange)
            if step.mode is Mode.MAY:
                return

    async def _next(self, step: Expect) -> Exchange | None:
        """Return the next whole reply; None when the miss was noted and the case goes on."""
        if self._is_over(step):
            return None
        happening = await self._inbox.take(self._seconds(step.within), pieces=False)
        if happening is None:
            self._nothing_came(step)
            return None
        exchange = happening.exchange
        if exchange is None:
            self._closed_instead(step, happening.event)
            return None
        self._take(exchange)
        return exchange

    async def _arrival(self, step: Expect) -> Happening | None:
        """Return the reply, piece of one or close that comes next within the limit.

        None when nothing came where that is a miss, and the case goes on.
        """
        if self._is_over(step):
            return None
        happening = await self._inbox.take(self._seconds(step.within))
        if happening is None:
            self._nothing_came(step)
        return happening

    def _is_over(self, step: Expect) -> bool:
        """Note a miss where a close was taken already, so that nothing can come any more."""
        if self._inbox.arrived or self._client.state.phase is not _CLOSED:
            return False
        message = "nothing more can come: the connection is closed, which was expected before"
        self._ledger.failed(
            Reason.CLOSED,
            message,
            step.place,
            expect=step.wanted,
            soft=step.soft,
            final=not step.soft,
        )
        return True

    def _nothing_came(self, step: Expect) -> None:
        """Note a miss where a limit was written or the expectation is soft; else end the case."""
        closing = isinstance(step.what, Eof)
        if step.within is None and not step.soft:
            self.timed_out(step.place, closing=closing)
        limit = written_duration(step.within or self._seconds() or 0.0)
        message = f"server did not close within {limit}" if closing else self._not_come(limit)
        limits = (term for term in step.terms if term.text.startswith("within"))
        term = next(limits, None)
        column, text = (term.column, term.text) if term else (step.column, step.what_text)
        mark = Mark(step.place.line, column, len(text), file=step.place.file)
        self._ledger.failed(
            Reason.LATE, message, step.place, expect=step.wanted, marks=(mark,), soft=step.soft,
            final=not step.soft,
        )  # fmt: skip

    def _take(self, exchange: Exchange) -> None:
        self.taken = exchange
        self.greeting_due = False
        self.at_once.heard(exchange)
        self._ledger.took(exchange)
        self._on_taken(exchange)

    def _closed_instead(self, step: Expect, closed: Event) -> None:
        assert isinstance(closed, Closed), "what is no reply is a close"
        who = "the server" if closed.by is By.THEM else "we"
        reason = f" ({closed.reason})" if closed.reason else ""
        message = f"{who} closed the connection before a reply came{reason}"
        if self._inbox.message_lost:
            message += "; the message may have been accepted"
        self._ledger.failed(
            Reason.CLOSED,
            message,
            step.place,
            expect=step.wanted,
            soft=step.soft,
            final=not step.soft,
        )

    def _seconds(self, within: float | None = None) -> float | None:
        limit = self._manner.limit
        if within is not None:
            return within if limit is None else max(limit, within)
        pending = self._client.state.pending
        if limit is not None and pending and pending[0].command.context in _ENDS:
            return max(limit, self._manner.message_limit)
        return limit

    def _due(self) -> Command | None:
        pending = self._client.state.pending
        return pending[0].command if pending else None


def _marks(step: Expect, judgement: Judgement) -> tuple[Mark, ...]:
    return tuple(
        Mark(
            miss.line or step.place.line, miss.column, miss.width, miss.label, file=step.place.file
        )
        for miss in judgement.misses
    )


def _message_due(command: Command | None) -> bool:
    return command is not None and command.context in _ENDS
