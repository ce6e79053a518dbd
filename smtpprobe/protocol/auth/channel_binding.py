"""What ties a login to the TLS connection it goes over (RFC 5056, RFC 5929, RFC 9266). Pure.

`tls-server-end-point` is the digest of the server's certificate. `tls-unique` is not used: TLS 1.3
defines none, and before it the extended master secret is needed to trust it (RFC 7627).
"""

from __future__ import annotations

from typing import NamedTuple

from smtpprobe.protocol.tls_facts import TlsFacts

END_POINT = "tls-server-end-point"


class Binding(NamedTuple):
    """One channel binding: its name as SCRAM sends it, and its octets."""

    name: str
    data: bytes


def binding_of(tls: TlsFacts | None) -> Binding | str:
    """Return the channel binding of a connection; else, in words, why it has none."""
    if tls is None or not tls.ok:
        return "there is no TLS to bind to"
    leaf = tls.leaf
    if leaf is None:
        return "the server's certificate is not known"
    import hashlib  # noqa: PLC0415 - OpenSSL costs 8 ms that only this needs

    # RFC 5929 4.1: MD5 and SHA-1 are replaced; a signature without a hash of its own has no binding
    digest = {"md5": "sha256", "sha1": "sha256"}.get(leaf.signature_hash, leaf.signature_hash)
    if not digest:
        return "RFC 5929 defines none for the signature of the server's certificate"
    try:
        return Binding(END_POINT, hashlib.new(digest, leaf.der).digest())
    except ValueError:
        return f"this system cannot compute {digest}"
