from __future__ import annotations

import asyncio
import re
from pathlib import Path

from smtpprobe.script.reports.formats import Format, rendered_report
from smtpprobe.script.reports.options import ReportOptions
from tests.script.outcomes import report_of

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")


def test_the_page_of_formats_has_each_of_them_and_no_other() -> None:
    assert re.findall(r"(?m)^## (\w+)$", PAGE) == [one.value for one in Format]


def test_the_page_of_formats_names_each_metric() -> None:
    report = asyncio.run(report_of("ok.smtp"))
    told = rendered_report(Format.PROM, report, ReportOptions())
    named = set(re.findall(r"(?m)^\| `(\w+)` ", PAGE))
    assert set(re.findall(r"# TYPE (\w+)", told)) == named - {"smtpprobe_tls_not_after_seconds"}
