"""Hostile servers are met, recorded, and met again: a client sees the same both times."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.errors import ConnectFailed
from smtpprobe.protocol.command import Command, body, exact_line, read_line
from smtpprobe.protocol.events import By, Closed, Event, Received, Secured
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.target import parse_target
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Close, Drip, Hang, Hear, Pause, Reset, Say, StartTls, Step
from smtpprobe.sandbox.replay.recorded_connection import recorded_connections
from smtpprobe.sandbox.replay.server import ReplayServer
from smtpprobe.script.recordings.read import read_recording
from smtpprobe.script.recordings.recorder import Recorder
from tests.net.stage import server_side

HELLO = Say(b"220 mx ESMTP\r\n")
QUIT = [Hear(b"QUIT"), Say(b"221 bye\r\n"), Close()]
GO = [Hear(b"STARTTLS"), Say(b"220 go\r\n")]
ASKED_FOR = [Hear(b"DATA"), Say(b"354 go\r\n")]

SERVERS: dict[str, tuple[list[Step], list[str]]] = {
    "no greeting but a farewell": ([Say(b"421 busy\r\n"), Close()], []),
    "a greeting cut in half": ([Say(b"220 mx ES"), Close()], []),
    "a defect in every line": (
        [Say(b"220-mx\n220 x\x1b[2J\x00\xff\r\n"), Hear(b"EHLO"),
         Say(b"250-a\n2502 b\r\n250 c\r\n"), *QUIT],
        ["EHLO x", "QUIT"],
    ),
    "an octet at a time": (
        [HELLO, Hear(b"EHLO"), Drip(b"250-a\r\n250 b\r\n", 0.001), *QUIT], ["EHLO x", "QUIT"],
    ),
    "two replies to one command": (
        [HELLO, Hear(b"NOOP"), Say(b"250 one\r\n250 two\r\n"), *QUIT], ["NOOP", "QUIT"],
    ),
    "a hang-up at a command": ([HELLO, Hear(b"MAIL"), Close()], ["MAIL FROM:<>"]),
    "a hang-up in a reply": ([HELLO, Hear(b"EHLO"), Say(b"250-a\r\n25"), Reset()], ["EHLO x"]),
    "a hang-up in the message": (
        [HELLO, *ASKED_FOR, Hear(b"Subject"), Close()], ["DATA", "=Subject: x", "=more"],
    ),
    "a refusal in the message": (
        [HELLO, *ASKED_FOR, Hear(b"Subject"), Say(b"552 too much\r\n"), Close()],
        ["DATA", "=Subject: x", "=more"],
    ),
    "a message that is never answered": (
        [HELLO, *ASKED_FOR, Hear(b"."), Close()], ["DATA", ".Subject: x"],
    ),
    "a long reply": (
        [HELLO, Hear(b"EHLO"), Say(b"250-" + b"x" * 200_000 + b"\r\n250 y\r\n"), *QUIT],
        ["EHLO x", "QUIT"],
    ),
    "a farewell after TLS": (
        [HELLO, *GO, StartTls(server_side()), Say(b"421 no more\r\n"), Close()], ["STARTTLS"],
    ),
    "plaintext behind the 220": (
        [HELLO, Hear(b"STARTTLS"), Say(b"220 go\r\n250 injected\r\n"), StartTls(server_side()),
         Hear(b"EHLO"), Say(b"250 y\r\n"), *QUIT],
        ["STARTTLS", "EHLO x", "QUIT"],
    ),
    "plaintext instead of ServerHello": (
        [HELLO, *GO, Pause(0.05), Say(b"454 no TLS today\r\n"), Hang()], ["STARTTLS"],
    ),
    "a hang-up instead of ServerHello": ([HELLO, *GO, Close()], ["STARTTLS"]),
    "no handshake behind a refusal": (
        [HELLO, Hear(b"STARTTLS"), Say(b"454 no\r\n"), *QUIT], ["STARTTLS", "QUIT"],
    ),
}  # fmt: skip


def command(line: str, phase: Phase) -> Command:
    if line.startswith("="):
        return exact_line(line[1:], phase)
    return body([line[1:]]) if line.startswith(".") else read_line(line, phase)


async def session(port: int, lines: list[str], transcript: Path | None = None) -> list[Event]:
    """Send lines, each when there is nothing more to come; return what happened."""
    client = Client(ConnectOptions(family=4, handshake_timeout=2.0))
    recorder = Recorder(client, str(transcript)) if transcript else None
    changed = asyncio.Event()
    client.subscribe(lambda _: changed.set())
    with suppress(ConnectFailed):  # no whole greeting came
        await client.open(parse_target(f"127.0.0.1:{port}"))
    await settled(client, changed)
    for line in lines:
        if client.state.phase is not Phase.CLOSED:
            await client.send(command(line, client.state.phase))
            await settled(client, changed)
    await client.close()
    if recorder:
        recorder.close()
    return list(client.events)


async def settled(client: Client, changed: asyncio.Event) -> None:
    """Wait until replies have come, and a little longer for what nobody asked for."""
    with suppress(TimeoutError):
        while client.state.phase is not Phase.CLOSED:
            changed.clear()
            async with asyncio.timeout(5 if client.state.awaiting else 0.1):
                await changed.wait()


def seen(events: list[Event]) -> tuple[object, ...]:
    """What a client can tell of a server: its octets, the handshake, who left first."""
    octets = b"".join(event.reply.raw for event in events if isinstance(event, Received))
    handshakes = [(e.tls.ok, e.surplus) for e in events if isinstance(e, Secured)]
    left = next((event.by for event in events if isinstance(event, Closed)), By.US)
    return octets, handshakes, left


@pytest.mark.parametrize("kind", ["smtp", "jsonl"])
@pytest.mark.parametrize("name", SERVERS)
async def test_it_is_met_again(name: str, kind: str, tmp_path: Path) -> None:
    steps, lines = SERVERS[name]
    path = tmp_path / f"call.{kind}"
    async with faults.serve(steps) as server:
        then = seen(await session(server.port, lines, path))
    recording = read_recording(await asyncio.to_thread(path.read_bytes))
    async with ReplayServer(recorded_connections(recording.events, recording.partial)) as server:
        assert seen(await session(server.port, lines)) == then
