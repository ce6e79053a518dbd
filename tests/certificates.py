"""Certificates made for a case: who issued them, for which names, dates and purposes."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)
HOST = "mx.example.org"
SERVER, CLIENT = ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH
ANY = ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE


@dataclass
class Entity:
    """A certificate with its key; `issued_by` itself when it is a root."""

    name: str
    issuer: Entity | None = None
    ca: bool = False
    names: tuple[str, ...] = (HOST,)
    addresses: tuple[str, ...] = ()
    begins: datetime = NOW - 10 * DAY
    ends: datetime = NOW + 10 * DAY
    purposes: tuple[ObjectIdentifier, ...] = ()
    path_length: int | None = None
    more_common_names: tuple[str, ...] = ()
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def __post_init__(self) -> None:
        parent = self.issuer or self
        builder = (
            x509.CertificateBuilder()
            .subject_name(_name(self.name, *self.more_common_names))
            .issuer_name(_name(parent.name))
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(self.begins)
            .not_valid_after(self.ends)
            .add_extension(x509.BasicConstraints(self.ca, self.path_length), critical=True)
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(self.key.public_key()), critical=False
            )
        )
        if not self.ca and (self.names or self.addresses):
            alternatives: list[x509.GeneralName] = [x509.DNSName(name) for name in self.names]
            alternatives += [x509.IPAddress(ipaddress.ip_address(a)) for a in self.addresses]
            builder = builder.add_extension(
                x509.SubjectAlternativeName(alternatives), critical=False
            )
        if self.purposes:
            builder = builder.add_extension(x509.ExtendedKeyUsage(self.purposes), critical=False)
        self.certificate = builder.sign(parent.key, hashes.SHA256())

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def key_pem(self) -> bytes:
        return self.key.private_bytes(
            Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()
        )


def _name(*common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, one) for one in common])
