"""The login of a submission: once the session is ready for MAIL, by the rules of `send`.

Credentials go out only as a sender would let them: never in the clear, and to a host that refused
them not a second time, as servers count failures.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from smtpprobe.errors import UsageError
from smtpprobe.login.responders import login as login_by
from smtpprobe.protocol.auth.login import Credentials
from smtpprobe.protocol.auth.sasl import Login
from smtpprobe.protocol.command import Command, read_line
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.redact import Secrets
from smtpprobe.protocol.redact_events import learn_from
from smtpprobe.protocol.reply import Reply
from smtpprobe.send.login import chosen
from smtpprobe.send.order import Stage
from smtpprobe.send.plan import Impossible
from smtpprobe.starttls.collect.smtp_session import CLOSING, SmtpSession, said
from smtpprobe.starttls.facts import Answer
from smtpprobe.why.collect.notes import Notes
from smtpprobe.why.collect.seat import Seat
from smtpprobe.why.facts import Evidence, Fact, Purpose, Trial, Weight


@dataclass(slots=True)
class Account:
    """Who logs in. `mechanism` is empty for the strongest that is announced.

    `secrets` are hidden wherever something is shown; those that go out are added. `refused` holds
    once a login was; `turn` lets one session log in at a time, so that no second one is refused.
    """

    credentials: Credentials
    mechanism: str = ""
    secrets: Secrets = field(default_factory=Secrets)
    refused: bool = False
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        """Keep the secret out of everything that is shown."""
        self.secrets.add(self.credentials.secret)


def overhear(account: Account | None, session: SmtpSession) -> None:
    """Have the secrets know what the server says before any of them goes out: that stays."""
    if account is None:
        return
    for event in session.client.events:
        learn_from(event, account.secrets)
    session.client.subscribe(lambda happened: learn_from(happened.event, account.secrets))


async def log_in(account: Account, seat: Seat, session: SmtpSession, notes: Notes) -> bool:
    """Log in and tell what came of it; return whether the session goes on."""
    async with account.turn:
        if account.refused:
            notes.unknown("dialogue.login", "refused already: not tried again", seat.about)
            return False
        return await _Attempt(account, seat, session, notes).made()


class _Attempt:
    def __init__(self, account: Account, seat: Seat, session: SmtpSession, notes: Notes) -> None:
        self._account, self._seat = account, seat
        self._session, self._notes = session, notes

    async def made(self) -> bool:
        account, state = self._account, self._session.client.state
        choice = chosen(account.credentials, account.mechanism, state, force=False)
        if isinstance(choice, Impossible):
            return self._cannot(choice.reason)
        try:
            login = login_by(
                choice.mechanism, account.credentials, state.tls, state.extensions.auth_mechanisms
            )
        except UsageError as error:
            return self._cannot(error.message)
        reply = await self._say(read_line(login.line, Phase.READY))
        while reply is not None and (command := login.after(reply)) is not None:
            reply = await self._say(command)
        return self._told(login, reply)

    async def _say(self, command: Command) -> Reply | None:
        self._account.secrets.learn(command)
        return await self._session.send(command)

    def _cannot(self, reason: str) -> bool:
        self._tell(Answer.NO, reason, ("impossible", "yes"))
        return False

    def _told(self, login: Login, reply: Reply | None) -> bool:
        if reply is None:
            self._tried(reply, self._session.ended)
            self._notes.unknown("dialogue.login", self._session.ended, self._seat.about)
            return False
        line = said(reply).line
        if reply.code == CLOSING:
            self._account.refused = True
        if not said(reply).good or login.doubt:
            self._account.refused = True
            why = login.given_up or login.doubt
            self._tried(reply, "")
            told = f"AUTH {login.name}: {line}{'; ' if why else ''}{why}"
            data = (("gave-up", "yes"),) if why else ()
            self._tell(Answer.NO, told, ("mechanism", login.name), *data)
            return False
        self._tell(Answer.YES, f"AUTH {login.name}: {line}", ("mechanism", login.name))
        return True

    def _tell(self, answer: Answer, value: str, *data: tuple[str, str]) -> None:
        shown = (Evidence(Weight.OBSERVED, value),)
        fact = Fact("dialogue.login", answer, self._seat.about, value, evidence=shown, data=data)
        self._notes.tell(fact)

    def _tried(self, reply: Reply | None, lost: str) -> None:
        request, last = self._notes.known.request, self._session.client.last
        self._notes.tried(
            Trial(
                *(*self._seat.names, Purpose.REAL, request.sender or "", request.on_the_wire),
                *(Stage.AUTH, None if reply is None else said(reply)),
                self._notes.meaning(last) if reply is not None and last is not None else None,
                lost,
                inside=self._session.client.state.tls is not None,
            )
        )
