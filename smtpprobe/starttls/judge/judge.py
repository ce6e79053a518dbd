"""From facts to a report: findings, the sender matrix, a result and an exit code. Pure.

Each rule is a small function that yields findings; the modules of this folder end in the lists of
theirs, by what is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import TypeAlias

from smtpprobe.exits import ExitStatus
from smtpprobe.policy.dns_answer import Status
from smtpprobe.starttls.facts import Facts, HostFacts
from smtpprobe.starttls.finding import Finding, Level, finding
from smtpprobe.starttls.finding_table import ROWS
from smtpprobe.starttls.judge import certificate, connection, dane, dns, starttls, sts, tls
from smtpprobe.starttls.judge.assessment import Case, Standing, case_of
from smtpprobe.starttls.judge.matrix import Cell, Reach, cells, reach
from smtpprobe.starttls.judge.options import JudgeOptions, Sender

TargetRule: TypeAlias = Callable[[Case], Iterable[Finding]]
HostRule: TypeAlias = Callable[[Case, HostFacts], Iterable[Finding]]
AddressRule: TypeAlias = Callable[[Case, Standing], Iterable[Finding]]

TARGET_RULES: tuple[TargetRule, ...] = (
    *dns.OF_TARGET,
    *sts.OF_TARGET,
    *starttls.OF_TARGET,
)

HOST_RULES: tuple[HostRule, ...] = (
    *dns.OF_HOST,
    *connection.OF_HOST,
    *dane.OF_HOST,
    *sts.OF_HOST,
)

ADDRESS_RULES: tuple[AddressRule, ...] = (
    *connection.OF_ADDRESS,
    *starttls.OF_ADDRESS,
    *tls.OF_ADDRESS,
    *certificate.OF_ADDRESS,
    *dane.OF_ADDRESS,
)


class Result(Enum):
    """What a target comes to; the value is the word in JSON."""

    OK = "ok"
    FAIL = "fail"
    INCONCLUSIVE = "inconclusive"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class AddressReport:
    """The assessment of an address, and what each kind of sender does there."""

    standing: Standing
    cells: dict[Sender, Cell]


@dataclass(frozen=True, slots=True)
class Report:
    """One target, judged. `time` is when the facts were gathered, `at` the day of the dates."""

    case: Case
    findings: tuple[Finding, ...]
    addresses: tuple[AddressReport, ...]
    senders: dict[Sender, Reach]
    result: Result
    exit_status: ExitStatus

    @property
    def facts(self) -> Facts:
        """The facts gathered."""
        return self.case.facts

    def of(self, host: HostFacts) -> tuple[AddressReport, ...]:
        """Return the addresses of one host."""
        return tuple(one for one in self.addresses if one.standing.host is host)


def judge(facts: Facts, options: JudgeOptions, now: datetime) -> Report:
    """Return the report on a target; dates are judged at `options.at`, else now (UTC)."""
    case = case_of(facts, options, now)
    addresses = tuple(AddressReport(one, cells(case, one)) for one in case.standings)
    senders = _senders(facts, addresses)
    found = _never_ok_by_default([*_deciding(_findings(case), options)], senders, facts, options)
    found.sort(key=_rank)
    result = _result(found, facts, options)
    return Report(case, tuple(found), addresses, senders, result, _EXITS[result])


_UNTOLD = (Status.ERROR, Status.TIMEOUT, Status.INTERRUPTED)


def _senders(facts: Facts, addresses: Sequence[AddressReport]) -> dict[Sender, Reach]:
    """Return what the matrix amounts to; without an answer of DNS there may be hosts unknown."""
    found = [*facts.lookups, *facts.own_addresses]
    found += [lookup for host in facts.hosts for lookup in host.lookups]
    if not addresses and any(lookup.status in _UNTOLD for lookup in found):
        return dict.fromkeys(Sender, Reach.UNKNOWN)
    return {
        sender: reach(sender, (one.cells[sender].value for one in addresses)) for sender in Sender
    }


def _findings(case: Case) -> Iterator[Finding]:
    for target_rule in TARGET_RULES:
        yield from target_rule(case)
    for host in case.facts.hosts:
        for host_rule in HOST_RULES:
            yield from host_rule(case, host)
    for one in case.standings:
        for address_rule in ADDRESS_RULES:
            yield from address_rule(case, one)


def _deciding(found: Iterable[Finding], options: JudgeOptions) -> Iterator[Finding]:
    """Where one kind of sender decides, what does not touch it fails nothing."""
    for one in found:
        spared = options.level is not None and options.level.value not in one.row.affects
        if spared and one.level is Level.FAIL:
            yield replace(one, level=Level.WARN)
        else:
            yield one


_UNDELIVERED = (Reach.CLEAR, Reach.NONE)


def _never_ok_by_default(
    found: list[Finding], senders: dict[Sender, Reach], facts: Facts, options: JudgeOptions
) -> list[Finding]:
    """Return the findings, and one more where nothing fails and the deciding sender has no TLS.

    That one is the sender of `--level`, else the opportunistic one.
    """
    reached = senders[options.level or Sender.OPPORTUNISTIC]
    decided = any(one.level in (Level.FAIL, Level.UNKNOWN) for one in found)
    if decided or _not_offered(facts):
        return found
    if reached in _UNDELIVERED:
        return [*found, finding("check.undecided", _NOBODY, level=Level.FAIL)]
    return [*found, finding("check.undecided")] if reached is Reach.UNKNOWN else found


_NOBODY = "no rule found a fault, and yet the senders that count do not deliver over TLS"


def _not_offered(facts: Facts) -> bool:
    return facts.not_offered and not facts.hosts


_LEVELS = (Level.FAIL, Level.UNKNOWN, Level.WARN, Level.NOTE)
_PLACES = {row.id: place for place, row in enumerate(ROWS)}


def _rank(one: Finding) -> tuple[int, int]:
    return _LEVELS.index(one.level), _PLACES[one.id]


def _result(found: Iterable[Finding], facts: Facts, options: JudgeOptions) -> Result:
    levels = {one.level for one in found}
    failing = {Level.FAIL, Level.WARN} if options.fail_on is Level.WARN else {Level.FAIL}
    if levels & failing:
        return Result.FAIL
    if Level.UNKNOWN in levels:
        return Result.INCONCLUSIVE
    return Result.NOTHING if _not_offered(facts) else Result.OK


_EXITS = {
    Result.OK: ExitStatus.OK,
    Result.FAIL: ExitStatus.CHECK_FAILED,
    Result.INCONCLUSIVE: ExitStatus.CANNOT_TELL,
    Result.NOTHING: ExitStatus.NOTHING_CHECKED,
}
