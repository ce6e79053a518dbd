"""A report for monitoring: a Nagios line, Prometheus metrics, JUnit cases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from smtpprobe.present.escape import shown
from smtpprobe.starttls.finding import Finding, Level
from smtpprobe.starttls.judge.judge import Report, Result
from smtpprobe.starttls.reports.text import in_words

OK, WARNING, CRITICAL, UNKNOWN = range(4)
"""Exit codes of a Nagios plugin."""

_WORDS = ("OK", "WARNING", "CRITICAL", "UNKNOWN")


def nagios_code(report: Report) -> int:
    """Return the code of a plugin: what fails is critical, what only warns a warning."""
    match report.result:
        case Result.FAIL:
            failing = any(one.level is Level.FAIL for one in report.findings)
            return CRITICAL if failing else WARNING
        case Result.INCONCLUSIVE:
            return UNKNOWN
        case _ if any(one.level is Level.WARN for one in report.findings):
            return WARNING
        case _:
            return OK


def nagios_text(reports: Sequence[Report]) -> tuple[str, int]:
    """Return the output of a plugin and its exit code; the worst target leads."""
    ranked = sorted(reports, key=lambda report: -_SEVERITY.index(nagios_code(report)))
    code = nagios_code(ranked[0]) if ranked else UNKNOWN
    heads = [f"{shown(str(one.facts.target))}: {_headline(one)}" for one in ranked]
    lines = [f"STARTTLS {_WORDS[code]} - {_plain('; '.join(heads))} | {_performance(reports)}"]
    for report in ranked:
        for one in report.findings:
            told = f"{one.where}: {one.message}" if one.where else one.message
            lines.append(f"{one.level.letter} {one.id} {_plain(told)}")
    return "\n".join(lines) + "\n", code


_SEVERITY = (OK, WARNING, UNKNOWN, CRITICAL)


def _headline(report: Report) -> str:
    worst = next((one for one in report.findings if one.level is not Level.NOTE), None)
    if worst is None:
        return in_words(report)
    where = f" ({worst.where})" if worst.where else ""
    return f"{worst.id}{where} {worst.message}"


def _plain(text: str) -> str:
    return shown(text).replace("|", "/")


def _performance(reports: Iterable[Report]) -> str:
    parts = []
    for report in reports:
        label = _plain(str(report.facts.target)).replace("'", "").replace("=", "")
        parts.append(f"'{label}'={report.facts.seconds:.3f}s")
        left = shortest_days(report)
        if left is not None:
            options = report.case.options
            days = f"{left};{options.warn_days}:;{options.fail_days}:"
            parts.append(f"'{label} days'={days}")
    return " ".join(parts)


def shortest_days(report: Report) -> int | None:
    """Return the fewest days left of all servers' certificates; None without one."""
    leaves = [one.standing.leaf for one in report.addresses if one.standing.leaf is not None]
    days = [report.case.days_left(leaf) for leaf in leaves]
    return min((each for each in days if each is not None), default=None)


_METRICS = (
    ("smtpprobe_starttls_result", "1 for the actual result: ok, fail, inconclusive or nothing"),
    (
        "smtpprobe_starttls_sender",
        "1 if such senders deliver over TLS, 0.5 if some do, 0 if none does",
    ),
    ("smtpprobe_starttls_findings", "number of number of findings by id and level"),
    ("smtpprobe_starttls_certificate_days", "days until the certificate expires"),
    ("smtpprobe_starttls_seconds", "duration of the check in seconds"),
)


def prometheus_text(reports: Sequence[Report]) -> str:
    """Return metrics in the text format of Prometheus, for a textfile collector.

    A series stands once: of a target that was checked twice as it was the last time.
    """
    rows = {row[:2]: row for report in reports for row in _rows(report)}.values()
    lines = []
    for name, meaning in _METRICS:
        found = [(labels, value) for metric, labels, value in rows if metric == name]
        if found:
            lines += [f"# HELP {name} {meaning}", f"# TYPE {name} gauge"]
            lines += [f"{name}{{{labels}}} {value}" for labels, value in found]
    return "".join(f"{line}\n" for line in lines)


def _rows(report: Report) -> list[tuple[str, str, str]]:
    target = str(report.facts.target)
    rows = [
        ("smtpprobe_starttls_result", _labels(target=target, result=one.value), str(int(held)))
        for one in Result
        for held in [one is report.result]
    ]
    for one in report.addresses:
        place = {"target": target, "host": one.standing.host.name, "ip": one.standing.address.ip}
        for sender, cell in one.cells.items():
            value = _NUMBERS.get(cell.value.value)
            if value is not None:
                labels = _labels(**place, sender=sender.value)
                rows.append(("smtpprobe_starttls_sender", labels, value))
        leaf = one.standing.leaf
        left = report.case.days_left(leaf) if leaf is not None else None
        if left is not None:
            rows.append(("smtpprobe_starttls_certificate_days", _labels(**place), str(left)))
    counts: dict[tuple[str, str], int] = {}
    for each in report.findings:
        counts[each.id, each.level.value] = counts.get((each.id, each.level.value), 0) + 1
    for (name, level), count in counts.items():
        labels = _labels(target=target, id=name, level=level)
        rows.append(("smtpprobe_starttls_findings", labels, str(count)))
    rows.append(
        ("smtpprobe_starttls_seconds", _labels(target=target), f"{report.facts.seconds:.3f}")
    )
    return rows


_NUMBERS = {"tls": "1", "yes": "1", "partial": "0.5", "clear": "0", "no": "0"}


def _labels(**values: str) -> str:
    return ",".join(f'{name}="{_label(value)}"' for name, value in values.items())


def _label(value: str) -> str:
    return shown(value).replace("\\", "\\\\").replace('"', '\\"')


def junit_text(reports: Sequence[Report]) -> str:
    """Return JUnit XML: a suite for each target, a case for each sender at each address."""
    suites = "".join(_suite(report) for report in reports)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n{suites}</testsuites>\n'


def _suite(report: Report) -> str:
    cases = [_case(one.id, one) for one in report.findings if one.level is not Level.NOTE]
    if not cases:
        cases = ['    <testcase classname="starttls" name="no findings"/>\n']
    failures = sum(one.level is Level.FAIL for one in report.findings)
    skipped = sum(one.level in (Level.UNKNOWN, Level.WARN) for one in report.findings)
    return (
        f'  <testsuite name={_attribute(str(report.facts.target))} tests="{len(cases)}" '
        f'failures="{failures}" skipped="{skipped}" time="{report.facts.seconds:.3f}">\n'
        f"{''.join(cases)}  </testsuite>\n"
    )


def _case(name: str, one: Finding) -> str:
    kind = "failure" if one.level is Level.FAIL else "skipped"
    message = f"{one.level.value}: {one.message}" if kind == "skipped" else one.message
    return (
        f'    <testcase classname="starttls" name={_attribute(f"{name} {one.where}".strip())}>\n'
        f"      <{kind} message={_attribute(message)}>"
        f"{escape(shown(f'{one.fix} ({one.reference})'))}</{kind}>\n    </testcase>\n"
    )


def _attribute(text: str) -> str:
    return quoteattr(shown(text))
