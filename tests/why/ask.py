"""`smtpprobe why` of many worlds, several at a time, each in a process of its own.

    python -m tests.why.ask FOLDER [ID ...]

It runs in the lab's network and prints JSON: by world the exit code, the report, what went to
standard error, and the seconds it took. The program is loaded once; each world is a fork of it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Final, NoReturn

from smtpprobe.cli import main as cli
from tests.why.worlds import World, read

AT_ONCE: Final = 8

PATIENCE: Final = 60
"""Seconds after which a process is ended: the world then has no answer."""

LOADED: Final = ("smtpprobe.why.subcommand", "smtpprobe.cli.launch_why", "dns.asyncresolver")
"""What is loaded before the first fork, as far as it is there."""


def asking(world: World, folder: Path) -> NoReturn:
    """Run the command for one world, its output in files of the folder; this process ends."""
    log = folder / f"{world.id}.log"
    log.write_text(world.log.lstrip())
    secret = folder / f"{world.id}.secret"
    secret.write_text(world.secret)
    for number, suffix in ((1, "out"), (2, "err")):
        file = os.open(folder / f"{world.id}.{suffix}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(file, number)
    signal.alarm(PATIENCE)
    code = 70
    try:
        code = cli.main(["why", *world.arguments(log, secret), "--json"])
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def answered(worlds: list[World], folder: Path) -> dict[str, dict[str, object]]:
    """Return what the command said of each world."""
    found: dict[str, dict[str, object]] = {}
    running: dict[int, tuple[World, float]] = {}
    waiting = sorted(worlds, key=lambda world: bool(world.option("--timeout")))
    while waiting or running:
        while waiting and len(running) < AT_ONCE:
            world = waiting.pop()
            began = time.monotonic()
            if (child := os.fork()) == 0:
                asking(world, folder)
            running[child] = world, began
        child, status = os.wait()
        world, began = running.pop(child)
        found[world.id] = {
            "exit": os.waitstatus_to_exitcode(status),
            "out": (folder / f"{world.id}.out").read_text("utf-8", "replace"),
            "err": (folder / f"{world.id}.err").read_text("utf-8", "replace"),
            "seconds": round(time.monotonic() - began, 2),
        }
    return found


def main(folder: Path, ids: list[str]) -> None:
    """Print what the command says of the worlds with these ids, or of all."""
    for name in LOADED:
        try:
            __import__(name)
        except ImportError:
            continue
    worlds = [world for world in read() if not ids or world.id in ids]
    json.dump(answered(worlds, folder), sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
