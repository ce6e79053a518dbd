"""The full prompt in process: keys go into a pipe, what is drawn into a terminal in memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyte
from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output.vt100 import Vt100_Output

from smtpprobe.client import ConnectOptions
from smtpprobe.exits import ExitStatus
from smtpprobe.login.sources import NO_WISH, Wish
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.repl.history import HistoryFile
from smtpprobe.repl.run import hold
from smtpprobe.repl.ui.full import FullFace
from smtpprobe.sandbox.faults import FaultServer, Hang, Hear, Say, Script, serve
from smtpprobe.settings.settings import Settings

ROWS = 60
PATIENCE = 5.0

UP, DOWN, RIGHT, F1, F2, F10 = "\x1b[A", "\x1b[B", "\x1b[C", "\x1bOP", "\x1bOQ", "\x1b[21~"
CTRL_C, CTRL_D, CTRL_E, CTRL_F, CTRL_L = "\x03", "\x04", "\x05", "\x06", "\x0c"
CTRL_R = "\x12"
CTRL_BRACKET, TAB, BACKTAB, ENTER, ESCAPE = "\x1d", "\t", "\x1b[Z", "\r", "\x1b"
BACKSPACE = "\x7f"

GREETING = Say(b"220 mx1.example.net ESMTP Postfix\r\n")
EHLO = (Hear(b"EHLO"), Say(b"250-mx1.example.net\r\n250-PIPELINING\r\n250 AUTH PLAIN LOGIN\r\n"))
MAIL = (Hear(b"MAIL"), Say(b"250 2.1.0 Ok\r\n"))
RCPT = (Hear(b"RCPT"), Say(b"250 2.1.5 Ok\r\n"))
DATA = (Hear(b"DATA"), Say(b"354 go\r\n"))
DOT = (Hear(b".\r\n"), Say(b"250 2.0.0 queued\r\n"))
QUIT = (Hear(b"QUIT"), Say(b"221 2.0.0 Bye\r\n"))
TO_DATA = (GREETING, *EHLO, *MAIL, *RCPT, *DATA)
LISTEN = Hear(b"nothing begins so")
"""Hears every line and answers none."""


@dataclass
class Stage:
    """A prompt on a server. `octets` is everything that was written to the terminal."""

    pipe: PipeInput
    screen: pyte.Screen
    server: FaultServer
    face: FullFace
    octets: list[str] = field(default_factory=list)
    running: asyncio.Task[ExitStatus] | None = None

    drawn: tuple[int, list[str]] = (-1, [])

    @property
    def rows(self) -> list[str]:
        """The rows of the screen; read anew only when something was drawn."""
        if self.drawn[0] != len(self.octets):
            self.drawn = (len(self.octets), self.screen.display)
        return self.drawn[1]

    @property
    def lines(self) -> list[str]:
        """The screen without empty lines at its end, blanks at line ends trimmed."""
        return "\n".join(line.rstrip() for line in self.rows).rstrip("\n").split("\n")

    @property
    def text(self) -> str:
        """The screen as text."""
        return "\n".join(self.lines)

    @property
    def prompt_line(self) -> str:
        """The line with the cursor."""
        return self.rows[self.screen.cursor.y]

    def type(self, *keys: str) -> None:
        """Press keys."""
        self.pipe.send_text("".join(keys))

    def paste(self, text: str) -> None:
        """Paste in a terminal that marks pastes."""
        self.pipe.send_text(f"\x1b[200~{text}\x1b[201~")

    async def until(self, wanted: str) -> None:
        """Wait until a text is on the screen."""
        await self.until_true(lambda: wanted in self.text, wanted)

    async def until_written(self, wanted: str) -> None:
        """Wait until a text has gone to the terminal, wherever on the screen."""
        await self.until_true(lambda: wanted in "".join(self.octets), wanted)

    async def until_prompt(self, wanted: str) -> None:
        """Wait until the line with the cursor begins so."""
        await self.until_true(lambda: self.prompt_line.startswith(wanted), wanted)

    async def until_gone(self, unwanted: str) -> None:
        """Wait until a text is no longer on the screen."""
        await self.until_true(lambda: unwanted not in self.text, f"no {unwanted}")

    async def until_true(self, wanted: Callable[[], object], what: str) -> None:
        """Wait until a function returns something true."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not wanted():  # noqa: ASYNC110 - the screen tells nobody
                    await asyncio.sleep(0.01)
        except TimeoutError:
            raise AssertionError(f"{what!r} never came:\n{self.text}") from None

    async def line(self, text: str, wanted: str) -> None:
        """Enter a line; wait until it was taken, something was drawn for it, and for a prompt."""
        taken: list[int] = []
        typed = self.face.input
        take = typed.line

        def noted(text: str) -> None:
            taken.append(len(self.octets))
            take(text)

        typed.line = noted  # type: ignore[method-assign]
        self.type(text, ENTER)
        await self.until_true(lambda: taken, f"{text!r} taken")
        typed.line = take  # type: ignore[method-assign]
        await self.until_true(lambda: len(self.octets) > taken[0], f"something drawn for {text!r}")
        await self.until_prompt(wanted)

    async def ended(self) -> ExitStatus:
        """Wait until the program has ended by itself."""
        assert self.running is not None
        async with asyncio.timeout(PATIENCE + 3):
            return await self.running


async def to_data(stage: Stage) -> None:
    """Go on to an open message."""
    await stage.line("EHLO me", "127.0.0.1 ehlo> ")
    await stage.line("MAIL FROM:<a@b.example>", "127.0.0.1 mail> ")
    await stage.line("RCPT TO:<c@d.example>", "127.0.0.1 rcpt:1> ")
    await stage.line("DATA", "data 1| ")


class _Terminal:
    """What prompt_toolkit writes to, shown by pyte."""

    encoding = "utf-8"

    def __init__(self, screen: pyte.Screen | None, octets: list[str]) -> None:
        self._stream = pyte.Stream(screen) if screen is not None else None
        self._octets = octets

    def write(self, text: str) -> None:
        self._octets.append(text)
        if self._stream is not None:
            self._stream.feed(text)

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return -1


def settings(**values: object) -> Settings:
    """Return settings that show little beside what is tested."""
    return Settings(**({"client": "probe.example.org", "quiet": True} | values))  # type: ignore[arg-type]


@asynccontextmanager
async def staged(
    *scripts: Script,
    columns: int = 100,
    history: Path | None = None,
    connect: bool = True,
    blind: bool = False,
    options: ConnectOptions | None = None,
    login: Wish = NO_WISH,
    **values: object,
) -> AsyncIterator[Stage]:
    """Open a prompt on a server that plays a script a connection.

    With `blind` nothing is put on a screen: pyte is slower than any flood.
    """
    screen = pyte.Screen(columns, ROWS)
    octets: list[str] = []
    terminal = _Terminal(None if blind else screen, octets)
    output = Vt100_Output(
        terminal,  # type: ignore[arg-type]
        lambda: Size(rows=ROWS, columns=columns),
        term="xterm",
        enable_cpr=False,
    )
    plays: Sequence[Script] = scripts or ((GREETING, Hang()),)
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=output):
        async with serve(*plays) as server:
            targets = HistoryFile(history.with_name("targets") if history else None)
            face = FullFace(HistoryFile(history), targets, colour=True, ascii_only=False)
            stage = Stage(pipe, screen, server, face, octets)
            target = Target(TargetKind.ADDRESS, server.host, server.port) if connect else None
            chosen = options or ConnectOptions()
            work = hold(face, target, settings(**values), chosen, login=login)
            stage.running = asyncio.create_task(work)
            try:
                await asyncio.sleep(0)
                await stage.until_true(lambda: face.app.is_running, "the prompt")
                if (
                    connect
                    and not blind
                    and scripts[:1]
                    and scripts[0]
                    and scripts[0][0] is GREETING
                ):
                    await stage.until_prompt("127.0.0.1 greeted> ")
                yield stage
            finally:
                stage.running.cancel()
                await asyncio.wait([stage.running])
                if not stage.running.cancelled() and stage.running.exception() is not None:
                    raise stage.running.exception()  # type: ignore[misc]
