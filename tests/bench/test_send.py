"""The measurement of `send` measures, on little."""

from __future__ import annotations

from tests.bench.pairs import Row
from tests.bench.send import MIB, rows


def test_messages_are_sent_and_the_memory_is_that_of_a_process() -> None:
    found = {row.work: row for row in rows(MIB, many=3, rounds=1) if isinstance(row, Row)}
    peak = found.get("send, a message of 1 MiB, peak memory")
    assert peak is None or 5 < peak.ours < 80
    assert all(row.ours > 0 for row in found.values())
