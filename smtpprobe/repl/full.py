"""The full prompt: one prompt_toolkit application for the whole run, all output above it.

A line that is entered leaves the buffer and comes back as output when it goes out, behind the
prompt of that moment, masked: so the screen reads as the session was, and no secret stays on it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prompt_toolkit.application import Application
from prompt_toolkit.application.run_in_terminal import in_terminal
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.enums import EditingMode
from prompt_toolkit.filters import Condition, is_done
from prompt_toolkit.formatted_text import AnyFormattedText, FormattedText
from prompt_toolkit.history import History
from prompt_toolkit.layout import (
    BufferControl,
    ConditionalContainer,
    Dimension,
    Float,
    FloatContainer,
    FormattedTextControl,
    HSplit,
    Layout,
    Window,
)
from prompt_toolkit.layout.controls import SearchBufferControl
from prompt_toolkit.layout.menus import CompletionsMenu
from prompt_toolkit.layout.processors import (
    ConditionalProcessor,
    HighlightIncrementalSearchProcessor,
    ReverseSearchProcessor,
)
from prompt_toolkit.renderer import CPR_Support
from prompt_toolkit.styles import DynamicStyle

from smtpprobe.present.spans import Line
from smtpprobe.repl import editor
from smtpprobe.repl.complete import SmtpCompleter
from smtpprobe.repl.echo import PROMPT
from smtpprobe.repl.entering import Entering
from smtpprobe.repl.face import Answer, Shape
from smtpprobe.repl.ghost import GhostText, Unseen, suggestion
from smtpprobe.repl.history_file import HistoryFile
from smtpprobe.repl.printer import Printer
from smtpprobe.repl.prompt_text import BODY_PHASES
from smtpprobe.repl.style import colour_depth, theme
from smtpprobe.repl.toolbar import clock_shown, toolbar_line

if TYPE_CHECKING:
    from smtpprobe.repl.session import Session

MENU_ROWS = 8


@dataclass(slots=True)
class Aside:
    """A question in place of the line being typed, which is put back after the answer.

    `letters` makes a single key the answer. `local` marks the local prompt of Ctrl-].
    """

    question: str
    shape: Shape
    done: Callable[[Answer], None]
    kept: Document
    letters: str = ""
    local: bool = False


class FullFace:
    """The terminal side of a session as a prompt_toolkit application."""

    echoes = False

    def __init__(self, kept: HistoryFile, *, colour: bool, ascii_only: bool) -> None:
        self.kept = kept
        self.asides: list[Aside] = []
        self.session: Session
        self.entering: Entering
        self.app: Application[None]
        self.buffer: Buffer
        self.search_buffer = Buffer(name="search")
        self._history = _Kept(kept)
        self._colour = colour
        self._ascii_only = ascii_only
        self._printer: Printer
        self._menu_rows = 0

    def attach(self, session: Session) -> None:
        """Build the application for a session."""
        from smtpprobe.repl.keys import bindings  # noqa: PLC0415 - keys know this class

        self.session = session
        self.entering = Entering(session)
        settings = session.settings
        self.buffer = Buffer(
            completer=SmtpCompleter(session, local=lambda: self.in_local_prompt),
            history=self._history,
            multiline=Condition(lambda: self.shape is Shape.LINES),
            enable_history_search=True,
            on_text_changed=lambda _: session.leaving.typed(),
        )
        self.app = Application(
            layout=self._layout(),
            style=DynamicStyle(lambda: theme(session.settings.theme)),
            key_bindings=bindings(self),
            editing_mode=EditingMode.VI if settings.editing_mode == "vi" else EditingMode.EMACS,
            color_depth=colour_depth(colour=self._colour),
            erase_when_done=True,
            mouse_support=False,
        )
        # The prompt needs no knowledge of where on the screen it stands, so none is asked for.
        self.app.renderer.cpr_support = CPR_Support.NOT_SUPPORTED
        self.app.ttimeoutlen = 0.1
        self.app.before_render += lambda _: self._take_rows_back()
        self._printer = Printer(self.app, session.client.pause, session.client.resume)

    # Face

    @property
    def half_line(self) -> str:
        """The main line, also while a question has taken its place."""
        return self.asides[0].kept.text if self.asides else self.buffer.text

    @property
    def warnings(self) -> Sequence[str]:
        """What was wrong with the history file, a sentence each."""
        return self.kept.warnings

    @property
    def width(self) -> int:
        """The terminal's columns."""
        return self.app.output.get_size().columns

    def show(self, lines: Sequence[Line]) -> None:
        """Print lines above the prompt."""
        self._printer.print([self._plain(line) for line in lines] if self._ascii_only else lines)

    def refresh(self) -> None:
        """Draw the prompt anew."""
        self.app.invalidate()

    def keep(self, line: str) -> None:
        """Take a line into the history."""
        self._history.append_string(line)

    async def ask(self, question: str, shape: Shape = Shape.LINE, text: str = "") -> Answer:
        """Ask in place of the line being typed."""
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        aside = self._open(question, shape, lambda found: _settle(future, found), text)
        try:
            return await future
        finally:
            self.close(aside)

    async def choose(self, question: str, letters: str) -> str:
        """Ask for one key."""
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        aside = self._open(f"{question} ", Shape.LINE, lambda found: _settle(future, found))
        aside.letters = letters
        try:
            answer = await future
        finally:
            self.close(aside)
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

    def put(self, text: str) -> None:
        """Make `text` the line being typed."""
        self.buffer.document = Document(text)

    def ring(self) -> None:
        """Sound the bell."""
        self.app.output.bell()

    def leave(self) -> None:
        """End the application."""
        if self.app.is_running and not self.app.is_done:
            self.app.exit()

    # Questions

    @property
    def aside(self) -> Aside | None:
        """The question being asked, if any."""
        return self.asides[-1] if self.asides else None

    @property
    def shape(self) -> Shape:
        """The form of what is being typed."""
        return self.asides[-1].shape if self.asides else Shape.LINE

    @property
    def in_local_prompt(self) -> bool:
        """Whether the local prompt of Ctrl-] is open."""
        return bool(self.asides) and self.asides[-1].local

    @property
    def in_body(self) -> bool:
        """Whether what is typed is message text."""
        return not self.asides and self.session.phase_ahead in BODY_PHASES

    def open_local(self) -> None:
        """Open the one-line local prompt; the main line comes back after it."""
        if self.aside is not None:
            return

        def done(answer: Answer) -> None:
            self.close(aside)
            if isinstance(answer, str) and answer.strip(": "):
                self.entering.local(answer)

        aside = self._open("local ", Shape.LINE, done, ":")
        aside.local = True

    def answer(self, answer: Answer) -> None:
        """Settle the question being asked."""
        if self.aside is not None:
            self.aside.done(answer)

    def close(self, aside: Aside) -> None:
        """Take a question away and put the line back that it had replaced."""
        if aside not in self.asides:
            return
        place = self.asides.index(aside)
        if place == len(self.asides) - 1:
            self.buffer.reset(aside.kept)
        else:
            self.asides[place + 1].kept = aside.kept
        self.asides.remove(aside)
        self.refresh()

    def _open(
        self, question: str, shape: Shape, done: Callable[[Answer], None], text: str = ""
    ) -> Aside:
        aside = Aside(question, shape, done, self.buffer.document)
        self.asides.append(aside)
        self.buffer.reset(Document(text))
        self.refresh()
        return aside

    # Entering

    def enter(self) -> None:
        """Take the line as it stands."""
        text = self.buffer.text
        if self.aside is not None:
            self.answer(text)
            return
        self.buffer.reset()
        self.entering.line(text)

    def ghost(self) -> str:
        """Return what the right arrow would add now."""
        if self.asides or not self.buffer.document.is_cursor_at_the_end:
            return ""
        return suggestion(self.session, self.buffer.text, self.kept.lines)

    # Running

    async def run(self) -> None:
        """Show the prompt until `leave`."""
        clock = asyncio.ensure_future(self._tick())
        try:
            await self.app.run_async(handle_sigint=True, set_exception_handler=False)
        finally:
            clock.cancel()
            self._printer.flush()

    def finish(self) -> None:
        """Print what came after the prompt had gone."""
        self._printer.flush()

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(1)
            if clock_shown(self.session, asyncio.get_running_loop().time()):
                self.refresh()

    # Drawing

    def _layout(self) -> Layout:
        hidden = Condition(lambda: self.shape is Shape.HIDDEN)
        search = SearchBufferControl(
            self.search_buffer, input_processors=[ReverseSearchProcessor()]
        )
        control = BufferControl(
            self.buffer,
            input_processors=[
                HighlightIncrementalSearchProcessor(),
                ConditionalProcessor(Unseen(), hidden),
                ConditionalProcessor(GhostText(self.ghost), ~hidden & ~is_done),
            ],
            include_default_input_processors=False,
            search_buffer_control=search,
            preview_search=True,
        )
        searching = Condition(lambda: self.app.layout.current_control is search)
        line = Window(
            control,
            height=self._input_height,
            get_line_prefix=self._prefix,
            wrap_lines=True,
            style="class:client",
        )
        rows = HSplit(
            [
                ConditionalContainer(line, ~searching),
                ConditionalContainer(Window(search, height=1), searching),
                ConditionalContainer(
                    Window(FormattedTextControl(self._toolbar), height=1, wrap_lines=False),
                    Condition(self._wants_toolbar) & ~is_done,
                ),
            ]
        )
        menu = CompletionsMenu(max_height=MENU_ROWS, scroll_offset=1)
        floats = [Float(xcursor=True, ycursor=True, transparent=True, content=menu)]
        return Layout(FloatContainer(rows, floats), line)

    def _wanted_rows(self) -> int:
        menu = self.buffer.complete_state
        return min(len(menu.completions), MENU_ROWS) if menu is not None else 0

    def _input_height(self) -> Dimension:
        rows = self._wanted_rows()
        return Dimension(min=rows + 1) if rows else Dimension()

    def _take_rows_back(self) -> None:
        """A menu that has gone leaves its rows; drawing from scratch takes them back."""
        rows = self._wanted_rows()
        if rows < self._menu_rows:
            self.app.renderer.erase()
        self._menu_rows = rows

    def _prefix(self, number: int, wrapped: int) -> AnyFormattedText:
        if number or wrapped:
            return ""
        aside = self.aside
        text = aside.question if aside is not None else self.session.prompt
        return [(PROMPT, self._text(text))]

    def _wants_toolbar(self) -> bool:
        return self.in_local_prompt or (self.session.settings.toolbar and self.aside is None)

    def _toolbar(self) -> AnyFormattedText:
        now = asyncio.get_running_loop().time()
        line = toolbar_line(
            self.session, self.buffer.text, now, self.width, local=self.in_local_prompt
        )
        return FormattedText(self._plain(line) if self._ascii_only else line)

    def _plain(self, line: Line) -> Line:
        return tuple(span._replace(text=self._text(span.text)) for span in line)

    def _text(self, text: str) -> str:
        if not self._ascii_only:
            return text
        return text.translate(_ASCII)


_ASCII = {0xB7: "-", 0x2026: "...", 0x2192: "->"}


def _settle(future: asyncio.Future[Answer], answer: Answer) -> None:
    if not future.done():
        future.set_result(answer)


class _Kept(History):
    """The history as prompt_toolkit wants it: newest first, each new line handed on."""

    def __init__(self, file: HistoryFile) -> None:
        super().__init__()
        self._file = file

    def load_history_strings(self) -> Sequence[str]:
        return self._file.lines[::-1]

    def store_string(self, string: str) -> None:
        self._file.append(string)

    async def load(self) -> AsyncGenerator[str, None]:
        for line in self.load_history_strings():
            yield line
