"""The lines that wait at the prompt, and whose turn it is.

An entry is in one of these places; one runs at a time, in the order in which they were typed:

    typed ---> waits ---------> runs --------> its reply is due ------> answered
                 |  nothing       |  Ctrl-C      |  no reply in `limit`,
                 |  runs, no      v              v  Ctrl-C
                 |  reply is   cancelled      given up: lines go out again,
                 v  due                       the reply is shown when it comes
              dropped, with a remark: the connection is closed, 421, DATA or
              the login was refused, a reply was given up, `put_first`

`at_once` skips the wait for a reply; if nothing else waits, it runs beside the entry that runs. How
a line will be read depends on the lines before it that have not been sent yet: `phase_ahead`.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING

from smtpprobe.errors import ProbeError
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.present import spans
from smtpprobe.protocol.command import Command, Kind, read_line
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.session import State
from smtpprobe.protocol.units import shown_duration
from smtpprobe.repl.output import Output

if TYPE_CHECKING:
    from smtpprobe.client import Client

_CHALLENGING = frozenset({"AUTH"})


class Entry(NamedTuple):
    """Something entered: its text, and what to do when its turn has come.

    `command` means that the text is a line for the server; `body` that it was typed as message
    text, so that it falls with a refused DATA; `answer` that it answers a challenge, so that it
    falls with the end of the login; `expects` that it looks at the reply to the line before it.
    `at_once` waits for no reply, `instead` needs no connection; `late` means that it had to wait.
    """

    text: str
    run: Callable[[Entry], Awaitable[None]]
    command: bool = True
    body: bool = False
    answer: bool = False
    expects: bool = False
    at_once: bool = False
    instead: bool = False
    late: bool = False


@dataclass(slots=True)
class Outbox:
    """Entries in the order in which they were typed."""

    _entries: deque[Entry] = field(default_factory=deque)

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    @property
    def head(self) -> Entry | None:
        """What goes next."""
        return self._entries[0] if self._entries else None

    def add(self, entry: Entry) -> None:
        """Put an entry behind the others."""
        self._entries.append(entry)

    def take(self) -> Entry:
        """Remove and return what goes next."""
        return self._entries.popleft()

    def clear(self) -> int:
        """Drop everything; return how many lines that was."""
        count = len(self._entries)
        self._entries.clear()
        return count

    def drop_unsent(self) -> int:
        """Drop what can no longer be sent, as the server closes; return how many lines.

        Expectations at the head stay: they are about what was sent. One behind a line that is
        dropped falls with it. What takes the connection's place needs none.
        """
        kept = list(takewhile(lambda entry: entry.expects or entry.instead, self._entries))
        count = len(self._entries) - len(kept)
        self._entries = deque(kept)
        return count

    def drop_body(self) -> int:
        """Drop the message text at the head (its DATA was refused); return how many lines.

        Expectations behind the text are about its reply, and fall with it.
        """
        return self._drop(lambda entry: entry.body)

    def drop_answers(self) -> int:
        """Drop the answers at the head (their login is over); return how many lines."""
        return self._drop(lambda entry: entry.answer)

    def _drop(self, falls: Callable[[Entry], bool]) -> int:
        count = 0
        while self._entries and (falls(self._entries[0]) or (count and self._entries[0].expects)):
            self._entries.popleft()
            count += 1
        return count


def phase_ahead(state: State, outbox: Outbox) -> Phase:
    """Return the phase in which a line typed now will be read, if all goes well before it.

    It decides whether a line is message text or an answer to a challenge while the reply that
    will tell is still awaited.
    """
    phase, left = state.phase, state.body.left or 0
    for pending in state.pending:
        if not pending.command.chunk:  # the octets of a chunk are counted as they go out
            phase = _after(phase, pending.command)
    for entry in outbox:
        if not entry.command:
            continue
        command = read_line(entry.text, phase)
        left = command.chunk or left - len(command.raw)
        phase = _after(phase, command)
        if phase is Phase.BDAT and left <= 0:
            phase = Phase.READY
    return phase


def _after(phase: Phase, command: Command) -> Phase:
    match command.kind:
        case Kind.RAW:
            return phase
        case Kind.BODY:
            return Phase.READY if command.ends_data else phase
        case Kind.SASL:
            return Phase.AUTH
        case Kind.COMMAND:
            if command.verb == "DATA" and not command.exact:
                return Phase.DATA
            if command.verb in _CHALLENGING:
                return Phase.AUTH
            return Phase.BDAT if command.chunk else _plain(phase)


def _plain(phase: Phase) -> Phase:
    return Phase.READY if phase in (Phase.DATA, Phase.BDAT, Phase.AUTH) else phase


class LineQueue:
    """The entries that wait, the one that runs, and the replies that are waited for.

    `limit` is that of `:timeout` in seconds, None for none. `changed` is called when something
    begins or ends. `work` is the one long task.
    """

    def __init__(self, client: Client, output: Output, changed: Callable[[], None]) -> None:
        self.outbox = Outbox()
        self.limit: float | None = None
        self._client = client
        self._output = output
        self._changed = changed
        self._given_up_at = float("-inf")
        self._warned = True
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
        if state.phase is Phase.BDAT and state.body.left:
            return False  # the reply comes when the chunk is complete (RFC 3030 2)
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
        """Put an entry behind the others; return whether it has to wait."""
        waits = self.delayed and not entry.at_once
        if entry.at_once and self.busy and not len(self.outbox):
            self._overtake(entry)
            return False
        self.outbox.add(entry._replace(late=True) if waits else entry)
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
        self._output.tell_dropped(self.outbox.clear(), why)
        self.outbox.add(entry._replace(at_once=True, instead=True))
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
            self._output.complain(error)

    def stop_job(
        self, why: str = "TLS handshake stopped by you: the connection cannot continue"
    ) -> bool:
        """Cancel what runs; return whether something did. `why` ends a connection in STARTTLS."""
        if self._job is None:
            return False
        if self.securing:
            self._client.abort(why)
        self._job.cancel()
        return True

    def give_up(self, why: str) -> None:
        """Give the awaited replies up: lines go out again, the replies are shown when they come."""
        pending = self._client.state.pending
        verb = pending[0].command.verb if pending else ""
        if pending:
            self._given_up_at = pending[-1].at
            self._warned = False
        self.stop_timer()
        octets = self._client.pending_octets
        so_far = f" ({octets} octets received so far)" if octets else ""
        what = f"the reply to {verb}" if verb else "the reply"
        self._output.say(
            f"{why}; {what} will be shown when it arrives{so_far}; :close closes the connection"
        )
        self._output.tell_dropped(self.outbox.clear(), why)
        self.stir()

    def warn_out_of_step(self, before: State) -> None:
        """Warn, once, where a line went out although a reply that was given up is still due.

        Replies answer commands in their order: the next one is taken as that to the older line.
        """
        due = before.pending[0] if before.pending else None
        if self._warned or due is None or due.at > self._given_up_at:
            return
        self._warned = True
        self._output.say(
            f"? the reply to {due.command.verb} is still due: replies may be out of step; "
            ":close and :connect to be sure",
            spans.DEFECT,
        )

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
            why = f"no reply within {shown_duration(limit)}"
            if self.busy and self.securing:  # nothing may go out in clear behind it
                self.stop_job(why)
            else:
                self.give_up(why)
            self._changed()
