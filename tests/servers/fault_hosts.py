"""The fault server at many addresses at once, each with scripts of its own, in a thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, contextmanager

from smtpprobe.sandbox import faults
from tests.servers.network import Network


@contextmanager
def playing(
    scripts: Mapping[str, Sequence[faults.Script]], network: Network
) -> Iterator[Mapping[str, faults.FaultServer]]:
    """Play scripts at addresses, on the network's SMTP port, until the block ends.

    Each client at an address gets the next script, and the last one is repeated.
    """
    servers: dict[str, faults.FaultServer] = {}
    loop = asyncio.new_event_loop()
    ready, over = threading.Event(), asyncio.Event()
    problems: list[Exception] = []

    async def play() -> None:
        async with AsyncExitStack() as stack:
            for address, of_address in scripts.items():
                playing = faults.serve(*of_address, host=address, port=network.smtp_port)
                servers[address] = await stack.enter_async_context(playing)
            ready.set()
            await over.wait()

    def run() -> None:
        try:
            with network.inside():
                loop.run_until_complete(play())
        except Exception as problem:  # noqa: BLE001 - it is raised where the block is
            problems.append(problem)
        finally:
            ready.set()

    thread = threading.Thread(target=run)
    thread.start()
    ready.wait()
    try:
        if not problems:
            yield servers
    finally:
        if thread.is_alive():
            loop.call_soon_threadsafe(over.set)
        thread.join()
        loop.close()
    for problem in problems:
        raise problem
