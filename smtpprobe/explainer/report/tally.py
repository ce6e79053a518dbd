"""Counts of explanations, in bounded memory; tallies of parts add up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from smtpprobe.explainer.cache import Kind, Known
from smtpprobe.explainer.input.found_reply import Found
from smtpprobe.knowledge.annotation import Annotation

HOSTS = 10_000
"""How many hosts are counted by name; beyond them the least frequent are counted together."""


class Example(NamedTuple):
    """The first reply of a kind, and its file."""

    found: Found
    annotation: Annotation
    source: str


@dataclass(slots=True)
class Group:
    """Replies of one cause and blame; `rank` is that of the worst class among them."""

    example: Example
    rank: int
    count: int = 0


@dataclass(slots=True)
class Host:
    """Replies of one server: all, those of class 4 and those of class 5."""

    replies: int = 0
    deferred: int = 0
    refused: int = 0

    def add(self, other: Host) -> None:
        """Take the counts of another in."""
        self.replies += other.replies
        self.deferred += other.deferred
        self.refused += other.refused


@dataclass(slots=True)
class Tally:
    """What was found so far. `lines` counts all lines read, `used` those that held something.

    `replies` counts all that was found, `untold` those without the reply itself.
    """

    lines: int = 0
    used: int = 0
    replies: int = 0
    untold: int = 0
    groups: dict[Kind, Group] = field(default_factory=dict)
    hosts: dict[str, Host] = field(default_factory=dict)
    others: Host = field(default_factory=Host)
    others_times: int = 0

    def add(self, found: Found, known: Known, source: str) -> None:
        """Count one reply."""
        self.replies += 1
        self.untold += found.klass != 0
        _, kind, rank = known
        group = self.groups.get(kind)
        if group is None:
            example = Example(found, known.annotation, source)
            group = self.groups[kind] = Group(example, rank)
        elif rank < group.rank:
            group.rank = rank
        group.count += 1
        host = self.hosts.get(found.host or "")
        if host is None:
            host = self._new_host(found.host or "")
        host.replies += 1
        if rank == 0:
            host.refused += 1
        elif rank == 2:
            host.deferred += 1

    def merge(self, other: Tally) -> None:
        """Add the counts of a later part; examples of earlier parts stay."""
        self.lines += other.lines
        self.used += other.used
        self.replies += other.replies
        self.untold += other.untold
        for kind, group in other.groups.items():
            own = self.groups.setdefault(kind, Group(group.example, group.rank))
            own.count += group.count
            own.rank = min(own.rank, group.rank)
        for name, host in other.hosts.items():
            own_host = self.hosts.get(name)
            (own_host if own_host is not None else self._new_host(name)).add(host)
        self.others.add(other.others)
        self.others_times += other.others_times

    def worst_first(self) -> list[tuple[Kind, Group]]:
        """Return the groups, permanent refusals first, within a class the frequent ones first."""
        return sorted(self.groups.items(), key=lambda one: (one[1].rank, -one[1].count))

    def busiest(self) -> list[tuple[str, Host]]:
        """Return the hosts, those with the most refusals and delays first."""
        return sorted(
            self.hosts.items(),
            key=lambda one: (-one[1].refused - one[1].deferred, -one[1].replies, one[0]),
        )

    def _new_host(self, name: str) -> Host:
        if len(self.hosts) >= 2 * HOSTS:
            self._cut_hosts()
        host = self.hosts[name] = Host()
        return host

    def _cut_hosts(self) -> None:
        """Keep the HOSTS most frequent hosts by name; count the rest together."""
        kept = sorted(self.hosts.items(), key=lambda one: -one[1].replies)
        for _, host in kept[HOSTS:]:
            self.others.add(host)
        self.others_times += len(kept) - HOSTS
        self.hosts = dict(kept[:HOSTS])
