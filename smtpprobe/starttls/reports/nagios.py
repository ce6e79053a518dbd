"""Checks as the output of a monitoring plugin: the worst target leads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from smtpprobe.exits import NagiosState
from smtpprobe.present.escape import shown
from smtpprobe.present.formats import nagios
from smtpprobe.present.formats.nagios import Number
from smtpprobe.starttls.finding import Level
from smtpprobe.starttls.judge.judge import Report, Result
from smtpprobe.starttls.reports.formats import USUAL, ReportOptions
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


def nagios_report(reports: Sequence[Report], _options: ReportOptions = USUAL) -> str:
    """Return the output of a plugin."""
    return nagios_text(reports)[0]


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
