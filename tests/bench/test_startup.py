"""The measurement measures: it runs, and the program's own work is counted."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.bench.pairs import Row
from tests.bench.startup import STARTS, rows, until_it_ends


def test_a_round_measures_every_way_to_start_and_bare_python_is_the_cheapest() -> None:
    found = [row for row in rows(rounds=1) if isinstance(row, Row)]
    assert [row.work for row in found] == [start.name for start in STARTS]
    assert all(row.ratio > 1 for row in found)


def test_work_done_by_the_program_is_counted(tmp_path: Path) -> None:
    env = {"HOME": str(tmp_path)}
    busy = (sys.executable, "-c", "import time\nwhile time.process_time() < 0.5: pass")
    assert 0.5 <= until_it_ends(busy, env) < 1.5
