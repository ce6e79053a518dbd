"""Hostile servers: each ends with a message and an exit code, in time, and drives nothing."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path

import pytest

from smtpprobe.client import ConnectOptions
from smtpprobe.exits import ExitStatus
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Close, Drip, Flood, Hang, Hear, Reset, Say, Step
from smtpprobe.script.batch.run import ScriptOptions, run_scripts
from smtpprobe.script.reports.formats import Show
from tests.script.runs import GREETING, heard, host

OK, FAILED, UNKNOWN = ExitStatus.OK, ExitStatus.CHECK_FAILED, ExitStatus.CANNOT_TELL
MIB = 1024 * 1024
CONNECT = ConnectOptions(family=4, verify=True, greeting_timeout=0.3)
SCRIPT = ":timeout 300ms\n< 220\nEHLO x\n< 250\nQUIT\n< 221\n"

HOSTILE: dict[str, tuple[list[Step], ExitStatus, str]] = {
    "escape sequences": (
        [Say(b"250 \x1b]0;title\x07\x1b[2J\x9b31m\xe2\x80\xaegnp.exe\r\n"), Close()],
        FAILED, "closed",
    ),
    "a line of a megabyte": (
        [Say(b"250 " + b"x" * MIB + b"\r\n"), Hang()],
        UNKNOWN, "no reply",
    ),
    "a line without an end": ([Flood(b"x" * 1000)], UNKNOWN, "no reply to EHLO within 300ms"),
    "NUL in a reply": ([Say(b"2\x0050 ok\r\n250 \0\r\n"), Hang()], FAILED, "EHLO got no"),
    "a reply without an end": (
        [Flood(b"250-more\r\n")], UNKNOWN, "no reply to EHLO within 300ms",
    ),
    "replies without an end": (
        [Flood(b"250 again\r\n")], FAILED, "unexpected 250 before QUIT (line 5)",
    ),
    "a reply octet by octet": (
        [Drip(b"250-a\r\n250 b\r\n", 0.002), Hang()], UNKNOWN, "no reply to QUIT within 300ms",
    ),
    "a reply an octet a minute": (
        [Drip(b"250 ok\r\n", 60.0)], UNKNOWN, "no reply to EHLO within 300ms",
    ),
    "two replies at once": (
        [Say(b"250 a\r\n250 b\r\n"), Hang()], FAILED, "unexpected 250 before QUIT (line 5)",
    ),
    "a close after half a line": ([Say(b"250-half"), Close()], FAILED, "closed"),
    "a reset after half a line": ([Say(b"250-half"), Reset()], FAILED, "closed"),
    "a close at once": ([Close()], FAILED, "closed the connection before a reply came"),
    "no reply code": ([Say(b"HTTP/1.1 400 Bad Request\r\n"), Hang()], FAILED, "EHLO got no"),
    "only line feeds": ([Say(b"\n\n\n\n250 ok\n"), Hang()], FAILED, ""),
}  # fmt: skip


async def report(server: list[Step], folder: Path, script: str = SCRIPT) -> tuple[int, str, str]:
    """Run a script; return the exit code, all that was shown, and the transcript."""
    (folder / "t.smtp").write_text(script)
    out, transcript = io.StringIO(), folder / "call.smtp"
    options = ScriptOptions("x", timeout=0.3, show=Show.ALL, transcript=str(transcript))
    async with faults.serve(server) as listening:
        status = await run_scripts(
            [str(folder / "t.smtp")], host(listening.port), CONNECT, options, out=out, err=out
        )
    return status, out.getvalue(), transcript.read_bytes().decode("utf-8", "surrogateescape")


@pytest.mark.parametrize("what", HOSTILE)
async def test_a_hostile_server_ends_with_a_message_and_an_exit_code(
    what: str, tmp_path: Path
) -> None:
    steps, status, message = HOSTILE[what]
    found, shown, transcript = await report([GREETING, Hear(b"EHLO"), *steps], tmp_path)
    assert (found, message in shown) == (status, True), shown[-3000:]
    for text in (shown, transcript):
        drives = {c for c in text if (ord(c) < 32 and c not in "\t\n") or 127 <= ord(c) < 160}
        assert drives == set()
        assert max(map(len, shown.splitlines())) < 2000
        assert not any("\u202a" <= character <= "\u202e" for character in text)


@pytest.mark.parametrize("greeting", [b"\x1b[2J", b"220-x\r\n" * 5, b"\0\0\0", b"220"])
async def test_a_hostile_greeting_is_could_not_talk(greeting: bytes, tmp_path: Path) -> None:
    status, shown, _ = await report([Say(greeting), Hang()], tmp_path)
    assert status == UNKNOWN
    assert "no greeting within 0.3s" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize("flood", [b"250-" + b"x" * 500 + b"\r\n", b"x" * 1000, b"250 ok\r\n"])
async def test_a_flood_costs_no_memory(flood: bytes) -> None:
    """Beside what a client remembers of a session, which has a limit of its own."""
    script = ":timeout 700ms\nEHLO x\n:sleep 300ms\nQUIT\n"
    server: list[Step] = [GREETING, Hear(b"EHLO"), Flood(flood)]
    tracemalloc.start()
    try:
        result, _ = await heard(script, server, memory_octets=MIB)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert result.status is not OK
    assert peak < 6 * MIB
