"""Certificates as nobody should make them: each is told, none breaks the check."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from smtpprobe.net.tls_certificates import certificate_facts
from smtpprobe.net.tls_issued import with_issuers
from smtpprobe.net.tls_verdict import find_path
from smtpprobe.policy.dane import DANE_TA, Chain, record_for
from smtpprobe.policy.trust import verdict
from smtpprobe.protocol.tls_facts import Shown, TlsFacts
from smtpprobe.starttls.judge import Report
from smtpprobe.starttls.matrix import Value
from smtpprobe.starttls.options import Sender
from smtpprobe.starttls.report_html import html_page
from smtpprobe.starttls.report_json import report_object
from smtpprobe.starttls.report_view import report_lines
from tests.certificates import DAY, HOST, NOW, Entity
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
    assert shown["pkix"]["dates_reason"] == "the certificate cannot be read"
    assert shown["name"]["via_reason"] == "the certificate cannot be read"
    assert shown["chain"][0]["readable"] is False
    assert "must_staple" not in shown["chain"][0]


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
    chain = with_issuers(Chain(showing(UNREAD, MIDDLE.der).chain), [anchor])
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
    assert told.message == "certificate 2 of 2 cannot be read"
    cell = found.addresses[0].cells[Sender.PKIX]
    assert (cell.value, cell.reason) == (Value.UNKNOWN, "the certificate cannot be read")


def test_the_verdict_of_a_session_does_not_invent_a_name_either() -> None:
    chain = (certificate_facts(UNREAD),)
    found = verdict(chain, find_path(chain, None), HOST, NOW)
    assert (found.trusted, found.name_matches) == (None, None)
    assert found.name_reason == "the certificate cannot be read"


def test_a_day_beyond_all_days_is_no_crash() -> None:
    late = judged(facts(host(address(tls=showing(FAR.der)))), at=NOW.replace(year=9999) + DAY)
    assert "cert.expired" in ids(late)
