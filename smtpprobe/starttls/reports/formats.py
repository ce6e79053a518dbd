"""The formats of a report, one row each: the command line, completion and the writing go by them.

A format of all targets in one document is a module of this folder with a function that makes a text
of reports and `ReportOptions`, and a row here. Only the module of the one chosen is loaded.
"""

from __future__ import annotations

from enum import Enum
from importlib import import_module
from typing import NamedTuple

from smtpprobe.exits import ExitStatus, NagiosState, combined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self

    from smtpprobe.starttls.judge.judge import Report


class ReportOptions(NamedTuple):
    """How reports are written. `pem` asks for certificates as PEM in JSON."""

    pem: bool = False


USUAL = ReportOptions()


class Format(Enum):
    """A row is the word of `--format`, and `module.function` of what writes all reports.

    Without a writer each report is written as soon as it is there.
    """

    writer: str

    TEXT = "text"
    JSON = "json", "json_report.json_document"
    JSONL = "jsonl"
    NAGIOS = "nagios", "nagios.nagios_report"
    PROM = "prom", "prometheus.prometheus_text"
    JUNIT = "junit", "junit.junit_text"
    HTML = "html", "html.html_page"

    def __new__(cls, word: str, writer: str = "") -> Self:
        """Make a member of a row; its value is the word."""
        form = object.__new__(cls)
        form._value_ = word
        form.writer = writer
        return form


def document(form: Format, reports: Sequence[Report], options: ReportOptions = USUAL) -> str:
    """Return all reports in a format that has a writer."""
    module, function = form.writer.split(".")
    text = getattr(import_module(f"{__package__}.{module}"), function)(reports, options)
    assert isinstance(text, str)
    return text


def exit_code(form: Format, reports: Sequence[Report]) -> ExitStatus | NagiosState:
    """Return what the process ends with: the program's own table, or that of plugins."""
    if form is Format.NAGIOS and reports:
        from smtpprobe.starttls.reports.nagios import nagios_text  # noqa: PLC0415 - if chosen

        return nagios_text(reports)[1]
    return combined(report.exit_status for report in reports)
