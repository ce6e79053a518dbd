"""Which mechanism is chosen, why, and what a connection can be bound by."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.protocol.auth.channel_binding import Binding, binding_of
from smtpprobe.protocol.auth.login import Credentials, choose, in_clear, what_it_does
from smtpprobe.protocol.auth.mechanisms import DONE_BY_AUTH, MECHANISMS, Secret
from smtpprobe.protocol.tls_facts import CertificateFacts, Shown, TlsFacts

PASSWORD = Credentials("bob", "secret")
TOKEN = Credentials("bob", "ya29", Secret.TOKEN)
CERTIFICATE = Credentials(kind=Secret.OTHER, certificate=True)
NOBODY = Credentials(kind=Secret.OTHER)


def tls(signature_hash: str = "sha256") -> TlsFacts:
    leaf = CertificateFacts(b"der", "", signature_hash=signature_hash)
    return TlsFacts(ok=True, version="TLSv1.3", certificates=Shown((leaf,)))


@pytest.mark.parametrize(
    ("announced", "credentials", "secure", "mechanism", "why"),
    [
        ("PLAIN LOGIN", PASSWORD, True, "PLAIN", "sends the password itself"),
        ("plain", PASSWORD, True, "PLAIN", "only one"),
        ("PLAIN CRAM-MD5", PASSWORD, False, "CRAM-MD5", "the server proves nothing"),
        ("PLAIN SCRAM-SHA-1 SCRAM-SHA-256", PASSWORD, False, "SCRAM-SHA-256", "proves that"),
        ("SCRAM-SHA-256 SCRAM-SHA-1-PLUS", PASSWORD, True, "SCRAM-SHA-1-PLUS", "bound in"),
        ("SCRAM-SHA-256 SCRAM-SHA-256-PLUS", PASSWORD, False, "SCRAM-SHA-256",
         "not SCRAM-SHA-256-PLUS: there is no TLS"),
        ("SCRAM-SHA-256-PLUS", PASSWORD, False, "", "needs channel binding: there is no TLS"),
        ("PLAIN XOAUTH2 OAUTHBEARER", TOKEN, True, "OAUTHBEARER", "sends the token itself"),
        ("PLAIN XOAUTH2", PASSWORD, True, "PLAIN", "password"),
        ("PLAIN XOAUTH2", TOKEN, True, "XOAUTH2", "only one"),
        ("PLAIN EXTERNAL", CERTIFICATE, True, "EXTERNAL", "a client certificate"),
        ("PLAIN EXTERNAL", NOBODY, True, "", "none of PLAIN EXTERNAL takes an anonymous login"),
        ("PLAIN ANONYMOUS", NOBODY, True, "ANONYMOUS", "an anonymous login"),
        ("GSSAPI NTLM", PASSWORD, True, "", "none of GSSAPI NTLM takes a password"),
        ("", PASSWORD, True, "", "announces no AUTH"),
    ],
)  # fmt: skip
def test_the_strongest_mechanism_that_can_be_used_is_chosen(
    announced: str, credentials: Credentials, secure: bool, mechanism: str, why: str
) -> None:
    choice = choose(announced.split(), credentials, tls() if secure else None)
    assert choice.mechanism == mechanism
    assert why in choice.why


@given(st.lists(st.sampled_from(sorted(MECHANISMS))), st.sampled_from([PASSWORD, TOKEN]))
def test_what_is_chosen_was_announced_can_be_done_and_takes_the_secret(
    announced: list[str], credentials: Credentials
) -> None:
    choice = choose(announced, credentials, tls())
    if choice.mechanism:
        row = MECHANISMS[choice.mechanism]
        assert row.name in announced
        assert row.name in DONE_BY_AUTH
        assert row.secret is credentials.kind
    assert choice.why
    assert "secret" not in choice.why


def test_no_two_mechanisms_for_the_same_secret_are_of_the_same_strength() -> None:
    ranked = [(row.secret, row.strength) for row in MECHANISMS.values() if row.strength]
    assert len(ranked) == len(set(ranked))


@pytest.mark.parametrize(
    ("signature_hash", "digest"),
    [("md5", "sha256"), ("sha1", "sha256"), ("sha256", "sha256"), ("sha384", "sha384")],
)
def test_the_end_point_is_the_digest_of_the_certificate_by_its_own_hash(
    signature_hash: str, digest: str
) -> None:
    expected = Binding("tls-server-end-point", hashlib.new(digest, b"der").digest())
    assert binding_of(tls(signature_hash)) == expected


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (None, "no TLS"),
        (TlsFacts(ok=False), "no TLS"),
        (TlsFacts(ok=True), "certificate is not known"),
        (tls(""), "RFC 5929 defines none"),
        (tls("sha999"), "cannot compute sha999"),
    ],
)
def test_what_a_connection_cannot_be_bound_by_is_said(facts: TlsFacts | None, why: str) -> None:
    found = binding_of(facts)
    assert isinstance(found, str)
    assert why in found


@pytest.mark.parametrize("name", ["PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER"])
def test_a_secret_that_can_be_read_is_in_the_clear_without_tls(name: str) -> None:
    assert in_clear(name, None)
    assert not in_clear(name, tls())
    assert not any(in_clear(other, None) for other in ("SCRAM-SHA-256", "CRAM-MD5", "EXTERNAL"))


@pytest.mark.parametrize(
    ("mechanism", "words"),
    [
        ("SCRAM-SHA-256-PLUS", "TLS is bound in"),
        ("SCRAM-SHA-256", "and the server proves that it knows it"),
        ("CRAM-MD5", "but the server proves nothing"),
        ("PLAIN", "sends the password itself"),
        ("XOAUTH2", "sends the token itself"),
        ("EXTERNAL", "no password is involved"),
    ],
)
def test_what_a_mechanism_does_for_the_secret_is_told(mechanism: str, words: str) -> None:
    assert words in what_it_does(MECHANISMS[mechanism])
