"""A program as the server: spoken to, heard on both its outputs, and ended whatever it does."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path

import pytest

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.errors import ConnectFailed, UsageError
from smtpprobe.net import child
from smtpprobe.protocol.command import Command, read_line
from smtpprobe.protocol.events import By, Closed, Remarked
from smtpprobe.protocol.phase import Dialect, Phase
from smtpprobe.protocol.target import Target, TargetKind, parse_target
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Close, Say
from smtpprobe.script.results.connect_errors import unconnected
from tests.net.stage import Log, a_client, exchange
from tests.servers.exim import Exim

pytestmark = pytest.mark.real_time

SERVER = """
import os, sys, time
say = lambda text: (sys.stdout.write(text), sys.stdout.flush())
def hear():
    line = sys.stdin.readline()
    if not line:
        sys.exit(0)
    return line
with open({pid!r}, "w") as file:
    file.write(str(os.getpid()))
{body}
"""
ORDERLY = 'say("220 mx ESMTP\\r\\n")\nwhile hear()[:4] != "QUIT": say("250 ok\\r\\n")\n'


class Program:
    """A program in a file, and where it leaves the number of its process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, body: str) -> Target:
        pid, file = self._folder / "pid", self._folder / "server.py"
        file.write_text(SERVER.format(pid=str(pid), body=body))
        return parse_target(f"pipe:{sys.executable} {file}")

    @property
    def runs(self) -> bool:
        """Whether it runs, or has ended and was not reaped."""
        try:
            os.kill(int((self._folder / "pid").read_text()), 0)
        except ProcessLookupError:
            return False
        return True


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


async def ended(log: Log) -> Closed:
    return await log.until_event(Closed)


async def test_a_session_with_a_program_ends_with_its_status(program: Program) -> None:
    body = ORDERLY + 'say("221 bye\\r\\n")\nsys.exit(3)\n'
    async with a_client() as (client, log):
        await client.open(program(body))
        assert (await exchange(client, log, "EHLO me.example")).reply.code == 250
        assert (await exchange(client, log, "QUIT")).reply.code == 221
        closed = await ended(log)
        assert closed.by is By.THEM
        assert closed.reason.endswith("exited with status 3")
    assert not program.runs


async def test_what_it_writes_to_standard_error_is_told_in_order(program: Program) -> None:
    body = 'print("looking you up", file=sys.stderr, flush=True)\n' + ORDERLY
    body += 'print("half a line", end="", file=sys.stderr)\n'
    async with a_client() as (client, log):
        await client.open(program(body))
        await client.send(command("QUIT"))
        await ended(log)
        told = [event.text for event in log.events if isinstance(event, Remarked)]
        assert told == ["looking you up", "half a line"]


def command(text: str) -> Command:
    return read_line(text, Phase.READY)


async def test_one_that_dies_at_once_is_told_with_its_status(program: Program) -> None:
    target = program('print("no such port", file=sys.stderr)\nsys.exit(78)\n')
    async with a_client() as (client, log):
        with pytest.raises(ConnectFailed) as raised:
            await client.open(target)
        assert "closed before a greeting" in raised.value.message
        assert "exited with status 78" in raised.value.message
        assert [event.text for event in log.events if isinstance(event, Remarked)] == [
            "no such port"
        ]


async def test_one_that_is_killed_is_told_with_the_signal(program: Program) -> None:
    body = 'say("220 mx\\r\\n")\nhear()\nos.kill(os.getpid(), 9)\n'
    async with a_client() as (client, log):
        await client.open(program(body))
        await client.send(command("NOOP"))
        assert "was ended by SIGKILL" in (await ended(log)).reason
    assert not program.runs


async def test_one_that_floods_standard_error_costs_neither_lines_nor_memory(
    program: Program,
) -> None:
    body = 'sys.stderr.write("x" * 5_000_000 + "\\n")\n'
    body += 'sys.stderr.write("y\\n" * 100_000)\nsys.stderr.flush()\n' + ORDERLY
    async with a_client() as (client, log):
        await client.open(program(body))
        assert (await exchange(client, log, "NOOP")).reply.code == 250
        await client.send(command("QUIT"))
        await ended(log)
        told = [event.text for event in log.events if isinstance(event, Remarked)]
    assert len(told) == child.MOST_LINES + 1
    assert max(map(len, told)) <= child.LINE_OCTETS + 4
    assert told[-1].endswith("more lines of standard error")


STUBBORN = (
    "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    'say("220 mx\\r\\n")\nwhile True: time.sleep(1)\n'
)


async def test_one_that_never_ends_is_ended(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "EXIT_SECONDS", 0.1)
    client = Client(ConnectOptions())
    await client.open(program(STUBBORN))
    await client.close()
    assert not program.runs


def until_gone(pid: Path) -> None:
    """Wait until a process has ended whose number is in a file."""
    number, end = int(pid.read_text()), time.monotonic() + 60
    while Path(f"/proc/{number}").exists() and time.monotonic() < end:
        time.sleep(0.01)
    assert not Path(f"/proc/{number}").exists()


async def test_what_it_left_running_ends_with_it(program: Program, tmp_path: Path) -> None:
    left = tmp_path / "left"
    body = (
        "if os.fork() == 0:\n"
        f"    open({str(left)!r}, 'w').write(str(os.getpid()))\n"
        "    while True: time.sleep(1)\n"
        f"while not os.path.exists({str(left)!r}): time.sleep(0.01)\n"
        'say("220 mx\\r\\n")\nhear()\n'
    )
    async with a_client() as (client, log):
        await client.open(program(body))
        await client.send(command("QUIT"))
        assert "exited with status 0" in (await ended(log)).reason
    await asyncio.to_thread(until_gone, left)


async def test_silence_in_place_of_a_greeting_ends_it_too(program: Program) -> None:
    client = Client(ConnectOptions()._replace(greeting_timeout=0.5))
    with pytest.raises(ConnectFailed, match="no greeting"):
        await client.open(program("while True: time.sleep(1)\n"))
    await client.close()
    assert not program.runs


@pytest.mark.parametrize(
    ("written", "told"),
    [("pipe:/nonexistent", "no such file"), ("pipe:/", "permission denied")],
)
async def test_what_cannot_be_started_says_why(written: str, told: str) -> None:
    with pytest.raises(ConnectFailed, match=told):
        await Client(ConnectOptions()).open(parse_target(written))


async def test_a_program_that_prints_nothing_is_not_given_the_five_minutes_of_a_server() -> None:
    target = parse_target("pipe:sleep 30")
    client = Client(ConnectOptions(greeting_timeout=0.2))
    with pytest.raises(ConnectFailed) as failed:
        await client.open(target)
    assert failed.value.hint.startswith("the program printed nothing")
    await client.close()  # a program that is not waited for outlives the loop of this test
    told = unconnected(failed.value, target, client.refused)
    assert told.help.startswith("the program printed nothing")


@pytest.mark.parametrize("written", ["pipe:sleep 30", "unix:/run/smtp", "lmtp+unix:/run/lmtp"])
async def test_a_source_address_for_what_has_none_is_a_usage_error(written: str) -> None:
    client = Client(ConnectOptions(bind=("127.0.0.1", 0)))
    with pytest.raises(UsageError, match="--bind has no effect"):
        await client.open(parse_target(written))


@pytest.mark.parametrize("written", ["pipe:", "pipe:  ", 'pipe:sh -c "echo'])
async def test_what_is_no_command_line_is_a_usage_error(written: str) -> None:
    with pytest.raises(UsageError):
        await Client(ConnectOptions()).open(parse_target(written))


def test_a_pipe_is_written_and_read_again() -> None:
    for written, dialect in (("pipe:exim -bh ::1", Dialect.SMTP), ("lmtp+pipe:x", Dialect.LMTP)):
        target = parse_target(written)
        assert (target.kind, target.dialect) == (TargetKind.PIPE, dialect)
        assert str(target) == written
        assert parse_target(str(target)) == target


async def test_the_next_connection_is_not_told_of_the_program_before(program: Program) -> None:
    async with a_client() as (client, log):
        await client.open(program(ORDERLY))
        async with faults.serve([Say(b"220 mx\r\n"), Close()]) as server:
            await client.open(Target(TargetKind.ADDRESS, "127.0.0.1", server.port))
            await log.until(lambda: len([e for e in log.events if isinstance(e, Closed)]) == 2)
        assert [e.reason for e in log.events if isinstance(e, Closed)][-1] == ""


async def test_exim_tells_what_it_would_do_with_mail_from_an_address(exim: Exim) -> None:
    target = parse_target(f"pipe:{exim.command} -bh 192.0.2.1")
    async with a_client() as (client, log):
        await client.open(target)
        assert (await exchange(client, log, "EHLO me.example")).reply.code == 250
        assert (await exchange(client, log, "MAIL FROM:<me@example.org>")).reply.code == 250
        refused = await exchange(client, log, "RCPT TO:<somebody@elsewhere.example>")
        assert refused.reply.code == 550
        assert (await exchange(client, log, "QUIT")).reply.code == 221
        assert (await ended(log)).reason.endswith("exited with status 0")
        remarks = [event.text for event in log.events if isinstance(event, Remarked)]
    assert any(remark.startswith(">>> ") for remark in remarks)
