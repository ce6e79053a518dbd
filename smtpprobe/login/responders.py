"""The responder of a mechanism by its name: SCRAM's by a library, which is loaded for it alone."""

from __future__ import annotations

from collections.abc import Collection

from smtpprobe.protocol.auth.channel_binding import binding_of
from smtpprobe.protocol.auth.login import Credentials
from smtpprobe.protocol.auth.mechanisms import MECHANISMS
from smtpprobe.protocol.auth.sasl import AS_USUAL, RESPONDERS, Login, Manner, Responder
from smtpprobe.protocol.tls_facts import TlsFacts


def login(
    name: str,
    credentials: Credentials,
    tls: TlsFacts | None,
    announced: Collection[str] = (),
    manner: Manner = AS_USUAL,
) -> Login:
    """Return a login by a mechanism of DONE_BY_AUTH, to go over a connection with this TLS.

    Raises:
        UsageError: the mechanism cannot be used with these credentials, or on this connection.
    """
    return Login(name, _responder(name, credentials, tls, announced, manner), manner)


def _responder(
    name: str,
    credentials: Credentials,
    tls: TlsFacts | None,
    announced: Collection[str],
    manner: Manner,
) -> Responder:
    if not MECHANISMS[name].mutual:
        return RESPONDERS[name](credentials)
    from smtpprobe.login.scram import Scram  # noqa: PLC0415 - loads what SCRAM needs

    return Scram(
        name,
        credentials,
        binding_of(tls, manner.binding),
        plus_announced=any(one.endswith("-PLUS") for one in announced),
        manner=manner,
    )
