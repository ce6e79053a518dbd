"""What `smtpprobe sandbox --replay` shows before the first client: what is replayed, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smtpprobe.present.escape import shown
from smtpprobe.present.spans import HEADING, HINT, PLAIN, WARNING, Line, Span, line
from smtpprobe.protocol.phase import Dialect
from smtpprobe.sandbox.recorded import RecordedConnection, Speak

if TYPE_CHECKING:
    from collections.abc import Sequence

SHOWN_CONNECTIONS = 20
"""How many recorded connections are listed."""


def replay_welcome(
    name: str, connections: Sequence[RecordedConnection], host: str, port: int, ca_file: str
) -> list[Line]:
    """Return what is replayed, how to reach it, and how to trust its certificate."""
    at = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    head = f"recorded session {shown(name)}: nothing is stored or sent on; Ctrl-C ends it"
    lines = [
        line(head, HEADING),
        _row("address", at),
        _row("CA file", f"{ca_file}  (for --ca-file)"),
        *_listed(connections),
        _row("try", f"smtpprobe --ca-file {ca_file} {_scheme(connections[0])}{at}"),
    ]
    if not all(connection.begun for connection in connections):
        told = "the recording begins inside a session: the greeting is made up"
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
    tls = ", TLS at once" if connection.implicit_tls else ""
    name = f", :on {shown(connection.name)}" if connection.name else ""
    return f"{replies}{whose}{name}{tls}"


def _scheme(connection: RecordedConnection) -> str:
    if connection.implicit_tls:
        return "smtps://"
    lmtp = connection.target is not None and connection.target.dialect is Dialect.LMTP
    return "lmtp://" if lmtp else ""


def _row(name: str, text: str) -> Line:
    return (Span(HINT, f"  {name:<11}"), Span(PLAIN, text))
