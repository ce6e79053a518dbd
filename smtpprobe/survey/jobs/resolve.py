"""What DNS and the policy hosts say of a partition of the list; no mail host is dialled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import NamedTuple

from smtpprobe.errors import LookupFailed, UsageError
from smtpprobe.protocol.target import Target, TargetKind, parse_target
from smtpprobe.starttls.collect.address import Place
from smtpprobe.starttls.collect.collect import open_shared, places_of, resolved
from smtpprobe.starttls.collect.limits import Limits
from smtpprobe.starttls.collect.shared import Shared
from smtpprobe.starttls.facts import Facts
from smtpprobe.survey.exclusions import EXCLUDED
from smtpprobe.survey.jobs.loop import kept
from smtpprobe.survey.options import Options


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the list: its number from 1, and its text."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """An entry with the facts that DNS gave; without them `error` says why.

    `places` has the places of each host, in the order of the hosts.
    """

    entry: Entry
    target: str
    facts: Facts | None = None
    places: tuple[tuple[Place, ...], ...] = ()
    error: str = ""


class Found(NamedTuple):
    """The entries in their order, with what DNS says of them, and how many questions it took."""

    entries: list[Resolved]
    questions: int


@dataclass(slots=True, eq=False)
class _Common:
    """What some jobs have in common; `users` of them run."""

    shared: Shared
    users: int = 0
    _told: int = 0

    def untold(self) -> int:
        """Return how many questions were asked since the last time that this was."""
        asked = 0 if self.shared.questioner is None else self.shared.questioner.asked
        before, self._told = self._told, asked
        return asked - before


class _Lookups:
    """What the jobs of a loop share: answers of DNS, and the limits, as long as it is one survey.

    Hosts of hosters are in every part of a list: what was answered in an earlier job is not asked
    again while it holds.
    """

    def __init__(self) -> None:
        self._options: Options | None = None
        self._opening: asyncio.Task[_Common] | None = None

    @asynccontextmanager
    async def shared(self, options: Options) -> AsyncIterator[_Common]:
        """Yield what this job has in common with those of equal options, the day included.

        Raises:
            UsageError: invalid resolver.
            LookupFailed: there is no resolver, or the DNS server is not running.
        """
        if options != self._options or self._opening is None:
            self._options, self._opening = options, asyncio.ensure_future(_opened(options))
        opening = self._opening
        try:
            common = await opening
            common.users += 1
            try:
                yield common
            finally:
                common.users -= 1
                if not common.users:
                    await common.shared.close()
            _check(common.shared)
        except Exception:
            if self._opening is opening:  # its answers look like hosts without addresses
                self._opening = None
            raise


def _check(shared: Shared) -> None:
    """Raise LookupFailed where the DNS server is not running."""
    if shared.without_dns:
        raise LookupFailed(shared.without_dns, "make sure that the resolver answers")


async def _opened(options: Options) -> _Common:
    how = options.gathering
    how = replace(how, connector=options.exclusions.honoured(how.connector))
    return _Common(await open_shared(how, Limits(slots=options.politeness.jobs)))


Tell = Callable[[int], None]


async def resolve(entries: list[Entry], options: Options, tell: Tell = lambda _rows: None) -> Found:
    """Return what DNS says of some entries; `tell` of how many it is known by now.

    What was answered in another job of the same survey (`options` are equal, the day included)
    is not asked again while it holds. The limits are those of all of them together.

    Raises:
        LookupFailed: the DNS server is not running.
    """
    known = 0

    async def one(entry: Entry, shared: Shared) -> Resolved:
        nonlocal known
        found = await _one(entry, shared, options)
        known += 1
        tell(known)
        return found

    async with kept(_Lookups, _Lookups).shared(options) as common:
        found = await asyncio.gather(*(one(entry, common.shared) for entry in entries))
    return Found(found, common.untold())


async def _one(entry: Entry, shared: Shared, options: Options) -> Resolved:
    try:
        target = _domain(entry.text)
        if options.exclusions.covers_name(target.name):
            return Resolved(entry, str(target), error=EXCLUDED)
        facts = await resolved(target, shared)
    except UsageError as error:
        return Resolved(entry, entry.text, error=error.message)
    places = tuple(places_of(facts, host, shared.how) for host in facts.hosts)
    return Resolved(entry, str(target), facts, places)


def _domain(text: str) -> Target:
    target = parse_target(text)
    if target.kind is not TargetKind.DOMAIN:
        raise UsageError(f"{target} is not a domain")
    return target
