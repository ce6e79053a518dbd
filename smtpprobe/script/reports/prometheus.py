"""Results as metrics in the text format of Prometheus, for node_exporter's textfile collector."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from smtpprobe.exits import ExitStatus
from smtpprobe.present.escape import shown
from smtpprobe.script.results.results import BrokenScript, Report, ScriptResult

_CODE = re.compile(r"[0-9]{3}(?![0-9])")
_LABEL_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


@dataclass(slots=True)
class _Metric:
    """A gauge; `samples` by labels, so that none stands twice."""

    name: str
    help: str
    samples: dict[tuple[tuple[str, str], ...], str] = field(default_factory=dict)

    def set(self, value: str, **labels: str) -> None:
        """Set the sample of these labels."""
        self.samples[tuple(labels.items())] = value

    def lines(self) -> Iterator[str]:
        """Yield the lines of the metric; nothing without samples."""
        if self.samples:
            yield f"# HELP {self.name} {self.help}"
            yield f"# TYPE {self.name} gauge"
        for labels, value in self.samples.items():
            told = ",".join(f'{name}="{_label(text)}"' for name, text in labels)
            yield f"{self.name}{{{told}}} {value}"


def prom_report(report: Report) -> str:
    """Return the metrics of a report; times in seconds."""
    metrics = (
        _success(report),
        _exit_codes(report),
        _phase_seconds(report.results),
        _reply_codes(report.results),
        _not_after(report.results),
    )
    return "".join(f"{line}\n" for metric in metrics for line in metric.lines())


def _success(report: Report) -> _Metric:
    metric = _Metric(
        "smtpprobe_success",
        "1 if all checks of a case passed, 0 if one failed or could not be told; none if skipped.",
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


def _exit_codes(report: Report) -> _Metric:
    metric = _Metric("smtpprobe_exit_code", "Exit code that the script alone gives.")
    for run in report.runs:
        metric.set(str(int(run.status)), **_file(run))
    return metric


def _phase_seconds(runs: Iterable[ScriptResult]) -> _Metric:
    metric = _Metric("smtpprobe_phase_seconds", "Seconds that the replies of a phase took.")
    for run in runs:
        spent: dict[str, float] = {}
        for case in run.cases:
            for phase, seconds in case.phases.items():
                spent[phase.value] = spent.get(phase.value, 0.0) + seconds
        for name, seconds in spent.items():
            metric.set(f"{seconds:.6f}", **_file(run), phase=name)
    return metric


def _reply_codes(runs: Iterable[ScriptResult]) -> _Metric:
    metric = _Metric("smtpprobe_reply_code", "Code of the last reply looked at by a line.")
    for run in runs:
        for check in run.counted:
            (line, _, file), came = check.place, check.came
            code = _CODE.match(came.text) if came.asked not in ("", "assert") else None
            if code is not None:
                where = f"{file}:{line}" if file else str(line)
                metric.set(code[0], **_file(run), line=where)
    return metric


def _not_after(runs: Iterable[ScriptResult]) -> _Metric:
    metric = _Metric(
        "smtpprobe_tls_not_after_seconds",
        "When the first of the certificates seen expires, in seconds since 1970.",
    )
    for run in runs:
        ends = [case.not_after for case in run.cases if case.not_after is not None]
        if ends:
            metric.set(f"{min(ends).timestamp():.0f}", **_file(run))
    return metric


def _file(run: ScriptResult | BrokenScript) -> dict[str, str]:
    """Return the labels of every series: the same ones whatever was run, and against whom."""
    return {"file": run.name, "target": run.target}


def _label(text: str) -> str:
    return shown(text).translate(_LABEL_ESCAPES)
