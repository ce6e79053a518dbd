"""Questions in place of the line being typed; each is put back when its question is settled."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prompt_toolkit.document import Document

from smtpprobe.repl.ui.interface import Answer, Shape

if TYPE_CHECKING:
    from prompt_toolkit.buffer import Buffer


@dataclass(slots=True)
class Aside:
    """One question. `kept` is the line that it has replaced.

    `letters` makes a single key the answer. `local` marks the local prompt of Ctrl-].
    """

    question: str
    shape: Shape
    done: Callable[[Answer], None]
    kept: Document
    letters: str = ""
    local: bool = False


class Asides:
    """The questions that are open, the latest on top."""

    def __init__(self, buffer: Buffer, changed: Callable[[], None]) -> None:
        self._buffer = buffer
        self._changed = changed
        self._open: list[Aside] = []

    @property
    def current(self) -> Aside | None:
        """The question being asked, if any."""
        return self._open[-1] if self._open else None

    @property
    def main_line(self) -> str:
        """The line being typed, also while a question has taken its place."""
        return self._open[0].kept.text if self._open else self._buffer.text

    def open(
        self, question: str, shape: Shape, done: Callable[[Answer], None], text: str = ""
    ) -> Aside:
        """Ask; `done` is called with the answer, `text` can be edited into it."""
        aside = Aside(question, shape, done, self._buffer.document)
        self._open.append(aside)
        self._buffer.reset(Document(text))
        self._changed()
        return aside

    def close(self, aside: Aside) -> None:
        """Take a question away and put the line back that it had replaced."""
        if aside not in self._open:
            return
        place = self._open.index(aside)
        if place == len(self._open) - 1:
            self._buffer.reset(aside.kept)
        else:
            self._open[place + 1].kept = aside.kept
        self._open.remove(aside)
        self._changed()

    def answer(self, answer: Answer) -> None:
        """Settle the question being asked."""
        if self._open:
            self._open[-1].done(answer)

    async def ask(self, question: str, shape: Shape, text: str = "", letters: str = "") -> Answer:
        """Ask and return the answer."""
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()

        def settle(answer: Answer) -> None:
            if not future.done():
                future.set_result(answer)

        aside = self.open(question, shape, settle, text)
        aside.letters = letters
        try:
            return await future
        finally:
            self.close(aside)
