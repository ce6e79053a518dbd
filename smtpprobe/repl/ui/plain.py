"""The plain prompt: one line in, lines out; no cursor movement, no redraw, no prompt_toolkit."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import shutil
import signal
import sys
import termios
from collections import deque
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from smtpprobe.present.ascii_text import ascii_text
from smtpprobe.present.spans import Line
from smtpprobe.present.terminal import rendered
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.redact import MASK, is_secret
from smtpprobe.repl.input import Input
from smtpprobe.repl.line_class import LineClass, classified
from smtpprobe.repl.ui import editor
from smtpprobe.repl.ui.interface import Answer, NoAnswer, Shape

if TYPE_CHECKING:
    from smtpprobe.repl.session import Session

INPUT = 0
LOCAL = "\x1d"
"""Ctrl-] before a line makes it a local command, also inside a message."""
MOST_KEPT = 1000
"""How many lines are kept while an editor has the terminal, before the server has to wait."""
UNFOLDED = 1 << 20
"""The columns of what is no terminal."""


class PlainFace:
    """Reads lines as the terminal's own line discipline hands them on."""

    echoes = True
    half_line = ""
    warnings: Sequence[str] = ()

    def __init__(self, *, colour: bool, ascii_only: bool) -> None:
        self.session: Session
        self.input: Input
        self._colour = colour
        self._ascii_only = ascii_only
        self._prompt_shown = False
        self._answer: asyncio.Future[Answer] | None = None
        self._lines: deque[str] = deque()
        self._rest = b""
        self._left = asyncio.Event()
        self._scheduled: asyncio.Handle | None = None
        self._kept: list[Line] | None = None
        """Lines to show once the terminal is ours again; None while it is."""
        self._hides = False
        """Whether the answer to the question that is open is not shown."""
        self._unwritable: OSError | None = None
        """Why nothing can be shown any more: the terminal is gone, the disk of the output full."""
        # with output in a file the prompt still has to be seen, and stays out of the file
        self._prompts = sys.stdout if sys.stdout.isatty() else sys.stderr

    def attach(self, session: Session) -> None:
        """Serve a session."""
        self.session = session
        self.input = Input(session)

    @property
    def width(self) -> int:
        """The terminal's columns; what goes to a file is not folded."""
        if not sys.stdout.isatty():
            return UNFOLDED
        return shutil.get_terminal_size().columns

    def show(self, lines: Sequence[Line]) -> None:
        """Print lines, beginning on a new line."""
        if not lines:
            return
        if self._kept is not None:
            self._keep_back(lines)
            return
        begin = "\n" if self._prompt_shown and self._prompts is sys.stdout else ""
        self._prompt_shown = False
        self._write(sys.stdout, begin + rendered(lines, colour=self._colour))
        self.refresh()

    def _keep_back(self, lines: Sequence[Line]) -> None:
        """Keep lines for when the terminal is ours again; the server waits if they are many."""
        assert self._kept is not None, "the terminal is in use by another program"
        self._kept += lines
        if len(self._kept) >= MOST_KEPT:
            self.session.client.pause()

    def refresh(self) -> None:
        """Show the prompt again once nothing is waited for."""
        if self._scheduled is None:
            self._scheduled = asyncio.get_running_loop().call_soon(self._prompt)

    def hush(self) -> None:
        """Nothing is drawn here but what is printed."""

    def unhush(self) -> None:
        """Nothing was held back."""

    def keep(self, line: str) -> None:
        """Keep nothing: there are no keys to bring it back."""

    def keep_target(self, target: str) -> None:
        """Keep nothing: nothing is offered here."""

    async def ask(self, question: str, shape: Shape = Shape.LINE, text: str = "") -> Answer:  # noqa: ARG002
        """Ask a question; with HIDDEN the terminal does not echo."""
        self._hides = shape is Shape.HIDDEN
        with _without_echo() if self._hides else contextlib.nullcontext():
            self._answer = asyncio.get_running_loop().create_future()
            found: list[str] = []
            try:
                while True:
                    self._write(self._prompts, question)
                    answer = await self._answer
                    if shape is not Shape.LINES or not isinstance(answer, str):
                        break
                    found.append(answer)
                    self._answer = asyncio.get_running_loop().create_future()
            finally:
                self._answer = None
                self._hides = False
                if shape is Shape.HIDDEN:
                    self._write(self._prompts, "\n")
        if shape is Shape.LINES and answer is NoAnswer.ENDED:
            return "\n".join(found)
        return answer

    async def choose(self, question: str, letters: str) -> str:
        """Ask until the answer is one of the letters, or the word that it begins in the question.

        Anything else may have been typed before there was a question, and be a password.
        """
        words = {f"{letter}{rest}" for letter, rest in re.findall(r"\[(\w)\](\w*)", question)}
        while True:
            answer = await self.ask(f"{question} ")
            if not isinstance(answer, str):
                return ""
            chosen = answer.strip().lower()
            if chosen and (chosen in words or (len(chosen) == 1 and chosen in letters)):
                return chosen[0]

    async def edit(self, text: str) -> str | None:
        """Give the terminal to the user's editor."""
        loop = asyncio.get_running_loop()
        loop.remove_reader(INPUT)
        _echo(on=True)
        self._kept = []
        try:
            return await editor.edited(text, self.session.settings.editor)
        finally:
            kept, self._kept = self._kept, None
            loop.add_reader(INPUT, self._readable)
            self.session.client.resume()
            self.show(kept)

    def put(self, text: str) -> None:
        """Show what can be typed: a plain terminal cannot be typed for."""
        self._write(self._prompts, f"{text}\n")

    def ring(self) -> None:
        """Sound the bell."""
        self._write(self._prompts, "\a")

    def leave(self) -> None:
        """End the dialogue."""
        self._left.set()

    async def run(self) -> None:
        """Read lines until `leave`; raises OSError once nothing can be shown any more."""
        loop = asyncio.get_running_loop()
        loop.add_reader(INPUT, self._readable)
        loop.add_signal_handler(signal.SIGINT, self._interrupt)
        # a shell turns the echo on while the program is stopped
        loop.add_signal_handler(signal.SIGCONT, self._continued)
        self.refresh()
        try:
            await self._left.wait()
        finally:
            self._left.set()  # when cancelled too: no prompt is shown for what ends now
            loop.remove_reader(INPUT)
            loop.remove_signal_handler(signal.SIGINT)
            loop.remove_signal_handler(signal.SIGCONT)
            _echo(on=True)
        if self._unwritable is not None:
            raise self._unwritable

    def finish(self) -> None:
        """Leave the cursor on a new line."""
        if self._prompt_shown:
            self._write(self._prompts, "\n")

    def _readable(self) -> None:
        octets = os.read(INPUT, 65536)
        if not octets:
            self._ended()
            return
        self._rest += octets
        *whole, self._rest = self._rest.split(b"\n")
        for line in whole:
            self._line(line.decode("utf-8", "surrogateescape"))

    def _line(self, text: str) -> None:
        self._prompt_shown = False
        if self._answer is not None:
            _settle(self._answer, text)
            return
        if text.startswith(LOCAL):
            self.input.local(text.removeprefix(LOCAL))
            self.refresh()
            return
        if self.session.phase_ahead is Phase.AUTH:
            self._write(self._prompts, f"{MASK}\n" if text else "\n")
        if self.session.phase_ahead is not Phase.AUTH and self._shows_secret(text):
            self.session.say(
                "not sent: it would stay on the screen. :auth MECH USER prompts "
                "without echo; > AUTH ... sends it anyway"
            )
            return
        self.session.exit_keys.typed()
        self.input.line(text)
        self.refresh()

    def _shows_secret(self, text: str) -> bool:
        phase = self.session.phase_ahead
        return classified(text, phase) is LineClass.WIRE and is_secret(text, phase)

    def _ended(self) -> None:
        if self._answer is not None:
            _settle(self._answer, NoAnswer.ENDED)
        # Ctrl-D behind text hands that on without a line end; only on an empty line it is the end
        elif self._rest:
            return
        else:
            self._write(self._prompts, "\n")
            self._prompt_shown = False
            self.session.exit_keys.end_of_input()
            self.refresh()

    def _continued(self) -> None:
        if self._kept is None:
            unseen = self.session.phase_ahead is Phase.AUTH and self._answer is None
            _echo(on=not (self._hides or unseen))

    def _interrupt(self) -> None:
        if self._kept is not None:
            return  # the editor's own
        self._write(self._prompts, "\n")
        self._prompt_shown = False
        if self._answer is not None:
            _settle(self._answer, NoAnswer.DROPPED)
        else:
            self.session.exit_keys.interrupt()
        self.refresh()

    def _prompt(self) -> None:
        self._scheduled = None
        if self._kept is not None:
            return
        session = self.session
        unseen = session.phase_ahead is Phase.AUTH
        if self._answer is None:
            _echo(on=not unseen)
        if self._prompt_shown or self._answer is not None or self._left.is_set():
            return
        if not (session.queue.delayed):
            self._prompt_shown = True
            self._write(self._prompts, session.prompt)

    def _write(self, stream: TextIO, text: str) -> None:
        """Write a text; once that fails the dialogue ends, and its recording has the rest."""
        if self._unwritable is not None:
            return
        try:
            stream.write(ascii_text(text) if self._ascii_only else text)
            stream.flush()
        except OSError as error:
            self._unwritable = error
            self.leave()


def _settle(future: asyncio.Future[Answer], answer: Answer) -> None:
    if not future.done():
        future.set_result(answer)


def _echo(*, on: bool) -> None:
    with contextlib.suppress(termios.error):
        attributes = termios.tcgetattr(INPUT)
        flags = attributes[3] | termios.ECHO if on else attributes[3] & ~termios.ECHO
        # a program in the background is stopped for setting anything
        if flags != attributes[3]:
            attributes[3] = flags
            # now, not after a flush: keep what was typed ahead
            termios.tcsetattr(INPUT, termios.TCSANOW, attributes)


@contextlib.contextmanager
def _without_echo() -> Iterator[None]:
    _echo(on=False)
    try:
        yield
    finally:
        _echo(on=True)
