"""`smtpprobe explain --summary` beside pflogsumm on the same log, and its memory.

The log is generated (tests/bench/postfix_log.py) and goes into a temporary folder. A small log is
read too, as memory must not grow with the log.
"""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.pairs import Absent, Found, Goal, Row, paired
from tests.bench.postfix_log import write
from tests.bench.startup import PROGRAM
from tests.bench.usage import Usage, measured
from tests.servers import unpacked

MEGABYTE = 1_000_000
LARGE = 200 * MEGABYTE
SMALL = 20 * MEGABYTE
ROUNDS = 3

FASTER = Goal(8, at_least=True, obstacle="each line is found, counted and filed by Python")
"""How many times the lines a second of pflogsumm are the goal, on all processors."""

MEMORY = Goal(64, of="MiB")
"""The most that all processes may hold together."""


def one_by_one(log: Path) -> float:
    """Return how many replies of a log become a JSON object in a second."""
    started = time.monotonic()
    command = (PROGRAM, "explain", "--jsonl", "--quiet", "-f", str(log))
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return done.stdout.count(b"\n") / (time.monotonic() - started)


def rows(octets: int = LARGE, small: int = SMALL, rounds: int = ROUNDS) -> Iterator[Found]:
    """Yield what a log of this size takes, and the memory for it and for a small one."""
    with tempfile.TemporaryDirectory() as folder:
        large, little = Path(folder, "large.log"), Path(folder, "small.log")
        lines = write(large, octets)
        write(little, small)
        command = (PROGRAM, "explain", "--summary", "--quiet", "-f")
        work = f"explain --summary, a log of {octets // MEGABYTE} MB"
        runs: list[Usage] = []

        def own() -> float:
            runs.append(measured(*command, str(large)))
            return lines / runs[-1].seconds

        rival = unpacked.called("pflogsumm")
        if rival is None:
            own()
            yield Absent(work, "pflogsumm cannot be had here")
        else:

            def theirs() -> float:
                return lines / measured(*rival, str(large)).seconds

            yield paired(work, "lines/s", (own, "pflogsumm", theirs), FASTER, rounds)
        peak = max(run.peak for run in runs) / 1024
        yield Row(f"{work}, peak memory of all processes", "MiB", peak, goal=MEMORY)
        flat = measured(*command, str(little)).peak / 1024
        yield Row(f"... of {small // MEGABYTE} MB", "MiB", flat)
        yield Row("explain --jsonl, each reply by itself", "replies/s", one_by_one(little))
