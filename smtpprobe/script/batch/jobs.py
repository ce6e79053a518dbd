"""Runs many scripts against many targets, some at a time; what they print stays in order."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from enum import Enum
from heapq import heappop, heappush

from smtpprobe import net
from smtpprobe.client import ConnectOptions
from smtpprobe.errors import ProbeError, UsageError
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.net.clock import monotonic
from smtpprobe.protocol.attempts import UNDIALLED
from smtpprobe.protocol.target import LOCAL, SMTP_PORT, Target, TargetKind
from smtpprobe.script.language.steps import Script
from smtpprobe.script.load import first_target
from smtpprobe.script.results.results import ScriptResult


class Each(Enum):
    """Against what of a target each script runs."""

    TARGET = "target"
    """The first host of it that greets."""
    MX = "mx"
    ADDRESS = "address"


class Job(NamedTuple):
    """One script against one target; `variant` distinguishes the jobs of a script."""

    script: Script
    target: Target | None
    connect: ConnectOptions
    variant: str = ""

    @property
    def host(self) -> str:
        """The host of the job, for limits; empty if only the script knows."""
        return self.variant or (str(self.target) if self.target is not None else "")

    @property
    def named(self) -> str:
        """The target, by the name given or that in the script; empty for neither."""
        if self.host:
            return self.host
        with suppress(UsageError):
            return str(first_target(self.script) or "")
        return ""


async def jobs_of(
    scripts: Sequence[Script], target: Target | None, connect: ConnectOptions, each: Each
) -> list[Job]:
    """Return the jobs of scripts: one each, or one for each MX host or address of the target."""
    if target is None or each is Each.TARGET:
        return [Job(script, target, connect) for script in scripts]
    variants = await _variants(target, connect, each)
    return [Job(script, target, options, name) for script in scripts for name, options in variants]


def jobs_of_targets(
    scripts: Sequence[Script], targets: Sequence[Target], connect: ConnectOptions
) -> list[Job]:
    """Return the jobs of each script against each of several targets."""
    return [Job(script, target, connect, str(target)) for script in scripts for target in targets]


async def _variants(
    target: Target, connect: ConnectOptions, each: Each
) -> list[tuple[str, ConnectOptions]]:
    """Return the hosts or addresses of a target, each with options that allow only it.

    A host without an address is among them, and if nothing is found the target itself is used, so
    that the run says why.
    """
    wish = net.Wish(connect.family, connect.resolver, connect.mx, connect.timeout)
    try:
        plan = await net.find_route(target, wish, monotonic)
    except ProbeError:
        return [("", connect)]
    found: dict[str, ConnectOptions] = {}
    for attempt in plan.attempts():
        host, address = attempt.host.name, ""
        if each is Each.ADDRESS and attempt.outcome not in UNDIALLED:
            address = attempt.address  # else its run says why it is not dialled
        mx = host if attempt.host.preference is not None else connect.mx
        options = connect._replace(mx=mx, address=address or connect.address)
        found.setdefault(_named(target, host, address), options)
    return list(found.items())


def _named(target: Target, host: str, address: str) -> str:
    """Return what a host, or an address of it, is called in reports: with the port, unless 25.

    A target that is itself an address or a socket is called as it is written.
    """
    if host == target.name and target.kind in (TargetKind.ADDRESS, *LOCAL):
        return str(target)
    port = f":{target.port}" if target.port != SMTP_PORT else ""
    return f"{host} [{address}]{port}" if address else f"{host}{port}"


class OrderedOutput:
    """Lets several write as if one came after the other.

    The first job writes through; later ones are buffered until all before them are done.
    """

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write
        self._first = 0
        self._waiting: dict[int, list[str]] = defaultdict(list)
        self._done: set[int] = set()

    def write(self, number: int, text: str) -> None:
        """Write for the one with that number, from 0."""
        if number == self._first:
            self._write(text)
        else:
            self._waiting[number].append(text)

    def done(self, number: int) -> None:
        """Note that one has written all, and let those behind it have their turn."""
        self._done.add(number)
        while self._first in self._done:
            self._done.remove(self._first)
            self._first += 1
            for text in self._waiting.pop(self._first, ()):
                self._write(text)


class _Waiting:
    """The jobs that have not begun, by number; each host has its own limit."""

    def __init__(self, jobs: Sequence[Job], per_host: int) -> None:
        self._hosts = [job.host for job in jobs]
        self._room = dict.fromkeys(self._hosts, per_host)
        self._queues: dict[str, deque[int]] = defaultdict(deque)
        for number, host in enumerate(self._hosts):
            self._queues[host].append(number)
        self._next = [queue[0] for queue in self._queues.values()]
        """The first job of each host that has room and jobs left; a heap."""

    def take(self) -> int | None:
        """Return the first job whose host has room, which it takes; None while there is none."""
        if not self._next:
            return None
        number = heappop(self._next)
        host = self._hosts[number]
        self._queues[host].popleft()
        self._room[host] -= 1
        self._offer(host)
        return number

    def ended(self, number: int) -> None:
        """Give the room of a job back."""
        host = self._hosts[number]
        self._room[host] += 1
        # only a host that had no room has no job in the heap
        if self._room[host] == 1:
            self._offer(host)

    def _offer(self, host: str) -> None:
        if self._room[host] and self._queues[host]:
            heappush(self._next, self._queues[host][0])


async def run_jobs(
    jobs: Sequence[Job],
    run: Callable[[int, Job], Awaitable[ScriptResult]],
    *,
    at_once: int,
    per_host: int,
) -> None:
    """Run all jobs, `at_once` of them and `per_host` of those for one host at the same time.

    They begin in order, except that a job whose host is at its limit lets others go first. `run`
    gets the number of each job, in order from 0.
    """
    # with no tasks a failure is the one that was raised, and nothing has to be put in order
    if at_once == 1:
        for number, job in enumerate(jobs):
            await run(number, job)
        return
    waiting = _Waiting(jobs, per_host)

    async def worker() -> None:
        # where none can begin, the end of a job makes room for one, and its worker takes that
        while (number := waiting.take()) is not None:
            await run(number, jobs[number])
            waiting.ended(number)

    try:
        async with asyncio.TaskGroup() as tasks:
            for _ in range(min(at_once, len(jobs))):
                tasks.create_task(worker())
    except ExceptionGroup as group:
        told = next((one for one in group.exceptions if isinstance(one, ProbeError)), None)
        raise told or group from None
