"""`smtpprobe sandbox`: runs a server until it is stopped, showing what arrives."""

from __future__ import annotations

import asyncio
import errno
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from smtpprobe.exits import ExitStatus
from smtpprobe.present.spans import Line
from smtpprobe.sandbox.practice_server import PracticeServer
from smtpprobe.sandbox.screen import Screen, welcome
from smtpprobe.sandbox.throwaway_ca import Certificate
from smtpprobe.signals import heeded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractAsyncContextManager

STOPPING = {signal.SIGINT: ExitStatus.OK, signal.SIGTERM: ExitStatus.TERMINATED}
"""What ends the server, unless ignored from the start.

Ctrl-C is the way it is meant to end, so nothing was interrupted: 0.
"""


async def serve(
    host: str = "127.0.0.1",
    *,
    out: TextIO,
    port: int = 0,
    submission_port: int = 0,
    smtps_port: int = 0,
    lmtp_port: int = 0,
    certificate: Certificate = Certificate.GOOD,
    colour: bool = False,
    quiet: bool = False,
    proxy_protocol: bool = False,
    xclient: bool = False,
    client_ca: str | None = None,
) -> ExitStatus:
    """Serve until SIGINT (returns OK) or SIGTERM (TERMINATED), writing to `out`.

    With `quiet` only accepted messages and failed handshakes are shown. Must run in the main
    thread. Raises UsageError for a host that is not loopback, a port that cannot be had and a file
    of CAs that cannot be used; returns CANNOT_TELL when `out` can no longer be written to.
    """
    screen = Screen(out, colour=colour, quiet=quiet)
    server = PracticeServer(
        host,
        port=port,
        submission_port=submission_port,
        smtps_port=smtps_port,
        lmtp_port=lmtp_port,
        certificate=certificate,
        on_note=screen.note,
        proxy_protocol=proxy_protocol,
        xclient=xclient,
        client_ca=client_ca,
    )

    def about() -> list[Line]:
        ca_file = str(server.ca_file)
        return welcome(server.host, server.ports, ca_file, server.credentials, client_ca or "")

    return await until_stopped(server, screen, about)


async def until_stopped(
    server: AbstractAsyncContextManager[object], screen: Screen, about: Callable[[], list[Line]]
) -> ExitStatus:
    """Serve until SIGINT (returns OK) or SIGTERM (TERMINATED); `about` is shown once it listens.

    Must run in the main thread. Raises UsageError for a port that cannot be had; returns
    CANNOT_TELL when the screen can no longer be written to.
    """
    asyncio.get_running_loop().set_exception_handler(_Crowded())
    with _stopping(screen.broken) as stopped:
        async with server:
            screen.write(about())
            return await stopped


class _Crowded:
    """Logs once that clients wait because of the limit of open files; other errors as usual."""

    def __init__(self) -> None:
        self._told = False

    def __call__(self, loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        error = context.get("exception")
        if not (isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE)):
            loop.default_exception_handler(context)
        elif not self._told:
            self._told = True
            sys.stderr.write(
                "smtpprobe: warning: clients wait, as the limit on open files is reached "
                "(ulimit -n)\n"
            )


@contextmanager
def _stopping(stopped: asyncio.Future[ExitStatus]) -> Iterator[asyncio.Future[ExitStatus]]:
    """Have signals settle the future; a second Ctrl-C does not disturb the clearing up."""
    loop = asyncio.get_running_loop()
    numbers = heeded(STOPPING)
    for number in numbers:
        loop.add_signal_handler(number, _settle, stopped, STOPPING[number])
    try:
        yield stopped
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)


def _settle(stopped: asyncio.Future[ExitStatus], status: ExitStatus) -> None:
    if not stopped.done():
        stopped.set_result(status)
