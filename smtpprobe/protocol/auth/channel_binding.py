"""What ties a login to the TLS connection it goes over (RFC 5056, RFC 5929, RFC 9266). Pure.

`tls-server-end-point` is the digest of the server's certificate, `tls-exporter` is made of the
secrets of a TLS 1.3 connection. `tls-unique` is not used: TLS 1.3
defines none, and before it the extended master secret is needed to trust it (RFC 7627).
"""

from __future__ import annotations

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.tls_facts import TlsFacts

END_POINT, EXPORTER = "tls-server-end-point", "tls-exporter"
KINDS = (EXPORTER, END_POINT)
"""The channel bindings that can be used, the one preferred first."""


class Binding(NamedTuple):
    """One channel binding: its name as SCRAM sends it, and its octets."""

    name: str
    data: bytes


def binding_of(tls: TlsFacts | None, kind: str = "") -> Binding | str:
    """Return the channel binding of a connection; else, in words, why it has none.

    `kind` is the one wanted; empty for `tls-exporter` where it can be had, as it is the one that
    RFC 9266 has for TLS 1.3, and servers of mail know it alone.
    """
    if tls is None or not tls.ok:
        return "there is no TLS to bind to"
    if tls.exporter and kind != END_POINT:
        return Binding(EXPORTER, tls.exporter)
    if kind == EXPORTER:
        return f"{EXPORTER} needs TLS 1.3 and Linux, and no --keylog"
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
