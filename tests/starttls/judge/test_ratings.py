"""What the guidelines rate bad, by the names that libraries give it."""

from __future__ import annotations

import pytest

from smtpprobe.starttls.judge.ratings import weak_cipher, weak_digest, weak_group, weak_key


@pytest.mark.parametrize(
    ("key", "bad"),
    [
        ("RSA 2047", True), ("RSA 2048", False), ("RSA", False), ("EC secp192r1", True),
        ("EC secp224r1", False), ("DSA 2048", True), ("Ed25519", False), ("GOST 512", False),
    ],
)  # fmt: skip
def test_a_key_is_rated_by_kind_and_size_and_no_unknown_kind_is_bad(key: str, bad: bool) -> None:
    assert weak_key(key) is bad


def test_the_digests_that_are_broken_are_bad_and_no_others() -> None:
    names = ("md2", "md4", "md5", "sha1", "sha224", "sha256", "sha512", "")
    assert [name for name in names if weak_digest(name)] == ["md2", "md4", "md5", "sha1"]


@pytest.mark.parametrize(
    ("cipher", "why"),
    [
        ("ECDHE-RSA-AES256-GCM-SHA384", ""),
        ("DHE-RSA-AES128-GCM-SHA256", ""),
        ("ECDHE-RSA-AES128-SHA", "CBC with SHA-1"),
        ("ECDHE-RSA-AES128-SHA256", ""),
        ("AES128-GCM-SHA256", "RSA key transport: no forward secrecy"),
        ("ADH-AES256-GCM-SHA384", "anonymous: no certificate"),
        ("AECDH-AES128-SHA", "anonymous: no certificate"),
        ("AECDH-NULL-SHA", "no encryption"),
        ("ECDHE-RSA-DES-CBC3-SHA", "3DES"),
        ("ECDHE-RSA-RC4-SHA", "RC4"),
        ("ECDHE-ECDSA-AES128-CCM8", "a short CCM_8 tag"),
        ("TLS_AES_128_CCM_8_SHA256", "a short CCM_8 tag"),
        ("TLS_AES_128_GCM_SHA256", ""),
    ],
)
def test_a_cipher_is_rated_by_the_worst_in_its_name(cipher: str, why: str) -> None:
    assert weak_cipher(cipher) == why


@pytest.mark.parametrize(
    ("group", "bad"),
    [
        ("dh 1024", True), ("dh 3071", True), ("dh 3072", False), ("dh", False),
        ("x25519", False), ("X25519MLKEM768", False), ("secp256r1", False), ("secp192r1", True),
        ("sect163k1", True), ("0x1234", False), ("", False),
    ],
)  # fmt: skip
def test_a_group_is_rated_by_name_or_size_and_what_has_no_name_is_not_bad(
    group: str, bad: bool
) -> None:
    assert weak_group(group) is bad
