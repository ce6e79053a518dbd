"""Certificates made on the spot: authorities, what they issue, and the chains that servers send.

`certificate_kinds` has one for every way to get it wrong.
"""

from __future__ import annotations

import hashlib
import ipaddress
import ssl
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from cryptography.x509.oid import NameOID

Key: TypeAlias = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

NOW: Final = datetime.now(UTC).replace(microsecond=0)
DAY: Final = timedelta(days=1)
LIFE: Final = (NOW - 30 * DAY, NOW + 60 * DAY)
"""When a certificate begins and ends, if its kind says nothing else."""

LONG_LIFE: Final = (NOW - 400 * DAY, NOW + 3650 * DAY)
"""The same of an authority's."""

ECDSA_WITH_SHA256: Final = bytes.fromhex("06082a8648ce3d040302")
SHA256_WITH_RSA: Final = bytes.fromhex("06092a864886f70d01010b")
SHA1_WITH_RSA: Final = bytes.fromhex("06092a864886f70d010105")

UNKNOWN: Final = x509.ObjectIdentifier("1.3.6.1.4.1.32473.1")
"""An extension of nobody: the number is that of examples (RFC 5612)."""

CRITICAL: Final = (x509.BasicConstraints.oid, x509.NameConstraints.oid, UNKNOWN)
"""Extensions that are marked critical."""


def new_key() -> Key:
    """Return a key nobody objects to."""
    return ec.generate_private_key(ec.SECP256R1())


def new_rsa_key(size: int = 2048) -> rsa.RSAPrivateKey:
    """Return an RSA key of so many bits."""
    return rsa.generate_private_key(65537, size)


USES: Final = (
    *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment"),
    *("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
)


@dataclass(frozen=True, slots=True)
class Holder:
    """A certificate and its key, of an authority or of a server."""

    der: bytes
    key: Key

    @property
    def certificate(self) -> x509.Certificate:
        """Return the certificate, parsed."""
        return x509.load_der_x509_certificate(self.der)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a certificate shall say."""

    names: Sequence[str] = ()
    """Subject alternative names: host names, and addresses as text."""
    subject: str | x509.Name | None = None
    """The common name; None for the first of the names, "" for an empty subject."""
    life: tuple[datetime, datetime] = LIFE
    key: Key = field(default_factory=new_key)
    extensions: Sequence[x509.ExtensionType] = ()


def general(name: str) -> x509.GeneralName:
    """Return a subject alternative name of the kind the text is of."""
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def usage(*allowed: str) -> x509.KeyUsage:
    """Return a key usage that allows what is named."""
    return x509.KeyUsage(**{name: name in allowed for name in USES})


def unknown_extension() -> x509.UnrecognizedExtension:
    """Return an extension that nobody knows; in a certificate it is marked critical."""
    return x509.UnrecognizedExtension(UNKNOWN, b"\5\0")


def distinguished(common_name: str | x509.Name) -> x509.Name:
    """Return a distinguished name of a common name alone, or an empty one, or the one given."""
    if isinstance(common_name, x509.Name):
        return common_name
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, common_name)] if common_name else []
    return x509.Name(parts)


def issued(wish: Wish, issuer: Holder | None = None) -> Holder:
    """Return a certificate as wished for, signed by its issuer or by itself."""
    subject = distinguished(wish.names[0] if wish.subject is None else wish.subject)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(wish.key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(wish.life[0])
        .not_valid_after(wish.life[1])
    )
    extensions = list(wish.extensions)
    if wish.names:
        extensions.append(x509.SubjectAlternativeName([general(name) for name in wish.names]))
    if issuer:  # RFC 5280, 4.2.1.1: strict readers, as Python's from 3.13 on, insist on it
        by = issuer.key.public_key()
        extensions.append(x509.AuthorityKeyIdentifier.from_issuer_public_key(by))
    for extension in extensions:
        is_critical = extension.oid in CRITICAL
        builder = builder.add_extension(extension, critical=is_critical)
    signed = builder.sign(issuer.key if issuer else wish.key, hashes.SHA256())
    return Holder(signed.public_bytes(Encoding.DER), wish.key)


def authority(
    name: str,
    issuer: Holder | None = None,
    *,
    key: Key | None = None,
    path_length: int | None = None,
    also: Sequence[x509.ExtensionType] = (),
    life: tuple[datetime, datetime] = LONG_LIFE,
) -> Holder:
    """Return an authority: a root, or an intermediate one that its issuer signed."""
    key = key or new_key()
    extensions = [
        x509.BasicConstraints(ca=True, path_length=path_length),
        x509.SubjectKeyIdentifier.from_public_key(key.public_key()),
        *also,
    ]
    if not any(isinstance(extension, x509.KeyUsage) for extension in also):
        extensions.append(usage("key_cert_sign", "crl_sign"))  # RFC 5280, 4.2.1.3, as above
    return issued(Wish(subject=name, life=life, key=key, extensions=extensions), issuer)


@dataclass(frozen=True, slots=True)
class Chain:
    """What a server sends, its own certificate first, and the key it has."""

    sent: tuple[bytes, ...]
    key: Key

    @property
    def pem(self) -> bytes:
        """Return key and chain in one text, as `smtpd_tls_chain_files` has it."""
        key = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return key + b"".join(ssl.DER_cert_to_PEM_cert(der).encode() for der in self.sent)

    def write(self, path: Path) -> Path:
        """Write key and chain to a file that its owner alone may read; return its path."""
        path.touch(mode=0o600)
        path.write_bytes(self.pem)
        return path

    def context(self) -> ssl.SSLContext:
        """Return a TLS context for a server that sends this, whatever its strength."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        with tempfile.TemporaryDirectory(prefix="smtpprobe-chain-") as folder:
            context.load_cert_chain(self.write(Path(folder, "chain.pem")))
        return context

    def tlsa(self, usage: int, selector: int, kind: int, depth: int = 0) -> str:
        """Return the TLSA record (RFC 6698, 2.1) of a certificate of the chain, as text."""
        octets = tlsa_data(self.sent[depth], selector, kind)
        return f"{usage} {selector} {kind} {octets.hex()}"


def tlsa_data(der: bytes, selector: int, kind: int) -> bytes:
    """Return what a TLSA record says of a certificate (RFC 6698, 2.1.4)."""
    if selector == 1:
        key = x509.load_der_x509_certificate(der).public_key()
        der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    match kind:
        case 1:
            return hashlib.sha256(der).digest()
        case 2:
            return hashlib.sha512(der).digest()
        case _:
            return der


@dataclass(frozen=True, slots=True)
class Authorities:
    """The lab's root, which is in the CA file, the one under it that issues, and a stranger."""

    root: Holder = field(default_factory=lambda: authority("smtpprobe lab root"))
    stranger: Holder = field(default_factory=lambda: authority("root that nobody knows"))
    issuing: Holder = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "issuing", authority("smtpprobe lab issuing CA", self.root))

    @property
    def ca_pem(self) -> bytes:
        """Return the CA file that the lab's clients trust."""
        return ssl.DER_cert_to_PEM_cert(self.root.der).encode()

    def usual(self, wish: Wish) -> Chain:
        """Return what a server in order would send: its certificate and the issuing CA's."""
        return chain_of(issued(wish, self.issuing), self.issuing)

    def usual_but(self, wish: Wish, old: bytes, new: bytes) -> Chain:
        """Return the same with octets of the certificate exchanged for as many others."""
        leaf = issued(wish, self.issuing)
        return chain_of(resigned(leaf, self.issuing.key, old, new), self.issuing)


def chain_of(leaf: Holder, *above: Holder) -> Chain:
    """Return a chain of a server's certificate and those that it sends after it."""
    return Chain((leaf.der, *(holder.der for holder in above)), leaf.key)


def resigned(holder: Holder, issuer: Key, old: bytes, new: bytes) -> Holder:
    """Return a certificate with octets exchanged for as many others, and signed anew.

    The signature is what the new octets say it is: ECDSA with SHA-256, or RSA with SHA-1.
    """
    assert len(old) == len(new)
    before = holder.certificate.tbs_certificate_bytes
    assert before.count(old) == 1
    after = before.replace(old, new)
    if isinstance(issuer, rsa.RSAPrivateKey):
        algorithm, signature = SHA1_WITH_RSA + b"\x05\0", rsa_sha1(issuer, after)
    else:
        algorithm, signature = ECDSA_WITH_SHA256, issuer.sign(after, ec.ECDSA(hashes.SHA256()))
    parts = after + tagged(0x30, algorithm) + tagged(0x03, b"\0" + signature)
    return Holder(tagged(0x30, parts), holder.key)


def rsa_sha1(key: rsa.RSAPrivateKey, octets: bytes) -> bytes:
    """Return the signature that `cryptography` no longer makes (RFC 8017, 8.2.1)."""
    numbers, size = key.private_numbers(), key.key_size // 8
    digest = bytes.fromhex("3021300906052b0e03021a05000414") + hashlib.sha1(octets).digest()
    padded = b"\0\1" + b"\xff" * (size - len(digest) - 3) + b"\0" + digest
    return pow(int.from_bytes(padded), numbers.d, numbers.public_numbers.n).to_bytes(size)


def tagged(tag: int, content: bytes) -> bytes:
    """Return content as DER has it, after its tag and length."""
    size = len(content)
    length = size.to_bytes(max(1, (size.bit_length() + 7) // 8))
    return bytes([tag]) + (bytes([0x80 | len(length)]) if size > 0x7F else b"") + length + content
