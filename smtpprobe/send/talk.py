"""Sends commands on a live session and awaits their replies, each within a limit.

Replies are matched by the command they answer, so that an unsolicited one is never taken for
another's.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Self

from smtpprobe.client import Client, gone_out
from smtpprobe.errors import ConnectFailed
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.net.wakeup import Wakeup
from smtpprobe.protocol.command import Command
from smtpprobe.protocol.events import By, Closed, Received, Secured
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.session import Exchange
from smtpprobe.protocol.units import written_duration
from smtpprobe.send.unasked import Unasked
from smtpprobe.settings.option_limits import MESSAGE_SECONDS, REPLY_SECONDS


class Limits(NamedTuple):
    """How long is waited, in seconds: for a reply, for the one to a message, for octets to go."""

    reply: float = REPLY_SECONDS
    message: float = MESSAGE_SECONDS
    write: float = REPLY_SECONDS


class Loss(Enum):
    """How a session broke off."""

    CLOSED = "closed"
    SILENT = "silent"
    STUCK = "stuck"
    """The server reads no more."""


class Broken(Exception):  # noqa: N818 - names the outcome
    """The session cannot go on; what was to be said of it is its text."""

    def __init__(self, loss: Loss, reason: str) -> None:
        super().__init__(reason)
        self.loss, self.reason = loss, reason


class Talk:
    """A conversation on a client; `secured` is the last handshake, `strays` what came unasked.

    Use as a context, so that it stops listening.
    """

    def __init__(self, client: Client, limits: Limits) -> None:
        self.client = client
        self.limits = limits
        self.secured: Secured | None = None
        last = client.last
        came_before = last is not None and last.command is None and not _greets(last)
        self.strays = Unasked()
        if last is not None and came_before:
            self.strays.take(last)
        self._replies: list[Exchange] = []
        self._closed: Closed | None = None
        self._wakeup = Wakeup()
        self._leave = client.subscribe(self._happened, Received, Closed, Secured)

    @property
    def unasked(self) -> list[Exchange]:
        """The unsolicited replies, as far as they are kept; the latest is the last."""
        return self.strays.kept

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._leave()
        self._wakeup.stop()

    async def ask(self, command: Command, limit: float | None = None) -> Exchange:
        """Send a command and return its reply.

        Raises:
            Broken: there is none.
        """
        await self.say([command])
        return await self.reply(command, limit)

    async def say(self, commands: Sequence[Command]) -> None:
        """Send commands in one write.

        Raises:
            Broken: they do not go out.
        """
        try:
            moved = await gone_out(self.client, commands, self.limits.write)
        except ConnectFailed:
            raise self._gone() from None
        if not moved and self.client.state.phase is not Phase.CLOSED:
            left = self.client.unsent_octets
            within = written_duration(self.limits.write)
            if not left:
                raise Broken(Loss.SILENT, f"no reply within {within}")
            raise Broken(
                Loss.STUCK, f"the server does not read: {left} octets are unsent after {within}"
            )

    async def reply(self, command: Command, limit: float | None = None) -> Exchange:
        """Return the next reply to a command that was sent.

        Raises:
            Broken: there is none.
        """
        within = self.limits.reply if limit is None else limit
        deadline = self._wakeup.until(within)
        while (exchange := self._taken(command)) is None:
            if self._closed is not None or self.client.state.phase is Phase.CLOSED:
                raise self._gone()
            if not await self._wakeup.stirred(deadline):
                came = self.client.pending_octets
                begun = f" ({came} octets of one came)" if came else ""
                told = f"no reply within {written_duration(within)}{begun}"
                raise Broken(Loss.SILENT, told)
        return exchange

    async def settle(self, seconds: float) -> None:
        """Wait for an unsolicited reply or the end of the session, no longer than this."""
        deadline = self._wakeup.until(seconds)
        while not (self.unasked or self.client.state.phase is Phase.CLOSED):
            if not await self._wakeup.stirred(deadline):
                return

    def _taken(self, command: Command) -> Exchange | None:
        """Take the first reply to a command, where one has come."""
        for exchange in self._replies:
            if exchange.command is command:
                self._replies.remove(exchange)
                return exchange
        return None

    def _gone(self) -> Broken:
        # it may have ended before this talk began
        ends = (event for event in reversed(self.client.events) if isinstance(event, Closed))
        closed = self._closed or next(ends, None)
        reason = closed.reason if closed is not None else ""
        ours = closed is not None and closed.by is By.US
        told = f"{'this side' if ours else 'the server'} closed the connection"
        return Broken(Loss.CLOSED, f"{told}: {reason}" if reason else told)

    def _happened(self, happening: Happening) -> None:
        event, exchange = happening.event, happening.exchange
        if isinstance(event, Closed):
            self._closed = event
        elif isinstance(event, Secured):
            self.secured = event
        elif exchange is not None and not exchange.reply.piece:
            if exchange.command is not None:
                self._replies.append(exchange)
            else:
                self.strays.take(exchange)
        self._wakeup.stir()


def _greets(exchange: Exchange) -> bool:
    return exchange.before.phase is Phase.GREETING
