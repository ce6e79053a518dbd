"""Certificates read into plain facts, by the cryptography package."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypedDict, TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from smtpprobe.net.tls.certificate_details import details
from smtpprobe.net.tls.certificate_extensions import (
    NETSCAPE_SERVER,
    Extensions,
    extension,
    netscape_type,
    read_extensions,
)
from smtpprobe.protocol.tls_facts import CertificateFacts

Value = TypeVar("Value")

REMEMBERED, REMEMBERED_OCTETS = 256, 4096
"""How many certificates of servers, and of issuers, are remembered, and how large one may be."""

NAMELESS = x509.Name([])


def certificate_facts(der: bytes) -> CertificateFacts:
    """Return what a certificate says; parts that cannot be read stay empty."""
    sha256 = hashlib.sha256(der).hexdigest()
    certificate = load(der)
    if certificate is None:
        return CertificateFacts(der, sha256)
    subject = _or(lambda: certificate.subject, NAMELESS)
    issuer = _or(lambda: certificate.issuer, NAMELESS)
    named = {"subject": subject, "issuer": issuer}
    garbled = tuple(part for part, name in named.items() if name is NAMELESS)
    extensions, alternatives, unread = read_extensions(certificate, der)
    return CertificateFacts(
        der=der,
        sha256=sha256,
        subject=_or(subject.rfc4514_string, ""),
        issuer=_or(issuer.rfc4514_string, ""),
        common_name=_or(lambda: _attribute(subject, NameOID.COMMON_NAME), ""),
        common_names=_or(lambda: _common_names(subject), ()),
        issuer_name=_or(lambda: _short(issuer), ""),
        names=alternatives.names,
        addresses=alternatives.addresses,
        not_before=_or(lambda: certificate.not_valid_before_utc, None),
        not_after=_or(lambda: certificate.not_valid_after_utc, None),
        key=_or(lambda: _key(certificate), ""),
        key_bits=_or(lambda: _key_bits(certificate), 0),
        signature=_or(lambda: _signature(certificate), ""),
        signature_hash=_or(lambda: _signature_hash(certificate), ""),
        serves_tls=_serves_tls(extensions, der),
        key_usage=_key_usage(extensions),
        must_staple=x509.TLSFeature in extensions,
        transparency=x509.PrecertificateSignedCertificateTimestamps in extensions,
        unread=unread,
        details=_or(lambda: details(certificate, extensions, alternatives, garbled), None),
        **_constraints(extensions),
    )


def chain_facts(ders: Iterable[bytes]) -> tuple[CertificateFacts, ...]:
    """Return what the certificates of a chain say, leaf first; many servers show the same."""
    return tuple(
        issuer_facts(der) if n else _remembered(_server_facts, der) for n, der in enumerate(ders)
    )


def issuer_facts(der: bytes) -> CertificateFacts:
    """Return what the certificate of an issuer says."""
    return _remembered(_issuer_facts, der)


def _remembered(cached: Callable[[bytes], CertificateFacts], der: bytes) -> CertificateFacts:
    return cached(der) if len(der) <= REMEMBERED_OCTETS else certificate_facts(der)


# apart, so that a long list of servers does not drive out the few issuers
_server_facts = lru_cache(maxsize=REMEMBERED)(certificate_facts)
_issuer_facts = lru_cache(maxsize=REMEMBERED)(certificate_facts)


def load(der: bytes) -> x509.Certificate | None:
    """Return a certificate from DER, None when it cannot be read at all."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about oddities that real certificates have
        return _or(lambda: x509.load_der_x509_certificate(der), None)


def _serves_tls(extensions: Extensions, octets: bytes) -> bool:
    """Return whether the purposes named, if any, allow a TLS server (RFC 5280 4.2.1.12).

    Netscape's certificate type, from before there was that, counts with OpenSSL to this day.
    """
    found = extension(extensions, x509.ExtendedKeyUsage)
    if found is not None and ExtendedKeyUsageOID.SERVER_AUTH not in found:
        return False
    old = extension(extensions, x509.UnrecognizedExtension) and netscape_type(octets)
    return not old or bool(old[0] & NETSCAPE_SERVER)


def _key_usage(extensions: Extensions) -> tuple[str, ...] | None:
    """Return what the key may be used for; None where nothing is said (RFC 5280 4.2.1.3)."""
    found = extension(extensions, x509.KeyUsage)
    if found is None:
        return None
    agreeing = ("encipher_only", "decipher_only") if found.key_agreement else ()
    return tuple(standard for name, standard in _USAGES.items() if getattr(found, name)) + tuple(
        _AGREEING[name] for name in agreeing if getattr(found, name)
    )


_USAGES = {
    "digital_signature": "digitalSignature",
    "content_commitment": "nonRepudiation",
    "key_encipherment": "keyEncipherment",
    "data_encipherment": "dataEncipherment",
    "key_agreement": "keyAgreement",
    "key_cert_sign": "keyCertSign",
    "crl_sign": "cRLSign",
}
_AGREEING = {"encipher_only": "encipherOnly", "decipher_only": "decipherOnly"}
"""Attributes with the names of the standard; the last two mean nothing without keyAgreement."""


class _Constraints(TypedDict, total=False):
    ca: bool
    path_length: int | None


def _constraints(extensions: Extensions) -> _Constraints:
    found = extension(extensions, x509.BasicConstraints)
    return {} if found is None else {"ca": found.ca, "path_length": found.path_length}


def _or(read: Callable[[], Value], instead: Value) -> Value:
    """Return what `read` gives, or `instead`: certificates come malformed in endless ways."""
    try:
        return read()
    except Exception:  # noqa: BLE001 - the package raises many kinds, all mean "unreadable"
        return instead


def _attribute(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    found = name.get_attributes_for_oid(oid)
    if not found:
        return ""
    value = found[-1].value
    return value if isinstance(value, str) else value.hex()


def _common_names(name: x509.Name) -> tuple[str, ...]:
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return tuple(one.value for one in found if isinstance(one.value, str))


def _short(name: x509.Name) -> str:
    return _attribute(name, NameOID.COMMON_NAME) or _attribute(name, NameOID.ORGANIZATION_NAME)


def _key(certificate: x509.Certificate) -> str:
    key = certificate.public_key()
    match key:
        case rsa.RSAPublicKey():
            return f"RSA {key.key_size}"
        case ec.EllipticCurvePublicKey():
            return f"EC {key.curve.name}"
        case dsa.DSAPublicKey():
            return f"DSA {key.key_size}"
        case ed25519.Ed25519PublicKey():
            return "Ed25519"
        case ed448.Ed448PublicKey():
            return "Ed448"
        case _:
            return type(key).__name__.removesuffix("PublicKey")


def _key_bits(certificate: x509.Certificate) -> int:
    key = certificate.public_key()
    match key:
        case rsa.RSAPublicKey() | ec.EllipticCurvePublicKey() | dsa.DSAPublicKey():
            return key.key_size
        case ed25519.Ed25519PublicKey():
            return 256
        case ed448.Ed448PublicKey():
            return 456
        case _:
            return 0


def _signature_hash(certificate: x509.Certificate) -> str:
    """Return the digest under the signature; RSASSA-PSS has it in its parameters (RFC 4055 3)."""
    found = certificate.signature_hash_algorithm
    return "" if found is None else found.name.replace("-", "").lower()


def _signature(certificate: x509.Certificate) -> str:
    name = certificate.signature_algorithm_oid._name  # noqa: SLF001 - no public name exists
    return str(name)
