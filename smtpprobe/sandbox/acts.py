"""What the practice server does next, as plain data; `connection` carries it out in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Say:
    """Send these octets at once."""

    octets: bytes


@dataclass(frozen=True, slots=True)
class Drip:
    """Send these octets one by one, `every` seconds apart."""

    octets: bytes
    every: float


@dataclass(frozen=True, slots=True)
class Wait:
    """Say nothing and read nothing for some seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Patience:
    """From now on an idle client is sent away after this many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Upgrade:
    """Begin the TLS handshake; what came in clear behind STARTTLS is thrown away.

    With `keep` it is used inside TLS instead, as servers do that can be injected commands into.
    """

    keep: bool = False


@dataclass(frozen=True, slots=True)
class HangUp:
    """Close the connection without another word."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Tell whoever watches what the client said; credentials are masked."""

    text: str


@dataclass(frozen=True, slots=True)
class Miss:
    """Tell whoever watches that something has no place in the recording."""

    text: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message that was accepted: its envelope and the first octets of its text.

    `text` is what the client meant, dot-stuffing undone, cut to what is kept; `octets` is the
    whole length.
    """

    queue_id: str
    sender: str
    recipients: tuple[str, ...]
    text: bytes
    octets: int


@dataclass(frozen=True, slots=True)
class Accept:
    """A message was taken: tell whoever listens; it is stored nowhere."""

    delivery: Delivery


Act: TypeAlias = Say | Drip | Wait | Patience | Upgrade | HangUp | Heard | Miss | Accept
