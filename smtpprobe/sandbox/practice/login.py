"""AUTH on the server's side (RFC 4954) against known credentials; the password is the token too."""

from __future__ import annotations

import binascii
import hmac
from base64 import b64decode, b64encode
from dataclasses import replace

from smtpprobe.protocol.auth.sasl import LoginRefused
from smtpprobe.protocol.auth.scram import client_user
from smtpprobe.sandbox.practice.replies import reply
from smtpprobe.sandbox.practice.state import (
    DOMAIN,
    Call,
    Credentials,
    House,
    Login,
    Service,
    Talk,
    Turn,
    refuse,
    say,
)

MECHANISMS = (
    *("PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-256-PLUS"),
    *("XOAUTH2", "OAUTHBEARER", "ANONYMOUS"),
)

EXTERNAL = "EXTERNAL"
"""The mechanism of who has shown a certificate (RFC 4422 A); nobody else is offered it."""

TOKEN_REFUSED = {
    "XOAUTH2": '{"status":"401","schemes":"bearer","scope":"https://sandbox.test/"}',
    "OAUTHBEARER": '{"status":"invalid_token","scope":"https://sandbox.test/"}',
}
"""How a token is refused (RFC 7628 3.2.2): as a challenge, before the reply."""

REFUSED_USERS = {
    f"disabled@{DOMAIN}": (525, "5.7.13", "User account disabled"),
    f"locked@{DOMAIN}": (454, "4.7.0", "Temporary authentication failure: account is locked"),
    f"weak@{DOMAIN}": (534, "5.7.9", "Authentication mechanism is too weak for this account"),
    f"transition@{DOMAIN}": (432, "4.7.12", "A password transition is needed: log in by PLAIN"),
}
"""Users that are refused in a special way, whatever the password."""

AUTH_OCTETS = 12288
"""The longest line of an exchange (RFC 4954 4)."""


def mechanisms(house: House) -> tuple[str, ...]:
    """Return the mechanisms that a client is offered."""
    return MECHANISMS if house.certified is None else (*MECHANISMS, EXTERNAL)


def auth(call: Call) -> Turn:
    """Answer AUTH: a challenge, or the verdict when an initial response came with it."""
    talk, mechanism = call.talk, call.command.mechanism
    if refusal := _untimely(call):
        return refusal
    if not mechanism:
        return refuse(talk, 501, "5.5.4", "Syntax: AUTH mechanism [initial-response]")
    if mechanism not in mechanisms(call.house):
        return refuse(talk, 504, "5.5.4", f"Unrecognized authentication type: {mechanism}")
    given = call.command.initial_response
    if mechanism == "CRAM-MD5" and given:
        return refuse(talk, 501, "5.7.0", "CRAM-MD5 takes no initial response")
    turn = _challenge(call, Login(mechanism))
    if not given:
        return turn
    return _step(replace(call, talk=turn.talk), "" if given == "=" else given)


def auth_line(call: Call) -> Turn:
    """Answer a line of an exchange under way; `*` gives up."""
    line = call.command.text
    talk = replace(call.talk, login=None)
    if line == "*":
        return say(talk, 501, "5.7.0", "Authentication cancelled as you asked")
    if len(call.command.raw) > AUTH_OCTETS:
        return refuse(talk, 500, "5.5.6", "Authentication exchange line is too long")
    return _step(call, line)


def _untimely(call: Call) -> Turn | None:
    talk = call.talk
    if call.house.service is Service.LMTP:
        return refuse(talk, 502, "5.5.1", "Error: command not implemented")
    if talk.user is not None:
        return refuse(talk, 503, "5.5.1", "Error: already authenticated")
    if not talk.tls:
        return refuse(talk, 530, "5.7.0", "Must issue a STARTTLS command first")
    if talk.hello is None or not talk.extended:
        return refuse(talk, 503, "5.5.1", "Error: send EHLO first")
    if talk.envelope is not None:
        return refuse(talk, 503, "5.5.1", "Error: MAIL transaction in progress")
    return None


def _challenge(call: Call, login: Login) -> Turn:
    match login.mechanism:
        case "LOGIN":
            text = "Username:" if login.user is None else "Password:"
        case "CRAM-MD5":
            text = f"<{call.house.token()}@{DOMAIN}>"
            login = replace(login, challenge=text)
        case _:
            text = ""
    return say(replace(call.talk, login=login), 334, "", b64encode(text.encode()).decode())


def _step(call: Call, line: str) -> Turn:
    """Return what follows a response in base64."""
    login = call.talk.login
    assert login is not None
    talk = replace(call.talk, login=None)
    try:
        response = b64decode(line.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return refuse(talk, 501, "5.5.2", "Error: malformed authentication response: not base64")
    if login.done:
        return _done(call, talk, login)
    match login.mechanism:
        case "LOGIN" if login.user is None:
            return _challenge(call, replace(login, user=_text(response)))
        case "LOGIN":
            assert login.user is not None
            return _verdict(call, talk, login.user, _text(response))
        case "CRAM-MD5":
            user, _, digest = _text(response).rpartition(" ")
            good = digest == _digest(login.challenge, call.house.credentials)
            return _verdict(call, talk, user, call.house.credentials.password if good else "")
        case "XOAUTH2" | "OAUTHBEARER":
            return _bearer(call, talk, login, _text(response))
        case "ANONYMOUS":
            return _accepted(talk, "anonymous")
        case "PLAIN":
            return _plain(call, talk, _text(response))
        case "EXTERNAL":
            return _external(call, talk, _text(response))
        case _:
            return _scram(call, talk, login, _text(response))


def _done(call: Call, talk: Talk, login: Login) -> Turn:
    """Return what follows the last challenge, to which there is nothing to say."""
    if login.done == "accepted":
        return _accepted(talk, call.house.credentials.user)
    return refuse(talk, 535, "5.7.8", "Error: authentication failed: token refused")


def _scram(call: Call, talk: Talk, login: Login, message: str) -> Turn:
    """SCRAM (RFC 5802): first message, proof, and the server's own proof as a challenge."""
    house, messages = call.house, (*login.messages, message)
    if len(messages) == 1:
        user = client_user(message)
        if refused := REFUSED_USERS.get(user.lower()):
            return say(talk, *refused)
        login = replace(login, challenge=house.token() + house.token())
    known = (house.credentials.user, house.credentials.password)
    assert house.scram is not None
    try:
        said = house.scram(login.mechanism, known, messages, login.challenge, house.bindings)
    except LoginRefused as error:
        return refuse(talk, 535, "5.7.8", f"Error: authentication failed: {error}")
    done = "accepted" if len(messages) == 2 else ""
    login = replace(login, messages=messages, done=done)
    return say(replace(call.talk, login=login), 334, "", b64encode(said.encode()).decode())


def _bearer(call: Call, talk: Talk, login: Login, response: str) -> Turn:
    """XOAUTH2 and OAUTHBEARER (RFC 7628 3): a user and a token between octets 1."""
    fields = response.split("\1")
    token = next((field[12:] for field in fields if field.startswith("auth=Bearer ")), "")
    user = fields[0].removeprefix("user=")
    if login.mechanism == "OAUTHBEARER":
        user = fields[0].partition("a=")[2].rstrip(",")
        user = user.replace("=2C", ",").replace("=3D", "=") or call.house.credentials.user
    if refused := REFUSED_USERS.get(user.lower()):
        return say(talk, *refused)
    known = call.house.credentials
    if user.lower() == known.user and token == known.password:
        return _accepted(talk, user)
    error = b64encode(TOKEN_REFUSED[login.mechanism].encode()).decode()
    return say(replace(call.talk, login=replace(login, done="refused")), 334, "", error)


def _accepted(talk: Talk, user: str) -> Turn:
    said = reply(235, "2.7.0", "Authentication successful")
    return Turn(replace(talk, user=user), (said,))


def _plain(call: Call, talk: Talk, response: str) -> Turn:
    """PLAIN (RFC 4616 2): authorization identity, user and password, NUL between."""
    words = response.split("\0")
    if len(words) != 3:
        return refuse(talk, 501, "5.5.2", "Error: malformed PLAIN response: not two NUL in it")
    identity, user, password = words
    return _verdict(call, talk, user, password if identity in ("", user) else "")


def _external(call: Call, talk: Talk, identity: str) -> Turn:
    """EXTERNAL (RFC 4422 A.1): who it is the certificate says; nobody may be somebody else."""
    name = call.house.certified
    if not name:
        return refuse(talk, 535, "5.7.8", "Error: authentication failed: certificate names no user")
    if refused := REFUSED_USERS.get(name.lower()):
        return say(talk, *refused)
    if identity.lower() not in ("", name.lower()):
        why = f"certificate of {name} does not authorize another user"
        return refuse(talk, 535, "5.7.8", f"Error: authentication failed: {why}")
    return _accepted(talk, name)


def _verdict(call: Call, talk: Talk, user: str, password: str) -> Turn:
    if refused := REFUSED_USERS.get(user.lower()):
        return say(talk, *refused)
    known = call.house.credentials
    if user.lower() == known.user and hmac.compare_digest(
        password.encode(), known.password.encode()
    ):
        return _accepted(talk, user)
    return refuse(talk, 535, "5.7.8", "Error: authentication failed: user name or password wrong")


def _digest(challenge: str, credentials: Credentials) -> str:
    return hmac.digest(credentials.password.encode(), challenge.encode(), "md5").hex()


def _text(octets: bytes) -> str:
    return octets.decode("utf-8", "replace")
