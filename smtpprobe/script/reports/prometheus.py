"""Results as metrics of Prometheus."""

from __future__ import annotations

import re
from collections.abc import Iterable

from smtpprobe.exits import ExitStatus
from smtpprobe.present.formats import prometheus
from smtpprobe.present.formats.prometheus import Gauge
from smtpprobe.script.reports.options import USUAL, ReportOptions
from smtpprobe.script.results.results import BrokenScript, Report, ScriptResult

_CODE = re.compile(r"[0-9]{3}(?![0-9])")


def prom_report(report: Report, _options: ReportOptions = USUAL) -> str:
    """Return the metrics of a report; times in seconds."""
    return prometheus.document(_metrics(report))


def openmetrics_report(report: Report, _options: ReportOptions = USUAL) -> str:
    """Return the same metrics as OpenMetrics."""
    return prometheus.openmetrics(_metrics(report))


def _metrics(report: Report) -> tuple[Gauge, ...]:
    return (
        _success(report),
        _exit_codes(report),
        _phase_seconds(report.results),
        _reply_codes(report.results),
        _not_after(report.results),
    )


def _success(report: Report) -> Gauge:
    metric = Gauge(
        "smtpprobe_success",
        "1 if all checks of a case passed, 0 if one failed or was inconclusive; absent if skipped.",
    )
    for run in report.runs:
        if isinstance(run, BrokenScript):
            metric.set("0", **_file(run), case="")
            continue
        for case in run.cases:
            if case.status is not ExitStatus.NOTHING_CHECKED:
                value = "1" if case.status is ExitStatus.OK else "0"
                metric.set(value, **_file(run), case=case.name or "")
    return metric


def _exit_codes(report: Report) -> Gauge:
    metric = Gauge("smtpprobe_exit_code", "Exit code of this script alone.")
    for run in report.runs:
        metric.set(str(int(run.status)), **_file(run))
    return metric


def _phase_seconds(runs: Iterable[ScriptResult]) -> Gauge:
    metric = Gauge("smtpprobe_phase_seconds", "Reply time in seconds, by phase.", "seconds")
    for run in runs:
        spent: dict[str, float] = {}
        for case in run.cases:
            for phase, seconds in case.phases.items():
                spent[phase.value] = spent.get(phase.value, 0.0) + seconds
        for name, seconds in spent.items():
            metric.set(f"{seconds:.6f}", **_file(run), phase=name)
    return metric


def _reply_codes(runs: Iterable[ScriptResult]) -> Gauge:
    metric = Gauge("smtpprobe_reply_code", "Code of the last reply that a check used.")
    for run in runs:
        for check in run.counted:
            (line, _, file), came = check.place, check.came
            code = _CODE.match(came.text) if came.asked else None
            if code is not None:
                where = f"{file}:{line}" if file else str(line)
                metric.set(code[0], **_file(run), line=where)
    return metric


def _not_after(runs: Iterable[ScriptResult]) -> Gauge:
    metric = Gauge(
        "smtpprobe_tls_not_after_seconds",
        "Expiry of the certificate that expires first, in seconds since 1970.",
        "seconds",
    )
    for run in runs:
        ends = [case.not_after for case in run.cases if case.not_after is not None]
        if ends:
            metric.set(f"{min(ends).timestamp():.0f}", **_file(run))
    return metric


def _file(run: ScriptResult | BrokenScript) -> dict[str, str]:
    """Return the labels of every series: the same ones for any script and target."""
    return {"file": run.name, "target": run.target}
