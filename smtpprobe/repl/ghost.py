"""Ghost text: the expected next command in grey behind the cursor; it is never sent by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from prompt_toolkit.layout.processors import Processor, Transformation, TransformationInput

from smtpprobe.knowledge.next_step import ghost
from smtpprobe.protocol.phase import Phase
from smtpprobe.repl.session import Session


def suggestion(session: Session, text: str, kept: Sequence[str]) -> str:
    """Return what the right arrow would add to `text`: the expected command, or from history.

    On an empty line it is what the state asks for; behind typed text the rest of the expected
    command, else of the latest line of the history that begins so.
    """
    if not session.settings.ghost or session.turns.waiting or session.turns.busy:
        return ""
    expected = ":flush" if session.held else "" if session.held == [] else _expected(session)
    if not text or expected.startswith(text):
        return expected[len(text) :]
    if session.state.phase in (Phase.DATA, Phase.BDAT, Phase.AUTH):
        return ""
    return next((line[len(text) :] for line in reversed(kept) if line.startswith(text)), "")


def _expected(session: Session) -> str:
    return "" if session.state.ended else ghost(session.state, session.hints)


class GhostText(Processor):
    """Shows the suggestion behind the text while the cursor stands at its end."""

    def __init__(self, current: Callable[[], str]) -> None:
        self._current = current

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """Append the ghost text to the last line."""
        document = transformation_input.document
        fragments = transformation_input.fragments
        if transformation_input.lineno != document.line_count - 1:
            return Transformation(fragments)
        if not document.is_cursor_at_the_end:
            return Transformation(fragments)
        return Transformation([*fragments, ("class:auto-suggestion", self._current())])


class Unseen(Processor):
    """Shows nothing of what is typed, not even how much."""

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:  # noqa: ARG002
        """Return an empty line."""
        return Transformation([], source_to_display=lambda _: 0, display_to_source=lambda _: 0)
