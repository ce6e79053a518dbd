"""A DKIM signature (RFC 6376) before a message, by dkimpy: an extra, imported only here."""

from __future__ import annotations

from email import message_from_bytes
from email.utils import parseaddr
from pathlib import Path

from smtpprobe.errors import UsageError
from smtpprobe.protocol.units import shown_octets
from smtpprobe.send.message.source import Source

SIGNED_OCTETS = 64 << 20
"""How long a message may be that is signed: dkimpy takes it as a whole."""


def signed(source: Source, key: str, domain: str | None, selector: str | None) -> Source:
    """Return the message with a signature before it; without a domain it is that of From.

    Raises:
        UsageError: dkimpy is not there, or cannot sign with this.
    """
    try:
        import dkim  # noqa: PLC0415 - an extra
    except ImportError:
        raise UsageError(
            "--dkim-key: dkimpy is not installed", "pip install 'smtpprobe[dkim]'"
        ) from None
    if selector is None:
        raise UsageError("--dkim-key needs --dkim-selector", "the S of S._domainkey.example.org")
    if source.content.octets > SIGNED_OCTETS:
        raise UsageError(f"--dkim-key: the message is larger than {shown_octets(SIGNED_OCTETS)}")
    try:
        private = Path(key).read_bytes()
    except OSError as error:
        raise UsageError(f"--dkim-key: cannot read {key}: {error.strerror}") from None
    octets = b"".join(source.pieces())
    source.close()
    name = domain or _domain_of(octets)
    try:
        header = dkim.sign(octets, selector.encode(), name.encode(), private)
    except (dkim.DKIMException, ValueError, IndexError) as error:
        told = f"--dkim-key {key}: cannot sign: {error or type(error).__name__}"
        raise UsageError(told, "an RSA or Ed25519 private key in PEM") from None
    return Source((header, octets), source.message_id, binary=False)


def _domain_of(octets: bytes) -> str:
    """Return the domain of the header's From."""
    head = octets.partition(b"\r\n\r\n")[0]
    address = parseaddr(str(message_from_bytes(head)["From"] or ""))[1]
    domain = address.rpartition("@")[2]
    if not domain:
        raise UsageError("--dkim-domain is missing", "the message has no From with a domain")
    return domain
