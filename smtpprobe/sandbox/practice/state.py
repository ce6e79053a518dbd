"""The practice server's side of one session as plain data.

A command handler takes a `Call` and returns a `Turn`: the state after it and what to do. Nothing
here reads a clock, a socket or a source of randomness; they come with the call.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TypeAlias

from smtpprobe.protocol.command import Command
from smtpprobe.sandbox.handler import Act, HangUp
from smtpprobe.sandbox.practice.greylist import Greylist
from smtpprobe.sandbox.practice.replies import reply

DOMAIN = "sandbox.test"
"""The practice server's own name and the one domain it takes mail for."""

LITERALS = ("[127.0.0.1]", "[ipv6:::1]")
"""Address literals that mean this server, as its domain does."""

SIZE_LIMIT = 10 * 1024 * 1024
"""The largest message in octets, as SIZE announces it (RFC 1870)."""

RECIPIENT_LIMIT = 100
"""Recipients of one message (the least that RFC 5321 4.5.3.1.8 allows)."""

ERROR_LIMIT = 20
"""Errors of the client after which the server closes; replies that were asked for count not."""


def is_ours(domain: str) -> bool:
    """Return whether the practice server accepts mail for a domain from anyone."""
    return not domain or domain.lower() == DOMAIN or domain.lower() in LITERALS


class Service(Enum):
    """What a port of the practice server offers."""

    SMTP = "smtp"
    SUBMISSION = "submission"
    SMTPS = "smtps"
    LMTP = "lmtp"

    @property
    def login_required(self) -> bool:
        """Whether mail requires AUTH (RFC 6409 4.3)."""
        return self in (Service.SUBMISSION, Service.SMTPS)

    @property
    def implicit_tls(self) -> bool:
        """Whether TLS begins with the connection (RFC 8314 3.3)."""
        return self is Service.SMTPS


@dataclass(frozen=True, slots=True)
class Credentials:
    """The user name and password that log in; they are published, not secret."""

    user: str = f"probe@{DOMAIN}"
    password: str = "practice"  # noqa: S105 - shown to everybody, guards nothing


ScramAnswer: TypeAlias = Callable[
    [str, tuple[str, str], Sequence[str], str, Mapping[str, bytes]], str
]


@dataclass(frozen=True, slots=True)
class House:
    """What the server knows beyond the session: its service, its client, its memory.

    `token` gives a new unguessable word (queue ids, challenges); `pace` scales every practice
    delay, 1.0 being what HELP says. `scram` answers the messages of SCRAM: mechanism, user and
    password, messages so far, nonce, what TLS can be bound by; `bindings` are the latter.
    With `xclient` clients may say that they are others. `certified` is the name in the client's
    certificate, empty where it holds none; None without a certificate.
    """

    service: Service
    client: str
    token: Callable[[], str]
    greylist: Greylist
    credentials: Credentials = field(default_factory=Credentials)
    pace: float = 1.0
    scram: ScramAnswer | None = None
    bindings: Mapping[str, bytes] = field(default_factory=dict)
    xclient: bool = False
    certified: str | None = None


@dataclass(frozen=True, slots=True)
class Login:
    """An AUTH under way: its mechanism, the challenge given, the user name if already said.

    `messages` are those of the client in SCRAM, whose server's nonce is the challenge. `done` says
    how it ends (`accepted`, `refused`) once the client has acknowledged the last challenge.
    """

    mechanism: str
    challenge: str = ""
    user: str | None = None
    messages: tuple[str, ...] = ()
    done: str = ""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A BDAT whose octets are due; with `refusal` they are read and thrown away."""

    octets: int
    last: bool
    refusal: Act | None = None


@dataclass(frozen=True, slots=True)
class Envelope:
    """A mail transaction: sender, accepted recipients, chunks so far.

    `tried` means that a recipient was named, accepted or not; `utf8` that SMTPUTF8 was asked for.
    """

    sender: str
    utf8: bool = False
    recipients: tuple[str, ...] = ()
    tried: bool = False
    chunked: bool = False
    text: bytes = b""
    octets: int = 0


@dataclass(frozen=True, slots=True)
class Talk:
    """The state of a session, as the server sees it.

    `hello` is the client's name once accepted, `extended` whether by EHLO or LHLO; `body` that
    message text is due after 354; at most one of `login`, `chunk` and `body` is set.
    `turned` is the step that the server is at as the client, after ATRN.
    """

    tls: bool = False
    hello: str | None = None
    extended: bool = False
    user: str | None = None
    envelope: Envelope | None = None
    login: Login | None = None
    chunk: Chunk | None = None
    body: bool = False
    errors: int = 0
    turned: int | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A command to answer, with all that the answer may depend on; `now` is in seconds."""

    talk: Talk
    house: House
    command: Command
    now: float


@dataclass(frozen=True, slots=True)
class Turn:
    """The state after a command, and what the server does."""

    talk: Talk
    acts: tuple[Act, ...] = ()


CommandHandler: TypeAlias = Callable[[Call], Turn]


def say(talk: Talk, code: int, enhanced: str, *lines: str) -> Turn:
    """Return the turn that answers with one reply."""
    return Turn(talk, (reply(code, enhanced, *lines),))


def refuse(talk: Talk, code: int, enhanced: str, *lines: str) -> Turn:
    """Return the turn that answers an error of the client's; too many of them end the session."""
    talk = replace(talk, errors=talk.errors + 1)
    if talk.errors < ERROR_LIMIT:
        return say(talk, code, enhanced, *lines)
    farewell = reply(421, "4.7.0", f"{DOMAIN} Error: too many errors")
    return Turn(talk, (reply(code, enhanced, *lines), farewell, HangUp()))
