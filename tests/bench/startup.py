"""What starting up costs, in CPU time, beside bare Python.

CPU time is user and system time of the whole process, or up to the prompt.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pexpect

from tests.bench.pairs import Found, Goal, paired

ROUNDS = 15
PROMPT = "offline>"
PROGRAM = str(Path(sys.executable).with_name("smtpprobe"))
BARE = (sys.executable, "-c", "pass")
BARE_PROMPT = f"""
from prompt_toolkit import PromptSession
PromptSession({PROMPT!r}).prompt()
"""


class Start(NamedTuple):
    """One way to start, and how many bare Pythons it may cost."""

    name: str
    command: tuple[str, ...]
    goal: Goal | None = None
    draws_a_prompt: bool = False


HELP = Goal(2.5)
EXPLAIN = Goal(3.2, obstacle="tables and rules of replies are most of it")
PROMPT_DRAWN = Goal(10, obstacle="a bare session of prompt_toolkit takes the next row's part of it")

STARTS = (
    Start("smtpprobe --help", (PROGRAM, "--help"), HELP),
    Start('smtpprobe explain "550 5.1.1 x"', (PROGRAM, "explain", "550 5.1.1 x"), EXPLAIN),
    Start("smtpprobe starttls --help", (PROGRAM, "starttls", "--help")),
    Start("smtpprobe, prompt drawn", (PROGRAM,), PROMPT_DRAWN, draws_a_prompt=True),
    Start(
        "bare prompt_toolkit, prompt drawn",
        (sys.executable, "-c", BARE_PROMPT),
        draws_a_prompt=True,
    ),
)


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


def environment(home: str) -> dict[str, str]:
    """Return the variables of a run: no setting of whoever measures counts."""
    env = {"PATH": os.defpath, "HOME": home, "TERM": "xterm", "LANG": "C.UTF-8"}
    env["PROMPT_TOOLKIT_NO_CPR"] = "1"  # this terminal does not tell where its cursor is
    return env


def rows(rounds: int = ROUNDS) -> Iterator[Found]:
    """Yield each way to start beside bare Python."""
    with tempfile.TemporaryDirectory() as home:
        env = environment(home)
        bare = partial(_milliseconds, until_it_ends, BARE, env)
        for start in STARTS:
            way = until_the_prompt if start.draws_a_prompt else until_it_ends
            sides = partial(_milliseconds, way, start.command, env), "python -c pass", bare
            yield paired(start.name, "ms CPU", sides, start.goal, rounds)


def _milliseconds(way: object, command: tuple[str, ...], env: Mapping[str, str]) -> float:
    assert callable(way)
    seconds: float = way(command, env)
    return seconds * 1000
