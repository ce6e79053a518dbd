"""`smtpprobe starttls` beside posttls-finger and swaks on the same Postfix, and within its bounds.

All servers stand in a network namespace: one Postfix at every address of 198.18.0.0/15, a DNS
server (tests/bench/dns_responder.py), and for the waiting times one slow by design. CPU time
is user and system time of the client's processes alone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from smtpprobe.sandbox.faults import Pause, Say, Step
from tests.bench.dns_responder import HOSTS_OF_FOUR, host_address
from tests.bench.pairs import Absent, Found, Goal, Row, paired
from tests.bench.startup import PROGRAM
from tests.bench.usage import measured
from tests.net.stage import trusted_file
from tests.servers import fault_hosts, fetch, lab, network, postfix, posttls_finger, unpacked
from tests.servers.network import Network
from tests.starttls.dialogues import good

ROUNDS = 3
CHECKS = 2000
"""How many lines the list has, each of an address of its own; all of them show one chain."""

RIVAL_CHECKS, SWAKS_CHECKS = 200, 30
"""How often the others are run in a round, each time for one address, as they can do no more."""

FINGER = Goal(0.18, obstacle="bare asyncio, without facts, takes the next row's part of it")
SWAKS = Goal(1 / 20, obstacle="the handshake itself, and bare asyncio as above")
"""How much of the CPU time of the others a check may cost."""

OLDER = Goal(2, at_least=True, obstacle="half of it is making and reading DNS messages")
"""How many times the checks a second of an older build the goal is."""

COMPARED = 4_000
"""How many domains both builds check."""

DELAY = 0.05
"""Seconds before every reply of the slow server."""

LONGER = Goal(1.3)
"""How many times longer than one address a domain of eight may take."""

DOMAINS, SHARED_HOSTS, MISSING = 20_000, 500, 2_000
"""How many domains of the long list there are, on how many hosts, and how many do not exist."""

MEMORY = Goal(200, of="MB")
"""The most that the long list may need."""

HERE = Path(__file__).parent
NAME = "mx.bench.test"
LISTENER = "0.0.0.0:25 inet n - n - - smtpd\n"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    rounds: int = ROUNDS
    checks: int = CHECKS
    rival_checks: int = RIVAL_CHECKS
    swaks_checks: int = SWAKS_CHECKS
    domains: int = DOMAINS
    hosts: int = SHARED_HOSTS
    missing: int = MISSING
    compared: int = COMPARED


@dataclass(frozen=True, slots=True)
class Ground:
    """Where the programs run: the roots they shall believe, a folder for files, the DNS server."""

    ca_file: Path
    folder: Path
    resolver: str
    finger: posttls_finger.Finger

    def probe(self, targets: Sequence[str], program: Sequence[str] = (PROGRAM,)) -> tuple[str, ...]:
        """Return our command for a list of targets; the results are in `results` afterwards."""
        listed = self.folder / "targets"
        listed.write_text("".join(f"{target}\n" for target in targets))
        where = ("-i", str(listed), "-o", str(self.results), "--restart", "--no-progress")
        believing = ("--ca-file", str(self.ca_file), "--sni", NAME)
        return (*program, "starttls", *where, *believing, "--resolver", self.resolver)

    @property
    def results(self) -> Path:
        """The file that our command writes."""
        return self.folder / "results"

    def trusted(self) -> int:
        """Return how many chains of the results were judged and are trusted."""
        return self.results.read_text().count('"trusted":"yes"')


@contextmanager
def resolver() -> Iterator[str]:
    """Run the DNS server, and have its address and port for the block."""
    script = Path(__file__).with_name("dns_responder.py")
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            yield f"127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.terminate()


@contextmanager
def ground(place: Network, root: Path) -> Iterator[Ground]:
    """Run Postfix and the DNS server for the block, with this thread in their network."""
    with ExitStack() as stack:
        stack.enter_context(place.inside())
        home = stack.enter_context(lab.home("bench"))
        identity = lab.identity(home, NAME)
        chain_files = f"{identity.key_file}, {identity.certificate_file}"
        postfix.write_configuration(
            root, home, LISTENER, interfaces="127.0.0.1", chain_files=chain_files
        )

        def ready() -> bool:
            return lab.first_line(25).startswith(b"220 ")

        stack.enter_context(postfix.started(root, home, ready, place))
        finger = posttls_finger.configured(place, root, identity.ca_file, home / "finger")
        yield Ground(identity.ca_file, home, stack.enter_context(resolver()), finger)


def cpu(command: Sequence[str], env: dict[str, str] | None = None) -> float:
    """Return the CPU seconds of a run that has to end well; what it says is thrown away."""
    nowhere = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)
    actions = [nowhere, (os.POSIX_SPAWN_DUP2, 1, 2)]
    pid = os.posix_spawnp(command[0], list(command), os.environ | (env or {}), file_actions=actions)
    _, status, usage = os.wait4(pid, 0)
    if code := os.waitstatus_to_exitcode(status):
        raise subprocess.CalledProcessError(code, list(command))
    return usage.ru_utime + usage.ru_stime


def ours(place: Ground, targets: Sequence[str]) -> float:
    """Return our CPU seconds a check of these targets, each of which has to be trusted."""
    seconds = cpu(place.probe(targets)) / len(targets)
    if (found := place.trusted()) != len(targets):
        raise AssertionError(f"{found} of {len(targets)} chains are trusted")
    return seconds


def fingered(place: Ground, addresses: Sequence[str]) -> float:
    """Return posttls-finger's CPU seconds a check: chain and name verified, as ours."""
    root = place.finger.root
    env = unpacked.path_to(postfix.libraries(root)) | {"MAIL_CONFIG": str(place.finger.folder)}
    program, roots = str(root / "usr/sbin/posttls-finger"), str(place.ca_file)
    command = (program, "-c", "-l", "secure", "-F", roots, "-L", "summary,certmatch")
    return sum(cpu((*command, f"[{ip}]", NAME), env) for ip in addresses) / len(addresses)


def swaked(swaks: Sequence[str], addresses: Sequence[str]) -> float:
    """Return swaks's CPU seconds a check, up to EHLO inside TLS."""
    each = ((*swaks, "--server", ip, "-tls", "-q", "HELO") for ip in addresses)
    return sum(map(cpu, each)) / len(addresses)


def side_by_side(place: Ground, sizes: Sizes) -> Iterator[Found]:
    """Measure checks of addresses, chain and name judged; the others are started for each."""
    addresses = [host_address(number) for number in range(sizes.checks)]
    targets = [f"[{address}]" for address in addresses]
    work = "starttls -i, a check of an [address]"

    def own() -> float:
        return 1000 * ours(place, targets)

    def finger() -> float:
        return 1000 * fingered(place, addresses[: sizes.rival_checks])

    yield paired(work, "ms CPU", (own, "posttls-finger", finger), FINGER, sizes.rounds)

    def bare() -> float:
        listed = place.folder / "addresses"
        listed.write_text("\n".join(addresses))
        command = (sys.executable, str(HERE / "awaiting_client.py"), "25", "starttls", str(listed))
        return 1000 * cpu(command) / len(addresses)

    least = bare, "posttls-finger", finger
    yield paired("... by bare asyncio, nothing verified", "ms CPU", least, rounds=sizes.rounds)
    if (swaks := unpacked.called("swaks")) is None:
        yield Absent(f"{work}, beside swaks", "swaks cannot be had here")
        return

    def swaked_once() -> float:
        return 1000 * swaked(swaks, addresses[: sizes.swaks_checks])

    yield paired(work, "ms CPU", (own, "swaks -tls -q HELO", swaked_once), SWAKS, sizes.rounds)
    domains = [f"d0.h{number}.bench.test" for number in range(sizes.checks)]
    seconds = median(ours(place, domains) for _ in range(sizes.rounds))
    yield Row("starttls -i, a check of a domain, DNS included", "ms CPU", 1000 * seconds)


def waited(place: Network, sizes: Sizes) -> Row:
    """Measure a domain of eight slow addresses beside one of them."""
    slow: list[Step] = []
    for step in good():
        slow += [Pause(DELAY), step] if isinstance(step, Say) else [step]
    scripts = {f"192.0.2.{number + 1}": [slow] for number in range(2 * len(HOSTS_OF_FOUR))}
    with ExitStack() as stack:
        stack.enter_context(place.inside())
        home = stack.enter_context(lab.home("bench"))
        stack.enter_context(fault_hosts.playing(scripts, place))
        more = ("--ca-file", trusted_file(home), "--resolver", stack.enter_context(resolver()))
        sides = (
            lambda: reported("four.bench.test", 8, more),
            "one address",
            lambda: reported("[192.0.2.1]", 1, more),
        )
        work = f"a domain of 4 MX with 2 addresses each, {1000 * DELAY:g} ms before every reply"
        return paired(work, "s", sides, LONGER, sizes.rounds)


def reported(target: str, handshakes: int, more: Sequence[str]) -> float:
    """Return the seconds of a check, without the start of the program, as its report tells."""
    command = (PROGRAM, "starttls", "--json", *more, target)
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    found = json.loads(done.stdout)
    if done.stdout.count(b'"trusted": "yes"') != handshakes:
        raise AssertionError(f"{target}: not {handshakes} trusted chains")
    return float(found["seconds"])


def long_list(place: Ground, sizes: Sizes) -> Iterator[Row]:
    """Measure speed and memory for many domains, some of which do not exist."""
    there = sizes.domains - sizes.missing
    targets = [f"d{number}.h{number % sizes.hosts}.bench.test" for number in range(there)]
    targets += [f"x{number}.bench.test" for number in range(sizes.missing)]
    run = measured(*place.probe(targets), "--quiet", good=(1,))
    lines = place.results.read_text().count("\n")
    if (lines, place.trusted()) != (sizes.domains, there):
        raise AssertionError(f"{lines} results, {place.trusted()} trusted chains")
    work = f"starttls -i, {sizes.domains:,} domains on {sizes.hosts} hosts"
    yield Row(work, "domains/s", sizes.domains / run.seconds)
    yield Row(f"{work}, peak memory", "MB", run.peak * 1024 / 1e6, goal=MEMORY)


def builds(place: Ground, sizes: Sizes, old: str) -> Found:
    """Measure checks of domains with their DNS beside an older build, one process each.

    `old` is a commit of this repository; it runs on the packages of this one.
    """
    work = f"starttls -i, {sizes.compared:,} domains with their DNS"
    if not old:
        return Absent(f"{work}, beside an older build", "none was given (OLD=COMMIT)")
    targets = [f"d{number}.h{number % sizes.hosts}.bench.test" for number in range(sizes.compared)]

    def rate(folder: Path) -> Callable[[], float]:
        program = (sys.executable, "-P", "-c", RUN.format(str(folder)))
        command = place.probe(targets, program)

        def run() -> float:
            found = measured(*command, "--quiet")
            if place.trusted() != len(targets):
                raise AssertionError(f"{place.trusted()} of {len(targets)} chains are trusted")
            return len(targets) / found.seconds

        return run

    folder = place.folder / "older"
    git = ("git", "-C", str(HERE))
    try:
        subprocess.run(
            (*git, "worktree", "add", "--quiet", "--force", "--detach", str(folder), old),
            check=True, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError) as error:
        told = getattr(error, "stderr", "") or str(error)
        return Absent(f"{work}, beside {old}", " ".join(told.split()))
    try:
        sides = rate(HERE.parents[1]), old, rate(folder)
        return paired(work, "domains/s", sides, OLDER, sizes.rounds)
    finally:
        subprocess.run((*git, "worktree", "remove", "--force", str(folder)), check=True)


RUN = "import sys; sys.path.insert(0, {!r}); from smtpprobe.__main__ import main; main()"
"""Runs the program of a folder, whichever is installed."""


def obstacle() -> str | None:
    """Return why nothing can be measured here, or None."""
    if tools := network.missing_tools():
        return f"{' and '.join(tools)} are missing"
    return network.why_refused() or fetch.why_missing("postfix")


def rows(sizes: Sizes = Sizes(), old: str | None = None) -> Iterator[Found]:
    """Yield the wait, the checks beside others, beside an older build, and the long list."""
    if reason := obstacle():
        yield Absent("starttls", reason)
        return
    root = fetch.root_of("postfix")
    with lab.own_network() as place:
        yield waited(place, sizes)
        with ground(place, root) as running:
            yield from side_by_side(running, sizes)
            yield builds(running, sizes, os.environ.get("OLD", "") if old is None else old)
            yield from long_list(running, sizes)
