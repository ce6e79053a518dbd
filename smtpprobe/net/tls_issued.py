"""Who issued whom in a chain, by signature: for TLSA records that name a trust anchor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cryptography import x509  # noqa: TC002 - as in the neighbouring modules, not lazy
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from smtpprobe.net.tls_certificates import certificate_facts, issued, load
from smtpprobe.policy.dane import CERT, DANE_TA, FULL, SPKI, Chain, Record

MOST_CERTIFICATES = 30
"""More of a chain are not looked at: every pair may cost a signature."""


def with_issuers(chain: Chain, records: Sequence[Record]) -> Chain:
    """Return a chain with its pairs of child and issuer, certificates of `2 0 0` records included.

    `keyed` tells which of its certificates the bare key of a `2 1 0` record has signed.
    """
    certificates = chain.certificates[:MOST_CERTIFICATES]
    published = tuple(
        certificate_facts(record.data)
        for record in records
        if (record.usage, record.selector, record.mtype) == (DANE_TA, CERT, FULL)
    )[:MOST_CERTIFICATES]
    loaded = [load(facts.der) for facts in (*certificates, *published)]
    return replace(
        chain,
        certificates=certificates,
        published=published,
        issued=_pairs(loaded),
        keyed=_keyed(loaded, records),
    )


def _pairs(loaded: Sequence[x509.Certificate | None]) -> tuple[tuple[int, int], ...]:
    return tuple(
        (child, parent)
        for child, one in enumerate(loaded)
        for parent, other in enumerate(loaded)
        if child != parent and one is not None and other is not None and issued(other, one)
    )


def _keyed(
    loaded: Sequence[x509.Certificate | None], records: Sequence[Record]
) -> tuple[tuple[int, int], ...]:
    return tuple(
        (n, child)
        for n, record in enumerate(records)
        if (record.usage, record.selector, record.mtype) == (DANE_TA, SPKI, FULL)
        for child, one in enumerate(loaded)
        if one is not None and _signed(record.data, one)
    )


def _signed(key_info: bytes, child: x509.Certificate) -> bool:
    """Tell whether a public key in DER has verified a certificate's signature."""
    try:
        key = load_der_public_key(key_info)
        _verify(key, child)
    except Exception:  # noqa: BLE001 - a wrong signature and every oddity alike mean "no"
        return False
    return True


def _verify(key: object, child: x509.Certificate) -> None:
    signature, signed = child.signature, child.tbs_certificate_bytes
    match key, child.signature_algorithm_parameters:
        case ec.EllipticCurvePublicKey(), ec.ECDSA() as algorithm:
            key.verify(signature, signed, algorithm)
        case rsa.RSAPublicKey(), padding if child.signature_hash_algorithm is not None:
            assert padding is not None
            key.verify(signature, signed, padding, child.signature_hash_algorithm)  # type: ignore[arg-type]
        case ((ed25519.Ed25519PublicKey() | ed448.Ed448PublicKey()), _):
            key.verify(signature, signed)
        case _:
            raise ValueError("no such key")
