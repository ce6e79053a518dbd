"""Counts of explanations, in bounded memory; tallies of parts add up."""

from __future__ import annotations

from dataclasses import dataclass, field

from smtpprobe.explainer.cache import Kind, Known
from smtpprobe.explainer.input.found_reply import Found
from smtpprobe.knowledge.annotation import Annotation
from smtpprobe.named_tuple import NamedTuple

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


class Host(NamedTuple):
    """Replies of one server: all, those of class 4 and those of class 5."""

    replies: int = 0
    deferred: int = 0
    refused: int = 0


@dataclass(slots=True)
class Tally:
    """What was found so far. `lines` counts all lines read, `used` those that held something.

    `replies` counts all that was found, `untold` those without the reply itself. `heard` has the
    replies of each server by name, `deferred` and `refused` those of class 4 and 5, and `others`
    those of the rare ones: plain numbers, as one process hands them to another for each chunk.
    """

    lines: int = 0
    used: int = 0
    replies: int = 0
    untold: int = 0
    groups: dict[Kind, Group] = field(default_factory=dict)
    heard: dict[str, int] = field(default_factory=dict)
    deferred: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    others: int = 0

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
        host = found.host or ""
        if host not in self.heard:
            self._new_host(host)
        self.heard[host] += 1
        if rank == 0:
            self.refused[host] = self.refused.get(host, 0) + 1
        elif rank == 2:
            self.deferred[host] = self.deferred.get(host, 0) + 1

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
        for host, count in other.heard.items():
            if host not in self.heard:
                self._new_host(host)
            self.heard[host] += count
            if refused := other.refused.get(host):
                self.refused[host] = self.refused.get(host, 0) + refused
            if deferred := other.deferred.get(host):
                self.deferred[host] = self.deferred.get(host, 0) + deferred
        self.others += other.others

    def worst_first(self) -> list[tuple[Kind, Group]]:
        """Return the groups, permanent refusals first, within a class the frequent ones first."""
        return sorted(self.groups.items(), key=lambda one: (one[1].rank, -one[1].count))

    def busiest(self) -> list[tuple[str, Host]]:
        """Return the hosts, those with the most refusals and delays first."""
        return sorted(
            ((name, self.host(name)) for name in self.heard),
            key=lambda one: (-one[1].refused - one[1].deferred, -one[1].replies, one[0]),
        )

    def host(self, name: str) -> Host:
        """Return the counts of one host."""
        return Host(self.heard[name], self.deferred.get(name, 0), self.refused.get(name, 0))

    def _new_host(self, name: str) -> None:
        if len(self.heard) >= 2 * HOSTS:
            self._cut_hosts()
        self.heard[name] = 0

    def _cut_hosts(self) -> None:
        """Keep the HOSTS most frequent hosts by name; count the rest together."""
        by_replies = sorted(self.heard, key=self.heard.__getitem__, reverse=True)
        for name in by_replies[HOSTS:]:
            self.others += self.heard.pop(name)
            self.deferred.pop(name, None)
            self.refused.pop(name, None)
