"""The formats of a report, one row each: the command line, completion and the writing go by them.

A format of all targets in one document is a module of this folder with a function that makes a text
of reports and `ReportOptions`, and a row here. Only the module of the one chosen is loaded.
"""

from __future__ import annotations

from smtpprobe.exits import ExitStatus, NagiosState, combined
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.present.report_format import ReportFormat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from smtpprobe.starttls.judge.judge import Report


class ReportOptions(NamedTuple):
    """How reports are written. `pem` asks for certificates as PEM in JSON."""

    pem: bool = False


USUAL = ReportOptions()


class Format(ReportFormat):
    """The words of `--format` for `starttls`; each names the function that writes all reports.

    Without a writer each report is written as soon as it is there.
    """

    TEXT = "text"
    JSON = "json", "json_report.json_document"
    JSONL = "jsonl"
    NAGIOS = "nagios", "nagios.nagios_report"
    PROM = "prom", "prometheus.prometheus_text"
    OPENMETRICS = "openmetrics", "prometheus.openmetrics_text"
    JUNIT = "junit", "junit.junit_text"
    HTML = "html", "html.html_page"


def document(form: Format, reports: Sequence[Report], options: ReportOptions = USUAL) -> str:
    """Return all reports in a format that has a writer."""
    return form.document(reports, options)


def exit_code(form: Format, reports: Sequence[Report]) -> ExitStatus | NagiosState:
    """Return what the process ends with: the program's own table, or that of plugins."""
    if form is Format.NAGIOS and reports:
        from smtpprobe.starttls.reports.nagios import nagios_text  # noqa: PLC0415 - if chosen

        return nagios_text(reports)[1]
    return combined(report.exit_status for report in reports)
