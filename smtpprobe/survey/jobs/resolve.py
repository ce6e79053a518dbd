"""What DNS and the policy hosts say of a partition of the list; no mail host is dialled."""

from __future__ import annotations

import asyncio
import threading
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


class _Earlier(threading.local):
    """The job before this one, in a thread: hosts of hosters are in every part of a list."""

    shared: Shared | None = None
    options: Options | None = None


_EARLIER = _Earlier()


async def resolve(entries: list[Entry], options: Options) -> Found:
    """Return what DNS says of some entries.

    What was answered in an earlier job of the same survey (`options` are equal, the day included)
    is not asked again while it holds.

    Raises:
        LookupFailed: the DNS server is not running.
    """
    how = options.gathering
    how = replace(how, connector=options.exclusions.honoured(how.connector))
    shared = await open_shared(how, Limits(slots=options.politeness.jobs))
    if _EARLIER.shared is not None and _EARLIER.options == options:
        shared.go_on_from(_EARLIER.shared)
    try:
        found = await asyncio.gather(*(_one(entry, shared, options) for entry in entries))
    finally:
        await shared.close()
    if shared.without_dns:
        _EARLIER.shared = None
        raise LookupFailed(shared.without_dns, "make sure that the resolver answers")
    _EARLIER.shared, _EARLIER.options = shared, options
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
