"""`python -m tests.load [--sessions N] [--scripts N] [--targets N]`: much at once.

Three parts: sessions in one process by the Python interface; scripts with `--jobs 500`; lists of
`starttls` with `--jobs 256`. Results have to be those of one at a time. Exit code 1 if one is not,
or if anything stays behind.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.load.server import ADDRESSES, NAME, address
from tests.load.sessions import MORE, hold
from tests.program import REAL

ROOT = Path(__file__).parents[2]

SCRIPT = """\
EHLO c{n}.example
< 250
MAIL FROM:<{n}@me.example>
< 250
RCPT TO:<{who}{n}@load.test>
< {code}
NOOP {n}
< 250 /{n}/
QUIT
< 221
"""


def main(argv: list[str] | None = None) -> int:
    """Run all parts, print the figures; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.load")
    parser.add_argument("--sessions", type=int, default=5000)
    parser.add_argument("--scripts", type=int, default=2000)
    parser.add_argument("--targets", type=int, default=ADDRESSES)
    words = parser.parse_args(argv)
    wrong: list[str] = []
    with server() as (port, ca_file), tempfile.TemporaryDirectory() as folder:
        wrong += _sessions(f"{address(0)}:{port}", words.sessions)
        wrong += _scripts(f"{address(0)}:{port}", words.scripts, Path(folder))
        wrong += _starttls(port, ca_file, words.targets, Path(folder))
    for one in wrong:
        _say(f"WRONG: {one}")
    return 1 if wrong else 0


@contextmanager
def server() -> Iterator[tuple[int, str]]:
    """Run the server; yields its port and the file of its CA."""
    command = (sys.executable, "-m", "tests.load.server")
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        port, _, ca_file = process.stdout.readline().strip().partition(" ")
        yield int(port), ca_file
        process.stdin.close()


def _sessions(target: str, count: int) -> list[str]:
    found = asyncio.run(hold(target, count))
    before, after = found.before, found.after
    _say(f"{count} sessions open at once, four commands in each: {found.seconds:.1f} s, "
         f"before and after: descriptors {before.descriptors} and "
         f"{after.descriptors}, tasks {before.tasks} and {after.tasks}, memory {before.memory} "
         f"and {after.memory} KiB")  # fmt: skip
    wrong = list(found.wrong[:5])
    if (after.descriptors, after.tasks) != (before.descriptors, before.tasks):
        wrong.append(f"sessions leave descriptors or tasks: {before}, {after}")
    if after.memory > before.memory + MORE:
        wrong.append(f"sessions leave memory: {before.memory} KiB, then {after.memory} KiB")
    return wrong


def _scripts(target: str, count: int, folder: Path) -> list[str]:
    scripts = folder / "scripts"
    scripts.mkdir()
    for number in range(count):
        # every seventh is refused, every eleventh does not expect that
        who = "nobody" if number % 7 == 0 else "user"
        code = 550 if number % 7 == 0 and number % 11 else 250
        text = SCRIPT.format(n=number, who=who, code=code)
        (scripts / f"{number:05}.smtp").write_text(text)
    told, took = {}, {}
    for jobs in (500, 1):
        begun = time.monotonic()
        done = _run(folder, "--script", str(scripts), target, "--jobs", str(jobs), "--json")
        took[jobs] = time.monotonic() - begun
        told[jobs] = (done.returncode, _plain(json.loads(done.stdout)), done.stderr)
    results = told[500][1]
    _say(f"{count} scripts: --jobs 500 {took[500]:.1f} s, --jobs 1 {took[1]:.1f} s")
    wrong = [] if told[500] == told[1] else ["scripts: --jobs 500 tells other than --jobs 1"]
    if f"{count - 1:05}.smtp" not in json.dumps(results):
        wrong.append("scripts: the last one is missing")
    return wrong


def _starttls(port: int, ca_file: str, count: int, folder: Path) -> list[str]:
    listed = folder / "targets"
    listed.write_text("".join(f"[{address(number)}]:{port}\n" for number in range(count)))
    told, took = {}, {}
    for jobs in (256, 1):
        output = folder / f"results-{jobs}.jsonl"
        begun = time.monotonic()
        done = _run(
            folder, "starttls", "-i", str(listed), "-o", str(output), "--jobs", str(jobs),
            "--ca-file", ca_file, "--sni", NAME, "--no-progress",
        )  # fmt: skip
        took[jobs] = time.monotonic() - begun
        rows = [_plain(json.loads(line)) for line in output.read_text().splitlines()]
        told[jobs] = (done.returncode, sorted(rows, key=json.dumps))
    _say(f"{count} targets of starttls: --jobs 256 {took[256]:.1f} s, --jobs 1 {took[1]:.1f} s")
    wrong = [] if told[256] == told[1] else ["starttls: --jobs 256 tells other than --jobs 1"]
    targets = {row["target"] for row in told[256][1] if isinstance(row, dict) and "target" in row}
    if len(targets) != count:
        wrong.append(f"starttls: {len(targets)} of {count} targets have a result")
    return wrong


def _run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = (*REAL, *words, "--client", "me.example")
    environment = {"HOME": str(folder), "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        command, cwd=ROOT, text=True, check=False, capture_output=True, env=environment
    )


_TIMES = re.compile(
    r"seconds|_ms$|^(time|times|started|finished|elapsed|at|duration|ms|took|port|phases)$"
)


def _plain(value: object) -> object:
    """Return a report without what differs from run to run: times, our own ports."""
    match value:
        case dict():
            return {key: _plain(one) for key, one in value.items() if not _TIMES.search(key)}
        case list():
            return [_plain(one) for one in value]
        case _:
            return value


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
