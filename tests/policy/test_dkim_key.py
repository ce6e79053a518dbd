"""DKIM keys in DNS (RFC 6376 3.6.1)."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.policy.der import tagged
from smtpprobe.policy.dkim_key import key_name, read_key


def rsa_key(bits: int) -> str:
    """Return the `p=` of an RSA key of that length; nobody has its private key."""
    modulus = (1 << (bits - 1) | 1).to_bytes(bits // 8 + 1)
    pair = tagged(0x30, tagged(0x02, modulus) + tagged(0x02, b"\1\0\1"))
    algorithm = bytes.fromhex("300d06092a864886f70d0101010500")
    return base64.b64encode(tagged(0x30, algorithm + tagged(0x03, b"\0" + pair))).decode()


def test_the_name_of_a_key_is_below_its_selector() -> None:
    assert key_name("s1", "example.org") == "s1._domainkey.example.org"


def test_a_key_as_openssl_writes_it_is_read() -> None:
    public = rsa.generate_private_key(65537, 1024).public_key()
    der = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    found = read_key([f"v=DKIM1; k=rsa; p={base64.b64encode(der).decode()}"])
    assert (found.bits, found.problem) == (1024, "")
    pkcs1 = public.public_bytes(Encoding.DER, PublicFormat.PKCS1)
    assert read_key([f"p={base64.b64encode(pkcs1).decode()}"]).bits == 1024


def test_a_good_key_has_neither_problem_nor_doubt() -> None:
    found = read_key([f"v=DKIM1; k=rsa; t=s; h=sha256; s=email; p={rsa_key(2048)}"])
    assert (found.count, found.bits, found.problem, found.doubts) == (1, 2048, "", ())


def test_a_key_may_be_split_by_blanks() -> None:
    key = rsa_key(2048)
    assert read_key([f"k=rsa; p={key[:60]} {key[60:]}"]).bits == 2048


@pytest.mark.parametrize(
    ("records", "problem"),
    [
        ([], ""),
        (["v=spf1 -all"], "no record there has a p="),
        ([f"p={rsa_key(2048)}"] * 2, "2 keys at one selector"),
        (["v=DKIM1; p="], "the key is revoked"),
        (["v=DKIM1; p=!!"], "p= is not base64"),
        (["v=DKIM1; p=AAAA"], "p= holds no RSA key"),
        ([f"v=DKIM1; p={rsa_key(512)}"], "512 bits: verifiers refuse less than 1024"),
        ([f"v=DKIM2; p={rsa_key(2048)}"], "v= must be DKIM1"),
        ([f"p={rsa_key(2048)}; v=DKIM1"], "v= must be DKIM1, and come first"),
        ([f"h=sha1; p={rsa_key(2048)}"], "h=sha1 leaves out sha256"),
        ([f"s=tlsrpt; p={rsa_key(2048)}"], "s=tlsrpt leaves out email"),
        (["k=dsa; p=AAAA"], "k=dsa is not rsa or ed25519"),
        (["k=ed25519; p=AAAA"], "an Ed25519 key has 32 octets, this has 3"),
    ],
)
def test_what_verifiers_cannot_use_is_said(records: list[str], problem: str) -> None:
    found = read_key(records)
    assert problem in found.problem
    assert bool(problem) == bool(found.problem)


def test_what_some_verifiers_dislike_is_a_doubt() -> None:
    assert "2048 are recommended" in read_key([f"p={rsa_key(1024)}"]).doubts[0]
    key = base64.b64encode(bytes(32)).decode()
    found = read_key([f"v=DKIM1; k=ed25519; t=y; p={key}"])
    assert (found.problem, found.testing) == ("", True)
    assert found.bits == 0  # its strength is not that of RSA bits
    assert "RFC 8463" in found.doubts[0]


@given(st.binary(max_size=80))
def test_any_octets_are_read(octets: bytes) -> None:
    assert read_key([f"p={base64.b64encode(octets).decode()}"]).count == 1
    assert read_key([octets.decode("latin-1")]).count in (0, 1)


def test_blanks_around_names_values_and_the_parts_of_a_list_mean_nothing() -> None:
    found = read_key(
        [f" v = DKIM1 ; k= rsa; s= tlsrpt : email ;h=sha1 :sha256; p= {rsa_key(2048)}"]
    )
    assert (found.kind, found.bits, found.problem) == ("rsa", 2048, "")
