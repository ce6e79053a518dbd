"""How the full prompt is laid out: the line, the menu over it, the toolbar right under it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from prompt_toolkit.filters import Condition, is_done
from prompt_toolkit.formatted_text import AnyFormattedText, FormattedText
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

from smtpprobe.repl.output import PROMPT
from smtpprobe.repl.ui.ghost import GhostText, Unseen
from smtpprobe.repl.ui.interface import Shape
from smtpprobe.repl.ui.theme import TypedLexer
from smtpprobe.repl.ui.toolbar import toolbar_line

if TYPE_CHECKING:
    from smtpprobe.repl.ui.full import FullFace

MENU_ROWS = 8


class Drawing:
    """The layout of the prompt, and the rows that it needs from one drawing to the next."""

    def __init__(self, face: FullFace) -> None:
        self._face = face
        self._menu_rows = 0
        self._search = SearchBufferControl(
            face.search_buffer, input_processors=[ReverseSearchProcessor()]
        )

    def layout(self) -> Layout:
        """Return the layout."""
        searching = Condition(lambda: self._face.app.layout.current_control is self._search)
        line = Window(
            self._line_control(),
            height=self._input_height,
            get_line_prefix=self._prefix,
            wrap_lines=True,
            style="class:client",
        )
        toolbar = Window(FormattedTextControl(self._toolbar), height=1, wrap_lines=False)
        rows = HSplit(
            [
                ConditionalContainer(line, ~searching),
                ConditionalContainer(Window(self._search, height=1), searching),
                ConditionalContainer(toolbar, Condition(self._wants_toolbar) & ~is_done),
            ]
        )
        menu = CompletionsMenu(max_height=MENU_ROWS, scroll_offset=1)
        floats = [Float(xcursor=True, ycursor=True, transparent=True, content=menu)]
        return Layout(FloatContainer(rows, floats), line)

    def take_rows_back(self) -> None:
        """Draw from scratch where a menu has gone: it leaves its rows behind."""
        rows = self._wanted_rows()
        if rows < self._menu_rows:
            self._face.app.renderer.erase()
        self._menu_rows = rows

    def _line_control(self) -> BufferControl:
        face = self._face
        hidden = Condition(lambda: face.shape is Shape.HIDDEN)
        return BufferControl(
            face.buffer,
            lexer=TypedLexer(face),
            input_processors=[
                HighlightIncrementalSearchProcessor(),
                ConditionalProcessor(Unseen(), hidden),
                ConditionalProcessor(
                    GhostText(face.ghost, lambda: bool(face.given.lacks)), ~hidden & ~is_done
                ),
            ],
            include_default_input_processors=False,
            search_buffer_control=self._search,
            preview_search=True,
        )

    def _wanted_rows(self) -> int:
        menu = self._face.buffer.complete_state
        return min(len(menu.completions), MENU_ROWS) if menu is not None else 0

    def _input_height(self) -> Dimension:
        rows = self._wanted_rows()
        return Dimension(min=rows + 1) if rows else Dimension()

    def _prefix(self, number: int, wrapped: int) -> AnyFormattedText:
        if number or wrapped:
            return ""
        aside = self._face.asides.current
        text = aside.question if aside is not None else self._face.session.prompt
        return [(PROMPT, self._face.plain_text(text))]

    def _wants_toolbar(self) -> bool:
        face = self._face
        return face.session.settings.toolbar and (face.aside is None or face.in_local_prompt)

    def _toolbar(self) -> AnyFormattedText:
        face = self._face
        now = asyncio.get_running_loop().time()
        line = toolbar_line(
            face.session, face.buffer.text, now, face.width, local=face.in_local_prompt
        )
        return FormattedText(face.plain_line(line))
