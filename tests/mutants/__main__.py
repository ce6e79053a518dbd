"""`python -m tests.mutants [FOLDER ...] [--sample N] [--seed N]`: which faults no test sees.

A folder's results stand in .cache/mutants, and so does which test reaches which line. Each result
is kept as long as what it rests on is as it was (`kept.py`), so an interrupted run goes on, and a
new test has the survivors tried again, not the dead. `reasons.toml` has those survivors that no
test can kill, each with why. Exit code 1 where fewer than GOAL percent of the rest are killed.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import os
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import pytest

from tests.mutants.kept import Fate, Kept, Verdict
from tests.mutants.operators import Mutant, mutants
from tests.mutants.reach import Reach
from tests.mutants.session import PATIENCE, Mutating

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
    "net": ("tests/net/dns", "tests/net/tls", "tests/net/test_os_errors.py",
             "tests/policy", "tests/starttls/judge"),
}  # fmt: skip
"""The folders of the program, each with the tests that are about it."""

PURE: Mapping[str, tuple[str, ...]] = {
    "net": ("dns/records.py", "os_errors.py", "tls/anchors.py",
            "tls/certificate_details.py", "tls/certificate_extensions.py", "tls/certificates.py",
            "tls/chain.py", "tls/cipher_suites.py", "tls/client_hello.py",
            "tls/handshake_messages.py"),
}  # fmt: skip
"""Of a folder that mostly waits for others: the modules that only compute."""


def main() -> int:
    """Run what is asked for, print the figures; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("folders", nargs="*", metavar="FOLDER")
    parser.add_argument("--sample", type=int, default=0, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    words = parser.parse_args()
    os.chdir(Path(__file__).parents[2])
    KEPT.mkdir(parents=True, exist_ok=True)
    below = [
        _folder(name, words.sample, words.seed, words.jobs) for name in words.folders or FOLDERS
    ]
    return 1 if any(below) else 0


def _folder(name: str, sample: int, seed: int, jobs: int) -> bool:
    """Print how a folder fares; return whether that is below the goal."""
    folder = Path("smtpprobe", name)
    pure = [folder / one for one in PURE.get(name, ())]
    files = [str(file) for file in pure or sorted(folder.rglob("*.py"))]
    every = [(file, one) for file in files for one in mutants(Path(file).read_text())]
    chosen = sampled(every, sample, seed)
    kept = KEPT / name.replace("/", "-")
    with os.fdopen(os.dup(sys.stderr.fileno()), "w", buffering=1) as progress:
        verdicts = judged(
            chosen,
            files,
            FOLDERS[name],
            kept,
            jobs=jobs,
            say=lambda text: print(text, file=progress),
        )
    return _tell(name, verdicts, len(every))


def judged(
    chosen: Sequence[tuple[str, Mutant]],
    files: Sequence[str],
    tests: Iterable[str],
    kept: Path,
    *,
    jobs: int,
    say: Callable[[str], None],
) -> list[Verdict]:
    """Return what became of each mutant of these modules; what is known already is not run again.

    Two files beside `kept` remember it: `.jsonl` the verdicts, `.reach` which test reaches what.
    """
    some = [Path(one) for one in tests if Path(one).exists()]
    each = [file for one in some for file in (one.rglob("*.py") if one.is_dir() else [one])]
    known = Kept(kept.with_suffix(".jsonl"), map(str, each))
    left: dict[str, list[Mutant]] = {}
    for file, one in chosen:
        if (file, one.key) not in known.verdicts:
            left.setdefault(file, []).append(one)
    if left:
        plugin = Mutating(left, files, Reach(kept.with_suffix(".reach")), known, jobs=jobs, say=say)
        words = ["-q", "-p", "no:cacheprovider", "--capture=fd", f"--timeout={PATIENCE}"]
        code = pytest.main([*words, *map(str, some)], [plugin])
        if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            sys.exit(f"the tests of {kept.name} cannot be run: {code}")
    return [known.verdicts[file, one.key] for file, one in chosen]


def _tell(name: str, verdicts: Sequence[Verdict], total: int) -> bool:
    reasons = tomllib.loads(REASONS.read_text()) if REASONS.exists() else {}
    excused = {key for table in reasons.values() for key in table}
    fates = Counter(one.fate for one in verdicts)
    live = [one for one in verdicts if one.fate in (Fate.SURVIVED.value, Fate.UNREACHED.value)]
    told = [one for one in live if f"{one.file}:{one.key}" in excused]
    killed, count = fates[Fate.KILLED.value], len(verdicts) - fates[Fate.UNFIT.value] - len(told)
    low, high = interval(killed, count)
    drawn = "all" if len(verdicts) >= total else f"a sample of {total}"
    say(f"{name}: {killed} of {count} killed, {100 * killed / max(count, 1):.1f} % "
        f"(95 %: {low:.1f} to {high:.1f}; {drawn}; {len(told)} with a reason)")  # fmt: skip
    for one in live:
        if one not in told:
            say(f"  {one.file}:{one.line}: {one.what} ({one.fate})\n    {one.key}")
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


def sampled(every: Sequence[tuple[str, Mutant]], size: int, seed: int) -> list[tuple[str, Mutant]]:
    """Return as many mutants, drawn from all; all of them for 0.

    Each has its lot, so that a larger sample holds the smaller, and a change of the code leaves
    in the sample what it does not touch.
    """

    def lot(pair: tuple[str, Mutant]) -> bytes:
        return hashlib.sha256(f"{seed}:{pair[0]}:{pair[1].key}".encode()).digest()

    chosen = {id(pair) for pair in sorted(every, key=lot)[: size or None]}
    return [pair for pair in every if id(pair) in chosen]


if __name__ == "__main__":
    sys.exit(main())
