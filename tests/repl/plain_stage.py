"""The plain prompt in process, on a pseudo-terminal whose other end the test holds."""

from __future__ import annotations

import asyncio
import io
import os
import sys
import termios
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyte
import pytest

from smtpprobe.client import ConnectOptions
from smtpprobe.exits import ExitStatus
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.repl.run import hold
from smtpprobe.repl.ui import plain
from smtpprobe.repl.ui.plain import PlainFace
from smtpprobe.sandbox.faults import FaultServer, Hang, Script, serve
from tests.repl.stage import GREETING, PATIENCE, settings

ROWS, COLUMNS = 60, 100


@dataclass
class PlainStage:
    """A plain prompt on a server. `ours` is the test's end of the terminal, `theirs` the other.

    `octets` is everything that was written to it.
    """

    ours: int
    theirs: int
    screen: pyte.Screen
    stream: pyte.ByteStream
    server: FaultServer
    face: PlainFace
    octets: bytearray = field(default_factory=bytearray)
    running: asyncio.Task[ExitStatus] | None = None

    @property
    def text(self) -> str:
        """The screen as text, blanks at line ends trimmed."""
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip("\n")

    @property
    def prompt_line(self) -> str:
        """The line with the cursor."""
        return self.screen.display[self.screen.cursor.y]

    @property
    def echo(self) -> bool:
        """Whether the terminal shows what is typed."""
        return bool(termios.tcgetattr(self.theirs)[3] & termios.ECHO)

    def feed(self) -> None:
        """Take what was written to the terminal."""
        got = os.read(self.ours, 1 << 16)
        self.octets += got
        self.stream.feed(got)

    def type(self, *keys: str) -> None:
        """Press keys."""
        os.write(self.ours, "".join(keys).encode())

    async def until(self, wanted: str) -> None:
        """Wait until a text is on the screen."""
        await self.until_true(lambda: wanted in self.text, wanted)

    async def until_prompt(self, wanted: str) -> None:
        """Wait until the line with the cursor begins so."""
        await self.until_true(lambda: self.prompt_line.startswith(wanted), wanted)

    async def until_true(self, wanted: Callable[[], object], what: str) -> None:
        """Wait until a function returns something true."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not wanted():  # noqa: ASYNC110 - the screen tells nobody
                    await asyncio.sleep(0.01)
        except TimeoutError:
            raise AssertionError(f"{what!r} never came:\n{self.text}") from None

    async def line(self, text: str, prompt: str) -> None:
        """Enter a line and wait for the prompt that it leads to."""
        self.type(text, "\n")
        await self.until_prompt(prompt)

    async def ended(self) -> ExitStatus:
        """Wait until the program has ended by itself."""
        assert self.running is not None
        async with asyncio.timeout(PATIENCE):
            return await self.running


@contextmanager
def _streams(terminal: int, output: str) -> Iterator[None]:
    """Lead input, output and errors to the terminal; the output to a file if one is named."""
    with (
        pytest.MonkeyPatch.context() as patched,
        open(terminal, "w", encoding="utf-8", errors="surrogateescape", closefd=False) as shown,
        Path(output or os.devnull).open("wb", buffering=0) as octets,
    ):
        file = io.TextIOWrapper(octets, encoding="utf-8", write_through=True)
        patched.setattr(plain, "INPUT", terminal)
        patched.setattr(sys, "stdout", file if output else shown)
        patched.setattr(sys, "stderr", shown)
        yield


@asynccontextmanager
async def plainly(
    *scripts: Script,
    connect: bool = True,
    colour: bool = False,
    ascii_only: bool = False,
    output: str = "",
    **values: object,
) -> AsyncIterator[PlainStage]:
    """Open a plain prompt on a server that plays a script a connection.

    `output` is a file that standard output leads to instead of the terminal; the prompt goes to
    standard error, which is the terminal then.
    """
    ours, theirs = os.openpty()
    termios.tcsetwinsize(theirs, (ROWS, COLUMNS))
    screen = pyte.Screen(COLUMNS, ROWS)
    loop = asyncio.get_running_loop()
    target = None
    with _streams(theirs, output):
        async with serve(*(scripts or ((GREETING, Hang()),))) as server:
            if connect:
                target = Target(TargetKind.ADDRESS, server.host, server.port)
            face = PlainFace(colour=colour, ascii_only=ascii_only)
            work = hold(face, target, settings(**values), ConnectOptions())
            stage = PlainStage(ours, theirs, screen, pyte.ByteStream(screen), server, face)
            loop.add_reader(ours, stage.feed)
            stage.running = asyncio.create_task(work)
            try:
                await stage.until_prompt("127.0.0.1 greeted> " if connect else "offline> ")
                yield stage
            finally:
                stage.running.cancel()
                await asyncio.wait([stage.running])
                loop.remove_reader(ours)
    os.close(ours)
    os.close(theirs)
