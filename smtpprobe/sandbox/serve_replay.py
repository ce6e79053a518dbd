"""`smtpprobe sandbox --replay`: serves a recorded session until it is told to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smtpprobe.sandbox.certificates import Certificate
from smtpprobe.sandbox.replay_server import ReplayServer
from smtpprobe.sandbox.replay_view import replay_welcome
from smtpprobe.sandbox.serve import Screen, until_stopped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from smtpprobe.exits import ExitStatus
    from smtpprobe.present.spans import Line
    from smtpprobe.sandbox.recorded import RecordedConnection


async def serve_replay(
    name: str,
    connections: Sequence[RecordedConnection],
    *,
    out: TextIO,
    host: str = "127.0.0.1",
    port: int = 0,
    certificate: Certificate = Certificate.GOOD,
    colour: bool = False,
    quiet: bool = False,
) -> ExitStatus:
    """Serve a recording until SIGINT (returns OK) or SIGTERM (TERMINATED), writing to `out`.

    `name` is how the recording is called. With `quiet` only what is not in the recording and failed
    handshakes are shown. Must run in the main thread.
    Raises UsageError for a host that is not loopback and a port that cannot be had; returns
    CANNOT_TELL when `out` can no longer be written to.
    """
    screen = Screen(out, colour=colour, quiet=quiet)
    server = ReplayServer(connections, host, port, certificate=certificate, on_note=screen.note)

    def about() -> list[Line]:
        return replay_welcome(name, connections, server.host, server.port, str(server.ca_file))

    return await until_stopped(server, screen, about)
