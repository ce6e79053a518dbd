"""SCRAM from the client's side (RFC 5802, RFC 7677), by scramp; the server has to prove itself."""

from __future__ import annotations

import secrets

from scramp.core import ClientStage, Nonce, ScramClient
from scramp.utils import ScramException

from smtpprobe.errors import UsageError
from smtpprobe.protocol.auth.channel_binding import END_POINT, Binding
from smtpprobe.protocol.auth.login import Credentials
from smtpprobe.protocol.auth.mechanisms import MECHANISMS
from smtpprobe.protocol.auth.sasl import LoginRefused, Manner, Responder, decoded
from smtpprobe.protocol.auth.scram import FEWEST_ITERATIONS, ServerFirst, attributes, server_first

MOST_ITERATIONS = 2_000_000
"""A server that asks for more would have this machine compute for seconds."""

FEWEST_SALT = 8
"""Octets of salt that are enough to go on with (RFC 5802 leaves it open, RFC 8018 4.1: 64 bits)."""

NONCE_OCTETS = 18
"""Random octets of a client's nonce: 24 characters."""


class Scram(Responder):
    """One login by SCRAM; `binding` is sent by -PLUS, its absence elsewhere noted as such.

    Raises:
        UsageError: the credentials cannot be used (RFC 4013), or there is nothing to bind to.
    """

    def __init__(
        self,
        name: str,
        credentials: Credentials,
        binding: Binding | str,
        *,
        plus_announced: bool,
        manner: Manner,
    ) -> None:
        super().__init__(credentials)
        bound = None
        if MECHANISMS[name].binds:
            if isinstance(binding, str):
                raise UsageError(f"{name} needs channel binding: {binding}", "log in inside TLS")
            bound = binding
        elif isinstance(binding, Binding) and not plus_announced:
            # RFC 5802 6: "y" has a server find out that somebody took -PLUS from its list
            bound = binding
        nonce = manner.nonce or secrets.token_urlsafe(NONCE_OCTETS)
        # the library refuses `tls-exporter`, as `ssl` does not give it out: so it gets the octets
        # under a name that it knows, and then the right one
        given = None if bound is None else (END_POINT, bound.data)
        try:
            self._client = ScramClient([name], credentials.user, credentials.secret, given, nonce)
        except ScramException as error:
            raise UsageError(f"{name}: {error.args[0]}", _PREPARED) from None
        if bound is not None:
            self._client.cb.name.cb_name = bound.name
        self._weak = manner.weak
        self._proved: bool | None = None
        self._step = 0

    def initial(self) -> bytes:
        """Return the client's first message."""
        return str(self._client.get_client_first()).encode()

    def respond(self, challenge: bytes) -> bytes | None:
        """Return the proof to the server's first message, nothing to its last one."""
        self._step += 1
        text = _text(challenge)
        if self._step == 1:
            self._take_first(text)
            return str(self._client.get_client_final()).encode()
        if self._step == 2:
            self._take_last(text)
            return b""
        return None

    def concluded(self, text: str) -> str:
        """Return whether the server has proved that it knows the password."""
        # some say their last word in the text of the reply, where RFC 4954 4 has a challenge
        if self._proved is None and self._step == 1:
            self._look_in(text)
        return _PROVED if self._proved else _UNPROVED

    @property
    def doubt(self) -> str:
        """That the server proved nothing (RFC 5802 3: the client must not count it as a login)."""
        return (
            ""
            if self._proved or self._weak
            else "the server did not prove that it knows the password"
        )

    def _take_first(self, text: str) -> None:
        said = server_first(text)
        self._refuse_error(text)
        if said is None or said.salt is None or said.iterations is None:
            raise LoginRefused("the challenge is not a first message of SCRAM (r=, s=, i=)")
        if said.iterations > MOST_ITERATIONS:
            raise LoginRefused(
                f"the server asks for {said.iterations:,} iterations, more than {MOST_ITERATIONS:,}"
            )
        if said.iterations < FEWEST_ITERATIONS and not self._weak:
            raise LoginRefused(
                f"the server asks for {said.iterations:,} iterations, fewer than "
                f"{FEWEST_ITERATIONS:,} (RFC 7677 4); :auth --weak accepts them"
            )
        mine = self._client.c_nonce.nonce
        if not said.nonce.startswith(mine) or said.nonce == mine:
            raise LoginRefused(
                "the server's nonce does not begin with the one sent, or adds nothing to it: "
                "this is an answer to another login"
            )
        try:
            if said.iterations >= FEWEST_ITERATIONS and len(said.salt) >= _SALT_OF_SCRAMP:
                self._client.set_server_first(text)
            else:
                self._take_weak(text, said)
        except ScramException as error:
            raise LoginRefused(f"the challenge cannot be used: {error.args[0]}") from None

    def _take_weak(self, text: str, said: ServerFirst) -> None:
        """Take a first message that scramp refuses for its few iterations or its short salt."""
        assert said.salt is not None
        if not said.iterations or (len(said.salt) < FEWEST_SALT and not self._weak):
            raise LoginRefused(
                f"the salt has {len(said.salt)} octets, iterations: {said.iterations}; "
                ":auth --weak accepts a short salt"
            )
        client = self._client
        client.server_first, client.nonce = text, Nonce(said.nonce)
        client.salt, client.iterations = said.salt, said.iterations
        client.stage = ClientStage.set_server_first

    def _take_last(self, text: str) -> None:
        self._refuse_error(text)
        try:
            self._client.set_server_final(text)
        except ScramException:
            self._proved = False
            raise LoginRefused(
                "the server's proof (v=) is wrong: it does not know the password"
            ) from None
        self._proved = True

    def _look_in(self, text: str) -> None:
        for word in text.split():
            said = decoded(word)
            if said.startswith("v="):
                try:
                    self._take_last(said)
                except LoginRefused:
                    return

    def _refuse_error(self, text: str) -> None:
        """Give up on an error that the server tells (RFC 5802 7)."""
        error = attributes(text).get("e")
        if error is not None:
            raise LoginRefused(f"the server reports {_ERRORS.get(error, repr(error[:60]))}")


_SALT_OF_SCRAMP = 12

_PROVED = "the server proved that it knows the password (v= is right)"
_UNPROVED = "the server did NOT prove that it knows the password (no v=): it may be an impostor"
_PREPARED = "user name and password are prepared as RFC 4013 says, which allows not every character"

_ERRORS = {
    "invalid-proof": "invalid-proof: the password is wrong",
    "unknown-user": "unknown-user: there is no such user",
    "channel-bindings-dont-match": "channel-bindings-dont-match: somebody is between, or TLS ends "
    "on another machine",
    "server-does-support-channel-binding": "server-does-support-channel-binding: somebody took "
    "-PLUS from its list",
}


def _text(challenge: bytes) -> str:
    try:
        return challenge.decode()
    except UnicodeDecodeError:
        raise LoginRefused("the challenge is not UTF-8") from None
