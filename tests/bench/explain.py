"""`smtpprobe explain --summary` beside pflogsumm on the same log, and what starting it costs.

The log is generated (tests/bench/postfix_log.py) and goes into a temporary folder. Both programs
read it in turn, each as often as the other, and the best of each counts. Peak memory is that of the
largest process of a run; a small log is read too, as memory must not grow with the log.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Container
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.postfix_log import write
from tests.bench.startup import BASE, until_it_ends
from tests.servers import unpacked

MEGABYTE = 1_000_000
LARGE = 200 * MEGABYTE
SMALL = 20 * MEGABYTE
ROUNDS = 2
START_ROUNDS = 9
PROGRAM = str(Path(sys.executable).with_name("smtpprobe"))

FASTER = 3.0
"""How many times the lines a second of pflogsumm are the goal."""

MEMORY = 150 * 1024
"""The most KiB that any process may hold."""

START = 5.0
"""How many bare Pythons the start of `explain "550 5.1.1 x"` may cost."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of a program took: seconds, and KiB in its largest process."""

    seconds: float
    peak: int


def measured(*command: str, good: Container[int] = (0,)) -> Run:
    """Run a program to its end, its output thrown away; it has to end with a good status."""
    started = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        peaks = [0]
        watch = threading.Thread(target=_watch, args=(process, peaks))
        watch.start()
        code = process.wait()
        seconds = time.monotonic() - started
        watch.join()
    if code not in good:
        raise subprocess.CalledProcessError(code, command)
    return Run(seconds, peaks[0])


def _watch(process: subprocess.Popen[bytes], peaks: list[int]) -> None:
    """Keep the largest peak of the process and of those that it started."""
    while process.poll() is None:
        for pid in (process.pid, *_children(process.pid)):
            with suppress(OSError, ValueError):
                status = Path(f"/proc/{pid}/status").read_text()
                peak = status.partition("VmHWM:")[2].split()
                peaks[0] = max(peaks[0], int(peak[0]) if peak else 0)
        time.sleep(0.05)


def _children(pid: int) -> list[int]:
    found = []
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found += [int(child) for child in children.read_text().split()]
    return found


def start_ratio(rounds: int) -> tuple[float, float]:
    """Return the CPU seconds of explaining one reply, and how many bare Pythons they are."""
    command = (PROGRAM, "explain", "550 5.1.1 x")
    found = []
    bare = []
    for _ in range(rounds + 1):
        bare.append(until_it_ends(BASE.command, os.environ))
        found.append(until_it_ends(command, os.environ))
    return min(found), min(found) / min(bare)


def one_by_one(log: Path) -> float:
    """Return how many replies of a log become a JSON object in a second."""
    started = time.monotonic()
    command = (PROGRAM, "explain", "--jsonl", "--quiet", "-f", str(log))
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return done.stdout.count(b"\n") / (time.monotonic() - started)


def side_by_side(octets: int, small: int, rounds: int) -> tuple[str, bool]:
    """Measure on logs of these sizes; return the report, and whether every goal is met."""
    with tempfile.TemporaryDirectory() as folder:
        large, little = Path(folder, "large.log"), Path(folder, "small.log")
        lines = write(large, octets)
        write(little, small)
        ours = (PROGRAM, "explain", "--summary", "--quiet", "-f")
        rival = unpacked.called("pflogsumm")
        mine, theirs = [], []
        for _ in range(rounds):
            mine.append(measured(*ours, str(large)))
            if rival is not None:
                theirs.append(measured(*rival, str(large)))
        flat = measured(*ours, str(little)).peak
        each = one_by_one(little)
    best = min(run.seconds for run in mine)
    peak = max(run.peak for run in mine)
    text = (
        f"a log of {octets // MEGABYTE} MB, {lines:,} lines, best of {rounds} rounds,"
        f" {os.cpu_count()} processors\n"
        f"{'smtpprobe explain --summary':36}{best:8.1f} s {lines / best:12,.0f} lines/s\n"
    )
    met = peak <= MEMORY
    if theirs:
        other = min(run.seconds for run in theirs)
        ratio = other / best
        met = met and ratio >= FASTER
        text += (
            f"{'pflogsumm':36}{other:8.1f} s {lines / other:12,.0f} lines/s"
            f"  x{ratio:.1f} of it; at least x{FASTER:g}: {said(ratio >= FASTER)}\n"
        )
    else:
        text += "pflogsumm cannot be had here: nothing to compare with\n"
    return text + (
        f"{'peak memory, largest process':36}{peak / 1024:8.0f} MiB; {flat / 1024:.0f} MiB for"
        f" {small // MEGABYTE} MB; at most {MEMORY // 1024}: {said(peak <= MEMORY)}\n"
        f"{'smtpprobe explain --jsonl':36}{each:10,.0f} replies/s, each explained by itself\n"
    ), met


def said(met: bool) -> str:
    """Return the word for whether a goal is met."""
    return "met" if met else "MISSED"


def main() -> int:
    """Measure and print; return 1 when a goal is missed."""
    seconds, ratio = start_ratio(START_ROUNDS)
    sys.stdout.write(
        f"{'smtpprobe explain 550 5.1.1 x':36}{seconds * 1000:8.1f} ms CPU"
        f"  x{ratio:.1f}  at most x{START:g}: {said(ratio <= START)}\n"
    )
    sys.stdout.flush()
    text, met = side_by_side(LARGE, SMALL, ROUNDS)
    sys.stdout.write(text)
    return 0 if met and ratio <= START else 1


if __name__ == "__main__":
    sys.exit(main())
