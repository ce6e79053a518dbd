"""Checks as JUnit XML: a suite for each target, a case for each finding that is no note."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from smtpprobe.present.escape import shown
from smtpprobe.present.formats import junit
from smtpprobe.starttls.finding import Finding, Level
from smtpprobe.starttls.judge.judge import Report
from smtpprobe.starttls.reports.formats import USUAL, ReportOptions


def junit_text(reports: Sequence[Report], _options: ReportOptions = USUAL) -> str:
    """Return JUnit XML: a suite for each target, a case for each finding that is no note."""
    return junit.document(map(_suite, reports))


def _suite(report: Report) -> Element:
    cases = [_case(one) for one in report.findings if one.level is not Level.NOTE]
    cases = cases or [junit.case("starttls", "no findings")]
    return junit.suite(str(report.facts.target), cases, report.facts.seconds)


def _case(one: Finding) -> Element:
    case = junit.case("starttls", f"{one.id} {one.where}".strip())
    advice = shown(f"{one.fix} ({one.reference})")
    if one.level is Level.FAIL:
        junit.ends(case, "failure", one.message, advice)
    else:
        junit.ends(case, "skipped", f"{one.level.value}: {one.message}", advice)
    return case
