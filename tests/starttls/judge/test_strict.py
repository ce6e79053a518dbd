"""What stricter senders refuse in a session that went well with us: cells, who they are, levels."""

from __future__ import annotations

from typing import Any

import pytest

from smtpprobe.net.tls.anchors import with_anchors
from smtpprobe.policy.dane import DANE_TA, Chain
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.protocol.tls_facts import CertificateFacts, Shown, TlsFacts, TrustPath
from smtpprobe.starttls.facts import Facts
from smtpprobe.starttls.finding_table import FINDINGS, ROWS
from smtpprobe.starttls.judge.judge import Report
from smtpprobe.starttls.judge.options import Sender
from smtpprobe.starttls.reports.json_report import report_object
from smtpprobe.starttls.reports.labels import grouped, number_for
from smtpprobe.starttls.reports.text import report_lines
from smtpprobe.starttls.sender_kinds import NOTE, WARN
from tests.certificates import HOST, Entity
from tests.starttls.judge.test_findings import digest
from tests.starttls.stage import (
    LEAF,
    MIDDLE,
    ROOT,
    address,
    certificates,
    facts,
    host,
    judged,
    levels,
    own_key,
    session,
    sts,
    tlsa,
    words,
)

ALL = (
    *("Postfix at may and encrypt", "Postfix at dane", "Postfix at verify and secure"),
    *("OpenSSL's defaults", "Python's ssl"),
)
VERIFYING, DEFAULTS = ALL[1:], ALL[3:]


def old(version: str = "TLSv1.2", **seen: object) -> TlsFacts:
    """A session of TLS 1.2 or older in which something was seen."""
    negotiated = session().negotiated._replace(**seen)  # type: ignore[arg-type]
    return session(version=version, negotiated=negotiated)


def certified(leaf: dict[str, object], issuer: dict[str, object] | None = None) -> TlsFacts:
    """A session with something else about its certificates, which lead to a root."""
    chain: list[CertificateFacts] = [*certificates(LEAF, MIDDLE)]
    for place, changes in enumerate((leaf, issuer or {})):
        chain[place] = chain[place]._replace(**changes)  # type: ignore[arg-type]
    path = TrustPath(0, "", (*chain, *certificates(ROOT)))
    return session(certificates=Shown(tuple(chain), path))


def published(tls: TlsFacts) -> Facts:
    """Somebody with a `3 1 1` record that matches and a policy that covers."""
    return facts(host(address(tls=tls), tlsa=tlsa(own_key())), sts=sts())


def row(report: Report) -> tuple[str, ...]:
    return tuple(report.addresses[0].cells[sender].value.value for sender in Sender)


HANDSHAKES = [
    (old(secure_renegotiation=False), "tls.insecure-renegotiation", ALL, "clear no no partial"),
    (old("TLSv1"), "tls.old-version", VERIFYING, "tls no no no"),
    (old("TLSv1.1"), "tls.old-version", VERIFYING, "tls no no no"),
    (old(group="dh 768"), "tls.weak-group", VERIFYING, "tls no no partial"),
    (old(group="dh 1024"), "tls.weak-group", DEFAULTS, "tls yes yes partial"),
    (old(group="dh 2048"), "tls.weak-group", (), "tls yes yes yes"),
    (old(group="secp192r1"), "tls.weak-group", DEFAULTS, "tls yes yes partial"),
    (old(signature="rsa_pkcs1_sha1"), "tls.weak-signature", VERIFYING, "tls no no partial"),
    (old(signature="ecdsa_sha1"), "tls.weak-signature", VERIFYING, "tls no no partial"),
]

NOT_DANE = (ALL[2], *DEFAULTS)

CERTIFICATES = [
    (certified({"key": "RSA 1024", "key_bits": 1024}), "cert.weak-key", DEFAULTS, "partial"),
    (certified({}, {"key": "RSA 1024", "key_bits": 1024}), "cert.weak-key", DEFAULTS, "partial"),
    (certified({"key": "RSA 768", "key_bits": 768}), "cert.weak-key", NOT_DANE, "partial"),
    (certified({"key": "EC secp192r1", "key_bits": 192}), "cert.weak-key", DEFAULTS, "partial"),
    (certified({"signature_hash": "sha1"}), "cert.weak-sig", NOT_DANE, "partial"),
    (certified({"signature_hash": "md5"}), "cert.weak-sig", NOT_DANE, "partial"),
    (certified({}, {"signature_hash": "sha1"}), "cert.weak-sig", NOT_DANE, "partial"),
]


@pytest.mark.parametrize(("tls", "name", "clients", "cells"), HANDSHAKES)
def test_a_handshake_that_stricter_senders_refuse_is_theirs_to_fail(
    tls: TlsFacts, name: str, clients: tuple[str, ...], cells: str
) -> None:
    report = judged(published(tls))
    assert row(report) == tuple(cells.split())
    assert [one.refused_by for one in report.findings if one.id == name] == [clients]


@pytest.mark.parametrize(("tls", "name", "clients", "cell"), CERTIFICATES)
def test_a_certificate_that_stricter_senders_refuse_is_told_with_who_they_are(
    tls: TlsFacts, name: str, clients: tuple[str, ...], cell: str
) -> None:
    report = judged(published(tls))
    secure = "no" if clients == NOT_DANE else "yes"
    assert row(report) == ("tls", secure, "yes", cell)
    assert [one.refused_by for one in report.findings if one.id == name] == [clients]
    assert levels(report, name) == ["fail"]
    shown: Any = report_object(report)
    (told,) = (each for each in shown["findings"] if each["id"] == name)
    assert told["refused_by"] == list(clients)


@pytest.mark.parametrize(
    ("level", "found"),
    [(None, "warn"), (Sender.OPPORTUNISTIC, "warn"), (Sender.PKIX, "fail"), (Sender.DANE, "warn")],
)
def test_without_a_policy_what_verifying_senders_refuse_only_warns(
    level: Sender | None, found: str
) -> None:
    report = judged(facts(host(address(tls=old("TLSv1")))), level=level)
    assert levels(report, "tls.old-version") == [found]
    (told,) = (one for one in report.findings if one.id == "tls.old-version")
    assert told.message == (
        "TLSv1 is the newest version it supports; refused by Postfix at verify and secure, "
        "OpenSSL's defaults, Python's ssl"
    )


def test_all_levels_of_postfix_are_named_in_one() -> None:
    report = judged(facts(host(address(tls=old(secure_renegotiation=False)))))
    (told,) = (one for one in report.findings if one.id == "tls.insecure-renegotiation")
    assert told.message == (
        "no secure renegotiation: OpenSSL 3 aborts the handshake; refused by "
        "Postfix at every level, OpenSSL's defaults, Python's ssl"
    )


def test_where_no_tlsa_record_can_be_used_postfix_does_as_at_encrypt() -> None:
    unusable = tlsa(digest(LEAF, 1, 1, 1))
    found = facts(host(address(tls=old("TLSv1")), tlsa=unusable))
    assert row(judged(found))[2] == "yes"
    refused = facts(host(address(tls=old(secure_renegotiation=False)), tlsa=unusable))
    assert row(judged(refused))[2] == "no"


def test_under_a_trust_anchor_weak_links_below_it_fail() -> None:
    record = digest(MIDDLE, 1, 1, DANE_TA)
    for changes, cell in (
        ({"signature_hash": "sha1"}, "no"),
        ({"key": "RSA 768", "key_bits": 768}, "no"),
        ({"key": "RSA 1024", "key_bits": 1024}, "yes"),
    ):
        leaf, middle = certificates(LEAF, MIDDLE)
        weak = leaf._replace(**changes)
        chain = with_anchors(Chain((weak, middle)), [record])
        report = judged(facts(host(address(chain=chain), tlsa=tlsa(record))))
        assert row(report)[2] == cell
    anchor = middle._replace(signature_hash="sha1")
    chain = with_anchors(Chain((leaf, anchor)), [record])
    assert row(judged(facts(host(address(chain=chain), tlsa=tlsa(record)))))[2] == "yes"


BY_NAME = Entity(HOST, MIDDLE, names=())


def test_a_common_name_is_enough_for_postfix_and_not_for_mta_sts() -> None:
    report = judged(facts(host(address(tls=session(BY_NAME, MIDDLE))), sts=sts()))
    assert row(report) == ("tls", "yes", "not-applicable", "no")
    assert levels(report, "cert.cn-only") == ["fail"]
    assert "cert.name" not in [one.id for one in report.findings]
    assert levels(judged(report.facts, level=Sender.PKIX), "cert.cn-only") == ["warn"]


@pytest.mark.parametrize(
    ("names", "cell", "reason"),
    [
        ((HOST,), "yes", ""),
        (("mx.provider.example",), "no", "the certificate is for another name"),
        (("example.org",), "partial", "the certificate is for the domain"),
        (("*.example.org",), "yes", ""),
        (("www.example.org",), "partial", "the certificate is for the domain"),
    ],
)
def test_postfix_at_secure_looks_for_the_domain_unless_it_is_told_more(
    names: tuple[str, ...], cell: str, reason: str
) -> None:
    found = facts(host(address(tls=session(Entity("leaf", MIDDLE, names=names), MIDDLE))))
    told = judged(found).addresses[0].cells[Sender.PKIX]
    assert told.value.value == cell
    assert told.reason.startswith(reason)


def test_of_a_host_in_another_domain_it_is_said_what_postfix_at_secure_needs() -> None:
    name = "mx.provider.example"
    tls = session(Entity("leaf", MIDDLE, names=(name,)), MIDDLE)
    told = judged(facts(host(address(tls=tls), name=name))).addresses[0].cells[Sender.PKIX]
    assert (told.value.value, "match=hostname" in told.reason) == ("yes", True)


def test_a_cell_leads_to_the_finding_about_what_is_refused() -> None:
    report = judged(published(old("TLSv1.1")))
    groups = grouped(report.findings)
    (one,) = report.addresses
    for sender in (Sender.PKIX, Sender.DANE):
        number = number_for(groups, one, sender)
        assert number is not None
        assert groups[number - 1].first.id == "tls.old-version"
    assert "[1]" in words(report_lines(report, 120))


def test_what_touches_no_delivery_leads_from_no_cell() -> None:
    harmless = [row.id for row in ROWS if not row.affects and row.level in (WARN, NOTE)]
    looked_up = [name for name in harmless if name.startswith(("conn.", "cert."))]
    assert {"conn.family-differs", "cert.order", "cert.must-staple"} <= set(looked_up)
    assert [name for name in looked_up if FINDINGS[name].explains] == []


def test_an_address_is_never_matched_by_a_common_name() -> None:
    tls = session(Entity("192.0.2.1", MIDDLE, names=()), MIDDLE)
    one = host(address(tls=tls), name="192.0.2.1", literal=True)
    assert row(judged(facts(one)))[1] == "no"


def test_of_an_address_it_is_said_what_postfix_at_secure_needs() -> None:
    leaf = Entity("leaf", MIDDLE, addresses=("192.0.2.1",))
    one = host(address(tls=session(leaf, MIDDLE)), name="192.0.2.1", literal=True)
    target = Target(TargetKind.ADDRESS, "192.0.2.1")
    found = facts(one, target=target, domain="", lookups=())
    told = judged(found).addresses[0].cells[Sender.PKIX]
    assert (told.value.value, "match=hostname" in told.reason) == ("yes", True)
