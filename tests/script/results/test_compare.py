from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from smtpprobe.client import ConnectOptions
from smtpprobe.errors import UsageError
from smtpprobe.exits import ExitStatus
from smtpprobe.protocol.target import Target
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Hang, Step
from smtpprobe.script.batch.jobs import Each
from smtpprobe.script.batch.run import ScriptOptions, run_scripts
from smtpprobe.script.reports.formats import Format
from tests.script.runs import host, told

CONNECT = ConnectOptions(family=4, greeting_timeout=0.3)
NOOP = "NOOP\nRSET\n"


def answering(noop: bytes, rset: bytes) -> list[Step]:
    return told((b"NOOP", noop), (b"RSET", rset))


async def compared(
    path: Path,
    *servers: list[Step],
    texts: bool = False,
    silent: bool = False,
    form: Format = Format.TEXT,
    max_time: float | None = None,
) -> tuple[int, str]:
    script = path / "c.smtp"
    script.write_text(NOOP)
    out = io.StringIO()
    async with faults.serve(servers[0]) as first, faults.serve(servers[1]) as second:
        ports = {first.port: "one", second.port: "two"}
        targets = tuple(host(port) for port in (*ports, *([1] if silent else [])))
        options = ScriptOptions(
            "x", timeout=0.3, compare=targets, texts=texts, format=form, max_time=max_time
        )
        status = await run_scripts([str(script)], None, CONNECT, options, out=out)
    text = out.getvalue().replace(str(script), "c.smtp")
    for port, name in ports.items():
        text = text.replace(f"[localhost]:{port}", name)
    return status, text


async def test_servers_that_give_the_same_codes_are_the_same(tmp_path: Path) -> None:
    one = answering(b"250 a\r\n", b"250 b\r\n")
    two = answering(b"250 other words\r\n", b"250 b\r\n")
    status, text = await compared(tmp_path, one, two)
    assert status is ExitStatus.OK
    assert text == "c.smtp  same  3 of 3 replies are the same on 2 servers\n"


async def test_where_codes_differ_both_servers_are_quoted(tmp_path: Path) -> None:
    one = answering(b"250 a\r\n", b"250 b\r\n")
    two = answering(b"250 a\r\n", b"502 5.5.1 not here\r\n")
    status, text = await compared(tmp_path, one, two)
    assert status is ExitStatus.CHECK_FAILED
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert lines == [
        "RSET",
        "one 250 b",
        "two 502 5.5.1 not here",
        "",
        "c.smtp differ 2 of 3 replies are the same on 2 servers",
    ]


async def test_texts_count_when_that_is_wished_and_only_other_lines_are_shown(
    tmp_path: Path,
) -> None:
    one = answering(b"250-a\r\n250-only here\r\n250 z\r\n", b"250 b\r\n")
    two = answering(b"250-a\r\n250 z\r\n", b"250 b\r\n")
    status, text = await compared(tmp_path, one, two, texts=True)
    assert status is ExitStatus.CHECK_FAILED
    assert "only here" in text
    assert "250-a" not in text


async def test_a_server_that_is_not_reached_is_told_and_compared_with_nobody(
    tmp_path: Path,
) -> None:
    one = answering(b"250 a\r\n", b"250 b\r\n")
    status, text = await compared(tmp_path, one, one, silent=True)
    assert status is ExitStatus.CANNOT_TELL
    assert "[localhost]:1" in text
    assert "connection refused" in text
    assert text.splitlines()[-1] == "c.smtp  same  3 of 3 replies are the same on 2 servers"


async def test_servers_that_both_fall_silent_are_not_called_the_same(tmp_path: Path) -> None:
    silent = told((b"NOOP", b"250 a\r\n"))
    status, text = await compared(tmp_path, silent, silent)
    assert status is ExitStatus.CANNOT_TELL
    assert [" ".join(line.split()) for line in text.splitlines()] == [
        "one no reply to RSET within 300ms",
        "two no reply to RSET within 300ms",
        "c.smtp same so far 2 of 2 replies are the same on 2 servers",
    ]


async def test_a_comparison_can_be_read_by_programs(tmp_path: Path) -> None:
    one = answering(b"250 a\r\n", b"250 b\r\n")
    two = answering(b"250 a\r\n", b"502 5.5.1 not \xff here\r\n")
    status, text = await compared(tmp_path, one, two, form=Format.JSON)
    found = json.loads(text)
    assert (found["schema"], found["exit"]) == ("smtpprobe/compare/1", status)
    assert found["files"][0]["replies"][-1] == {
        "to": "RSET", "differs": True, "got": [["250 b"], ["502 5.5.1 not \\xff here"]],
    }  # fmt: skip


async def test_a_form_that_has_no_comparison_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="supports only --format text and json"):
        await compared(tmp_path, [], [], form=Format.TAP)


async def test_a_comparison_whose_time_is_over_says_so(tmp_path: Path) -> None:
    status, text = await compared(tmp_path, [Hang()], [Hang()], max_time=0.1)
    assert status is ExitStatus.CANNOT_TELL
    assert "the time limit for the whole run is exceeded" in text


@pytest.mark.parametrize(("targets", "target"), [((host(1),), None), ((host(1), host(2)), host(3))])
async def test_servers_that_cannot_be_compared_are_refused(
    targets: tuple[Target, ...], target: Target | None, tmp_path: Path
) -> None:
    script = tmp_path / "c.smtp"
    script.write_text(NOOP)
    options = ScriptOptions("x", compare=targets)
    with pytest.raises(UsageError, match="needs at least two targets, and no other"):
        await run_scripts([str(script)], target, CONNECT, options)


async def test_each_host_of_no_target_is_refused(tmp_path: Path) -> None:
    script = tmp_path / "c.smtp"
    script.write_text(f":connect mx.example:25\n{NOOP}")
    with pytest.raises(UsageError, match="--each-mx: no target"):
        await run_scripts([str(script)], None, CONNECT, ScriptOptions("x", each=Each.MX))
