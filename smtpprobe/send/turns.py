"""What every step of a delivery does: send, hear, note what was heard, stop where that is asked."""

from __future__ import annotations

from collections.abc import Sequence

from smtpprobe.client import Client
from smtpprobe.protocol.command import Command, read_line
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import Reply
from smtpprobe.protocol.session import FAREWELLS, Exchange, State
from smtpprobe.send.judge import Result, Step, result_of
from smtpprobe.send.ledger import Ledger
from smtpprobe.send.order import Ending, Order, Point, Stage
from smtpprobe.send.plan import Impossible
from smtpprobe.send.talk import Broken, Loss, Talk

STAGES = {
    Point.CONNECT: Stage.GREETING, Point.FIRST_EHLO: Stage.EHLO, Point.STARTTLS: Stage.TLS,
    Point.EHLO: Stage.EHLO, Point.AUTH: Stage.AUTH, Point.MAIL: Stage.MAIL,
    Point.RCPT: Stage.RCPT, Point.DATA: Stage.DATA, Point.DOT: Stage.CONTENT,
}  # fmt: skip
"""The stage that each point belongs to."""


NO_PROXY_HEADER = "the server does not expect a PROXY header; omit --proxy-protocol on this port"


class Ended(Exception):  # noqa: N818 - names the outcome
    """The session ends here: as asked, refused, or broken off, which `loss` tells how."""

    def __init__(self, step: Step, loss: Loss | None = None) -> None:
        super().__init__(step.reason)
        self.step, self.loss = step, loss


class Turns:
    """One session's turns. `drops` means that it is to be closed without QUIT.

    `adrift` means the same of a session whose replies no longer tell what they answer.
    """

    def __init__(self, client: Client, talk: Talk, order: Order, ledger: Ledger) -> None:
        self.client, self.talk, self.order, self.ledger = client, talk, order, ledger
        self.drops = self.adrift = False

    @property
    def state(self) -> State:
        """The state of the session; while it is open, it is noted too."""
        state = self.client.state
        if state.phase is not Phase.CLOSED:
            self.ledger.state = state
        return state

    async def ask(self, stage: Stage, line: str, point: Point) -> Exchange:
        """Send a line and return its reply, unless the session is dropped in between.

        Raises:
            Ended: it was, or there is no reply.
        """
        command = read_line(line, self.state.phase)
        await self.say(stage, [command])
        self.drop_unanswered(point, stage)
        return await self.hear(stage, command)

    async def asked(self, stage: Stage, command: Command) -> Exchange:
        """Send a command and return its reply.

        Raises:
            Ended: there is none.
        """
        await self.say(stage, [command])
        return await self.hear(stage, command)

    async def say(self, stage: Stage, commands: Sequence[Command]) -> None:
        """Send commands in one write; a message once begun is seen to by its sender.

        Raises:
            Ended: they do not go out, or must not, see `in_step`.
        """
        if stage is not Stage.CONTENT:
            self.in_step(stage)
        try:
            await self.talk.say(commands)
        except Broken as broken:
            if broken.loss is Loss.STUCK:  # a close would still hand over what waits
                _ = self.state
                self.client.abort(broken.reason)
            raise Ended(self._broken(stage, broken, sent=False)) from None

    async def hear(self, stage: Stage, command: Command, limit: float | None = None) -> Exchange:
        """Return the next reply to a command.

        Raises:
            Ended: there is none.
        """
        _ = self.state
        try:
            exchange = await self.talk.reply(command, limit)
        except Broken as broken:
            raise Ended(self._broken(stage, broken, sent=True), broken.loss) from None
        _ = self.state
        return exchange

    def in_step(self, stage: Stage) -> None:
        """See that no reply came unasked: the ones after it would be taken for other commands'.

        Raises:
            Ended: one did; nothing more is to be sent, QUIT neither.
        """
        if self.talk.unasked:
            raise self.out_of_step(stage, self.talk.unasked[0])

    def out_of_step(self, stage: Stage, exchange: Exchange) -> Ended:
        """Return the end of a session in which a reply does not answer what it seems to."""
        self.adrift = True
        if self.client.options.proxy_header is not None and exchange.before.identity is None:
            reason = NO_PROXY_HEADER
        elif exchange.reply.code in FAREWELLS:
            reason = "the server ends the session"
        else:
            reason = "unsolicited reply: it is unsure which command each further one answers"
        return Ended(Step(stage, Result.NO_ANSWER, exchange.reply, reason))

    def judge(self, stage: Stage, reply: Reply, took: float | None) -> None:
        """Note a step that has to be accepted for the session to go on.

        Raises:
            Ended: it was not.
        """
        step = Step(stage, result_of(reply), reply, "", took)
        self.ledger.note(step)
        if step.result is not Result.ACCEPTED:
            raise Ended(step)

    def cannot(self, why: Impossible) -> Ended:
        """Return the end of a session that cannot be given what was asked for."""
        reason = f"{why.reason}; {why.hint}" if why.hint else why.reason
        return Ended(Step(why.stage, Result.NOT_SENT, reason=reason))

    def at(self, point: Point) -> None:
        """Stop here where that was asked for, with a QUIT or without.

        Raises:
            Ended: it was.
        """
        stop = self.order.stop
        if stop is None or stop.point is not point or stop.ending is Ending.DROP_UNANSWERED:
            return
        if point is not Point.DOT:
            self.in_step(STAGES[point])
        self.drops = stop.ending is Ending.DROP
        raise Ended(Step(STAGES[point], Result.STOPPED, reason=f"stopped after {point.value}"))

    def drop_unanswered(self, point: Point, stage: Stage) -> None:
        """Stop before the reply where that was asked for.

        Raises:
            Ended: it was.
        """
        stop = self.order.stop
        if stop is None or stop.ending is not Ending.DROP_UNANSWERED:
            return
        first = stage is Stage.EHLO and self.ledger.first(Stage.EHLO)
        if stop.point is (Point.FIRST_EHLO if first else point):
            self.drops = True
            told = f"closed before the reply to {point.value}"
            raise Ended(Step(stage, Result.STOPPED, reason=told))

    def _broken(self, stage: Stage, broken: Broken, *, sent: bool) -> Step:
        """Return the step in which a session broke off; unknown after the whole message."""
        unknown = stage is Stage.CONTENT and sent
        result = Result.UNKNOWN if unknown else Result.NO_ANSWER
        return Step(stage, result, self._stray(broken), broken.reason)

    def _stray(self, broken: Broken) -> Reply | None:
        """Return the unsolicited reply that a server closed with, such as a 421."""
        unasked = self.talk.unasked
        return unasked[-1].reply if unasked and broken.loss is Loss.CLOSED else None
