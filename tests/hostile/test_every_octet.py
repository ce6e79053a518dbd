"""A server hangs up at every octet of a whole session: each law holds, and nothing is a success.

A run of the tests has each octet with one face, in turn; `make hostile` with all of them.
"""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from smtpprobe.sandbox.faults import Close, Say
from smtpprobe.sandbox.hostile.catalogue import Entry, Kind, Outcome
from smtpprobe.sandbox.hostile.stages import IN_ORDER, Stage
from tests.hostile.faces import FACES, met
from tests.hostile.laws import broken
from tests.hostile.test_catalogue import ALL, afresh
from tests.net.stage import trusted_file


def cut_at(octets: int, *, whole: bool) -> Entry:
    """Return a server that closes behind so many octets of a reply."""
    return Entry(
        f"cut-at-{octets}", Kind.ENDS, "", Outcome.FAILS,
        lambda good: (Say(good[:octets]), Close()), whole=whole,
    )  # fmt: skip


@pytest.mark.parametrize("stage", IN_ORDER, ids=lambda stage: stage.value)
async def test_a_hang_up_at_no_octet_breaks_a_law(stage: Stage, tmp_path: Path) -> None:
    trusted_file(tmp_path)
    faces = [name for name, face in FACES.items() if stage in face.stages and name != "prompt"]
    wrong, turn = [], count()
    for octets in range(1, len(IN_ORDER[stage]) + 1):
        entry = cut_at(octets, whole=octets == len(IN_ORDER[stage]))
        for face in faces if ALL else [faces[next(turn) % len(faces)]]:
            found = await met(face, afresh(tmp_path), entry, stage)
            wrong += [f"{face} at {octets}: {one}" for one in broken(entry, stage, found)]
    assert wrong == []
