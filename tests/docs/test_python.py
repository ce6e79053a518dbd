"""The programs of docs/python.md and README.md run, and pass a strict type check."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from smtpprobe.sandbox.practice_server import PracticeServer

TOP = Path(__file__).parents[2]
PROGRAMS = [
    pytest.param(text, id=f"{page}-{number}")
    for page in ("docs/python.md", "README.md")
    for number, text in enumerate(
        re.findall(r"(?ms)^```python\n(.*?)^```", (TOP / page).read_text()), 1
    )
]


@pytest.mark.real_time
@pytest.mark.parametrize("program", PROGRAMS)
async def test_a_program_of_the_page_runs(program: str) -> None:
    async with PracticeServer() as server:
        for written, here in (
            ("mx.example.org:25", f"127.0.0.1:{server.port}"),
            ("[mx.example.org]:25", f"[127.0.0.1]:{server.port}"),
            ("postmaster@example.org", "postmaster@sandbox.test"),
            ("verify=True", f"verify=True, ca_file={str(server.ca_file)!r}"),
        ):
            program = program.replace(written, here)
        assert "example.org" not in program
        running = await asyncio.create_subprocess_exec(
            *(sys.executable, "-W", "error", "-c", program),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(TOP)},
        )
        said, failed = await running.communicate()
    assert running.returncode == 0, failed.decode()
    assert said
    assert failed == b""


def test_the_programs_pass_a_strict_type_check(tmp_path: Path) -> None:
    files = []
    for number, program in enumerate(PROGRAMS):
        [text] = program.values
        assert isinstance(text, str)
        files.append(tmp_path / f"program_{number}.py")
        files[-1].write_text(text)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", *map(str, files)],
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=280,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
