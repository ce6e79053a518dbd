"""The measurements of `--script` measure."""

from __future__ import annotations

from pathlib import Path

from tests.bench.script import LOOP, a_loop, many, one_shot
from tests.servers import lab
from tests.servers.postfix import Postfix


def test_a_loop_is_measured_beside_a_bare_client(tmp_path: Path) -> None:
    row, beside_protocol, least = a_loop(tmp_path, 50, rounds=1)
    assert row.work == beside_protocol.work == "50 NOOPs in one script"
    assert (row.goal, beside_protocol.goal) == (LOOP, None)
    assert row.ours > 0 < row.theirs
    assert 0 < least.ours < row.ours


def test_one_script_and_many_are_measured_beside_swaks(tmp_path: Path, postfix: Postfix) -> None:
    rival = lab.program("swaks")
    whole, *parts = one_shot(tmp_path, postfix, rival, rounds=1)
    assert whole.rival == "swaks"
    assert "... after import asyncio, ssl" in [part.work for part in parts]
    row = many(tmp_path, postfix, rival, (4, 2), rounds=1)
    assert row.work == "4 scripts, --jobs 20"
