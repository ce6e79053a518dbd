"""Captures as Wireshark reads them: the real tshark, unpacked."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path

import pytest

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.events import Opened, Sent
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.redact import Secrets
from smtpprobe.protocol.target import Target, TargetKind, parse_target
from smtpprobe.sandbox.practice_server import PracticeServer
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.recordings.capture import Capture
from smtpprobe.script.recordings.packets import HEADER, PacketTranscript
from smtpprobe.script.runner.run_settings import RunSettings
from smtpprobe.script.runner.runner import Runner
from tests.servers.lab import program

pytestmark = pytest.mark.real_time

SESSION = r"""< 220
EHLO client.example
STARTTLS
EHLO client.example
MAIL FROM:<a@client.example>
RCPT TO:<b@sandbox.test>
DATA
< 354
Subject: hello

text
.
< 250
:hold
MAIL FROM:<c@client.example>
RCPT TO:<unknown@sandbox.test>
:flush
< 250
< 550
QUIT
< 221
< eof
"""


def dissected(path: Path, *fields: str, only: str = "smtp") -> list[list[str]]:
    """Return these fields of each packet; a checksum that is wrong is an error of tshark's."""
    words = [word for field in fields for word in ("-e", field)]
    checks = ("-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE")
    done = subprocess.run(
        [*program("tshark"), "-n", "-r", str(path), *checks, "-Y", only, "-T", "fields", *words],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    return [line.split("\t") for line in done.stdout.splitlines()]


async def captured(path: Path, target: Target, script: str, **options: bool) -> None:
    client = Client(ConnectOptions(**options))  # type: ignore[arg-type]
    capture = Capture(str(path), lambda _: None, Secrets())
    capture.follow(client)
    settings = RunSettings("client.example", target, timeout=60.0)
    result = await Runner(client, parse(script, "t.smtp"), settings).run()
    await client.close()
    capture.close()
    assert not result.failed


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
async def test_a_session_with_starttls_is_smtp_from_end_to_end(
    address: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.pcap"
    async with PracticeServer(host=address) as server:
        await captured(path, Target(TargetKind.ADDRESS, address, server.port), SESSION)
    asked = dissected(path, "tcp.stream", "smtp.req.command", only="smtp.req.command")
    verbs = ["EHLO", "STAR", "EHLO", "MAIL", "RCPT", "DATA", "MAIL,RCPT", "QUIT"]
    assert [verb for _, verb in asked] == verbs
    assert [stream for stream, _ in asked] == ["0", "0", *"111111"]
    replies = dissected(path, "smtp.response.code", only="smtp.response.code")
    codes = ",".join(code for (code,) in replies).split(",")
    assert [code for at, code in enumerate(codes) if codes[at - 1 : at] != [code]] == [
        "220", "250", "220", "250", "354", "250", "550", "221",
    ]  # fmt: skip
    assert dissected(path, "imf.subject", only="imf") == [["hello"]]


async def test_nothing_in_it_is_malformed_or_missing(tmp_path: Path) -> None:
    path = tmp_path / "a.pcap"
    big = "x" * 900 + "\n"
    script = SESSION.replace("text\n", big * 500)
    async with PracticeServer() as server:
        await captured(path, Target(TargetKind.ADDRESS, server.host, server.port), script)
    wrong = (
        "tcp.analysis.flags && !tcp.analysis.reused_ports || _ws.malformed"
        " || tcp.checksum.status == 0 || ip.checksum.status == 0"
    )
    assert dissected(path, "frame.number", "_ws.col.Info", only=wrong) == []


async def test_a_unix_socket_is_shown_between_made_up_addresses(tmp_path: Path) -> None:
    folder = tmp_path / "s"

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 unix.example ESMTP\r\n")
        await reader.readline()
        writer.write(b"221 bye\r\n")
        writer.close()

    path = tmp_path / "a.pcap"
    async with await asyncio.start_unix_server(talk, str(folder)):
        await captured(path, parse_target(f"unix:{folder}"), "< 220\nQUIT\n< 221\n< eof\n")
    shown = dissected(path, "ip.src", "ip.dst", "smtp.req.command", only="smtp.req.command")
    assert shown == [["192.0.2.1", "192.0.2.2", "QUIT"]]


def test_a_capture_cut_off_within_a_packet_is_read_up_to_there(tmp_path: Path) -> None:
    transcript = PacketTranscript(1_700_000_000.0)
    opened = Opened(0.0, parse_target("[x]"), "x", 25, "192.0.2.9:25", "192.0.2.7:4000")
    octets = HEADER + transcript.write(opened)
    octets += transcript.write(Sent(1.0, read_line("QUIT", Phase.READY))) + transcript.settle()
    (tmp_path / "a.pcap").write_bytes(octets[:-20])
    done = subprocess.run(
        [*program("tshark"), "-n", "-r", str(tmp_path / "a.pcap")],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert "C: QUIT" in done.stdout
