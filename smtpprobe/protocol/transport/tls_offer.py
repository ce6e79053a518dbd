"""What this side brings to a TLS handshake: a certificate, versions, ciphers, groups."""

from __future__ import annotations

from smtpprobe.named_tuple import NamedTuple

VERSIONS = ("1.0", "1.1", "1.2", "1.3")
"""The versions of TLS that can be asked for, oldest first."""

ANY = "any"
"""The value if no version was chosen."""


class Hidden(str):
    """A text that no trace of the program shows."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "..."


class TlsOffer(NamedTuple):
    """A client certificate and the limits of what is offered; empty or ANY: whatever there is.

    `certificate` and `key` are PEM files; without `key` the first holds both. `password` opens an
    encrypted key. `ciphers` is OpenSSL's list for TLS 1.2 and older, `groups` are names, separated
    by colons, in order of preference.
    """

    certificate: str = ""
    key: str = ""
    password: Hidden = Hidden()
    oldest: str = ANY
    newest: str = ANY
    ciphers: str = ""
    groups: str = ""


EVERYTHING = TlsOffer()
"""No certificate, and all that the local OpenSSL can."""
