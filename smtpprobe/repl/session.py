"""The session at the prompt: what happens becomes lines, and what later lines need is remembered.

Knows the client, whose turn it is, and the dialogue; not the terminal (that is the Face) and not
what SMTP means (that is `knowledge`). What is typed comes in through `input`.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from smtpprobe.errors import ProbeError
from smtpprobe.knowledge.assist.completion import Hints
from smtpprobe.knowledge.assist.line_hint import hint
from smtpprobe.login.sources import NO_WISH
from smtpprobe.present.escape import shown
from smtpprobe.present.prompt import Place, prompt_text
from smtpprobe.present.session import SessionView, dial_lines
from smtpprobe.protocol.attempts import Attempt, Outcome, Route
from smtpprobe.protocol.command import Command, Kind
from smtpprobe.protocol.events import Closed, Opened, Received, Secured, Sent
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.redact import Secrets
from smtpprobe.protocol.redact_events import learn_from, redacted_happening
from smtpprobe.protocol.reply import Severity
from smtpprobe.protocol.session import LOGINS, Exchange, State, stray_answer
from smtpprobe.protocol.target import Target
from smtpprobe.protocol.verbs import Context
from smtpprobe.repl.exit_keys import ExitKeys
from smtpprobe.repl.line_class import masked_typed
from smtpprobe.repl.line_queue import Entry, LineQueue, phase_ahead
from smtpprobe.repl.output import Output, sent_lines
from smtpprobe.repl.recording import Capturing, Recording
from smtpprobe.repl.ui.interface import Face
from smtpprobe.script.runner.at_prompt import Untaken

if TYPE_CHECKING:
    from smtpprobe.client import Client
    from smtpprobe.repl.commands.several import Other
    from smtpprobe.script.runner.at_prompt import Kept
    from smtpprobe.settings.settings import Settings

ADDRESSES = 20
"""How many addresses used before are offered again."""


class Session:
    """One run of the prompt, over any number of connections, on one event loop.

    `target` is the last one connected to, `domains` lists targets that are no domain (the
    practice server) whose mail they take. `history` holds the lines of this run as they may be
    kept, `held` those that `:hold` collects. `others` are the
    connections beside this one, by name. `last` is the last exchange, without secrets in its
    reply; `latest` what happened last: a reply, a handshake, a close (a failed handshake stays over
    the close that it leads to), or why there is no connection. `connected_once` (a
    greeting came) decides the exit code. `secrets` are those given by `:secret`, and credentials
    that went out, `login` what options say of those for `:auth`. `unechoed` holds commands that the
    terminal shows already.
    """

    def __init__(self, client: Client, face: Face, settings: Settings, view: SessionView) -> None:
        self.client = client
        self.face = face
        self.settings = settings
        self.view = view
        self.secrets = Secrets()
        self.login = NO_WISH
        self.output = Output(face, view, self.secrets)
        self.queue = LineQueue(client, self.output, face.refresh)
        self.exit_keys = ExitKeys(self)
        self.recording = Recording(client, self.output, self.secrets)
        self.capturing = Capturing(client, self.output, self.secrets)
        self.target: Target | None = None
        self.domains: dict[Target, str] = {}
        self.held: list[str] | None = None
        self.history: list[str] = []
        self.others: dict[str, Other] = {}
        self.addresses: tuple[str, ...] = ()
        self.last: Exchange | None = None
        self.latest: Happening | ProbeError | None = None
        self.last_sender: str | None = None
        self.dialling: str | None = None
        self.connected_once = False
        self.unechoed: list[Command] = []
        self._untaken = Untaken()
        self.show = self.output.show
        self.say = self.output.say

    @property
    def state(self) -> State:
        """The state of the connection."""
        return self.client.state

    @property
    def offline(self) -> bool:
        """Whether nothing is connected and nothing is under way."""
        return self.state.phase is Phase.CLOSED and not self.queue.busy

    @property
    def prompt(self) -> str:
        """The prompt of this moment."""
        return self._prompt_in(self.state)

    def _prompt_in(self, state: State) -> str:
        held = len(self.held) if self.held is not None else None
        place = Place(state, self.dialling, held)
        return prompt_text(place, self.settings.prompt, self.face.width)

    @property
    def phase_ahead(self) -> Phase:
        """The phase in which a line typed now will be read."""
        return phase_ahead(self.state, self.queue.outbox)

    @property
    def hints(self) -> Hints:
        """What completion and ghost text go by, beside the state."""
        target = self.state.target or self.target
        return Hints(
            client=self.settings.client,
            domain=(target.domain or self.domains.get(target)) if target is not None else None,
            last_sender=self.last_sender,
            last_host=str(self.target) if self.target is not None else None,
            addresses=self.addresses,
            last=self.last,
        )

    def acknowledged(self, text: str) -> str | None:
        """Return what a line sends that is typed under a challenge that is only an error report."""
        state, last = self.state, self.last
        if state.phase is not Phase.AUTH or state.pending or last is None:
            return None
        from smtpprobe.knowledge.rules.auth_challenge import (  # noqa: PLC0415 - base64 and JSON, for logins
            acknowledgement,
        )

        return acknowledgement(text, last.reply, state.auth_mechanism or "")

    @cached_property
    def kept(self) -> Kept:
        """What lines of the script language keep between them; made with the first of these."""
        from smtpprobe.script.runner.at_prompt import Kept  # noqa: PLC0415 - most sessions need none

        return Kept(self._untaken)

    def happened(self, happening: Happening) -> None:
        """Take an event from the client."""
        self._untaken.happened(happening)
        learn_from(happening.event, self.secrets)
        happening = redacted_happening(happening, self.secrets)
        self._note(happening)
        match happening.event:
            case Sent(command=command):
                if counted := self.view.lines(happening):
                    self.show(counted)
                self._show_sent(command, happening.before)
                self.queue.warn_out_of_step(happening.before)
                self.queue.start_timer()
            case Received():
                assert happening.exchange is not None
                self._received(happening.exchange, happening)
            case Opened():
                self.dialling = None
                self.show(self.view.lines(happening))
            case Closed():
                self._closed(happening)
            case _:
                self.show(self.view.lines(happening))
        self._hush(happening)
        self.queue.stir()
        self.face.refresh()

    def _note(self, happening: Happening) -> None:
        match happening.event:
            case Closed() if _failed_handshake(self.latest):
                pass
            case Received(reply=reply) if reply.piece:
                pass
            case Received() | Secured() | Closed():
                self.latest = happening
            case _:
                pass

    def _hush(self, happening: Happening) -> None:
        """Keep from drawing while something is measured: a reply, a handshake."""
        if not _measured(happening.after):
            self.face.unhush()
        elif not _measured(happening.before):
            self.face.hush()

    def dialled(self, told: Route | Attempt) -> None:
        """Show the progress of dialling."""
        if isinstance(told, Attempt) and told.outcome is Outcome.CONNECTING:
            self.dialling = told.host.name
        self.show(self.view.wrapped(dial_lines(told)))
        self.face.refresh()

    def _show_sent(self, command: Command, before: State) -> None:
        if any(known is command for known in self.unechoed):
            self.unechoed.clear()
        else:
            prompt = self._prompt_in(before)
            show = self.face.show if self.settings.show_secrets else self.show
            show(sent_lines(command, prompt, secrets=self.settings.show_secrets))
        if self.settings.hints == "line" and command.kind is Kind.COMMAND and not command.secret:
            self._hint(command.text, before)

    def _hint(self, text: str, before: State) -> None:
        found = hint(text, before)
        if found.warnings:
            self.say(shown("; ".join((*found.warnings, found.syntax)).rstrip("; ")))

    def _received(self, exchange: Exchange, happening: Happening) -> None:
        self.show(self.view.lines(happening))
        if exchange.reply.piece:
            return
        self.last = exchange
        self.connected_once = True
        self.queue.stop_timer()
        self.queue.start_timer()
        self._remember(exchange)
        if exchange.reply.severity in (Severity.TRANSIENT, Severity.PERMANENT):
            self._bell()
        outbox = self.queue.outbox
        if exchange.context is Context.DATA and exchange.after.phase is not Phase.DATA:
            self.output.tell_dropped(outbox.drop_body(), "message text is sent only after 354")
        if exchange.context in LOGINS and not exchange.after.pending:
            over = exchange.after.phase is not Phase.AUTH
            self.output.tell_dropped(outbox.drop_answers() if over else 0, "the login is over")
        if exchange.reply.code == 421:
            self.output.tell_dropped(outbox.drop_unsent(), "the server is closing")

    def _remember(self, exchange: Exchange) -> None:
        command = exchange.command
        mailbox = command.mailbox if command is not None else None
        if not mailbox or exchange.context not in (Context.MAIL, Context.RCPT):
            return
        if exchange.context is Context.MAIL:
            self.last_sender = mailbox
        else:
            others = (known for known in self.addresses if known != mailbox)
            self.addresses = (mailbox, *others)[:ADDRESSES]

    def _closed(self, happening: Happening) -> None:
        self.queue.stop_timer()
        self.show(self.view.lines(happening))
        half = self.face.half_line
        if half.strip() and not half.startswith(":"):
            refused = stray_answer(happening.before, half)
            phase = Phase.AUTH if refused else happening.before.phase
            self.say(f"not sent: {shown(masked_typed(half, phase))}")
        self.output.tell_dropped(self.queue.outbox.drop_unsent(), "the connection is closed")
        self.held = None
        self._bell()

    def _bell(self) -> None:
        if self.settings.bell:
            self.face.ring()

    async def connect(self, target: Target) -> None:
        """Dial a target; raises what `Client.open` raises."""
        self.target = target
        self.held = None
        await self.client.close()
        self.dialling = target.name
        self.face.refresh()
        try:
            await self.client.open(target)
        except ProbeError as error:
            self.latest = error
            raise
        finally:
            self.dialling = None
        if target not in self.domains:
            self.face.keep_target(str(target))

    def start(self, target: Target) -> None:
        """Dial the first target, before anything queued."""
        self.target = target

        async def dial(_entry: Entry) -> None:
            await self.connect(target)

        self.queue.add(Entry(":connect", dial, command=False, at_once=True))

    def leave(self) -> None:
        """End the dialogue now; what is open is closed by `end`."""
        self.exit_keys.begun = True
        self.face.leave()

    async def end(self) -> None:
        """Close what is open, recordings included."""
        self.queue.stop_timer()
        await self.client.close()
        for other in self.others.values():
            await other.client.close()
        self.recording.stop()
        self.capturing.stop()


def _failed_handshake(latest: Happening | ProbeError | None) -> bool:
    event = latest.event if isinstance(latest, Happening) else None
    return isinstance(event, Secured) and not event.tls.ok


def _measured(state: State) -> bool:
    return state.awaiting or state.phase is Phase.TLS
