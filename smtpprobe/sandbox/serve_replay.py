"""`smtpprobe sandbox --replay`: serves a recorded session until it is told to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smtpprobe.sandbox.certificates import Certificate
from smtpprobe.sandbox.recorded import recorded_connections
from smtpprobe.sandbox.replay_server import ReplayServer
from smtpprobe.sandbox.replay_view import replay_welcome
from smtpprobe.sandbox.serve import Screen, until_stopped

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from smtpprobe.exits import ExitStatus
    from smtpprobe.present.spans import Line
    from smtpprobe.protocol.events import Event


async def serve_replay(
    name: str,
    events: Iterable[Event],
    partial: bytes = b"",
    *,
    out: TextIO,
    timing: bool = False,
    host: str = "127.0.0.1",
    port: int = 0,
    certificate: Certificate = Certificate.GOOD,
    colour: bool = False,
    quiet: bool = False,
) -> ExitStatus:
    """Serve the recording until SIGINT (returns OK) or SIGTERM (TERMINATED), writing to `out`.

    `name` is how the recording is called; with `timing` its delays are kept. With `quiet` only
    what is not in the recording and failed handshakes are shown. Must run in the main thread.
    Raises UsageError for a host that is not loopback and a port that cannot be had; returns
    CANNOT_TELL when `out` can no longer be written to.
    """
    screen = Screen(out, colour=colour, quiet=quiet)
    connections = recorded_connections(events, partial, timing=timing)
    server = ReplayServer(connections, host, port, certificate=certificate, on_note=screen.note)

    def about() -> list[Line]:
        return replay_welcome(name, connections, server.host, server.port, str(server.ca_file))

    return await until_stopped(server, screen, about)
