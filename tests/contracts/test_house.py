"""The house as a newcomer meets it: rooms of a size to look through, and a map that is true."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.contracts.test_repository import REPOSITORY, tracked

MOST_FILES = 22
"""How many files a folder of the program holds at most."""

MAP_LINES = 200

NAMED = re.compile(r"(?<![\w*])(?:[\w-]+/)*[\w-]+\.py\b")
"""A file as documents name it, in full or by its end."""


def test_no_folder_of_the_program_holds_more_files_than_can_be_looked_through() -> None:
    folders = Counter(
        str(Path(name).parent)
        for name in tracked()
        if name.startswith("smtpprobe/") and name.endswith(".py")
    )
    assert {folder: files for folder, files in folders.items() if files > MOST_FILES} == {}


def test_no_module_lies_beside_a_folder_of_its_name() -> None:
    modules = {name.removesuffix(".py") for name in tracked() if name.endswith(".py")}
    folders = {str(Path(name).parent) for name in tracked()}
    assert modules & folders == set()


@pytest.mark.parametrize("name", ["docs/design.md", "CONTRIBUTING.md"])
def test_every_file_that_the_map_names_is_there(name: str) -> None:
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    there = [f"/{known}" for known in tracked()]
    named = {found for found in NAMED.findall(text) if not found.startswith("_")}
    assert {one for one in named if not any(known.endswith(f"/{one}") for known in there)} == set()


def test_the_map_is_short_enough_to_be_read() -> None:
    assert len((REPOSITORY / "docs" / "design.md").read_text().splitlines()) <= MAP_LINES
