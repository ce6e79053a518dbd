from __future__ import annotations

import asyncio
import os
import signal
import stat
import sys
from pathlib import Path

import pytest

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.errors import UsageError
from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.redact import Secrets
from smtpprobe.repl.wait import reply_to
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Close, Hang, Hear, Say, StartTls, Step
from smtpprobe.script.recordings.capture import Capture
from tests.net.stage import server_side
from tests.script.recordings.captured import FIN, streams
from tests.script.runs import GREETING, host

PASSWORD = "AGJvYgBodW50ZXIyMg=="
LOGIN: list[Step] = [GREETING, Hear(b"AUTH"), Say(b"535 no: hunter22\r\n"), Hang()]


async def captured(
    path: Path, script: list[Step], *lines: str, keeps_secrets: bool = False
) -> list[str]:
    """Send lines, each after the reply to the one before, and capture it; return what was said."""
    said: list[str] = []
    capture = Capture(str(path), said.append, Secrets(), keeps_secrets=keeps_secrets)
    async with faults.serve(script) as server:
        client = Client(ConnectOptions(family=4))
        capture.follow(client)
        await client.open(host(server.port))
        for line in lines:
            command = read_line(line, client.state.phase)
            await (client.send(command) if line == "STARTTLS" else reply_to(client, command))
        await client.close()
    capture.close()
    return said


async def test_it_is_for_its_owner_and_says_which_port_is_shown_as_25(tmp_path: Path) -> None:
    said = await captured(tmp_path / "a.pcap", [GREETING, Hear(b"QUIT"), Say(b"221 x\r\n")], "QUIT")
    assert stat.S_IMODE((tmp_path / "a.pcap").stat().st_mode) == 0o600
    assert len(said) == 1
    assert said[0].endswith("is shown as 25, which Wireshark reads as SMTP")
    (stream,) = streams((tmp_path / "a.pcap").read_bytes())
    assert (stream.sent, stream.received) == (b"QUIT\r\n", b"220 mx.example ESMTP\r\n221 x\r\n")


async def test_one_that_exists_is_continued(tmp_path: Path) -> None:
    for _ in range(2):
        await captured(tmp_path / "a.pcap", [GREETING, Hang()])
    assert len(streams((tmp_path / "a.pcap").read_bytes())) == 2


@pytest.mark.parametrize(
    ("held", "why"),
    [
        (b"220 mx.example ESMTP\r\n" * 9, "is not a capture of smtpprobe's"),
        (b"short", "is not a capture of smtpprobe's"),
        (b"cut", "ends in the middle of a packet"),
        (b"cut in its head", "ends in the middle of a packet"),
    ],
)
async def test_a_file_that_cannot_be_continued_is_left_alone(
    held: bytes, why: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.pcap"
    if held.startswith(b"cut"):
        await captured(path, [GREETING, Hang()])
        whole = path.read_bytes()
        # the last packet is a bare ACK: 40 octets and the 16 before them
        held = whole[:-3] if held == b"cut" else whole[:-45]
    path.write_bytes(held)
    with pytest.raises(UsageError, match=why):
        Capture(str(path), print, Secrets())
    assert path.read_bytes() == held


async def test_a_folder_that_is_not_there_is_told_before_anything_is_sent(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot write the capture"):
        Capture(str(tmp_path / "no" / "a.pcap"), print, Secrets())


async def test_passwords_are_blotted_out_octet_for_octet(tmp_path: Path) -> None:
    await captured(tmp_path / "a.pcap", LOGIN, f"AUTH PLAIN {PASSWORD}")
    octets = (tmp_path / "a.pcap").read_bytes()
    assert PASSWORD.encode() not in octets
    assert b"hunter22" not in octets
    (stream,) = streams(octets)
    assert stream.sent == b"AUTH PLAIN " + b"*" * len(PASSWORD) + b"\r\n"
    assert stream.received.endswith(b"535 no: ********\r\n")


async def test_passwords_stay_where_that_is_asked_for(tmp_path: Path) -> None:
    await captured(tmp_path / "a.pcap", LOGIN, f"AUTH PLAIN {PASSWORD}", keeps_secrets=True)
    (stream,) = streams((tmp_path / "a.pcap").read_bytes())
    assert stream.sent == f"AUTH PLAIN {PASSWORD}\r\n".encode()
    assert stream.received.endswith(b"535 no: hunter22\r\n")


async def test_what_was_said_inside_tls_is_there_in_clear(tmp_path: Path) -> None:
    script: list[Step] = [
        GREETING, Hear(b"STARTTLS"), Say(b"220 go\r\n"), StartTls(server_side()),
        Hear(b"NOOP"), Say(b"250 inside\r\n"), Close(),
    ]  # fmt: skip
    await captured(tmp_path / "a.pcap", script, "STARTTLS", "NOOP")
    clear, inside = streams((tmp_path / "a.pcap").read_bytes())
    assert clear.sent == b"STARTTLS\r\n"
    assert (inside.sent, inside.received) == (b"NOOP\r\n", b"250 inside\r\n")


async def test_octets_of_an_unfinished_reply_are_there_after_a_second_and_only_once(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.pcap"
    capture = Capture(str(path), lambda _: None, Secrets())
    more = asyncio.Event()
    script: list[Step] = [
        GREETING, Say(b"250-begun\r\n250-go"), faults.Await(more), Say(b"es on\r\n250 x\r\n"),
        Hang(),
    ]  # fmt: skip
    async with faults.serve(script) as server:
        client = Client(ConnectOptions(family=4))
        capture.follow(client)
        await client.open(host(server.port))
        await asyncio.sleep(2.5)
        (stream,) = streams(path.read_bytes())
        assert stream.received.endswith(b"250-begun\r\n250-go")
        more.set()
        await asyncio.sleep(0.1)
        await client.close()
    capture.close()
    (stream,) = streams(path.read_bytes())
    assert stream.received == b"220 mx.example ESMTP\r\n250-begun\r\n250-goes on\r\n250 x\r\n"


async def test_it_begins_within_a_session_too(tmp_path: Path) -> None:
    async with faults.serve([GREETING, Hear(b"NOOP"), Say(b"250 ok\r\n"), Hang()]) as server:
        client = Client(ConnectOptions(family=4))
        await client.open(host(server.port))
        capture = Capture(str(tmp_path / "a.pcap"), lambda _: None, Secrets())
        capture.follow(client)
        await reply_to(client, read_line("NOOP", client.state.phase))
        local = client.local
        await client.close()
    capture.close()
    (stream,) = streams((tmp_path / "a.pcap").read_bytes())
    assert f"{stream.client[0]}:{stream.client[1]}" == local
    assert (stream.sent, stream.received, stream.ended) == (b"NOOP\r\n", b"250 ok\r\n", (FIN, FIN))


async def test_a_full_disk_ends_the_capture_and_not_the_session(tmp_path: Path) -> None:
    said: list[str] = []
    capture = Capture(str(tmp_path / "a.pcap"), said.append, Secrets())
    full = os.open("/dev/full", os.O_WRONLY)
    assert capture._file is not None
    assert capture._file._number is not None
    os.dup2(full, capture._file._number)
    os.close(full)
    async with faults.serve([GREETING, Hang()]) as server:
        client = Client(ConnectOptions(family=4))
        capture.follow(client)
        await client.open(host(server.port))
        assert client.state.phase is Phase.CONNECTED
        await client.close()
    capture.close()
    assert len([text for text in said if "ends here: No space left on device" in text]) == 1


@pytest.mark.real_time
async def test_a_killed_program_leaves_a_capture_that_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.pcap"
    script: list[Step] = [GREETING, Hear(b"NOOP"), Say(b"250 ok\r\n"), Hang()]
    async with faults.serve(script) as server:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "smtpprobe", "--pcap", str(path), "--no-config",
            f"127.0.0.1:{server.port}",
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        assert process.stdin is not None
        process.stdin.write(b"NOOP\n:sleep 5m\n")
        process.stdin.write_eof()
        async with asyncio.timeout(60):
            while not path.exists() or b"250 ok" not in path.read_bytes():  # noqa: ASYNC110 - of another process
                await asyncio.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        await process.wait()
    (stream,) = streams(path.read_bytes())
    assert (stream.sent, stream.ended) == (b"NOOP\r\n", (0, 0))
    await captured(path, [GREETING, Hang()])
    assert len(streams(path.read_bytes())) == 2
