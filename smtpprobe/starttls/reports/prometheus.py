"""Checks as metrics of Prometheus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from smtpprobe.present.formats import prometheus
from smtpprobe.present.formats.prometheus import Gauge
from smtpprobe.starttls.judge.judge import AddressReport, Report, Result
from smtpprobe.starttls.judge.matrix import Value
from smtpprobe.starttls.reports.formats import USUAL, ReportOptions


def prometheus_text(reports: Sequence[Report], _options: ReportOptions = USUAL) -> str:
    """Return metrics for a textfile collector.

    Each series occurs once: for a target checked twice, the last result.
    """
    return prometheus.document(_gauges(reports))


def openmetrics_text(reports: Sequence[Report], _options: ReportOptions = USUAL) -> str:
    """Return the same metrics as OpenMetrics."""
    return prometheus.openmetrics(_gauges(reports))


def _gauges(reports: Sequence[Report]) -> Iterator[Gauge]:
    for gauge in (_results, _senders, _findings, _certificate_days, _seconds):
        yield gauge(reports)


def _results(reports: Iterable[Report]) -> Gauge:
    meaning = "1 for the actual result: ok, fail, inconclusive or nothing"
    gauge = Gauge("smtpprobe_starttls_result", meaning)
    for report in reports:
        for one in Result:
            gauge.set(str(int(one is report.result)), target=_target(report), result=one.value)
    return gauge


def _senders(reports: Iterable[Report]) -> Gauge:
    meaning = "1 if such senders deliver over TLS, 0.5 if some do, 0 if none does"
    gauge = Gauge("smtpprobe_starttls_sender", meaning)
    for report in reports:
        for one in report.addresses:
            for sender, cell in one.cells.items():
                if (value := _SHARES.get(cell.value)) is not None:
                    gauge.set(value, **_place(report, one), sender=sender.value)
    return gauge


_SHARES = {
    Value.TLS: "1",
    Value.YES: "1",
    Value.PARTIAL: "0.5",
    Value.CLEAR: "0",
    Value.NO: "0",
}
"""How many of the senders of a kind deliver over TLS; what is unknown has no sample."""


def _findings(reports: Iterable[Report]) -> Gauge:
    gauge = Gauge("smtpprobe_starttls_findings", "number of findings by id and level")
    for report in reports:
        counts = Counter((each.id, each.level.value) for each in report.findings)
        for (name, level), count in counts.items():
            gauge.set(str(count), target=_target(report), id=name, level=level)
    return gauge


def _certificate_days(reports: Iterable[Report]) -> Gauge:
    meaning = "days until the certificate expires"
    gauge = Gauge("smtpprobe_starttls_certificate_days", meaning, "days")
    for report in reports:
        for one in report.addresses:
            leaf = one.standing.leaf
            left = report.case.days_left(leaf) if leaf is not None else None
            if left is not None:
                gauge.set(str(left), **_place(report, one))
    return gauge


def _seconds(reports: Iterable[Report]) -> Gauge:
    gauge = Gauge("smtpprobe_starttls_seconds", "duration of the check in seconds", "seconds")
    for report in reports:
        gauge.set(f"{report.facts.seconds:.3f}", target=_target(report))
    return gauge


def _target(report: Report) -> str:
    return str(report.facts.target)


def _place(report: Report, one: AddressReport) -> dict[str, str]:
    standing = one.standing
    return {"target": _target(report), "host": standing.host.name, "ip": standing.address.ip}
