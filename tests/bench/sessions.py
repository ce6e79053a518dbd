"""What a session held open costs in memory, in clear and inside TLS, by the Python interface.

The sessions are those of a program of its own that opens them all and waits; the memory is what it
holds more with all of them than with none, modules loaded and one session opened before.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from tests.bench.pairs import Absent, Found, Goal, Row
from tests.bench.script import environment, responder
from tests.servers import fetch, postfix

SESSIONS = 500
TLS_SESSIONS = 40
"""Fewer: Postfix has one process for each."""

IN_CLEAR = Goal(60, of="KiB")
"""How much one session may hold."""

HOLDER = """
import asyncio, gc, re, sys
from contextlib import AsyncExitStack
import smtpprobe

def held():
    gc.collect()
    return int(re.search(r"(?m)^Pss: +(\\d+) kB", open("/proc/self/smaps_rollup").read())[1])

async def main(target, count, tls):
    async def opened(stack):
        options = smtpprobe.ConnectOptions(verify=False)
        session = await stack.enter_async_context(smtpprobe.connect(target, options=options))
        if tls:
            await session.command("EHLO client.example")
            await session.starttls()
    async with AsyncExitStack() as first:
        await opened(first)
        before = held()
        async with AsyncExitStack() as stack:
            for _ in range(count):
                await opened(stack)
            print((held() - before) / count)

asyncio.run(main(sys.argv[1], int(sys.argv[2]), sys.argv[3] == "tls"))
"""


def a_session(target: str, count: int, *, tls: bool) -> float:
    """Return the KiB that each of so many sessions holds."""
    command = (sys.executable, "-c", HOLDER, target, str(count), "tls" if tls else "clear")
    return float(subprocess.check_output(command, text=True, env=os.environ))


def rows(sessions: int = SESSIONS, tls_sessions: int = TLS_SESSIONS) -> Iterator[Found]:
    """Yield the memory of a session in clear, and inside TLS."""
    with tempfile.TemporaryDirectory() as home, responder(environment(home)) as port:
        found = a_session(f"127.0.0.1:{port}", sessions, tls=False)
        yield Row("a session held open, in clear", "KiB", found, goal=IN_CLEAR)
    work = "a session held open, inside TLS"
    if missing := fetch.why_missing("postfix"):
        yield Absent(work, missing)
        return
    with postfix.running(fetch.root_of("postfix")) as server:
        target = f"{server.host}:{server.ports.smtp}"
        yield Row(work, "KiB", a_session(target, tls_sessions, tls=True))
