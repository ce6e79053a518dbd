"""CPU time of a survey by process and stage: what each has used between two times.

The client's first thread is the survey itself; its others are Dask's: the scheduler, and the
client's and the nannies' ends of every connection.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")

CLIENT, SCHEDULER = "client", "scheduler"
HELPER, WORKER = "process helper", "worker"


@dataclass(slots=True)
class Account:
    """The CPU seconds of one process or thread: how many by which time."""

    times: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def note(self, at: float, seconds: float) -> None:
        """Note how much it has used by now."""
        self.times.append(at)
        self.seconds.append(seconds)

    def by(self, at: float) -> float:
        """Return what it had used when it was last looked at by then."""
        found = bisect_right(self.times, at)
        return self.seconds[found - 1] if found else 0.0


class Spent:
    """What the processes of a run have used, each time that they were looked at."""

    def __init__(self) -> None:
        self._accounts: dict[str, Account] = {}
        self._names: dict[int, str] = {}
        self.last_worker = 0.0
        """When a worker was seen for the last time."""

    def look(self, pid: int, at: float) -> None:
        """Note what a process and those below it have used by now."""
        client, others = _of_threads(pid)
        self._note(CLIENT, at, client)
        self._note(SCHEDULER, at, others)
        for each in below(pid):
            with suppress(OSError):
                self._note(self._name(each), at, sum(_of_threads(each)))
                if self._names[each].startswith(WORKER):
                    self.last_worker = at

    def _note(self, name: str, at: float, seconds: float) -> None:
        self._accounts.setdefault(name, Account()).note(at, seconds)

    def _name(self, pid: int) -> str:
        if pid not in self._names:
            words = Path(f"/proc/{pid}/cmdline").read_bytes()
            kind = WORKER if b"spawn_main" in words else HELPER
            count = 1 + sum(name.startswith(kind) for name in self._names.values())
            self._names[pid] = f"{kind} {count}"
        return self._names[pid]

    def table(self, stages: Mapping[str, float]) -> dict[str, dict[str, float]]:
        """Return for each process what it used in each stage, which ends at its time."""
        found = {}
        for name, account in self._accounts.items():
            before, row = 0.0, dict[str, float]()
            for stage, until in stages.items():
                used = account.by(until)
                row[stage] = used - before
                before = used
            found[name] = row
        return found


def below(pid: int) -> list[int]:
    """Return the processes that one has begun, and those that they have."""
    found = []
    for each in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in map(int, each.read_text().split()):
                found += [child, *below(child)]
    return found


def _of_threads(pid: int) -> tuple[float, float]:
    """Return what the first thread of a process has used, and all others, those ended included.

    Raises:
        OSError: it has ended.
    """
    whole, first = _used(Path(f"/proc/{pid}/stat")), _used(Path(f"/proc/{pid}/task/{pid}/stat"))
    return first, whole - first


def _used(stat: Path) -> float:
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def lines(table: Mapping[str, Mapping[str, float]], stages: Iterable[str]) -> list[str]:
    """Return the table for a terminal, in CPU seconds."""
    names = [*stages]
    head = "".join(f"{name:>11}" for name in (*names, "all"))
    found = [f"{'CPU seconds':<18}{head}"]
    rows = {**table, "all": {name: sum(row[name] for row in table.values()) for name in names}}
    for process, row in rows.items():
        cells = "".join(f"{row[name]:>11.2f}" for name in names)
        found.append(f"{process:<18}{cells}{sum(row.values()):>11.2f}")
    return found
