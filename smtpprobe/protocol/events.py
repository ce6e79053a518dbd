"""The seven things that happen in a session. A session is a tuple of these and nothing else.

`at` is in seconds on a monotonic clock; only differences of it mean anything.
"""

from __future__ import annotations

from enum import Enum

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.command import Command
from smtpprobe.protocol.pace import Pace
from smtpprobe.protocol.reply import Reply
from smtpprobe.protocol.transport.via import STRAIGHT, Via

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final, TypeAlias

    # the facts of TLS cost 10 ms that most of `explain` does not need
    from smtpprobe.protocol.target import Target
    from smtpprobe.protocol.tls_facts import TlsFacts


class By(Enum):
    """Who ended a connection; the value is the word in JSON."""

    US = "us"
    THEM = "them"


class Opened(NamedTuple):
    """A connection is up (its implicit-TLS handshake included); the greeting is awaited.

    `host` is the name (or address, or socket path) dialled; `peer` and `local` are
    `address:port`, empty for UNIX sockets. `preference` is that of the MX used, None without one.
    `from_system` means that DNS does not know the name and the system's own tables do. `client`
    is the name meant for EHLO, empty when none is.
    """

    at: float
    target: Target
    host: str
    port: int
    peer: str = ""
    local: str = ""
    preference: int | None = None
    from_system: bool = False
    seconds: float = 0.0
    tls: TlsFacts | None = None
    client: str = ""
    via: Via = STRAIGHT


class Sent(NamedTuple):
    """Octets went out in one write; those of one time, in the same one.

    At a `pace` it was several, the last one at this time.
    """

    at: float
    command: Command
    pace: Pace | None = None


class Received(NamedTuple):
    """A reply arrived, or a piece of one too long to hold."""

    at: float
    reply: Reply


class Secured(NamedTuple):
    """A TLS handshake inside the session ended, well or not (`tls.ok`).

    `surplus` is plaintext that the server sent after its 220 and before its side of the
    handshake: behind the 220 itself, or where ServerHello should have been.
    """

    at: float
    tls: TlsFacts
    surplus: bytes = b""


class Closed(NamedTuple):
    """The connection is gone. `reason` is empty for an orderly close.

    `alert` is the TLS alert that the server ended it with; a recording does not hold it.
    """

    at: float
    by: By
    reason: str = ""
    alert: str = ""


class Waived(NamedTuple):
    """Nothing came for `seconds`, and the replies still due were given up.

    A reply that comes later is unsolicited.
    """

    at: float
    seconds: float = 0.0


class HalfClosed(NamedTuple):
    """We closed our side (FIN; inside TLS close_notify): we send no more, replies still come."""

    at: float


class Remarked(NamedTuple):
    """A program that we talk to (`pipe:`) wrote a line to its standard error."""

    at: float
    text: str


Event: TypeAlias = Opened | Sent | Received | Secured | Closed | Waived | HalfClosed | Remarked
EVENTS: Final[tuple[type[Event], ...]] = (
    *(Opened, Sent, Received, Secured, Closed, Waived, HalfClosed, Remarked),
)
