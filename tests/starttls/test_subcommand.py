"""`smtpprobe starttls` as its user runs it: output, files, exit codes."""

from __future__ import annotations

import asyncio
import io
import json
import os
import subprocess
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from smtpprobe.cli.launch import settings_of
from smtpprobe.cli.starttls_parser import starttls_parser
from smtpprobe.errors import ProbeError
from smtpprobe.sandbox.faults import Close, Hang, Hear, Say, Script, serve
from smtpprobe.starttls import subcommand
from smtpprobe.starttls.arguments import read_words
from tests.net.stage import trusted_file
from tests.program import called
from tests.servers.lab import free_ports
from tests.starttls.dialogues import GOODBYE, GREETING, good

PLAIN: Script = [GREETING, Hear(b"EHLO"), Say(b"250 mx\r\n"), *GOODBYE]


class Done(NamedTuple):
    """What a run gave."""

    returncode: int
    stdout: str
    stderr: str = ""


async def run(*words: str, **environment: str) -> Done:
    """Run the command in this process, with no wait before a retry."""
    out = io.StringIO()
    try:
        parsed = starttls_parser().read(["--no-config", *words])
        settings = settings_of(parsed)
        read = read_words(parsed, environment, client=lambda: "me.example", settings=settings)
        quick = replace(read, gathering=replace(read.gathering, retry_wait=0.0))
        with redirect_stdout(out):
            code = await subcommand.run(quick)
    except ProbeError as error:
        return Done(int(error.status), out.getvalue(), f"{error.message}\n{error.hint}\n")
    return Done(int(code), out.getvalue())


def program(*words: str) -> Done:
    """Run the program itself."""
    done = subprocess.run(called(*words), check=False, capture_output=True, text=True)
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize(
    ("script", "code", "said"),
    [
        (good(), 0, "Result: OK"),
        (PLAIN, 1, "starttls.missing"),
        ([Say(b"554 5.7.1 blocked\r\n"), *GOODBYE], 4, "Result: INCONCLUSIVE"),
        ([Say(b"SSH-2.0-x\r\n"), Hang()], 1, "conn.not-smtp"),
        ([Close()], 4, "conn.rejected"),
    ],
    ids=["good", "no STARTTLS", "blocked", "not SMTP", "closed"],
)
async def test_the_exit_code_is_the_verdict(script: Script, code: int, said: str) -> None:
    async with serve(script) as server:
        done = await run(f"127.0.0.1:{server.port}")
    assert (done.returncode, done.stderr) == (code, "")
    assert said in done.stdout


async def test_what_others_cannot_tell_apart_by_exit_code_is_told_apart(tmp_path: Path) -> None:
    """A wrong name, a 454 and a refused connection."""
    ca_file = trusted_file(tmp_path)
    (free,) = free_ports(1)
    later: Script = [GREETING, Hear(b"EHLO"), Say(b"250-mx\r\n250 STARTTLS\r\n")]
    later = [*later, Hear(b"STARTTLS"), Say(b"454 4.7.0 no key\r\n"), *GOODBYE]
    async with serve(good()) as wrong, serve(later) as refusing:
        name = await run("--ca-file", ca_file, "--level", "pkix", f"127.0.0.1:{wrong.port}")
        busy = await run("--timeout", "1s", f"127.0.0.1:{refusing.port}")
    closed = await run(f"127.0.0.1:{free}")
    assert [one.returncode for one in (name, busy, closed)] == [1, 1, 4]
    assert "F cert.name" in name.stdout
    assert "F starttls.refused" in busy.stdout
    assert "U conn.refused" in closed.stdout


async def test_several_targets_stand_in_their_order_and_a_failure_wins() -> None:
    async with serve(good()) as works, serve(PLAIN) as fails:
        ports = (fails.port, works.port)
        done = await run("--json", *(f"127.0.0.1:{port}" for port in ports))
        lines = await run("--jsonl", *(f"127.0.0.1:{port}" for port in ports))
        plugin = await run("--format", "nagios", *(f"127.0.0.1:{port}" for port in ports))
    assert done.returncode == lines.returncode == 1
    assert [one["port"] for one in json.loads(done.stdout)] == list(ports)
    assert [json.loads(line)["port"] for line in lines.stdout.splitlines()] == list(ports)
    assert plugin.returncode == 2
    assert plugin.stdout.startswith("STARTTLS CRITICAL")


async def test_a_report_goes_into_files_whole(tmp_path: Path) -> None:
    report, page = tmp_path / "report.json", tmp_path / "page.html"
    async with serve(good()) as server:
        target = f"127.0.0.1:{server.port}"
        done = await run("--json", "-o", str(report), "--html", str(page), target)
        missing = await run("-o", str(tmp_path / "no" / "folder"), target)
    assert (done.returncode, done.stdout) == (0, "")
    assert json.loads(report.read_text())["schema"] == "smtpprobe/starttls/1"
    assert page.read_text().startswith("<!DOCTYPE html>")
    assert not [name for name in os.listdir(tmp_path) if ".part" in name]  # noqa: PTH208 - no event loop waits for it
    assert missing.returncode == 2
    assert "no such directory" in missing.stderr


async def test_a_report_goes_through_a_link_which_stays_one(tmp_path: Path) -> None:
    report, page = tmp_path / "report.json", tmp_path / "page.html"
    links = [tmp_path / "1", tmp_path / "2"]
    for link, file in zip(links, (report, page), strict=True):
        link.symlink_to(file)
    async with serve(good()) as server:
        target = f"127.0.0.1:{server.port}"
        await run("--json", "-o", str(links[0]), "--html", str(links[1]), target)
    assert json.loads(report.read_text())["schema"] == "smtpprobe/starttls/1"
    assert page.read_text().startswith("<!DOCTYPE html>")
    assert all(link.is_symlink() for link in links)


async def test_quiet_leaves_the_result_alone_and_colour_can_be_had() -> None:
    async with serve(good()) as server:
        target = f"127.0.0.1:{server.port}"
        quiet = await run("--quiet", target)
        coloured = await run("--color", "always", target)
    assert len(quiet.stdout.splitlines()) == 1
    assert "Result: OK" in quiet.stdout
    assert "\x1b[32m" in coloured.stdout
    assert "\x1b" not in quiet.stdout


async def test_secrets_of_tls_are_kept_for_wireshark(tmp_path: Path) -> None:
    keys = tmp_path / "keys.log"
    async with serve(good()) as server:
        await run("--keylog", str(keys), f"127.0.0.1:{server.port}")
        first = keys.read_text()
        await run(f"127.0.0.1:{server.port}", SSLKEYLOGFILE=str(keys))
    assert "SERVER_HANDSHAKE_TRAFFIC_SECRET" in first
    assert len(keys.read_text()) > len(first)


def test_a_mistake_is_said_in_two_lines() -> None:
    done = program("starttls", "exa mple")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 2
    unknown = program("starttls", "--bogus")
    assert unknown.returncode == 2
    assert "unrecognized arguments: --bogus" in unknown.stderr


async def test_the_program_itself_gives_report_and_exit_code() -> None:
    async with serve(PLAIN) as server:
        done = await asyncio.to_thread(program, "starttls", f"127.0.0.1:{server.port}")
    assert (done.returncode, done.stderr) == (1, "")
    assert "starttls.missing" in done.stdout


async def test_warnings_can_fail_a_check() -> None:
    async with serve(good()) as server:
        target = f"127.0.0.1:{server.port}"
        assert (await run(target)).returncode == 0
        assert (await run("--fail-on", "warn", target)).returncode == 1


def test_a_finding_is_explained_by_its_id() -> None:
    known = program("explain", "dane.no-match")
    assert known.returncode == 0
    assert "RFC 7672 2.2" in known.stdout
    other = program("explain", "dane.nonsense")
    assert other.returncode == 2
    assert "dane.no-match" in other.stderr
