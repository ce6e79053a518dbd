"""Each kind of certificate is what its name says: OpenSSL is asked in a handshake."""

from __future__ import annotations

import ssl
from contextlib import suppress

import pytest

from tests.servers.certificate_kinds import KINDS, made
from tests.servers.certificates import Authorities, Chain

NAME = "mx.example.org"

REFUSED = {
    "expired": 10,
    "not-yet-valid": 9,
    "self-signed": 18,
    "unknown-ca": 19,
    "wrong-name": 62,
    "cn-only": 62,
    "incomplete": 20,
    "no-names": 62,
    "nul-in-name": 62,
    "beyond-9999": 14,
    "name-constrained": 47,
    "client-purpose": 26,
    "issuer-not-ca": 79,
    "path-too-long": 25,
}
"""X509_V_ERR_... by kind, when nothing is asked of strength."""

WEAK = {"rsa-1024": 66, "sha1": 68}
"""What is refused besides at the level of strength that Debian has."""


@pytest.fixture(scope="module")
def authorities() -> Authorities:
    return Authorities()


def verdict(chain: Chain, root: bytes, name: str, level: int) -> int:
    """Return OpenSSL's number for what is wrong with a chain, 0 for nothing."""
    client = ssl.create_default_context(cadata=root.decode())
    client.set_ciphers(f"DEFAULT:@SECLEVEL={level}")
    client.hostname_checks_common_name = False
    client.verify_flags &= ~getattr(ssl, "VERIFY_X509_STRICT", 0)
    from_client, from_server = ssl.MemoryBIO(), ssl.MemoryBIO()
    ours = client.wrap_bio(from_server, from_client, server_hostname=name)
    theirs = chain.context().wrap_bio(from_client, from_server, server_side=True)
    try:
        for end in (ours, theirs, ours):
            with suppress(ssl.SSLWantReadError):
                end.do_handshake()
    except ssl.SSLCertVerificationError as error:
        return error.verify_code
    assert ours.version() == "TLSv1.3"
    return 0


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"long"}))
def test_a_kind_is_refused_for_its_reason_and_no_other(authorities: Authorities, kind: str) -> None:
    chain = made(authorities, kind, NAME)
    assert verdict(chain, authorities.ca_pem, NAME, 0) == REFUSED.get(kind, 0)
    assert verdict(chain, authorities.ca_pem, NAME, 2) == (REFUSED | WEAK).get(kind, 0)


def test_an_address_among_the_names_is_one(authorities: Authorities) -> None:
    chain = made(authorities, "good", NAME, "192.0.2.1")
    assert verdict(chain, authorities.ca_pem, "192.0.2.1", 2) == 0
    assert verdict(chain, authorities.ca_pem, "192.0.2.2", 2) == 64


def test_a_tlsa_record_is_of_certificate_or_key(authorities: Authorities) -> None:
    chain = made(authorities, "good", NAME)
    assert chain.tlsa(3, 0, 0) == f"3 0 0 {chain.sent[0].hex()}"
    assert chain.tlsa(2, 0, 0, depth=1) == f"2 0 0 {authorities.issuing.der.hex()}"
    assert [len(chain.tlsa(3, 1, kind)) for kind in (1, 2)] == [6 + 64, 6 + 128]
