"""Ghost text: the expected next command in grey after the cursor; sent only if accepted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from prompt_toolkit.layout.processors import Processor, Transformation, TransformationInput
from prompt_toolkit.layout.utils import explode_text_fragments

from smtpprobe.knowledge.assist.missing_arguments import placeholder, shown_blank
from smtpprobe.knowledge.assist.next_step import ghost
from smtpprobe.protocol.phase import Phase
from smtpprobe.repl.session import Session

GREY = "class:auto-suggestion"


def suggestion(session: Session, text: str, kept: Sequence[str]) -> str:
    """Return what the right arrow would add to `text`: the expected command, or from history.

    On an empty line it is what the state asks for; behind typed text the rest of the expected
    command, else of the latest line of the history that begins so.
    """
    if not session.settings.ghost or session.queue.waiting or session.queue.busy:
        return ""
    expected = ":flush" if session.held else "" if session.held == [] else _expected(session)
    if not text or expected.startswith(text):
        return expected[len(text) :]
    # the history holds commands, and this is not one
    if session.state.phase in (Phase.DATA, Phase.BDAT, Phase.AUTH):
        return ""
    return next((line[len(text) :] for line in reversed(kept) if line.startswith(text)), "")


def _expected(session: Session) -> str:
    return "" if session.state.ended else ghost(session.state, session.hints)


class GhostText(Processor):
    """Shows the suggestion after the text while the cursor is at its end.

    For a missing address it shows a placeholder, also after it was accepted.
    """

    def __init__(self, current: Callable[[], str], unfilled: Callable[[], bool]) -> None:
        self._current = current
        self._unfilled = unfilled

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """Append the ghost text to the last line."""
        document = transformation_input.document
        fragments = transformation_input.fragments
        if transformation_input.lineno != document.line_count - 1:
            return Transformation(fragments)
        if not document.is_cursor_at_the_end:
            return self._blank(transformation_input)
        text, added = document.text, self._current()
        seen = shown_blank(text + added)[len(text) :] if added else ""
        return Transformation([*fragments, (GREY, seen)])

    def _blank(self, given: TransformationInput) -> Transformation:
        """Show the word for a missing address between the brackets, behind the cursor."""
        text, place = given.document.text, given.document.cursor_position
        word = placeholder(text) if given.document.text_after_cursor == ">" else ""
        if not word or not self._unfilled():
            return Transformation(given.fragments)
        characters = explode_text_fragments(given.fragments)
        return Transformation(
            [*characters[:place], (GREY, word), *characters[place:]],
            source_to_display=lambda at: at if at <= place else at + len(word),
            display_to_source=lambda at: at if at <= place else max(place, at - len(word)),
        )


class Unseen(Processor):
    """Shows nothing of what is typed, not even how much."""

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:  # noqa: ARG002
        """Return an empty line."""
        return Transformation([], source_to_display=lambda _: 0, display_to_source=lambda _: 0)
