"""Every exit code of the one table, from the program as it is called."""

from __future__ import annotations

import asyncio
import json
import signal
from pathlib import Path

import pytest

from smtpprobe.cli import launch, main
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import FaultServer, Hang, Hear, Say, Step
from tests.program import REAL, called
from tests.script.runs import GREETING, told

pytestmark = pytest.mark.real_time

NOOP = (b"NOOP", b"250 ok\r\n")


async def started(folder: Path, *command: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *command, "--no-config", cwd=folder,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        stdin=asyncio.subprocess.DEVNULL,
    )  # fmt: skip


async def ended(process: asyncio.subprocess.Process) -> tuple[int | None, str, str]:
    out, err = await process.communicate()
    return process.returncode, out.decode(), err.decode()


@pytest.mark.parametrize(
    ("script", "code", "says"),
    [
        ("NOOP\n< 250\n", 0, "one.smtp  ok"),
        ("NOOP\n< 550\n", 1, "one.smtp  FAIL"),
        (":secret pw\nNOOP {{pw}}\n", 2, "the secret pw has no value"),
        (":nonsense\n", 3, "unknown local command"),
        (":timeout 50ms\nRSET\n", 4, "one.smtp  ERROR"),
        (":require CHUNKING\nEHLO x\n", 5, "one.smtp  skip"),
        ("# nothing\n", 5, "script is empty"),
    ],
)
async def test_the_program_ends_with_the_code_of_what_it_found(
    script: str, code: int, says: str, tmp_path: Path
) -> None:
    (tmp_path / "one.smtp").write_text(script)
    server = told((b"EHLO", b"250 mx\r\n")) if "EHLO" in script else told(NOOP)
    async with faults.serve(server) as listening:
        target = f"127.0.0.1:{listening.port}"
        process = await started(tmp_path, *called("--script", "one.smtp", target))
        found, out, err = await ended(process)
    assert says in out + err
    assert found == code


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
async def test_a_run_that_is_interrupted_reports_what_it_has(
    number: signal.Signals, code: int, tmp_path: Path
) -> None:
    (tmp_path / "one.smtp").write_text("NOOP\nRSET\n")
    server: list[Step] = [GREETING, Hear(b"NOOP"), Say(b"250 ok\r\n"), Hear(b"RSET"), Hang()]
    async with faults.serve(server) as listening:
        target = f"127.0.0.1:{listening.port}"
        process = await started(tmp_path, *REAL, "--script", "one.smtp", target)
        await _until(listening, b"RSET")
        process.send_signal(number)
        found, out, _ = await ended(process)
    assert found == code
    assert "one.smtp  ERROR  2 ok" in out
    assert "the run was stopped here" in out


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("form", ["json", "nagios"])
async def test_an_interrupted_run_says_so_to_programs(
    form: str, number: signal.Signals, code: int, tmp_path: Path
) -> None:
    (tmp_path / "one.smtp").write_text("NOOP\nRSET\n")
    server: list[Step] = [GREETING, Hear(b"NOOP"), Say(b"250 ok\r\n"), Hear(b"RSET"), Hang()]
    async with faults.serve(server) as listening:
        words = ("--format", form, "--script", "one.smtp", f"127.0.0.1:{listening.port}")
        process = await started(tmp_path, *REAL, *words)
        await _until(listening, b"RSET")
        process.send_signal(number)
        found, out, _ = await ended(process)
    if form == "json":
        assert (found, json.loads(out)["exit"]) == (code, code)
    else:
        assert found == 3
        assert out.startswith("SMTP UNKNOWN - the run was interrupted by a signal")


async def _until(listening: FaultServer, beginning: bytes) -> None:
    async with asyncio.timeout(60):
        await listening.until_heard(beginning)


def test_a_mistake_of_the_program_itself_has_a_code_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_words: object, **_more: object) -> int:
        raise RuntimeError("a mistake")

    monkeypatch.setattr(launch, "run_session", broken)
    assert main.main(["--script", "x.smtp", "mx.example"]) == 70
    told_ = capsys.readouterr().err
    assert "internal error: RuntimeError: a mistake" in told_
    assert "Traceback" not in told_
