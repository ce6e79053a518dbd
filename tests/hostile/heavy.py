"""The heavy sizes against the program itself: `python -m tests.hostile.heavy`.

A line of 1 GB without an end and a reply of 1,000,000 lines; each face has to end, and its memory
may not exceed that of an ordinary session by more than GROWTH. Fails otherwise.
"""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from smtpprobe.sandbox.faults import Close, Flood, Say, Step, serve
from smtpprobe.sandbox.hostile.server import Conversation
from smtpprobe.sandbox.hostile.stages import Stage
from tests.hostile.faces import LINES, tls
from tests.net.stage import trusted_file
from tests.program import REAL

GROWTH: Final = 64.0
"""MiB."""

GIGABYTE: Final = 1_000_000_000
LINES_MANY: Final = 1_000_000
WAIT: Final = "10m"

TYPED: Final = b"EHLO me.example\nQUIT\n"

API: Final = """\
import asyncio, sys, smtpprobe
async def main():
    async with smtpprobe.connect(sys.argv[1], timeout=600) as session:
        await session.command("EHLO me.example")
        await session.command("NOOP")
try:
    asyncio.run(main())
except smtpprobe.ProbeError as error:
    sys.exit(str(error)[:200])
"""


def asking(target: str) -> bytes:
    """Return what an assistant's program sends to have STARTTLS of a server checked."""
    client = {"name": "heavy", "version": "1"}
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client}
    call = {"name": "check_starttls", "arguments": {"target": target}}
    said = (
        {"id": 1, "method": "initialize", "params": hello},
        {"method": "notifications/initialized"},
        {"id": 2, "method": "tools/call", "params": call},
    )
    return b"".join(json.dumps({"jsonrpc": "2.0", **one}).encode() + b"\n" for one in said)


def is_result(line: bytes) -> bool:
    """Return whether a line of the server of tools is the result of the check."""
    return bool(json.loads(line).get("id") == 2)


SIZES: Final[dict[str, Sequence[Step]]] = {
    "ordinary": (),
    "1 GB without a line end": (
        Say(b"250 "),
        Flood(b"x" * 1000, GIGABYTE // 1000),
        Say(b"\r\n"),
        Close(),
    ),
    "1,000,000 lines": (Flood(b"250-more\r\n", LINES_MANY), Say(b"250 STARTTLS\r\n"), Close()),
}


class Ended(NamedTuple):
    """How a process ended: its code, seconds, the most memory it had in MiB, its last line."""

    code: int
    seconds: float
    peak: float
    said: bytes

    @property
    def well(self) -> bool:
        """Whether it calls the session a success, where it judges at all."""
        return b"check_starttls: ok" in self.said if self.said else self.code == 0


def faces(folder: Path, target: str) -> dict[str, tuple[str, ...]]:
    """Return the command line of each face."""
    ca_file = trusted_file(folder)
    script = folder / "s.smtp"
    script.write_text("\n".join(sent for sent, _ in LINES if sent) + "\n")
    transcript = str(folder / "t.jsonl")
    common = ("--no-config", "--timeout", WAIT, "-4", "--ca-file", ca_file)
    return {
        "script": (*REAL, *common, "--script", str(script), "--transcript", transcript, target),
        "pipe": (*REAL, *common, target),
        "starttls": (*REAL, "starttls", *common, target),
        "send": (*REAL, "send", *common, "--from", "a@b.example", "--to", "c@d.example", target),
        "why": (
            *(*REAL, "why", *common, "--client", "me.example", "--from", "a@b.example"),
            *("--via", "submission", target, "c@d.example"),
        ),
        "mcp": (
            *(*REAL, "mcp", "--allow", target, "--client", "me.example", "--ca-file", ca_file),
            *("--timeout", WAIT, "--max-time", WAIT),
        ),
        "API": (sys.executable, "-c", API, target),
    }


def ran(words: Sequence[str], typed: bytes, ends: Callable[[bytes], bool] | None = None) -> Ended:
    """Run a command line to its end; its input ends at once, or with the line that `ends` it."""
    begun = time.monotonic()
    out = subprocess.DEVNULL if ends is None else subprocess.PIPE
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=out, stderr=subprocess.DEVNULL)
    assert process.stdin is not None
    process.stdin.write(typed)
    process.stdin.flush()
    said = b""

    def listen() -> None:
        nonlocal said
        said = next(filter(ends, process.stdout or ()), b"")
        assert process.stdin is not None
        process.stdin.close()

    listening = threading.Thread(target=listen)
    listening.start()
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, _most_resident(process.pid))
        time.sleep(0.02)
    listening.join()
    if process.stdout is not None:
        process.stdout.close()
    return Ended(process.returncode, time.monotonic() - begun, peak, said)


def _most_resident(pid: int) -> float:
    """Return the most memory that a process has had, in MiB.

    `ru_maxrss` begins with that of the process which forked it.
    """
    try:
        told = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+) kB", told)
    return int(found[1]) / 1024 if found else 0.0


async def measured() -> bool:
    """Run all, print a line for each; return whether all stayed within bounds."""
    well = True
    with tempfile.TemporaryDirectory() as name:
        usual: dict[str, float] = {}
        for size, instead in SIZES.items():
            talking = Conversation(tls(), Stage.EHLO if instead else None, instead)
            for face in faces(Path(name), ""):
                async with serve([talking]) as server:
                    target = f"localhost:{server.port}"
                    words = faces(Path(name), target)[face]
                    told = (asking(target), is_result) if face == "mcp" else (TYPED,)
                    ended = await asyncio.to_thread(ran, words, *told)
                grown = ended.peak - usual.setdefault(face, ended.peak)
                judged = ended.well is not bool(instead) or face == "API"  # it wants a reply only
                fits = judged and grown < GROWTH
                well = well and fits
                print(  # noqa: T201 - what it is for
                    f"{size:24} {face:9} exit {ended.code}  {ended.seconds:6.1f} s  "
                    f"{ended.peak:6.1f} MiB, {grown:+.1f}  {'' if fits else 'WRONG'}",
                    flush=True,
                )
    return well


if __name__ == "__main__":
    sys.exit(not asyncio.run(measured()))
