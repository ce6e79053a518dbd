"""What all targets of a run share: DNS answers, facts of addresses, and the limits per address."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from smtpprobe.net.clock import monotonic
from smtpprobe.net.dns_lookup import Questioner
from smtpprobe.policy.lookup import Lookup
from smtpprobe.starttls.byte_cache import ByteCache
from smtpprobe.starttls.collect_address import Place, collect_address
from smtpprobe.starttls.facts import AddressFacts
from smtpprobe.starttls.gathering import Gathering

DNS_OCTETS, HOST_OCTETS = 16 << 20, 64 << 20
"""How much the two caches may hold."""

HOST_SECONDS = 600.0
"""How long facts of an address are used."""

DNS_SECONDS = (1.0, 3600.0)
"""The shortest and longest time for which an answer is used, whatever its TTL."""


class Limits:
    """At most so many connections at a time to an address, some seconds apart."""

    def __init__(self, at_a_time: int, apart: float) -> None:
        self._at_a_time, self._apart = at_a_time, apart
        self._gates: dict[str, asyncio.Semaphore] = {}
        self._users: dict[str, int] = {}
        self._last: dict[str, float] = {}

    @asynccontextmanager
    async def one(self, ip: str) -> AsyncIterator[None]:
        """Wait for a turn at an address, and hold it for the block."""
        gate = self._gates.setdefault(ip, asyncio.Semaphore(self._at_a_time))
        self._users[ip] = self._users.get(ip, 0) + 1
        try:
            async with gate:
                due = self._last.get(ip, 0.0) + self._apart - monotonic()
                if due > 0:
                    await asyncio.sleep(due)
                yield
                self._last[ip] = monotonic()
        finally:
            self._users[ip] -= 1
            if not self._users[ip]:
                del self._users[ip], self._gates[ip]
                self._forget()

    def _forget(self) -> None:
        """Drop the times that no longer matter, now and then."""
        if len(self._last) > 1000:
            now = monotonic()
            self._last = {ip: at for ip, at in self._last.items() if now - at < self._apart}


class Shared:
    """One for a run.

    `questioner` is None where nobody needs DNS. `live` are facts of an address gathered already,
    in a session that somebody has open.
    """

    def __init__(self, how: Gathering, questioner: Questioner | None, limits: Limits) -> None:
        self.how = how
        self.questioner = questioner
        self.live: AddressFacts | None = None
        self._limits = limits
        self._answers: ByteCache[tuple[str, str], Lookup] = ByteCache(
            DNS_OCTETS, _octets_of_answer, _life_of_answer, monotonic
        )
        self._addresses: ByteCache[Place, AddressFacts] = ByteCache(
            HOST_OCTETS, _octets_of_address, lambda _: HOST_SECONDS, monotonic
        )

    async def ask(self, name: str, kind: str) -> Lookup:
        """Return the answer to a question, asked once for all."""
        questioner = self.questioner
        assert questioner is not None
        key = (name.lower(), kind)
        return await self._answers.get(key, lambda: questioner.ask(*key))

    async def address(self, place: Place) -> AddressFacts:
        """Return the facts of an address, gathered once for all."""
        live = self.live
        if live is not None and (live.ip, live.port) == (place.ip, place.port):
            return live

        async def gather() -> AddressFacts:
            async with self._limits.one(place.ip):
                return await collect_address(place, self.how)

        return await self._addresses.get(place, gather)

    async def close(self) -> None:
        """End what is under way."""
        await self._answers.close()
        await self._addresses.close()


def _octets_of_answer(lookup: Lookup) -> int:
    texts = (*lookup.records, *lookup.aliases, lookup.name, lookup.reason)
    return 600 + sum(60 + len(text) for text in texts)


def _life_of_answer(lookup: Lookup) -> float:
    shortest, longest = DNS_SECONDS
    return min(max(shortest, float(lookup.ttl)), longest)


def _octets_of_address(facts: AddressFacts) -> int:
    chain = facts.tls.chain + facts.tls.path.certificates if facts.tls is not None else ()
    texts = (*(facts.before or ()), *(facts.after or ()))
    return 4000 + sum(2500 + len(one.der) for one in chain) + sum(60 + len(text) for text in texts)
