"""What keys, digests and groups are worth to OpenSSL's security levels, and what is too weak."""

from __future__ import annotations

import pytest

from smtpprobe.policy.strength import of_digest, of_group, of_key, of_scheme, weaknesses
from smtpprobe.protocol.tls_facts import CertificateFacts


def certificate(key: str, bits: int, digest: str = "sha256") -> CertificateFacts:
    return CertificateFacts(b"", "", key=key, key_bits=bits, signature_hash=digest)


@pytest.mark.parametrize(
    ("key", "size", "bits"),
    [
        ("RSA 1023", 1023, 0),
        ("RSA 1024", 1024, 80),
        ("RSA 2047", 2047, 80),
        ("RSA 2048", 2048, 112),
        ("DSA 3072", 3072, 128),
        ("EC prime192v1", 192, 80),
        ("EC prime256v1", 256, 128),
        ("EC secp384r1", 384, 192),
        ("Ed25519", 256, 128),
        ("Ed448", 456, 128),
        ("GOST 256", 256, None),
        ("RSA", 0, None),
    ],
)
def test_a_key_is_worth_what_its_kind_and_size_are(key: str, size: int, bits: int | None) -> None:
    assert of_key(certificate(key, size)) == bits


@pytest.mark.parametrize(
    ("group", "bits"),
    [
        ("dh 1024", 80),
        ("dh 2048", 112),
        ("dh 512", 0),
        ("dh ", 128),
        ("secp224r1", 112),
        ("x25519", 128),
        ("", None),
    ],
)
def test_a_group_is_worth_what_its_size_is_and_unknown_without_a_name(
    group: str, bits: int | None
) -> None:
    assert of_group(group) == bits


def test_a_digest_that_is_not_known_to_be_weak_is_strong_and_none_is_unknown() -> None:
    assert [of_digest(name) for name in ("md5", "sha1", "sha256", "")] == [39, 63, 128, None]
    names = ("rsa_pkcs1_sha1", "ecdsa_secp256r1_sha256", "ed25519")
    assert [of_scheme(name) for name in names] == [63, 128, None]


WEAK = certificate("RSA 1024", 1024, "sha1")
STRONG = certificate("RSA 2048", 2048)


def test_each_weak_key_and_signature_of_a_chain_is_told_with_its_place() -> None:
    found = [
        (one.place, one.of_key) for one in weaknesses((STRONG, WEAK, WEAK), 112, anchored=False)
    ]
    assert found == [(1, True), (1, False), (2, True), (2, False)]


def test_what_signs_a_trusted_certificate_does_not_matter_its_key_does() -> None:
    found = [(one.place, one.of_key) for one in weaknesses((WEAK, WEAK), 112, anchored=True)]
    assert found == [(0, True), (0, False), (1, True)]


def test_what_has_just_enough_bits_and_what_is_unknown_are_not_weak() -> None:
    unknown = certificate("GOST 256", 256, "")
    assert not [*weaknesses((STRONG, unknown), 112, anchored=False)]
