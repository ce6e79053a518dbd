"""`make bench-survey`: `smtpprobe survey` beside `starttls -i`, and with two workers beside one.

DNS and mail servers (`survey_lab.py`) stand in a network namespace, whose loopback has the packets
of an Ethernet. In each round the list is surveyed with one worker process, with two, and checked by
`starttls -i`, each round in another order; a ratio is the median of the rounds' ratios. CPU time is
that of the client with all its processes, and is told by process and stage (`spent.py`). A list of
ten times as many domains and hosts is surveyed with a stubbed probe: this is about memory, not
about servers.

    python -m tests.bench.survey --domains 1000 --hosts 100 --no-large
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from smtpprobe.survey.estimate.estimate import Wanted
from smtpprobe.survey.estimate.measured import sample_of
from smtpprobe.survey.estimate.words import plan_lines
from tests.bench import spent, survey_lab
from tests.bench.pairs import Goal, Row, lines
from tests.bench.spent import Spent, below
from tests.bench.startup import PROGRAM
from tests.bench.usage import held
from tests.servers import lab
from tests.servers.network import Network
from tests.survey.comparison import listed_rows, same, surveyed_rows

TOP = Path(__file__).parents[2]

FASTER, BUSY = Goal(1.8, at_least=True), Goal(80, of="%")
CPU_OF_TWO, CPU_OF_LIST = Goal(1.1), Goal(1.15)
FLAT = Goal(1.15)
"""What the issue of the survey asks for; memory counts as flat up to so much."""

INTERVAL, MEMORY_LOOKS = 0.1, 5
"""Seconds between two looks at the processes; at every fifth look their memory is read."""

START, END, REPORT = "start", "end", "report"
STAGES = (START, "resolve", "addresses", "domains", END, REPORT)
"""What a survey does, in its order: `start` ends with the first job, `end` with the workers."""

PLAIN = "plain.jsonl"

TIMES = 10
"""How many times longer the list of the stubbed survey is."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a run took: seconds, those of the processor, and the most that it held in MB.

    `log` are the lines of the survey's log, `busy` how busy each core was while addresses were
    asked, in per cent, `packets` how many the namespace took in from its loopback meanwhile.
    `cpu_table` has the CPU seconds of each process in each stage of a survey.
    """

    seconds: float
    cpu: float
    client: float
    worker: float
    busy: Sequence[float] = ()
    packets: int = 0
    octets: int = 0
    log: Sequence[Mapping[str, Any]] = ()
    cpu_table: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def stage(self, name: str) -> float:
        """Return how long a stage took."""
        return float(sum(line["seconds"] for line in self.log if line.get("stage") == name))


@dataclass(slots=True)
class Watch:
    """Looks at a process and those below it while it runs, and at the log that it writes."""

    log: Path | None
    client: int = 0
    worker: int = 0
    spent: Spent = field(default_factory=Spent)
    cores: list[tuple[float, list[tuple[int, int]]]] = field(default_factory=list)
    until: dict[str, float] = field(default_factory=dict)
    """When each stage was seen to have ended."""
    _looks: int = 0

    def look(self, pid: int) -> None:
        """Note CPU time, now and then memory, how long each core has worked, and the stage."""
        at = time.monotonic()
        self.spent.look(pid, at)
        self.cores.append((at, cores()))
        if self._looks % MEMORY_LOOKS == 0:
            self.client = max(self.client, held(pid))
            self.worker = max([self.worker, *map(held, below(pid))])
        self._looks += 1
        for line in log_lines(self.log):
            if line["event"] == "begin":
                self.until.setdefault(START, at)
            elif line["event"] == "stage":
                self.until.setdefault(f"{line['stage']} {line['seconds']}", at)

    def ends(self, now: float) -> dict[str, float]:
        """Return when each stage of a survey has ended, in their order."""
        found = {}
        for stage in STAGES[:-2]:
            seen = [at for name, at in self.until.items() if name.partition(" ")[0] == stage]
            found[stage] = max(seen, default=now)
        return found | {END: self.spent.last_worker + INTERVAL, REPORT: now}

    def busy(self, since: float, until: float) -> list[float]:
        """Return how busy each core was between two times."""
        inside = [found for at, found in self.cores if since <= at <= until]
        if len(inside) < 2:
            return []
        pairs = zip(inside[0], inside[-1], strict=True)
        return [100 * (b[0] - a[0]) / max(1, b[1] - a[1]) for a, b in pairs]


def cores() -> list[tuple[int, int]]:
    """Return for each core how long it has worked, and has been there."""
    rows = re.findall(r"(?m)^cpu\d+ (.*)$", Path("/proc/stat").read_text())
    found = []
    for row in rows:
        user, nice, system, idle, wait, *rest = map(int, row.split())
        working = user + nice + system + sum(rest)
        found.append((working, working + idle + wait))
    return found


def run(command: Sequence[str], good: Sequence[int], env: Mapping[str, str] | None = None) -> Run:
    """Run a command to its end."""
    packets, octets = traffic()
    log = log_of(command)
    began, watch = time.monotonic(), Watch(log)
    pid = os.posix_spawn(command[0], list(command), os.environ | dict(env or {}))
    over = threading.Event()

    def watching() -> None:
        while not over.wait(INTERVAL):
            with suppress(OSError):  # one that ends just now
                watch.look(pid)

    thread = threading.Thread(target=watching)
    thread.start()
    _, status, usage = os.wait4(pid, 0)
    ended = time.monotonic()
    over.set()
    thread.join()
    if (code := os.waitstatus_to_exitcode(status)) not in good:
        raise subprocess.CalledProcessError(code, list(command))
    after, more = traffic()
    ends = watch.ends(ended)
    return Run(
        ended - began,
        usage.ru_utime + usage.ru_stime,
        watch.client * 1024 / 1e6,
        watch.worker * 1024 / 1e6,
        watch.busy(ends["resolve"], ends["addresses"]),
        after - packets,
        more - octets,
        [*log_lines(log)],
        watch.spent.table(ends) if log else {},
    )


def traffic() -> tuple[int, int]:
    """Return the packets and octets that this thread's loopback has carried."""
    text = Path("/proc/thread-self/net/dev").read_text()
    [numbers] = re.findall(r"(?m)^ *lo:(.*)$", text)
    received = numbers.split()
    return int(received[1]), int(received[0])


def log_of(command: Sequence[str]) -> Path | None:
    """Return where a command writes the log of a survey, if it is one."""
    if "survey" not in command:
        return None
    return Path(command[command.index("-o") + 1]) / "log.jsonl"


def log_lines(log: Path | None) -> Iterator[dict[str, Any]]:
    """Yield the whole lines of a log, if there are any yet."""
    if log is not None and log.exists():
        for line in log.read_text().splitlines(keepends=True):
            if line.endswith("\n"):
                yield json.loads(line)


@dataclass(frozen=True, slots=True)
class Lab:
    """The servers; `counted` has the connections of each address once they have ended."""

    ca_file: Path
    folder: Path
    resolver: str
    jobs: int

    def listed(self, count: int, hosts: int) -> Path:
        """Write a list, and return it."""
        path = self.folder / f"{count}.txt"
        path.write_text("".join(f"{name}\n" for name in survey_lab.domains(count, hosts)))
        return path

    @property
    def _common(self) -> tuple[str, ...]:
        where = ("--resolver", self.resolver, "--ca-file", str(self.ca_file))
        return (*where, "--jobs", str(self.jobs), "--client", "scan.survey.test", "--no-progress")

    def survey(self, listed: Path, name: str, workers: int) -> tuple[str, ...]:
        """Return the command of a survey into the folder `name`."""
        words = (PROGRAM, "survey", str(listed), "-o", str(self.folder / name))
        contact = ("--contact", "abuse@survey.test", "--per-network", "64")
        return (*words, *contact, "--workers", str(workers), *self._common)

    def plain(self, listed: Path) -> tuple[str, ...]:
        """Return the command of `starttls -i`."""
        words = (PROGRAM, "starttls", "-i", str(listed), "-o", str(self.folder / PLAIN))
        return (*words, "--quiet", *self._common)


@contextmanager
def servers(place: Network, hosts: int, jobs: int) -> Iterator[Lab]:
    """Run the servers for the block, with this thread in their network."""
    with ExitStack() as stack:
        subprocess.run(place.command("ip", "link", "set", "lo", "mtu", "1500"), check=True)
        stack.enter_context(place.inside())
        home = stack.enter_context(lab.home("survey"))
        identity = lab.identity(home, f"*.{survey_lab.ZONE}")
        chain = home / "chain.pem"
        chain.write_bytes(identity.key_file.read_bytes() + identity.certificate_file.read_bytes())
        found = x509.load_pem_x509_certificate(identity.certificate_file.read_bytes())
        key = found.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        hashed = hashes.Hash(hashes.SHA256())
        hashed.update(key)
        smtp = ("smtp", str(hosts), str(chain), str(home / "counted.json"))
        stack.enter_context(server(*smtp))
        port = stack.enter_context(server("dns", hashed.finalize().hex()))
        yield Lab(identity.ca_file, home, f"127.0.0.1:{port}", jobs)


@contextmanager
def server(*words: str) -> Iterator[str]:
    """Run one of the servers for the block; yield the line that says it is ready."""
    command = [sys.executable, "-m", "tests.bench.survey_lab", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=TOP, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


class Round(NamedTuple):
    """The runs of a round."""

    one: Run
    two: Run
    plain: Run


ONE, TWO, LIST = range(3)


def measured(running: Lab, listed: Path, rounds: int) -> Iterator[Round]:
    """Yield some rounds: each begins with another of the three runs, so that none has a place."""
    for number in range(rounds):
        found = dict[int, Run]()
        for turn in range(len(Round._fields)):
            side = (turn + number) % len(Round._fields)
            if side == LIST:
                (running.folder / PLAIN).unlink(missing_ok=True)
                found[side] = run(running.plain(listed), (0, 1))
            else:
                folder = ("one", "two")[side]
                shutil.rmtree(running.folder / folder, ignore_errors=True)
                found[side] = run(running.survey(listed, folder, side + 1), (0,))
        yield Round(*(found[side] for side in sorted(found)))


def compared(
    work: str, unit: str, pairs: Iterable[tuple[float, float]], rival: str, goal: Goal
) -> Row:
    """Return a row of pairs, each of one round: their medians, and that of their ratios."""
    ours, theirs = zip(*(both := [*pairs]), strict=True)
    ratio = median(own / other for own, other in both)
    return Row(work, unit, median(ours), rival, median(theirs), ratio, goal)


def figures(sizes: argparse.Namespace) -> Iterator[Row | str]:
    """Yield the figures, each as soon as it is there."""
    count, hosts = sizes.domains, sizes.hosts
    name = f"survey, {count:,} domains on {hosts} hosts"
    with lab.own_network() as place, servers(place, hosts, sizes.jobs) as running:
        listed = running.listed(count, hosts)
        rounds = [*measured(running, listed, sizes.rounds)]
        one, two = rounds[-1].one, rounds[-1].two
        yield compared(
            f"{name}, addresses with two workers of {sizes.jobs} connections", "1/s",
            ((hosts / each.two.stage("addresses"), hosts / each.one.stage("addresses"))
             for each in rounds), "one worker", FASTER)  # fmt: skip
        for core, busy in enumerate(two.busy):
            yield Row(f"meanwhile core {core}, servers included", "%", busy, goal=BUSY)
        for ours, rival, sides, goal in (
            ("two workers", "one worker", (TWO, ONE), CPU_OF_TWO),
            ("one worker", "starttls -i", (ONE, LIST), CPU_OF_LIST),
            ("two workers", "starttls -i", (TWO, LIST), CPU_OF_LIST),
        ):
            pairs = ((1000 * each[a].cpu / count, 1000 * each[b].cpu / count)
                     for each in rounds for a, b in (sides,))  # fmt: skip
            work = f"{name}, CPU of all processes a domain, {ours}"
            yield compared(work, "ms", pairs, rival, goal)
        for workers, found in (("one worker", one), ("two workers", two)):
            yield "\n".join([workers, *spent.lines(found.cpu_table, STAGES)])
        for stage in ("resolve", "addresses", "domains"):
            yield Row(f"{name}, {stage}, two workers", "s", two.stage(stage))
        yield Row(f"{name}, client and scheduler", "MB", two.client)
        yield Row(f"{name}, a worker", "MB", two.worker)
        yield f"{two.packets:,} packets, {two.octets / 1e6:,.1f} MB, both ways and DNS included"
        verdicts = listed_rows(running.folder / PLAIN)
        for folder in ("one", "two"):
            yield same(surveyed_rows(running.folder / folder), verdicts)
        sample = sample_of(running.folder / "two")
        for addresses in (None, sizes.planned // 10):
            wanted = [Wanted(sizes.planned, workers, addresses) for workers in (1, 10, 100)]
            yield "\n".join(plan_lines(sample, sizes.planned, wanted, "this lab"))
        if sizes.keep:
            kept = Path(sizes.keep)
            subprocess.run(["cp", "-r", str(running.folder / "two"), str(kept)], check=True)
            yield f"the results are in {kept}"
        if not sizes.no_large:
            yield from large(running, two, sizes)


def large(running: Lab, small: Run, sizes: argparse.Namespace) -> Iterator[Row]:
    """Yield the memory for ten times as many domains and hosts, with a stubbed probe."""
    count = TIMES * sizes.domains
    listed = running.listed(count, TIMES * sizes.hosts)
    stub = {"DASK_DISTRIBUTED__WORKER__PRELOAD": str(TOP / "tests/bench/stubbed_probe.py")}
    found = run(running.survey(listed, "large", 2), (0,), stub)
    name = f"survey, {count:,} domains, probe stubbed, beside {sizes.domains:,}"
    for who, own, other in (
        ("client and scheduler", found.client, small.client),
        ("a worker", found.worker, small.worker),
    ):
        yield Row(f"{name}, {who}", "MB", own, "the short list", other, own / other, FLAT)
    yield Row(f"{name}", "s", found.seconds)


def main() -> int:
    """Measure and print; return 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--domains", type=int, default=20_000)
    parser.add_argument("--hosts", type=int, default=500)
    parser.add_argument("--jobs", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured")
    parser.add_argument("--planned", type=int, default=10_000_000, help="domains on paper")
    parser.add_argument("--no-large", action="store_true", help="without the stubbed survey")
    parser.add_argument("--keep", metavar="FOLDER", help="keep the results of two workers there")
    met = True
    for found in figures(parser.parse_args()):
        text = f"{found}\n" if isinstance(found, str) else "".join(lines(found))
        met = met and (isinstance(found, str) or found.is_met)
        sys.stdout.write(text)
        sys.stdout.flush()
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
