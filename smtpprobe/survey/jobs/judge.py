"""The verdicts on a partition: what DNS gave, joined to what the addresses showed. Pure but CPU."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from smtpprobe.starttls.collect.address import Place, dialling
from smtpprobe.starttls.collect.collect import anchored, complete, needs_anchors
from smtpprobe.starttls.collect.shared import cut_short
from smtpprobe.starttls.facts import AddressFacts, Connect, HostFacts
from smtpprobe.starttls.judge.judge import Report, judge
from smtpprobe.survey.exclusions import EXCLUDED
from smtpprobe.survey.jobs.resolve import Resolved
from smtpprobe.survey.options import Options


@dataclass(frozen=True, slots=True)
class Judged:
    """An entry with its report, None for one that could not be checked."""

    resolved: Resolved
    report: Report | None


def judge_all(
    entries: list[Resolved], shown: Mapping[Place, AddressFacts], options: Options
) -> list[Judged]:
    """Return the reports on the entries; a place that was never asked is unknown."""
    return [Judged(each, _report(each, shown, options)) for each in entries]


def _report(
    entry: Resolved, shown: Mapping[Place, AddressFacts], options: Options
) -> Report | None:
    facts = entry.facts
    if facts is None:
        return None

    def of(place: Place, host: HostFacts) -> AddressFacts:
        found = shown.get(place)
        if found is None:
            found = _unasked(place, options)
        return anchored(found, host) if needs_anchors(host) else found

    hosts = tuple(
        host._replace(addresses=tuple(of(place, host) for place in places))
        for host, places in zip(facts.hosts, entry.places, strict=True)
    )
    addresses = [address for host in hosts for address in host.addresses]
    seconds = facts.seconds + max((address.seconds for address in addresses), default=0.0)
    whole = complete(facts, hosts, seconds, interrupted=any(one.interrupted for one in addresses))
    return judge(whole, options.judging, options.day)


def _unasked(place: Place, options: Options) -> AddressFacts:
    facts = cut_short(dialling(place, connections=0), place, options.gathering)
    if options.exclusions.covers(place.ip):
        return facts._replace(connect=Connect.EXCLUDED, reason=EXCLUDED, interrupted=False)
    return facts
