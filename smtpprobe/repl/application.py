"""prompt_toolkit's application, which can keep from drawing for a moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from prompt_toolkit.application import Application


class QuietApplication(Application[None]):
    """Draws nothing while `hushed` tells so; whoever ends that has to invalidate it."""

    def __init__(self, hushed: Callable[[], bool], **words: Any) -> None:
        self._hushed = hushed
        super().__init__(**words)

    def _redraw(self, render_as_done: bool = False) -> None:
        if render_as_done or not self._hushed():
            super()._redraw(render_as_done)
