"""The interface of what answers a client of the sandbox: no socket, no clock.

A handler takes octets and returns actions, as plain data; `connection` performs them in order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, TypeAlias

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.sandbox.framing import Framing


class Say(NamedTuple):
    """Send these octets at once."""

    octets: bytes


class Drip(NamedTuple):
    """Send these octets one by one, `every` seconds apart."""

    octets: bytes
    every: float


class Wait(NamedTuple):
    """Say nothing and read nothing for some seconds."""

    seconds: float


class Patience(NamedTuple):
    """From now on an idle client is disconnected after this many seconds."""

    seconds: float


class Upgrade(NamedTuple):
    """Begin the TLS handshake; what follows STARTTLS in clear is discarded.

    With `keep` it is used inside TLS instead, as servers do that can be injected commands into.
    """

    keep: bool = False


@dataclass(frozen=True, slots=True)
class HangUp:
    """Close the connection without another word."""


class Heard(NamedTuple):
    """Report what the client said; credentials are masked."""

    text: str


class Miss(NamedTuple):
    """Report that something has no place in the recording."""

    text: str


class Delivery(NamedTuple):
    """A message that was accepted: its envelope and the first octets of its text.

    `text` is what the client meant, dot-stuffing undone, cut to what is kept; `octets` is the
    whole length.
    """

    queue_id: str
    sender: str
    recipients: tuple[str, ...]
    text: bytes
    octets: int


class Accept(NamedTuple):
    """A message was accepted: report it; it is not stored."""

    delivery: Delivery


Act: TypeAlias = Say | Drip | Wait | Patience | Upgrade | HangUp | Heard | Miss | Accept


class Handler(Protocol):
    """The server's side of one session: takes octets, returns actions."""

    @property
    def about(self) -> str:
        """What kind of session it is, for notices."""

    @property
    def implicit_tls(self) -> bool:
        """Whether TLS begins with the connection (RFC 8314 3.3)."""

    @property
    def farewell(self) -> bytes:
        """What is said when the server ends under the client; may be nothing."""

    @property
    def patience(self) -> float | None:
        """How many seconds a silent client is waited for now; None means as long as usual."""

    def greet(self, client: str, *, tls: bool) -> tuple[Act, ...]:
        """Return how a session with the client at this address begins."""

    def secured(self, exporter: bytes, certified: str | None) -> None:
        """Take what a login can be bound to this TLS by (RFC 9266); empty where it is not known.

        `certified` is the name in the client's certificate, empty where it holds none; None without
        a certificate.
        """

    def hear(self, framing: Framing, now: float) -> tuple[Act, ...] | None:
        """Return what is done about the octets that came; None when more are needed first."""

    def idle(self) -> tuple[Act, ...]:
        """Return what is done when the patience is over."""
