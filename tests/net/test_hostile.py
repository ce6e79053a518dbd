"""Servers that want to hurt: memory stays bounded, the loop stays alive, nothing is lost."""

from __future__ import annotations

import asyncio
import tracemalloc
from collections.abc import Iterator

import pytest

from smtpprobe.client import MEMORY, Client, ConnectOptions, Memory, cost
from smtpprobe.errors import ConnectFailed
from smtpprobe.protocol.attempts import Outcome
from smtpprobe.protocol.events import Closed, Received
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import PIECE_OCTETS, parse_reply
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Drip, Flood, Hang, Hear, Say
from tests.net.stage import a_client, exchange, host, line

MIB = 1 << 20
GREETING = Say(b"220 hi\r\n")


@pytest.fixture
def memory() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


class Counter:
    """Counts octets, keeps nothing, and knows when the end has come."""

    def __init__(self, client: Client, end: bytes) -> None:
        self.octets = 0
        self.ended = asyncio.Event()
        self._end = end
        client.subscribe(self.count)

    def count(self, happening: Happening) -> None:
        if isinstance(happening.event, Received):
            raw = happening.event.reply.raw
            self.octets += len(raw)
            if raw.endswith(self._end):
                self.ended.set()


@pytest.mark.parametrize(
    ("octets", "total"),
    [
        (b"x" * 4096, 100 * MIB),
        (b"250-hello\r\n", MIB // 2),
        (b"250 hello\r\n", MIB // 16),
        (b"\n", MIB // 128),
        (b"\x1b]0;owned\x07\x1b[2J", 10 * MIB),
    ],
)
@pytest.mark.usefixtures("memory")
async def test_a_flood_is_taken_whole_in_bounded_memory(octets: bytes, total: int) -> None:
    times = total // len(octets)
    script = [GREETING, Hear(b"NOOP"), Flood(octets, times), Say(b"\r\n250 end\r\n"), Hang()]
    async with faults.serve(script) as server, a_client() as (client, log):
        counter = Counter(client, b"250 end\r\n")
        await client.open(host(server.port))
        log.stop()
        await client.send(line("NOOP", client.state))
        tracemalloc.reset_peak()
        before, _ = tracemalloc.get_traced_memory()
        await counter.ended.wait()
        after, peak = tracemalloc.get_traced_memory()
        assert counter.octets == len(octets) * times + len(b"220 hi\r\n\r\n250 end\r\n")
        assert peak - before < 24 * MIB
        assert after - before < 20 * MIB
        assert len(client.events) <= MEMORY
        assert client.pending_octets <= PIECE_OCTETS


async def test_a_flood_leaves_the_loop_alive_and_can_be_stopped() -> None:
    script = [GREETING, Hear(b"NOOP"), Flood(b"\n")]
    async with faults.serve(script) as server, a_client() as (client, log):
        await client.open(host(server.port))
        await client.send(line("NOOP", client.state))
        await log.until(lambda: len(log.exchanges) > 1000)
        so_far = len(log.exchanges)
        await asyncio.sleep(0)
        assert len(log.exchanges) - so_far <= faults.AT_ONCE
        client.abort("enough")
        assert client.state.phase is Phase.CLOSED
        told = len(log.events)
        await asyncio.sleep(0.02)
        assert len(log.events) == told


async def test_an_endless_greeting_is_given_up_at_64_kib() -> None:
    script = [Flood(b"220-more\r\n")]
    async with faults.serve(script) as server, a_client() as (client, log):
        with pytest.raises(ConnectFailed):
            await client.open(Target(TargetKind.ADDRESS, "127.0.0.1", server.port))
        last = log.attempts[-1]
        assert (last.outcome, last.reason) == (Outcome.ENDLESS, "more than 64 KiB came")
        assert log.words[-1] == "Closed"


async def test_a_greeting_that_drips_ends_with_its_limit() -> None:
    options = ConnectOptions(greeting_timeout=0.1)
    script = [Drip(b"220-more\r\n" * 50, 0.01)]
    async with faults.serve(script) as server, a_client(options) as (client, log):
        with pytest.raises(ConnectFailed):
            await client.open(Target(TargetKind.ADDRESS, "127.0.0.1", server.port))
        assert log.attempts[-1].outcome is Outcome.NO_GREETING
        assert "octets of one came" in log.attempts[-1].reason
        assert log.words[-1] == "Closed"


async def test_one_octet_at_a_time_is_a_whole_reply_in_the_end() -> None:
    script = [GREETING, Hear(b"EHLO"), Drip(b"250-a\r\n250 b\r\n", 0.001), Hang()]
    async with faults.serve(script) as server, a_client() as (client, log):
        await client.open(host(server.port))
        assert (await exchange(client, log, "EHLO me")).reply.raw == b"250-a\r\n250 b\r\n"
        assert log.words == ["Opened", "Received", "Sent", "Received"]


@pytest.mark.parametrize("length", range(len(b"250-a\r\n250 b\r\n") + 1))
async def test_a_hang_up_at_any_octet_loses_none(length: int) -> None:
    octets = b"250-a\r\n250 b\r\n"[:length]
    script = [GREETING, Hear(b"EHLO"), Say(octets)]
    async with faults.serve(script) as server, a_client() as (client, log):
        await client.open(host(server.port))
        await client.send(line("EHLO me", client.state))
        await log.until_event(Closed)
        assert b"".join(log.replies) == b"220 hi\r\n" + octets
        assert client.state.pending == ()


def test_memory_forgets_by_number_and_by_weight_but_never_the_latest() -> None:
    small = Received(0.0, parse_reply(b"250 ok\r\n"))
    by_number = Memory(3, 1 << 20)
    for _ in range(5):
        by_number.keep(small)
    assert list(by_number.events) == [small] * 3
    by_weight = Memory(1000, 4 * cost(small))
    for _ in range(10):
        by_weight.keep(small)
    assert len(by_weight.events) == 4
    large = Received(0.0, parse_reply(b"250 " + b"x" * 5000 + b"\r\n"))
    by_weight.keep(large)
    assert list(by_weight.events) == [large]
    by_weight.keep(small)
    assert list(by_weight.events) == [small]
