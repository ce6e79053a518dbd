"""What DNS and the policy hosts say of a partition of the list; no mail host is dialled."""

from __future__ import annotations

import asyncio
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


async def resolve(entries: list[Entry], options: Options) -> Found:
    """Return what DNS says of some entries.

    Raises:
        LookupFailed: the DNS server is not running.
    """
    how = options.gathering
    how = replace(how, connector=options.exclusions.honoured(how.connector))
    shared = await open_shared(how, Limits(slots=options.politeness.jobs))
    try:
        found = await asyncio.gather(*(_one(entry, shared, options) for entry in entries))
    finally:
        await shared.close()
    if shared.without_dns:
        raise LookupFailed(shared.without_dns, "make sure that the resolver answers")
    return Found(found, shared.questioner.asked if shared.questioner is not None else 0)


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
