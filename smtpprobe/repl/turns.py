"""Whose turn it is: lines wait until the reply before them has come, jobs run one at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from smtpprobe.errors import ProbeError
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.quantities import shown_duration
from smtpprobe.repl.outbox import Entry, Outbox
from smtpprobe.repl.voice import Voice

if TYPE_CHECKING:
    from smtpprobe.client import Client


class Turns:
    """The entries that wait, the one that runs, and the replies that are waited for.

    `limit` is that of `:timeout` in seconds, None for none. `changed` is called when something
    begins or ends. `work` is the one long task.
    """

    def __init__(self, client: Client, voice: Voice, changed: Callable[[], None]) -> None:
        self.outbox = Outbox()
        self.limit: float | None = None
        self._client = client
        self._voice = voice
        self._changed = changed
        self._given_up_at = float("-inf")
        self._wake = asyncio.Event()
        self._job: asyncio.Task[None] | None = None
        self._beside: set[asyncio.Task[None]] = set()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def busy(self) -> bool:
        """Whether something runs that a line has to wait for."""
        return self._job is not None

    @property
    def waiting(self) -> bool:
        """Whether a reply is due that has not been given up."""
        state = self._client.state
        if state.phase is Phase.GREETING:
            return True
        return any(pending.at > self._given_up_at for pending in state.pending)

    @property
    def securing(self) -> bool:
        """Whether a STARTTLS is under way: its reply, or the handshake after it."""
        state = self._client.state
        asked = any(pending.command.verb == "STARTTLS" for pending in state.pending)
        return state.phase is Phase.TLS or (self.busy and asked)

    @property
    def delayed(self) -> bool:
        """Whether an entry added now would have to wait."""
        return self.waiting or self.busy or bool(len(self.outbox))

    def add(self, entry: Entry) -> bool:
        """Put an entry behind the others; tell whether it has to wait."""
        waits = self.delayed and not entry.at_once
        if entry.at_once and self.busy and not len(self.outbox):
            self._overtake(entry)
            return False
        self.outbox.add(replace(entry, late=True) if waits else entry)
        self.stir()
        return waits

    def _overtake(self, entry: Entry) -> None:
        """Perform an entry beside the job that runs."""
        task = asyncio.ensure_future(self._guarded(entry))
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)

    def put_first(self, entry: Entry, why: str) -> None:
        """Stop what runs, drop what waits, and perform this."""
        self.stop_job()
        self._voice.tell_dropped(self.outbox.clear(), why)
        self.outbox.add(replace(entry, at_once=True, instead=True))
        self.stir()

    def stir(self) -> None:
        """Look again whose turn it is: something has happened."""
        self._wake.set()

    async def work(self) -> None:
        """Perform entries, each when its turn has come. Never returns."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while (head := self.outbox.head) is not None and (head.at_once or not self.waiting):
                await self._perform(self.outbox.take())

    async def _perform(self, entry: Entry) -> None:
        self._job = asyncio.ensure_future(self._guarded(entry))
        self._changed()
        try:
            await asyncio.wait([self._job])
            if not self._job.cancelled():
                self._job.result()
        finally:
            if not self._job.done():
                self._job.cancel()
                await asyncio.wait([self._job])
            self._job = None
            self._changed()

    async def _guarded(self, entry: Entry) -> None:
        try:
            await entry.run(entry)
        except (ProbeError, OSError) as error:  # no file of ours is worth a session
            self._voice.complain(error)

    def stop_job(self) -> bool:
        """Cancel what runs; tell whether something did."""
        if self._job is None:
            return False
        if self.securing:
            self._client.abort("TLS handshake stopped by you: it cannot be left half way")
        self._job.cancel()
        return True

    def give_up(self, why: str) -> None:
        """Give the awaited replies up: lines go out again, the replies are shown when they come."""
        pending = self._client.state.pending
        verb = pending[0].command.verb if pending else ""
        if pending:
            self._given_up_at = pending[-1].at
        self.stop_timer()
        octets = self._client.pending_octets
        so_far = f" ({octets} octets of it are here)" if octets else ""
        what = f"the reply to {verb}" if verb else "the reply"
        self._voice.say(f"{why}; {what} is shown when it comes{so_far}; :close ends the connection")
        self._voice.tell_dropped(self.outbox.clear(), why)
        self.stir()

    def start_timer(self) -> None:
        """Begin to measure the limit of a reply."""
        if self.limit is not None and self._timer is None and self._client.state.pending:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(self.limit, self._late, self.limit)

    def stop_timer(self) -> None:
        """Forget the limit of the present reply."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _late(self, limit: float) -> None:
        self._timer = None
        if self.waiting:
            self.give_up(f"no reply within {shown_duration(limit)}")
            self._changed()
