"""The verdict is held against `ssl` with CERT_REQUIRED, on certificates made for each case."""

from __future__ import annotations

import os
import ssl
from datetime import UTC, datetime
from pathlib import Path

import pytest

from smtpprobe.net.tls.certificates import certificate_facts
from smtpprobe.net.tls.chain import _read_once, _store, find_path, read_chain
from smtpprobe.policy import trust
from smtpprobe.protocol.tls_facts import CertificateFacts, Verdict
from tests.certificates import ANY, CLIENT, DAY, HOST, NOW, SERVER, Entity
from tests.servers.certificates import Authorities
from tests.servers.strict_kinds import STRICT_KINDS

ROOT = Entity("root", ca=True)
MIDDLE = Entity("middle", ROOT, ca=True)
OTHER = Entity("other root", ca=True)
NOT_A_CA = Entity("not a CA", ROOT)
SHORT = Entity("no further CA", ROOT, ca=True, path_length=0)
TOO_DEEP = Entity("one too many", SHORT, ca=True)
OLD_MIDDLE = Entity("old middle", ROOT, ca=True, ends=NOW - DAY)
CLIENT_MIDDLE = Entity("for clients only", ROOT, ca=True, purposes=(CLIENT,))
ITSELF = Entity("itself")

CHAINS: dict[str, tuple[Entity, ...]] = {
    "good": (Entity("leaf", ROOT),),
    "good with an intermediate": (Entity("leaf", MIDDLE), MIDDLE),
    "good with the root sent along": (Entity("leaf", MIDDLE), MIDDLE, ROOT),
    "good though in another order": (Entity("leaf", MIDDLE), ROOT, MIDDLE),
    "good with a stranger sent along": (Entity("leaf", ROOT), OTHER),
    "wildcard": (Entity("leaf", ROOT, names=("*.example.org",)),),
    "server purpose": (Entity("leaf", ROOT, purposes=(SERVER, CLIENT)),),
    "expired": (Entity("leaf", ROOT, ends=NOW - DAY),),
    "not yet valid": (Entity("leaf", ROOT, begins=NOW + DAY),),
    "expired intermediate": (Entity("leaf", OLD_MIDDLE), OLD_MIDDLE),
    "self-signed": (ITSELF,),
    "unknown CA": (Entity("leaf", OTHER),),
    "unknown CA with its root": (Entity("leaf", OTHER), OTHER),
    "missing intermediate": (Entity("leaf", MIDDLE),),
    "issuer that is no CA": (Entity("leaf", NOT_A_CA), NOT_A_CA),
    "path too long": (Entity("leaf", TOO_DEEP), TOO_DEEP, SHORT),
    "wrong name": (Entity("leaf", ROOT, names=("elsewhere.example",)),),
    "common name only": (Entity(HOST, ROOT, names=()),),
    "wrong purpose": (Entity("leaf", ROOT, purposes=(CLIENT,)),),
    "any purpose": (Entity("leaf", ROOT, purposes=(ANY,)),),
    "intermediate of another purpose": (Entity("leaf", CLIENT_MIDDLE), CLIENT_MIDDLE),
}

DIFFERENT = {
    # OpenSSL still takes a common name where there is no subject alternative name at all;
    # RFC 9525 1.3 no longer does, nor do mail servers that follow it
    "common name only": (True, 62),
}


@pytest.fixture(scope="module")
def root_file(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("ca") / "root.pem"
    file.write_bytes(ROOT.pem)
    return str(file)


def judge(
    chain: tuple[CertificateFacts, ...], reference: str, at: datetime, ca_file: str | None
) -> Verdict:
    return trust.verdict(chain, find_path(chain, ca_file), reference, at)


def verdict(chain: tuple[Entity, ...], ca_file: str | None, reference: str = HOST) -> Verdict:
    facts = tuple(certificate_facts(each.der) for each in chain)
    return judge(facts, reference, datetime.now(UTC), ca_file)


def openssl_says(
    chain: tuple[Entity, ...], ca_file: str, folder: Path, level: int, reference: str = HOST
) -> tuple[bool, int]:
    """What a strict client of the standard library makes of the chain, with no network."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    pair = folder / "pair.pem"
    pair.write_bytes(chain[0].key_pem + b"".join(each.pem for each in chain))
    server.load_cert_chain(pair)
    return handshake(server, ca_file, level, reference)


def handshake(
    server: ssl.SSLContext, ca_file: str, level: int, reference: str = HOST
) -> tuple[bool, int]:
    """Return whether a strict client goes along with a server, else OpenSSL's number for why."""
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.set_ciphers(f"DEFAULT:@SECLEVEL={level}")
    client.load_verify_locations(ca_file)
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    ours = client.wrap_bio(to_client, to_server, server_hostname=reference)
    theirs = server.wrap_bio(to_server, to_client, server_side=True)
    for _ in range(4):
        for side in (ours, theirs):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
            except ssl.SSLCertVerificationError as error:
                return False, error.verify_code
    return True, 0


@pytest.mark.parametrize("level", [0, 2])
@pytest.mark.parametrize("case", CHAINS)
def test_the_verdict_is_that_of_openssl(
    case: str, level: int, root_file: str, tmp_path: Path
) -> None:
    found = verdict(CHAINS[case], root_file)
    accepted, code = openssl_says(CHAINS[case], root_file, tmp_path, level)
    ours = (found.code or 0) or (0 if found.name_matches else 62)
    if case in DIFFERENT:
        assert (accepted, ours) == DIFFERENT[case]
        return
    assert found.verified is accepted
    assert ours == code
    assert bool(found.reason or found.name_reason) is not accepted


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        ("expired", f"the certificate expired on {NOW - DAY:%Y-%m-%d}"),
        ("not yet valid", f"the certificate is not valid before {NOW + DAY:%Y-%m-%d}"),
        ("expired intermediate", f"a certificate of its issuer expired on {NOW - DAY:%Y-%m-%d}"),
        ("self-signed", "self-signed certificate"),
        ("unknown CA", "unable to get local issuer certificate"),
        ("wrong purpose", "not valid for TLS servers (purpose)"),
    ],
)
def test_the_reason_is_told_in_a_line(case: str, reason: str, root_file: str) -> None:
    assert verdict(CHAINS[case], root_file).reason == reason


def test_trust_and_name_are_judged_apart(root_file: str) -> None:
    wrong = verdict(CHAINS["wrong name"], root_file)
    assert (wrong.trusted, wrong.name_matches) == (True, False)
    assert wrong.name_reason == "it is for elsewhere.example"
    stranger = verdict(CHAINS["unknown CA"], root_file)
    assert (stranger.trusted, stranger.name_matches) == (False, True)


def test_an_address_has_to_stand_in_the_certificate(root_file: str) -> None:
    leaf = Entity("leaf", ROOT, addresses=("192.0.2.1",))
    assert verdict((leaf,), root_file, "192.0.2.1").verified is True
    other = verdict((leaf,), root_file, "192.0.2.2")
    assert other.name_matches is False
    assert other.name_reason == "the address 192.0.2.2 is not in the certificate"


def test_without_a_store_trust_is_unknown_not_no(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = ssl.DefaultVerifyPaths(None, None, "", "", "", "")  # type: ignore[arg-type]
    monkeypatch.setattr(ssl, "get_default_verify_paths", lambda: missing)
    _store.cache_clear()
    found = verdict(CHAINS["good"], None)
    _store.cache_clear()
    assert (found.trusted, found.verified, found.code) == (None, None, None)
    assert "--ca-file" in found.reason


def test_a_ca_file_that_cannot_be_read_makes_trust_unknown(tmp_path: Path) -> None:
    empty = tmp_path / "empty.pem"
    empty.write_text("nothing")
    for file in (empty, tmp_path / "missing.pem"):
        found = verdict(CHAINS["good"], str(file))
        assert found.trusted is None
        assert str(file) in found.reason


def test_a_ca_file_that_changed_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    file.write_bytes(OTHER.pem)
    assert verdict(CHAINS["good"], str(file)).trusted is False
    file.write_bytes(ROOT.pem + OTHER.pem)
    assert verdict(CHAINS["good"], str(file)).trusted is True


def test_without_a_certificate_or_a_name_nothing_is_claimed(root_file: str) -> None:
    assert verdict((), root_file).verified is None
    nameless = verdict(CHAINS["good"], root_file, "")
    assert (nameless.trusted, nameless.name_matches) == (True, None)


def test_a_certificate_is_read_into_facts() -> None:
    made = Entity("leaf", ROOT, names=(HOST, "*.example.net"), addresses=("2001:db8::1",))
    facts = certificate_facts(made.der)
    assert facts.subject == "CN=leaf"
    assert (facts.common_name, facts.issuer_name) == ("leaf", "root")
    assert facts.names == (HOST, "*.example.net")
    assert facts.addresses == ("2001:db8::1",)
    assert (facts.not_before, facts.not_after) == (made.begins, made.ends)
    assert (facts.key, facts.signature) == ("EC secp256r1", "ecdsa-with-SHA256")
    assert len(facts.sha256) == 64


@pytest.mark.parametrize("octets", [b"", b"no certificate", b"\x30\x82\x01"])
def test_octets_that_are_no_certificate_have_only_a_fingerprint(octets: bytes) -> None:
    facts = certificate_facts(octets)
    assert facts.der == octets
    assert facts.subject == ""
    found = judge((facts,), HOST, NOW, None)
    assert (found.trusted, found.reason) == (None, "the certificate cannot be parsed")


STRICT = Authorities()
"""Whose certificates of the strict kinds are shown here."""


BY_COMMON_NAME = ("cn-beside-mail", "cn-wildcard", "cn-of-many")
"""Kinds that OpenSSL takes by the common name, and RFC 9525 does not."""


@pytest.mark.parametrize("kind", [kind for kind in STRICT_KINDS if "garbled-" not in kind])
def test_of_what_senders_differ_on_the_verdict_is_that_of_openssl(
    kind: str, tmp_path: Path
) -> None:
    chain = STRICT_KINDS[kind](STRICT, [HOST])
    roots = tmp_path / "roots.pem"
    roots.write_bytes(STRICT.ca_pem)
    server = chain.context()
    accepted, code = handshake(server, str(roots), 0)
    facts = tuple(certificate_facts(der) for der in chain.sent)
    found = judge(facts, HOST, datetime.now(UTC), str(roots))
    if code in (0, 62):
        assert found.trusted is True
        assert (found.name_matches or kind in BY_COMMON_NAME) is accepted
    else:
        assert (found.trusted, found.code) == (False, code)


@pytest.mark.parametrize("kind", [kind for kind in STRICT_KINDS if "garbled-" in kind])
def test_what_openssl_takes_for_no_certificate_is_not_trusted(kind: str, tmp_path: Path) -> None:
    chain = STRICT_KINDS[kind](STRICT, [HOST])
    roots = tmp_path / "roots.pem"
    roots.write_bytes(STRICT.ca_pem)
    facts = tuple(certificate_facts(der) for der in chain.sent)
    found = judge(facts, HOST, datetime.now(UTC), str(roots))
    assert found.trusted is (kind == "garbled-stamps")
    assert found.name_matches is (None if kind == "garbled-names" else True)


def test_a_root_for_clients_only_is_not_trusted(tmp_path: Path) -> None:
    root = Entity("root for clients", ca=True, purposes=(CLIENT,))
    file = tmp_path / "root.pem"
    file.write_bytes(root.pem)
    chain = (Entity("leaf", root),)
    assert openssl_says(chain, str(file), tmp_path, 0) == (False, 26)
    assert (verdict(chain, str(file)).trusted, verdict(chain, str(file)).code) == (False, 26)


def test_a_chain_that_many_hosts_show_is_judged_once_until_the_ca_file_changes(
    tmp_path: Path,
) -> None:
    file = tmp_path / "root.pem"
    file.write_bytes(ROOT.pem)
    ders = (CHAINS["good with an intermediate"][0].der, MIDDLE.der)
    first = read_chain(ders, str(file))
    assert first[1].code == 0
    assert read_chain(tuple(bytes(der) for der in ders), str(file)) is first
    file.write_bytes(OTHER.pem)
    os.utime(file, ns=(1, 1))
    assert read_chain(ders, str(file))[1].code == 20
    file.unlink()
    assert read_chain(ders, str(file))[1].code is None


def test_a_long_chain_is_judged_and_not_remembered(root_file: str) -> None:
    ders = (CHAINS["good"][0].der, *(OTHER.der for _ in range(40)))
    before = _read_once.cache_info().currsize
    assert read_chain(ders, root_file)[1].code == 0
    assert _read_once.cache_info().currsize == before
