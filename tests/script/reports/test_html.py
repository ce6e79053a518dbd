"""The page of a run of scripts: what a colleague reads first, and that nothing is left out."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from smtpprobe.exits import ExitStatus
from smtpprobe.script.reports.html import PASSES_SHOWN, html_report
from smtpprobe.script.reports.options import ReportOptions
from smtpprobe.script.results.check import Outcome
from smtpprobe.script.results.results import Report
from tests.html_pages import Page, complaints, strictly
from tests.script.outcomes import EVERYTHING, report_of


def read(report: Report) -> Page:
    return strictly(html_report(report))


async def test_the_page_says_the_result_then_which_scripts_then_why_then_every_check() -> None:
    page = read(await report_of("ok.smtp", "bad.smtp", "skip.smtp"))
    told = (
        *("3 scripts FAIL 1 ok, 1 failed, 1 skipped", "exit 1, a check failed", "script result"),
        *("line 2: RCPT refused, expected 250", "FAIL bad.smtp", "What went wrong"),
        *("fail RCPT refused, expected 250", "--> bad.smtp:2:3", "= meaning: permanent"),
        *("line 2 RCPT 250", "fail 250 2.1.5 554 5.7.1 <bob@other.example>", "SKIPPED skip.smtp"),
    )
    places = [page.text.find(each) for each in told]
    assert places == sorted(places), dict(zip(told, places, strict=True))
    assert places[0] > 0
    assert page.anchors == ["result", "s1", "s2", "s3"]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["ok.smtp"], "ok.smtp OK 2 checks passed"),
        (["soft.smtp"], "soft.smtp OK warning: line 3: no enhanced code"),
        (["bad.smtp"], "bad.smtp FAIL line 2: RCPT refused"),
        (["slow.smtp"], "slow.smtp INCONCLUSIVE line 2: no reply to RSET"),
        (["skip.smtp"], "skip.smtp SKIPPED line 1: server does not offer STARTTLS"),
        (["broken.smtp"], "broken.smtp NOT RUN line 2: unknown local command"),
        (["gone.smtp"], "gone.smtp NOT RUN cannot read gone.smtp"),
        (["bad.smtp", "gone.smtp"], "2 scripts NOT ALL RUN 1 failed, 1 not readable"),
        ([], "0 scripts SKIPPED no script was run"),
    ],
)
async def test_the_page_begins_with_the_result_in_a_word(names: list[str], said: str) -> None:
    assert f"smtpprobe --script {said}" in read(await report_of(*names)).text


async def test_a_run_that_was_ended_says_so_first() -> None:
    report = await report_of("ok.smtp")
    assert "OK the time limit" not in read(report._replace(timed_out=True)).text
    assert "INCONCLUSIVE the time limit" in read(report._replace(timed_out=True)).text
    assert "ok.smtp INTERRUPTED" in read(report._replace(ended=ExitStatus.INTERRUPTED)).text


async def test_what_passed_is_folded_away_and_what_failed_is_not() -> None:
    page = html_report(await report_of("cases.smtp"))
    opened = [each.partition("</summary>")[0] for each in page.split("<details")[1:]]
    assert [each.startswith(' open=""') for each in opened] == [False, True, True, False]
    assert "open relay" in opened[1]


async def test_the_wire_of_what_failed_is_there_folded_away() -> None:
    report = await report_of("bad.smtp")
    (run,) = report.results
    (case,) = run.cases
    wire = ("> RCPT TO:<bob@other.example>", "< 554 \x1b\ufffe")
    failed = run._replace(cases=(case._replace(wire=wire, echoes=("on mx1", "a\x1bb")),))
    page = strictly(html_report(report._replace(runs=(failed,))))
    assert "Echo on mx1 a\\x1bb On the wire > RCPT TO:<bob@other.example> < 554" in page.text
    passed = run._replace(cases=(case._replace(wire=wire, checks=case.checks[:1]),))
    assert "On the wire" not in html_report(report._replace(runs=(passed,)))


async def test_only_the_first_passes_of_a_case_are_listed_and_the_rest_counted() -> None:
    report = await report_of("ok.smtp")
    (run,) = report.results
    (case,) = run.cases
    checks = case.checks * PASSES_SHOWN
    assert all(check.outcome is Outcome.PASS for check in checks)
    many = run._replace(cases=(case._replace(checks=checks),))
    page = html_report(report._replace(runs=(many,)))
    assert page.count('<th scope="row">') == PASSES_SHOWN
    assert f"{len(checks) - PASSES_SHOWN} more checks passed" in page


async def test_pages_are_valid_for_tidy_and_the_same_each_time(tmp_path: Path) -> None:
    began = datetime(2026, 11, 21, 22, 14, 3, tzinfo=UTC)
    options = ReportOptions(began=began)
    everything, one = await report_of(*EVERYTHING), await report_of("hostile.smtp")
    pages = [html_report(each, options) for each in (everything, one, Report(()))]
    assert complaints(tmp_path, pages) == ""
    assert pages[0] == html_report(everything, options)
    assert "Run 2026-11-21T22:14:03Z" in pages[0]
