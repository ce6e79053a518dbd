"""Records and policies that are nearly right are quoted with what is wrong, not told as absent."""

from __future__ import annotations

from typing import Any

import pytest

from smtpprobe.starttls.judge.judge import Report, Result
from smtpprobe.starttls.judge.options import Sender
from smtpprobe.starttls.reports.json_report import report_object
from smtpprobe.starttls.reports.text import report_lines
from tests.starttls.reports.test_views import VALIDATOR
from tests.starttls.stage import POLICY, facts, fetched, ids, judged, levels, reports, sts, words

OCTETS = 'v=stsv1\x1b[2J\xff\xe2\x80\xae; id="1"'


def told(report: Report, name: str) -> str:
    (one,) = (one for one in report.findings if one.id == name)
    return one.message


def json_of(report: Report) -> Any:
    found = report_object(report)
    VALIDATOR.validate(found)
    return found


def test_a_record_for_mta_sts_that_is_nearly_right_is_quoted_and_not_absent() -> None:
    report = judged(facts(sts=sts("v=STSv1, id=1")))
    message = "the _mta-sts record 'v=STSv1, id=1': it must begin with 'v=STSv1;', but column 8"
    assert told(report, "sts.txt-syntax").startswith(message)
    assert not {"sts.absent", "sts.txt-missing"} & set(ids(report))
    assert report.result is Result.FAIL
    found = json_of(report)["mta_sts"]
    assert (found["status"], found["record"]) == ("invalid", "v=STSv1, id=1")
    assert found["problem"].startswith("it must begin with")
    assert "MTA-STS        not valid [" in words(report_lines(report))


def test_a_record_for_reports_that_is_nearly_right_is_quoted_and_not_absent() -> None:
    report = judged(facts(tlsrpt=reports("v=TLSRPTv1 rua=mailto:a@b.c"), sts=sts()))
    assert told(report, "tlsrpt.syntax").startswith("the _smtp._tls record 'v=TLSRPTv1 rua=mail")
    assert "tlsrpt.absent" not in ids(report)
    found = json_of(report)["tlsrpt"]
    assert (found["status"], found["record"]) == ("invalid", "v=TLSRPTv1 rua=mailto:a@b.c")
    assert "TLSRPT         not valid [" in words(report_lines(report))


@pytest.mark.parametrize(
    "changes", [{"sts": sts(OCTETS)}, {"tlsrpt": reports(f"v=TLSRPT1{OCTETS}")}]
)
def test_what_is_quoted_cannot_drive_a_terminal_and_is_utf_8(changes: dict[str, object]) -> None:
    report = judged(facts(**changes))
    text = words(report_lines(report))
    assert "\\x1b[2J\\xff\\u202e" in text
    assert not any(char in text for char in "\x1b\u202e\udcff")
    str(json_of(report)).encode("utf-8")


def test_a_long_record_is_cut_in_the_message_and_whole_in_json() -> None:
    record = "v=stsv1; " + "x" * 5000
    report = judged(facts(sts=sts(record)))
    assert len(told(report, "sts.txt-syntax")) < 300
    assert json_of(report)["mta_sts"]["record"] == record


def test_every_remark_on_a_policy_is_a_warning_and_the_policy_counts() -> None:
    odd = b"mode: testing\nmode: none\nmx: 192.0.2.1\nmx: mx.example.org\nfuture:\n"
    odd += b"max_age: 99999999\n"
    report = judged(facts(sts=sts(fetch=fetched(b"version: STSv1\n" + odd))))
    remarks = [one for one in report.findings if one.id == "sts.policy-syntax"]
    assert {one.level.value for one in remarks} == {"warn"}
    assert len(remarks) == 4
    found = json_of(report)["mta_sts"]
    assert (found["status"], found["mode"], len(found["remarks"])) == ("valid", "testing", 4)


def test_a_host_is_covered_by_its_name_in_unicode() -> None:
    body = POLICY.replace(b"mx.example.org", "mx.exämple.org".encode())
    found = facts(sts=sts(fetch=fetched(body)))
    (one,) = found.hosts
    report = judged(found._replace(hosts=(one._replace(name="mx.xn--exmple-cua.org"),)))
    assert "sts.mx-uncovered" not in ids(report)
    assert "must be written mx.xn--exmple-cua.org" in told(report, "sts.policy-syntax")
    assert json_of(report)["hosts"][0]["sts_mx_match"] == "mx.exämple.org"


@pytest.mark.parametrize(
    ("mode", "level", "reach"), [(b"enforce", "fail", "partial"), (b"testing", "warn", "n")]
)
def test_a_host_covered_only_by_an_odd_pattern_is_skipped_by_some_senders(
    mode: bytes, level: str, reach: str
) -> None:
    body = POLICY.replace(b"enforce", mode).replace(b"mx.example.org", b"mx.example.org.")
    report = judged(facts(sts=sts(fetch=fetched(body))))
    assert levels(report, "sts.mx-uncovered") == [level]
    assert told(report, "sts.mx-uncovered").startswith("'mx.example.org.' in the policy matches it")
    assert report.senders[Sender.STS].value.startswith(reach)
    both = judged(facts(sts=sts(fetch=fetched(body + b"mx: *.example.org\n"))))
    assert "sts.mx-uncovered" not in ids(both)


def test_where_a_later_mode_is_enforce_some_senders_skip_what_does_not_verify() -> None:
    body = POLICY.replace(b"mode: enforce", b"mode: testing\nmode: enforce")
    fine = judged(facts(sts=sts(fetch=fetched(body))))
    assert levels(fine, "sts.policy-syntax") == ["warn"]
    assert fine.result is Result.OK
    uncovered = body.replace(b"mx.example.org", b"mx.example.net")
    report = judged(facts(sts=sts(fetch=fetched(uncovered))))
    assert levels(report, "sts.policy-syntax") == ["fail", "warn"]
    assert report.senders[Sender.STS].value == "partial"
    assert report.result is Result.FAIL


def test_records_of_other_kinds_are_still_absence() -> None:
    report = judged(facts(sts=sts("v=spf1 -all"), tlsrpt=reports("v=spf1 -all")))
    assert not {"sts.txt-syntax", "tlsrpt.syntax"} & set(ids(report))
    assert json_of(report)["tlsrpt"]["status"] == "absent"
