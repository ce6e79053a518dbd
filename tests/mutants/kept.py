"""What became of each mutant, kept as long as what it depends on is as it was.

A killed one stays killed until its module or the file of the test that killed it changes. One that
no test saw is tried again when any test of its folder has changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import Enum
from functools import cache, cached_property
from pathlib import Path

from tests.mutants.operators import Mutant


class Fate(Enum):
    """What became of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"
    UNREACHED = "no test reaches it"
    UNFIT = "cannot be put in"


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant; `by` is the test that killed it, if one did."""

    file: str
    key: str
    line: int
    what: str
    fate: str
    by: str = ""


class Kept:
    """The verdicts of a folder, in a file that grows; the last one about a mutant counts."""

    def __init__(self, path: Path, tests: Iterable[str]) -> None:
        self._path = path
        self._tests = tuple(sorted(tests))
        self.verdicts: dict[tuple[str, str], Verdict] = {}
        rows = path.read_text().splitlines() if path.exists() else []
        for text in rows:
            row = json.loads(text)
            verdict = Verdict(**row["verdict"])
            if row["rests on"] == self._rests_on(verdict):
                self.verdicts[verdict.file, verdict.key] = verdict
        path.write_text("".join(map(self._row, self.verdicts.values())))

    def killers(self, mutant: Mutant, file: str) -> list[str]:
        """Return the tests that killed others in the same function, the most successful first."""
        found: dict[str, int] = {}
        for one in self.verdicts.values():
            if one.by and one.file == file and one.key.startswith(f"{mutant.function}:"):
                found[one.by] = found.get(one.by, 0) + 1
        return sorted(found, key=lambda test: -found[test])

    def add(self, verdict: Verdict) -> None:
        """Keep one more."""
        self.verdicts[verdict.file, verdict.key] = verdict
        with self._path.open("a") as file:
            file.write(self._row(verdict))

    def _row(self, verdict: Verdict) -> str:
        rests_on = self._rests_on(verdict)
        return json.dumps({"rests on": rests_on, "verdict": asdict(verdict)}) + "\n"

    def _rests_on(self, verdict: Verdict) -> list[str]:
        match Fate(verdict.fate):
            case Fate.KILLED if verdict.by:
                return [digest(verdict.file), digest(verdict.by.partition("::")[0])]
            case Fate.UNFIT:
                return [digest(verdict.file)]
        return [digest(verdict.file), self._all_tests]

    @cached_property
    def _all_tests(self) -> str:
        return hashlib.sha256("".join(map(digest, self._tests)).encode()).hexdigest()[:16]


def digest(file: str) -> str:
    """Return what tells one state of a file from another; "" where it is gone."""
    try:
        state = Path(file).stat()
    except FileNotFoundError:
        return ""
    return _digest(file, state.st_mtime_ns, state.st_size)


@cache
def _digest(file: str, _changed: int, _size: int) -> str:
    return hashlib.sha256(Path(file).read_bytes()).hexdigest()[:16]
