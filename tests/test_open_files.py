"""Few files may be open: jobs are fewer then, and a failure is told without reading a module."""

from __future__ import annotations

import asyncio
import json
import re
import resource
import socket
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from smtpprobe.net.open_files import QUESTIONS, fitting
from smtpprobe.sandbox.practice_server import PracticeServer
from smtpprobe.script.batch.resources import connections_of
from smtpprobe.script.parser.parser import parse

CHILD = """
import resource, sys
if int(sys.argv[1]):
    resource.setrlimit(resource.RLIMIT_NOFILE, (int(sys.argv[1]),) * 2)
known = None
def heard(event, _):
    global known
    if event == "socket.connect" and known is None:
        known = set(sys.modules)
sys.addaudithook(heard)
from smtpprobe.cli.main import main
code = main(sys.argv[2:])
late = sorted(set(sys.modules) - (known or set(sys.modules)))
sys.stderr.write("loaded late: " + ", ".join(late) + "\\n")
sys.exit(code)
"""
"""Runs the program under a limit, and tells what it loaded after its first connection."""

FAILING = """EHLO me.example
MAIL FROM:<you@sandbox.test>
RCPT TO:<full@sandbox.test>
RCPT TO:<gone@sandbox.test>
FROBNICATE
AUTH PLAIN
STARTTLS
:assert tls.verified
< 299
"""


class Ended(NamedTuple):
    """How a run ended."""

    code: int | None
    out: str
    err: str

    @property
    def late(self) -> list[str]:
        """The modules that were loaded after the first connection."""
        line = next(one for one in self.err.splitlines() if one.startswith("loaded late: "))
        return [name for name in line.removeprefix("loaded late: ").split(", ") if name]


async def limited(files: int, *words: str) -> Ended:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", CHILD, str(files), *words),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    return Ended(process.returncode, out.decode(), err.decode())


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    folder = tmp_path / "scripts"
    folder.mkdir()
    for number in range(80):
        (folder / f"{number}.smtp").write_text(FAILING)
    return folder


@pytest.fixture
def closed() -> str:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{taken.getsockname()[1]}"


@pytest.mark.real_time
async def test_many_scripts_under_a_low_limit_are_told_and_fail_for_their_own_reasons(
    scripts: Path, closed: str
) -> None:
    words = ("--script", str(scripts), "--jobs", "256", "--format", "json")
    async with PracticeServer() as server:
        there = await limited(64, *words, "--continue", f"{server.host}:{server.port}")
    away = await limited(64, *words, closed)
    for done, code in ((there, 1), (away, 4)):
        assert done.code == code, done.err
        assert (
            "warning: --jobs 80: reduced to 6, as at most 64 files may be open (ulimit -n)"
            in done.err
        )
        assert done.late == []
        assert "internal" not in done.out + done.err
    assert "Too many open files" not in there.out


@pytest.mark.real_time
async def test_a_list_under_a_low_limit_is_told_and_each_target_has_its_own_reason(
    tmp_path: Path, closed: str
) -> None:
    path, output = tmp_path / "list.txt", tmp_path / "out.jsonl"
    port = closed.partition(":")[2]
    path.write_text("".join(f"127.0.0.{number}:{port}\n" for number in range(1, 101)))
    done = await limited(64, "starttls", "-i", str(path), "--jobs", "256", "-o", str(output))
    assert done.code == 4, done.err
    assert (
        "warning: --jobs 256: reduced to 13, as at most 64 files may be open (ulimit -n)"
        in done.err
    )
    assert done.late == []
    found = [json.loads(line) for line in output.read_text().splitlines()]
    assert len(found) == 100
    assert {one["exit_code"] for one in found} == {4}
    assert {each["id"] for one in found for each in one["findings"]} == {"conn.refused"}


@pytest.mark.real_time
async def test_a_script_with_more_connections_than_may_be_open_fails_in_words(
    tmp_path: Path,
) -> None:
    script = tmp_path / "on.smtp"
    script.write_text("".join(f":on c{n}\n:connect\nEHLO me.example\n" for n in range(60)))
    async with PracticeServer() as server:
        done = await limited(40, "--script", str(script), f"{server.host}:{server.port}")
    assert done.code == 4, done.err
    assert "too many open files" in done.out
    assert done.late == []


@pytest.mark.real_time
async def test_one_of_all_fits_under_any_limit_that_lets_python_start(
    tmp_path: Path, closed: str
) -> None:
    script = tmp_path / "one.smtp"
    script.write_text("QUIT\n")
    for words in (["--script", str(script), closed], ["starttls", closed]):
        assert (await limited(12, *words)).code == 4


@pytest.mark.real_time
async def test_a_practice_server_in_a_crowd_says_so_once_and_serves_on() -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", CHILD, "40", "sandbox"),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    port = 0
    while not port:
        line = (await process.stdout.readline()).decode()
        if found := re.search(r"smtp +127\.0\.0\.1:([0-9]+)", line):
            port = int(found[1])
    crowd = [socket.create_connection(("127.0.0.1", port)) for _ in range(60)]
    while (await process.stdout.readline()).find(b"#3 opened") < 0:
        pass
    for one in crowd:
        one.close()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    assert (await reader.readline()).startswith((b"220", b"421"))
    writer.close()
    process.terminate()
    _, err = await process.communicate()
    assert process.returncode == 143
    assert b"Traceback" not in err
    assert err.count(b"clients wait, as the limit on open files is reached") <= 1


@pytest.mark.parametrize(
    ("soft", "hard", "jobs", "fit"),
    [
        (1024, 1024, 256, (256, QUESTIONS, 1024)),
        (64, 64, 256, (13, 13, 64)),
        (64, 600, 256, (256, QUESTIONS, 600)),
        (64, resource.RLIM_INFINITY, 256, (256, QUESTIONS, 600)),
        (resource.RLIM_INFINITY, resource.RLIM_INFINITY, 256, (256, QUESTIONS, 600)),
        (20, 20, 256, (1, 4, 20)),
        (20, 20, 1, (1, 4, 20)),
    ],
)
def test_what_fits_is_counted_and_a_soft_limit_is_raised(
    soft: int, hard: int, jobs: int, fit: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (soft, hard))
    monkeypatch.setattr(resource, "setrlimit", lambda _, pair: given.append(pair))
    assert fitting(jobs, 2) == fit
    assert bool(fitting(jobs, 2).remark(jobs)) == (fit[0] < jobs)
    assert all(pair == (fit[2], hard) for pair in given)


def test_a_limit_that_may_not_be_raised_is_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr(resource, "getrlimit", lambda _: (64, 4096))
    monkeypatch.setattr(resource, "setrlimit", refused)
    assert fitting(256, 2).limit == 64


def test_the_connections_of_a_script_are_counted_by_their_names() -> None:
    one = parse("EHLO a\n:on b\n:connect\n:on c\n:connect\n:on b\nQUIT\n", "t")
    assert connections_of(one) == 3
    assert connections_of(parse("EHLO a\n", "t")) == 1


@pytest.mark.real_time
async def test_a_practice_server_without_room_for_a_port_says_so(tmp_path: Path) -> None:
    file = tmp_path / "s.smtp"
    file.write_text("QUIT\n")
    for files in range(5, 14):
        done = await limited(files, "--no-config", "--script", str(file), "--sandbox")
        assert "internal error" not in done.err, done.err
        if "cannot listen" in done.err:
            assert "raise the limit on open files (ulimit -n)" in done.err
            return
    pytest.fail("never without room for a port")


SEND = ("--to", "bob@sandbox.test", "--from", "me@client.example", "--body", "x", "--tls")


@pytest.mark.real_time
@pytest.mark.parametrize("files", [4, 5, 6, 7, 8])
async def test_what_this_machine_lacks_is_never_a_result_about_a_server(
    files: int, tmp_path: Path
) -> None:
    script = tmp_path / "s.smtp"
    script.write_text("EHLO me.example\nSTARTTLS\nEHLO me.example\nQUIT\n")
    async with PracticeServer() as server:
        at, trust = f"127.0.0.1:{server.port}", ("--ca-file", str(server.ca_file))
        done = await asyncio.gather(
            limited(files, "--no-config", *trust, "--script", str(script), at),
            limited(files, "send", "--no-config", *trust, *SEND, "--server", at),
            limited(files, "starttls", "--no-config", *trust, at),
            limited(
                *(files, "why", "bob@sandbox.test", "--no-config", *trust, "--from", "a@b.example"),
                *("--via", "submission", at, "--resolver", "127.0.0.1:1"),
            ),
            limited(files, "mcp"),
        )
    for one in done:
        told = (one.out + one.err).lower()
        assert "internal error" not in told
        assert "never awaited" not in told
        assert "exception ignored" not in told
        assert "the server closed the connection" not in told
        # below what the interpreter itself needs the words are its own
        assert files == 4 or "traceback" not in told, told
        if "too many open files" in told and files > 4:
            assert one.code == 4, told
