"""What holds for every file of the repository."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]

# A bracket around a letter keeps each pattern from matching itself.
UNFINISHED = re.compile(r"\b(?:T[O]DO|F[I]XME)\b|#.*\bX[X]X\b")  # a firewall writes it, too
OUTSIDE = re.compile(r"\.\./[s]hared|(?<![\w.])/[w]ork/")


def tracked() -> list[str]:
    """Return the names of the files git knows and that are there."""
    listed = subprocess.check_output(["git", "ls-files"], cwd=REPOSITORY, text=True)
    return [name for name in listed.splitlines() if (REPOSITORY / name).is_file()]


def text_of(name: str) -> str:
    return (REPOSITORY / name).read_bytes().decode(errors="replace")


@pytest.mark.parametrize(
    "pattern", [UNFINISHED, OUTSIDE], ids=["work left undone", "a place outside the repository"]
)
def test_no_file_speaks_of(pattern: re.Pattern[str]) -> None:
    names = tracked()
    assert "pyproject.toml" in names
    found = {name: hit[0] for name in names if (hit := pattern.search(text_of(name)))}
    assert found == {}


def test_the_patterns_find_what_they_are_for() -> None:
    assert UNFINISHED.search(f"# {'todo'.upper()}: later")
    assert OUTSIDE.search(f"see ../{'SHARED'.lower()}/notes")
    assert OUTSIDE.search(f"cd /{'WORK'.lower()}/main")
    assert not OUTSIDE.search("homework/x and ./work/y")


def test_the_changelog_has_a_place_for_what_is_not_released() -> None:
    assert re.search(r"^## \[?Unreleased\]?$", text_of("CHANGELOG.md"), flags=re.MULTILINE)


def test_every_make_target_explains_itself() -> None:
    makefile = text_of("Makefile")
    phony = set(re.findall(r"^\.PHONY: ([a-z-]+)$", makefile, flags=re.MULTILINE))
    explained = set(re.findall(r"^([a-z-]+):.*## \w", makefile, flags=re.MULTILINE))
    assert phony == explained
    assert {"help", "run", "test", "check", "bench", "golden", "lock", "servers", "clean"} <= phony
    assert {"test-browser", "test-latest", "test-pythons"} <= phony


def test_ci_runs_make_test() -> None:
    script = REPOSITORY / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert "exec make test" in script.read_text()
