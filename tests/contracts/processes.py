"""Who is left behind: processes that a run of the tests made and did not end."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

VARIABLE: Final = "SMTPPROBE_TEST_RUN"

PATIENCE: Final = 30.0
"""Seconds in which a process that was told to end has ended, on any machine."""


def marked() -> str:
    """Put a mark into the environment, which every process started from now on inherits."""
    value = uuid4().hex
    os.environ[VARIABLE] = value
    return f"{VARIABLE}={value}"


def children() -> frozenset[int]:
    """Return our children, those included that have ended and were not waited for.

    One may be missed while others end (proc(5)). Where the system has no list, there are none.
    """
    found: list[str] = []
    for task in Path("/proc/self/task").glob("[0-9]*/children"):
        with suppress(OSError):
            found += task.read_text().split()
    return frozenset(map(int, found))


def every_child() -> frozenset[int]:
    """Return the same with none missed, by looking at every process there is."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            found += [int(folder.name)] if int(parent) == os.getpid() else []
    return frozenset(found)


class Watch:
    """Watches over the children of tests; those that servers of several tests have may stay."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._staying = every_child()

    def these_stay(self) -> None:
        """Take those that are there now for the servers of several tests."""
        self._staying |= every_child()

    def assert_none_left(self, but: int | None = None) -> None:
        """Fail when a child is still there that no server has, or was not waited for."""
        deadline = time.monotonic() + self._patience
        while left := children() - self._staying - {but}:
            assert time.monotonic() < deadline, [described(pid) for pid in left]
            time.sleep(0.01)


def described(pid: int) -> str:
    """Return the number and the command line of a process; of one that has ended, that it has."""
    folder = Path(f"/proc/{pid}")
    with suppress(OSError):
        if (folder / "stat").read_text().rpartition(")")[2].split()[0] == "Z":
            return f"{pid}: ended, not waited for"
        command = (folder / "cmdline").read_bytes().replace(b"\0", b" ")
        return f"{pid}: {command.decode(errors='replace').strip()}"
    return f"{pid}: gone"


def left_behind(mark: str) -> list[str]:
    """Return the command lines of living processes that carry the mark, and of our children.

    This process is not one of them. Where there is no /proc, nothing is found.
    """
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            is_ours = (
                int(parent) == os.getpid()
                or f"\0{mark}\0".encode() in b"\0" + (folder / "environ").read_bytes()
            )
            if is_ours and state != "Z" and int(folder.name) != os.getpid():
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ")
                found.append(f"{folder.name}: {command.decode(errors='replace').strip()}")
    return found
