"""Runs the screens of the pages: `python -m tests.docs.console` writes them anew.

In a page, a block "smtp NAME" is a file; a block "console" has commands behind "$ ", each with what
it prints. A line "..." stands for any lines. They run in one folder, with no configuration, as
`me.example`, on loopback. Times and port numbers may differ.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

TOP = Path(__file__).parents[2]
PAGES = sorted(
    page
    for page in (TOP / "README.md", *(TOP / "docs").rglob("*.md"))
    if re.search(r"(?m)^```console$", page.read_text())
)
_BLOCK = re.compile(r"(?ms)^```(smtp [\w.-]+|console)\n(.*?)^```$")
_MOVES = (
    (re.compile(r"\b\d+(\.\d+)?( ?(ms|s)\b)"), r"N\2"),
    (re.compile(r"(127\.0\.0\.1:)\d+"), r"\1N"),
    (re.compile(r"in \d+ days|\d+ days left"), "N days"),
)
"""What no two runs have in common."""


class Screen(NamedTuple):
    """A command of a page, what the page shows, and what it printed."""

    command: str
    shown: str
    printed: str

    @property
    def is_right(self) -> bool:
        """Whether the page shows what was printed."""
        parts = re.split(r"(?m)^\.\.\.\n", _settled(self.shown))
        pattern = ".*".join(re.escape(part) for part in parts)
        return re.fullmatch(pattern, _settled(self.printed), re.DOTALL) is not None


def screens(page: Path) -> list[Screen]:
    """Run all commands of a page, in order, in a folder of their own."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for kind, text in _BLOCK.findall(page.read_text()):
            if kind != "console":
                Path(folder, kind.partition(" ")[2]).write_text(text)
                continue
            found += [Screen(command, shown, _run(command, folder)) for command, shown in _of(text)]
    return found


def renewed(page: Path) -> str:
    """Return the page with what its commands print now, where no part of it is left out."""
    ran = iter(screens(page))

    def block(match: re.Match[str]) -> str:
        if match[1] != "console":
            return match[0]
        text = ""
        for command, shown in _of(match[2]):
            screen = next(ran)
            same = screen.is_right or re.search(r"(?m)^\.\.\.$", shown)
            text += f"$ {command}\n{shown if same else screen.printed}"
        return f"```console\n{text}```"

    return _BLOCK.sub(block, page.read_text())


def _of(text: str) -> Iterator[tuple[str, str]]:
    for part in re.split(r"(?m)^\$ ", text)[1:]:
        command, _, shown = part.partition("\n")
        yield command, shown


def _run(command: str, folder: str) -> str:
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=120,
        env={
            "PATH": f"{Path(sys.executable).parent}:{os.defpath}",
            "HOME": folder,
            "LANG": "C.UTF-8",
            "SMTPPROBE_CLIENT": "me.example",
        },
    )
    return done.stdout


def _settled(text: str) -> str:
    for moving, still in _MOVES:
        text = moving.sub(still, text)
    return re.sub(r"[ \t]+", " ", text)


if __name__ == "__main__":
    for each in PAGES:
        each.write_text(renewed(each))
