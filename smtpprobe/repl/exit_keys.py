"""Ctrl-C and Ctrl-D: how waiting ends, and how the program does. No connection dies by Ctrl-C."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from smtpprobe.errors import ConnectFailed
from smtpprobe.present.counted import counted
from smtpprobe.present.prompt import BODY_PHASES
from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.events import Closed
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.units import shown_duration
from smtpprobe.repl.line_queue import Entry
from smtpprobe.repl.wait import next_event, reply_to

if TYPE_CHECKING:
    from smtpprobe.repl.session import Session

MOMENT = 5.0
"""Seconds that a QUIT on leaving waits for its reply, and then for the close."""

_SILENT = BODY_PHASES | {Phase.CLOSED, Phase.GREETING, Phase.TLS, Phase.AUTH}
"""Where a QUIT would be message text, an answer to a challenge, or early talking."""


_NO_WAY_BACK = {
    Phase.DATA: 'DATA cannot be cancelled: finish with "." or use Ctrl-] :close',
    Phase.BDAT: "",
    Phase.AUTH: 'the server waits for an answer to its challenge: "*" cancels the login',
}
"""Where a line would not be a command, and what ends it (RFC 5321 4.1.1.4, RFC 4954 4)."""


class ExitKeys:
    """Remembers what has been pressed and asked; acts on the session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._pressed = False
        self.begun = False

    def typed(self) -> None:
        """Take note that something was typed: the next Ctrl-C is a first one again."""
        self._pressed = False

    def interrupt(self) -> None:
        """Ctrl-C on an empty line: stop what runs or is waited for; never the connection."""
        session, queue = self._session, self._session.queue
        if self.begun:
            session.leave()
        elif queue.busy:
            self._stop_job()
        elif queue.waiting:
            queue.give_up("stopped waiting")
        elif session.state.phase in _NO_WAY_BACK:
            session.say(self._way_out())
        elif session.held is not None:
            session.held = None
            session.say("hold cancelled; nothing sent")
        elif session.state.phase is Phase.CLOSED:
            self._second_press_leaves()
        else:
            session.say(
                "still connected; QUIT or Ctrl-D ends the session, :quit! exits immediately"
            )

    def _way_out(self) -> str:
        state = self._session.state
        if state.phase is Phase.BDAT:
            left = counted(state.body.left or 0, "octet")
            return f"BDAT cannot be cancelled: {left} of the chunk to go, or use Ctrl-] :close"
        return _NO_WAY_BACK[state.phase]

    def _stop_job(self) -> None:
        session, queue = self._session, self._session.queue
        handshake = queue.securing
        dialling = session.dialling is not None or session.state.phase is Phase.GREETING
        queue.stop_job()
        if queue.waiting and not (dialling or handshake):
            queue.give_up("stopped waiting")
            return
        if dialling:
            session.say("stopped connecting")
        elif not handshake:
            session.say("stopped")
        session.output.tell_dropped(queue.outbox.clear(), "stopped by you")

    def _second_press_leaves(self) -> None:
        if self._pressed:
            self._session.leave()
            return
        self._pressed = True
        self._session.say("not connected; to exit, press Ctrl-C again or Ctrl-D, or type :quit")

    def end_of_input(self, *, insist: bool = False) -> None:
        """Ctrl-D on an empty line, or `:quit` (`insist`): a visible QUIT where it fits."""
        session = self._session
        phase = session.state.phase
        chunk = phase is Phase.BDAT and bool(session.state.body.left)
        body = chunk or (phase in BODY_PHASES and not session.state.pending)
        if self.begun:
            session.leave()
        elif body and not insist:
            session.say(
                self._way_out()
                if chunk
                else 'end the message with a line containing only "."; Ctrl-] :close discards it'
            )
        elif not self._quit_fits():
            session.leave()
        else:
            self._by_setting()

    def _quit_fits(self) -> bool:
        state = self._session.state
        return not (state.phase in _SILENT or state.ended or self._session.queue.delayed)

    def _by_setting(self) -> None:
        session = self._session
        match session.settings.on_eof:
            case "close":
                session.leave()
            case "ask":
                session.queue.add(Entry("", self._ask, command=False))
            case _:
                session.queue.add(Entry("", self._quit, command=False))

    async def _ask(self, entry: Entry) -> None:
        session = self._session
        question = "still connected: [q]uit with QUIT, [c]lose without, [s]tay?"
        match await session.face.choose(question, "qcs"):
            case "q":
                await self._quit(entry)
            case "c":
                session.leave()
            case _:
                session.say("staying")

    async def _quit(self, _entry: Entry) -> None:
        session = self._session
        moment = min(MOMENT, session.queue.limit or MOMENT)
        self.begun = True
        try:
            async with asyncio.timeout(moment):
                await reply_to(session.client, read_line("QUIT", session.state.phase))
                if session.state.phase is not Phase.CLOSED:
                    await next_event(session.client, lambda event: isinstance(event, Closed))
        except TimeoutError:
            if not session.state.ended:
                session.say(f"no reply to QUIT within {shown_duration(moment)}")
        except ConnectFailed:
            pass
        session.leave()
