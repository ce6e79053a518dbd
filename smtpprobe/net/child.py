"""A program as the server: its standard input and output are the connection, as with inetd.

    connector = Child(told)                    told(line) for each line of its standard error
    transport, wire = await connect(to, make, connector)
    connector.ended                            in words, once it has ended

Both are one end of a pair of UNIX sockets, whose copy here stays open until the program has ended:
so what comes last is the end of the connection, with the status known by then. Closing the
connection ends the program: it gets EXIT_SECONDS to exit, then SIGTERM, then SIGKILL.
"""

from __future__ import annotations

import asyncio
import os
import shlex
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from smtpprobe.errors import UsageError
from smtpprobe.net.connect import Endpoint, over
from smtpprobe.secret_variables import without_secrets

Made = TypeVar("Made", bound=asyncio.BaseProtocol)

EXIT_SECONDS = 2.0
"""How long a program may take to exit after its input closed, and after SIGTERM."""

DRAIN_SECONDS = 0.5
"""How long what it wrote to its standard error is read after its end; others may hold that open."""

LINE_OCTETS = 1000
"""A longer line of standard error is shown in pieces."""

MOST_LINES = 500
"""How many lines of standard error are shown; the rest is read, counted and dropped."""


class Child:
    """One run of a program; a `Connector`."""

    def __init__(self, told: Callable[[str], None]) -> None:
        self.ended = ""
        self._told = told
        self._name = ""
        self._process: asyncio.subprocess.Process | None = None
        self._life: asyncio.Task[None] | None = None

    async def __call__(
        self, to: Endpoint, make: Callable[[], Made], /
    ) -> tuple[asyncio.Transport, Made]:
        """Start the program whose command line is the endpoint's address.

        Raises:
            UsageError: it is no command line.
            OSError: it cannot be started.
        """
        words = _words(to.address)
        self._name = os.path.basename(words[0])  # noqa: PTH119 - a name, not a file
        loop = asyncio.get_running_loop()
        ours, theirs = socket.socketpair()
        heard, spoken = os.pipe()
        try:
            # a session of its own: Ctrl-C at the prompt is not for it, and its group can be ended
            self._process = await asyncio.create_subprocess_exec(
                *words,
                stdin=theirs.fileno(),
                stdout=theirs.fileno(),
                stderr=spoken,
                start_new_session=True,
                env=without_secrets(),
            )
            os.close(spoken)
            spoken = -1
            remarks = asyncio.StreamReader(loop=loop)
            pipe, _ = await loop.connect_read_pipe(
                lambda: asyncio.StreamReaderProtocol(remarks, loop=loop), os.fdopen(heard, "rb")
            )
            self._life = loop.create_task(self._live(self._process, theirs, remarks, pipe))
            transport, made = await over(ours, make)
        except BaseException:
            ours.close()
            if self._life is None:
                theirs.close()
                for number in (spoken, heard):
                    with suppress(OSError):
                        os.close(number)
            self.kill()
            raise
        return transport, made

    async def gone(self) -> None:
        """Wait until the program has ended, and end it where it does not."""
        if self._life is None:
            return
        for number in (None, signal.SIGTERM, signal.SIGKILL):
            if number is not None:
                self._signal(number)
            done, _ = await asyncio.wait([self._life], timeout=EXIT_SECONDS)
            if done:
                return

    def kill(self) -> None:
        """End the program at once; it is reaped as soon as the loop goes on."""
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        over = self._life is not None and self._life.done()  # then its number may be another's
        if self._process is not None and not over:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, number)

    async def _live(
        self,
        process: asyncio.subprocess.Process,
        theirs: socket.socket,
        remarks: asyncio.StreamReader,
        pipe: asyncio.BaseTransport,
    ) -> None:
        """Read its standard error and wait for its end, then let the connection end.

        Processes that it left running are ended too.
        """
        reading = asyncio.ensure_future(self._read(remarks))
        try:
            status = await process.wait()
            self.kill()
            await asyncio.wait([reading], timeout=DRAIN_SECONDS)
            self.ended = f"{self._name} {_end(status)}"
        finally:
            reading.cancel()
            pipe.close()
            theirs.close()
            if process.returncode is None:
                self.kill()

    async def _read(self, stream: asyncio.StreamReader) -> None:
        shown, rest = 0, b""
        while octets := await stream.read(1 << 16):
            *lines, rest = (rest + octets).split(b"\n")
            if len(rest) > LINE_OCTETS:
                lines, rest = [*lines, rest], b""
            shown = self._tell(lines, shown)
        shown = self._tell([rest] if rest else [], shown)
        if shown > MOST_LINES:
            self._told(f"{self._name}: {shown - MOST_LINES} more lines of standard error")

    def _tell(self, lines: list[bytes], shown: int) -> int:
        for line in lines[: max(0, MOST_LINES - shown)]:
            text = line[:LINE_OCTETS].decode("utf-8", "backslashreplace").rstrip("\r")
            self._told(text + (" ..." if len(line) > LINE_OCTETS else ""))
        return shown + len(lines)


def _words(command: str) -> list[str]:
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise UsageError(
            f"pipe:{command}: {str(error).lower()}", "quote it as in a shell"
        ) from None
    if not words:
        raise UsageError("pipe: names no program", "for example 'pipe:exim -bh 192.0.2.1'")
    return words


def _end(status: int) -> str:
    if status >= 0:
        return f"exited with status {status}"
    try:
        return f"was ended by {signal.Signals(-status).name}"
    except ValueError:
        return f"was ended by signal {-status}"
