"""`smtpprobe sandbox --replay`: serves a recorded session until it is stopped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from smtpprobe.present.escape import shown
from smtpprobe.present.spans import HEADING, HINT, PLAIN, WARNING, Line, Span, line
from smtpprobe.protocol.phase import Dialect
from smtpprobe.sandbox.replay.recorded_connection import RecordedConnection, Speak
from smtpprobe.sandbox.replay.server import ReplayServer
from smtpprobe.sandbox.screen import Screen
from smtpprobe.sandbox.subcommand import until_stopped
from smtpprobe.sandbox.throwaway_ca import Certificate

if TYPE_CHECKING:
    from typing import TextIO

    from smtpprobe.exits import ExitStatus

SHOWN_CONNECTIONS = 20
"""How many recorded connections are listed."""


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


def replay_welcome(
    name: str, connections: Sequence[RecordedConnection], host: str, port: int, ca_file: str
) -> list[Line]:
    """Return what is replayed, how to reach it, and how to trust its certificate."""
    at = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    head = f"recorded session {shown(name)}: nothing is stored or forwarded; Ctrl-C stops it"
    lines = [
        line(head, HEADING),
        _row("address", at),
        _row("CA file", f"{ca_file}  (for --ca-file)"),
        *_listed(connections),
        _row("try", f"smtpprobe --ca-file {ca_file} {_scheme(connections[0])}{at}"),
    ]
    if not all(connection.begun for connection in connections):
        told = "the recording starts inside a session: the greeting is invented"
        lines.append(line(f"  {told}", WARNING))
    return lines


def _listed(connections: Sequence[RecordedConnection]) -> list[Line]:
    lines = [
        _row("connection" if number == 1 else "", f"{number}: {_summary(connection)}")
        for number, connection in enumerate(connections[:SHOWN_CONNECTIONS], 1)
    ]
    if (more := len(connections) - SHOWN_CONNECTIONS) > 0:
        lines.append(_row("", f"... and {more} more"))
    return lines


def _summary(connection: RecordedConnection) -> str:
    spoken = [deed for deed in connection.opening if isinstance(deed, Speak)]
    spoken += [reply for exchange in connection.exchanges for reply in exchange.replies]
    replies = f"{len(spoken)} {'reply' if len(spoken) == 1 else 'replies'}"
    known = connection.target is not None and connection.target.name != "recorded.invalid"
    whose = f" of {shown(connection.host)}" if known else ""
    tls = ", implicit TLS" if connection.implicit_tls else ""
    name = f", :on {shown(connection.name)}" if connection.name else ""
    return f"{replies}{whose}{name}{tls}"


def _scheme(connection: RecordedConnection) -> str:
    if connection.implicit_tls:
        return "smtps://"
    lmtp = connection.target is not None and connection.target.dialect is Dialect.LMTP
    return "lmtp://" if lmtp else ""


def _row(name: str, text: str) -> Line:
    return (Span(HINT, f"  {name:<11}"), Span(PLAIN, text))
