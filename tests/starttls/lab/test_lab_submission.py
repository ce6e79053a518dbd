"""`--submission` in the lab: 587 and 465 of a host, each as its SRV record names it."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from smtpprobe.starttls.judge.judge import Report, Result
from smtpprobe.starttls.judge.matrix import Value
from smtpprobe.starttls.judge.options import Sender
from tests.servers.ground import Case
from tests.servers.mail_world import MailWorld
from tests.servers.submission_part import CASES
from tests.starttls.world import reports_on

Reports = Mapping[str, Report]


@pytest.fixture(scope="module")
def submission(mail_world: MailWorld) -> Reports:
    domains = [case.domain for case in CASES]
    return reports_on(mail_world, domains, submission=True, port=None)


def found(report: Report) -> set[str]:
    """What is found, but for notes that say something of the zone."""
    return {one.id for one in report.findings} - {"dane.no-rollover"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.domain)
def test_what_is_wrong_with_submission_is_found_and_nothing_else(
    submission: Reports, case: Case
) -> None:
    assert found(submission[case.domain]) == set(case.found)


def test_both_services_of_a_host_are_checked_each_in_its_way(
    mail_world: MailWorld, submission: Reports
) -> None:
    report = submission["both.submit.test"]
    network = mail_world.network
    assert report.result is Result.OK
    assert [(host.port, host.implicit_tls) for host in report.facts.hosts] == [
        (network.submission_port, False),
        (network.smtps_port, True),
    ]
    for one in report.addresses:
        assert one.standing.encrypted.yes
        assert one.standing.name.match == "*.submit.test"
        assert one.cells[Sender.PKIX].value is Value.YES


def test_each_port_has_tlsa_records_of_its_own(mail_world: MailWorld, submission: Reports) -> None:
    report = submission["dane.submit.test"]
    cells = [one.cells[Sender.DANE].value for one in report.addresses]
    assert cells == [Value.YES, Value.NO]
    (told,) = (one for one in report.findings if one.id == "dane.no-match")
    assert f"publish _{mail_world.network.smtps_port}._tcp.keyed.submit.test TLSA" in told.fix


def test_the_program_says_it_with_its_exit_code(mail_network: MailWorld) -> None:
    codes = {}
    for name in ("both", "only-587", "dane", "none", "nothing"):
        done = mail_network.smtpprobe("starttls", "--submission", "--json", f"{name}.submit.test")
        told = json.loads(done.stdout)
        assert done.returncode == told["exit_code"]
        codes[name] = done.returncode
    assert codes == {"both": 0, "only-587": 0, "dane": 1, "none": 5, "nothing": 1}
    text = mail_network.smtpprobe("starttls", "--submission", "both.submit.test").stdout
    assert "both.submit.test   SRV secure (AD, 127.0.0.1)   2 hosts" in text
    assert "mx.submit.test:587 v4  mx.submit.test:465 v4" in text
    assert "Result: OK  every sender delivers over TLS" in text
