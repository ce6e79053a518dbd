"""The formats of a report by name: what each is made by, and what the process then ends with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum

from smtpprobe.exits import ExitStatus
from smtpprobe.present.nagios import NagiosState
from smtpprobe.script.reports.options import ReportOptions
from smtpprobe.script.results.results import Report


class Format(Enum):
    """The value is the word of `--format`."""

    TEXT = "text"
    TAP = "tap"
    JUNIT = "junit"
    JSON = "json"
    JSONL = "jsonl"
    """The stream of events as they happen; no report at the end, see `record`."""
    NAGIOS = "nagios"
    PROM = "prom"


def _text(report: Report, options: ReportOptions) -> str:
    from smtpprobe.script.reports.text import text_report  # noqa: PLC0415 - only the one chosen

    return text_report(report, options)


def _tap(report: Report, _options: ReportOptions) -> str:
    from smtpprobe.script.reports.tap import tap_report  # noqa: PLC0415 - only the one chosen

    return tap_report(report)


def _junit(report: Report, options: ReportOptions) -> str:
    from smtpprobe.script.reports.junit import junit_report  # noqa: PLC0415 - only the one chosen

    return junit_report(report, options.began)


def _json(report: Report, _options: ReportOptions) -> str:
    from smtpprobe.script.reports.json_report import json_report  # noqa: PLC0415 - only the one chosen

    return json_report(report)


def _nothing(_report: Report, _options: ReportOptions) -> str:
    return ""


def _nagios(report: Report, options: ReportOptions) -> str:
    from smtpprobe.script.reports.nagios import nagios_report  # noqa: PLC0415 - only the one chosen

    return nagios_report(report, options)


def _prom(report: Report, _options: ReportOptions) -> str:
    from smtpprobe.script.reports.prometheus import prom_report  # noqa: PLC0415 - only the one chosen

    return prom_report(report)


_RENDERERS: Mapping[Format, Callable[[Report, ReportOptions], str]] = {
    Format.TEXT: _text,
    Format.TAP: _tap,
    Format.JUNIT: _junit,
    Format.JSON: _json,
    Format.JSONL: _nothing,
    Format.NAGIOS: _nagios,
    Format.PROM: _prom,
}


def rendered_report(format_: Format, report: Report, options: ReportOptions) -> str:
    """Return the report in a format; nothing for the stream of events, which is out already."""
    return _RENDERERS[format_](report, options)


def exit_code(format_: Format, report: Report, options: ReportOptions) -> ExitStatus | NagiosState:
    """Return what the process ends with: the program's own table, or that of plugins."""
    if format_ is not Format.NAGIOS:
        return report.status
    from smtpprobe.script.reports.nagios import nagios_status  # noqa: PLC0415 - only the one chosen

    return nagios_status(report, options.timeout_state, options.skip_state)
