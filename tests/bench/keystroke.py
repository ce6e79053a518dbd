"""What a key costs at the prompt with a long history: a real terminal, by pexpect."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

import pexpect

from tests.bench.pairs import Found, Goal, Row
from tests.bench.startup import PROGRAM, PROMPT, environment

HISTORY = 10_000
KEYS = 200
GOAL = Goal(8, of="ms", obstacle="the next row is what a key takes; the rest is the terminal's")


class Key(NamedTuple):
    """What one key took in ms: until something of it was drawn, and of the processor."""

    waited: float
    used: float


def typed(history: int, keys: int) -> list[Key]:
    """Return what so many keys took, with a history of so many lines."""
    with tempfile.TemporaryDirectory() as home:
        env = environment(home) | {"XDG_STATE_HOME": home}
        file = Path(home) / "smtpprobe/history"
        file.parent.mkdir()
        file.write_text("".join(f"RCPT TO:<user{number}@a.example>\n" for number in range(history)))
        terminal = pexpect.spawn(PROGRAM, [], env=env, timeout=30)
        terminal.delaybeforesend = None
        try:
            terminal.expect_exact(PROMPT)
            _drain(terminal, 1.0)  # what is loaded or drawn behind the prompt is no key's
            return [_key(terminal, "R" if number % 20 < 10 else "\x7f") for number in range(keys)]
        finally:
            terminal.close(force=True)


def rows(history: int = HISTORY, keys: int = KEYS) -> Iterator[Found]:
    """Yield the 95th percentile of the waits, and the processor's part of it."""
    found = typed(history, keys)
    work = f"a key to the screen, {history:,} lines of history"
    late = quantiles((key.waited for key in found), n=20)[-1]
    yield Row(f"{work}, 95th percentile", "ms", late, goal=GOAL)
    yield Row(work, "ms CPU", median(key.used for key in found))


def _key(terminal: pexpect.spawn[str], key: str) -> Key:
    used, began = _cpu(terminal), time.perf_counter()
    terminal.send(key)
    terminal.read_nonblocking(1 << 16, timeout=10)
    waited = time.perf_counter() - began
    _drain(terminal, 0.02)
    return Key(1000 * waited, 1000 * (_cpu(terminal) - used))


def _cpu(terminal: pexpect.spawn[str]) -> float:
    assert terminal.pid is not None
    return time.clock_gettime(~terminal.pid << 3 | 2)  # the CPU clock of another process


def _drain(terminal: pexpect.spawn[str], quiet: float) -> None:
    """Read what is still drawn, until nothing comes for so many seconds."""
    while True:
        try:
            terminal.read_nonblocking(1 << 16, timeout=quiet)
        except pexpect.TIMEOUT:
            return
