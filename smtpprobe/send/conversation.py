"""A delivery over a live session, from wherever that is: hello, TLS, login, transactions, QUIT.

It reads from top to bottom as the session goes; what is to be said is decided in `plan`, what came
of it is judged in `judge`. The client is never connected again: a message of which nothing was
heard may have been accepted.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator, Sequence

from smtpprobe.client import Client
from smtpprobe.knowledge.rules.queue_id import queue_id
from smtpprobe.protocol.auth.login import Credentials
from smtpprobe.protocol.auth.sasl import Login
from smtpprobe.protocol.command import Command, Kind, read_line
from smtpprobe.protocol.phase import Dialect, Phase
from smtpprobe.protocol.reply import Reply, Severity
from smtpprobe.protocol.session import Exchange, State
from smtpprobe.send.content import Stuffer
from smtpprobe.send.judge import (
    Fate,
    Report,
    Result,
    Step,
    may_follow,
    of_message,
    result_of,
)
from smtpprobe.send.login import chosen
from smtpprobe.send.order import Ending, Order, Point, Recipient, Stage, Tls
from smtpprobe.send.plan import (
    TOGETHER,
    Impossible,
    Transaction,
    Upgrade,
    hello_line,
    limit_of,
    transaction,
    upgrade,
)
from smtpprobe.send.source import Source
from smtpprobe.send.talk import Broken, Limits, Loss, Talk


class Ended(Exception):  # noqa: N818 - names the outcome
    """The session ends here: as asked, refused, or broken off."""

    def __init__(self, step: Step) -> None:
        super().__init__(step.reason)
        self.step = step


class Delivery:
    """One order on one client. `run` it once; the report can be had at any time.

    `credentials` gives those for a host, and is asked only where a login comes.
    """

    def __init__(
        self,
        client: Client,
        order: Order,
        source: Source,
        limits: Limits,
        credentials: Callable[[str], Credentials],
    ) -> None:
        self._client, self._order, self._source = client, order, source
        self._limits, self._credentials = limits, credentials
        self._steps: list[Step] = []
        self._fates: dict[int, Fate] = {}
        self._waiting: deque[tuple[int, Recipient]] = deque(enumerate(order.recipients))
        self._notes: list[str] = []
        self._queue_ids: list[str] = []
        self._ended: Step | None = None
        self._transactions = 0
        self._drops = False
        self._strays = 0

    async def run(self) -> None:
        """Hold the session from its present state on; never raises for what a server does."""
        with Talk(self._client, self._limits) as talk:
            self._talk = talk
            try:
                await self._hold()
            except Ended as ended:
                await self._end(ended.step)
            self._notes += [
                f"unsolicited reply: {exchange.reply.last_line}" for exchange in talk.unasked
            ]

    def could_not(self, stage: Stage, reason: str) -> None:
        """Note that there is no session."""
        self._end_with(Step(stage, Result.NO_ANSWER, reason=reason))

    def report(self, target: str) -> Report:
        """Return what became of it until now."""
        state = self._client.state
        began = self._state_seen.opened_at if self._state_seen is not None else 0.0
        seen = self._state_seen or state
        return Report(
            target=target,
            steps=tuple(self._steps),
            fates=tuple(self._fates[number] for number in sorted(self._fates)),
            ended=self._ended,
            host=seen.host,
            peer=seen.peer,
            tls=seen.tls,
            client=self._order.client,
            login=seen.auth_mechanism or "",
            sender=self._order.sender,
            message_id=self._source.message_id,
            content=self._source.content,
            queue_ids=tuple(self._queue_ids),
            transactions=self._transactions,
            seconds=max(0.0, seen.last_at - began),
            notes=tuple(self._notes),
        )

    _state_seen: State | None = None
    _talk: Talk

    @property
    def _state(self) -> State:
        state = self._client.state
        if state.phase is not Phase.CLOSED:
            self._state_seen = state
        return state

    async def _hold(self) -> None:
        state = self._state
        if state.greeting is not None and state.identity is None and state.tls is None:
            greeting = state.greeting
            took = None if state.greeted_at is None else state.greeted_at - state.opened_at
            self._judge(Stage.GREETING, greeting, took)
        self._at(Point.CONNECT)
        if self._state.identity is None:
            await self._hello()
        self._at(Point.FIRST_EHLO)
        await self._upgrade()
        self._at(Point.EHLO)
        await self._log_in()
        self._at(Point.AUTH)
        while self._waiting:
            await self._transact()
        if self._order.quits:
            await self._quit()

    async def _hello(self) -> None:
        exchange = await self._ask(Stage.EHLO, hello_line(self._order, self._state), Point.EHLO)
        refused = result_of(exchange.reply) is Result.REFUSED
        if refused and self._state.dialect is Dialect.SMTP and not self._state.ended:
            exchange = await self._ask(Stage.EHLO, f"HELO {self._order.client}", Point.EHLO)
        self._judge(Stage.EHLO, exchange.reply, exchange.elapsed)

    async def _upgrade(self) -> None:
        wanted = upgrade(self._order, self._state)
        if wanted is Upgrade.NOT_OFFERED:
            self._cannot(
                Impossible(
                    Stage.TLS,
                    "the server does not offer STARTTLS",
                    "omit --starttls to deliver in the clear",
                )
            )
        if wanted is not Upgrade.SEND:
            return
        exchange = await self._ask(Stage.TLS, "STARTTLS", Point.STARTTLS)
        secured = self._talk.secured
        if secured is not None:
            if not secured.tls.ok:
                reason = f"TLS handshake failed: {secured.tls.reason}"
                raise Ended(Step(Stage.TLS, Result.NO_ANSWER, exchange.reply, reason))
            self._steps.append(Step(Stage.TLS, Result.ACCEPTED, seconds=secured.tls.seconds))
            self._at(Point.STARTTLS)
            await self._hello()
            return
        result = result_of(exchange.reply)
        if self._order.tls is Tls.REQUIRED or result is Result.ACCEPTED:
            reason = "" if result is not Result.ACCEPTED else "no handshake followed the 220"
            ending = Result.NO_ANSWER if result is Result.ACCEPTED else result
            raise Ended(Step(Stage.TLS, ending, exchange.reply, reason, exchange.elapsed))
        self._steps.append(Step(Stage.TLS, result, exchange.reply, "", exchange.elapsed))
        self._notes.append("STARTTLS was refused; the session continued in the clear")

    async def _log_in(self) -> None:
        if self._order.mechanism is None or self._state.authenticated is not None:
            return
        credentials = self._credentials(self._state.host)
        choice = chosen(credentials, self._order.mechanism, self._state, force=self._order.force)
        if isinstance(choice, Impossible):
            self._cannot(choice)
            return
        self._notes.append(f"AUTH {choice.mechanism}: {choice.why}")
        login = Login(choice.mechanism, credentials.user, credentials.secret)
        exchange = await self._ask(Stage.AUTH, login.line, Point.AUTH)
        while (command := login.after(exchange.reply)) is not None:
            exchange = await self._asked(Stage.AUTH, command)
        self._judge(Stage.AUTH, exchange.reply, exchange.elapsed)

    async def _transact(self) -> None:
        limit = limit_of(self._state.extensions)
        batch = [self._waiting.popleft() for _ in range(min(limit, len(self._waiting)))]
        people = tuple(recipient for _, recipient in batch)
        plan = transaction(self._order, people, self._source.content, self._state.extensions)
        if isinstance(plan, Impossible):
            self._waiting.extendleft(reversed(batch))
            self._cannot(plan)
            return
        self._transactions += 1
        numbers = [number for number, _ in batch]
        open_ = _Open(self._order, plan, numbers)
        try:
            await self._envelope(open_)
        except Ended as ended:
            self._undecided(open_, ended.step)
            raise

    async def _envelope(self, open_: _Open) -> None:
        plan = open_.plan
        lines = [(Stage.MAIL, plan.mail), *((Stage.RCPT, line) for line in plan.rcpts)]
        if plan.chunk is None:
            lines.append((Stage.DATA, "DATA"))
        for group in _groups(lines, self._order, pipelined=plan.pipelined):
            commands = [read_line(line, Phase.READY) for _, line in group]
            if group[0][0] is Stage.DATA and not open_.accepted:
                break  # alone: the answers are known by now
            await self._said(group[0][0], commands)
            for (stage, _), command in zip(group, commands, strict=True):
                point = _POINTS[stage]
                self._drop_unanswered(point, stage, last=stage is not Stage.RCPT or open_.left == 1)
                exchange = await self._heard(stage, command)
                self._take(open_, stage, exchange)
                if stage is Stage.MAIL or (stage is Stage.RCPT and not open_.left):
                    self._at(point)
        if not open_.accepted:
            await self._nobody(open_)
            return
        if plan.chunk is None:
            await self._data(open_)
        else:
            await self._chunks(open_, plan.chunk)

    def _take(self, open_: _Open, stage: Stage, exchange: Exchange) -> None:
        """Take a reply of the envelope."""
        reply, took = exchange.reply, exchange.elapsed
        match stage:
            case Stage.MAIL:
                result = result_of(reply)
                self._steps.append(Step(stage, result, reply, "", took))
                open_.mail = reply
                if result is not Result.ACCEPTED and not open_.plan.pipelined:
                    raise Ended(self._steps.pop())
            case Stage.RCPT:
                self._take_recipient(open_, reply, took)
            case _:
                open_.data = reply
                result = result_of(reply, Severity.INTERMEDIATE)
                self._steps.append(Step(stage, result, reply, "", took))

    def _take_recipient(self, open_: _Open, reply: Reply, took: float | None) -> None:
        number = open_.numbers[len(open_.plan.rcpts) - open_.left]
        open_.left -= 1
        recipient = self._order.recipients[number]
        result = result_of(reply)
        mail = open_.mail
        if mail is not None and result_of(mail) is not Result.ACCEPTED:
            return  # its own reply says only that there is no MAIL
        if may_follow(reply, len(open_.accepted)):
            self._waiting.append((number, recipient))
            return
        self._steps.append(Step(Stage.RCPT, result, reply, "", took))
        if result is Result.ACCEPTED:
            open_.accepted.append(number)
        else:
            self._fates[number] = Fate(recipient.address, result, Stage.RCPT, reply)

    async def _nobody(self, open_: _Open) -> None:
        """End a transaction without recipients: an empty message if it is wanted, else RSET."""
        if open_.mail is not None and result_of(open_.mail) is not Result.ACCEPTED:
            step = next(one for one in reversed(self._steps) if one.stage is Stage.MAIL)
            self._steps.remove(step)
            if self._state.phase is Phase.DATA:
                await self._asked(Stage.CONTENT, Command(b".\r\n", Kind.BODY, ends_data=True))
            raise Ended(step)
        if self._state.phase is Phase.DATA:  # RFC 2920 3.1: a message without text
            await self._asked(Stage.CONTENT, Command(b".\r\n", Kind.BODY, ends_data=True))
        elif self._waiting:
            await self._asked(Stage.RCPT, read_line("RSET", Phase.READY))

    async def _data(self, open_: _Open) -> None:
        reply = open_.data
        if reply is None or self._state.phase is not Phase.DATA:
            step = self._steps[-1]
            self._decide(open_, step.result, Stage.DATA, reply)
            if self._waiting or self._state.ended:
                await self._reset_or_end(step)
            return
        self._at(Point.DATA)
        ending = Command(b".\r\n", Kind.BODY, ends_data=True)
        stuffer = Stuffer()
        self._strays = len(self._talk.unasked)
        for piece in self._source.pieces():
            if piece:
                await self._said(Stage.CONTENT, [Command(stuffer.feed(piece), Kind.BODY)])
                self._spoken_already()
        await asyncio.sleep(0)
        self._spoken_already()
        await self._said(Stage.CONTENT, [ending])
        await self._message_answers(open_, ending)

    def _spoken_already(self) -> None:
        """Stop where the server has refused the message before its end: the end is not sent."""
        while self._strays < len(self._talk.unasked):
            reply = self._talk.unasked[self._strays].reply
            self._strays += 1
            result = result_of(reply)
            if result in (Result.REFUSED, Result.DEFERRED):
                self._client.abort("the server refused the message before its end")
                reason = "refused before its end, which was not sent"
                raise Ended(Step(Stage.CONTENT, result, reply, reason))

    async def _chunks(self, open_: _Open, size: int) -> None:
        """Send the message as BDAT chunks (RFC 3030 2), each behind the reply to the one before."""
        pieces = _resized(self._source.pieces(), size)
        piece: bytes | None = next(pieces, b"")
        while piece is not None:
            following = next(pieces, None)
            last = following is None
            line = read_line(f"BDAT {len(piece)}{' LAST' if last else ''}", Phase.RCPT)
            commands = [line, Command(piece, Kind.BODY)] if piece else [line]
            await self._said(Stage.CONTENT if last else Stage.DATA, commands)
            if last:
                await self._message_answers(open_, line)
                return
            exchange = await self._heard(Stage.DATA, line)
            result = result_of(exchange.reply)
            if result is not Result.ACCEPTED:
                step = Step(Stage.DATA, result, exchange.reply, "", exchange.elapsed)
                self._steps.append(step)
                self._decide(open_, result, Stage.DATA, exchange.reply)
                await self._reset_or_end(step)
                return
            piece = following

    async def _reset_or_end(self, step: Step) -> None:
        """Make room for the next transaction where the session can go on."""
        if self._state.ended or self._state.phase is Phase.CLOSED:
            self._steps.remove(step)
            raise Ended(step)
        if self._waiting:
            await self._asked(Stage.DATA, read_line("RSET", Phase.READY))

    async def _message_answers(self, open_: _Open, ending: Command) -> None:
        """Take the reply to the message: one, or in LMTP one for each recipient."""
        self._drop_unanswered(Point.DOT, Stage.CONTENT)
        numbers = list(open_.accepted)
        groups = [[one] for one in numbers] if self._state.dialect is Dialect.LMTP else [numbers]
        for group in groups:
            exchange = await self._heard(Stage.CONTENT, ending, self._limits.message)
            reply = exchange.reply
            result = of_message(reply)
            self._steps.append(Step(Stage.CONTENT, result, reply, "", exchange.elapsed))
            reason = "" if result is not Result.UNKNOWN else "the reply is not clear"
            for number in group:
                address = self._order.recipients[number].address
                self._fates[number] = Fate(address, result, Stage.CONTENT, reply, reason)
                open_.accepted.remove(number)
            if result is Result.ACCEPTED and (name := queue_id(reply.words)):
                self._queue_ids.append(name)
        self._at(Point.DOT)

    def _decide(self, open_: _Open, result: Result, stage: Stage, reply: Reply | None) -> None:
        for number in open_.accepted:
            address = self._order.recipients[number].address
            self._fates[number] = Fate(address, result, stage, reply)
        open_.accepted.clear()

    def _undecided(self, open_: _Open, step: Step) -> None:
        """Give all of a transaction that ended early the same fate."""
        for number in open_.numbers:
            if number not in self._fates:
                address = self._order.recipients[number].address
                self._fates[number] = Fate(
                    address, step.result, step.stage, step.reply, step.reason
                )

    async def _ask(self, stage: Stage, line: str, point: Point) -> Exchange:
        command = read_line(line, self._state.phase)
        await self._said(stage, [command])
        self._drop_unanswered(point, stage)
        return await self._heard(stage, command)

    async def _asked(self, stage: Stage, command: Command) -> Exchange:
        await self._said(stage, [command])
        return await self._heard(stage, command)

    async def _said(self, stage: Stage, commands: Sequence[Command]) -> None:
        try:
            await self._talk.say(commands)
        except Broken as broken:
            raise Ended(self._broken(stage, broken, sent=False)) from None

    async def _heard(self, stage: Stage, command: Command, limit: float | None = None) -> Exchange:
        try:
            exchange = await self._talk.reply(command, limit)
        except Broken as broken:
            raise Ended(self._broken(stage, broken, sent=True)) from None
        _ = self._state
        return exchange

    def _broken(self, stage: Stage, broken: Broken, *, sent: bool) -> Step:
        """Return the step that a session broke off in: behind the whole message nobody knows."""
        unknown = stage is Stage.CONTENT and sent
        result = Result.UNKNOWN if unknown else Result.NO_ANSWER
        return Step(stage, result, self._stray(broken), broken.reason)

    def _stray(self, broken: Broken) -> Reply | None:
        """Return the reply that a server closed with and that answers nothing, such as a 421."""
        unasked = self._talk.unasked
        return unasked[-1].reply if unasked and broken.loss is Loss.CLOSED else None

    def _judge(self, stage: Stage, reply: Reply, took: float | None) -> None:
        """Note a step that has to be accepted for the session to go on."""
        step = Step(stage, result_of(reply), reply, "", took)
        if step.result is not Result.ACCEPTED:
            raise Ended(step)
        self._steps.append(step)

    def _cannot(self, why: Impossible) -> None:
        reason = f"{why.reason}; {why.hint}" if why.hint else why.reason
        raise Ended(Step(why.stage, Result.NOT_SENT, reason=reason))

    def _at(self, point: Point) -> None:
        """Stop here where that was asked for, with a QUIT or without."""
        stop = self._order.stop
        if stop is None or stop.point is not point or stop.ending is Ending.DROP_UNANSWERED:
            return
        self._drops = stop.ending is Ending.DROP
        raise Ended(Step(_STAGES[point], Result.STOPPED, reason=f"stopped after {point.value}"))

    def _drop_unanswered(self, point: Point, stage: Stage, *, last: bool = True) -> None:
        stop = self._order.stop
        if stop is None or stop.ending is not Ending.DROP_UNANSWERED:
            return
        first = stage is Stage.EHLO and not any(one.stage is Stage.EHLO for one in self._steps)
        meant = Point.FIRST_EHLO if first else point
        if stop.point is meant and last:
            self._drops = True
            told = f"closed before the reply to {point.value}"
            raise Ended(Step(stage, Result.STOPPED, reason=told))

    async def _end(self, step: Step) -> None:
        """End the session behind a step that ended it, in order where that can be."""
        _ = self._state
        self._end_with(step)
        broken = step.result in (Result.NO_ANSWER, Result.UNKNOWN)
        if self._drops:
            await self._client.close("closed as asked")
        elif self._order.quits and not (broken and step.reply is None):
            await self._quit()

    def _end_with(self, step: Step) -> None:
        self._steps.append(step)
        self._ended = step
        for number, recipient in enumerate(self._order.recipients):
            if number not in self._fates:
                self._fates[number] = Fate(
                    recipient.address, step.result, step.stage, step.reply, step.reason
                )

    async def _quit(self) -> None:
        """Say QUIT; what comes of it changes nothing any more."""
        if self._state.phase in (Phase.CLOSED, Phase.DATA, Phase.BDAT) or self._state.ended:
            return
        try:
            await self._talk.ask(read_line("QUIT", Phase.READY))
        except Broken:
            return


class _Open:
    """A transaction under way: who is in it, and what was answered."""

    def __init__(self, order: Order, plan: Transaction, numbers: list[int]) -> None:
        self.plan, self.numbers = plan, numbers
        self.left = len(plan.rcpts)
        """How many recipients have no answer yet."""
        self.accepted: list[int] = []
        self.mail: Reply | None = None
        self.data: Reply | None = None
        self.order = order


_POINTS = {Stage.MAIL: Point.MAIL, Stage.RCPT: Point.RCPT, Stage.DATA: Point.DATA}
_STAGES = {
    Point.CONNECT: Stage.GREETING, Point.FIRST_EHLO: Stage.EHLO, Point.STARTTLS: Stage.TLS,
    Point.EHLO: Stage.EHLO, Point.AUTH: Stage.AUTH, Point.MAIL: Stage.MAIL,
    Point.RCPT: Stage.RCPT, Point.DATA: Stage.DATA, Point.DOT: Stage.CONTENT,
}  # fmt: skip


def _groups(
    lines: Sequence[tuple[Stage, str]], order: Order, *, pipelined: bool
) -> Iterator[list[tuple[Stage, str]]]:
    """Return the lines of an envelope as they go out together; nothing goes past a stop."""
    if not pipelined:
        yield from ([line] for line in lines)
        return
    group: list[tuple[Stage, str]] = []
    for line in lines:
        stops = order.stop is not None and _POINTS[line[0]] is order.stop.point
        ahead = group and order.stop is not None and order.stop.point is _POINTS[group[-1][0]]
        if len(group) == TOGETHER or (ahead and group[-1][0] is not line[0]):
            yield group
            group = []
        group.append(line)
        if stops and line[0] is Stage.MAIL:
            yield group
            group = []
    if group:
        yield group


def _resized(pieces: Iterator[bytes], size: int) -> Iterator[bytes]:
    """Return octets in pieces of one size, the last one shorter."""
    kept = bytearray()
    for piece in pieces:
        kept += piece
        while len(kept) >= size:
            yield bytes(kept[:size])
            del kept[:size]
    if kept:
        yield bytes(kept)
