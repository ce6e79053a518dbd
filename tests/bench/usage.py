"""A run of a program with the memory it held: the sum over its processes, shared pages once."""

from __future__ import annotations

import re
import subprocess
import threading
import time
from collections.abc import Container
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

INTERVAL = 0.1
"""Seconds between two looks at the memory; reading it slows a process down a little."""


class Usage(NamedTuple):
    """What one run of a program took: seconds, and KiB in all its processes at its peak."""

    seconds: float
    peak: int


def measured(*command: str, good: Container[int] = (0,)) -> Usage:
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
    return Usage(seconds, peaks[0])


def held(pid: int) -> int:
    """Return the KiB of one process: its own pages, and its share of common ones (PSS)."""
    with suppress(OSError):
        found = re.search(r"(?m)^Pss: +(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text())
        return int(found[1]) if found else 0
    return 0


def _watch(process: subprocess.Popen[bytes], peaks: list[int]) -> None:
    while process.poll() is None:
        peaks[0] = max(peaks[0], sum(map(held, (process.pid, *_children(process.pid)))))
        time.sleep(INTERVAL)


def _children(pid: int) -> list[int]:
    found = []
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found += [int(child) for child in children.read_text().split()]
    return found
