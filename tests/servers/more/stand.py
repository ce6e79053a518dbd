"""A server that stands on loopback for the block, as whoever records it sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

DOMAIN: Final = "example.net"
HOSTNAME: Final = "mx.example.net"

USER: Final = "alice"
"""Everywhere the one recipient that exists, and the one user who may log in."""

PASSWORD: Final = "wonderland"

SIZE_LIMIT: Final = 10_000
"""Octets that a message may have, where the server can be told."""

RECIPIENT_LIMIT: Final = 5
"""Recipients that a message may have, where the server can be told."""

IDLE: Final = 3
"""Seconds of silence after which a server hangs up, where it can be told."""


MINUTES: Final = 660.0
"""What is waited where a server cannot be told: RFC 5321, 4.5.3.2.7 has it wait for 300 seconds."""


class CannotStandError(Exception):
    """A server cannot be had on this machine; the text says why."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where it listens, and what differs from server to server."""

    port: int
    version: str
    """The product with its version, and where it came from."""
    seen_port: int = 25
    """The port that the recording tells: what this server is for."""
    host: str = "127.0.0.1"
    lmtp: bool = False
    implicit_tls: bool = False
    """Whether the handshake comes first."""
    for_senders: bool = False
    """Whether it takes mail only inside TLS and after a login."""
    idle: float = IDLE
    """Seconds of silence within which it hangs up."""
    login: str = USER
    """What the user logs in as."""
    certified: str = HOSTNAME
    """The name that its certificate is for."""
    ca_file: Path | None = None
    """Who vouches for the certificate; None where there is none."""
    domain: str = DOMAIN
    """What the server calls the domain that a recording calls example.net."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What the recording says in the place of words that name this machine or this run."""

    @property
    def scheme(self) -> str:
        """The scheme of a target that is this server."""
        return "lmtp" if self.lmtp else "smtps" if self.implicit_tls else "smtp"


def over_tls(stand: Stand, implicit_tls: bool) -> Stand:
    """Return the stand as it is with TLS from the first octet, if it has that."""
    return replace(stand, seen_port=465, implicit_tls=True) if implicit_tls else stand
