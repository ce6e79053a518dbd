"""Who is left behind: processes that a run of the tests made and did not end."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

VARIABLE: Final = "SMTPPROBE_TEST_RUN"


def marked() -> str:
    """Put a mark into the environment, which every process started from now on inherits."""
    value = uuid4().hex
    os.environ[VARIABLE] = value
    return f"{VARIABLE}={value}"


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
