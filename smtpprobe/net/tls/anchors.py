"""Trust anchors in DNS (RFC 7672 3.1.2): the path OpenSSL builds from a chain to each of them.

It builds and checks the path as it does for DANE senders: authorities, path lengths, name
constraints, key usage, critical extensions. Purpose, dates, strength and name are judged in
`policy.dane`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cryptography import x509  # noqa: TC002 - as in the neighbouring modules, not lazy
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from smtpprobe.net.tls.certificates import certificate_facts, load
from smtpprobe.net.tls.chain import path_to
from smtpprobe.policy.dane import (
    CERT,
    DANE_TA,
    FULL,
    SPKI,
    Anchored,
    Chain,
    Record,
    matches,
    unusable,
)
from smtpprobe.protocol.tls_facts import CertificateFacts

MOST_CERTIFICATES = 30
"""More of a chain are not looked at: every pair may cost a signature."""


def with_anchors(chain: Chain, records: Sequence[Record]) -> Chain:
    """Return a chain with the paths to the trust anchors that records of usage 2 name."""
    certificates = chain.certificates[:MOST_CERTIFICATES]
    if not certificates:
        return chain
    return replace(chain, anchored=tuple(_anchored(certificates, records)))


def _anchored(sent: Sequence[CertificateFacts], records: Sequence[Record]) -> Iterator[Anchored]:
    loaded = [load(one.der) for one in sent]
    leaf = sent[0]
    for n, record in enumerate(records):
        if record.role != DANE_TA or unusable(record):
            continue
        anchors = [one for one in sent if matches(record, one.der)]
        if (record.selector, record.mtype) == (CERT, FULL) and not anchors:
            anchors = [certificate_facts(record.data)]
        for anchor in anchors:
            # a server's own certificate is no anchor, not even for itself, as in OpenSSL
            if anchor.der != leaf.der:
                yield Anchored(n, path_to(sent, anchor))
        if (record.selector, record.mtype) == (SPKI, FULL):
            for child, one in zip(sent, loaded, strict=True):
                if one is not None and _signed(record.data, one):
                    yield Anchored(n, path_to(sent, child), bare=True)


def _signed(key_info: bytes, child: x509.Certificate) -> bool:
    """Return whether a public key in DER has verified a certificate's signature."""
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
