"""What a load test found: lines for people, and one JSON object."""

from __future__ import annotations

from collections.abc import Sequence

from smtpprobe import __version__
from smtpprobe.exits import ExitStatus
from smtpprobe.present import spans
from smtpprobe.present.json_text import json_text
from smtpprobe.present.spans import Line, Span
from smtpprobe.protocol.units import shown_duration
from smtpprobe.send.load import LoadReport
from smtpprobe.send.reports import report_object, text_lines

SCHEMA_OF_LOADS = "smtpprobe/load/1"

PERCENTILES = (50, 90, 99, 100)


def percentile(ordered: Sequence[float], percent: int) -> float | None:
    """Return the value below which so many percent of them lie; None of nothing."""
    if not ordered:
        return None
    return ordered[min(len(ordered) - 1, max(0, -(-len(ordered) * percent // 100) - 1))]


def load_lines(report: LoadReport) -> list[Line]:
    """Return the result of all messages, then that of the last one."""
    counts = ", ".join(f"{count} {word}" for word, count in report.results.most_common())
    rate = report.sent / report.seconds if report.seconds else 0.0
    several = "s" * (report.connections != 1)
    told = (
        f"{report.sent} of {report.wanted} messages in {shown_duration(report.seconds)} "
        f"({rate:.1f}/s) over {report.connections} connection{several}: {counts}"
    )
    lines: list[Line] = [(Span(spans.HEADING, "Load: "), Span(spans.PLAIN, told))]
    times = [
        f"{'slowest' if percent == 100 else f'{percent}%'} {shown_duration(value)}"
        for percent in PERCENTILES
        if (value := percentile(report.replies, percent)) is not None
    ]
    if times:
        lines.append(spans.line(f"  reply to a message: {', '.join(times)}"))
    if report.last is not None:
        lines += [spans.line("the last message:"), *text_lines(report.last)]
    return lines


def load_json(report: LoadReport, status: ExitStatus | None = None) -> str:
    """Return the same as one JSON object on one line; `status` is that of a run cut short."""
    times = {
        f"p{percent}": None if value is None else round(value * 1000, 3)
        for percent in PERCENTILES
        for value in (percentile(report.replies, percent),)
    }
    fields: dict[str, object] = {
        "schema": SCHEMA_OF_LOADS,
        "smtpprobe": __version__,
        "messages": report.sent,
        "wanted": report.wanted,
        "results": dict(report.results),
        "connections": report.connections,
        "seconds": round(report.seconds, 6),
        "reply_ms": times,
        "exit": int(report.status if status is None else status),
        "last": None if report.last is None else report_object(report.last),
    }
    return json_text(fields) + "\n"
