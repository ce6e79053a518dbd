"""What is said of each domain of the lab, with posttls-finger as a second judge."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from smtpprobe.starttls.judge.judge import Report, Result
from smtpprobe.starttls.judge.matrix import Reach, Value
from smtpprobe.starttls.judge.options import Sender
from tests.servers.certificate_part import FAULTLESS
from tests.servers.dane_part import (
    DISPUTED,
    ERROR,
    INSECURE,
    MATCH,
    NO_MATCH,
    NONE,
    SECOND_CERTIFICATE,
    UNUSABLE,
    DaneCase,
)
from tests.servers.ground import Case
from tests.servers.mail_world import MailWorld
from tests.servers.network import Namespace
from tests.servers.posttls_finger import Status
from tests.starttls.world import CASES, DANE

DANE_CELLS = {
    MATCH: Value.YES,
    NO_MATCH: Value.NO,
    UNUSABLE: Value.YES,
    NONE: Value.NOT_APPLICABLE,
    INSECURE: Value.NOT_APPLICABLE,
    ERROR: Value.NO,
    DISPUTED: Value.PARTIAL,
}

Reports = Mapping[str, Report]


def found(report: Report) -> set[str]:
    return {finding.id for finding in report.findings}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.domain)
def test_what_is_wrong_with_a_domain_is_found(
    mail_world: MailWorld, reports: Reports, case: Case
) -> None:
    if not (case.everywhere or isinstance(mail_world.network, Namespace)):
        pytest.skip("ports of loopback do not behave so")
    assert set(case.found) <= found(reports[case.domain])


@pytest.mark.parametrize("kind", FAULTLESS)
def test_nothing_is_found_in_a_certificate_without_fault(reports: Reports, kind: str) -> None:
    report = reports[f"{kind}.certs.test"]
    assert not [name for name in found(report) if name.startswith("cert.")]
    assert report.senders[Sender.PKIX] is Reach.ALL


WITHOUT_ADDRESS = ("address-bogus", "mx-bogus")
"""Nobody is dialled, so no address has a cell."""


@pytest.mark.parametrize("case", DANE, ids=lambda case: case.name)
def test_dane_senders_do_what_rfc_7672_wants(reports: Reports, case: DaneCase) -> None:
    report = reports[case.domain]
    cells = [address.cells[Sender.DANE].value for address in report.addresses]
    assert cells == ([] if case.name in WITHOUT_ADDRESS else [DANE_CELLS[case.verdict]])
    if case.verdict == ERROR:
        assert found(report) & {"dns.tlsa-servfail", "dns.mx-bogus"}


@pytest.mark.parametrize("case", DANE, ids=lambda case: case.name)
def test_posttls_finger_says_the_same(
    mail_network: MailWorld, reports: Reports, case: DaneCase
) -> None:
    theirs = mail_network.finger.judge(case.domain)
    addresses = reports[case.domain].addresses
    ours = addresses[0].cells[Sender.DANE].value if addresses else None
    match ours:
        case Value.YES if case.verdict == MATCH:
            assert theirs.status is Status.VERIFIED
        case Value.YES:
            assert theirs.status is not Status.NO_TLS
            assert "unusable TLSA" in theirs.said or "unsupported TLSA" in theirs.said
        case Value.NO:
            assert case.finger in {Status.UNTRUSTED, Status.NO_TLS}
            assert theirs.status is case.expected(theirs)
        case Value.PARTIAL:
            assert theirs.status is case.expected(theirs)
        case Value.NOT_APPLICABLE:
            assert "TLSA" not in theirs.said
            assert theirs.status is not Status.NO_TLS
        case _:
            assert case.name in WITHOUT_ADDRESS
            assert theirs.status is Status.NO_TLS


POLICIES = ("good", "uncovered", "base-domain", "final-dot", "bare-lf", "more-than-a-year")


@pytest.mark.parametrize("name", POLICIES)
def test_posttls_finger_goes_by_the_patterns_of_a_policy_as_we_say(
    mail_network: MailWorld, reports: Reports, name: str
) -> None:
    """As postfix-mta-sts-resolver hands them to Postfix: level secure, without the star."""
    report = reports[f"{name}.sts.test"]
    policy = report.case.sts.policy
    assert policy is not None
    match = [pattern.removeprefix("*") for pattern in policy.mx]
    theirs = mail_network.finger.judge(f"{name}.sts.test", "secure", match)
    delivers = report.senders[Sender.STS] is Reach.ALL
    assert (theirs.status is Status.VERIFIED) is delivers


def test_a_certificate_that_posttls_finger_does_not_get_to_see_is_found(
    mail_network: MailWorld, reports: Reports
) -> None:
    domain = SECOND_CERTIFICATE.domain
    assert "dane.second-cert" in found(reports[domain])
    assert reports[domain].senders[Sender.DANE] is Reach.PARTIAL
    assert mail_network.finger.judge(domain).status is SECOND_CERTIFICATE.finger


def test_with_an_insecure_mx_records_count_and_it_is_said(
    mail_network: MailWorld, reports: Reports
) -> None:
    ours = reports["plain.test"]
    assert "dane.mx-insecure" in found(ours)
    assert ours.senders[Sender.DANE] is Reach.ALL
    assert mail_network.finger.judge("plain.test").status is Status.TRUSTED


def test_of_a_thousand_records_postfix_may_not_see_the_one_that_matches(reports: Reports) -> None:
    report = reports["m.test"]
    assert report.senders[Sender.DANE] is Reach.PARTIAL
    assert report.addresses[0].standing.dane.verdict.value == "match"
    assert "dane.too-many" in found(report)


def test_one_host_is_right_and_one_is_wrong(mail_network: MailWorld, reports: Reports) -> None:
    assert mail_network
    report = reports["example.org"]
    assert report.result is Result.FAIL
    cells = {
        (address.standing.host.name[:3], address.standing.address.ip): [
            address.cells[sender].value.value for sender in Sender
        ]
        for address in report.addresses
    }
    assert cells == {
        ("mx1", "192.0.2.1"): ["tls", "yes", "yes", "yes"],
        ("mx1", "2001:db8::1"): ["tls", "yes", "yes", "yes"],
        ("mx2", "192.0.2.2"): ["tls", "no", "no", "no"],
        ("mx2", "2001:db8::2"): ["clear", "no", "no", "no"],
    }
    assert {
        "starttls.missing",
        "dane.no-match",
        "sts.mx-uncovered",
        "conn.family-differs",
    } <= found(report)
