"""A throw-away CA and the practice server's certificate, good or bad on purpose."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from smtpprobe.net.tls.exporter import ExportingContext
from smtpprobe.sandbox.practice.state import DOMAIN

if TYPE_CHECKING:
    import trustme

NAMES = (DOMAIN, "localhost", "127.0.0.1", "::1")
WRONG_NAME = "elsewhere.example"
LIFETIME = timedelta(days=90)
"""How long a valid certificate is valid, as from public CAs."""

AUTHORITY = "smtpprobe practice CA"


class Certificate(Enum):
    """Which certificate the server shows; the value is the word of `--certificate`."""

    GOOD = "good"
    EXPIRED = "expired"
    WRONG_NAME = "wrong-name"
    SELF_SIGNED = "self-signed"
    UNTRUSTED = "untrusted"


def server_context(
    kind: Certificate, ca_file: Path, names: tuple[str, ...] = NAMES
) -> ssl.SSLContext:
    """Return a server's TLS context and write the CA to trust into `ca_file`, as PEM."""
    return server_identity(kind, ca_file, names)[0]


def server_identity(
    kind: Certificate, ca_file: Path, names: tuple[str, ...] = NAMES
) -> tuple[ssl.SSLContext, bytes]:
    """Return a server's TLS context and its certificate in DER; write the CA into `ca_file`.

    The certificates of trustme are signed with SHA-256.

    Every kind but GOOD fails a client that trusts this CA and checks names and dates.
    """
    import trustme  # noqa: PLC0415 - takes 100 ms, and only a server needs it

    authority = trustme.CA(organization_name=AUTHORITY)
    authority.cert_pem.write_to_path(str(ca_file))
    context = ExportingContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if kind is Certificate.SELF_SIGNED:
        itself = trustme.CA(organization_name="smtpprobe self-signed")
        _load(context, itself, ca_file.parent)
        shown = itself.cert_pem
    else:
        issued = _issued(kind, authority, names)
        issued.configure_cert(context)
        shown = issued.cert_chain_pems[0]
    return context, ssl.PEM_cert_to_DER_cert(shown.bytes().decode())


def _issued(kind: Certificate, authority: trustme.CA, names: tuple[str, ...]) -> trustme.LeafCert:
    import trustme  # noqa: PLC0415 - see above

    if kind is Certificate.WRONG_NAME:
        names = (WRONG_NAME,)
    if kind is Certificate.UNTRUSTED:
        authority = trustme.CA(organization_name="smtpprobe other CA")
    now = datetime.now(UTC)
    end = now - timedelta(days=1) if kind is Certificate.EXPIRED else now + LIFETIME
    return authority.issue_cert(
        *names,
        common_name=names[0],
        organization_name="smtpprobe practice server",
        not_before=end - LIFETIME - timedelta(days=1),
        not_after=end,
    )


def _load(context: ssl.SSLContext, itself: trustme.CA, folder: Path) -> None:
    """Show a CA's own certificate, which is self-signed."""
    pair = folder / "self-signed.pem"
    pair.write_bytes(itself.private_key_pem.bytes() + itself.cert_pem.bytes())
    context.load_cert_chain(pair)
    pair.unlink()
