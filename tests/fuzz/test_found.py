"""Whatever once broke a reader does so no more; and each reader takes all of its seeds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.law import broken
from tests.fuzz.targets import TARGETS

FOUND = sorted(file for file in Path(__file__).with_name("found").iterdir() if file.name[0] != ".")


@pytest.mark.parametrize("file", FOUND, ids=lambda file: file.name)
def test_what_was_found_is_read(file: Path) -> None:
    broken(TARGETS[file.name.partition("-")[0]].takes, file.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_a_reader_takes_its_seeds_whole_and_broken_off(name: str) -> None:
    takes, seeds = TARGETS[name]
    made = list(seeds())
    assert made
    for octets in made[:25]:
        for part in (octets[:1500], octets[7 : len(octets) // 2][:700]):
            broken(takes, part)
