"""`smtpprobe sandbox --hostile`: which server is meant, and that it does what is said of it."""

from __future__ import annotations

import asyncio
import io
import signal
import socket

import pytest

from smtpprobe.cli.main import main
from smtpprobe.client import Client, ConnectOptions
from smtpprobe.errors import UsageError
from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.events import Received
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.sandbox.hostile.stages import Stage
from smtpprobe.sandbox.hostile.subcommand import read_hostility, serve_hostile


def test_without_a_stage_it_is_the_first_one() -> None:
    assert read_hostility("close").stage is Stage.GREETING
    assert read_hostility("tls-surplus").stage is Stage.STARTTLS
    assert read_hostility("taken-back@rcpt").stage is Stage.RCPT


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("taken-bak", "no hostile server is called 'taken-bak'", "did you mean taken-back?"),
        ("qqqqqq", "no hostile server is called 'qqqqqq'", "docs/hostile.md lists them"),
        ("tls-close@rcpt", "tls-close is not hostile at 'rcpt'", "stages: starttls"),
    ],
)
def test_what_is_not_in_the_catalogue_is_told(text: str, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as told:
        read_hostility(text)
    assert (told.value.message, told.value.hint) == (f"--hostile: {message}", hint)


@pytest.mark.real_time
async def test_every_client_meets_it_and_what_it_says_is_shown() -> None:
    out = io.StringIO()
    serving = asyncio.create_task(serve_hostile(read_hostility("taken-back@ehlo"), out=out))
    while "try" not in out.getvalue():  # noqa: ASYNC110 - the stream tells nobody
        await asyncio.sleep(0.01)
    port = int(out.getvalue().rsplit(":", 1)[1])
    heard: list[bytes] = []
    came = asyncio.Event()

    def take(happening: Happening) -> None:
        if isinstance(happening.event, Received):
            heard.append(happening.event.reply.raw)
            if heard[-1].startswith(b"550"):
                came.set()

    for _ in range(2):
        client = Client(ConnectOptions(family=4))
        client.subscribe(take)
        came.clear()
        await client.open(Target(TargetKind.HOST, "localhost", port))
        await client.send(read_line("EHLO me", Phase.CONNECTED))
        await asyncio.wait_for(came.wait(), 60)
        await client.close()
    assert heard.count(b"550 5.7.1 no\r\n") == 2
    signal.raise_signal(signal.SIGINT)
    assert await serving == 0
    assert "C: EHLO me" in out.getvalue()


@pytest.mark.parametrize("more", [(), ("--hostile", "close")])
def test_a_port_that_is_taken_is_told_alike(
    more: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["sandbox", "-p", str(port), *more]) == 2
    told = f"smtpprobe: cannot listen on 127.0.0.1 port {port}: address already in use\n"
    assert capsys.readouterr().err == told + "  port 0 takes any free one\n"
