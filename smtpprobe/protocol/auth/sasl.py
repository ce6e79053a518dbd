"""A login from the client's side: one conversation for the prompt, scripts and `send`. Pure.

    Login.line                 AUTH NAME, with the initial response of those that have one
        |
        |  334 and a challenge that has a response      -> that response
        |  334 and one that has none, or is no base64   -> `*`, and `given_up` tells why
        |  any other reply, and whatever follows `*`    -> None: it is over
        v
    Login.after(reply)         what to send then

What a mechanism says is its `Responder`: octets in, octets out, without wire and base64. A new one
is a class, beside its row in `protocol.auth.mechanisms`; `login.responders` makes it by its name.
A `Manner` has a login take wrong steps on purpose.
"""

from __future__ import annotations

import base64
import binascii
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from types import MappingProxyType

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.auth.credentials import EMPTY_RESPONSE
from smtpprobe.protocol.auth.login import Credentials
from smtpprobe.protocol.command import COMMAND_OCTETS, Command, Kind
from smtpprobe.protocol.reply import Reply

CHALLENGE, LOGGED_IN = 334, 235
CANCEL = b"*\r\n"
"""Gives a login up (RFC 4954 4)."""

NO_BASE64 = "the challenge is not base64"
NO_RESPONSE = "the mechanism has no response to this challenge"


class LoginRefused(Exception):  # noqa: N818 - names the outcome
    """This side gives a login up; the text says why, and holds no secret."""


class Responder(ABC):
    """One mechanism in one login: made for credentials, used once."""

    def __init__(self, credentials: Credentials) -> None:
        self.credentials = credentials

    def initial(self) -> bytes | None:
        """Return the initial response; None where the mechanism has none (RFC 4954 4)."""
        return None

    @abstractmethod
    def respond(self, challenge: bytes) -> bytes | None:
        """Return the response to the next challenge; None where there is none to it.

        Raises:
            LoginRefused: what the server said must not be answered.
        """

    def concluded(self, _text: str) -> str:
        """Return what an accepted login showed of the server; its text may hold its last word."""
        return ""

    @property
    def doubt(self) -> str:
        """What is wrong with an accepted login, so that it does not count as one."""
        return ""


class Plain(Responder):
    """PLAIN (RFC 4616): everything in the initial response."""

    def initial(self) -> bytes | None:
        """Return all of it."""
        given = self.credentials
        return plain_response(given.user, given.secret, given.identity)

    def respond(self, _challenge: bytes) -> None:
        """Return nothing: there is no more to say."""


class LogIn(Responder):
    """LOGIN (never standardised): the user name, then the password, each when asked."""

    def __init__(self, credentials: Credentials) -> None:
        super().__init__(credentials)
        self._left = [credentials.secret, credentials.user]

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
        return cram_response(self.credentials.user, self.credentials.secret, challenge)


class _Bearer(Responder):
    """A token in the initial response; an error comes as a challenge, and is acknowledged."""

    acknowledgement = b""
    _acknowledged = False

    def respond(self, _challenge: bytes) -> bytes | None:
        """Return what has the refusal follow the error, once."""
        if self._acknowledged:
            return None
        self._acknowledged = True
        return self.acknowledgement


class XOAuth2(_Bearer):
    """XOAUTH2 (Google's, no RFC): the user and a token."""

    def initial(self) -> bytes:
        """Return both."""
        return xoauth2_response(self.credentials.user, self.credentials.secret)


class OAuthBearer(_Bearer):
    """OAUTHBEARER (RFC 7628): a token; the octet 1 acknowledges an error (3.2.3)."""

    acknowledgement = b"\1"

    def initial(self) -> bytes:
        """Return the user and the token."""
        given = self.credentials
        return oauthbearer_response(given.identity or given.user, given.secret)


class _Named(Responder):
    """A name in the initial response, and nothing after it."""

    def respond(self, _challenge: bytes) -> None:
        """Return nothing: there is no more to say."""


class External(_Named):
    """EXTERNAL (RFC 4422 A): who it is the server knows by the client certificate."""

    def initial(self) -> bytes:
        """Return the user to act as; empty means the one of the certificate."""
        return octets(self.credentials.identity or self.credentials.user)


class Anonymous(_Named):
    """ANONYMOUS (RFC 4505): a trace for the server's log, such as an address; may be empty."""

    def initial(self) -> bytes:
        """Return the trace."""
        return octets(self.credentials.user)


RESPONDERS: Mapping[str, type[Responder]] = MappingProxyType(
    {
        "PLAIN": Plain,
        "LOGIN": LogIn,
        "CRAM-MD5": CramMd5,
        "XOAUTH2": XOAuth2,
        "OAUTHBEARER": OAuthBearer,
        "EXTERNAL": External,
        "ANONYMOUS": Anonymous,
    }
)
"""The mechanisms that `:auth` does without a library."""


class Manner(NamedTuple):
    """How the steps of a login are taken, where not as the mechanism has them.

    `initial` sends a first response with AUTH, or not (None: as the mechanism has it, where the
    line is short enough). `cancel_at` answers the challenge of that number, from 1, with `*`. With
    `weak` SCRAM goes on with few iterations, and without the server's proof; `nonce` is the
    client's in SCRAM (empty: a new one), `binding` the channel binding (empty: the usual one).
    """

    initial: bool | None = None
    cancel_at: int = 0
    weak: bool = False
    nonce: str = ""
    binding: str = ""


AS_USUAL = Manner()


class Login:
    """A login under way.

    `given_up` tells why it was cancelled from this side, empty while it is not. `verdict` tells
    after the last reply what it showed of the server, `doubt` why an accepted login is none.
    """

    def __init__(self, name: str, responder: Responder, manner: Manner = AS_USUAL) -> None:
        self.name = name
        self.given_up = ""
        self.verdict = ""
        self.doubt = ""
        self._responder = responder
        self._manner = manner
        self._challenges = 0
        self._first: bytes | None = None

    @property
    def line(self) -> str:
        """The command that begins it; to be asked for once."""
        first: bytes | None = self._responder.initial()
        wish = self._manner.initial
        bare = f"AUTH {self.name}"
        if first is None and wish:
            first = self._responder.respond(b"")
        if first is None:
            return bare
        line = f"{bare} {coded(first) or EMPTY_RESPONSE}"
        # RFC 4954 4: what does not fit into a command line goes out at the first challenge
        if wish is False or (wish is None and len(line) + 2 > COMMAND_OCTETS):
            self._first = first
            return bare
        return line

    def after(self, reply: Reply) -> Command | None:
        """Return what to send after a reply; None when the login is over."""
        if reply.code == LOGGED_IN and not self.given_up:
            self.verdict = self._responder.concluded(reply.text)
            self.doubt = self._responder.doubt
        if self.given_up or reply.code != CHALLENGE or reply.flaw is not None:
            return None
        response = self._response(reply)
        sent = CANCEL if response is None else coded(response).encode("ascii") + b"\r\n"
        return Command(sent, Kind.SASL)

    def _response(self, reply: Reply) -> bytes | None:
        """Return what answers a challenge; None where it is to be cancelled."""
        self._challenges += 1
        if self._challenges == self._manner.cancel_at:
            self.given_up = "as asked"
            return None
        response: bytes | None
        try:
            challenge = challenge_in(reply)
            if self._first is not None:
                response, self._first = self._first, None
                return response
            response = self._responder.respond(challenge)
        except binascii.Error:
            self.given_up = NO_BASE64
        except LoginRefused as error:
            self.given_up = str(error)
        else:
            self.given_up = NO_RESPONSE if response is None else ""
            return response
        return None


def challenge_in(reply: Reply) -> bytes:
    """Return the octets of the challenge in a reply.

    Raises:
        binascii.Error: it is not base64.
    """
    text = reply.lines[-1].text.strip()
    return base64.b64decode(text.encode("utf-8", "surrogateescape"), validate=True)


def decoded(word: str) -> str:
    """Return what a word of base64 stands for, as text; empty where it is none."""
    try:
        return base64.b64decode(word.encode("ascii"), validate=True).decode()
    except (binascii.Error, ValueError):
        return ""


def coded(response: bytes) -> str:
    """Return a response as it is sent, in base64."""
    return base64.b64encode(response).decode("ascii")


def octets(text: str) -> bytes:
    """Return what somebody typed as octets, those that are no UTF-8 as they were."""
    return text.encode("utf-8", "surrogateescape")


def plain_response(user: str, password: str, identity: str = "") -> bytes:
    """Return the response of PLAIN: the user to act as (mostly none), user and password."""
    return b"\0".join((octets(identity), octets(user), octets(password)))


def cram_response(user: str, password: str, challenge: bytes) -> bytes:
    """Return the response of CRAM-MD5 to a challenge (RFC 2195 2)."""
    import hmac  # noqa: PLC0415 - OpenSSL costs 8 ms that only this mechanism needs

    return octets(user) + b" " + hmac.digest(octets(password), challenge, "md5").hex().encode()


def xoauth2_response(user: str, token: str) -> bytes:
    """Return the response of XOAUTH2 (Google's, no RFC): the user and a bearer token."""
    return octets(f"user={user}\1auth=Bearer {token}\1\1")


def oauthbearer_response(user: str, token: str) -> bytes:
    """Return the response of OAUTHBEARER (RFC 7628 3.1): the user, if any, and a bearer token."""
    name = user.replace("=", "=3D").replace(",", "=2C")  # RFC 5801 4
    return octets(f"n,{f'a={name}' if name else ''},\1auth=Bearer {token}\1\1")


_CRAM_ANSWER = r"(?i)([A-Za-z0-9._%+@=/-]{1,256}) [0-9a-f]{32}"


def cram_user(answer: str) -> str:
    """Return the user in an answer of CRAM-MD5 (RFC 2195 2), given in base64; else nothing."""
    try:
        found = re.fullmatch(_CRAM_ANSWER, binascii.a2b_base64(answer).decode("ascii"))
    except (binascii.Error, ValueError):
        return ""
    return found[1] if found else ""
