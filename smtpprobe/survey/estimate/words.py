"""The estimates in words: what was measured, what is assumed, and what follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from smtpprobe.present.counted import counted
from smtpprobe.present.escape import escaped
from smtpprobe.survey.estimate.estimate import (
    SESSION_PACKETS,
    Estimate,
    Sample,
    Wanted,
    estimated,
    packets_of,
)
from smtpprobe.survey.politeness import Politeness

_STAGE_NAMES = {"resolve": "DNS", "addresses": "mail hosts", "domains": "verdicts"}


def plan_lines(sample: Sample, domains: int, wanted: Sequence[Wanted], where: str) -> Iterator[str]:
    """Yield the plan of a survey for each number of workers that is wanted."""
    yield f"measured in {where}:"
    yield (
        f"  {_domains(sample.domains)} {'leads' if sample.domains == 1 else 'lead'} to"
        f" {_addresses(sample.addresses)}"
        f" (half of them to {sample.half_addresses:,})"
    )
    yield (
        f"  {counted(sample.connections, 'connection')}: {sample.refused:,} refused,"
        f" {sample.silent:,} without an answer; {_mean(sample):.2f} s an address"
    )
    if sample.questions:
        yield f"  {sample.questions / sample.domains:.1f} DNS questions a domain"
    for name, cost in (sample.costs or {}).items():
        if cost.rows:
            yield (
                f"  {_STAGE_NAMES[name]}: {1000 * cost.seconds / cost.rows:.2f} ms of a worker,"
                f" {1000 * cost.client_cpu / cost.rows:.2f} ms of CPU here"
            )
    yield ""
    yield from _assumed(sample, domains, wanted[0])
    yield ""
    yield f"for {_domains(domains)}:"
    found = [estimated(sample, each) for each in wanted]
    first = found[0]
    yield (
        f"  {_addresses(first.addresses)}, {counted(first.packets, 'packet')},"
        f" {octets(first.octets)} from the workers, {octets(first.disk)} of files"
    )
    for each, estimate in zip(wanted, found, strict=True):
        yield f"  {_workers(each.workers)}: {duration(estimate.seconds)}{_parts(estimate)}"


def _parts(estimate: Estimate) -> str:
    parts = ", ".join(
        f"{_STAGE_NAMES[stage.stage]} {duration(stage.seconds)}" for stage in estimate.stages
    )
    slowest = estimate.bottleneck
    longest = f"longest: {_STAGE_NAMES[slowest.stage]}, limited by {slowest.waits_for}"
    return f" ({parts}); {longest}"


def _assumed(sample: Sample, domains: int, wanted: Wanted) -> Iterator[str]:
    yield "assumed:"
    if wanted.addresses is not None:
        yield f"  {_addresses(wanted.addresses)}, as you say"
    else:
        yield (
            f"  addresses grow with the domains as from half to whole of the sample:"
            f" by the power {sample.growth:.2f}"
        )
    yield "  every domain and address costs what those of the sample did, and hosts answer alike"
    yield f"  DNS keeps up with all workers; a session is {SESSION_PACKETS} packets"
    share = sample.in_network / sample.addresses if sample.addresses else 0.0
    yield (
        f"  {sample.network or 'no network'} keeps {100 * share:.1f} % of the addresses,"
        f" {wanted.per_network} at a time"
    )
    if domains < sample.domains:
        yield "  fewer domains than the sample has: the plan is for less than was measured"


def _workers(count: int) -> str:
    return counted(count, "worker")


def _domains(count: int) -> str:
    return counted(count, "domain")


def _addresses(count: int) -> str:
    return counted(count, "address", "addresses")


def _mean(sample: Sample) -> float:
    return sample.session_seconds / sample.addresses if sample.addresses else 0.0


def duration(seconds: float) -> str:
    """Return a time for people, in the unit that fits."""
    for unit, size in (("days", 86_400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:.1f} {unit}"
    return f"{seconds:.0f} s"


def octets(count: float) -> str:
    """Return a number of octets for people."""
    for unit, size in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6)):
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return f"{count / 1000:.0f} kB"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What DNS said of entries chosen from a list of `total`.

    `ends` counts what became of them. `busiest` are networks with their addresses and domains, the
    largest first. `policy_hosts` are addresses that publish MTA-STS policies.
    """

    sample: Sample
    ends: Mapping[str, int]
    excluded: int
    networks: int
    busiest: tuple[tuple[str, int, int], ...]
    total: int = 0
    policy_hosts: int = 0


MOST_NETWORKS = 10
SESSIONS = (1.0, 10.0)
"""Seconds that an address may take: a quick and a slow one, as none was measured."""


def dry_lines(
    chosen: Chosen, workers: int, rate: float | None, polite: Politeness
) -> Iterator[str]:
    """Yield what a dry run found, and what follows from it."""
    sample, total = chosen.sample, chosen.total
    dns = (sample.costs or {})["resolve"]
    yield (
        f"the list has {counted(total, 'entry', 'entries')}; {sample.domains:,} of them"
        f" {'was' if sample.domains == 1 else 'were'} looked up in DNS"
    )
    yield "no mail host and no policy host was contacted"
    yield ""
    yield f"measured for these {sample.domains:,}:"
    for end, count in sorted(chosen.ends.items(), key=lambda item: -item[1])[:MOST_NETWORKS]:
        yield f"  {count:,} {escaped(end)}"
    yield (
        f"  {_addresses(sample.addresses)} in {counted(chosen.networks, 'network')}"
        f" (half of the entries: {sample.half_addresses:,}); {chosen.excluded:,} more excluded"
    )
    yield f"  {counted(sample.questions, 'DNS question')} in {dns.seconds:.1f} s"
    yield f"  {_addresses(chosen.policy_hosts)} of MTA-STS policies, which a survey fetches"
    yield ""
    yield "assumed:"
    whole = total == sample.domains
    if not whole:
        yield (
            "  addresses grow with the entries as from half to whole of the sample:"
            f" by the power {sample.growth:.2f}"
        )
    yield f"  every address answers: a session is {SESSION_PACKETS} packets"
    yield "  fetching policies is not counted"
    yield f"  DNS keeps up with {_workers(workers)}; each asks it as fast as this one did"
    yield ""
    addresses = sample.addresses if whole else sample.addresses_of(total)
    yield f"estimated for all {total:,}:"
    least = "" if whole else f" ({sample.addresses:,} to {_linear(sample, total):,} are possible)"
    yield f"  {_addresses(addresses)}{least}"
    yield f"  {counted(packets_of(sample, total, addresses), 'packet')}, both ways"
    yield f"  DNS: {duration(dns.seconds / sample.domains * total / workers)}"
    if rate:
        yield f"  mail hosts: {duration(addresses / rate)} at least, by --rate {rate:g}"
    share = sample.in_network / sample.addresses if sample.addresses else 0.0
    for seconds in SESSIONS:
        in_workers = addresses * seconds / (workers * polite.jobs)
        in_network = share * addresses * seconds / polite.per_network
        yield (
            f"  mail hosts, not measured: if an address takes {seconds:g} s,"
            f" {duration(max(in_workers, in_network))}"
            f" (the largest network alone {duration(in_network)})"
        )
    yield "  to measure that, survey a sample, then: smtpprobe survey plan FOLDER"
    if chosen.busiest:
        yield ""
        yield "busiest networks of the sample:"
    for name, there, domains in chosen.busiest[:MOST_NETWORKS]:
        yield f"  {name:<22} {_addresses(there):>15} {_domains(domains):>14}"


def _linear(sample: Sample, total: int) -> int:
    return round(sample.addresses * total / sample.domains)
