"""The session at the prompt: what is typed becomes commands, what happens becomes lines.

Knows the client, the lines that wait for their turn and what may go next; not the terminal (that
is the Face) and not what SMTP means (that is `knowledge`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from smtpprobe.errors import ConnectFailed, ProbeError, UsageError
from smtpprobe.exits import ExitStatus
from smtpprobe.knowledge.next_step import Hints
from smtpprobe.present import spans
from smtpprobe.present.escape import shown
from smtpprobe.present.session_view import SessionView, dial_lines, error_lines
from smtpprobe.present.spans import Line
from smtpprobe.protocol.command import Command, exact_line, read_line
from smtpprobe.protocol.events import Closed, Event, Opened, Received, Sent
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.phase import Context, Phase
from smtpprobe.protocol.quantities import shown_duration
from smtpprobe.protocol.redact import masked_line
from smtpprobe.protocol.route import Attempt, Outcome, Route
from smtpprobe.protocol.session import Exchange, State
from smtpprobe.protocol.target import Target
from smtpprobe.repl import local_commands
from smtpprobe.repl.echo import entered_line, sent_lines
from smtpprobe.repl.face import Face
from smtpprobe.repl.fragment import run_fragment
from smtpprobe.repl.handlers import HANDLERS
from smtpprobe.repl.history import kept_form
from smtpprobe.repl.local_commands import LocalCommand, Turn
from smtpprobe.repl.outbox import Entry, Outbox, phase_ahead
from smtpprobe.repl.prompt_text import BODY_PHASES, Place, prompt_text
from smtpprobe.repl.typed import LineClass, classified

if TYPE_CHECKING:
    from smtpprobe.client import Client
    from smtpprobe.config import Settings

ADDRESSES = 20
"""How many addresses used before are offered again."""

MOMENT = 5.0
"""Seconds that a QUIT on leaving waits for its reply."""


class Session:
    """One run of the prompt, over any number of connections.

    `history` holds the lines of this run as they may be kept. `last` is the last exchange.
    `limit` is that of `:timeout` in seconds, None for none. `connected_once` decides the exit
    code. Everything runs on one event loop; `work` is its one long task.
    """

    def __init__(self, client: Client, face: Face, settings: Settings, view: SessionView) -> None:
        self.client = client
        self.face = face
        self.settings = settings
        self.view = view
        self.target: Target | None = None
        self.outbox = Outbox()
        self.held: list[str] | None = None
        self.history: list[str] = []
        self.addresses: tuple[str, ...] = ()
        self.last: Exchange | None = None
        self.last_sender: str | None = None
        self.limit: float | None = None
        self.dialling: str | None = None
        self.connected_once = False
        self.status = ExitStatus.OK
        self.leaving = False
        self.quiet_commands: set[int] = set()
        self._given_up_at = float("-inf")
        self._wake = asyncio.Event()
        self._job: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._asked_to_leave = False

    # What can be seen of it

    @property
    def state(self) -> State:
        """The state of the connection."""
        return self.client.state

    @property
    def offline(self) -> bool:
        """Whether nothing is connected and nothing is being dialled."""
        return self.state.phase is Phase.CLOSED and self._job is None

    @property
    def busy(self) -> bool:
        """Whether something runs that a line has to wait for."""
        return self._job is not None

    @property
    def waiting(self) -> bool:
        """Whether a reply is due that has not been given up."""
        state = self.state
        if state.phase is Phase.GREETING:
            return True
        return any(pending.at > self._given_up_at for pending in state.pending)

    @property
    def place(self) -> Place:
        """What the prompt tells."""
        held = len(self.held) if self.held is not None else None
        return Place(self.state, self.dialling, held)

    @property
    def prompt(self) -> str:
        """The prompt of this moment."""
        return prompt_text(self.place, self.settings.prompt, self.face.width)

    @property
    def phase_ahead(self) -> Phase:
        """The phase in which a line typed now will be read."""
        return phase_ahead(self.state, self.outbox)

    @property
    def hints(self) -> Hints:
        """What completion and ghost text go by, beside the state."""
        target = self.state.target or self.target
        return Hints(
            client=self.settings.client,
            domain=target.domain if target is not None else None,
            last_sender=self.last_sender,
            last_host=str(self.target) if self.target is not None else None,
            addresses=self.addresses,
            last=self.last,
        )

    # What is shown

    def say(self, text: str, style: str = spans.NOTICE) -> None:
        """Show one remark of the program's own, as a `# ` line."""
        self.face.show(self.view.wrapped([spans.line(f"# {text}", style)]))

    def show(self, lines: Sequence[Line]) -> None:
        """Show lines."""
        self.face.show(lines)

    def complain(self, error: ProbeError) -> None:
        """Show an error of the program's own."""
        self.face.show(error_lines(error.message, error.hint))

    # What happens

    def happened(self, happening: Happening) -> None:
        """Take an event from the client: show it, remember what later lines need."""
        match happening.event:
            case Sent(command=command):
                self._show_sent(command, happening.before)
                self._start_timer()
            case Received():
                assert happening.exchange is not None
                self._received(happening.exchange, happening)
            case Opened():
                self.connected_once = True
                self.dialling = None
                self.face.show(self.view.lines(happening))
            case Closed():
                self._closed(happening)
            case _:
                self.face.show(self.view.lines(happening))
        self._wake.set()
        self.face.refresh()

    def dialled(self, told: Route | Attempt) -> None:
        """Take what dialling tells as it goes."""
        if isinstance(told, Attempt):
            if told.outcome is Outcome.CONNECTING:
                self.dialling = told.host.name
        self.face.show(self.view.wrapped(dial_lines(told)))
        self.face.refresh()

    def _show_sent(self, command: Command, before: State) -> None:
        if id(command) in self.quiet_commands:
            self.quiet_commands.discard(id(command))
            return
        place = replace(self.place, state=before)
        prompt = prompt_text(place, self.settings.prompt, self.face.width)
        self.face.show(sent_lines(command, prompt, secrets=self.settings.show_secrets))

    def _received(self, exchange: Exchange, happening: Happening) -> None:
        self.face.show(self.view.lines(happening))
        if exchange.reply.piece:
            return
        self.last = exchange
        self._stop_timer()
        if exchange.after.awaiting:
            self._start_timer()
        self._remember(exchange)
        if exchange.context is Context.DATA and exchange.after.phase is not Phase.DATA:
            self._tell_dropped(self.outbox.drop_body(), "message text follows only a 354")
        if exchange.reply.code == 421:
            self._tell_dropped(self.outbox.clear(), "the server closes")

    def _remember(self, exchange: Exchange) -> None:
        command = exchange.command
        mailbox = command.mailbox if command is not None else None
        if not mailbox or exchange.context not in (Context.MAIL, Context.RCPT):
            return
        if exchange.context is Context.MAIL:
            self.last_sender = mailbox
        others = (known for known in self.addresses if known != mailbox)
        self.addresses = (mailbox, *others)[:ADDRESSES]

    def _closed(self, happening: Happening) -> None:
        self._stop_timer()
        self.face.show(self.view.lines(happening))
        half = self.face.half_line
        if half and not half.startswith(":"):
            seen = masked_line(half, happening.before.phase)
            self.say(f"not sent: {shown(seen)}")
        self._tell_dropped(self.outbox.clear(), "the connection is gone")
        self.held = None
        self.dialling = None

    def _tell_dropped(self, count: int, why: str) -> None:
        if count:
            self.say(f"{count} waiting line{'s' if count > 1 else ''} not sent: {why}")

    # What is typed

    def enter(self, text: str) -> None:
        """Take a line as entered: send it, run it, or let it wait for its turn."""
        phase = self.phase_ahead
        kept = kept_form(text, phase, ignore_space=self.settings.history_ignore_space)
        if kept:
            self.history.append(kept)
            self.face.keep(kept)
        match classified(text, phase, offline=self.offline):
            case LineClass.BODY:
                self._queue(Entry(text, self._send_line, body=True))
            case LineClass.WIRE:
                self._wire(text)
            case LineClass.EXACT:
                self._exact(text)
            case LineClass.LOCAL:
                self._echo(text)
                self.run_local(text)
            case LineClass.NOTHING:
                self._hint_for_nothing()
            case LineClass.HELP:
                self._echo(text)
                self.run_local(":help")
            case LineClass.LEAVE:
                self._echo(text)
                self.leave()
            case other:
                self._echo(text)
                if other.value:
                    self.say(other.value)

    def enter_local(self, text: str) -> None:
        """Take a line of the local prompt (Ctrl-]): a local command, with or without its colon."""
        line = f":{text.lstrip(': ')}"
        kept = kept_form(line, Phase.READY)
        if kept:
            self.history.append(kept)
            self.face.keep(kept)
        self._echo(line)
        self.run_local(line)

    def paste(self, lines: Sequence[str], rest: str) -> None:
        """Take pasted lines; `rest` follows the last line end and stays to be edited."""
        remaining = list(lines)
        while remaining and self.phase_ahead in BODY_PHASES:
            self.enter(remaining.pop(0))
        if len(remaining) == 1 and len(lines) == 1 and not rest:
            self.face.put(self.face.half_line + remaining[0])
            return
        if remaining:
            first = self.face.half_line + remaining[0]
            text = "\n".join((first, *remaining[1:], ""))
            self.face.put("")

            async def run(_entry: Entry) -> None:
                await run_fragment(self, text)

            self._queue(Entry(text, run, command=False))
        if rest:
            self.face.put(rest)

    def enter_next(self, text: str) -> None:
        """Take a line of a fragment."""
        self.enter(text)

    def edit_line(self) -> None:
        """Give the line being typed to the editor, and put it back as edited."""

        async def edit(_entry: Entry) -> None:
            edited = await self.face.edit(self.face.half_line)
            if edited is None:
                self.say("the editor failed; the line is as it was")
            else:
                self.face.put(edited.rstrip("\n"))

        self._queue(Entry("", edit, command=False, at_once=True))

    def begin_transcript(self) -> None:
        """Record from the start, when the settings ask for it."""

    def end_transcript(self) -> None:
        """End the recording."""

    def _wire(self, text: str) -> None:
        if self.held is not None:
            self._echo(text)
            self.held.append(text)
            self.face.refresh()
        elif self.state.phase is Phase.CLOSED and not self.busy:
            self._echo(text)
            self.say("not connected; :connect first")
        else:
            self._queue(Entry(text, self._send_line, at_once=not self.settings.lockstep))

    def _exact(self, text: str) -> None:
        if self.held is not None or self.offline:
            self._wire(text)
            return
        free = self.state.phase not in (Phase.CLOSED, Phase.TLS)
        self._queue(Entry(text, self._send_exact, at_once=free and not len(self.outbox)))

    def _queue(self, entry: Entry) -> None:
        first = not len(self.outbox)
        waits = (self.waiting or self.busy or not first) and not entry.at_once
        self.outbox.add(replace(entry, late=waits) if waits else entry)
        self._wake.set()
        if waits and not entry.body:
            seen = masked_line(entry.text, Phase.AUTH if self._secret_ahead(entry) else Phase.READY)
            self.say(f"queued: {shown(seen)}" + (self._waited_for() if first else ""))
        self.face.refresh()

    def _secret_ahead(self, entry: Entry) -> bool:
        others = Outbox()
        for known in self.outbox:
            if known is not entry and known.text is not entry.text:
                others.add(known)
        return phase_ahead(self.state, others) is Phase.AUTH and not entry.text.startswith(":")

    def _waited_for(self) -> str:
        state = self.state
        if state.pending:
            verb = state.pending[0].command.verb or "the last line"
            return f"  (sent when the reply to {verb} has come; Ctrl-C drops it)"
        return "  (sent in its turn; Ctrl-C drops it)"

    def _echo(self, text: str) -> None:
        if not self.face.echoes:
            self.face.show([entered_line(self.prompt, text)])

    def _hint_for_nothing(self) -> None:
        if self.phase_ahead is Phase.AUTH:
            self.say('nothing sent; a line with only ">" sends an empty answer, "*" gives up')
        elif self.offline:
            self.say(
                "not connected: :connect example.org (its MX) or :connect [host]; :quit leaves"
            )
        else:
            self.say("nothing sent; Tab lists what fits here, ? explains it")

    def run_local(self, text: str) -> None:
        """Run a local command now, in its turn or instead of what waits, as its table says."""
        try:
            found, argument = local_commands.find(text)
        except UsageError as error:
            self.complain(error)
            return
        entry = Entry(text, lambda _: HANDLERS[found.name](self, argument), command=False)
        match found.turn:
            case Turn.NOW:
                self._run_now(found, argument)
            case Turn.NEXT:
                self._queue(entry)
            case Turn.INSTEAD:
                self.stop_job()
                self._tell_dropped(self.outbox.clear(), f"{text.split()[0]} comes first")
                self.outbox.add(replace(entry, at_once=True))
                self._wake.set()

    def _run_now(self, found: LocalCommand, argument: str) -> None:
        """Commands of this turn never wait for anything, so one step of theirs is all."""
        step = HANDLERS[found.name](self, argument).__await__()
        try:
            next(step)
        except StopIteration:
            return
        except ProbeError as error:
            self.complain(error)
            return
        raise AssertionError(f"{found.name} waits, which its turn does not allow")

    # What runs

    async def work(self) -> None:
        """Perform entries, one after the other, each when its turn has come. Never returns."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while (head := self.outbox.head) is not None and self._due(head):
                await self._perform(self.outbox.take())

    def _due(self, entry: Entry) -> bool:
        return entry.at_once or not self.waiting

    async def _perform(self, entry: Entry) -> None:
        self._job = asyncio.ensure_future(self._guarded(entry))
        self.face.refresh()
        try:
            await asyncio.wait([self._job])
            if not self._job.cancelled():
                self._job.result()
        finally:
            self._job.cancel()
            self._job = None
            self.dialling = None
            self.face.refresh()

    async def _guarded(self, entry: Entry) -> None:
        try:
            await entry.run(entry)
        except ProbeError as error:
            self.complain(error)

    async def _send_line(self, entry: Entry) -> None:
        await self._send_typed(read_line(entry.text, self.state.phase), entry)

    async def _send_exact(self, entry: Entry) -> None:
        text = entry.text.lstrip()[1:].removeprefix(" ")
        await self._send_typed(exact_line(text, self.state.phase), entry)

    async def _send_typed(self, command: Command, entry: Entry) -> None:
        if self.face.echoes and not entry.late:
            self.quiet_commands.add(id(command))
        await self.send(command)

    async def send(self, command: Command) -> None:
        """Send a command; raises ConnectFailed when the connection is gone."""
        await self.client.send(command)

    async def reply_to(self, command: Command) -> Exchange:
        """Send a command and return the exchange of its reply.

        Raises:
            ConnectFailed: the connection ended first.
        """
        found: asyncio.Future[Exchange] = asyncio.get_running_loop().create_future()

        def look(happening: Happening) -> None:
            exchange = happening.exchange
            if found.done():
                return
            if exchange is not None and exchange.command is command and not exchange.reply.piece:
                found.set_result(exchange)
            elif isinstance(happening.event, Closed):
                found.set_exception(ConnectFailed("the connection ended before the reply came"))

        unsubscribe = self.client.subscribe(look)
        try:
            await self.client.send(command)
            return await found
        finally:
            unsubscribe()
            found.cancel()

    async def next_event(self, wanted: Callable[[Event], bool]) -> None:
        """Wait for an event."""
        found = asyncio.Event()

        def look(happening: Happening) -> None:
            if wanted(happening.event):
                found.set()

        unsubscribe = self.client.subscribe(look)
        try:
            await found.wait()
        finally:
            unsubscribe()

    async def connect(self, target: Target) -> None:
        """Dial a target; raises what `Client.open` raises."""
        self.target = target
        self.dialling = target.name
        self.held = None
        self.face.refresh()
        await self.client.open(target)

    def start(self, target: Target) -> None:
        """Dial the first target, as the first thing in turn."""
        self.target = target

        async def dial(_entry: Entry) -> None:
            await self.connect(target)

        self.outbox.add(Entry(":connect", dial, command=False, at_once=True))
        self._wake.set()

    def stop_job(self) -> bool:
        """Cancel what runs; tell whether something did."""
        job = self._job
        if job is None:
            return False
        if self.state.phase is Phase.TLS:
            self.client.abort("handshake stopped; it cannot be left half way")
        job.cancel()
        return True

    async def end(self) -> None:
        """Close what is open, recordings included."""
        self._stop_timer()
        await self.client.close()
        self.end_transcript()

    # Waiting and its end

    def interrupt(self) -> None:
        """Ctrl-C on an empty line: stop what is waited for; never the connection itself."""
        if self._job is not None:
            self._interrupt_job()
        elif self.waiting:
            self.stop_waiting("stopped waiting")
        elif self.state.phase in BODY_PHASES:
            self.say('SMTP has no cancel inside DATA: finish with "." or Ctrl-] :close')
        elif self.held is not None:
            self.held = None
            self.say("hold ended; nothing of it was sent")
        elif self.state.phase is Phase.CLOSED:
            self._leave_at_second_press()
            return
        else:
            self.say("still connected; QUIT or Ctrl-D ends the session, :quit! leaves at once")
        self.face.refresh()

    def _interrupt_job(self) -> None:
        handshake, dialling = self.state.phase is Phase.TLS, self.dialling is not None
        dropped = self.outbox.clear()
        self.stop_job()
        if dialling:
            self.say("stopped connecting")
        elif not handshake:
            self.say("stopped")
        self._tell_dropped(dropped, "stopped by you")

    def stop_waiting(self, why: str) -> None:
        """Give the awaited replies up: later lines go out; the replies are shown when they come."""
        state = self.state
        verb = state.pending[0].command.verb if state.pending else ""
        self._given_up_at = state.pending[-1].at if state.pending else self._given_up_at
        self._stop_timer()
        octets = self.client.pending_octets
        so_far = f" ({octets} octets of it are here)" if octets else ""
        what = f"the reply to {verb}" if verb else "the reply"
        self.say(f"{why}: {what} is shown when it comes{so_far}; :close ends the connection")
        self._tell_dropped(self.outbox.clear(), why)
        self._wake.set()

    def _leave_at_second_press(self) -> None:
        if self._asked_to_leave:
            self.leave()
            return
        self._asked_to_leave = True
        self.say("not connected; Ctrl-C again leaves, so do Ctrl-D and :quit")

    def typed(self) -> None:
        """Take note that a key was pressed: the next Ctrl-C is a first one again."""
        self._asked_to_leave = False

    def _start_timer(self) -> None:
        if self.limit is not None and self._timer is None and self.state.pending:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(self.limit, self._late, self.limit)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _late(self, limit: float) -> None:
        self._timer = None
        if self.waiting:
            self.stop_waiting(f"no reply within {shown_duration(limit)}")
            self.face.refresh()

    # Leaving

    def end_of_input(self, *, insist: bool = False) -> None:
        """Ctrl-D on an empty line, or `:quit` (then `insist`): a visible QUIT where it fits."""
        state = self.state
        if self.leaving:
            self.leave()
        elif state.phase in BODY_PHASES and not state.pending and not insist:
            self.say('end the message with a line holding only "."; Ctrl-] :close drops it')
        elif not self._quit_fits():
            self.leave()
        else:
            self._leave_by_setting()

    def _quit_fits(self) -> bool:
        silent = {Phase.CLOSED, Phase.GREETING, Phase.TLS, Phase.AUTH, Phase.DATA, Phase.BDAT}
        state = self.state
        return not (state.phase in silent or state.ended or self.busy or self.waiting)

    def _leave_by_setting(self) -> None:
        match self.settings.on_eof:
            case "close":
                self.leave()
            case "ask":
                self._queue(Entry("", self._ask_and_leave, command=False))
            case _:
                self._queue(Entry("", self._quit_and_leave, command=False))

    async def _ask_and_leave(self, entry: Entry) -> None:
        question = "still connected: [q]uit with QUIT, [c]lose without, [s]tay?"
        match await self.face.choose(question, "qcs"):
            case "q":
                await self._quit_and_leave(entry)
            case "c":
                self.leave()
            case _:
                self.say("staying")

    async def _quit_and_leave(self, _entry: Entry) -> None:
        self.leaving = True
        try:
            async with asyncio.timeout(MOMENT):
                await self.reply_to(read_line("QUIT", self.state.phase))
                await self._until_closed()
        except TimeoutError:
            if not self.state.ended:
                self.say(f"no reply to QUIT within {shown_duration(MOMENT)}")
        except ConnectFailed:
            pass
        self.leave()

    async def _until_closed(self) -> None:
        if self.state.phase is not Phase.CLOSED:
            async with asyncio.timeout(1.0):
                await self.next_event(lambda event: isinstance(event, Closed))

    def leave(self) -> None:
        """End the dialogue now; what is open is closed by whoever runs the session."""
        self.leaving = True
        self.face.leave()
