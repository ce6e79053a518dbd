"""The measurement of `explain` measures, on a small log."""

from __future__ import annotations

from pathlib import Path

from smtpprobe.explainer.formats.log import LogLines
from tests.bench.explain import rows
from tests.bench.pairs import Row
from tests.bench.postfix_log import write


def test_both_programs_are_measured_on_the_same_log() -> None:
    found = [row for row in rows(1_000_000, 200_000, rounds=1) if isinstance(row, Row)]
    assert "explain --summary, a log of 1 MB, peak memory of all processes" in [
        row.work for row in found
    ]
    assert all(row.ours > 0 for row in found)


def test_half_the_lines_of_the_log_hold_a_reply_and_it_is_the_same_every_time(
    tmp_path: Path,
) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    lines = write(one, 500_000)
    assert write(other, 500_000) == lines
    assert one.read_bytes() == other.read_bytes()
    log = LogLines()
    found = sum(log.read(line, 1) is not None for line in one.read_bytes().splitlines())
    assert 0.45 <= found / lines <= 0.55
