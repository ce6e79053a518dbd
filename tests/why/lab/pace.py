"""How long a domain with four well MX takes beside its slowest one, in real time.

    python -m tests.why.lab.pace [DELAY ...]

Each host answers every command after its own delay in seconds, DNS is a real server on loopback,
and nothing else is shared. Exits with 1 at 1.3 times the time of the slowest host, or above.
"""

from __future__ import annotations

import asyncio
import sys
import time
from contextlib import AsyncExitStack, redirect_stdout
from io import StringIO
from typing import Final

from smtpprobe.cli.why_parser import why_parser
from smtpprobe.sandbox.faults import serve
from smtpprobe.settings.settings import Settings
from smtpprobe.why.arguments import read_words
from smtpprobe.why.subcommand import run
from tests.servers.dns_zone import serving
from tests.why.collect.peer import Peer

DELAYS: Final = (0.05, 0.1, 0.2, 0.4)

BOUND: Final = 1.3

ROUNDS: Final = 3
"""How often each is timed; the shortest counts, as the machine has other things to do."""


def zone(hosts: dict[str, int]) -> str:
    """Return a domain for all hosts, and one for each alone; the number is of 127.0.0.0/24."""
    text = "@ TXT nothing\n"
    for name, number in hosts.items():
        text += f"all MX 10 {name}\n{name}-alone MX 10 {name}\n{name} A 127.0.0.{number}\n"
    return text


async def timed(domain: str, port: int, resolver: str) -> float:
    """Return how many seconds the command takes for a domain whose mail is accepted."""
    settings = Settings(client="out.here.test", resolver=resolver)
    words = [f"anna@{domain}.there.test", "--from", "me@there.test", "--port", str(port)]
    arguments = read_words(why_parser().read(words), settings)
    began = time.perf_counter()
    with redirect_stdout(StringIO()):
        assert await run(arguments) == 0
    return time.perf_counter() - began


async def shortest(domain: str, port: int, resolver: str) -> float:
    """Return the shortest of some rounds."""
    return min([await timed(domain, port, resolver) for _ in range(ROUNDS)])


async def measured(delays: tuple[float, ...]) -> tuple[float, float]:
    """Return the seconds for all hosts together, and those for the slowest alone."""
    hosts = {f"mx{number}": 10 + number for number in range(1, len(delays) + 1)}
    async with AsyncExitStack() as stack:
        port = 0
        for number, delay in zip(hosts.values(), delays, strict=True):
            server = serve([Peer({}, after=delay)], host=f"127.0.0.{number}", port=port)
            port = (await stack.enter_async_context(server)).port
        with serving({"there.test": zone(hosts)}) as dns:
            resolver = f"{dns.host}:{dns.port}"
            await timed("all", port, resolver)  # loads what is loaded once
            together = await shortest("all", port, resolver)
            alone = [await shortest(f"{name}-alone", port, resolver) for name in hosts]
    return together, max(alone)


def main(words: list[str]) -> int:
    """Print the figure; return the exit code."""
    delays = tuple(map(float, words)) or DELAYS
    together, slowest = asyncio.run(measured(delays))
    times = together / slowest
    sys.stdout.write(
        f"{len(delays)} MX: {together:.2f} s; the slowest alone: {slowest:.2f} s; "
        f"{times:.2f} times, the bound is {BOUND}\n"
    )
    return 0 if times < BOUND else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
