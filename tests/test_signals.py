"""Signals that whoever started the program had it ignore, as `nohup` and a shell's `&` do."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import pytest

from smtpprobe.sandbox.faults import Await, Hang, Hear, Say, serve
from tests.repl.pty_stage import PROGRAM, program
from tests.repl.stage import GREETING
from tests.repl.test_pty import CTRL_C, CTRL_D, NAME

pytestmark = pytest.mark.real_time

SIGNALS = {"INT": signal.SIGINT, "HUP": signal.SIGHUP, "TERM": signal.SIGTERM}


def deaf(name: str, *words: str) -> tuple[str, ...]:
    """The words that run the program with a signal ignored."""
    return "/bin/sh", "-c", f'trap "" {name}; exec "$@"', "sh", str(PROGRAM), *words


async def started(*command: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *command, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE
    )


@pytest.mark.parametrize("name", SIGNALS)
async def test_a_script_goes_on_to_its_end(name: str, tmp_path: Path) -> None:
    (tmp_path / "one.smtp").write_text("NOOP\n< 250\n")
    signalled = asyncio.Event()
    server = (GREETING, Hear(b"NOOP"), Await(signalled), Say(b"250 ok\r\n"), Hang())
    async with serve(server) as listening:
        words = ("--script", str(tmp_path / "one.smtp"), f"127.0.0.1:{listening.port}")
        process = await started(*deaf(name, *words))
        await listening.until_heard(b"NOOP")
        process.send_signal(SIGNALS[name])
        signalled.set()
        assert await process.wait() == 0


async def test_the_practice_server_goes_on_after_ctrl_c_and_ends_as_told() -> None:
    process = await started(*deaf("INT", "sandbox"))
    assert process.stdout is not None
    welcome = await process.stdout.readuntil(b"then HELP")
    process.send_signal(signal.SIGINT)
    port = int(welcome.split(b"127.0.0.1:")[1].split()[0])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    assert (await reader.readline()).startswith(b"220 ")
    writer.close()
    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 143


@pytest.mark.parametrize("words", [(), ("--plain",)])
async def test_the_prompt_takes_ctrl_c_all_the_same(words: tuple[str, ...], tmp_path: Path) -> None:
    command, *rest = deaf("INT", "--sandbox", *words, *NAME)
    async with program(tmp_path, *rest, command=command) as pty:
        await pty.until_prompt("127.0.0.1 greeted> ")
        pty.type(":close\r")
        await pty.until_prompt("offline> ")
        pty.type(CTRL_C)
        await pty.until("press Ctrl-C again")
        pty.type(CTRL_D)
        assert await pty.exit_code() == 0
