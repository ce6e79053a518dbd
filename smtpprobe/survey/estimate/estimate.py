"""Time, packets and octets of a survey of any size, from those of a sample. Pure arithmetic."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from smtpprobe.settings.option_limits import SURVEY_PER_NETWORK

QUESTION_PACKETS = 2
"""A question to DNS by UDP and its answer."""

SESSION_PACKETS = 30
"""Of a session with STARTTLS and a certificate of one kilobyte, both ways, acknowledgements and
the end of the connection included: 28 to 31 in `make bench-survey`, in packets of 1500 octets."""

REFUSED_PACKETS = 2
SILENT_PACKETS = 5
"""The tries of Linux within the 30 seconds that a connection may take."""

STAGES = ("resolve", "addresses", "domains")


@dataclass(frozen=True, slots=True)
class Cost:
    """What some rows of a stage took: seconds of workers, of their CPU, and of the client's CPU.

    `octets` came from the workers, `disk` are those of the files.
    """

    rows: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    client_cpu: float = 0.0
    octets: int = 0
    disk: int = 0


@dataclass(frozen=True, slots=True)
class Sample:
    """What was measured: domains, their distinct addresses, and both for a half of them by chance.

    `network` is the one with the most addresses, of which it has `in_network`. `questions` went to
    DNS (0: not known). `connections` were made to mail hosts, of which `refused` and `silent` gave
    none; sessions took `session_seconds` together.
    """

    domains: int
    addresses: int
    half_domains: int = 0
    half_addresses: int = 0
    network: str = ""
    in_network: int = 0
    questions: int = 0
    connections: int = 0
    refused: int = 0
    silent: int = 0
    session_seconds: float = 0.0
    costs: Mapping[str, Cost] | None = None

    @property
    def growth(self) -> float:
        """How the addresses grow with the domains: 0 not at all, 1 as these do."""
        if not (0 < self.half_domains < self.domains and self.half_addresses > 0):
            return 1.0
        more = math.log(self.addresses / self.half_addresses)
        return min(1.0, max(0.0, more / math.log(self.domains / self.half_domains)))

    def addresses_of(self, domains: int) -> int:
        """Return how many addresses so many domains have, if sharing goes on as in the sample."""
        if not self.domains:
            return 0
        return round(self.addresses * math.pow(domains / self.domains, self.growth))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A survey that is planned; `addresses` is None where the sample is to tell."""

    domains: int
    workers: int = 1
    addresses: int | None = None
    rate: float | None = None
    per_network: int = SURVEY_PER_NETWORK


@dataclass(frozen=True, slots=True)
class StageTime:
    """How long a stage takes, in seconds, and what of it all waits for."""

    stage: str
    seconds: float
    waits_for: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a survey takes; `octets` are those from the workers to the client, `disk` the files."""

    addresses: int
    stages: tuple[StageTime, ...]
    packets: int
    octets: int
    disk: int

    @property
    def seconds(self) -> float:
        """How long all of it takes."""
        return sum(stage.seconds for stage in self.stages)

    @property
    def bottleneck(self) -> StageTime:
        """The stage that takes longest."""
        return max(self.stages, key=lambda stage: stage.seconds)


WORKERS, CLIENT = "the workers", "the machine that starts the survey"
RATE, NETWORK = "--rate", "the largest network"


def estimated(sample: Sample, wanted: Wanted) -> Estimate:
    """Return what a survey takes, if each domain and address costs what those of the sample did."""
    addresses = wanted.addresses
    if addresses is None:
        addresses = sample.addresses_of(wanted.domains)
    rows = {"resolve": wanted.domains, "addresses": addresses, "domains": wanted.domains}
    costs = sample.costs or {}
    stages, octets, disk = list[StageTime](), 0.0, 0.0
    for name in STAGES:
        cost = costs.get(name, Cost())
        times = _times(name, cost, rows[name], sample, wanted)
        waits_for = max(times, key=lambda each: times[each])
        stages.append(StageTime(name, times[waits_for], waits_for))
        octets += _each(cost.octets, cost.rows) * rows[name]
        disk += _each(cost.disk, cost.rows) * rows[name]
    return Estimate(
        addresses,
        tuple(stages),
        packets_of(sample, wanted.domains, addresses),
        round(octets),
        round(disk),
    )


def _times(name: str, cost: Cost, rows: int, sample: Sample, wanted: Wanted) -> Mapping[str, float]:
    """Return how long a stage takes for each of what limits it."""
    times = {
        WORKERS: _each(cost.seconds, cost.rows) * rows / wanted.workers,
        CLIENT: _each(cost.client_cpu, cost.rows) * rows,
    }
    if name != "addresses":
        return times
    session = _each(sample.session_seconds, sample.addresses)
    share = _each(sample.in_network, sample.addresses)
    times[NETWORK] = share * rows * session / wanted.per_network
    if wanted.rate:
        times[RATE] = rows * _each(sample.connections, sample.addresses) / wanted.rate
    return times


def packets_of(sample: Sample, domains: int, addresses: int) -> int:
    """Return how many packets go either way, DNS and mail hosts together."""
    dns = _each(sample.questions, sample.domains) * domains * QUESTION_PACKETS
    good = sample.connections - sample.refused - sample.silent
    sent = (
        good * SESSION_PACKETS + sample.refused * REFUSED_PACKETS + sample.silent * SILENT_PACKETS
    )
    return round(dns + _each(sent, sample.addresses) * addresses)


def _each(sum_of_all: float, count: int) -> float:
    return sum_of_all / count if count else 0.0
