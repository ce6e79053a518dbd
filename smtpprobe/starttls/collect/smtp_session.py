"""A short session with a server: a line out, its whole answer back, each within a limit.

It knows the client and no more of SMTP than that a whole reply ends a wait:

    idle --say, send, upgrade--> asked --its reply--> idle
      |                            |
      |  421, a close, a reply     |  the same, or `limit` is over
      |  that does not end         |
      +-----------> ended <--------+

`ended` is final: it holds why the session ended, and every later call returns None at once. A reply
that is unsolicited is kept in `spare`; it ends the session only if it is a 421.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

from smtpprobe.client import Client
from smtpprobe.errors import ConnectFailed
from smtpprobe.protocol.command import Command, repeated_line
from smtpprobe.protocol.events import Closed, Received, Secured
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.reply import Defect, Reply
from smtpprobe.starttls.facts import End, Said

MOST_TEXT = 4096
"""How much of the text of a reply is kept."""

CLOSING = 421

MOST_SPARE = 10
"""How many unsolicited replies are kept."""


def said(reply: Reply) -> Said:
    """Return a reply as a fact; a long text is cut."""
    enhanced = str(reply.enhanced) if reply.enhanced is not None else ""
    code = code_of(reply)
    text = reply.text if code == reply.code else f"{reply.code}{reply.text}"
    return Said(code, text[:MOST_TEXT], enhanced, reply.codes_at_odds)


def code_of(reply: Reply) -> int | None:
    """Return the code of a reply as senders read it.

    None also if neither space nor hyphen follows it: Postfix skips such a line and
    waits for the reply, Exim gives up.
    """
    return None if Defect.BAD_SEPARATOR in reply.defects else reply.code


class SmtpSession:
    """An open session.

    `ended` is why it is over, empty while it is not, and `end` of what kind that is; `alert` is the
    TLS alert that came with it. `secured` is the last handshake. `spare` are the first unsolicited
    replies.
    """

    def __init__(self, client: Client, limit: float) -> None:
        self.client = client
        self.limit = limit
        self.ended = ""
        self.end: End | None = None
        self.alert = ""
        self.secured: Secured | None = None
        self.spare: list[Reply] = []
        self._asked: Command | None = None
        self._step = "nothing"
        self._answer: asyncio.Future[Reply | None] | None = None
        self._waiting: asyncio.Timeout | None = None
        self.leave = client.subscribe(self._happened, Received, Secured, Closed)

    @property
    def unasked(self) -> str:
        """The first unsolicited reply other than a closing 421; empty if none."""
        lines = (
            said(reply).line or "an empty line" for reply in self.spare if reply.code != CLOSING
        )
        octets = 0 if self.client.state.pending else self.client.pending_octets
        return next(lines, f"{octets} octets of a reply" if octets else "")

    def catch_up(self) -> None:
        """Take replies that came right after the greeting, before this subscribed."""
        replies = [event.reply for event in self.client.events if isinstance(event, Received)]
        for reply in replies[1:]:
            self._unasked(reply)

    def _unasked(self, reply: Reply) -> None:
        if len(self.spare) < MOST_SPARE:
            self.spare.append(reply)
        if reply.code == CLOSING:
            self._end(End.CLOSING, said(reply).line)

    async def say(self, text: str) -> Reply | None:
        """Send a line and return its answer; None when none came (`ended` says why)."""
        return await self.send(repeated_line(text, self.client.state.phase))

    async def send(self, command: Command) -> Reply | None:
        """Send a command and return its answer; None when none came (`ended` says why)."""
        return await self._asking(command)

    async def upgrade(self, command: Command | None = None) -> Reply | None:
        """Send STARTTLS and return the reply; after a 220 `secured` has the handshake.

        The reply has the usual limit, the handshake its own.
        """
        return await self._asking(command or repeated_line("STARTTLS", self.client.state.phase))

    async def shake_hands(self) -> None:
        """Begin TLS at once; `secured` has the result, `ended` if the connection was gone."""
        self._answer = None
        with suppress(ConnectFailed):
            await self.client.secure()

    async def listen(self, seconds: float) -> None:
        """Send nothing for some seconds, or until the server ends the session."""
        if self.ended:
            return
        self._asked = None
        self._answer = asyncio.get_running_loop().create_future()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._answer
        self._answer = None

    async def _asking(self, command: Command) -> Reply | None:
        if self.ended:
            return None
        self._asked, self._answer = command, asyncio.get_running_loop().create_future()
        inside = self.client.state.tls is not None
        self._step = f"{command.verb or 'a line'}{' inside TLS' if inside else ''}"
        try:
            async with asyncio.timeout(self.limit) as self._waiting:
                await self.client.send(command)
                return await self._answer
        except TimeoutError:
            self._end(End.SILENT, f"no answer to {self._step} within {self.limit:g}s")
        except ConnectFailed:
            self._end(End.CLOSED, f"the server closed the connection at {self._step}")
        finally:
            self._answer = self._waiting = None
        return None

    def _end(self, how: End, why: str) -> None:
        if not self.ended:
            self.ended, self.end = why, how
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(None)

    def _happened(self, happening: Happening) -> None:
        match happening.event:
            case Received(reply=reply):
                self._received(reply, happening)
            case Secured() as event:
                self.secured, self._step = event, "the end of the handshake"
            case Closed(reason=reason) if self.secured is not None and not self.secured.tls.ok:
                self._end(End.CLOSED, reason)
            case Closed(reason=reason, alert=alert):
                self.alert = self.alert or alert
                how = f"closed the connection at {self._step}{': ' if reason else ''}{reason}"
                self._end(End.CLOSED, f"the server {how}")
            case _:
                pass

    def _received(self, reply: Reply, happening: Happening) -> None:
        if reply.piece:
            self._end(End.ENDLESS, f"a reply of more than 64 KiB to {self._step}")
            return
        if Defect.UNTERMINATED in reply.defects:
            what = f"closed the connection in the middle of its answer to {self._step}"
            self._end(End.CLOSED, f"the server {what}")
            return
        exchange = happening.exchange
        ours = exchange is not None and exchange.command is self._asked is not None
        if ours and self._answer is not None and not self._answer.done():
            self._answer.set_result(reply)
            if self._waiting is not None and not self._waiting.expired():
                self._waiting.reschedule(None)
        elif not ours:
            self._unasked(reply)
        if reply.code == CLOSING:
            self._end(End.CLOSING, said(reply).line)
