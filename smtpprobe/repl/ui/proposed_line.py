"""The line as a proposal left it (ghost text, Tab): it is not sent while something is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.completion import CompleteEvent, get_common_complete_suffix

from smtpprobe.knowledge.assist.missing_arguments import EMPTY, missing
from smtpprobe.repl.ui.completer import Whole

if TYPE_CHECKING:
    from prompt_toolkit.buffer import Buffer

CLOSE = ">"


class Given:
    """The text that a proposal put into a line, until it is changed."""

    def __init__(self, buffer: Buffer) -> None:
        self._buffer = buffer
        self._text = ""
        self._closes = False

    @property
    def lacks(self) -> str:
        """What is missing in a line that is a proposal as is; empty for any other line."""
        buffer = self._buffer
        menu = buffer.complete_state
        chosen = menu.current_completion if menu is not None else None
        if isinstance(chosen, Whole):
            return ""
        return missing(buffer.text) if chosen is not None or buffer.text == self._text else ""

    @property
    def closes(self) -> bool:
        """Whether a typed `>` is the one that the proposal has brought already."""
        return self._closes and self._buffer.document.text_after_cursor == CLOSE

    def accept(self, ghost: str) -> None:
        """Put ghost text behind the line."""
        self._buffer.insert_text(ghost)
        self._placed()

    def changed(self) -> None:
        """Forget the proposal where the line is another one now."""
        if self._buffer.text != self._text:
            self._text = ""
        if not self._buffer.text.endswith(CLOSE):
            self._closes = False

    def complete(self) -> None:
        """Tab: the one completion there is, or what all have in common and the menu."""
        buffer = self._buffer
        if self.closes:
            buffer.delete(1)  # each completion brings its own
            self._text = buffer.text
        found = list(
            buffer.completer.get_completions(
                buffer.document, CompleteEvent(completion_requested=True)
            )
        )
        if len(found) == 1 and not isinstance(found[0], Whole):
            buffer.apply_completion(found[0])
            self._placed()
            return
        common = get_common_complete_suffix(buffer.document, found).removesuffix(CLOSE)
        if common:
            buffer.insert_text(common)
            self._text = buffer.text
        if found:
            buffer.start_completion()

    def fill(self) -> None:
        """Close the menu and put the cursor where something is missing."""
        buffer = self._buffer
        buffer.complete_state = None
        buffer.cursor_position = len(buffer.text)
        if buffer.text.endswith("<"):
            buffer.insert_text(CLOSE)
        self._placed()

    def _placed(self) -> None:
        buffer = self._buffer
        self._text = buffer.text
        if buffer.text.endswith(EMPTY):
            buffer.cursor_left()
            self._closes = True
