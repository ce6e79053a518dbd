"""The first session, which `make run` plays where there is no terminal."""

from __future__ import annotations

import io
from pathlib import Path

from smtpprobe.client import ConnectOptions
from smtpprobe.exits import ExitStatus
from smtpprobe.sandbox.practice import PracticeServer
from smtpprobe.script.check_run import ScriptOptions, Show, run_scripts
from tests.script.runs import host

EXAMPLE = Path(__file__).parents[2] / "examples" / "first-session.smtp"


async def test_the_first_session_is_green_and_shows_its_steps_and_annotations() -> None:
    out = io.StringIO()
    async with PracticeServer() as server:
        status = await run_scripts(
            [str(EXAMPLE)],
            host(server.port),
            ConnectOptions(family=4, verify=True, ca_file=str(server.ca_file)),
            ScriptOptions("client.example", show=Show.ALL),
            out=out,
        )
    lines = out.getvalue().splitlines()
    assert status is ExitStatus.OK
    assert lines[-1].split()[:4] == [str(EXAMPLE), "ok", "11", "checks"]
    echoed = [line for line in lines if line.startswith("# ") and line[2:4].strip(".").isdigit()]
    assert sum(line[3] == "." for line in echoed) == 5
    assert any(line.startswith("# 550 5.1.1 ! ") for line in lines)
    assert any("handshake: TLS 1." in line for line in lines)
    assert any("queue id" in line for line in lines)
