"""Certificates of every kind of key and name: read into facts, and verified by keys in DNS."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtensionOID, NameOID

from smtpprobe.net.tls.anchors import with_anchors
from smtpprobe.net.tls.certificates import certificate_facts
from smtpprobe.policy.dane import Chain, Record
from smtpprobe.protocol.tls_facts import Details
from tests.certificates import HOST, SERVER

Key = (
    rsa.RSAPrivateKey
    | ec.EllipticCurvePrivateKey
    | ed25519.Ed25519PrivateKey
    | ed448.Ed448PrivateKey
    | dsa.DSAPrivateKey
)
SAN = ExtensionOID.SUBJECT_ALTERNATIVE_NAME
KEYS: dict[str, tuple[Callable[[], Key], int]] = {
    "RSA 2048": (lambda: rsa.generate_private_key(65537, 2048), 2048),
    "EC secp384r1": (lambda: ec.generate_private_key(ec.SECP384R1()), 384),
    "Ed25519": (ed25519.Ed25519PrivateKey.generate, 256),
    "Ed448": (ed448.Ed448PrivateKey.generate, 456),
}


def made(
    key: Key,
    *names: x509.GeneralName,
    by: Key | None = None,
    more: Iterable[x509.ExtensionType] = (),
) -> bytes:
    """Return a certificate in DER of a key, signed by another or by itself."""
    signer = by or key
    begins = datetime.now(UTC) - timedelta(days=1)
    subject, issuer = (
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, one)])
        for one in (HOST, HOST if by is None else "issuer.example")
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=9))
    )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    for one in more:
        builder = builder.add_extension(one, critical=False)
    bare = isinstance(signer, ed25519.Ed25519PrivateKey | ed448.Ed448PrivateKey)
    certificate = builder.sign(signer, None if bare else hashes.SHA256())
    return certificate.public_bytes(Encoding.DER)


def details_of(octets: bytes) -> Details:
    """Return what else a certificate says."""
    details = certificate_facts(octets).details
    assert details is not None
    return details


def spki(key: Key) -> bytes:
    """Return a public key as DNS has it."""
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


@pytest.mark.parametrize("kind", KEYS)
def test_a_key_is_told_by_its_kind_and_its_size(kind: str) -> None:
    make, bits = KEYS[kind]
    facts = certificate_facts(made(make()))
    assert (facts.key, facts.key_bits) == (kind, bits)


def test_a_key_for_dsa_is_told_too() -> None:
    key = dsa.generate_private_key(1024)
    facts = certificate_facts(made(key, by=ec.generate_private_key(ec.SECP256R1())))
    assert (facts.key, facts.key_bits) == ("DSA 1024", 1024)


@pytest.mark.parametrize("kind", KEYS)
def test_a_key_in_dns_is_an_anchor_of_what_it_has_signed_and_of_nothing_else(kind: str) -> None:
    make, _ = KEYS[kind]
    issuer, other = make(), make()
    leaf = certificate_facts(made(ec.generate_private_key(ec.SECP256R1()), by=issuer))
    records = (Record(2, 1, 0, spki(other)), Record(2, 1, 0, spki(issuer)))
    chain = with_anchors(Chain((leaf,)), records)
    assert [(one.record, one.bare) for one in chain.anchored] == [(1, True)]


def test_octets_in_dns_that_are_no_key_of_a_certificate_are_an_anchor_of_nothing() -> None:
    issuer = ec.generate_private_key(ec.SECP256R1())
    leaf = certificate_facts(made(ec.generate_private_key(ec.SECP256R1()), by=issuer))
    other = spki(dsa.generate_private_key(1024))
    records = (Record(2, 1, 0, other), Record(2, 1, 0, b"no key at all"))
    assert with_anchors(Chain((leaf,)), records).anchored == ()


def test_names_of_every_kind_are_there_and_only_those_of_hosts_are_dns_names() -> None:
    directory = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "somebody")])
    octets = made(
        ec.generate_private_key(ec.SECP256R1()),
        x509.DNSName(HOST),
        x509.DirectoryName(directory),
        x509.RegisteredID(x509.ObjectIdentifier("1.2.3.4")),
        x509.OtherName(x509.ObjectIdentifier("1.2.3.5"), b"\x0c\x01x"),
    )
    assert certificate_facts(octets).names == (HOST,)
    assert details_of(octets).other_names == (
        "directoryName:CN=somebody",
        "registeredID:1.2.3.4",
        "otherName:1.2.3.5",
    )


def test_of_the_places_that_a_certificate_points_to_only_urls_are_read() -> None:
    url = x509.UniformResourceIdentifier("http://ca.example/x")
    elsewhere = x509.DirectoryName(x509.Name([]))
    responder, issuer = (
        x509.AccessDescription(oid, url)
        for oid in (AuthorityInformationAccessOID.OCSP, AuthorityInformationAccessOID.CA_ISSUERS)
    )
    octets = made(
        ec.generate_private_key(ec.SECP256R1()),
        more=(
            x509.AuthorityInformationAccess(
                [
                    responder,
                    issuer,
                ]
            ),
            x509.CRLDistributionPoints(
                [
                    x509.DistributionPoint([url, elsewhere], None, None, None),
                    x509.DistributionPoint(None, None, None, [elsewhere]),
                ]
            ),
            x509.ExtendedKeyUsage([SERVER, x509.ObjectIdentifier("1.2.3.6")]),
        ),
    )
    details = details_of(octets)
    assert details.ocsp_urls == details.issuer_urls == details.crl_urls == (url.value,)
    assert details.purposes == ("serverAuth", "1.2.3.6")


@pytest.mark.parametrize(
    ("value", "names", "others"),
    [
        (b"\x30\x06\x82\x01a\x82\x01\xff", ("a", "\udcff"), ()),
        (b"\x30\x08\x82\x01\xff\x87\x03\x01\x02\x03", ("\udcff",), ()),
        (b"\x30\x06\x82\x01\xff\xa3\x01x", ("\udcff",), ("x400Address",)),
        (b"\x30\x06\x82\x01\xff\x89\x01x", ("\udcff",), ("tag 0x89",)),
    ],
)
def test_names_that_are_no_text_are_there_all_the_same(
    value: bytes, names: tuple[str, ...], others: tuple[str, ...]
) -> None:
    octets = made(
        ec.generate_private_key(ec.SECP256R1()),
        more=(x509.UnrecognizedExtension(SAN, value),),
    )
    assert certificate_facts(octets).names == names
    assert details_of(octets).other_names == others


@pytest.mark.parametrize("value", [b"", b"\x04\x01x", b"\x30\x05\x82\x01a"])
def test_a_list_of_names_that_cannot_be_read_is_said_and_not_taken_for_none(value: bytes) -> None:
    octets = made(
        ec.generate_private_key(ec.SECP256R1()),
        more=(x509.UnrecognizedExtension(SAN, value),),
    )
    assert certificate_facts(octets).unread
