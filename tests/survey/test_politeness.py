"""Turns at addresses: who waits for its own host or network keeps nobody else waiting."""

from __future__ import annotations

import asyncio
from itertools import pairwise

from smtpprobe.net.clock import monotonic
from smtpprobe.starttls.collect.address import Place
from smtpprobe.survey.politeness import APART, REST, Politeness, Turns

SESSION = 10.0


class Visits:
    """Who was there when, and how many at a time."""

    def __init__(self, within: Politeness) -> None:
        self.turns = Turns(within)
        self.began: dict[str, list[float]] = {}
        self.here = self.most = 0

    async def visit(self, ip: str) -> None:
        """Be at an address for the time of a session."""
        async with self.turns.turn(Place(ip, 25)):
            self.began.setdefault(ip, []).append(monotonic())
            self.here += 1
            self.most = max(self.most, self.here)
            await asyncio.sleep(SESSION)
            self.here -= 1

    async def all(self, *ips: str) -> None:
        """Be at some addresses, as soon as each may be."""
        await asyncio.gather(*map(self.visit, ips))


async def test_addresses_of_a_busy_network_take_no_connections_of_others() -> None:
    visits, began = Visits(Politeness(8, per_network=4)), monotonic()
    busy = [f"192.0.2.{number}" for number in range(1, 41)]
    others = [f"198.51.{number}.1" for number in range(4)]
    await visits.all(*busy, *others)
    assert all(visits.began[ip][0] - began < SESSION for ip in others)
    assert visits.most == 8


async def test_a_host_that_rests_takes_no_connection_of_others() -> None:
    visits, began = Visits(Politeness(1)), monotonic()
    visits.turns.rest(Place("192.0.2.1", 25))
    await visits.all("192.0.2.1", "198.51.100.1")
    assert visits.began["198.51.100.1"][0] - began < 1
    assert visits.began["192.0.2.1"][0] - began >= REST


async def test_a_host_has_one_connection_at_a_time_and_some_time_between() -> None:
    visits = Visits(Politeness(8))
    await visits.all(*["192.0.2.1"] * 3)
    times = visits.began["192.0.2.1"]
    assert all(after - before >= SESSION + APART for before, after in pairwise(times))


async def test_connections_begin_at_the_rate() -> None:
    visits = Visits(Politeness(100, rate=2))
    await visits.all(*(f"198.51.{number}.1" for number in range(10)))
    times = sorted(time for each in visits.began.values() for time in each)
    assert all(after - before >= 0.49 for before, after in pairwise(times))
