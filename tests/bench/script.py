"""`smtpprobe --script` beside a bare asyncio client and beside swaks, on servers of loopback.

Rivals run in turn, each as often as the other, and the best of each counts. The processor's time is
user and system time of the process; time on the clock is what a shell would show, the server's
answers included. Modules are compiled in an unmeasured round, as they are once installed.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.startup import PROGRAM
from tests.servers import fetch, postfix, unpacked

HERE = Path(__file__).parent
PYTHON = sys.executable

NOOPS = 20_000
MANY = 1_000
SWAKS = 60
ROUNDS = 5
DIALOGUE = "EHLO client.example\nSTARTTLS\nEHLO client.example\nQUIT\n"

LOOP = 1.6
"""How many times the processor's time of a bare asyncio client NOOPs may cost.

The bare client needs the system's time, and what we add is Python's: where the system is quick and
Python slow (built without optimization, beside busy neighbours) the same code gives a far higher
ratio. To compare two versions, measure both on one machine, in turn.
"""

ONE_SHOT = 2.0
"""How many times the time of swaks one script may take."""

RATE = 8.0
"""How many times the scripts a second of two swaks at a time are the goal."""

LOADED = ("cli.parsers", "cli.launch", "script.batch.run", "net.dial")
STEPS = (
    ("python -c pass", "pass"),
    ("import asyncio, ssl", "import asyncio, ssl"),
    (
        "import all that a script needs",
        "; ".join(f"import smtpprobe.{name}" for name in LOADED),
    ),
)
"""What a run does one after the other before it connects: each holds the one before."""


@dataclass(frozen=True, slots=True)
class Run:
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


def in_turn(
    commands: Mapping[str, tuple[str, ...]], env: Mapping[str, str], rounds: int
) -> dict[str, Run]:
    """Run programs round after round, the first one unmeasured; return the best of each."""
    found: dict[str, list[Run]] = {name: [] for name in commands}
    for count in range(rounds + 1):
        for name, command in commands.items():
            run = measured(command, env)
            found[name] += [run] if count else []
    return {
        name: Run(min(run.used for run in runs), min(run.took for run in runs))
        for name, runs in found.items()
    }


def goal(ratio: float, most: float) -> tuple[str, bool]:
    """Return what is said of a ratio that has to stay low, and whether it does."""
    met = ratio <= most
    return f"x{ratio:.1f}  at most x{most:g}: {'met' if met else 'MISSED'}", met


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


def a_loop(folder: Path, noops: int, rounds: int) -> tuple[str, bool]:
    """Measure NOOPs in one script beside a bare client; return the report, and if it is well."""
    env = environment(str(folder))
    script = folder / "noops.smtp"
    script.write_text(f":repeat {noops}\nNOOP\n:end\nQUIT\n")
    with responder(env) as port:
        commands = {
            "bare": (PYTHON, str(HERE / "noop_client.py"), port, str(noops)),
            "ours": (PROGRAM, "--script", str(script), f"127.0.0.1:{port}"),
        }
        best = in_turn(commands, env, rounds)
    text, met = goal(best["ours"].used / best["bare"].used, LOOP)
    return (
        f"{noops:,} NOOPs, best of {rounds} rounds\n"
        f"{'a bare asyncio.Protocol':36}{best['bare'].used:8.2f} s CPU\n"
        f"{'smtpprobe --script':36}{best['ours'].used:8.2f} s CPU  {text}\n"
    ), met


def one_shot(
    folder: Path, server: postfix.Postfix, rival: Sequence[str], rounds: int
) -> tuple[str, bool]:
    """Measure one script with STARTTLS beside swaks, and where its time goes."""
    env = environment(str(folder))
    secured, clear = folder / "starttls.smtp", folder / "clear.smtp"
    secured.write_text(DIALOGUE)
    clear.write_text("EHLO client.example\nQUIT\n")
    target = f"{server.host}:{server.ports.smtp}"
    ours = (PROGRAM, "--ca-file", str(server.ca_file), "--script")
    commands: dict[str, tuple[str, ...]] = {
        "swaks": (*rival, "--server", target, "-tls", "-q", "HELO"),
        "ours": (*ours, str(secured), target),
        "clear": (*ours, str(clear), target),
        **{name: (PYTHON, "-c", code) for name, code in STEPS},
    }
    best = in_turn(commands, env, rounds)
    text, met = goal(best["ours"].took / best["swaks"].took, ONE_SHOT)
    parts = [*((name, best[name].took) for name, _ in STEPS)]
    parts += [("EHLO and QUIT, without TLS", best["clear"].took), ("all", best["ours"].took)]
    where = ", ".join(f"{name} {seconds * 1000:.0f}" for name, seconds in parts)
    return (
        f"EHLO, STARTTLS, EHLO, QUIT with Postfix, best of {rounds} rounds\n"
        f"{'swaks':36}{best['swaks'].took * 1000:8.0f} ms {best['swaks'].used * 1000:8.0f} ms CPU\n"
        f"{'smtpprobe --script':36}{best['ours'].took * 1000:8.0f} ms"
        f" {best['ours'].used * 1000:8.0f} ms CPU  {text}\n"
        f"  after ms: {where}\n"
    ), met


def many(
    folder: Path, server: postfix.Postfix, rival: Sequence[str], scripts: int, calls: int
) -> tuple[str, bool]:
    """Measure many scripts in one process beside two swaks at a time."""
    env = environment(str(folder))
    target = f"{server.host}:{server.ports.smtp}"
    files = folder / "many"
    files.mkdir()
    for number in range(scripts):
        (files / f"{number}.smtp").write_text(DIALOGUE)
    theirs = f"seq {calls} | xargs -P2 -I@ {shlex.join(rival)} --server {target} -tls -q HELO"
    ours = (PROGRAM, "--ca-file", str(server.ca_file), "--jobs", "20", "--show", "none")
    other = calls / measured(("sh", "-c", theirs), env).took
    rate = scripts / measured((*ours, "--script", str(files), target), env).took
    met = rate >= RATE * other
    return (
        f"{'xargs -P2 swaks':36}{other:8.1f} scripts/s, {calls} of them\n"
        f"{'smtpprobe --script --jobs 20':36}{rate:8.1f} scripts/s, {scripts:,} of them"
        f"  x{rate / other:.1f}  at least x{RATE:g}: {'met' if met else 'MISSED'}\n"
    ), met


def main() -> int:
    """Measure and print; return 1 when a goal is missed."""
    met = []
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        text, well = a_loop(folder, NOOPS, ROUNDS)
        met.append(well)
        sys.stdout.write(text)
        sys.stdout.flush()
        rival, missing = unpacked.called("swaks"), fetch.why_missing("postfix")
        if rival is None or missing is not None:
            sys.stdout.write(f"{missing or 'swaks cannot be had here'}: nothing to compare with\n")
            return 0 if all(met) else 1
        with postfix.running(fetch.root_of("postfix")) as server:
            for text, well in (
                one_shot(folder, server, rival, ROUNDS),
                many(folder, server, rival, MANY, SWAKS),
            ):
                met.append(well)
                sys.stdout.write(text)
                sys.stdout.flush()
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
