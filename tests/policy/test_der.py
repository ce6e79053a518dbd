"""Extensions of a certificate as its octets have them, whether or not a library reads them."""

from __future__ import annotations

from cryptography import x509

from smtpprobe.policy.der import extensions, with_only
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
