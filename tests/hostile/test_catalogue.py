"""Every hostile server meets every face: each law holds of what comes of it.

A run of the tests has a sixth of all: each server meets each face (the prompt every third), at each
of its stages one of them. `make hostile` runs all.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from smtpprobe.sandbox.hostile.catalogue import CATALOGUE, Entry, Kind
from smtpprobe.sandbox.hostile.stages import Stage
from tests.hostile.faces import FACES, met
from tests.hostile.laws import broken
from tests.net.stage import trusted_file

ALL: Final = os.environ.get("SMTPPROBE_HOSTILE") == "all"

SLOW_AT_THE_PROMPT: Final = ("replies-endless", "nothing-endless", "zeros-endless")
"""Each line is shown; seconds of it are met by `make hostile` only."""


def at_the_prompt(number: int, entry: Entry) -> bool:
    """Return whether a run of the tests has this server at the prompt: one of three."""
    return number % 3 == 0 and entry.name not in SLOW_AT_THE_PROMPT


def meetings(number: int, entry: Entry) -> Iterator[tuple[str, Stage]]:
    """Yield the faces and stages at which a server is met; few of floods and prompts: they cost."""
    for face_number, (name, face) in enumerate(FACES.items()):
        stages = [stage for stage in entry.stages if stage in face.stages]
        if name == "prompt" and not (ALL or at_the_prompt(number, entry)):
            continue
        if entry.kind is Kind.SIZE and name == "send":
            stages = [stage for stage in stages if stage is not Stage.QUIT or ALL]  # it waits 5 s
        costly = entry.kind is Kind.SIZE or name == "prompt"
        apart = len(stages) if costly else min(6, len(stages))
        for at, stage in enumerate(stages):
            if ALL or (number + at + face_number) % apart == 0:
                yield name, stage


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    trusted_file(tmp_path)
    return tmp_path


def afresh(folder: Path) -> Path:
    """Return the folder, without the recordings of another run: they would be continued."""
    for file in (*folder.glob("*.smtp"), *folder.glob("*.jsonl")):
        file.unlink()
    return folder


@pytest.mark.parametrize("face", FACES)
async def test_a_server_in_order_is_a_success(face: str, folder: Path) -> None:
    found = await met(face, folder)
    assert found.ran.well is not False
    assert found.ran.received in (None, found.said)


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.name)
async def test_no_hostile_server_breaks_a_law(entry: Entry, folder: Path) -> None:
    wrong = []
    for face, stage in meetings(CATALOGUE.index(entry), entry):
        found = await met(face, afresh(folder), entry, stage)
        wrong += [f"{face} at {stage.value}: {one}" for one in broken(entry, stage, found)]
    assert wrong == []


def test_names_are_given_once() -> None:
    assert len({entry.name for entry in CATALOGUE}) == len(CATALOGUE)


@pytest.mark.parametrize("face", FACES)
def test_each_face_meets_each_server_that_it_hears(face: str) -> None:
    for number, entry in enumerate(CATALOGUE):
        if face == "prompt" and not at_the_prompt(number, entry):
            continue
        heard = set(entry.stages) & set(FACES[face].stages)
        assert not heard or face in {name for name, _ in meetings(number, entry)}, entry.name
