"""A default stands in its row alone: one that is changed there arrives in every part."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Hang
from smtpprobe.settings.settings import KEYS, written_value
from tests.settings.other_defaults import SHORT
from tests.settings.reach import reach

LIMITS = ("connect_timeout", "handshake_timeout", "greeting_timeout")
PROGRAM = (sys.executable, "-m", "tests.settings.other_defaults")
TOP = Path(__file__).parents[2]

Reach = dict[str, Any]


@pytest.fixture(scope="module")
def changed() -> Reach:
    """What the parts go by where every row of the table has another default."""
    command = [*PROGRAM, "reach"]
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=True, timeout=120)
    found: Reach = json.loads(done.stdout)
    return found


def test_every_row_has_another_default_there(changed: Reach) -> None:
    before = {name: key.default for name, key in KEYS.items()}
    assert changed["rows"].keys() == before.keys()
    assert [name for name in before if changed["rows"][name] == before[name]] == []


def test_a_default_reaches_every_program(changed: Reach) -> None:
    assert changed["fields"] == changed["settings"] == changed["rows"]


@pytest.mark.parametrize("part", ["sessions", "API", "check", "check's own"])
def test_a_limit_reaches(part: str, changed: Reach) -> None:
    assert {name: changed[part][name] for name in LIMITS} == dict.fromkeys(LIMITS, SHORT)


@pytest.mark.parametrize("part", ["connection", "dialling", "handshake"])
def test_a_limit_reaches_the_network(part: str, changed: Reach) -> None:
    assert changed[part] == SHORT


def test_a_default_is_told_in_help_and_documents_as_it_is(changed: Reach) -> None:
    for found, defaults in (
        (changed, changed["rows"]),
        (reach(), {name: key.default for name, key in KEYS.items()}),
    ):
        for name, key in KEYS.items():
            shown = written_value(key, defaults[name])
            assert f"| `{shown}` |" in found["page"] or not shown
            assert f"# {name} = " in found["file"]
            if key.kind in ("duration", "choice", "number"):
                assert f" {key.meaning} ({shown}) " in found["help"]
                assert shown in found["file"].partition(f"# {name} = ")[2].splitlines()[0]


async def run(*words: str) -> str:
    environment = os.environ | {"SMTPPROBE_PROXY": ""}  # starttls uses none, and says so
    process = await asyncio.create_subprocess_exec(
        *PROGRAM, *words, cwd=TOP, env=environment, stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    async with asyncio.timeout(120):
        out, _ = await process.communicate()
    return out.decode()


@pytest.mark.real_time
async def test_who_sends_no_greeting_is_given_up_after_the_default(tmp_path: Path) -> None:
    (tmp_path / "one.smtp").write_text("NOOP\n")
    limit = f"{SHORT:g}s"
    async with faults.serve([Hang()]) as server:
        at = f"[127.0.0.1]:{server.port}"
        common = ("--no-config", "--ca-file=", "--resolver=127.0.0.1")
        plain = (
            "--transcript=",
            "--cert=",
            "--key=",
            "--ciphers=",
            "--groups=",
            "--proxy-protocol=",
            "--proxy=",
        )
        script = await run(*common, *plain, "--script", str(tmp_path / "one.smtp"), at)
        check = await run("starttls", *common, at)
    assert f"no greeting within {limit}" in script
    assert limit in check
