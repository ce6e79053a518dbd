"""What the session requires of a front end: the full prompt or the plain one."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Protocol, TypeAlias

from smtpprobe.present.spans import Line


class Shape(Enum):
    """The form of an answer that is asked for."""

    LINE = "a line"
    HIDDEN = "a line that is not echoed"
    LINES = "lines, ended by Ctrl-D"


class NoAnswer(Enum):
    """Why a question has no answer."""

    DROPPED = "cancelled with Ctrl-C"
    ENDED = "ended with Ctrl-D"


Answer: TypeAlias = str | NoAnswer


class Face(Protocol):
    """The terminal side of a session. Nothing here knows SMTP."""

    @property
    def echoes(self) -> bool:
        """Whether the terminal itself leaves a typed line on the screen: a plain prompt."""

    @property
    def half_line(self) -> str:
        """What has been typed and not entered."""

    @property
    def warnings(self) -> Sequence[str]:
        """Warnings from the start, a sentence each."""

    @property
    def width(self) -> int:
        """The terminal's columns."""

    def show(self, lines: Sequence[Line]) -> None:
        """Print lines above the line being typed, in one write."""

    def refresh(self) -> None:
        """The session has changed: show the prompt and its neighbours again."""

    def hush(self) -> None:
        """Draw nothing until `unhush`, or for a moment, so that a reply is shown first."""

    def unhush(self) -> None:
        """Draw again."""

    async def ask(self, question: str, shape: Shape = Shape.LINE, text: str = "") -> Answer:
        """Return the answer to a question; the line being typed is put aside until then."""

    async def choose(self, question: str, letters: str) -> str:
        """Return the one of `letters` that is pressed; empty when given up."""

    async def edit(self, text: str) -> str | None:
        """Return the text as left by the user's editor; None when it failed."""

    def keep(self, line: str) -> None:
        """Take a line into the history."""

    def keep_target(self, target: str) -> None:
        """Remember a reached target for completion."""

    def put(self, text: str) -> None:
        """Make `text` the line being typed."""

    def ring(self) -> None:
        """Sound the bell."""

    def leave(self) -> None:
        """End the dialogue; idempotent."""
