"""prompt_toolkit's application, drawn when what belongs above the prompt is on the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from prompt_toolkit.application import Application


class QuietApplication(Application[None]):
    """Is drawn only when `make_way` says yes; whoever said no has to invalidate it later."""

    def __init__(self, make_way: Callable[[], bool], **words: Any) -> None:
        self._make_way = make_way
        super().__init__(**words)

    def _redraw(self, render_as_done: bool = False) -> None:
        if render_as_done or self._make_way():
            super()._redraw(render_as_done)
