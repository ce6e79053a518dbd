"""`smtpprobe --script` beside a bare asyncio client and beside swaks, on servers of loopback.

CPU time is user and system time of the process; time on the clock is what a shell would show, the
server's answers included.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.bench.pairs import Absent, Found, Goal, Row, paired
from tests.bench.startup import PROGRAM
from tests.servers import fetch, postfix, unpacked

HERE = Path(__file__).parent
PYTHON = sys.executable

NOOPS = 20_000
MANY = 1_000
SWAKS = 60
ROUNDS = 5
DIALOGUE = "EHLO client.example\nSTARTTLS\nEHLO client.example\nQUIT\n"

LOOP = Goal(1.5, obstacle="a hundred calls of Python for each NOOP; reading it takes most")
"""How many times the CPU time of a bare asyncio client, one task on streams, NOOPs may cost.

The bare client needs the system's time, and what we add is Python's: where the system is quick and
Python slow (built without optimization, beside busy neighbours) the same code gives a far higher
ratio. To compare two versions, measure both on one machine, in turn.
"""

ONE_SHOT = Goal(1.6, obstacle="imports: the rows below say after which how much has gone")
"""How many times the time of swaks one script may take."""

RATE = Goal(16, at_least=True, obstacle="one process has one processor, and two swaks have two")
"""How many times the scripts a second of two swaks at a time are the goal."""

BARE, STREAMS = "a bare asyncio.Protocol", "asyncio streams, unread"
LOADED = ("cli.main_parser", "cli.launch", "script.batch.run", "net.dial")
STEPS = (
    ("python -c pass", "pass"),
    ("import asyncio, ssl", "import asyncio, ssl"),
    (
        "import all that a script needs",
        "; ".join(f"import smtpprobe.{name}" for name in LOADED),
    ),
)
"""What a run does one after the other before it connects: each holds the one before."""


class Run(NamedTuple):
    """What a run took in seconds: of the processor, and on the clock."""

    used: float
    took: float


def environment(home: str) -> dict[str, str]:
    """Return the variables for all programs: no setting of whoever measures counts."""
    return {"PATH": os.environ.get("PATH", os.defpath), "HOME": home, "LANG": "C.UTF-8"}


def measured(command: tuple[str, ...], env: Mapping[str, str]) -> Run:
    """Run a program to its end, its output thrown away."""
    silent = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)
    began = time.monotonic()
    pid = os.posix_spawnp(command[0], command, env, file_actions=[silent])
    _, status, usage = os.wait4(pid, 0)
    if code := os.waitstatus_to_exitcode(status):
        raise subprocess.CalledProcessError(code, command)
    return Run(usage.ru_utime + usage.ru_stime, time.monotonic() - began)


@contextmanager
def responder(env: Mapping[str, str]) -> Iterator[str]:
    """Run the minimal responder in a process of its own; yield its port."""
    command = (PYTHON, str(HERE / "noop_server.py"))
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def a_loop(folder: Path, noops: int, rounds: int) -> Iterator[Row]:
    """Measure NOOPs in one script beside a bare client of each kind, and these two."""
    env = environment(str(folder))
    script = folder / "noops.smtp"
    script.write_text(f":repeat {noops}\nNOOP\n:end\nQUIT\n")
    with responder(env) as port:
        bare = (PYTHON, str(HERE / "noop_client.py"), port, str(noops))
        awaiting = (PYTHON, str(HERE / "awaiting_client.py"), port, "noops", str(noops))
        ours = (PROGRAM, "--script", str(script), f"127.0.0.1:{port}")
        looped, streams, least = _used(ours, env), _used(awaiting, env), _used(bare, env)
        work = f"{noops:,} NOOPs in one script"
        yield paired(work, "s CPU", (looped, STREAMS, streams), LOOP, rounds)
        yield paired(work, "s CPU", (looped, BARE, least), rounds=rounds)
        yield paired(f"... by {STREAMS}", "s CPU", (streams, BARE, least), rounds=rounds)


def one_shot(
    folder: Path, server: postfix.Postfix, rival: Sequence[str], rounds: int
) -> Iterator[Row]:
    """Measure one script with STARTTLS beside swaks, and where its time goes."""
    env = environment(str(folder))
    secured, clear = folder / "starttls.smtp", folder / "clear.smtp"
    secured.write_text(DIALOGUE)
    clear.write_text("EHLO client.example\nQUIT\n")
    target = f"{server.host}:{server.ports.smtp}"
    ours = (PROGRAM, "--ca-file", str(server.ca_file), "--script")
    theirs = (*rival, "--server", target, "-tls", "-q", "HELO")
    work = "one script: EHLO, STARTTLS, EHLO, QUIT"
    sides = _took((*ours, str(secured), target), env), "swaks", _took(theirs, env)
    yield paired(work, "ms", sides, ONE_SHOT, rounds)
    parts: list[tuple[str, tuple[str, ...]]] = [
        (f"... after {name}", (PYTHON, "-c", code)) for name, code in STEPS
    ]
    parts.append(("... EHLO and QUIT, without TLS", (*ours, str(clear), target)))
    for name, command in parts:
        part = _took(command, env)
        part()
        yield Row(name, "ms", median(part() for _ in range(rounds)))


def many(
    folder: Path, server: postfix.Postfix, rival: Sequence[str], sizes: tuple[int, int], rounds: int
) -> Row:
    """Measure scripts in one process beside two swaks at a time: `sizes` says how many of each."""
    env = environment(str(folder))
    target = f"{server.host}:{server.ports.smtp}"
    scripts, calls = sizes
    files = folder / "many"
    files.mkdir()
    for number in range(scripts):
        (files / f"{number}.smtp").write_text(DIALOGUE)
    theirs = f"seq {calls} | xargs -P2 -I@ {shlex.join(rival)} --server {target} -tls -q HELO"
    ours = (PROGRAM, "--ca-file", str(server.ca_file), "--jobs", "20", "--show", "none")
    sides = (
        lambda: scripts / measured((*ours, "--script", str(files), target), env).took,
        "xargs -P2 swaks",
        lambda: calls / measured(("sh", "-c", theirs), env).took,
    )
    return paired(f"{scripts:,} scripts, --jobs 20", "scripts/s", sides, RATE, rounds)


def rows(rounds: int = ROUNDS) -> Iterator[Found]:
    """Yield the loop, one script and many."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        yield from a_loop(folder, NOOPS, rounds)
        rival, missing = unpacked.called("swaks"), fetch.why_missing("postfix")
        if rival is None or missing is not None:
            yield Absent("one script, and many", missing or "swaks cannot be had here")
            return
        with postfix.running(fetch.root_of("postfix")) as server:
            yield from one_shot(folder, server, rival, 2 * rounds)
            yield many(folder, server, rival, (MANY, SWAKS), max(1, rounds - 2))


def _used(command: tuple[str, ...], env: Mapping[str, str]) -> Callable[[], float]:
    return lambda: measured(command, env).used


def _took(command: tuple[str, ...], env: Mapping[str, str]) -> Callable[[], float]:
    return lambda: measured(command, env).took * 1000
