"""The measurements of `--script` measure: they run, and tell a goal met from a goal missed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.script import a_loop, goal, many, one_shot
from tests.servers import lab
from tests.servers.postfix import Postfix


def test_a_loop_is_measured_beside_a_bare_client(tmp_path: Path) -> None:
    text, _ = a_loop(tmp_path, 50, rounds=1)
    assert "50 NOOPs" in text
    assert "a bare asyncio.Protocol" in text


def test_one_script_and_many_are_measured_beside_swaks(tmp_path: Path, postfix: Postfix) -> None:
    rival = lab.program("swaks")
    text, _ = one_shot(tmp_path, postfix, rival, rounds=1)
    assert "import asyncio, ssl" in text
    text, _ = many(tmp_path, postfix, rival, scripts=4, calls=2)
    assert "4 of them" in text


@pytest.mark.parametrize(("ratio", "met"), [(1.9, True), (2.1, False)])
def test_a_missed_goal_is_said(ratio: float, met: bool) -> None:
    text, found = goal(ratio, 2.0)
    assert found is met
    assert ("MISSED" in text) is not met
