"""The one way to the screen while a prompt is open: batches of lines above it, each in one go."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.renderer import print_formatted_text

from smtpprobe.present.spans import Line

if TYPE_CHECKING:
    from prompt_toolkit.application import Application

INTERVAL = 0.03
"""Seconds between two writes in a burst, so that a flood leaves time for keys."""

HUSH = 0.1
"""Seconds after sending in which nothing is drawn unless a reply has come."""

FULL = 64 * 1024
"""Characters that may wait for a write; from there on the server has to wait too."""


class Printer:
    """Collects lines and writes them above the prompt.

    The prompt is drawn under what has been written, never ahead of it: `make_way` precedes
    each drawing. `pause` is called when more waits than fits, `resume` once it has been written:
    memory stays bounded however much a server talks. `hush` keeps the screen as it is until
    `unhush`, or for a moment: drawing takes longer than a server nearby, and a reply has to be read
    when it comes.
    """

    def __init__(
        self, app: Application[None], pause: Callable[[], None], resume: Callable[[], None]
    ) -> None:
        self._app = app
        self._pause = pause
        self._resume = resume
        self._lines: list[Line] = []
        self._size = 0
        self._timer: asyncio.TimerHandle | None = None
        self._due = False
        self._hush: asyncio.TimerHandle | None = None
        self._last = float("-inf")
        self.is_away = False
        self._paused = False

    def print(self, lines: Sequence[Line]) -> None:
        """Print lines soon, in order."""
        if not lines:
            return
        self._lines += lines
        self._size += sum(len(span.text) for line in lines for span in line)
        if self._size > FULL and not self._paused:
            self._paused = True
            self._pause()
        self._write_soon()

    def _write_soon(self) -> None:
        if self._lines and not (self._timer or self._due or self.is_away or self.hushed):
            loop = asyncio.get_running_loop()
            self._timer = loop.call_at(max(loop.time(), self._last + INTERVAL), self._come_due)

    def _come_due(self) -> None:
        self._timer = None
        if self._app.is_running:
            self._due = True
            self._app.invalidate()
        else:
            self.flush()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    @property
    def hushed(self) -> bool:
        """Whether drawing is suspended."""
        return self._hush is not None

    def hush(self) -> None:
        """Draw nothing for a moment."""
        if self._hush is None:
            self._stop_timer()
            self._hush = asyncio.get_running_loop().call_later(HUSH, self.unhush)

    def unhush(self) -> None:
        """Draw again, also what has been left undrawn."""
        if self._hush is not None:
            self._hush.cancel()
            self._hush = None
            self._app.invalidate()
            self._write_soon()

    def make_way(self) -> bool:
        """Write what is due; return whether the prompt may be drawn now.

        It may not while lines wait that belong above it: what it says comes from them.
        """
        if self.hushed or (self._lines and not (self._due or self.is_away)):
            return False
        self.flush()
        return True

    def flush(self) -> None:
        """Write what is collected, now; the prompt is drawn again after it."""
        self._stop_timer()
        self._due = False
        if self.is_away or not self._lines:
            return
        lines, self._lines, self._size = self._lines, [], 0
        app = self._app
        running = app.is_running
        if running:
            app.renderer.erase()
        print_formatted_text(
            app.output, _joined(lines), app._merged_style, color_depth=app.color_depth  # noqa: SLF001
        )  # fmt: skip
        app.output.flush()
        if running:
            app.invalidate()
        self._last = asyncio.get_running_loop().time()
        if self._paused:
            self._paused = False
            self._resume()

    def hold(self) -> None:
        """Write nothing for now: the terminal belongs to another program."""
        self.is_away = True

    def release(self) -> None:
        """Write again."""
        self.is_away = False
        self.flush()


def _joined(lines: Sequence[Line]) -> FormattedText:
    return FormattedText(chain.from_iterable((*line, ("", "\n")) for line in lines))
