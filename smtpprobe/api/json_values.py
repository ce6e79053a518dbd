"""What this interface returns, as plain values for JSON: the shapes of the files and reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from smtpprobe.api.session import Transaction
from smtpprobe.knowledge.annotation import Annotation
from smtpprobe.present.annotation_json import annotation_object
from smtpprobe.present.tls_json import tls_object
from smtpprobe.present.transcript_json import reply_object
from smtpprobe.protocol.session import Exchange
from smtpprobe.protocol.tls_facts import TlsFacts
from smtpprobe.send import reports as send_reports
from smtpprobe.send.judge import Report as SendReport
from smtpprobe.starttls.judge.judge import Report as StarttlsReport
from smtpprobe.starttls.reports.json_report import report_object

_WRITERS: dict[type, Callable[[Any], dict[str, object]]] = {
    Annotation: annotation_object,
    Exchange: reply_object,
    SendReport: send_reports.report_object,
    StarttlsReport: report_object,
    TlsFacts: tls_object,
    Transaction: lambda sent: send_reports.report_object(sent.report),
}


def as_json(
    value: Annotation | Exchange | SendReport | StarttlsReport | TlsFacts | Transaction,
) -> dict[str, object]:
    """Return plain values for `json.dumps`: of an exchange, what a recording's `reply` line has.

    An annotation, a report of `send` and one of `starttls` are as their commands print them with
    `--json`.

    Raises:
        TypeError: the value is none of these.
    """
    for kind, writer in _WRITERS.items():
        if isinstance(value, kind):
            return writer(value)
    raise TypeError(f"no JSON for a {type(value).__name__}")
