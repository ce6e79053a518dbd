"""`:report`: what a bug report needs, in a file that can be sent."""

from __future__ import annotations

import json
from pathlib import Path

from smtpprobe import __version__
from smtpprobe.sandbox.faults import Hang
from tests.repl.stage import EHLO, GREETING, staged


async def test_a_report_has_versions_settings_and_the_session(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    async with staged((GREETING, *EHLO, Hang()), columns=300) as stage:
        await stage.line(":set annotate full", "127.0.0.1 greeted> ")
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        await stage.line(f":report {path}", "127.0.0.1 ehlo> ")
        await stage.until("read it first")
        await stage.line(f":report {path}", "127.0.0.1 ehlo> ")
        await stage.until("already exists")
    text = path.read_text()
    assert f"smtpprobe {__version__}\n" in text
    assert "aiosmtplib" in text
    assert "  annotate = full\n" in text
    events = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    assert [one["ev"] for one in events] == ["open", "reply", "send", "reply"]
    assert path.stat().st_mode & 0o077 == 0
