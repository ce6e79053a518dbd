"""`python -m tests.mutants [FOLDER ...] [--sample N] [--seed N]`: which faults no test sees.

A folder's results stand in .cache/mutants; a run goes on where the last one ended, as long as
neither a module of the folder nor a test of it has changed since. `reasons.toml` has those
survivors that no test can kill, each with why. Exit code 1 where fewer than GOAL percent of the
rest are killed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import random
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest

from tests.mutants.operators import Mutant, mutants
from tests.mutants.session import ROOT, Fate, Mutating

GOAL = 90
"""Percent of a folder's mutants that have to be killed."""

KEPT = Path(".cache/mutants")
REASONS = Path(__file__).with_name("reasons.toml")

FOLDERS: Mapping[str, tuple[str, ...]] = {
    # what everything else is made of: what calls it is everywhere
    "protocol": ("tests/protocol", "tests/test_client.py", "tests/login", "tests/present",
                 "tests/cli", "tests/repl", "tests/send", "tests/net", "tests/explainer",
                 "tests/script", "tests/settings", "tests/knowledge/assist", "tests/sandbox",
                 "tests/api"),
    "policy": ("tests/policy", "tests/starttls/judge", "tests/net/test_sts_policy.py",
               "tests/net/tls", "tests/why"),
    "starttls/judge": ("tests/starttls/judge", "tests/starttls/reports"),
    "script/runner/matching": ("tests/script",),
    "knowledge/rules": ("tests/knowledge", "tests/corpus"),
}  # fmt: skip
"""The folders of the program, each with the tests that are about it."""


def main() -> int:
    """Run what is asked for, print the figures; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("folders", nargs="*", metavar="FOLDER")
    parser.add_argument("--sample", type=int, default=0, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    words = parser.parse_args()
    os.chdir(ROOT)
    KEPT.mkdir(parents=True, exist_ok=True)
    below = [
        _folder(name, words.sample, words.seed, words.jobs) for name in words.folders or FOLDERS
    ]
    return 1 if any(below) else 0


def _folder(name: str, sample: int, seed: int, jobs: int) -> bool:
    """Print how a folder fares; return whether that is below the goal."""
    files = sorted(Path("smtpprobe", name).rglob("*.py"))
    every = {file: mutants(file.read_text()) for file in files}
    chosen = _sample(every, sample, seed)
    kept = KEPT / f"{name.replace('/', '-')}.jsonl"
    _begin(kept, _state(files, FOLDERS[name]))
    done = {(row["file"], row["key"]) for row in _rows(kept)}
    left = {
        file: some
        for file, ones in chosen.items()
        if (some := [one for one in ones if (str(file), one.key) not in done])
    }
    if left:
        plugin = Mutating(left, kept, jobs)
        tests = [one for one in FOLDERS[name] if Path(one).exists()]
        code = pytest.main(["-q", "-p", "no:cacheprovider", "--capture=fd", *tests], [plugin])
        if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            sys.exit(f"the tests of {name} cannot be run: {code}")
    asked = {(str(file), one.key) for file, ones in chosen.items() for one in ones}
    rows = [row for row in _rows(kept) if (row["file"], row["key"]) in asked]
    return _tell(name, rows, sum(map(len, every.values())))


def _tell(name: str, rows: Sequence[Mapping[str, str]], total: int) -> bool:
    reasons = tomllib.loads(REASONS.read_text()) if REASONS.exists() else {}
    excused = {key for table in reasons.values() for key in table}
    fates = Counter(row["fate"] for row in rows)
    live = [row for row in rows if row["fate"] in (Fate.SURVIVED.value, Fate.UNREACHED.value)]
    told = [row for row in live if f"{row['file']}:{row['key']}" in excused]
    killed, count = fates[Fate.KILLED.value], len(rows) - fates[Fate.UNFIT.value] - len(told)
    low, high = interval(killed, count)
    drawn = "all" if len(rows) >= total else f"a sample of {total}"
    say(f"{name}: {killed} of {count} killed, {100 * killed / max(count, 1):.1f} % "
        f"(95 %: {low:.1f} to {high:.1f}; {drawn}; {len(told)} with a reason)")  # fmt: skip
    for row in live:
        if row not in told:
            say(f"  {row['file']}:{row['line']}: {row['what']} ({row['fate']})")
    return killed * 100 < GOAL * count


def say(text: str) -> None:
    """Write a line."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def interval(hits: int, count: int) -> tuple[float, float]:
    """Return between which percentages a share lies, as sure as 95 in 100 (Wilson's interval)."""
    if not count:
        return 0.0, 100.0
    z = 1.96
    share = hits / count
    middle = share + z * z / (2 * count)
    spread = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    scale = 100 / (1 + z * z / count)
    return (middle - spread) * scale, (middle + spread) * scale


def _sample(every: Mapping[Path, list[Mutant]], size: int, seed: int) -> dict[Path, list[Mutant]]:
    """Return as many mutants, drawn from all; all of them for 0."""
    pairs = [(file, one) for file, ones in every.items() for one in ones]
    if size and size < len(pairs):
        drawn = random.Random(seed).sample(range(len(pairs)), size)
        pairs = [pairs[number] for number in sorted(drawn)]
    found: dict[Path, list[Mutant]] = {}
    for file, one in pairs:
        found.setdefault(file, []).append(one)
    return found


def _state(files: Iterable[Path], tests: Iterable[str]) -> str:
    """Return what tells one state of a folder and its tests from another."""
    read = hashlib.sha256()
    folders = [Path(one) for one in tests]
    more = [file for one in folders for file in ([one] if one.is_file() else one.rglob("*.py"))]
    for file in sorted([*files, *more]):
        read.update(file.read_bytes())
    return read.hexdigest()


def _begin(kept: Path, state: str) -> None:
    """Begin a folder's results anew unless they are of this state."""
    head = json.dumps({"state": state}) + "\n"
    if not kept.exists() or not kept.read_text().startswith(head):
        kept.write_text(head)


def _rows(kept: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in kept.read_text().splitlines()[1:]]


if __name__ == "__main__":
    sys.exit(main())
