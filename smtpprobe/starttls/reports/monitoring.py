"""A report for monitoring: a Nagios line, Prometheus metrics, JUnit cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element

from smtpprobe.present import junit, nagios, prometheus
from smtpprobe.present.escape import shown
from smtpprobe.present.nagios import NagiosState, Number
from smtpprobe.present.prometheus import Gauge
from smtpprobe.starttls.finding import Finding, Level
from smtpprobe.starttls.judge.judge import AddressReport, Report, Result
from smtpprobe.starttls.judge.matrix import Value
from smtpprobe.starttls.reports.text import in_words


def nagios_state(report: Report) -> NagiosState:
    """Return the state of a plugin: what fails is critical, what only warns a warning."""
    match report.result:
        case Result.FAIL:
            failing = any(one.level is Level.FAIL for one in report.findings)
            return NagiosState.CRITICAL if failing else NagiosState.WARNING
        case Result.INCONCLUSIVE:
            return NagiosState.UNKNOWN
        case _ if any(one.level is Level.WARN for one in report.findings):
            return NagiosState.WARNING
        case _:
            return NagiosState.OK


def nagios_text(reports: Sequence[Report]) -> tuple[str, NagiosState]:
    """Return the output of a plugin and its exit code; the worst target leads."""
    ranked = sorted(reports, key=lambda report: -_RANKS.index(nagios_state(report)))
    state = nagios_state(ranked[0]) if ranked else NagiosState.UNKNOWN
    heads = "; ".join(f"{shown(str(one.facts.target))}: {_headline(one)}" for one in ranked)
    numbers = (number for report in reports for number in _numbers(report))
    more = (line for report in ranked for line in _more(report))
    return nagios.output("STARTTLS", state, nagios.plain(heads), numbers, more), state


_RANKS = (NagiosState.OK, NagiosState.WARNING, NagiosState.UNKNOWN, NagiosState.CRITICAL)
"""The worst last."""


def _more(report: Report) -> Iterator[str]:
    for one in report.findings:
        told = f"{one.where}: {one.message}" if one.where else one.message
        yield f"{one.level.letter} {one.id} {nagios.plain(told)}"


def _headline(report: Report) -> str:
    worst = next((one for one in report.findings if one.level is not Level.NOTE), None)
    if worst is None:
        return in_words(report)
    where = f" ({worst.where})" if worst.where else ""
    return f"{worst.id}{where} {worst.message}"


def _numbers(report: Report) -> Iterator[Number]:
    target = str(report.facts.target)
    yield Number(nagios.label(target), f"{report.facts.seconds:.3f}s")
    left = shortest_days(report)
    if left is not None:
        options = report.case.options
        limits = f"{options.warn_days}:", f"{options.fail_days}:"
        yield Number(nagios.label(f"{target} days"), str(left), *limits)


def shortest_days(report: Report) -> int | None:
    """Return the fewest days left of all servers' certificates; None without one."""
    leaves = [one.standing.leaf for one in report.addresses if one.standing.leaf is not None]
    days = [report.case.days_left(leaf) for leaf in leaves]
    return min((each for each in days if each is not None), default=None)


def prometheus_text(reports: Sequence[Report]) -> str:
    """Return metrics for a textfile collector.

    A series stands once: of a target that was checked twice as it was the last time.
    """
    gauges = (_results, _senders, _findings, _certificate_days, _seconds)
    return prometheus.document(gauge(reports) for gauge in gauges)


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
    gauge = Gauge("smtpprobe_starttls_findings", "number of number of findings by id and level")
    for report in reports:
        counts = Counter((each.id, each.level.value) for each in report.findings)
        for (name, level), count in counts.items():
            gauge.set(str(count), target=_target(report), id=name, level=level)
    return gauge


def _certificate_days(reports: Iterable[Report]) -> Gauge:
    meaning = "days until the certificate expires"
    gauge = Gauge("smtpprobe_starttls_certificate_days", meaning)
    for report in reports:
        for one in report.addresses:
            leaf = one.standing.leaf
            left = report.case.days_left(leaf) if leaf is not None else None
            if left is not None:
                gauge.set(str(left), **_place(report, one))
    return gauge


def _seconds(reports: Iterable[Report]) -> Gauge:
    gauge = Gauge("smtpprobe_starttls_seconds", "duration of the check in seconds")
    for report in reports:
        gauge.set(f"{report.facts.seconds:.3f}", target=_target(report))
    return gauge


def _target(report: Report) -> str:
    return str(report.facts.target)


def _place(report: Report, one: AddressReport) -> dict[str, str]:
    standing = one.standing
    return {"target": _target(report), "host": standing.host.name, "ip": standing.address.ip}


def junit_text(reports: Sequence[Report]) -> str:
    """Return JUnit XML: a suite for each target, a case for each finding that is no note."""
    return junit.document(map(_suite, reports))


def _suite(report: Report) -> Element:
    cases = [_case(one) for one in report.findings if one.level is not Level.NOTE]
    cases = cases or [junit.case("starttls", "no findings")]
    return junit.suite(_target(report), cases, report.facts.seconds)


def _case(one: Finding) -> Element:
    case = junit.case("starttls", f"{one.id} {one.where}".strip())
    advice = shown(f"{one.fix} ({one.reference})")
    if one.level is Level.FAIL:
        junit.ends(case, "failure", one.message, advice)
    else:
        junit.ends(case, "skipped", f"{one.level.value}: {one.message}", advice)
    return case
