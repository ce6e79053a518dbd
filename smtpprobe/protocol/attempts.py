"""How a target became connections: the hosts found and what each attempt gave, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.protocol.tls_facts import TlsFacts
from smtpprobe.protocol.transport.via import STRAIGHT, Via


class Found(Enum):
    """How the hosts of a target were found."""

    MX = "mx"
    IMPLICIT_MX = "implicit mx"
    """No MX record, but an address: the domain is its own mail host (RFC 5321 5.1)."""
    ITSELF = "itself"
    """A host, an address or a socket: no MX was asked for."""


class MailHost(NamedTuple):
    """A host to dial. `preference` is that of its MX record, None without one."""

    name: str
    preference: int | None = None


class Route(NamedTuple):
    """The hosts of a target in the order in which they are dialled.

    `notes` are plain sentences about what is wrong or odd (an MX that is a CNAME or an address).
    """

    target: Target
    found: Found
    hosts: tuple[MailHost, ...]
    notes: tuple[str, ...] = ()
    resolver: str = ""
    seconds: float = 0.0


class Outcome(Enum):
    """What an attempt to reach one address gave; the value is the wording shown."""

    CONNECTING = "connecting"
    CONNECTED = "connected"
    NO_ADDRESS = "no address"
    LEFT_OUT = "not dialled"
    """DNS names it for a domain, and yet it cannot be that domain's: localhost, loopback."""
    REFUSED = "connection refused"
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed out"
    TLS_FAILED = "TLS handshake failed"
    NO_GREETING = "no greeting"
    TLS_AT_ONCE = "speaks TLS at once"
    ENDLESS = "a greeting without an end"
    CLOSED = "closed before a greeting"
    FAILED = "failed"
    PROXY_FAILED = "the proxy failed"
    """The server was not asked: the proxy was not reached, is none, or refused."""
    BEHIND_PROXY = "the proxy cannot reach it"
    """The proxy says that it got no connection to the server."""


UNDIALLED = frozenset({Outcome.NO_ADDRESS, Outcome.LEFT_OUT})
"""What an attempt comes to for which nothing was sent."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One address of one host, tried: `index` of `count` (from 1), and how it went.

    `reason` adds to the outcome (a limit, an errno's text, an alert). With `from_system` the
    address came from the system's own tables because DNS does not know the name. `seconds` is
    how long it took. An attempt is reported at its start as CONNECTING (not one of UNDIALLED),
    then with its outcome; one that was CONNECTED may end a third time, without greeting.
    """

    host: MailHost
    address: str
    port: int
    index: int
    count: int
    outcome: Outcome
    reason: str = ""
    seconds: float = 0.0
    from_system: bool = False
    final: bool = False
    """Whether no further address will be tried after this one."""
    within: float | None = None
    """The limit in seconds in which nothing came, where that is how it ended."""
    octets: int = 0
    """How many octets of a greeting came within it."""
    alert: str = ""
    """The TLS alert that ended the connection where a greeting was due."""
    dials: int = 1
    """How many connections it took: a host that does not greet is asked once more, in TLS."""
    tls: TlsFacts | None = None
    """What the implicit-TLS handshake showed, also when it failed."""
    via: Via = STRAIGHT
    """What is in between."""


def silent_program(target: Target, attempt: Attempt) -> str:
    """Return what to say of a program that gave no greeting; empty where the target is none.

    The five minutes of RFC 5321 4.5.3.2.1 are for servers on a network.
    """
    if target.kind is not TargetKind.PIPE:
        return ""
    if attempt.octets:
        return "the program printed no whole greeting: is this the right command?"
    return "the program printed nothing: does it speak SMTP on its standard output?"
