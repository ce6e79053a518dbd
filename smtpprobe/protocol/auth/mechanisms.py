"""The SASL mechanisms: one row each, for masking, for readings of replies and for logins.

What a mechanism answers to a challenge is its responder: those without a third party are in
`protocol.auth.sasl`, SCRAM's is in `login.scram`. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import Enum
from types import MappingProxyType

from smtpprobe.named_tuple import NamedTuple


class Secret(Enum):
    """By what a mechanism proves who logs in."""

    PASSWORD = "password"  # noqa: S105 - what it is, not one
    TOKEN = "token"  # noqa: S105
    """A token issued by a third party (RFC 7628)."""
    OTHER = "other"
    """A certificate, a ticket, nothing at all; or it is not known here."""


class Mechanism(NamedTuple):
    """One mechanism.

    `secret_at` is the response that first depends on the secret, counted from 0, an initial one
    included (RFC 4954 4); None where that is not known. Without `initial` it knows no initial
    response: its first one answers a challenge. `readable` sends the secret itself, which base64
    does not hide. `bare` has responses of one field: names, and the secret from `secret_at` on.
    `common` is offered also where no server has announced it. `strength` ranks what `:auth` can do
    among mechanisms with the same kind of secret, the strongest highest; None: it cannot do it.
    """

    name: str
    secret: Secret = Secret.OTHER
    secret_at: int | None = None
    initial: bool = True
    readable: bool = False
    bare: bool = False
    common: bool = False
    strength: int | None = None

    @property
    def binds(self) -> bool:
        """Whether it proves that both ends see the same TLS connection (RFC 5802 6)."""
        return self.name.endswith("-PLUS")

    @property
    def mutual(self) -> bool:
        """Whether the server has to prove that it knows the password too (RFC 5802 3)."""
        return self.name.startswith("SCRAM-")


def _by_password(secret_at: int, *names: str, initial: bool = True) -> Iterable[Mechanism]:
    return (Mechanism(name, Secret.PASSWORD, secret_at, initial) for name in names)


def _others(names: str) -> Iterable[Mechanism]:
    return map(Mechanism, names.split())


_ROWS = (
    Mechanism("PLAIN", Secret.PASSWORD, 0, readable=True, common=True, strength=2),
    Mechanism("LOGIN", Secret.PASSWORD, 1, readable=True, bare=True, common=True, strength=1),
    Mechanism("CRAM-MD5", Secret.PASSWORD, 0, initial=False, common=True, strength=3),
    Mechanism("SCRAM-SHA-256", Secret.PASSWORD, 1, common=True, strength=11),
    Mechanism("SCRAM-SHA-256-PLUS", Secret.PASSWORD, 1, common=True, strength=21),
    Mechanism("SCRAM-SHA-1", Secret.PASSWORD, 1, common=True, strength=10),
    Mechanism("XOAUTH2", Secret.TOKEN, 0, readable=True, common=True, strength=1),
    Mechanism("OAUTHBEARER", Secret.TOKEN, 0, readable=True, common=True, strength=2),
    Mechanism("EXTERNAL", bare=True, common=True, strength=2),
    Mechanism("ANONYMOUS", bare=True, common=True, strength=1),
    Mechanism("SCRAM-SHA-1-PLUS", Secret.PASSWORD, 1, strength=20),
    Mechanism("SCRAM-SHA-512", Secret.PASSWORD, 1, strength=12),
    Mechanism("SCRAM-SHA-512-PLUS", Secret.PASSWORD, 1, strength=22),
    Mechanism("SCRAM-SHA3-512", Secret.PASSWORD, 1, strength=13),
    Mechanism("SCRAM-SHA3-512-PLUS", Secret.PASSWORD, 1, strength=23),
    *_by_password(0, "CRAM-SHA1", "CRAM-SHA256", initial=False),
    *_by_password(0, "DIGEST-MD5"),
    *_by_password(1, "SCRAM-SHA-224", "SCRAM-SHA-384", "NTLM"),
    *_others(
        "9798-M-DSA-SHA1 9798-M-ECDSA-SHA1 9798-M-RSA-SHA1-ENC 9798-U-DSA-SHA1 9798-U-ECDSA-SHA1 "
        "9798-U-RSA-SHA1-ENC EAP-AES128 EAP-AES128-PLUS ECDH-X25519-CHALLENGE "
        "ECDSA-NIST256P-CHALLENGE GS2-KRB5 GS2-KRB5-PLUS GSS-SPNEGO GSSAPI KERBEROS_V4 "
        "KERBEROS_V5 LOGIN-INITIAL NMAS-SAMBA-AUTH NMAS_AUTHEN NMAS_LOGIN OAUTH10A OPENID20 OTP "
        "PASSDSS PLAIN-CLIENTTOKEN SAML20 SECURID SKEY SPA SPNEGO SPNEGO-PLUS SXOVER-PLUS X-EXPS "
        "XOAUTH XYMCOOKIE"
    ),
)

MECHANISMS: Mapping[str, Mechanism] = MappingProxyType({row.name: row for row in _ROWS})
"""IANA's list, and those that servers announce without being on it."""

DONE_BY_AUTH = tuple(row.name for row in _ROWS if row.strength is not None)
"""The mechanisms that `:auth` can do, those first that are offered first."""

PASSWORDS_IN_CLEAR = tuple(
    row.name for row in _ROWS if row.readable and row.secret is Secret.PASSWORD
)
"""Mechanisms that belong inside TLS alone (RFC 4954 9)."""

_SCRAM = r"SCRAM-SHA[0-9-]{1,9}(?:-PLUS)?\Z"


def is_mechanism(name: str) -> bool:
    """Return whether a word names a mechanism; one that does not may be a mistyped secret."""
    return name in MECHANISMS or (bool(name) and re.match(_SCRAM, name) is not None)


def mechanism_named(name: str) -> Mechanism:
    """Return what is known of a mechanism, also of one that only its family tells of."""
    if name in MECHANISMS:
        return MECHANISMS[name]
    if name.startswith("SCRAM-"):
        return Mechanism(name, Secret.PASSWORD, 1)
    if name.startswith("CRAM-"):
        return Mechanism(name, Secret.PASSWORD, 0, initial=False)
    return Mechanism(name)


_BY_CHALLENGE = r"CRAM-|DIGEST-|SCRAM-|SRP|NTLM|SPA|GS|KERBEROS|OTP|SKEY|9798-|SECURID"


def holds_once(name: str) -> bool:
    """Return whether an answer holds for one challenge only, so that it proves nothing in the next.

    Initial responses answer none, and are the same each time.
    """
    return re.match(_BY_CHALLENGE, name) is not None
