"""The full prompt: one prompt_toolkit application for the whole run, all output above it.

A line that is entered leaves the buffer and comes back as output when it goes out, behind the
prompt of that moment, masked: so the screen reads as the session was, and no secret stays on it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from typing import TYPE_CHECKING, Any

from prompt_toolkit.application import Application
from prompt_toolkit.application.run_in_terminal import in_terminal
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.enums import EditingMode
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import History
from prompt_toolkit.renderer import CPR_Support
from prompt_toolkit.styles import DynamicStyle

from smtpprobe.present import spans
from smtpprobe.present.ascii_text import ascii_text
from smtpprobe.present.escape import shown
from smtpprobe.present.prompt import BODY_PHASES
from smtpprobe.present.spans import Line
from smtpprobe.repl.history import HistoryFile
from smtpprobe.repl.input import Input
from smtpprobe.repl.ui import editor
from smtpprobe.repl.ui.completer import SmtpCompleter
from smtpprobe.repl.ui.ghost import suggestion
from smtpprobe.repl.ui.interface import Answer, Shape
from smtpprobe.repl.ui.layout import Drawing
from smtpprobe.repl.ui.printer import Printer
from smtpprobe.repl.ui.proposed_line import Given
from smtpprobe.repl.ui.questions import Aside, Asides
from smtpprobe.repl.ui.theme import colour_depth, theme
from smtpprobe.repl.ui.toolbar import clock_shown

if TYPE_CHECKING:
    from smtpprobe.repl.session import Session


class KeptLines(History):
    """The history file as prompt_toolkit's history: newest first; new lines go into the file."""

    def __init__(self, file: HistoryFile) -> None:
        super().__init__()
        self._file = file

    def load_history_strings(self) -> Sequence[str]:
        """Return the lines, newest first."""
        return self._file.lines[::-1]

    def store_string(self, string: str) -> None:
        """Append a line to the file."""
        self._file.append(string)

    async def load(self) -> AsyncGenerator[str, None]:
        """Yield the lines, newest first."""
        for line in self.load_history_strings():
            yield line


class QuietApplication(Application[None]):
    """prompt_toolkit's application, drawn when what belongs above the prompt is on the screen.

    `make_way` returns whether it is; if not, it must invalidate the application later.
    """

    def __init__(self, make_way: Callable[[], bool], **words: Any) -> None:
        self._make_way = make_way
        super().__init__(**words)

    def _redraw(self, render_as_done: bool = False) -> None:
        if render_as_done or self._make_way():
            super()._redraw(render_as_done)


class FullFace:
    """The terminal side of a session as a prompt_toolkit application."""

    echoes = False

    def __init__(
        self, kept: HistoryFile, targets: HistoryFile, *, colour: bool, ascii_only: bool
    ) -> None:
        self.kept = kept
        self.targets = targets
        self.session: Session
        self.input: Input
        self.app: QuietApplication
        self.buffer: Buffer
        self.given: Given
        self.asides: Asides
        self.search_buffer = Buffer(name="search")
        self._history = KeptLines(kept)
        self._colour = colour
        self._ascii_only = ascii_only
        self._left = False
        self._printer: Printer

    def attach(self, session: Session) -> None:
        """Build the application for a session."""
        self.session = session
        self.input = Input(session)
        for file in (self.kept, self.targets):
            file.tell = lambda text: session.say(shown(text), spans.WARNING)
        self.buffer = Buffer(
            completer=SmtpCompleter(
                session, lambda: self.targets.lines, local=lambda: self.in_local_prompt
            ),
            history=self._history,
            multiline=Condition(lambda: self.shape is Shape.LINES),
            enable_history_search=True,
            on_text_changed=lambda _: self._changed(),
        )
        self.given = Given(self.buffer)
        self.asides = Asides(self.buffer, self.refresh)
        self.app = self._application()
        self._printer = Printer(self.app, session.client.pause, session.client.resume)

    def _application(self) -> QuietApplication:
        from smtpprobe.repl.ui.keys import bindings  # noqa: PLC0415 - keys know this class

        settings = self.session.settings
        drawing = Drawing(self)
        app = QuietApplication(
            lambda: self._printer.make_way(),  # noqa: PLW0108 - the printer is made after it
            layout=drawing.layout(),
            style=DynamicStyle(lambda: theme(self.session.settings.theme)),
            key_bindings=bindings(self),
            editing_mode=EditingMode.VI if settings.editing_mode == "vi" else EditingMode.EMACS,
            color_depth=colour_depth(colour=self._colour),
            erase_when_done=True,
        )
        # The prompt does not need its position on the screen, so do not query it.
        app.renderer.cpr_support = CPR_Support.NOT_SUPPORTED
        app.ttimeoutlen = 0.1
        app.before_render += lambda _: drawing.take_rows_back()
        return app

    @property
    def half_line(self) -> str:
        """The main line, also while a question has taken its place."""
        return self.asides.main_line

    @property
    def warnings(self) -> Sequence[str]:
        """Errors in the files of history and targets, a sentence each."""
        return [*self.kept.warnings, *self.targets.warnings]

    @property
    def width(self) -> int:
        """The terminal's columns."""
        return self.app.output.get_size().columns

    def show(self, lines: Sequence[Line]) -> None:
        """Print lines above the prompt."""
        self._printer.print([self.plain_line(line) for line in lines])

    def refresh(self) -> None:
        """Draw the prompt again."""
        self.app.invalidate()

    def hush(self) -> None:
        """Leave the screen as it is until `unhush`, or for a moment."""
        self._printer.hush()

    def unhush(self) -> None:
        """Draw again."""
        self._printer.unhush()

    def keep(self, line: str) -> None:
        """Take a line into the history."""
        self._history.append_string(line)

    def keep_target(self, target: str) -> None:
        """Remember a target to offer for `:connect`."""
        self.targets.append(target)

    async def ask(self, question: str, shape: Shape = Shape.LINE, text: str = "") -> Answer:
        """Ask in place of the line being typed."""
        return await self.asides.ask(question, shape, text)

    async def choose(self, question: str, letters: str) -> str:
        """Ask for one key."""
        answer = await self.asides.ask(f"{question} ", Shape.LINE, letters=letters)
        return answer if isinstance(answer, str) else ""

    async def edit(self, text: str) -> str | None:
        """Give the terminal to the user's editor."""
        self._printer.flush()
        self._printer.hold()
        try:
            async with in_terminal():
                return await editor.edited(text, self.session.settings.editor)
        finally:
            self._printer.release()

    @property
    def is_away(self) -> bool:
        """Whether an editor has the terminal, and its keys."""
        return self._printer.is_away

    def put(self, text: str) -> None:
        """Make `text` the line being typed."""
        self.buffer.document = Document(text)

    def ring(self) -> None:
        """Sound the bell."""
        self.app.output.bell()

    def leave(self) -> None:
        """End the application; it does not begin any more, if it has not yet."""
        self._left = True
        if self.app.is_running and not self.app.is_done:
            self.app.exit()

    @property
    def aside(self) -> Aside | None:
        """The question being asked, if any."""
        return self.asides.current

    @property
    def shape(self) -> Shape:
        """The form of what is being typed."""
        return self.aside.shape if self.aside is not None else Shape.LINE

    @property
    def in_local_prompt(self) -> bool:
        """Whether the local prompt of Ctrl-] is open."""
        return self.aside is not None and self.aside.local

    @property
    def in_body(self) -> bool:
        """Whether what is typed is message text."""
        return self.aside is None and self.session.phase_ahead in BODY_PHASES

    def open_local(self) -> None:
        """Open the one-line local prompt; the main line comes back after it."""
        if self.aside is not None:
            return

        def done(answer: Answer) -> None:
            self.asides.close(aside)
            if isinstance(answer, str) and answer.strip(": "):
                self.input.local(answer)

        aside = self.asides.open("local ", Shape.LINE, done, ":")
        aside.local = True

    def enter(self) -> None:
        """Take the line as is."""
        text = self.buffer.text
        if self.aside is not None:
            self.asides.answer(text)
            return
        if lacks := self.given.lacks:
            self.session.say(f"nothing sent: {lacks}")
            self.given.fill()
            return
        self.buffer.reset()
        self.input.line(text)

    def _changed(self) -> None:
        self.given.changed()
        self.session.exit_keys.typed()

    def ghost(self) -> str:
        """Return what the right arrow would add now."""
        if self.aside is not None or not self.buffer.document.is_cursor_at_the_end:
            return ""
        return suggestion(self.session, self.buffer.text, self.kept.lines)

    async def run(self) -> None:
        """Show the prompt until `leave`."""
        if self._left:
            return
        clock = asyncio.ensure_future(self._tick())
        try:
            await self.app.run_async(handle_sigint=True, set_exception_handler=False)
        finally:
            clock.cancel()
            self._printer.flush()

    def finish(self) -> None:
        """Print what came after the prompt had closed."""
        self._printer.flush()

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(1)
            if clock_shown(self.session, asyncio.get_running_loop().time()):
                self.refresh()

    def plain_line(self, line: Line) -> Line:
        """Return the line in characters that this terminal has."""
        if not self._ascii_only:
            return line
        return tuple(span._replace(text=self.plain_text(span.text)) for span in line)

    def plain_text(self, text: str) -> str:
        """Return the text in characters that this terminal has."""
        return ascii_text(text) if self._ascii_only else text
