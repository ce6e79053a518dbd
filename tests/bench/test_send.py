"""The measurement of `send` measures, on little."""

from __future__ import annotations

from tests.bench.send import MIB, report


def test_both_programs_send_the_message_and_the_memory_is_that_of_a_process() -> None:
    text, _ = report(MIB, rounds=1)
    assert "smtpprobe send" in text
    assert "swaks" in text
    memory = int(text.splitlines()[2].split()[2])
    assert 5 < memory < 80
