"""Certificates as nobody should make them: each is told, none breaks the check."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.net.tls.anchors import with_anchors
from smtpprobe.net.tls.certificate_extensions import NAMES
from smtpprobe.net.tls.certificates import certificate_facts
from smtpprobe.net.tls.chain import find_path
from smtpprobe.policy.dane import DANE_TA, Chain, record_for
from smtpprobe.policy.der import extensions
from smtpprobe.policy.trust import names_unread, verdict
from smtpprobe.present.escape import escaped
from smtpprobe.protocol.tls_facts import Details, Shown, TlsFacts
from smtpprobe.starttls.judge.judge import Report
from smtpprobe.starttls.judge.matrix import Value
from smtpprobe.starttls.judge.options import Sender
from smtpprobe.starttls.reports.html import html_page
from smtpprobe.starttls.reports.json_report import report_object
from smtpprobe.starttls.reports.text import report_lines
from tests.certificates import DAY, HOST, NOW, Entity
from tests.servers.certificates import Authorities, Wish, issued, resigned, usage
from tests.servers.strict_kinds import STRICT_KINDS
from tests.starttls.stage import (
    LEAF,
    MIDDLE,
    ROOT,
    address,
    facts,
    host,
    ids,
    judged,
    levels,
    own_key,
    session,
    sts,
    tlsa,
    words,
)

FAR = Entity("far", names=(HOST,), ends=NOW.replace(year=9999))
NAMELESS = Entity("nobody", names=())
NUL = Entity("nul", names=(f"{HOST}\0.evil.example",))
STRANGE = Entity("strange", names=("*", "*.org", "..", "-", "a" * 70 + ".example"))
MANY = Entity("many", names=tuple(f"n{n}.example" for n in range(500)))


def broken_dates(entity: Entity) -> bytes:
    """A certificate whose last day is no day, in the place of the year 9999."""
    der = entity.der
    position = der.index(b"\x18\x0f9999") + 2
    return der[:position] + b"99991399999999Z" + der[position + 15 :]


def showing(*ders: bytes) -> TlsFacts:
    chain = tuple(certificate_facts(der) for der in ders)
    return session(certificates=Shown(chain, find_path(chain, None)))


@pytest.mark.parametrize(
    ("ders", "found"),
    [
        ((NAMELESS.der,), "cert.name"),
        ((NUL.der,), "cert.name"),
        ((STRANGE.der,), "cert.name"),
        ((MANY.der,), "cert.name"),
        ((FAR.der,), "cert.untrusted"),
        ((broken_dates(FAR),), "cert.unreadable"),
        ((b"no certificate",), "cert.unreadable"),
        ((FAR.der[:-7],), "cert.unreadable"),
        ((FAR.der, b"", b"\x30\x03\x02\x01\x01"), "cert.unreadable"),
        ((FAR.der,) * 500, "cert.order"),
    ],
    ids=["no name", "NUL", "strange", "many", "9999", "no day", "junk", "cut", "rest", "500"],
)
def test_an_odd_certificate_has_a_finding_and_every_report_can_be_shown(
    ders: tuple[bytes, ...], found: str
) -> None:
    tls = showing(*ders)
    report = judged(facts(host(address(tls=tls), tlsa=tlsa(own_key()))))
    assert found in ids(report)
    assert "\0" not in words(report_lines(report, 100))
    assert "\0" not in html_page([report])
    json.dumps(report_object(report))


def test_a_name_that_is_no_text_is_empty_and_the_rest_is_read() -> None:
    odd = certificate_facts(FAR.der.replace(b"far", b"f\xe4r"))
    whole = certificate_facts(FAR.der)
    assert (odd.subject, odd.issuer, odd.common_name, odd.issuer_name) == ("", "", "", "")
    assert (odd.names, odd.key, odd.not_after) == (whole.names, whole.key, whole.not_after)
    assert "cert.unreadable" not in ids(judged(facts(host(address(tls=showing(odd.der))))))


UNREAD = broken_dates(FAR)


def of_certificates(report: Report) -> set[str]:
    return {name for name in ids(report) if name.startswith("cert.")}


@pytest.mark.parametrize("leaf", [UNREAD, b"no certificate", FAR.der[:-7]])
def test_of_a_certificate_that_cannot_be_read_nothing_else_is_said(leaf: bytes) -> None:
    report = judged(facts(host(address(tls=showing(leaf)))))
    assert of_certificates(report) == {"cert.unreadable"}
    assert report.addresses[0].cells[Sender.PKIX].value is Value.UNKNOWN
    text = words(report_lines(report, 120))
    for invented in ("self-signed", "no name", "not for", "None", "expired"):
        assert invented not in text
    told: Any = report_object(report)
    shown = told["hosts"][0]["addresses"][0]["certificate"]
    parts = [shown["pkix"][name] for name in ("trusted", "path", "purpose", "dates")]
    assert [*parts, shown["name"]["via"]] == ["unknown"] * 5
    assert shown["pkix"]["dates_reason"] == "the certificate cannot be parsed"
    assert shown["name"]["via_reason"] == "the certificate cannot be parsed"
    assert shown["chain"][0]["readable"] is False
    assert shown["chain"][0]["must_staple"] is None
    assert shown["chain"][0]["must_staple_reason"] == "the certificate cannot be parsed"


def test_where_a_policy_asks_for_it_an_unreadable_certificate_is_what_cannot_be_told() -> None:
    found = facts(host(address(tls=showing(UNREAD))), sts=sts())
    report = judged(found)
    assert levels(report, "cert.unreadable") == ["unknown"]
    assert (report.result.value, int(report.exit_status)) == ("inconclusive", 4)
    assert report.addresses[0].cells[Sender.STS].value is Value.UNKNOWN


def test_its_key_can_be_compared_with_a_tlsa_record_all_the_same() -> None:
    key = record_for(UNREAD)
    assert key is not None
    report = judged(facts(host(address(tls=showing(UNREAD)), tlsa=tlsa(key))))
    assert report.addresses[0].cells[Sender.DANE].value is Value.YES
    anchor = replace(own_key(MIDDLE), usage=DANE_TA)
    chain = with_anchors(Chain(showing(UNREAD, MIDDLE.der).chain), [anchor])
    tls = showing(UNREAD, MIDDLE.der)
    report = judged(facts(host(address(tls=tls, chain=chain), tlsa=tlsa(anchor))))
    assert report.addresses[0].cells[Sender.DANE].value is Value.UNKNOWN
    assert levels(report, "cert.unreadable") == ["unknown"]


def test_an_unreadable_issuer_is_no_missing_and_no_unknown_one(tmp_path: Path) -> None:
    roots = tmp_path / "roots.pem"
    roots.write_bytes(ROOT.pem)
    chain = tuple(certificate_facts(der) for der in (LEAF.der, MIDDLE.der[:-7]))
    tls = session(certificates=Shown(chain, find_path(chain, str(roots))))
    found = judged(facts(host(address(tls=tls))))
    assert of_certificates(found) == {"cert.unreadable"}
    (told,) = (one for one in found.findings if one.id == "cert.unreadable")
    assert told.message == "certificate 2 of 2 cannot be parsed"
    cell = found.addresses[0].cells[Sender.PKIX]
    assert (cell.value, cell.reason) == (Value.UNKNOWN, "the certificate cannot be parsed")


def test_the_verdict_of_a_session_does_not_invent_a_name_either() -> None:
    chain = (certificate_facts(UNREAD),)
    found = verdict(chain, find_path(chain, None), HOST, NOW)
    assert (found.trusted, found.name_matches) == (None, None)
    assert found.name_reason == "the certificate cannot be parsed"


def test_a_day_beyond_all_days_is_no_crash() -> None:
    late = judged(facts(host(address(tls=showing(FAR.der)))), at=NOW.replace(year=9999) + DAY)
    assert "cert.expired" in ids(late)


BY = Authorities()

PARTLY = {
    "latin1-in-aia": (("authorityInfoAccess",), "yes", "note"),
    "latin1-in-mail": ((), "yes", None),
    "latin1-in-other-name": ((), "no", None),
    "latin1-in-name": ((), "yes", None),
    "latin1-name": ((), "no", None),
    "garbled-stamps": (("signedCertificateTimestampList",), "yes", "note"),
    "garbled-constraints": (("basicConstraints",), "no", "warn"),
    "garbled-purpose": (("extKeyUsage",), "no", "warn"),
    "garbled-usage": (("keyUsage",), "no", "warn"),
    "garbled-names": (("subjectAltName",), "no", "warn"),
}
"""What of a kind cannot be read, what PKIX senders do, and the level at which that is told."""


def shown_by(kind: str, folder: Path) -> Report:
    roots = folder / "roots.pem"
    roots.write_bytes(BY.ca_pem)
    chain = tuple(certificate_facts(der) for der in STRICT_KINDS[kind](BY, [HOST]).sent)
    tls = session(certificates=Shown(chain, find_path(chain, str(roots))))
    return judged(facts(host(address(tls=tls))))


@pytest.mark.parametrize("kind", PARTLY)
def test_of_a_certificate_all_is_read_but_what_cannot_be(kind: str, tmp_path: Path) -> None:
    unread, delivered, level = PARTLY[kind]
    report = shown_by(kind, tmp_path)
    leaf = report.case.standings[0].leaf
    assert leaf is not None
    assert leaf.unread == unread
    assert report.addresses[0].cells[Sender.PKIX].value.value == delivered
    assert levels(report, "cert.unreadable") == ([level] if level else [])
    told: Any = report_object(report)
    shown = told["hosts"][0]["addresses"][0]["certificate"]
    assert tuple(shown["chain"][0]["unread"]) == unread
    assert (shown["chain"][0]["transparency"] is not None) is (kind != "garbled-stamps")


def test_names_that_cannot_be_read_are_not_taken_for_none(tmp_path: Path) -> None:
    report = shown_by("garbled-names", tmp_path)
    text = words(report_lines(report, 120))
    assert "its subjectAltName cannot be parsed" in text
    assert "OpenSSL treats a certificate whose subjectAltName cannot be parsed as invalid" in text
    for invented in ("no name", "not for", "common name"):
        assert invented not in text
    told: Any = report_object(report)
    name = told["hosts"][0]["addresses"][0]["certificate"]["name"]
    assert (name["via"], name["via_reason"]) == (
        "unknown",
        "a part of the certificate cannot be parsed",
    )


def test_an_octet_in_a_name_that_is_no_ascii_is_shown(tmp_path: Path) -> None:
    report = shown_by("latin1-name", tmp_path)
    (told,) = (one.message for one in report.findings if one.id == "cert.name")
    assert escaped(told) == r"it does not name mx.example.org: it is for caf\xe9.test"


def test_an_extension_that_stands_twice_is_not_read() -> None:
    stand_in = x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.99"), b"\5\0")
    once = issued(Wish([HOST], extensions=[usage("crl_sign"), stand_in]), BY.issuing)
    assert certificate_facts(once.der).unread == ()
    key_usage, other = bytes.fromhex("0603551d0f"), bytes.fromhex("0603551d63")
    found = certificate_facts(resigned(once, BY.issuing.key, other, key_usage).der)
    assert (found.unread, found.key_usage, found.names) == (("keyUsage",), None, (HOST,))


@given(place=st.integers(0, 400), octet=st.integers(0, 255))
def test_whatever_octet_is_wrong_names_are_read_or_said_to_be_unread(
    place: int, octet: int
) -> None:
    whole = LEAF.der
    spoilt = whole[:place] + bytes([octet]) + whole[place + 1 :]
    found = certificate_facts(spoilt)
    more = found.details or Details()
    of_other_kinds = (*found.addresses, *more.emails, *more.uris, *more.other_names)
    read = (*found.names, *of_other_kinds)
    assert read or names_unread(found) or not has_names(spoilt)


def has_names(der: bytes) -> bool:
    return any(one.oid == NAMES for one in extensions(der))
