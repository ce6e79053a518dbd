"""The formats of a report, one row each: the command line, completion and the writing go by them.

A format is a module of this folder with a function that makes a text of a `Report` and its
`ReportOptions`, and a row here. Only the module of the format that was chosen is loaded.
"""

from __future__ import annotations

from enum import Enum

from smtpprobe.present.report_format import ReportFormat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from smtpprobe.exits import ExitStatus, NagiosState
    from smtpprobe.script.reports.options import ReportOptions
    from smtpprobe.script.results.results import Report


class Format(ReportFormat):
    """The words of `--format` for scripts; each names the function that writes it."""

    TEXT = "text", "text.text_report"
    TAP = "tap", "tap.tap_report"
    JUNIT = "junit", "junit.junit_report"
    JSON = "json", "json_report.json_report"
    JSONL = "jsonl"
    """The stream of events as they happen; no report at the end, see `record`."""
    NAGIOS = "nagios", "nagios.nagios_report"
    PROM = "prom", "prometheus.prom_report"
    OPENMETRICS = "openmetrics", "prometheus.openmetrics_report"
    HTML = "html", "html.html_report"


class Show(Enum):
    """How much of the dialogue the report shows."""

    NONE = "none"
    FAILURES = "failures"
    ALL = "all"


def rendered_report(form: Format, report: Report, options: ReportOptions) -> str:
    """Return the report in a format; nothing for the stream of events, which is out already."""
    if not form.writer:
        return ""
    return form.document(report, options)


def report_modules() -> tuple[str, ...]:
    """Return the modules that write reports, by their full names."""
    return tuple(form.module for form in Format if form.writer)


def exit_code(form: Format, report: Report, options: ReportOptions) -> ExitStatus | NagiosState:
    """Return what the process ends with: the program's own table, or that of plugins."""
    if form is not Format.NAGIOS:
        return report.status
    from smtpprobe.script.reports.nagios import nagios_status  # noqa: PLC0415 - only the one chosen

    return nagios_status(report, options.timeout_state, options.skip_state)
