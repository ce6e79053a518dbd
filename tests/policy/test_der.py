"""Extensions of a certificate as its octets have them, whether or not a library reads them."""

from __future__ import annotations

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from smtpprobe.policy.der import (
    element,
    extensions,
    is_public_key_info,
    public_key_info,
    tagged,
    with_only,
)
from tests.certificates import HOST, Entity

LEAF = Entity("leaf", Entity("root", ca=True), names=(HOST, "other.example"))


def test_the_extensions_are_those_that_a_library_finds() -> None:
    found = extensions(LEAF.der)
    assert len(found) == 3
    values = [one.value for one in found]
    assert values == [one.value.public_bytes() for one in LEAF.certificate.extensions]
    assert all(one.oid in one.der and one.value in one.der for one in found)


def test_a_certificate_with_one_extension_alone_reads_like_the_whole_one() -> None:
    for at, one in enumerate(extensions(LEAF.der)):
        (only,) = extensions(with_only(LEAF.der, one))
        assert only == one
        read = x509.load_der_x509_certificate(with_only(LEAF.der, one))
        assert [*read.extensions] == [[*LEAF.certificate.extensions][at]]
        assert read.public_key() == LEAF.certificate.public_key()


def test_what_is_no_certificate_has_no_extensions() -> None:
    for octets in (b"", b"\x30\x00", LEAF.der[:-1], b"\x30\x02\x30\x00"):
        assert extensions(octets) == ()


def test_an_extension_that_is_malformed_leaves_none_of_them_believed() -> None:
    found = extensions(LEAF.der)
    broken = LEAF.der.replace(found[1].der, b"\x31" + found[1].der[1:])
    assert broken != LEAF.der
    assert extensions(broken) == ()


def test_the_key_of_a_certificate_is_what_a_library_finds_and_nothing_else_is_a_key() -> None:
    key = LEAF.certificate.public_key().public_bytes(
        Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    )
    assert public_key_info(LEAF.der) == key
    assert is_public_key_info(key)
    for octets in (b"", key[:-1], key + b"\0", b"\x31" + key[1:], key[:2], LEAF.der):
        assert not is_public_key_info(octets), octets


@pytest.mark.parametrize(
    "octets",
    [b"", LEAF.der[:-1], LEAF.der + b"\0", b"\x31" + LEAF.der[1:], tagged(0x30, b"\x30\x05\0")],
    ids=["nothing", "cut", "more", "no sequence", "a part that is longer than the whole"],
)
def test_what_is_no_certificate_has_no_key(octets: bytes) -> None:
    assert public_key_info(octets) is None


@pytest.mark.parametrize(
    ("length", "head"),
    [(0, "0400"), (127, "047f"), (128, "048180"), (255, "0481ff"), (256, "04820100")],
)
def test_an_element_says_its_length_in_the_shortest_form(length: int, head: str) -> None:
    octets = tagged(0x04, bytes(length))
    assert octets == bytes.fromhex(head) + bytes(length)
    found = element(octets, 0, len(octets))
    assert found is not None
    assert (found.content, found.end) == (len(head) // 2, len(octets))
