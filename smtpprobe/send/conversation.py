"""A delivery over a live session, wherever it stands: EHLO, TLS, AUTH, transactions, QUIT.

It reads from top to bottom as the session goes; what is to be said is decided in `plan`, what came
of it is judged in `judge`. The client is never connected again: a message of which nothing was
heard may have been accepted.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from smtpprobe.client import Client
from smtpprobe.errors import UsageError
from smtpprobe.login.responders import login as login_by
from smtpprobe.protocol.auth.login import Credentials
from smtpprobe.protocol.auth.mechanisms import MECHANISMS, Secret
from smtpprobe.protocol.auth.sasl import Login, Manner
from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.phase import Dialect, Phase
from smtpprobe.protocol.session import State
from smtpprobe.protocol.verbs import Context
from smtpprobe.send.judge import INTERRUPTED, Report, Result, Step, result_of
from smtpprobe.send.ledger import Ledger
from smtpprobe.send.login import chosen
from smtpprobe.send.message.source import Source
from smtpprobe.send.order import Order, Point, Stage, Tls
from smtpprobe.send.plan import (
    Impossible,
    Upgrade,
    hello_line,
    limit_of,
    transaction,
    upgrade,
)
from smtpprobe.send.talk import Broken, Limits, Talk
from smtpprobe.send.transfer import Transfer, Waiting
from smtpprobe.send.turns import Ended, Turns

QUIT_SECONDS = 5.0
"""How long is waited for the reply to QUIT at most, which changes nothing any more."""


PROXY_SECONDS = 1.0
"""How long is waited behind the greeting for what a server says that took a PROXY header for a
command; the header itself gets no reply (HAProxy, The PROXY protocol, section 2).
"""

AskCredentials = Callable[[State, Secret | None], Credentials]
"""Gives the credentials for a session, of the kind that its mechanism needs if that is known."""


class Delivery:
    """One order on one client. `run` it once; the report can be had at any time.

    `credentials` is asked only where a login comes.
    """

    def __init__(
        self,
        client: Client,
        order: Order,
        source: Source,
        limits: Limits,
        credentials: AskCredentials,
    ) -> None:
        self._client, self._order, self._source = client, order, source
        self._limits, self._credentials = limits, credentials
        self._ledger = Ledger(order)
        self._waiting: Waiting = deque(enumerate(order.recipients))

    async def run(self) -> None:
        """Hold the session from its present state on; never raises for what a server does."""
        with Talk(self._client, self._limits) as talk:
            turns = Turns(self._client, talk, self._order, self._ledger)
            try:
                await self._hold(turns)
            except Ended as ended:
                await self._end(turns, ended.step)
            self._ledger.notes += _of_strays(talk)

    def could_not(self, stage: Stage, reason: str, *, cut: bool = False) -> None:
        """Note that there is no session, or that the user ended it before it began."""
        self._ledger.end(Step(stage, Result.NO_ANSWER, reason=reason, cut=cut))

    def interrupted(self) -> None:
        """Note that the user has stopped it: whether a message that is out arrived is unknown."""
        out = any(one.command.context in _ENDS for one in self._client.state.pending)
        result = Result.UNKNOWN if out else Result.NO_ANSWER
        stage = Stage.CONTENT if out else self._stage()
        self._ledger.end(Step(stage, result, reason=INTERRUPTED, cut=True))

    def _stage(self) -> Stage:
        """Return the stage that the session is in: that of the reply that is due, if one is."""
        state = self._client.state
        due = _STAGE_OF_COMMAND.get(state.pending[0].command.context) if state.pending else None
        return due or _STAGE_OF_PHASE.get(state.phase) or self._ledger.stage

    def report(self, target: str) -> Report:
        """Return what became of it until now."""
        return self._ledger.report(target, self._source.message_id, self._source.content)

    async def _hold(self, turns: Turns) -> None:
        state = turns.state
        self._ledger.began = state.last_at if state.commands else state.opened_at
        if state.greeting is not None and state.identity is None and not state.commands:
            took = None if state.greeted_at is None else state.greeted_at - state.opened_at
            headed = self._client.options.proxy_header is not None
            if headed and result_of(state.greeting) is not Result.ACCEPTED:
                turns.adrift = True  # the greeting may follow yet
                self._ledger.notes.append("the server may not expect a PROXY header on this port")
            turns.judge(Stage.GREETING, state.greeting, took)
            if headed:
                await turns.talk.settle(PROXY_SECONDS)
        turns.at(Point.CONNECT)
        if state.identity is None:
            await self._hello(turns)
        turns.at(Point.FIRST_EHLO)
        await self._upgrade(turns)
        turns.at(Point.EHLO)
        await self._log_in(turns)
        turns.at(Point.AUTH)
        if turns.state.sender is not None:  # a transaction before this one found no recipient
            await turns.asked(Stage.MAIL, read_line("RSET", Phase.READY))
        while self._waiting:
            await self._transact(turns)
        if self._order.quits:
            await self._quit(turns)

    async def _hello(self, turns: Turns) -> None:
        exchange = await turns.ask(Stage.EHLO, hello_line(self._order, turns.state), Point.EHLO)
        refused = result_of(exchange.reply) is Result.REFUSED
        headed = self._client.options.proxy_header is not None
        if refused and headed and self._ledger.first(Stage.EHLO):
            raise turns.out_of_step(Stage.EHLO, exchange)  # the refusal is the header's
        if refused and turns.state.dialect is Dialect.SMTP and not turns.state.ended:
            exchange = await turns.ask(Stage.EHLO, f"HELO {self._order.client}", Point.EHLO)
        turns.judge(Stage.EHLO, exchange.reply, exchange.elapsed)

    async def _upgrade(self, turns: Turns) -> None:
        wanted = upgrade(self._order, turns.state)
        if wanted is Upgrade.NOT_OFFERED:
            raise turns.cannot(_NO_STARTTLS)
        if wanted is not Upgrade.SEND:
            return
        exchange = await turns.ask(Stage.TLS, "STARTTLS", Point.STARTTLS)
        secured, reply = turns.talk.secured, exchange.reply
        if secured is not None and not secured.tls.ok:
            reason = f"TLS handshake failed: {secured.tls.reason}"
            raise Ended(Step(Stage.TLS, Result.NO_ANSWER, reply, reason))
        if secured is not None:
            self._ledger.note(Step(Stage.TLS, Result.ACCEPTED, seconds=secured.tls.seconds))
            if secured.surplus:
                self._ledger.notes.append(
                    f"{len(secured.surplus)} octets came in plaintext after the 220 to STARTTLS: "
                    "not taken as an answer"
                )
            turns.at(Point.STARTTLS)
            await self._hello(turns)
            return
        result = result_of(reply)
        if result is Result.ACCEPTED:
            reason = "no handshake followed the reply"
            raise Ended(Step(Stage.TLS, Result.NO_ANSWER, reply, reason, exchange.elapsed))
        step = Step(Stage.TLS, result, reply, "", exchange.elapsed)
        if self._order.tls is Tls.REQUIRED:
            raise Ended(step)
        self._ledger.note(step)
        self._ledger.notes.append("STARTTLS was refused; the session continued in the clear")

    async def _log_in(self, turns: Turns) -> None:
        if self._order.mechanism is None or turns.state.authenticated is not None:
            return
        row = MECHANISMS.get(self._order.mechanism)
        credentials = self._credentials(turns.state, None if row is None else row.secret)
        choice = chosen(
            credentials,
            self._order.mechanism,
            turns.state,
            force=self._order.force,
            declined=self._order.tls is Tls.NEVER,
        )
        if isinstance(choice, Impossible):
            raise turns.cannot(choice)
        self._ledger.notes.append(f"AUTH {choice.mechanism}: {choice.why}")
        login = self._login(turns, choice.mechanism, credentials)
        exchange = await turns.ask(Stage.AUTH, login.line, Point.AUTH)
        while (command := login.after(exchange.reply)) is not None:
            exchange = await turns.asked(Stage.AUTH, command)
        if said := f"given up: {login.given_up}" if login.given_up else login.verdict:
            self._ledger.notes.append(f"AUTH {login.name}: {said}")
        turns.judge(Stage.AUTH, exchange.reply, exchange.elapsed)
        if login.doubt:
            raise turns.cannot(Impossible(Stage.AUTH, login.doubt, "--force accepts the login"))

    def _login(self, turns: Turns, mechanism: str, credentials: Credentials) -> Login:
        state, manner = turns.state, Manner(weak=self._order.force)
        announced = state.extensions.auth_mechanisms
        try:
            return login_by(mechanism, credentials, state.tls, announced, manner)
        except UsageError as error:
            raise turns.cannot(Impossible(Stage.AUTH, error.message, error.hint)) from None

    async def _transact(self, turns: Turns) -> None:
        limit = limit_of(turns.state.extensions)
        batch = [self._waiting.popleft() for _ in range(min(limit, len(self._waiting)))]
        people = tuple(recipient for _, recipient in batch)
        plan = transaction(self._order, people, self._source.content, turns.state.extensions)
        if isinstance(plan, Impossible):
            raise turns.cannot(plan)
        self._ledger.transactions += 1
        numbers = [number for number, _ in batch]
        await Transfer(turns, plan, numbers, self._source, self._waiting).run()

    async def _end(self, turns: Turns, step: Step) -> None:
        """End the session behind a step that ended it, in order where that can be."""
        _ = turns.state
        self._ledger.end(step)
        broken = step.result in (Result.NO_ANSWER, Result.UNKNOWN) and step.reply is None
        if turns.drops:
            await self._client.close("closed as asked")
        elif turns.adrift:
            if self._order.quits:  # at the prompt it is left to who holds the session
                await self._client.close("replies out of step")
        elif self._order.quits and not broken:
            await self._quit(turns)

    async def _quit(self, turns: Turns) -> None:
        """Send QUIT if the server listens; its reply changes nothing any more."""
        state = turns.state
        if state.phase in (Phase.CLOSED, Phase.DATA, Phase.BDAT) or state.ended:
            return
        try:
            await turns.talk.ask(
                read_line("QUIT", Phase.READY), min(QUIT_SECONDS, self._limits.reply)
            )
        except Broken:
            return


_ENDS = (Context.DATA_END, Context.BDAT_LAST)

_STAGE_OF_COMMAND = {
    Context.EHLO: Stage.EHLO, Context.HELO: Stage.EHLO, Context.LHLO: Stage.EHLO,
    Context.STARTTLS: Stage.TLS, Context.AUTH: Stage.AUTH, Context.AUTH_STEP: Stage.AUTH,
    Context.MAIL: Stage.MAIL, Context.RCPT: Stage.RCPT, Context.DATA: Stage.DATA,
    Context.BDAT: Stage.DATA, Context.QUIT: Stage.QUIT,
}  # fmt: skip

_STAGE_OF_PHASE = {
    Phase.GREETING: Stage.GREETING, Phase.TLS: Stage.TLS, Phase.AUTH: Stage.AUTH,
    Phase.DATA: Stage.CONTENT, Phase.BDAT: Stage.CONTENT,
}  # fmt: skip
"""Where a session is without a reply being due; in any other phase it is where it was last."""

_NO_STARTTLS = Impossible(
    Stage.TLS, "the server does not offer STARTTLS", "omit --starttls to deliver in the clear"
)


def _of_strays(talk: Talk) -> list[str]:
    """Return a note for each unsolicited reply, and how many more there were."""
    *first, latest = [f"unsolicited reply: {one.reply.last_line}" for one in talk.unasked] or [""]
    more = talk.strays.left_out
    counted = [f"{more:,} more unsolicited replies, before the latest"] if more else []
    return [*first, *counted, latest] if latest else []
