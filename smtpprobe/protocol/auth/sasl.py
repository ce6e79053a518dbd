"""A login from the client's side: one conversation for the prompt and for scripts. Pure.

    Login.line                 AUTH NAME, with the initial response of those that have one
        |
        |  334 and a challenge that has a response      -> that response
        |  334 and one that has none, or is no base64   -> `*`, and `given_up` tells which
        |  any other reply, and whatever follows `*`    -> None: it is over
        v
    Login.after(reply)         what to send then

What a mechanism says is its `Responder`: octets in, octets out, without wire and base64. A new one
is a class in RESPONDERS, beside its row in `protocol.auth.mechanisms`.
"""

from __future__ import annotations

import base64
import binascii
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from smtpprobe.protocol.auth.credentials import EMPTY_RESPONSE
from smtpprobe.protocol.command import Command, Kind
from smtpprobe.protocol.reply import Reply

CHALLENGE = 334
CANCEL = b"*\r\n"
"""Gives a login up (RFC 4954 4)."""


class Responder(ABC):
    """One mechanism in one login: made for a user and a secret, used once."""

    def __init__(self, user: str, secret: str) -> None:
        self.user, self.secret = user, secret

    def initial(self) -> bytes | None:
        """Return the initial response; None where the mechanism has none (RFC 4954 4)."""
        return None

    @abstractmethod
    def respond(self, challenge: bytes) -> bytes | None:
        """Return the response to the next challenge; None where there is none to it."""


class Plain(Responder):
    """PLAIN (RFC 4616): everything in the initial response."""

    def initial(self) -> bytes:
        """Return both."""
        return plain_response(self.user, self.secret)

    def respond(self, _challenge: bytes) -> None:
        """Return nothing: there is no more to say."""


class LogIn(Responder):
    """LOGIN (never standardised): the user name, then the password, each when asked."""

    def __init__(self, user: str, secret: str) -> None:
        super().__init__(user, secret)
        self._left = [secret, user]

    def respond(self, _challenge: bytes) -> bytes | None:
        """Return the next of the two; what the server asks for differs, so it is not read."""
        return octets(self._left.pop()) if self._left else None


class CramMd5(Responder):
    """CRAM-MD5 (RFC 2195): one challenge, and the user name with its keyed digest."""

    _answered = False

    def respond(self, challenge: bytes) -> bytes | None:
        """Return the digest of the first challenge."""
        if self._answered:
            return None
        self._answered = True
        return cram_response(self.user, self.secret, challenge)


RESPONDERS: Mapping[str, type[Responder]] = MappingProxyType(
    {"PLAIN": Plain, "LOGIN": LogIn, "CRAM-MD5": CramMd5}
)
"""The mechanisms that `:auth` can do, those first that are offered first."""


class GivenUp(Enum):
    """Why a login was cancelled; the value is the wording shown."""

    NO_BASE64 = "the challenge is not base64"
    NO_RESPONSE = "the mechanism has no response to this challenge"


class Login:
    """A login under way; `given_up` tells that, and why, it was cancelled from this side."""

    def __init__(self, name: str, user: str, secret: str) -> None:
        self.name = name
        self.given_up: GivenUp | None = None
        self._responder = RESPONDERS[name](user, secret)

    @property
    def line(self) -> str:
        """The command that begins it."""
        first = self._responder.initial()
        return f"AUTH {self.name}" + ("" if first is None else f" {coded(first) or EMPTY_RESPONSE}")

    def after(self, reply: Reply) -> Command | None:
        """Return what to send after a reply; None when the login is over."""
        if self.given_up is not None or reply.code != CHALLENGE or reply.flaw is not None:
            return None
        response = None
        try:
            response = self._responder.respond(challenge_in(reply))
        except binascii.Error:
            self.given_up = GivenUp.NO_BASE64
        else:
            self.given_up = GivenUp.NO_RESPONSE if response is None else None
        sent = CANCEL if response is None else coded(response).encode("ascii") + b"\r\n"
        return Command(sent, Kind.SASL)


def challenge_in(reply: Reply) -> bytes:
    """Return the octets of the challenge in a reply.

    Raises:
        binascii.Error: it is not base64.
    """
    text = reply.lines[-1].text.strip()
    return base64.b64decode(text.encode("utf-8", "surrogateescape"), validate=True)


def coded(response: bytes) -> str:
    """Return a response as it is sent, in base64."""
    return base64.b64encode(response).decode("ascii")


def octets(text: str) -> bytes:
    """Return what somebody typed as octets, those that are no UTF-8 as they were."""
    return text.encode("utf-8", "surrogateescape")


def plain_response(user: str, password: str) -> bytes:
    """Return the response of PLAIN: no authorisation identity, user and password behind NULs."""
    return b"\0" + octets(user) + b"\0" + octets(password)


def cram_response(user: str, password: str, challenge: bytes) -> bytes:
    """Return the response of CRAM-MD5 to a challenge (RFC 2195 2)."""
    import hmac  # noqa: PLC0415 - OpenSSL costs 8 ms that only this mechanism needs

    return octets(user) + b" " + hmac.digest(octets(password), challenge, "md5").hex().encode()


def xoauth2_response(user: str, token: str) -> bytes:
    """Return the response of XOAUTH2 (Google's, no RFC): the user and a bearer token."""
    return octets(f"user={user}\1auth=Bearer {token}\1\1")


_CRAM_ANSWER = re.compile(r"([A-Za-z0-9._%+@=/-]{1,256}) [0-9a-f]{32}", re.IGNORECASE)


def cram_user(answer: str) -> str:
    """Return the user in an answer of CRAM-MD5 (RFC 2195 2), given in base64; else nothing."""
    try:
        found = _CRAM_ANSWER.fullmatch(binascii.a2b_base64(answer).decode("ascii"))
    except (binascii.Error, ValueError):
        return ""
    return found[1] if found else ""
