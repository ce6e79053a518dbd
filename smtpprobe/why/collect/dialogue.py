"""The dialogue: MAIL and RCPT as a sender would, never DATA; RSET after each recipient.

A refusal is followed by comparisons in which one thing differs: another sender, another recipient,
no size. They are what separates "this sender", "this recipient" and "this client".
"""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Final

from smtpprobe.knowledge.annotation import Annotation, Cause
from smtpprobe.net.clock import monotonic
from smtpprobe.protocol.attempts import Attempt
from smtpprobe.protocol.command import Command, repeated_line
from smtpprobe.send.order import Stage
from smtpprobe.starttls.collect.address import dialling, farewell, is_good, opened, talk
from smtpprobe.starttls.collect.smtp_session import CLOSING, SmtpSession, said
from smtpprobe.starttls.facts import AddressFacts, Said
from smtpprobe.why.collect.login import log_in, overhear
from smtpprobe.why.collect.notes import Notes
from smtpprobe.why.collect.seat import Seat
from smtpprobe.why.collect.tools import Tools
from smtpprobe.why.facts import Purpose, Trial

ALONE: Final = frozenset(
    {
        Cause.GREYLISTED,
        Cause.RATE_LIMITED,
        Cause.TOO_MANY_RECIPIENTS,
        Cause.TOO_MANY_CONNECTIONS,
        Cause.TLS_REQUIRED,
        Cause.AUTH_REQUIRED,
        Cause.SERVICE_UNAVAILABLE,
        Cause.CLOSING,
        Cause.TIMEOUT,
    }
)
"""Refusals that a comparison would not explain, or would make worse."""

NOBODY_THERE: Final = frozenset({Cause.UNKNOWN_RECIPIENT, Cause.MAILBOX_DISABLED})
"""What is said of a recipient who is not there, and by some servers to whom they do not like."""

NOT_AGAIN: Final = frozenset(
    {
        Cause.MAILBOX_FULL,
        Cause.MAILBOX_DISABLED,
        Cause.NO_REVERSE_DNS,
        Cause.RATE_LIMITED,
        Cause.TOO_MANY_RECIPIENTS,
        Cause.TOO_MANY_CONNECTIONS,
    }
)
"""Refusals for now that a wait of minutes does not change, or that another try makes worse."""

POSTMASTER: Final = "postmaster"


def turned_away(seat: Seat, session: SmtpSession, address: AddressFacts, notes: Notes) -> None:
    """Tell where a session ended before MAIL could be said; nothing where it did not."""
    if may_go_on(address, session):
        return
    said_last = address.inside or address.helo or address.hello or address.greeting
    if address.inside is not None or (address.tls is not None and address.starttls.reply):
        stage = Stage.TLS
    else:
        stage = Stage.GREETING if address.hello is None else Stage.EHLO
    if stage is Stage.TLS and address.inside is None:
        return  # the handshake failed; a sender comes back without TLS, and so do we
    last = session.client.last
    reading = (
        notes.meaning(last) if last is not None and not (said_last and said_last.good) else None
    )
    reply = said_last if said_last is not None and not said_last.good else None
    request = notes.known.request
    notes.tried(
        Trial(
            *(seat.host.name, seat.place.ip, Purpose.REAL, request.sender or ""),
            *(request.on_the_wire, stage, reply, reading),
            lost=session.ended,
            inside=session.client.state.tls is not None,
        )
    )


def may_go_on(address: AddressFacts, session: SmtpSession) -> bool:
    """Return whether MAIL can be said now: EHLO or HELO was accepted, inside TLS where that is."""
    if session.ended:
        return False
    if session.client.state.tls is not None:
        return address.after is not None or address.before is not None
    return address.before is not None or address.by_helo


async def converse(
    seat: Seat, session: SmtpSession, address: AddressFacts, notes: Notes, tools: Tools
) -> None:
    """Tell what the address says to the sender and the recipient, and to others if it refuses."""
    dialogue = Dialogue(seat, notes, tools, session)
    if not notes.known.request.rcpt:
        if may_go_on(address, session):
            await dialogue.logged_in()
    elif may_go_on(address, session):
        await dialogue.all_of_it()
    elif _tls_failed(address):
        async with reopened(seat, tools, in_clear=True) as other:
            if other is not None:
                await Dialogue(seat, notes, tools, other).all_of_it()


def _tls_failed(address: AddressFacts) -> bool:
    tls = address.tls
    return not address.implicit_tls and tls is not None and not tls.ok


@asynccontextmanager
async def reopened(
    seat: Seat, tools: Tools, *, in_clear: bool = False
) -> AsyncIterator[SmtpSession | None]:
    """Yield one more session that is ready for MAIL; None where it does not get so far."""
    if tools.allowance.rests(seat.place.ip):
        yield None
        return
    tools.allowance.connections += 1
    async with opened(seat.place, tools.how) as session:
        if isinstance(session, Attempt):
            yield None
            return
        overhear(tools.account, session)
        if in_clear:
            greeting = session.client.state.greeting
            hello = None
            if greeting is not None and is_good(greeting):
                hello = await session.say(f"EHLO {tools.how.client}")
            yield session if hello is not None and is_good(hello) else None
        else:
            address = await talk(session, dialling(seat.place), tools.how)
            yield session if may_go_on(address, session) else None
        await farewell(session)


async def again(seat: Seat, notes: Notes, tools: Tools) -> None:
    """Try once more where the first try is refused for now, if the wait that it wants is allowed.

    Not every server says that it greylists, so any refusal for now will do that may pass.
    """
    request = notes.known.request
    mine = [one for one in notes.known.tried(Purpose.REAL) if one.ip == seat.place.ip]
    trial = mine[-1] if mine else None
    if trial is None or not may_pass(trial):
        return
    wanted = named_wait(trial.reply.text if trial.reply is not None else "")
    wait = request.wait if wanted is None else wanted + 1
    if not request.wait or wait > request.wait or not tools.allowance.claim("again", ""):
        return
    await asyncio.sleep(wait)
    async with tools.shared.limits.turn(seat.place.ip), reopened(seat, tools) as session:
        if session is not None:
            dialogue = Dialogue(seat, notes, tools, session)
            if not await dialogue.logged_in():
                return
            await dialogue.trial(Purpose.AGAIN, request.sender or "", request.on_the_wire)


def may_pass(trial: Trial) -> bool:
    """Return whether MAIL or RCPT is refused with a 4yz that a second try may not get."""
    code = trial.reply.code if trial.reply is not None else None
    if code is None or code // 100 != 4 or code == CLOSING:
        return False
    cause = trial.reading.cause if trial.reading is not None else Cause.UNKNOWN
    return trial.stage in (Stage.MAIL, Stage.RCPT) and cause not in NOT_AGAIN


_WAIT = re.compile(
    r"(?<![\w/.:-])(\d{1,5})\s*(s|sec|secs|seconds?|m|min|mins|minutes?)\b(?!\.\w)", re.IGNORECASE
)
_CLOCK = re.compile(r"\b(\d{1,2}):(\d\d):(\d\d)\b")


def named_wait(text: str) -> float | None:
    """Return how many seconds a reply says to wait; None where it names none."""
    if clock := _CLOCK.search(text):
        hours, minutes, seconds = map(int, clock.groups())
        return float(hours * 3600 + minutes * 60 + seconds)
    found = _WAIT.search(text)
    if found is None:
        return None
    return float(int(found[1]) * (60 if found[2].lower().startswith("m") else 1))


class Dialogue:
    """MAIL and RCPT in a session that is ready for them."""

    def __init__(self, seat: Seat, notes: Notes, tools: Tools, session: SmtpSession) -> None:
        self._seat = seat
        self._notes = notes
        self._tools = tools
        self._session = session
        self._request = notes.known.request
        self._reading: Annotation | None = None
        self._spare = len(session.spare)
        """How many unsolicited replies were told: those of a login belong to the first trial."""

    async def all_of_it(self) -> None:
        """Try the real thing; compare where it is refused, and make one up where that is asked."""
        request, allowance = self._request, self._tools.allowance
        if request.needs_utf8 and not self._offers("SMTPUTF8"):
            self._notes.no("dialogue.smtputf8", "SMTPUTF8 is not announced", self._seat.about)
            blank = self._blank(Purpose.REAL, request.sender or "", request.on_the_wire)
            lost = "not sent: the address needs SMTPUTF8, which is not announced"
            self._noted(replace(blank, lost=lost))
            return
        if not await self.logged_in():
            return
        real = await self.trial(Purpose.REAL, request.sender or "", request.on_the_wire)
        if real is None:
            return
        refused = real.reply is not None and not real.reply.good
        if refused and allowance.claim("compare", self._seat.host.name):
            await self._compare(real)
        elif request.catch_all and not refused and allowance.claim("made up", self._seat.host.name):
            made_up = f"smtpprobe-{secrets.token_hex(6)}@{request.domain}"
            await self._anew(Purpose.RANDOM, request.sender or "", made_up)

    async def _compare(self, real: Trial) -> None:
        request, cause = self._request, real.reading.cause if real.reading is not None else None
        if cause in ALONE or self._tools.allowance.rests(self._seat.place.ip):
            return
        if cause is Cause.MESSAGE_TOO_LARGE and real.stage is Stage.MAIL:
            await self._anew(Purpose.SMALL, real.sender, real.recipient)
            return
        if real.sender:
            await self._anew(Purpose.NULL_SENDER, "", real.recipient)
        else:
            other = f"{POSTMASTER}@{self._tools.how.client}"
            await self._anew(Purpose.OTHER_SENDER, other, real.recipient)
        postmaster = f"{POSTMASTER}@{request.domain}"
        if real.stage is Stage.RCPT and real.recipient.lower() != postmaster.lower():
            its = await self._anew(Purpose.POSTMASTER, real.sender, postmaster)
            if cause in NOBODY_THERE and its is not None and not its.taken:
                await self._anew(Purpose.HOST_POSTMASTER, real.sender, POSTMASTER)

    async def _anew(self, purpose: Purpose, sender: str, recipient: str) -> Trial | None:
        """Make a trial, in another session if the server has ended this one."""
        if not self._session.ended:
            return await self.trial(purpose, sender, recipient)
        async with reopened(self._seat, self._tools) as session:
            if session is not None:
                other = Dialogue(self._seat, self._notes, self._tools, session)
                if await other.logged_in():
                    return await other.trial(purpose, sender, recipient)
        return None

    async def logged_in(self) -> bool:
        """Return whether the session is as MAIL wants it: with a login where one was given."""
        account = self._tools.account
        if account is None or self._session.client.state.authenticated is not None:
            return True
        return await log_in(account, self._seat, self._session, self._notes)

    async def trial(self, purpose: Purpose, sender: str, recipient: str) -> Trial | None:
        """Tell what one sender and one recipient are answered; None where it was not asked."""
        began = monotonic()
        inside = self._session.client.state.tls is not None
        reply = await self._said(f"MAIL FROM:<{sender}>{self._parameters(purpose)}")
        stage = Stage.MAIL
        if reply is not None and reply.good:
            real = purpose is Purpose.REAL
            if not self._tools.allowance.one_more(*self._seat.names, real=real):
                await self._said("RSET")
                return None
            reply, stage = await self._said(f"RCPT TO:<{recipient}>"), Stage.RCPT
        reading, lost = self._reading, self._session.ended
        if reply is not None and reply.code == CLOSING:
            self._tools.allowance.rest(self._seat.place.ip)
        if not self._session.ended:
            await self._said("RSET")
        trial = self._blank(purpose, sender, recipient)
        surplus = [said(one) for one in self._session.spare[self._spare :] if one.code != CLOSING]
        self._spare = len(self._session.spare)
        return self._noted(
            replace(
                trial,
                inside=inside,
                unasked=(surplus[0].line or "an empty line") if surplus else "",
                stage=stage,
                reply=reply,
                reading=reading,
                lost=lost if reply is None else "",
                seconds=monotonic() - began,
            )
        )

    def _blank(self, purpose: Purpose, sender: str, recipient: str) -> Trial:
        host, ip = self._seat.names
        inside = self._session.client.state.tls is not None
        return Trial(host, ip, purpose, sender, recipient, Stage.MAIL, inside=inside)

    def _noted(self, trial: Trial) -> Trial:
        self._notes.tried(trial)
        return trial

    def _parameters(self, purpose: Purpose) -> str:
        request = self._request
        size = ""
        if request.size is not None and purpose is not Purpose.SMALL and self._offers("SIZE"):
            size = f" SIZE={request.size}"
        return size + (" SMTPUTF8" if request.needs_utf8 else "")

    def _offers(self, keyword: str) -> bool:
        return keyword in self._session.client.state.extensions

    async def _said(self, text: str) -> Said | None:
        """Say a line; return the answer as a fact, and keep what it means."""
        client = self._session.client
        command: Command = repeated_line(text, client.state.phase)
        reply = await self._session.send(command)
        last = client.last
        ours = reply is not None and last is not None and last.command is command
        self._reading = self._notes.meaning(last) if ours and last is not None else None
        return None if reply is None else said(reply)
