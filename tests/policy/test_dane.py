"""Which TLSA records count and match (RFC 7672, 7671), on made certificates."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from smtpprobe.net.tls.anchors import with_anchors
from smtpprobe.net.tls.certificates import certificate_facts
from smtpprobe.policy import dane
from smtpprobe.policy.dane import Chain, Miss, Outcome, Record, Verdict, compare, reference_names
from smtpprobe.policy.der import SEQUENCE, children, element, public_key_info, tagged
from smtpprobe.policy.dns_answer import Lookup, Proof, Status, answered
from smtpprobe.protocol.tls_facts import CertificateFacts
from tests.certificates import CLIENT, DAY, HOST, NOW, Entity

ROOT = Entity("root", ca=True)
MIDDLE = Entity("middle", ROOT, ca=True)
LEAF = Entity("leaf", MIDDLE)
STALE = Entity("stale", MIDDLE)


def spki(entity: Entity) -> bytes:
    return entity.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def record(kind: str, entity: Entity) -> Record:
    usage, selector, mtype = map(int, kind.split())
    part = spki(entity) if selector else entity.der
    data = {
        0: part,
        1: hashlib.sha256(part).digest(),
        2: hashlib.sha512(part).digest(),
    }[mtype]
    return Record(usage, selector, mtype, data)


def chain_of(*sent: Entity) -> Chain:
    return Chain(tuple(certificate_facts(one.der) for one in sent))


def outcome(
    *records: Record, chain: Chain | None = None, names: Sequence[str] = (HOST,)
) -> Outcome:
    found = with_anchors(chain or chain_of(LEAF, MIDDLE), records)
    return compare(records, found, names, datetime.now(UTC))


def test_the_key_of_a_certificate_is_found_without_a_library() -> None:
    assert public_key_info(LEAF.der) == spki(LEAF)
    assert public_key_info(spki(LEAF)) is None
    assert public_key_info(b"") is None
    assert public_key_info(LEAF.der[:-1]) is None


def with_key(certificate: bytes, key: bytes) -> bytes:
    """A certificate with another key in it; its signature is wrong then."""
    outer = element(certificate, 0, len(certificate))
    assert outer is not None
    body, *rest = children(certificate, outer)
    fields = [certificate[one.start : one.end] for one in children(certificate, body)]
    fields[fields.index(spki(LEAF))] = key
    signed = b"".join(certificate[one.start : one.end] for one in rest)
    return tagged(SEQUENCE, tagged(SEQUENCE, b"".join(fields)) + signed)


RSA_PSS = bytes.fromhex("300b06092a864886f70d01010a")
P_256 = bytes.fromhex("301306072a8648ce3d020106082a8648ce3d030107")


@pytest.mark.parametrize(
    ("algorithm", "bits"), [(RSA_PSS, b"\x30\x00"), (P_256, b"\x02" + bytes(32))]
)
def test_a_key_is_taken_as_its_octets_stand_and_never_written_anew(
    algorithm: bytes, bits: bytes
) -> None:
    key = tagged(SEQUENCE, algorithm + tagged(0x03, b"\0" + bits))
    assert public_key_info(with_key(LEAF.der, key)) == key


@pytest.mark.parametrize("kind", ["3 0 0", "3 0 1", "3 0 2", "3 1 0", "3 1 1", "3 1 2"])
def test_a_record_of_the_servers_own_key_matches(kind: str) -> None:
    found = outcome(record(kind, LEAF))
    assert (found.verdict, found.record, found.depth) == (Verdict.MATCH, 0, 0)
    assert outcome(record(kind, STALE)).miss is Miss.NOTHING


@pytest.mark.parametrize("kind", ["2 0 1", "2 0 2", "2 1 1", "2 1 2"])
def test_a_record_of_an_issuer_that_was_sent_matches(kind: str) -> None:
    found = outcome(record(kind, MIDDLE))
    assert (found.verdict, found.depth) == (Verdict.MATCH, 1)
    missing = outcome(record(kind, ROOT))
    assert (missing.verdict, missing.miss) == (Verdict.NO_MATCH, Miss.ANCHOR_NOT_SENT)


def test_an_issuer_published_whole_need_not_be_sent() -> None:
    full = record("2 0 0", ROOT)
    found = outcome(full, chain=chain_of(LEAF, MIDDLE))
    assert (found.verdict, found.depth) == (Verdict.MATCH, 2)


def test_a_bare_key_in_dns_may_have_verified_the_last_signature() -> None:
    found = outcome(record("2 1 0", ROOT))
    assert (found.verdict, found.depth) == (Verdict.MATCH, 2)
    assert outcome(record("2 1 0", STALE)).miss is Miss.ANCHOR_NOT_SENT


def test_the_order_in_which_certificates_were_sent_does_not_matter() -> None:
    found = outcome(record("2 1 1", ROOT), chain=chain_of(LEAF, ROOT, MIDDLE))
    assert (found.verdict, found.depth) == (Verdict.MATCH, 2)


@pytest.mark.parametrize(
    ("leaf", "miss"),
    [
        (Entity("expired", MIDDLE, ends=NOW - DAY), Miss.DATES),
        (Entity("elsewhere", MIDDLE, names=("other.example",)), Miss.NAME),
        (Entity("for clients", MIDDLE, purposes=(CLIENT,)), Miss.PURPOSE),
        (Entity("stranger", ROOT), Miss.NO_PATH),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_usage_2_looks_at_path_purpose_dates_and_name_where_usage_3_does_not(
    leaf: Entity, miss: Miss
) -> None:
    found = outcome(record("2 1 1", MIDDLE), chain=chain_of(leaf, MIDDLE))
    assert (found.verdict, found.miss) == (Verdict.NO_MATCH, miss)
    own = outcome(record("3 1 1", leaf), chain=chain_of(leaf, MIDDLE))
    assert own.verdict is Verdict.MATCH


def test_an_anchor_has_to_be_an_authority_whose_path_length_suffices() -> None:
    no_ca = Entity("no authority", ROOT)
    leaf = Entity("leaf", no_ca)
    assert outcome(record("2 1 1", no_ca), chain=chain_of(leaf, no_ca)).miss is Miss.BROKEN
    short = Entity("short", ROOT, ca=True, path_length=0)
    deep = Entity("deep", short, ca=True)
    below = Entity("leaf", deep)
    assert outcome(record("2 1 1", deep), chain=chain_of(below, deep)).verdict is Verdict.MATCH
    found = outcome(record("2 1 1", short), chain=chain_of(below, deep, short)).missed
    assert found == (Miss.BROKEN, "path length constraint exceeded")


@pytest.mark.parametrize("kind", ["2 0 0", "2 0 1", "2 1 1"])
def test_the_servers_own_certificate_is_no_trust_anchor(kind: str) -> None:
    alone = Entity("alone")
    assert outcome(record(kind, alone), chain=chain_of(alone)).miss is Miss.OWN


def test_the_bare_key_of_a_certificate_that_signed_itself_is_an_anchor() -> None:
    alone = Entity("alone")
    assert outcome(record("2 1 0", alone), chain=chain_of(alone)).verdict is Verdict.MATCH


@pytest.mark.parametrize("other_first", [True, False])
def test_a_record_matches_by_its_own_way_to_an_anchor_and_by_no_others(other_first: bool) -> None:
    stranger = record("2 0 1", Entity("another authority", ca=True))
    ours = record("2 0 1", MIDDLE)
    records = (stranger, ours) if other_first else (ours, stranger)
    found = outcome(*records)
    assert found.verdict is Verdict.MATCH
    assert found.record == int(other_first)
    assert outcome(stranger).verdict is Verdict.NO_MATCH


@pytest.mark.parametrize("missing", ["not_before", "not_after"])
def test_a_way_to_an_anchor_with_dates_that_cannot_be_read_does_not_match(missing: str) -> None:
    chain = with_anchors(chain_of(LEAF, MIDDLE), (record("2 0 1", MIDDLE),))
    undated = tuple(
        one._replace(
            path=one.path._replace(
                certificates=(
                    one.path.certificates[0]._replace(**{missing: None}),  # type: ignore[arg-type] # a date
                    *one.path.certificates[1:],
                )
            )
        )
        for one in chain.anchored
    )
    found = compare((record("2 0 1", MIDDLE),), replace(chain, anchored=undated), (HOST,), NOW)
    assert (found.verdict, found.miss) == (Verdict.NO_MATCH, Miss.DATES)


def test_the_dates_of_an_anchor_do_not_count_those_below_it_do() -> None:
    old = Entity("old", ROOT, ca=True, ends=NOW - DAY)
    leaf = Entity("leaf", old)
    assert outcome(record("2 0 1", old), chain=chain_of(leaf, old)).verdict is Verdict.MATCH
    assert outcome(record("2 0 1", ROOT), chain=chain_of(leaf, old, ROOT)).miss is Miss.DATES
    assert outcome(record("2 1 0", old), chain=chain_of(leaf, old)).verdict is Verdict.MATCH


def test_a_common_name_counts_for_usage_2_only_where_there_is_no_dns_name() -> None:
    plain = Entity(HOST, MIDDLE, names=())
    assert outcome(record("2 1 1", MIDDLE), chain=chain_of(plain, MIDDLE)).verdict is Verdict.MATCH
    other = Entity(HOST, MIDDLE, names=("other.example",))
    assert outcome(record("2 1 1", MIDDLE), chain=chain_of(other, MIDDLE)).miss is Miss.NAME


def mx_answer(proof: Proof, *aliases: str) -> Lookup:
    return answered("example.org", "MX", proof, ("10 mx",), aliases)


@pytest.mark.parametrize(
    ("mx", "names", "disputed"),
    [
        (mx_answer(Status.SECURE), ("mx", "example.org"), ()),
        (mx_answer(Status.SECURE, "hop", "end"), ("mx", "example.org", "end"), ()),
        (mx_answer(Status.UNVERIFIED, "end"), ("mx", "example.org", "end"), ()),
        (mx_answer(Status.INSECURE), ("mx",), ("example.org",)),
        (mx_answer(Status.INSECURE, "end"), ("mx",), ("example.org", "end")),
        (None, ("mx",), ("alias",)),
    ],
    ids=lambda value: value.status.value if isinstance(value, Lookup) else None,
)
def test_the_domain_counts_before_and_after_its_aliases_where_its_mx_is_secure(
    mx: Lookup | None, names: tuple[str, ...], disputed: tuple[str, ...]
) -> None:
    found = reference_names("mx", "alias", mx)
    assert (found.names, found.disputed) == (names, disputed)
    assert (found.dispute is not None) is bool(disputed)


def test_a_host_whose_own_name_is_the_base_domain_leaves_no_doubt() -> None:
    assert reference_names("mx", "mx", None).dispute is None


@pytest.mark.parametrize(
    ("records", "counted", "verdict"),
    [
        ((("3 1 1", True), ("3 1 2", False)), (1,), Verdict.NO_MATCH),
        ((("3 1 1", False), ("3 1 2", True)), (1,), Verdict.MATCH),
        ((("3 1 0", True), ("3 1 2", False)), (0, 1), Verdict.MATCH),
        ((("3 0 1", True), ("3 1 2", False)), (0, 1), Verdict.MATCH),
        ((("2 1 1", True), ("3 1 2", False)), (0, 1), Verdict.MATCH),
    ],
    ids=["case 1", "case 2", "case 3", "case 4", "case 5"],
)
def test_a_stronger_digest_outdoes_a_weaker_one_of_its_kind(
    records: tuple[tuple[str, bool], ...], counted: tuple[int, ...], verdict: Verdict
) -> None:
    right = {"2": MIDDLE, "3": LEAF}
    made = [record(kind, right[kind[0]] if ok else STALE) for kind, ok in records]
    found = outcome(*made)
    assert (found.counted, found.verdict) == (counted, verdict)
    if verdict is Verdict.NO_MATCH:
        assert found.miss is Miss.SHADOWED


def test_an_unusable_record_hides_nothing() -> None:
    broken = Record(3, 1, 2, b"too short")
    found = outcome(record("3 1 1", LEAF), broken)
    assert (found.verdict, found.counted) == (Verdict.MATCH, (0,))


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (record("1 1 1", LEAF), "usage 1 (PKIX) is not supported for SMTP"),
        (record("0 0 1", LEAF), "usage 0 (PKIX) is not supported for SMTP"),
        (Record(4, 1, 1, bytes(32)), "unknown usage 4"),
        (Record(3, 2, 1, bytes(32)), "unknown selector 2"),
        (Record(3, 1, 255, bytes(32)), "unknown matching type 255"),
        (Record(3, 1, 1, bytes(31)), "31 octets are not a SHA256 digest"),
        (Record(3, 0, 0, b"junk"), "its data is not a certificate"),
        (Record(3, 1, 0, b"junk"), "its data is not a public key"),
    ],
)
def test_a_record_that_cannot_be_used_says_why(made: Record, why: str) -> None:
    assert dane.unusable(made) == why
    assert outcome(made).verdict is Verdict.UNUSABLE


def test_how_a_usage_is_taken_is_one_row(monkeypatch: pytest.MonkeyPatch) -> None:
    stated = record("1 1 1", LEAF)
    assert outcome(stated).verdict is Verdict.UNUSABLE
    monkeypatch.setitem(dane.TREATED_AS, dane.PKIX_EE, dane.DANE_EE)
    assert dane.unusable(stated) == ""
    assert outcome(stated).verdict is Verdict.MATCH
    assert outcome(record("1 1 1", STALE)).verdict is Verdict.NO_MATCH
    both = (record("1 1 2", STALE), record("3 1 1", LEAF))
    assert outcome(*both).miss is Miss.SHADOWED


def test_without_records_or_without_a_chain_nothing_is_claimed() -> None:
    assert outcome().verdict is Verdict.NONE
    assert outcome(record("3 1 1", LEAF), chain=Chain()).verdict is Verdict.UNKNOWN


def test_a_record_is_read_as_a_zone_file_has_it() -> None:
    assert dane.parse_record("3 1 1 8F2C 41aa") == Record(3, 1, 1, bytes.fromhex("8f2c41aa"))
    for text in ("", "3 1 1", "3 1 x 00", "3 1 1 0", "3 1 256 00", "3 1 1 zz"):
        assert dane.parse_record(text) is None
    made = dane.record_for(LEAF.der)
    assert made == record("3 1 1", LEAF)
    assert str(made).startswith("3 1 1 ")


def lookup(proof: Proof, *aliases: str) -> Lookup:
    return answered("mx.example.org", "A", proof, ("192.0.2.1",), aliases)


@pytest.mark.parametrize(
    ("addresses", "alias", "bases"),
    [
        (lookup(Status.SECURE), None, ("mx.example.org",)),
        (lookup(Status.SECURE, "real.example.net"), None, ("real.example.net", "mx.example.org")),
        (lookup(Status.INSECURE), None, ()),
        (lookup(Status.INSECURE, "a.test"), lookup(Status.SECURE, "a.test"), ("mx.example.org",)),
        (lookup(Status.INSECURE, "a.test"), lookup(Status.INSECURE, "a.test"), ()),
    ],
)
def test_the_base_domain_follows_secure_aliases(
    addresses: Lookup, alias: Lookup | None, bases: tuple[str, ...]
) -> None:
    found = dane.base_domains("mx.example.org", addresses.status, addresses.aliases, alias)
    assert found == bases
    assert dane.owner("mx.example.org.", 587) == "_587._tcp.mx.example.org"


@pytest.mark.parametrize("order", [1, -1])
def test_where_several_records_match_that_of_the_servers_own_key_is_told(order: int) -> None:
    published = [record("2 1 1", MIDDLE), record("3 1 1", LEAF)][::order]
    found = outcome(*published)
    assert found.verdict is Verdict.MATCH
    assert (found.record, found.depth) == (published.index(record("3 1 1", LEAF)), 0)


@pytest.mark.parametrize("kind", ["2 0 1", "2 1 1", "2 1 2"])
def test_a_certificate_that_cannot_be_read_leaves_a_way_to_an_anchor_unknown(kind: str) -> None:
    unread = CertificateFacts(b"no certificate", "0")
    sent = Chain((*chain_of(LEAF).certificates, unread))
    found = outcome(record(kind, ROOT), chain=sent)
    assert (found.verdict, found.record) == (Verdict.UNKNOWN, None)
    found = outcome(record("3 1 1", STALE), chain=sent)  # needs no way
    assert found.verdict is Verdict.NO_MATCH
    found = outcome(record(kind, ROOT), chain=chain_of(LEAF, MIDDLE))
    assert found.verdict is Verdict.NO_MATCH
