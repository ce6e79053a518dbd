"""What starting up costs, in CPU time, beside bare Python and beside a bare prompt.

All ways to start are run in turn, round after round, and the best of each counts: what else the
machine does then meets all of them alike. CPU time is user and system time of the whole process.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pexpect

ROUNDS = 9
PROMPT = "offline>"
PROGRAM = str(Path(sys.executable).with_name("smtpprobe"))
BARE_PROMPT = f"""
from prompt_toolkit import PromptSession
PromptSession({PROMPT!r}).prompt()
"""


@dataclass(frozen=True, slots=True)
class Start:
    """One way to start: how it is measured, and how many bare Pythons it may cost."""

    name: str
    command: tuple[str, ...]
    measure: Callable[[tuple[str, ...], Mapping[str, str]], float]
    goal: float | None = None


def until_it_ends(command: tuple[str, ...], env: Mapping[str, str]) -> float:
    """Return the CPU seconds of a run; its output is thrown away."""
    silent = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)
    pid = os.posix_spawn(command[0], command, env, file_actions=[silent])
    _, status, usage = os.wait4(pid, 0)
    if code := os.waitstatus_to_exitcode(status):
        raise subprocess.CalledProcessError(code, command)
    return usage.ru_utime + usage.ru_stime


def until_the_prompt(command: tuple[str, ...], env: Mapping[str, str]) -> float:
    """Return the CPU seconds used when the prompt is first drawn; then press Ctrl-D."""
    terminal = pexpect.spawn(command[0], list(command[1:]), env=dict(env), timeout=30)
    try:
        terminal.expect_exact(PROMPT)
        assert terminal.pid is not None
        used = time.clock_gettime(~terminal.pid << 3 | 2)  # the CPU clock of another process
        terminal.sendeof()
        terminal.expect(pexpect.EOF)
    finally:
        terminal.close(force=True)
    return used


BASE = Start("python -c pass", (sys.executable, "-c", "pass"), until_it_ends)
STARTS = (
    BASE,
    Start("smtpprobe --help", (PROGRAM, "--help"), until_it_ends, goal=3),
    Start("smtpprobe, prompt drawn", (PROGRAM,), until_the_prompt, goal=20),
    Start(
        "bare prompt_toolkit, prompt drawn",
        (sys.executable, "-c", BARE_PROMPT),
        until_the_prompt,
    ),
)


def measured(rounds: int) -> dict[str, float]:
    """Return the least CPU seconds of every way to start; one more round goes first, unmeasured."""
    with tempfile.TemporaryDirectory() as home:
        env = {"PATH": os.defpath, "HOME": home, "TERM": "xterm", "LANG": "C.UTF-8"}
        env["PROMPT_TOOLKIT_NO_CPR"] = "1"  # this terminal does not tell where its cursor is
        found: dict[str, list[float]] = {start.name: [] for start in STARTS}
        for count in range(rounds + 1):
            for start in STARTS:
                seconds = start.measure(start.command, env)
                if count:
                    found[start.name].append(seconds)
    return {name: min(seconds) for name, seconds in found.items()}


def report(seconds: Mapping[str, float]) -> tuple[str, bool]:
    """Return the table as text, and whether every goal is met."""
    lines = []
    all_met = True
    for start in STARTS:
        ratio = seconds[start.name] / seconds[BASE.name]
        met = start.goal is None or ratio <= start.goal
        all_met = all_met and met
        goal = f"  at most x{start.goal:g}: {'met' if met else 'MISSED'}" if start.goal else ""
        lines.append(f"{start.name:36}{seconds[start.name] * 1000:8.1f} ms  x{ratio:<5.1f}{goal}\n")
    return "".join(lines), all_met


def main() -> int:
    """Measure and print; return 1 when a goal is missed."""
    text, all_met = report(measured(ROUNDS))
    sys.stdout.write(f"CPU time to start, best of {ROUNDS} rounds\n{text}")
    return 0 if all_met else 1


if __name__ == "__main__":
    sys.exit(main())
