"""The situations that every server is recorded in: what is sent, step by step."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from tests.servers.more.stand import DOMAIN, PASSWORD, RECIPIENT_LIMIT, SIZE_LIMIT, USER


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that go out in one write."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Octets:
    """Octets that go out as they stand; no command is read in them."""

    octets: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """The octets of a message with its final dot."""

    octets: bytes


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing goes out until the server has had enough."""


Step: TypeAlias = str | Group | Octets | Message | Silence
"""A string is a line, sent when all before it was answered."""


@dataclass(frozen=True, slots=True)
class Situation:
    """One connection. `name` is what the recording, the readings and the page call it."""

    name: str
    title: str
    """What is done, in the words of the page."""
    steps: tuple[Step, ...]
    early: bool = False
    """Whether the first step does not wait for the greeting."""
    hello: bool = True
    """Whether EHLO (LHLO in LMTP) goes first."""
    secure: bool = False
    """Whether STARTTLS and another EHLO come before the steps, where it is offered."""
    login: bool = True
    """Whether at a server for senders STARTTLS, EHLO and AUTH come before the steps."""


def plain(password: str, user: str = USER) -> str:
    """Return what AUTH PLAIN sends for the user."""
    return base64.b64encode(f"\0{user}\0{password}".encode()).decode()


CLIENT: Final = "probe.example.com"
HELLO: Final = f"EHLO {CLIENT}"
"""EHLO, or LHLO where the server speaks LMTP."""

WRONG: Final = "guess"
GUESS: Final = f"AUTH PLAIN {plain(WRONG)}"
LOGIN: Final = f"AUTH PLAIN {plain(PASSWORD)}"
SENDER: Final = "MAIL FROM:<bob@example.com>"
RECIPIENT: Final = f"RCPT TO:<{USER}@{DOMAIN}>"
TRANSACTION: Final = (SENDER, RECIPIENT)
HEADER: Final = b"From: bob@example.com\r\nSubject: hello\r\n\r\n"
TEXT: Final = HEADER + b"A message of the lab.\r\n.\r\n"
BINARY: Final = HEADER + b"A line.\r\nA \0, a bare \n, and no end of a line"
CHUNK: Final = TEXT.removesuffix(b".\r\n")


def of(name: str, title: str, *steps: Step, **how: bool) -> Situation:
    """Return a situation."""
    return Situation(name, title, steps, **how)


SITUATIONS: Final[Sequence[Situation]] = (
    of("greet", "connect", hello=False),
    of("ehlo", "EHLO", login=False),
    of("helo", "HELO", f"HELO {CLIENT}", hello=False),
    of("ehlo-bare", "EHLO without a name", "EHLO", hello=False),
    of("ehlo-bad", "EHLO with a name that is none", "EHLO -?-", hello=False),
    of("ehlo-twice", "EHLO inside a transaction", *TRANSACTION, HELLO),
    of("lhlo", "LHLO", f"LHLO {CLIENT}", hello=False),
    of("starttls", "STARTTLS and what follows", "STARTTLS", HELLO, login=False),
    of("starttls-argument", "STARTTLS with an argument", "STARTTLS now", login=False),
    of("auth-good", "AUTH with the right password", LOGIN, secure=True, login=False),
    of(
        "auth-bad",
        "AUTH with a wrong password",
        GUESS,
        secure=True,
        login=False,
    ),
    of("auth-clear", "AUTH in clear", LOGIN, login=False),
    of("auth-bare", "AUTH without a mechanism", "AUTH", secure=True, login=False),
    of("auth-unknown", "AUTH with an unknown mechanism", "AUTH FOO", secure=True, login=False),
    of("auth-base64", "AUTH with what is not base64", "AUTH PLAIN #!#", secure=True, login=False),
    of("auth-cancel", "AUTH given up with *", "AUTH LOGIN", "*", secure=True, login=False),
    of("auth-late", "AUTH inside a transaction", SENDER, "AUTH PLAIN", secure=True, login=False),
    of("mail-syntax", "MAIL that cannot be read", "MAIL bob@example.com"),
    of("mail-address", "MAIL with a bad address", "MAIL FROM:<bob@exa mple>"),
    of("mail-parameter", "MAIL with an unknown parameter", f"{SENDER} FOO=BAR"),
    of("mail-body", "MAIL with a bad BODY", f"{SENDER} BODY=FOO"),
    of("mail-size", "MAIL with a SIZE too large", f"{SENDER} SIZE=99999999999"),
    of("mail-twice", "MAIL twice", SENDER, SENDER),
    of("mail-early", "MAIL before EHLO", SENDER, hello=False),
    of("no-login", "MAIL and RCPT without TLS and login", *TRANSACTION, login=False),
    of("rcpt-unknown", "RCPT of nobody", SENDER, f"RCPT TO:<ghost@{DOMAIN}>"),
    of("rcpt-syntax", "RCPT that cannot be read", SENDER, f"RCPT {USER}@{DOMAIN}"),
    of("rcpt-address", "RCPT with a bad address", SENDER, f"RCPT TO:<{USER}@@{DOMAIN}>"),
    of("rcpt-relay", "RCPT in another domain", SENDER, "RCPT TO:<carol@example.org>"),
    of("rcpt-early", "RCPT before MAIL", RECIPIENT),
    of("rcpt-many", "too many RCPT", SENDER, *[RECIPIENT] * (RECIPIENT_LIMIT + 1)),
    of("data-early", "DATA without RCPT", SENDER, "DATA"),
    of("message", "a message", *TRANSACTION, "DATA", Message(TEXT)),
    of(
        "message-large",
        "a message too large",
        *TRANSACTION,
        "DATA",
        Message(HEADER + (b"x" * 70 + b"\r\n") * (SIZE_LIMIT // 70) + b".\r\n"),
    ),
    of(
        "message-bare-lf",
        "a message with bare line feeds",
        *TRANSACTION,
        "DATA",
        Message(HEADER + b"One line.\nAnother.\n.\nMore.\r\n.\r\n"),
    ),
    of("bdat", "a message by BDAT", *TRANSACTION, f"BDAT {len(CHUNK)} LAST", Message(CHUNK)),
    of(
        "binarymime",
        "a binary message by BDAT",
        f"{SENDER} BODY=BINARYMIME",
        RECIPIENT,
        f"BDAT {len(BINARY)} LAST",
        Message(BINARY),
    ),
    of("bdat-bad", "BDAT without a number", *TRANSACTION, "BDAT x LAST"),
    of("burl", "BURL", *TRANSACTION, "BURL imap://mail.example.net/INBOX LAST"),
    of("vrfy", "VRFY", f"VRFY {USER}"),
    of("expn", "EXPN", "EXPN staff"),
    of("help", "HELP", "HELP"),
    of("noop", "NOOP with an argument", "NOOP still there"),
    of("rset", "RSET", *TRANSACTION, "RSET"),
    of("etrn", "ETRN", f"ETRN {DOMAIN}"),
    of("xclient", "XCLIENT", "XCLIENT ADDR=198.51.100.9 NAME=client.example.org"),
    of("xforward", "XFORWARD", "XFORWARD ADDR=198.51.100.9 NAME=client.example.org"),
    of("unknown", "an unknown command", "FROBNICATE now"),
    of("long-line", "a line too long", f"NOOP {'x' * 5000}"),
    of("early-talker", "EHLO before the greeting", HELLO, early=True, hello=False),
    of("bare-lf", "lines that end in a bare line feed", Octets(b"NOOP\nNOOP\r\n")),
    of(
        "pipelining",
        "commands in one write with EHLO",
        Group((HELLO, SENDER, RECIPIENT, "DATA")),
        hello=False,
    ),
    of(
        "pipelined",
        "a message whose commands go in one write",
        Group((*TRANSACTION, "DATA")),
        Message(TEXT),
    ),
    of("errors", "too many errors", *["FROBNICATE"] * 30),
    of("idle", "silence", Silence()),
    of("quit", "QUIT", "QUIT"),
    of("quit-argument", "QUIT with an argument", "QUIT now"),
)

BY_NAME: Final = {situation.name: situation for situation in SITUATIONS}
