"""One transaction: the envelope, pipelined or in lockstep, and the message by DATA or BDAT."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator, Sequence

from smtpprobe.knowledge.rules.queue_id import queue_id
from smtpprobe.protocol.command import Command, Kind, read_line, repeated_line
from smtpprobe.protocol.phase import Dialect, Phase
from smtpprobe.protocol.reply import Reply, Severity
from smtpprobe.protocol.session import PRDR_BEGINS, Exchange
from smtpprobe.send.judge import Result, Step, may_follow, of_message, paired, result_of
from smtpprobe.send.message.content import Stuffer
from smtpprobe.send.message.source import PIECE, Source
from smtpprobe.send.order import Order, Point, Recipient, Stage
from smtpprobe.send.plan import TOGETHER, Transaction
from smtpprobe.send.talk import Loss
from smtpprobe.send.turns import Ended, Turns

Waiting = deque[tuple[int, Recipient]]
"""Recipients that still need a transaction, each with its number in the order."""

_POINTS = {Stage.MAIL: Point.MAIL, Stage.RCPT: Point.RCPT, Stage.DATA: Point.DATA}


class Transfer:
    """A transaction under way, for the recipients of these numbers.

    Those for whom it has no room are put into `waiting` again.
    """

    def __init__(
        self,
        turns: Turns,
        plan: Transaction,
        numbers: Sequence[int],
        source: Source,
        waiting: Waiting,
    ) -> None:
        self._turns, self._plan, self._source, self._waiting = turns, plan, source, waiting
        self._numbers = list(numbers)
        self._unanswered = deque(numbers)
        self._accepted: list[int] = []
        self._mail: Step | None = None
        self._data: Step | None = None
        self._strays = 0

    async def run(self) -> None:
        """Hold the transaction; afterwards the session can have another.

        Raises:
            Ended: the session ends with it; everybody in it has a fate.
        """
        try:
            await self._envelope()
            if self._mail is not None and self._mail.result is not Result.ACCEPTED:
                await self._end(self._mail)
            elif not self._accepted:
                await self._leave(None)
            elif self._plan.chunk is not None:
                await self._chunks(self._plan.chunk)
            elif self._turns.state.phase is Phase.DATA:
                await self._text()
            elif self._data is not None:
                self._turns.ledger.decide(self._accepted, self._data)
                await self._leave(self._data)
        except Ended as ended:
            self._turns.ledger.decide(self._numbers, ended.step)
            if ended.step.result is Result.STOPPED and ended.step.stage is not Stage.MAIL:
                left = [number for number, _ in self._waiting]
                self._turns.ledger.decide(left, _NOT_ASKED)
            raise

    async def _envelope(self) -> None:
        plan, turns = self._plan, self._turns
        lines = [(Stage.MAIL, plan.mail), *((Stage.RCPT, line) for line in plan.rcpts)]
        if plan.chunk is None:
            lines.append((Stage.DATA, "DATA"))
        for group in _groups(lines, turns.order, pipelined=plan.pipelined):
            if group[0][0] is Stage.DATA and not self._accepted:
                return  # alone: every answer is known by now
            commands = [repeated_line(line, Phase.READY) for _, line in group]
            await turns.say(group[0][0], commands)
            stages = [stage for stage, _ in group]
            heard: list[Exchange] = []
            try:
                await self._hear(stages, commands, heard)
            except Ended as ended:
                self._pair(stages, heard, silent=ended.loss is Loss.SILENT)
                raise
            self._pair(stages, heard, silent=False)
            stage = stages[-1]
            if self._mail is not None and self._mail.result is not Result.ACCEPTED:
                return
            if stage is Stage.MAIL or (stage is Stage.RCPT and not self._unanswered):
                turns.at(_POINTS[stage])

    async def _hear(
        self, stages: Sequence[Stage], commands: Sequence[Command], heard: list[Exchange]
    ) -> None:
        """Add the replies to a group to `heard`, as far as they come.

        Raises:
            Ended: one does not come, or the session is dropped before it.
        """
        turns, left = self._turns, len(self._unanswered)
        for stage, command in zip(stages, commands, strict=True):
            if stage is not Stage.RCPT or left == 1:
                turns.drop_unanswered(_POINTS[stage], stage)
            left -= stage is Stage.RCPT
            heard.append(await turns.hear(stage, command))
            if heard[-1].after.ended:
                return

    def _pair(self, stages: Sequence[Stage], heard: Sequence[Exchange], *, silent: bool) -> None:
        """Take the replies to a group, each for the command it answers.

        Raises:
            Ended: that is in doubt, or the server is closing.
        """
        replies = [exchange.reply for exchange in heard]
        if paired(stages, replies, silent=silent):
            for stage, exchange in zip(stages, heard, strict=False):
                self._take(stage, exchange)
            return
        came = f"{len(replies)} {'reply' if len(replies) == 1 else 'replies'}"
        if len(replies) == len(stages):
            came = "replies that do not fit them"
        reason = f"{len(stages)} commands went out together and {came} came: {_UNPAIRED}"
        for stage, exchange in zip(stages, heard, strict=False):
            step = Step(stage, Result.NO_ANSWER, exchange.reply, reason, exchange.elapsed)
            self._turns.ledger.note(step)
        self._turns.adrift = True
        raise Ended(Step(Stage.RCPT, Result.NO_ANSWER, reason=reason))

    def _take(self, stage: Stage, exchange: Exchange) -> None:
        """Take a reply of the envelope.

        Raises:
            Ended: the server is closing.
        """
        reply = exchange.reply
        wanted = Severity.INTERMEDIATE if stage is Stage.DATA else Severity.SUCCESS
        step = Step(stage, result_of(reply, wanted), reply, "", exchange.elapsed)
        if stage is Stage.RCPT:
            self._take_recipient(step)
        else:
            self._turns.ledger.note(step)
            if stage is Stage.MAIL:
                self._mail = step
            else:
                self._data = step
        if exchange.after.ended and step.result is not Result.ACCEPTED:
            raise Ended(step)

    def _take_recipient(self, step: Step) -> None:
        number = self._unanswered.popleft()
        if self._mail is not None and self._mail.result is not Result.ACCEPTED:
            return  # its own reply says only that there is no MAIL
        another = self._turns.order.stop is None  # else no transaction comes after this one
        if another and step.reply is not None and may_follow(step.reply, len(self._accepted)):
            self._waiting.append((number, self._turns.order.recipients[number]))
            return
        self._turns.ledger.note(step)
        if step.result is Result.ACCEPTED:
            self._accepted.append(number)
            self._turns.ledger.accepted(number, step)
        else:
            self._turns.ledger.decide([number], step)

    async def _end(self, step: Step) -> None:
        """End the session: no sender, so no transaction.

        Raises:
            Ended: always.
        """
        await self._leave(step)
        raise Ended(step)

    async def _leave(self, step: Step | None) -> None:
        """Leave the transaction without a message: an empty one where it is wanted, else RSET.

        Raises:
            Ended: the session cannot go on.
        """
        state = self._turns.state
        if step is not None and (state.ended or state.phase is Phase.CLOSED):
            raise Ended(step)
        if state.phase is Phase.DATA:  # RFC 2920 3.1: all recipients were refused, and 354 came
            await self._turns.asked(Stage.DATA, _DOT)
        elif self._waiting:
            await self._turns.asked(Stage.DATA, read_line("RSET", Phase.READY))

    async def _text(self) -> None:
        """Send the message after the 354; its end goes out with its last piece."""
        turns = self._turns
        turns.in_step(Stage.DATA)
        turns.at(Point.DATA)
        self._strays = turns.talk.strays.count
        ending = Command(_DOT.raw, Kind.BODY, ends_data=True)
        piece: bytes | None = None
        for following in _stuffed(self._source.pieces()):
            if piece is not None:
                await turns.say(Stage.CONTENT, [Command(piece, Kind.BODY)])
                await asyncio.sleep(0)
                self._refused_already()
            piece = following
        last = [] if piece is None else [Command(piece, Kind.BODY)]
        await turns.say(Stage.CONTENT, [*last, ending])
        await self._answers(ending)

    def _refused_already(self) -> None:
        """Stop where the server has refused the message before its end: the end is not sent.

        Raises:
            Ended: it has.
        """
        strays = self._turns.talk.strays
        for exchange in strays.kept[max(0, self._strays - strays.left_out) :]:
            result = result_of(exchange.reply)
            if result in (Result.REFUSED, Result.DEFERRED):
                self._turns.client.abort("the server refused the message before its end")
                reason = "refused before its end, which was not sent"
                raise Ended(Step(Stage.CONTENT, result, exchange.reply, reason))

    async def _chunks(self, size: int) -> None:
        """Send the message as BDAT chunks (RFC 3030 2), each behind the reply to the one before."""
        turns = self._turns
        pieces = _resized(self._source.pieces(), size)
        piece: bytes | None = next(pieces, b"")
        while piece is not None:
            following = next(pieces, None)
            last = following is None
            turns.in_step(Stage.DATA)
            line = read_line(f"BDAT {len(piece)}{' LAST' if last else ''}", Phase.RCPT)
            commands = [line, Command(piece, Kind.BODY)] if piece else [line]
            await turns.say(Stage.CONTENT if last else Stage.DATA, commands)
            if last:
                await self._answers(line)
                return
            exchange = await turns.hear(Stage.DATA, line)
            step = Step(Stage.DATA, result_of(exchange.reply), exchange.reply, "", exchange.elapsed)
            if step.result is not Result.ACCEPTED:
                turns.ledger.note(step)
                turns.ledger.decide(self._accepted, step)
                await self._leave(step)
                return
            piece = following

    async def _answers(self, ending: Command) -> None:
        """Take the reply to the message: one, or in LMTP one for each recipient."""
        turns = self._turns
        turns.drop_unanswered(Point.DOT, Stage.CONTENT)
        limit = turns.talk.limits.message
        if turns.state.dialect is Dialect.LMTP:
            for number in self._accepted:
                exchange = await turns.hear(Stage.CONTENT, ending, limit)
                self._answered([number], exchange.reply, exchange.elapsed)
        else:
            exchange = await turns.hear(Stage.CONTENT, ending, limit)
            if exchange.reply.code == PRDR_BEGINS:
                exchange = await self._of_each(ending, limit)
            self._answered(self._accepted, exchange.reply, exchange.elapsed)
        turns.at(Point.DOT)

    async def _of_each(self, ending: Command, limit: float) -> Exchange:
        """Take the reply for each recipient (PRDR); return that for all, which follows.

        A recipient that was refused is decided by its own reply, the others by the last one.
        """
        turns, refused = self._turns, []
        for number in self._accepted:
            exchange = await turns.hear(Stage.CONTENT, ending, limit)
            step = Step(Stage.CONTENT, of_message(exchange.reply), exchange.reply)
            if step.result in (Result.REFUSED, Result.DEFERRED):
                turns.ledger.note(step)
                turns.ledger.decide([number], step)
                refused.append(number)
        self._accepted = [number for number in self._accepted if number not in refused]
        return await turns.hear(Stage.CONTENT, ending, limit)

    def _answered(self, numbers: Sequence[int], reply: Reply, took: float | None) -> None:
        result = of_message(reply)
        reason = "" if result is not Result.UNKNOWN else "the reply is not clear"
        step = Step(Stage.CONTENT, result, reply, reason, took)
        self._turns.ledger.note(step)
        self._turns.ledger.decide(numbers, step)
        if result is Result.ACCEPTED and (name := queue_id(reply.words)):
            self._turns.ledger.queue_ids.append(name)


_UNPAIRED = "it is unsure which answers which; --no-pipeline shows it"

_NOT_ASKED = Step(
    Stage.RCPT, Result.NO_ANSWER, reason="not asked: there was no room for it in the transaction"
)
"""A recipient of a later transaction, where the session was stopped in one before."""

_DOT = Command(b".\r\n", Kind.BODY, ends_data=True)


def _groups(
    lines: Sequence[tuple[Stage, str]], order: Order, *, pipelined: bool
) -> Iterator[list[tuple[Stage, str]]]:
    """Return the lines of an envelope as they go out together; no group goes past a stop."""
    group: list[tuple[Stage, str]] = []
    for line in lines:
        stops = order.stop is not None and group and _POINTS[group[-1][0]] is order.stop.point
        new = stops and group[-1][0] is not line[0]
        if group and (not pipelined or new or len(group) == TOGETHER):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _stuffed(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Return octets with doubled dots, small pieces joined: none is empty."""
    stuffer, kept = Stuffer(), b""
    for piece in pieces:
        if kept and len(kept) + len(piece) > PIECE:
            yield kept
            kept = b""
        kept += stuffer.feed(piece)
    if kept:
        yield kept


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
