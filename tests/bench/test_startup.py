"""The measurement measures: it runs, and it can tell a goal met from a goal missed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.bench.startup import BASE, STARTS, measured, report, until_it_ends


def test_a_round_measures_every_way_to_start_and_bare_python_is_the_cheapest() -> None:
    seconds = measured(rounds=1)
    assert set(seconds) == {start.name for start in STARTS}
    assert min(seconds, key=lambda name: seconds[name]) == BASE.name


def test_work_done_by_the_program_is_counted(tmp_path: Path) -> None:
    env = {"HOME": str(tmp_path)}
    busy = (sys.executable, "-c", "import time\nwhile time.process_time() < 0.5: pass")
    assert 0.5 <= until_it_ends(busy, env) < 1.5


@pytest.mark.parametrize(("ratio", "met"), [(2.9, True), (3.1, False)])
def test_a_missed_goal_is_said(ratio: float, met: bool) -> None:
    seconds = {start.name: 0.01 for start in STARTS} | {"smtpprobe --help": ratio * 0.01}
    text, all_met = report(seconds)
    assert all_met is met
    assert ("MISSED" in text) is not met
