"""The server of `smtpprobe sandbox --replay`: each client gets the next recorded connection."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count

from smtpprobe.sandbox.notices import OnNote
from smtpprobe.sandbox.practice.state import Service
from smtpprobe.sandbox.replay.recorded_connection import RecordedConnection
from smtpprobe.sandbox.replay.session import ReplaySession
from smtpprobe.sandbox.server import SandboxServer
from smtpprobe.sandbox.throwaway_ca import NAMES, Certificate

IDLE_SECONDS = 3600.0
"""How long a client may be idle: recordings hold no idle limit."""

_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


class ReplayServer(SandboxServer):
    """Serves recorded connections on one loopback port: `async with ReplayServer(...)`.

    After the last recorded connection the first one comes again. The certificate also holds the
    names of the recorded hosts.
    """

    def __init__(
        self,
        connections: Sequence[RecordedConnection],
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        certificate: Certificate = Certificate.GOOD,
        on_note: OnNote | None = None,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        super().__init__(
            host,
            {Service.SMTP: port},
            certificate=certificate,
            idle_seconds=idle_seconds,
            names=(*NAMES, *_names(connections)),
            on_note=on_note,
        )
        self._connections = connections
        self._clients = count()

    def handler(self, service: Service) -> ReplaySession:
        """Return the next recorded connection."""
        del service
        rounds, number = divmod(next(self._clients), len(self._connections))
        again = ", begun again" if rounds and not number else ""
        about = f"recorded connection {number + 1} of {len(self._connections)}{again},"
        return ReplaySession(self._connections[number], about)


def _names(connections: Sequence[RecordedConnection]) -> list[str]:
    """Return the recorded host names that a certificate can hold."""
    hosts = dict.fromkeys(connection.host.lower() for connection in connections)
    return [host for host in hosts if host not in NAMES and _is_dns_name(host)]


def _is_dns_name(host: str) -> bool:
    labels = host.split(".")
    plain = all(_LABEL.fullmatch(label) and label[2:4] != "--" for label in labels)
    return len(labels) > 1 and plain and labels[-1][0].isalpha() and len(host) < 254
