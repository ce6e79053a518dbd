"""Every domain of the lab beside posttls-finger: never OK where Postfix's matching level fails.

New domains of the lab are asked about by themselves. Where the two are to differ, it is said why.
"""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import pytest

from smtpprobe.policy import dane
from smtpprobe.starttls.judge.judge import Report, Result
from smtpprobe.starttls.judge.matrix import Value
from smtpprobe.starttls.judge.options import Sender
from tests.servers.mail_world import MailWorld
from tests.servers.posttls_finger import GIVEN_UP, Status, Verdict
from tests.starttls.world import CHANGING

Reports = Mapping[str, Report]

LEVELS = {
    "may": Sender.OPPORTUNISTIC,
    "encrypt": Sender.OPPORTUNISTIC,
    "secure": Sender.PKIX,
    "dane": Sender.DANE,
}
"""The levels of Postfix, and the rows of the matrix that speak for them."""

POSITIVE = (Value.TLS, Value.YES)

STRICT = {
    "agility-1.dane.test": "from 3.9 on it asks for a raw key: no digest agility with those",
    "surplus.faults.test": "posttls-finger drops plaintext behind the 220 without a word",
    "second-key.dane.test": "it gets to see the one of two certificates that matches",
    "domain.plain.test": "behind an insecure MX senders differ on the next hop's name",
    "insecure-nexthop.plain.test": "the same",
    "to-insecure-domain.dane.test": "the same",
}
"""Where we say less than Postfix does, on purpose."""


class Question(NamedTuple):
    domain: str
    level: str
    match: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join((self.domain, self.level, *self.match))


def cell(report: Report, level: str) -> Value | None:
    """Our value for a level, None where addresses differ or there are none."""
    values = {one.cells[LEVELS[level]].value for one in report.addresses}
    return values.pop() if len(values) == 1 else None


def questions(reports: Reports) -> Iterator[Question]:
    """What there is to ask, of the same server once where the domain has no say in it."""
    asked = set()
    for domain, report in reports.items():
        if domain in CHANGING:
            continue
        for level, sender in LEVELS.items():
            ours = cell(report, level)
            if ours in (None, Value.NOT_APPLICABLE, Value.UNKNOWN):
                continue
            foreign = level == "secure" and for_another_domain(report)
            question = Question(domain, level, ("hostname",) if foreign else ())
            of_server = sender is Sender.OPPORTUNISTIC or foreign
            same = servers(report) if of_server else domain
            if (same, question[1:], ours) not in asked:
                asked.add((same, question[1:], ours))
                yield question


def for_another_domain(report: Report) -> bool:
    """Whether Postfix at `secure` has to be told that the name of the host counts."""
    named = report.addresses[0].standing.for_domain
    return named is not None and named.no


def servers(report: Report) -> str:
    return " ".join(sorted(one.standing.address.ip for one in report.addresses))


@pytest.fixture(scope="session")
def theirs(mail_network: MailWorld, reports: Reports) -> Mapping[Question, Verdict]:
    """What posttls-finger says to each question."""

    def ask(one: Question) -> Verdict:
        return mail_network.finger.judge(one.domain, one.level, one.match)

    asked = list(questions(reports))
    with ThreadPoolExecutor(4 * (os.cpu_count() or 1)) as pool:
        return dict(zip(asked, pool.map(ask, asked), strict=True))


def delivers(one: Question, verdict: Verdict, report: Report) -> bool:
    """Whether Postfix would deliver at the level: verified where it verifies, else over TLS.

    Behind an insecure MX `dane` says no more than Trusted, and delivers.
    """
    if GIVEN_UP.search(verdict.said):
        return False
    standing = report.addresses[0].standing
    if one.level == "dane" and standing.dane.verdict in (dane.Verdict.MATCH, dane.Verdict.NO_MATCH):
        return verdict.status in (Status.VERIFIED, Status.TRUSTED)
    if one.level == "secure":
        return verdict.status is Status.VERIFIED
    return verdict.status is not Status.NO_TLS


def test_where_we_say_that_mail_gets_in_postfix_delivers(
    theirs: Mapping[Question, Verdict], reports: Reports
) -> None:
    positive = {
        one: verdict
        for one, verdict in theirs.items()
        if cell(reports[one.domain], one.level) in POSITIVE
    }
    assert {one.level for one in positive} == set(LEVELS)
    lax = [one for one, said in positive.items() if not delivers(one, said, reports[one.domain])]
    assert list(map(str, lax)) == []


def test_where_the_result_is_ok_postfix_delivers_over_tls(
    theirs: Mapping[Question, Verdict], reports: Reports
) -> None:
    wrong = [
        str(one)
        for one, verdict in theirs.items()
        if reports[one.domain].result is Result.OK
        and one.level in ("may", "encrypt", "dane")
        and not delivers(one, verdict, reports[one.domain])
    ]
    assert wrong == []


def test_where_we_say_that_none_gets_in_postfix_does_not_deliver(
    theirs: Mapping[Question, Verdict], reports: Reports
) -> None:
    strict = {
        one.domain
        for one, verdict in theirs.items()
        if cell(reports[one.domain], one.level) in (Value.NO, Value.CLEAR)
        and delivers(one, verdict, reports[one.domain])
    }
    assert strict - set(STRICT) == set()


def test_where_we_say_that_some_get_in_it_is_said_why_postfix_does(
    theirs: Mapping[Question, Verdict], reports: Reports
) -> None:
    told = {
        one.domain: reports[one.domain].addresses[0].cells[LEVELS[one.level]].reason
        for one, verdict in theirs.items()
        if cell(reports[one.domain], one.level) is Value.PARTIAL
        and delivers(one, verdict, reports[one.domain])
    }
    assert told
    for domain, reason in told.items():
        assert domain in STRICT or "Postfix" in reason


def test_postfix_at_secure_looks_for_the_domain_unless_it_is_told_more(
    mail_network: MailWorld, reports: Reports
) -> None:
    ours = reports["good.sts.test"].addresses[0].cells[Sender.PKIX]
    assert (ours.value, "match=hostname" in ours.reason) == (Value.YES, True)
    plain = mail_network.finger.judge("good.sts.test", "secure")
    told = mail_network.finger.judge("good.sts.test", "secure", ["hostname"])
    assert (plain.status, told.status) == (Status.UNTRUSTED, Status.VERIFIED)


REFUSED = {
    "no-rfc5746": ("tls.insecure-renegotiation", "clear no no"),
    "tls1-0": ("tls.old-version", "tls no no"),
    "tls1-1": ("tls.old-version", "tls no no"),
    "dhe-1024": ("tls.weak-group", "tls yes yes"),
    "signs-with-sha1": ("tls.weak-signature", "tls no no"),
    "static-rsa": ("tls.weak-cipher", "tls yes yes"),
    "key-usage": ("cert.purpose", "tls no no"),
    "ee-key-usage": ("cert.purpose", "tls no yes"),
    "pss-sha1": ("cert.weak-sig", "tls no no"),
    "sha1-issuer": ("cert.weak-sig", "tls no no"),
    "rsa-1024-issuer": ("cert.weak-key", "tls yes yes"),
    "unknown-critical": ("cert.untrusted", "tls no no"),
    "issuer-constrained": ("dane.no-match", "tls no no"),
    "lower-constrained": ("dane.no-match", "tls no no"),
    "issuer-expired": ("cert.expired", "tls no yes"),
    "lower-expired": ("dane.no-match", "tls no no"),
    "self-2-0-0": ("dane.no-match", "tls no no"),
    "self-2-1-0": ("cert.untrusted", "tls no yes"),
    "cn-beside-mail": ("cert.cn-only", "tls yes yes"),
    "latin1-in-aia": ("cert.unreadable", "tls yes yes"),
    "garbled-names": ("cert.unreadable", "tls no no"),
}
"""Hosts of `sender_part`: a finding, and what opportunistic, PKIX and DANE senders do."""


@pytest.mark.parametrize("name", REFUSED)
def test_what_stricter_senders_refuse_is_found_in_real_servers(reports: Reports, name: str) -> None:
    wanted, cells = REFUSED[name]
    report = reports[f"{name}.senders.test"]
    assert wanted in {one.id for one in report.findings}
    (one,) = report.addresses
    senders = (Sender.OPPORTUNISTIC, Sender.PKIX, Sender.DANE)
    assert [one.cells[sender].value.value for sender in senders] == cells.split()


@pytest.mark.parametrize(
    "name", ["dhe-1024", "tls1-0", "rsa-1024-issuer", "pss-sha1", "no-rfc5746"]
)
def test_pythons_ssl_refuses_what_is_said_to_be_refused_by_it(
    mail_world: MailWorld, reports: Reports, name: str
) -> None:
    report = reports[f"{name}.senders.test"]
    assert any("Python's ssl" in one.refused_by for one in report.findings)
    context = ssl.create_default_context(cafile=str(mail_world.ca_file))
    context.check_hostname = False
    address = report.addresses[0].standing.address
    with (
        mail_world.network.inside(),
        smtplib.SMTP(address.ip, mail_world.network.smtp_port, timeout=60) as client,
        pytest.raises(ssl.SSLError),
    ):
        client.starttls(context=context)


def test_where_a_sender_that_counts_is_lost_the_result_is_never_ok(reports: Reports) -> None:
    lost = {Value.NO, Value.CLEAR, Value.PARTIAL}
    counting = (Sender.OPPORTUNISTIC, Sender.DANE, Sender.STS)
    wrong = [
        (domain, one.standing.address.ip, sender.value)
        for domain, report in reports.items()
        for one in report.addresses
        for sender in counting
        if one.cells[sender].value in lost and report.result in (Result.OK, Result.NOTHING)
        if not (sender is Sender.DANE and domain in STRICT)  # an insecure MX: a warning
    ]
    assert wrong == []
