"""One connection of a script: its client, what came on it, and what goes out.

A step that sends waits until its octets have gone out: a server that takes none of them for as long
as a reply may take ends the case.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from smtpprobe.client import Client, gone_out, moving
from smtpprobe.errors import ProbeError
from smtpprobe.protocol.command import Command
from smtpprobe.protocol.events import Opened, Secured, Waived
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.pace import Pace
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import Severity
from smtpprobe.protocol.session import Exchange
from smtpprobe.protocol.target import Target
from smtpprobe.protocol.units import written_duration
from smtpprobe.protocol.verbs import Context
from smtpprobe.script.language.steps import Place
from smtpprobe.script.results.connect_errors import unconnected
from smtpprobe.script.results.reason import Reason, Trouble
from smtpprobe.script.runner.case_log import Ledger, last_line
from smtpprobe.script.runner.handshakes import Handshakes
from smtpprobe.script.runner.run_settings import CertificateDays
from smtpprobe.script.runner.session_values import View
from smtpprobe.script.runner.waits.inbox import Inbox
from smtpprobe.script.runner.waits.listener import Capture, Listener, WaitSettings
from smtpprobe.script.runner.waits.misses import timed_out

HELLOS = (Context.EHLO, Context.LHLO)
"""What gets a reply with keywords."""


class Connection:
    """A connection by name, empty for the one that a script begins with.

    `opened` is whether it was made. `needed` holds the keywords to be looked for in the reply
    to an EHLO that was sent, with the place of that.
    """

    def __init__(
        self,
        name: str,
        client: Client,
        ledger: Ledger,
        waiting: WaitSettings,
        *,
        capture: Capture,
        now: Callable[[], datetime],
        days: CertificateDays | None,
    ) -> None:
        self.name = name
        self.client = client
        self.opened = client.state.phase is not Phase.CLOSED
        self.inbox = Inbox(client)
        self.handshakes = Handshakes(ledger, now, days)
        self.listener = Listener(
            client, self.inbox, ledger, waiting, on_taken=self._taken, capture=capture
        )
        self.needed: list[tuple[Command, Mapping[str, Place]]] = []
        self._ledger = ledger
        self._waiting = waiting
        self._now = now
        self._reply: Exchange | None = client.last if self.opened else None
        self._connect: float | None = None
        self._rewritten = False
        self._unsubscribe = client.subscribe(self._happened, Opened, Secured, Waived)

    @property
    def view(self) -> View:
        """What is known of the session now."""
        state = self.client.state
        greeting = None if state.greeted_at is None else state.greeted_at - state.opened_at
        return View(
            state=state,
            reply=self._reply,
            secured=self.handshakes.latest,
            total=self._ledger.seconds,
            connect=self._connect,
            greeting=greeting,
            now=self._now(),
        )

    async def open(
        self, target: Target, place: Place, *, greeted: bool, judged: frozenset[str]
    ) -> None:
        """Close what is open and connect; without `greeted` the greeting is not waited for.

        Raises:
            Stop: there is no connection.
        """
        await self.client.close()
        self.inbox.clear()
        self.listener.at_once.forget()
        self.handshakes.forget()
        self.handshakes.begins(place, judged=judged)
        self._reply = None
        self.opened = True
        self.needed = []
        try:
            await self.client.open(target, greeted=greeted)
        except ProbeError as error:
            if not (judged and self._handshake_failed()):
                told = unconnected(error, target, self.client.refused)
                self._ledger.ended(
                    told.reason,
                    told.message,
                    place,
                    error.status,
                    help_=told.help,
                    more=told.more,
                    trouble=told.trouble,
                )
        else:
            state = self.client.state
            self._ledger.peer = f"{state.host}:{state.port}" if state.port else state.host
            self.listener.greeting_due = True

    def _handshake_failed(self) -> bool:
        """Return whether it was an implicit-TLS handshake that failed, and keep what it showed."""
        tls = self.client.refused[-1].tls if self.client.refused else None
        if tls is not None and not tls.ok:
            self.handshakes.latest = Secured(0.0, tls)
        return tls is not None and not tls.ok

    async def close(self) -> None:
        """Close without sending anything."""
        await self.client.close()
        self.inbox.clear()
        self.listener.greeting_due = False

    def sends_at_once(self, command: Command, word: str, place: Place) -> None:
        """Note a command that goes out without waiting, by which word of the language."""
        self.listener.at_once.sent(command, word, place)
        self.handshakes.asks(command)

    async def out(self, command: Command, place: Place, pace: Pace | None = None) -> None:
        """Send a command and see that it goes out.

        Raises:
            Stop: the server takes nothing, or leaves a STARTTLS unanswered.
        """
        self.listener.sends()
        left = self.client.send_at_once(command) if pace is None else None
        if left != 0:
            sending = self.client.send(command, pace) if left is None else self.client.drain()
            if not await moving(self.client, sending, self._waiting.limit):
                self.stuck(place, command.verb)

    async def out_together(self, commands: list[Command], place: Place) -> None:
        """Send commands in one write and see that they go out.

        Raises:
            Stop: the server takes nothing, or leaves a STARTTLS unanswered.
        """
        self.listener.sends()
        if not await gone_out(self.client, commands, self._waiting.limit):
            self.stuck(place, "the lines in :hold")

    def stuck(self, place: Place, name: str) -> None:
        """Note that what was sent does not go out, or leads to no answer.

        Raises:
            Stop: always.
        """
        if left := self.client.unsent_octets:
            limit = written_duration(self._waiting.limit or 0.0)
            message = f"the server does not read: {left} octets are unsent after {limit}"
            self._ledger.ended(Reason.NO_REPLY, message, place, trouble=Trouble.NO_ANSWER)
        timed_out(self.listener, place, name)

    def go_on_with(self, untaken: Iterable[Happening], taken: Exchange | None) -> None:
        """Continue a session that is under way, with replies not taken yet."""
        self.opened = True
        self._rewritten = True  # the prompt shows it under the reply
        tls = self.client.state.tls
        if tls is not None:
            self.handshakes.latest = Secured(0.0, tls)
            self.handshakes.seen()
        self.inbox.refill(untaken)
        self.listener.taken = taken

    def left(self) -> tuple[deque[Happening], Exchange | None]:
        """Return what `go_on_with` takes."""
        return self.inbox.unread(), self.listener.taken

    def leave(self) -> tuple[str, ...]:
        """Stop listening; return the last lines of unchecked replies."""
        unread = tuple(last_line(one) for one in self.inbox.exchanges())
        self.inbox.leave()
        self._unsubscribe()
        return unread

    def _happened(self, happening: Happening) -> None:
        match happening.event:
            case Opened() as opened:
                self._connect = opened.seconds
                tls = opened.tls
                self.handshakes.latest = Secured(opened.at, tls) if tls is not None else None
            case Secured() as secured:
                self.handshakes.latest = secured
            case Waived():
                self.needed = []

    def _tell_rewritten(self, exchange: Exchange) -> None:
        """Note once that a firewall rewrites the session: it may be why a later step fails."""
        from smtpprobe.knowledge.rules.smtp_inspection import (  # noqa: PLC0415 - of few replies
            SWITCHED_OFF,
            inspected,
        )

        if told := inspected(exchange.reply, exchange.context):
            self._rewritten = True
            self._ledger.notes += [told, SWITCHED_OFF]

    def _taken(self, exchange: Exchange) -> None:
        """Look for required keywords before the reply's own expectations.

        Raises:
            Stop: one is missing, so that the case does not apply.
        """
        self._reply = exchange
        if not self._rewritten and exchange.reply.may_be_rewritten:
            self._tell_rewritten(exchange)
        if self.needed and not exchange.reply.piece:
            self._look_for_keywords(exchange)

    def _look_for_keywords(self, exchange: Exchange) -> None:
        """See whether a reply to an EHLO has the keywords that are required of it."""
        asking = next((one for one in self.needed if one[0] is exchange.command), None)
        if asking is not None:
            self.needed.remove(asking)
            announced = exchange.reply.severity is Severity.SUCCESS and exchange.reply.flaw is None
            keywords = asking[1] if announced else {}
            missing = next((one for one in keywords if one not in exchange.after.extensions), None)
            if missing is not None:
                self._ledger.skipped(f"server does not offer {missing}", keywords[missing])
