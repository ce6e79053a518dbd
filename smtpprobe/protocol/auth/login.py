"""The choice of a mechanism for a login, from those that a server announces, and why. Pure.

`choose` is the one place that ranks mechanisms: by the `strength` of their rows, those left out
that the credentials or the connection do not allow.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.auth.channel_binding import Binding, binding_of
from smtpprobe.protocol.auth.mechanisms import MECHANISMS, Mechanism, Secret
from smtpprobe.protocol.tls_facts import TlsFacts

NO_AUTH = "the server's last EHLO reply announces no AUTH"


@dataclass(frozen=True, slots=True)
class Credentials:
    """The user of a login, and the credentials at hand.

    `secret` is a password, or a token where `kind` says so; its representation leaves it out.
    `kind` OTHER has none: `certificate` means that the TLS connection showed one of the client's,
    else the login is an anonymous one. `identity` is the user to act as, where that is another one
    (RFC 4422 3.4.1).
    """

    user: str = ""
    secret: str = field(default="", repr=False)
    kind: Secret = Secret.PASSWORD
    identity: str = ""
    certificate: bool = False


class Choice(NamedTuple):
    """The mechanism to log in by, empty where none will do, and why."""

    mechanism: str
    why: str


def choose(announced: Iterable[str], credentials: Credentials, tls: TlsFacts | None) -> Choice:
    """Return the strongest mechanism announced that these credentials can be used with.

    A mechanism with channel binding counts only where this connection has one that it may use.
    """
    names = [name.upper() for name in announced]
    if not names:
        return Choice("", NO_AUTH)
    rows = [MECHANISMS[name] for name in names if name in MECHANISMS]
    fitting = [row for row in rows if row.strength is not None and _fits(row, credentials)]
    bound = binding_of(tls)
    usable = [row for row in fitting if not row.binds or isinstance(bound, Binding)]
    if not usable:
        unbound = f", and {fitting[0].name} needs channel binding: {bound}" if fitting else ""
        return Choice("", f"none of {' '.join(names)} takes {_given(credentials)}{unbound}")
    best = max(usable, key=lambda row: row.strength or 0)
    skipped = [row.name for row in fitting if row not in usable and row.binds]
    left_out = f"; not {skipped[0]}: {bound}" if skipped else ""
    only = "the only one announced that takes" if len(fitting) == 1 else "the strongest for"
    return Choice(best.name, f"{only} {_given(credentials)}: {what_it_does(best)}{left_out}")


def what_it_does(row: Mechanism) -> str:
    """Return what a mechanism does for the secret, or fails to do."""
    if row.binds:
        return "the password is not sent, the server proves that it knows it, and TLS is bound in"
    if row.mutual:
        return "the password is not sent, and the server proves that it knows it"
    if row.secret is Secret.PASSWORD and not row.readable:
        return "the password is not sent, but the server proves nothing"
    if row.readable:
        return f"it sends the {row.secret.value} itself, which TLS alone protects"
    return "no password is involved"


def in_clear(name: str, tls: TlsFacts | None) -> bool:
    """Return whether a login by this mechanism sends its secret where others can read it."""
    row = MECHANISMS.get(name)
    return row is not None and row.readable and not (tls is not None and tls.ok)


def shows_certificate(tls: TlsFacts | None) -> bool:
    """Return whether a server may know the client by a certificate that it showed in this TLS."""
    return (
        tls is not None
        and tls.ok
        and bool(tls.own_certificate)
        and tls.negotiated.own_certificate is not False
    )


def _fits(row: Mechanism, credentials: Credentials) -> bool:
    if row.secret is not credentials.kind:
        return False
    return row.secret is not Secret.OTHER or (row.name == "EXTERNAL") == credentials.certificate


def _given(credentials: Credentials) -> str:
    if credentials.kind is not Secret.OTHER:
        return f"a {credentials.kind.value}"
    return "a client certificate" if credentials.certificate else "an anonymous login"
