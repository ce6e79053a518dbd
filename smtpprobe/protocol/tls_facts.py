"""What is known of a TLS handshake and its certificates, as plain data; nothing here judges."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import Enum
from functools import cached_property

from smtpprobe.named_tuple import NamedTuple


class Details(NamedTuple):
    """What else a certificate says that nothing is decided by. `serial` is in hexadecimal.

    `purposes` are those of the extended key usage, by name where they have one; None: it names
    none. `stamps` counts signed certificate timestamps (RFC 6962).
    """

    serial: str = ""
    purposes: tuple[str, ...] | None = None
    emails: tuple[str, ...] = ()
    uris: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    ocsp_urls: tuple[str, ...] = ()
    issuer_urls: tuple[str, ...] = ()
    crl_urls: tuple[str, ...] = ()
    stamps: int = 0
    garbled: tuple[str, ...] = ()
    """`subject`, `issuer` where that is no text: it is empty then."""


class CertificateFacts(NamedTuple):
    """One certificate as it was sent. Names are SAN entries; dates are UTC, None if unreadable."""

    der: bytes
    sha256: str
    subject: str = ""
    issuer: str = ""
    common_name: str = ""
    issuer_name: str = ""
    """The issuer in a word or two: its common name, else its organisation."""
    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    not_before: datetime | None = None
    not_after: datetime | None = None
    key: str = ""
    key_bits: int = 0
    """The size of the key, 0 where it is not known."""
    signature: str = ""
    signature_hash: str = ""
    """The digest under the signature, as `sha256`; empty if there is none, or it is unknown."""
    serves_tls: bool = True
    """Whether its purposes, if it names any, allow a TLS server (RFC 5280 4.2.1.12)."""
    key_usage: tuple[str, ...] | None = None
    """What its key may be used for, in the words of RFC 5280 4.2.1.3; None: it does not say."""
    ca: bool = False
    path_length: int | None = None
    """How many issuers may be between it and the server's certificate."""
    must_staple: bool = False
    transparency: bool = False
    """Whether it carries signed certificate timestamps (RFC 6962)."""
    unread: tuple[str, ...] = ()
    """Extensions that it has and that cannot be read, by name: what they say is unknown."""
    details: Details | None = None
    """None: they cannot be read."""
    common_names: tuple[str, ...] = ()
    """All of them, in the order of the subject; `common_name` is the last, the most specific."""

    @property
    def presented(self) -> tuple[str, ...]:
        """The names that OpenSSL and Postfix go by: each common name for want of DNS names."""
        return self.names or self.common_names or ((self.common_name,) if self.common_name else ())


class TrustPath(NamedTuple):
    """The path that OpenSSL found from a chain to a trusted root, or why there is none.

    `code` is its X509_V number (0: found), None if it could not be verified. Purpose and dates of
    `certificates`, the server's own first, are judged apart.
    """

    code: int | None = None
    reason: str = "not judged"
    certificates: tuple[CertificateFacts, ...] = ()
    store: str = ""
    openssl: str = ""


class Negotiated(NamedTuple):
    """What the messages of a handshake showed beside version and cipher; None: not seen.

    `group` and `signature` are the names of the registries, in lower case.
    """

    group: str = ""
    signature: str = ""
    extended_master_secret: bool | None = None
    secure_renegotiation: bool | None = None
    compression: bool | None = None
    client_certificate: bool | None = None
    """Whether the server asked for one."""
    own_certificate: bool | None = None
    """Whether this side showed one, as far as was seen; the server may still refuse it."""
    alert: str = ""


class Verdict(NamedTuple):
    """Trust and name, each yes, no or unknown (None); `code` is OpenSSL's X509_V number.

    `trusted` covers path, purpose and dates; `reason` says why not, or why it is unknown.
    `name_reason` does the same for the name.
    """

    trusted: bool | None = None
    reason: str = "not judged"
    code: int | None = None
    name_matches: bool | None = None
    name_reason: str = ""

    @property
    def verified(self) -> bool | None:
        """Trusted and right name; None when one is unknown and none is wrong."""
        if self.trusted is False or self.name_matches is False:
            return False
        return True if self.trusted and self.name_matches else None


class Shown(NamedTuple):
    """The certificates that a server showed, leaf first, the path to a root and the verdict."""

    chain: tuple[CertificateFacts, ...] = ()
    path: TrustPath = TrustPath()
    verdict: Verdict = Verdict()


class Unread:
    """Received certificates, parsed and verified on first use: often never.

    `read` takes its time then: trusted roots are files.
    """

    def __init__(self, read: Callable[[], Shown]) -> None:
        self._read = read

    @cached_property
    def shown(self) -> Shown:
        """What was shown."""
        return self._read()


class TlsFailure(Enum):
    """Why a handshake failed; the value is the word in JSON."""

    CERTIFICATE = "certificate"
    """The server's certificate is not accepted here."""
    CLIENT_CERTIFICATE = "client-certificate"
    """The server wants a certificate from the client, or refuses the one it got."""
    VERSION = "version"
    """There is no version of TLS in common; or no TLS at all, with octets that look like it."""
    PARAMETERS = "parameters"
    """There is no cipher, group or signature in common, or too weak ones."""
    SERVER_NAME = "server-name"
    """The server has no service of the name sent (SNI)."""
    INTERNAL = "internal-error"
    """The server says that the trouble is its own."""
    PLAINTEXT = "plaintext"
    """The answer is not TLS."""
    LATE = "timeout"
    """It took longer than its limit."""
    CLOSED = "closed"
    """The connection was closed during the handshake."""
    OTHER = "other"


class TlsFacts(NamedTuple):
    """A handshake: how it ended, what was agreed, what the server showed.

    `sni` is the name sent (None: none was sent), `reference` the name or address that the
    certificate has to match. A failed handshake has `ok` False, a `failure` (None in a recording
    that does not tell it) and, for people, a `reason`; its chain may still be known.
    """

    ok: bool
    reason: str = ""
    version: str = ""
    cipher: str = ""
    bits: int = 0
    sni: str | None = None
    reference: str = ""
    certificates: Shown | Unread = Shown()
    negotiated: Negotiated = Negotiated()
    enforced: bool = False
    ca_file: str | None = None
    seconds: float = 0.0
    """How long the handshake took."""
    failure: TlsFailure | None = None
    own_certificate: str = ""
    """The file of the client certificate that was ready to be shown; empty without one."""
    exporter: bytes = b""
    """The channel binding `tls-exporter` (RFC 9266), no secret; empty where it cannot be had."""

    @property
    def late(self) -> bool:
        """Whether it was given up because it took longer than its limit."""
        return self.failure is TlsFailure.LATE

    @property
    def shown(self) -> Shown:
        """The certificates as far as they came, read by now."""
        found = self.certificates
        return found.shown if isinstance(found, Unread) else found

    @property
    def has_certificates(self) -> bool:
        """Whether certificates came; this reads none."""
        return isinstance(self.certificates, Unread) or bool(self.certificates.chain)

    @property
    def chain(self) -> tuple[CertificateFacts, ...]:
        """The certificates that came, leaf first."""
        return self.shown.chain

    @property
    def path(self) -> TrustPath:
        """The way from the chain to a trusted root."""
        return self.shown.path

    @property
    def verdict(self) -> Verdict:
        """Trust and name."""
        return self.shown.verdict

    @property
    def leaf(self) -> CertificateFacts | None:
        """The server's own certificate, if one came."""
        return self.chain[0] if self.chain else None
