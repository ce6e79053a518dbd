"""The one vocabulary of where a session stands and what a reply answers; plain tables."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Phase(Enum):
    """Where a session stands; the value is the word in JSON (`state`)."""

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


class Context(Enum):
    """What a reply answers; the value is the word of `explain --command`."""

    CONNECT = "CONNECT"
    EHLO = "EHLO"
    HELO = "HELO"
    LHLO = "LHLO"
    STARTTLS = "STARTTLS"
    AUTH = "AUTH"
    AUTH_STEP = "AUTH-STEP"
    MAIL = "MAIL"
    RCPT = "RCPT"
    DATA = "DATA"
    DATA_END = "DATA-END"
    BDAT = "BDAT"
    BDAT_LAST = "BDAT-LAST"
    RSET = "RSET"
    VRFY = "VRFY"
    EXPN = "EXPN"
    HELP = "HELP"
    NOOP = "NOOP"
    QUIT = "QUIT"
    ETRN = "ETRN"
    ATRN = "ATRN"
    TURN = "TURN"
    BURL = "BURL"
    SEND = "SEND"
    SOML = "SOML"
    SAML = "SAML"
    XCLIENT = "XCLIENT"
    XFORWARD = "XFORWARD"
    UNKNOWN = "UNKNOWN"

    __hash__ = object.__hash__  # a key of tables for every reply; that of Enum is slow


class ContextWords(NamedTuple):
    """How a context is named in JSON and which part of a report it belongs to."""

    json: str
    report: ReportPhase


_SPECIAL = {
    Context.CONNECT: ContextWords("connect", ReportPhase.GREETING),
    Context.AUTH_STEP: ContextWords("AUTH continuation", ReportPhase.AUTH),
    Context.DATA_END: ContextWords("end of data", ReportPhase.BODY),
    Context.BDAT: ContextWords("BDAT", ReportPhase.BODY),
    Context.BDAT_LAST: ContextWords("BDAT", ReportPhase.BODY),
    Context.EHLO: ContextWords("EHLO", ReportPhase.EHLO),
    Context.HELO: ContextWords("HELO", ReportPhase.EHLO),
    Context.LHLO: ContextWords("LHLO", ReportPhase.EHLO),
    Context.STARTTLS: ContextWords("STARTTLS", ReportPhase.STARTTLS),
    Context.AUTH: ContextWords("AUTH", ReportPhase.AUTH),
    Context.MAIL: ContextWords("MAIL", ReportPhase.MAIL),
    Context.RCPT: ContextWords("RCPT", ReportPhase.RCPT),
    Context.DATA: ContextWords("DATA", ReportPhase.DATA),
    Context.QUIT: ContextWords("QUIT", ReportPhase.QUIT),
}

CONTEXT_WORDS = {
    context: _SPECIAL.get(context, ContextWords(context.value, ReportPhase.OTHER))
    for context in Context
}
