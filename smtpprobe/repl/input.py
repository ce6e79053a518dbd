"""What is typed or pasted, on its way: classified, kept for the history, queued or run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from smtpprobe.errors import ProbeError, UsageError
from smtpprobe.explainer import own_table
from smtpprobe.present.escape import shown
from smtpprobe.present.prompt import BODY_PHASES
from smtpprobe.protocol.command import Command, exact_line, first_word, read_line
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.redact import is_secret
from smtpprobe.protocol.session import line_phase
from smtpprobe.protocol.verbs import VERBS
from smtpprobe.repl.commands import table
from smtpprobe.repl.commands.handlers import HANDLERS
from smtpprobe.repl.commands.table import LocalCommand, Turn
from smtpprobe.repl.foreign_lines import answer
from smtpprobe.repl.history import kept_form
from smtpprobe.repl.line_class import LineClass, classified, masked_typed
from smtpprobe.repl.line_queue import Entry
from smtpprobe.repl.output import entered_line
from smtpprobe.repl.pasted_lines import run_fragment
from smtpprobe.repl.script_lines import filled_in, filled_in_freely, run_language
from smtpprobe.repl.stray_answer import consented, read_as
from smtpprobe.repl.wait import settled

if TYPE_CHECKING:
    from smtpprobe.repl.session import Session


class Input:
    """Takes lines from a face and acts on the session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def line(self, text: str) -> None:
        """Take a line as entered: send it, run it, or let it wait for its turn."""
        session = self._session
        self._watch_table()
        phase = session.phase_ahead
        self._keep(text, read_as(session, text))
        match classified(text, phase, offline=session.offline):
            case LineClass.BODY:
                self._queue(Entry(text, self._send_line, body=True))
            case LineClass.WIRE:
                self._wire(text)
            case LineClass.EXACT:
                self._exact(text)
            case LineClass.LOCAL:
                self._echo(text)
                self.run_local(text)
            case LineClass.EXPECTATION:
                self._echo(text)
                self._expect(text)
            case LineClass.NOTHING:
                self._nothing(text)
            case LineClass.HELP:
                self._echo(text)
                self.run_local(":help")
            case LineClass.LEAVE:
                self._echo(text)
                session.leave()
            case remark:
                self._echo(text)
                foreign = remark is LineClass.FOREIGN
                said = answer(text, offline=session.offline) if foreign else remark.value
                if said:
                    session.say(said)

    def _watch_table(self) -> None:
        """Use the user's own table as it is now; report that it has changed."""
        if news := own_table.changed():
            self._session.say(shown(news))

    def local(self, text: str) -> None:
        """Take a line of the local prompt (Ctrl-]): a local command, with its colon or without."""
        self._watch_table()
        line = f":{text.lstrip(': ')}"
        self._keep(line, Phase.READY)
        self._echo(line)
        self.run_local(line)

    def paste(self, lines: Sequence[str], rest: str) -> None:
        """Take pasted lines; `rest` follows the last line end and stays to be edited.

        Message text goes out line by line; the dot that ends it is asked about. What follows, or is
        pasted elsewhere, is one fragment. A single line is only put where it can be edited.
        """
        session, remaining = self._session, list(lines)
        while remaining and session.phase_ahead in BODY_PHASES:
            if session.phase_ahead is Phase.DATA and remaining[0] == ".":
                self._end_pasted([*remaining[1:], rest] if rest else remaining[1:])
                session.face.put("")
                return
            self.line(remaining.pop(0))
        if not remaining:
            session.face.put(rest)
        elif len(lines) == 1 and not rest:
            session.face.put(remaining[0])
        else:
            self.fragment([*remaining, rest] if rest else remaining)
            session.face.put("")

    def _end_pasted(self, behind: list[str]) -> None:
        """Ask whether to send the message that a paste ends, in its turn; then what is behind."""
        session = self._session

        async def run(_entry: Entry) -> None:
            if session.state.phase is not Phase.DATA:
                return
            question = "the paste ends the message: send it? [y]es [n]o"
            if await session.face.choose(question, "yn") != "y":
                session.output.tell_dropped(1 + len(behind), "the message is still open")
                return
            await session.client.send(read_line(".", session.state.phase))
            await settled(session.client)
            if behind:
                await run_fragment(session, behind)

        self._queue(Entry(".", run, command=False, body=True))

    def fragment(self, lines: Sequence[str]) -> None:
        """Run several lines as one fragment, in its turn."""

        async def run(_entry: Entry) -> None:
            await run_fragment(self._session, list(lines))

        self._queue(Entry("\n".join(lines), run, command=False))

    def _expect(self, text: str) -> None:
        """Hold an expectation against the replies so far, or the next one."""

        async def run(_entry: Entry) -> None:
            await run_language(self._session, text)

        self._queue(Entry(text, run, command=False, expects=True, at_once=self._free))

    def edit_line(self) -> None:
        """Give the line being typed to the editor, and put it back as edited."""
        session = self._session
        if session.phase_ahead in BODY_PHASES:
            self.run_local(":edit")
            return

        if session.phase_ahead is Phase.AUTH or is_secret(session.face.half_line, Phase.CONNECTED):
            session.say("not opened in the editor: credentials would end up in its files")
            return

        async def edit(_entry: Entry) -> None:
            edited = await session.face.edit(session.face.half_line)
            if edited is None:
                session.say("the editor failed; the line is unchanged")
            else:
                session.face.put(edited.rstrip("\n").replace("\n", " "))

        session.queue.add(Entry("", edit, command=False, at_once=True))

    def run_local(self, text: str) -> None:
        """Run a local command now, in its turn or instead of what waits, as its table says."""
        session = self._session
        try:
            found, argument = table.find(text)
        except UsageError as error:
            session.output.complain(error)
            return
        entry = Entry(text, lambda _: HANDLERS[found.name](session, argument), command=False)
        match found.turn:
            case Turn.NOW:
                self._run_now(found, argument)
            case Turn.FREELY:
                self._queue(entry._replace(at_once=self._free))
            case Turn.NEXT:
                self._queue(entry)
            case Turn.INSTEAD:
                session.queue.put_first(entry, f":{found.name} takes precedence")

    def _run_now(self, found: LocalCommand, argument: str) -> None:
        """Commands of this turn never wait for anything, so one step of theirs is all."""
        step = HANDLERS[found.name](self._session, argument).__await__()
        try:
            next(step)
        except StopIteration:
            return
        except (ProbeError, OSError) as error:
            self._session.output.complain(error)
            return
        raise AssertionError(f"{found.name} would wait, which is not possible here")

    def _keep(self, text: str, phase: Phase) -> None:
        session = self._session
        kept = kept_form(text, phase, ignore_space=session.settings.history_ignore_space)
        if kept:
            session.history.append(kept)
            session.face.keep(kept)

    def _wire(self, text: str) -> None:
        session = self._session
        if session.held is not None:
            self._echo(text)
            session.held.append(text)
        elif session.offline:
            self._echo(text)
            session.say("not connected; use :connect first")
        else:
            at_once = not session.settings.lockstep
            self._queue(Entry(text, self._send_line, answer=self._answers(text), at_once=at_once))

    def _exact(self, text: str) -> None:
        session = self._session
        if session.held is not None or session.offline:
            self._wire(text)
            return
        bare = text.lstrip().removeprefix(">")
        entry = Entry(text, self._send_exact, answer=self._answers(bare), at_once=self._free)
        self._queue(entry)

    def _answers(self, text: str) -> bool:
        """Return whether a line is for a challenge that is still to come."""
        session = self._session
        ahead = session.state.phase is not Phase.AUTH and session.phase_ahead is Phase.AUTH
        return ahead and first_word(text) not in VERBS

    @property
    def _free(self) -> bool:
        """Whether octets can go out now, past what is awaited: nothing is queued before them."""
        session = self._session
        connected = session.state.phase not in (Phase.CLOSED, Phase.TLS)
        return connected and not len(session.queue.outbox)

    def _queue(self, entry: Entry) -> None:
        session = self._session
        phase, first = read_as(session, entry.text), not len(session.queue.outbox)
        if session.queue.add(entry) and not entry.body:
            text = entry.text.partition("\n")[0]
            more = self._waited_for() if first else ""
            session.say(f"queued: {shown(masked_typed(text, phase))}{more}")
        session.face.refresh()

    def _waited_for(self) -> str:
        pending = self._session.state.pending
        verb = pending[0].command.verb if pending else ""
        what = f"after the reply to {verb}" if verb else "in its turn"
        return f"  (sent {what}; Ctrl-C discards it)"

    def _echo(self, text: str) -> None:
        session = self._session
        if not session.face.echoes:
            seen = masked_typed(text, read_as(session, text))
            session.show([entered_line(session.prompt, seen)])

    def _nothing(self, text: str) -> None:
        """An empty line answers a challenge that wants nothing else; elsewhere it sends nothing."""
        session = self._session
        if session.acknowledged(text) is None:
            self._hint_for_nothing()
        else:
            self._queue(Entry("", self._send_line))

    def _hint_for_nothing(self) -> None:
        session = self._session
        if session.phase_ahead is Phase.AUTH:
            session.say('nothing sent; a line with only ">" sends an empty response, "*" cancels')
        elif session.offline:
            session.say(
                "not connected: :connect example.org (its MX) or :connect [host]; :quit leaves"
            )
        else:
            keys = ":next" if session.face.echoes else "right arrow accepts the grey text, Tab"
            session.say(f"nothing sent; {keys} lists what fits here, ? explains it")

    async def _send_line(self, entry: Entry) -> None:
        session = self._session
        acknowledged = session.acknowledged(entry.text)
        text = entry.text if acknowledged is None else acknowledged
        phase = line_phase(session.state, text)
        if "{{" in text and phase not in BODY_PHASES:
            text = filled_in(session, text)
        await self._send(read_line(text, phase), entry)

    async def _send_exact(self, entry: Entry) -> None:
        text = entry.text.lstrip()[1:].removeprefix(" ")
        if "{{" in text:
            text = filled_in_freely(self._session, text)
        await self._send(exact_line(text, line_phase(self._session.state, text)), entry)

    async def _send(self, command: Command, entry: Entry) -> None:
        session = self._session
        permitted = await consented(session, command)
        if permitted is None:
            return
        if session.face.echoes and not entry.late:
            session.unechoed.append(permitted)
        await session.client.send(permitted)
