"""The names by which DANE senders know a mail host with a 2 x x record (RFC 7672 3.2.2)."""

from __future__ import annotations

from typing import Any

import pytest

from smtpprobe.net.tls.anchors import with_anchors
from smtpprobe.policy.dane import DANE_TA, Chain
from smtpprobe.policy.dns_answer import Status
from smtpprobe.starttls.facts import Facts
from smtpprobe.starttls.judge.matrix import Value
from smtpprobe.starttls.judge.options import Sender
from smtpprobe.starttls.reports.json_report import report_object
from smtpprobe.starttls.reports.text import report_lines
from tests.certificates import HOST, Entity
from tests.starttls.judge.test_findings import digest
from tests.starttls.reports.test_views import VALIDATOR
from tests.starttls.stage import (
    DOMAIN,
    MIDDLE,
    address,
    certificates,
    facts,
    host,
    judged,
    levels,
    mx,
    session,
    tlsa,
    words,
)

MX = f"10 {HOST}"


def named(name: str, status: Status, *aliases: str) -> Facts:
    """A domain whose mail host shows a certificate for one name, under a trust anchor in DNS."""
    leaf = Entity(name, MIDDLE, names=(name,))
    record = digest(MIDDLE, 1, 1, DANE_TA)
    chain = with_anchors(Chain(certificates(leaf, MIDDLE)), [record])
    anchor = tlsa(record)
    one = host(address(tls=session(leaf, MIDDLE), chain=chain), tlsa=anchor)
    return facts(one, lookups=(mx(MX, status=status)._replace(aliases=aliases),))


@pytest.mark.parametrize(
    ("name", "status", "value"),
    [
        (HOST, Status.SECURE, Value.YES),
        (DOMAIN, Status.SECURE, Value.YES),
        ("end.example", Status.SECURE, Value.YES),
        ("hop.example", Status.SECURE, Value.NO),
        ("other.example", Status.SECURE, Value.NO),
        (HOST, Status.INSECURE, Value.YES),
        (DOMAIN, Status.INSECURE, Value.PARTIAL),
        ("end.example", Status.INSECURE, Value.PARTIAL),
        ("hop.example", Status.INSECURE, Value.NO),
    ],
)
def test_the_end_of_the_domains_aliases_counts_where_it_is_secure(
    name: str, status: Status, value: Value
) -> None:
    report = judged(named(name, status, "hop.example", "end.example"))
    (one,) = report.addresses
    assert one.cells[Sender.DANE].value is value
    wanted = {Value.NO: ["fail"], Value.PARTIAL: ["warn"]}.get(value, [])
    assert levels(report, "dane.ta-name") == wanted


def test_a_wrong_name_is_told_with_those_that_would_do() -> None:
    report = judged(named("other.example", Status.SECURE, "end.example"))
    (told,) = (one for one in report.findings if one.id == "dane.ta-name")
    assert told.message.endswith(f"(wanted: {HOST} or {DOMAIN} or end.example)")


def test_the_report_tells_the_aliases_of_the_domain_and_the_names_wanted() -> None:
    report = judged(named(DOMAIN, Status.INSECURE, "hop.example", "end.example"))
    found: Any = report_object(report)
    VALIDATOR.validate(found)
    assert found["dns"]["mx"]["cname"] == ["hop.example", "end.example"]
    told = found["hosts"][0]["addresses"][0]["dane"]
    assert told["reference_names"] == [HOST]
    assert told["disputed_names"] == [DOMAIN, "end.example"]
    text = words(report_lines(report))
    assert f"{DOMAIN} is an alias (CNAME) of hop.example -> end.example" in text
