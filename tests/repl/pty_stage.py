"""The installed program in a real pseudo-terminal, its output on a screen in memory."""

from __future__ import annotations

import asyncio
import os
import re
import sys
import termios
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pexpect
import pyte

PROGRAM = Path(sys.executable).parent / "smtpprobe"
PATIENCE = 60.0
"""Real seconds; only a failing test waits so long."""
ROWS = 50

HANDED_ON = ("PATH", "PYTHONPATH", "SMTPPROBE_TEST_RUN", "PYTEST", "COVERAGE")
"""How the names begin of what the program gets from the tests: `make coverage` counts it too."""


@dataclass
class Pty:
    """A running program. `octets` is everything that it wrote."""

    child: pexpect.spawn[str]
    screen: pyte.Screen
    stream: pyte.ByteStream
    octets: bytearray = field(default_factory=bytearray)

    def feed(self) -> None:
        """Take what the program has written so far."""
        while not self.child.closed:
            try:
                got = self.child.read_nonblocking(65536, timeout=0)
            except (pexpect.TIMEOUT, pexpect.EOF):
                return
            octets = got.encode() if isinstance(got, str) else got
            self.octets += octets
            self.stream.feed(octets)

    @property
    def text(self) -> str:
        """The screen as text, blanks at line ends trimmed."""
        self.feed()
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip("\n")

    @property
    def prompt_line(self) -> str:
        """The line with the cursor."""
        self.feed()
        return str(self.screen.display[self.screen.cursor.y])

    def type(self, *keys: str) -> None:
        """Press keys."""
        self.child.send("".join(keys))

    def paste(self, text: str) -> None:
        """Paste as a terminal does that marks pastes."""
        self.child.send(f"\x1b[200~{text}\x1b[201~")

    def resize(self, columns: int) -> None:
        """Change the width of the terminal."""
        self.screen.resize(ROWS, columns)
        self.child.setwinsize(ROWS, columns)

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
                while not wanted():  # noqa: ASYNC110 - a terminal tells nobody
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(f"{what!r} never came:\n{self.text}") from None

    async def line(self, text: str, wanted: str) -> None:
        """Enter a line and wait for a text."""
        self.type(text, "\r")
        await self.until(wanted)

    async def exit_code(self) -> int:
        """Wait for the end of the program; return its exit code."""
        await self.until_true(lambda: self.text and not self.child.isalive(), "the end")
        self.feed()
        return self.child.exitstatus if self.child.exitstatus is not None else -1

    @property
    def peak_memory(self) -> int:
        """The most memory that the program has had, in octets."""
        status = Path(f"/proc/{self.child.pid}/status").read_text()
        return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) * 1024

    @property
    def canonical(self) -> bool:
        """Whether the terminal is in the state in which a shell hands it over."""
        flags = termios.tcgetattr(self.child.child_fd)[3]
        return bool(flags & termios.ICANON) and bool(flags & termios.ECHO)


@asynccontextmanager
async def program(
    home: Path, *words: str, columns: int = 100, command: str = str(PROGRAM), **environment: str
) -> AsyncIterator[Pty]:
    """Run the program (or another) with these words in a terminal of its own."""
    known = {key: value for key, value in os.environ.items() if key.startswith(HANDED_ON)}
    settings = {"HOME": str(home), "LANG": "C.UTF-8", "TERM": "xterm-256color"} | environment
    screen = pyte.Screen(columns, ROWS)
    child = pexpect.spawn(
        command, [*words], env=known | settings, dimensions=(ROWS, columns), timeout=PATIENCE,
    )  # fmt: skip
    child.delaybeforesend = None
    running = Pty(child, screen, pyte.ByteStream(screen))
    try:
        yield running
    finally:
        running.feed()
        child.close(force=True)
