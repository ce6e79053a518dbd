"""Certificates as nobody should make them: each is told, none breaks the check."""

from __future__ import annotations

import json

import pytest

from smtpprobe.net.tls_certificates import certificate_facts
from smtpprobe.net.tls_verdict import find_path
from smtpprobe.protocol.tls_facts import Shown, TlsFacts
from smtpprobe.starttls.report_html import html_page
from smtpprobe.starttls.report_json import report_object
from smtpprobe.starttls.report_view import report_lines
from tests.certificates import DAY, HOST, NOW, Entity
from tests.starttls.stage import address, facts, host, ids, judged, own_key, session, tlsa, words

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
        ((broken_dates(FAR),), "cert.expired"),
        ((b"no certificate",), "cert.name"),
        ((FAR.der[:-7],), "cert.name"),
        ((FAR.der, b"", b"\x30\x03\x02\x01\x01"), "cert.order"),
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


def test_a_day_beyond_all_days_is_no_crash() -> None:
    late = judged(facts(host(address(tls=showing(FAR.der)))), at=NOW.replace(year=9999) + DAY)
    assert "cert.expired" in ids(late)
