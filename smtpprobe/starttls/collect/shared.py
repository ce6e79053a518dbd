"""What all targets of a run share: DNS answers, facts of addresses, and the limits per address.

When the run is interrupted, what an address has shown stays, and what was to come is unknown.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any, TypeVar

from smtpprobe.net.clock import monotonic
from smtpprobe.net.dns.dnssec import Questioner
from smtpprobe.policy.dns_answer import Lookup, LookupEnd
from smtpprobe.protocol.tls_facts import CertificateFacts, Details
from smtpprobe.starttls.collect.active import probe_actively
from smtpprobe.starttls.collect.address import Keep, Pause, Place, collect_address, dialling
from smtpprobe.starttls.collect.byte_cache import ByteCache
from smtpprobe.starttls.collect.deep import probe_deeply
from smtpprobe.starttls.collect.limits import Limits
from smtpprobe.starttls.collect.options import Gathering
from smtpprobe.starttls.collect.second_chain import second_chain
from smtpprobe.starttls.collect.smtp_session import CLOSING
from smtpprobe.starttls.facts import (
    NEEDS_ACTIVE,
    NOT_NEEDED,
    AddressFacts,
    Because,
    Connect,
    Deep,
    SecondChain,
    Upgrade,
    unknown,
)

CUT = unknown(Because.INTERRUPTED)

Found = TypeVar("Found")

DNS_OCTETS, HOST_OCTETS = 16 << 20, 64 << 20
"""How much the two caches may hold."""

HOST_SECONDS = 600.0
"""How long facts of an address are used."""

DNS_SECONDS = (1.0, 3600.0)
"""The shortest and longest time for which an answer is used, whatever its TTL."""


class Shared:
    """One for a run.

    `questioner` is None if no DNS is needed. `live` are facts of an address gathered already,
    in an open session; a second certificate still needs its own connection.
    """

    def __init__(self, how: Gathering, questioner: Questioner | None, limits: Limits) -> None:
        self.how = how
        self.questioner = questioner
        self.live: AddressFacts | None = None
        self.limits = limits
        self.interrupted = False
        self._waits: set[asyncio.Task[Any]] = set()
        self._answers: ByteCache[tuple[str, str], Lookup] = ByteCache(
            DNS_OCTETS, _octets_of_answer, _life_of_answer, monotonic
        )
        self._addresses: ByteCache[Place, AddressFacts] = ByteCache(
            HOST_OCTETS, octets_of_address, lambda _: HOST_SECONDS, monotonic
        )

    async def ask(self, name: str, kind: str) -> Lookup:
        """Return the answer to a question, asked once for all."""
        questioner = self.questioner
        assert questioner is not None
        key = (name.lower(), kind)
        if not self.interrupted:
            try:
                return await self._answers.get(key, lambda: questioner.ask(*key))
            except asyncio.CancelledError:
                if not self.interrupted:
                    raise
        return Lookup(*key, LookupEnd.INTERRUPTED)

    @property
    def without_dns(self) -> str:
        """Why no DNS server can be reached; empty while one can, or none was needed."""
        return self.questioner.absent if self.questioner is not None else ""

    async def address(self, place: Place) -> AddressFacts:
        """Return the facts of an address, gathered once for all."""
        live = self.live
        if live is not None and (live.ip, live.port) == (place.ip, place.port):
            return await second_chain(live, place, self.how) if place.second else live

        if self.interrupted:
            return cut_short(dialling(place, connections=0), place, self.how)
        return await self._addresses.get(place, lambda: self._as_far_as_it_goes(place))

    async def _as_far_as_it_goes(self, place: Place) -> AddressFacts:
        sofar = dialling(place, connections=0)

        def keep(facts: AddressFacts) -> None:
            nonlocal sofar
            sofar = facts

        try:
            async with self.limits.turn(place.ip) as pause:
                facts = await self._gathered(place, pause, keep)
                if wants_rest(facts):
                    self.limits.leave_alone(place.ip, self.limits.rest)
                return facts
        except asyncio.CancelledError:
            if not self.interrupted:
                raise
        return cut_short(sofar, place, self.how)

    async def _gathered(self, place: Place, pause: Pause, keep: Keep) -> AddressFacts:
        how = self.how
        facts = await collect_address(place, how, pause, keep)
        keep(facts)
        if place.second:
            facts = await second_chain(facts, place, how)
            keep(facts)
        if how.active:
            facts = await probe_actively(facts, place, how)
            keep(facts)
        if how.deep:
            facts = await probe_deeply(facts, place, how, keep)
        return facts

    async def waited(self, work: Coroutine[Any, Any, Found], instead: Found) -> Found:
        """Return what some work gives; when the run is interrupted before it is done, `instead`."""
        task = asyncio.ensure_future(work)
        self._waits.add(task)
        try:
            return await task
        except asyncio.CancelledError:
            if not self.interrupted:
                raise
            return instead
        finally:
            self._waits.discard(task)

    def interrupt(self) -> None:
        """Wait for nothing any more: facts that are not known by now are unknown because of it."""
        self.interrupted = True
        self._answers.cancel()
        self._addresses.cancel()
        for task in self._waits:
            task.cancel()

    def go_on_from(self, earlier: Shared) -> None:
        """Use the DNS answers of a run that was closed, as long as each holds.

        It had the same resolver. Its event loop may be another, but not its thread.
        """
        self._answers = earlier._answers
        if self.questioner is not None and earlier.questioner is not None:
            # where all answers are kept, none would show it
            self.questioner.validating = earlier.questioner.validating

    async def close(self) -> None:
        """End what is under way."""
        await self._answers.close()
        await self._addresses.close()


def cut_short(facts: AddressFacts, place: Place, how: Gathering) -> AddressFacts:
    """Return the facts so far; those still missing are unknown because of it."""
    upgrade, second, deep = facts.starttls, facts.second, facts.deep
    if facts.before is None and not facts.implicit_tls:
        upgrade = Upgrade(advertised=CUT)
    if how.active and upgrade.injection == upgrade.unadvertised == NEEDS_ACTIVE:
        upgrade = _untested(upgrade)
    if place.second and second.present == NOT_NEEDED:
        second = SecondChain(CUT)
    if how.deep and facts.tls is not None:
        deep = replace(deep or Deep(), resumption=CUT, stopped=Connect.INTERRUPTED.value)
    return facts._replace(starttls=upgrade, second=second, deep=deep, interrupted=True)


def _untested(upgrade: Upgrade) -> Upgrade:
    return upgrade._replace(injection=CUT, pipelined=CUT, state_kept=CUT, unadvertised=CUT)


def wants_rest(facts: AddressFacts) -> bool:
    """Return whether a server said 421, or nothing: it is left alone for a while."""
    return facts.ended_code == CLOSING or facts.connect is Connect.TIMEOUT


def _octets_of_answer(lookup: Lookup) -> int:
    texts = (*lookup.records, *lookup.aliases, lookup.name, lookup.reason)
    return 600 + sum(60 + len(text) for text in texts)


def _life_of_answer(lookup: Lookup) -> float:
    shortest, longest = DNS_SECONDS
    return min(max(shortest, float(lookup.ttl)), longest)


def octets_of_address(facts: AddressFacts) -> int:
    """Return about how much memory the facts of an address take."""
    chain = facts.tls.chain + facts.tls.path.certificates if facts.tls is not None else ()
    texts = (*(facts.before or ()), *(facts.after or ()))
    return 4000 + sum(map(_octets_of_certificate, chain)) + sum(60 + len(text) for text in texts)


def _octets_of_certificate(one: CertificateFacts) -> int:
    """Return about how much memory one takes: short names take more than their octets."""
    more = one.details or Details()
    lists = (one.names, one.addresses, *(each for each in more if isinstance(each, tuple)))
    return 2500 + len(one.der) + sum(60 + len(text) for texts in lists for text in texts)
