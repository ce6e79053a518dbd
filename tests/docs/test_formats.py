from __future__ import annotations

import asyncio
import re
from pathlib import Path

from smtpprobe.exits import ExitStatus, NagiosState
from smtpprobe.script.reports.formats import Format, rendered_report
from smtpprobe.script.reports.nagios import nagios_status
from smtpprobe.script.reports.options import ReportOptions
from smtpprobe.script.results.results import Report
from tests.script.outcomes import report_of

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")


def test_the_page_of_formats_has_each_of_them_and_no_other() -> None:
    assert re.findall(r"(?m)^## (\w+)$", PAGE) == [one.value for one in Format]


def test_the_page_of_formats_names_each_metric() -> None:
    report = asyncio.run(report_of("ok.smtp"))
    told = rendered_report(Format.PROM, report, ReportOptions())
    named = set(re.findall(r"(?m)^\| `(\w+)` ", PAGE))
    assert set(re.findall(r"# TYPE (\w+)", told)) == named - {"smtpprobe_tls_not_after_seconds"}


def test_the_page_of_formats_tells_what_a_plugin_makes_of_each_exit_code() -> None:
    rows = re.findall(r"(?m)^\| ([0-9, ]+) \| (.+) \|$", PAGE)
    told = {int(code): text for codes, text in rows for code in codes.split(",")}
    assert sorted(told) == sorted(ExitStatus)
    for status in ExitStatus:
        report = Report((), ended=status)
        state = nagios_status(report, NagiosState.CRITICAL, NagiosState.UNKNOWN)
        assert told[status].startswith(f"{state.value} {state.name}")
