"""`smtpprobe survey --dry-run`: what a survey would send, from what DNS says of a sample.

DNS is asked, by the code of the survey itself, about some entries chosen at random. Nobody else is
contacted: no mail host, no host of an MTA-STS policy. How long mail hosts take is not known then.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from smtpprobe.exits import ExitStatus
from smtpprobe.net.connect import Endpoint
from smtpprobe.survey.arguments import Arguments
from smtpprobe.survey.estimate.estimate import Cost, Sample
from smtpprobe.survey.estimate.words import Chosen, dry_lines
from smtpprobe.survey.jobs.resolve import Entry, Resolved, resolve
from smtpprobe.survey.listing import EMPTY, Partition, partitions
from smtpprobe.survey.places import network_of

SAMPLED = 1000
"""Entries of the list that are looked up."""


class _Nobody:
    """A way that leads to nobody; it counts who would have been connected to."""

    def __init__(self) -> None:
        self.wanted = set[str]()

    async def __call__(self, to: Endpoint, _make: Any, /) -> Any:
        """Connect to nobody.

        Raises:
            OSError: always.
        """
        self.wanted.add(to.address)
        raise OSError("not contacted: dry run")


def dry_run(words: Arguments) -> int:
    """Print the estimate; return the exit code.

    Raises:
        UsageError: the list cannot be read, or the resolver is invalid.
        LookupFailed: the DNS server is not running.
    """
    total, entries = chosen(partitions(words.listed, words.column))
    if not total:
        sys.stderr.write(EMPTY)
        return ExitStatus.NOTHING_CHECKED
    nobody = _Nobody()
    how = replace(words.options.gathering, connector=nobody)
    polite = words.options.politeness
    began = time.monotonic()
    found = asyncio.run(resolve(entries, replace(words.options, gathering=how)))
    seconds = time.monotonic() - began
    seen = _seen(found.entries, words)
    costs = {"resolve": Cost(rows=len(entries), seconds=seconds)}
    sample = replace(seen.sample, questions=found.questions, costs=costs)
    more = replace(seen, sample=sample, total=total, policy_hosts=len(nobody.wanted))
    for line in dry_lines(more, words.where.workers, words.rate, polite):
        sys.stdout.write(f"{line}\n")
    return ExitStatus.OK


def chosen(parts: Iterable[Partition], count: int = SAMPLED) -> tuple[int, list[Entry]]:
    """Return how many entries a list has, and some of them, each as likely as any other.

    The same list gives the same ones; only these are held.
    """
    chance = random.Random("smtpprobe survey --dry-run")  # noqa: S311 - for no secret
    kept, total = list[Entry](), 0
    for entry in _entries(parts):
        total += 1
        if len(kept) < count:
            kept.append(entry)
        elif (at := chance.randrange(total)) < count:
            kept[at] = entry
    return total, kept


def _entries(parts: Iterable[Partition]) -> Iterator[Entry]:
    for part in parts:
        yield from part.entries


@dataclass(slots=True)
class _Networks:
    """Addresses and domains by network."""

    places: dict[str, set[Any]]
    domains: Counter[str]


def _seen(entries: list[Resolved], words: Arguments) -> Chosen:
    """Return what DNS gave; the reservoir is in no order, so its first half is one by chance."""
    exclusions = words.options.exclusions
    networks = _Networks({}, Counter())
    excluded, places, half = set[str](), set[Any](), 0
    ends = Counter[str]()
    for number, each in enumerate(entries):
        asked = [place for host in each.places for place in host]
        left = [place for place in asked if not exclusions.covers(place.ip)]
        excluded |= {place.ip for place in asked} - {place.ip for place in left}
        places |= set(left)
        there = {network_of(place.ip) for place in left}
        for network in there:
            networks.domains[network] += 1
        for place in left:
            networks.places.setdefault(network_of(place.ip), set()).add(place)
        ends[_end(each, bool(asked))] += 1
        if number == len(entries) // 2 - 1:
            half = len(places)
    busiest = sorted(networks.places, key=lambda name: (-len(networks.places[name]), name))
    largest = busiest[0] if busiest else ""
    sample = Sample(
        domains=len(entries),
        addresses=len(places),
        half_domains=len(entries) // 2,
        half_addresses=half,
        network=largest,
        in_network=len(networks.places[largest]) if largest else 0,
        connections=len(places),
    )
    return Chosen(
        sample=sample,
        ends=ends,
        excluded=len(excluded),
        networks=len(networks.places),
        busiest=tuple(
            (name, len(networks.places[name]), networks.domains[name]) for name in busiest
        ),
    )


def _end(each: Resolved, has_addresses: bool) -> str:
    facts = each.facts
    if facts is None:
        return each.error
    if has_addresses:
        return "with addresses"
    if facts.not_offered:
        return "with a null MX"
    of_hosts = (lookup for host in facts.hosts for lookup in host.lookups)
    if any(not lookup.answered for lookup in (*facts.lookups, *facts.own_addresses, *of_hosts)):
        return "unknown: DNS did not answer"
    return "without an address"
