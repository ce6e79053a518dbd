"""The phases of a session: the one vocabulary for all layers; plain tables."""

from __future__ import annotations

from enum import Enum


class Phase(Enum):
    """The phase of a session; the value is the word in JSON (`state`)."""

    CLOSED = "closed"
    GREETING = "greeting"
    CONNECTED = "connected"
    READY = "ready"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    BDAT = "bdat"
    AUTH = "auth"
    TLS = "tls"

    __hash__ = object.__hash__  # a key of tables for every line; that of Enum is slow


PROMPT_WORDS = {
    Phase.CLOSED: "offline",
    Phase.GREETING: "greeting",
    Phase.CONNECTED: "greeted",
    Phase.READY: "ehlo",
    Phase.MAIL: "mail",
    Phase.RCPT: "rcpt",
    Phase.DATA: "data",
    Phase.BDAT: "bdat",
    Phase.AUTH: "auth",
    Phase.TLS: "handshake",
}
"""The word of each phase in the prompt; `rcpt` is shown with the number of recipients."""


class Dialect(Enum):
    """Which protocol the target speaks."""

    SMTP = "smtp"
    LMTP = "lmtp"


class ReportPhase(Enum):
    """The part of a session that a step belongs to, as machine reports name it."""

    CONNECT = "connect"
    GREETING = "greeting"
    EHLO = "ehlo"
    STARTTLS = "starttls"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    BODY = "body"
    QUIT = "quit"
    OTHER = "other"

    __hash__ = object.__hash__
