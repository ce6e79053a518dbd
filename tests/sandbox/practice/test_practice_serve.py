"""`smtpprobe sandbox`: what it shows, and how it ends."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import smtplib
import subprocess
import sys
from pathlib import Path

import pytest

from smtpprobe.exits import ExitStatus
from smtpprobe.present.spans import text_of
from smtpprobe.sandbox.handler import Delivery
from smtpprobe.sandbox.notices import Note, NoteKind
from smtpprobe.sandbox.practice.recipients import SPECIALS
from smtpprobe.sandbox.practice.state import Credentials, Service
from smtpprobe.sandbox.screen import MESSAGE_LINES, note_lines, welcome
from smtpprobe.sandbox.subcommand import serve


def shown(kind: NoteKind, text: str = "", *, quiet: bool = False) -> list[str]:
    return [text_of(line) for line in note_lines(Note(7, kind, text), quiet=quiet)]


def test_the_welcome_tells_addresses_ca_credentials_and_recipients() -> None:
    ports = {service: 1000 + number for number, service in enumerate(Service)}
    text = "\n".join(map(text_of, welcome("::1", ports, "/tmp/x/ca.pem", Credentials())))
    assert all(f"[::1]:{port}" in text for port in ports.values())
    assert "/tmp/x/ca.pem" in text
    assert "probe@sandbox.test, password practice" in text
    assert all(f"{name}@" in text for name in SPECIALS)


@pytest.mark.parametrize(
    ("kind", "text", "line"),
    [
        (NoteKind.OPENED, "smtp from 127.0.0.1 port 9", "#7 opened: smtp from 127.0.0.1 port 9"),
        (NoteKind.HEARD, "EHLO \x1b[2J", "#7 C: EHLO \\x1b[2J"),
        (NoteKind.SAID, "250 2.0.0 Ok\r\n", "#7 S: 250 2.0.0 Ok"),
        (NoteKind.SAID, "250-a\r\n250 b\r\n", "#7 S: 250-a (the first of 2 lines)"),
        (NoteKind.SECURED, "TLSv1.3", "#7 secured: TLSv1.3"),
        (NoteKind.NOT_SECURED, "bad\n", "#7 handshake failed: bad\\x0a"),
        (NoteKind.DROPPED, "2 octets", "#7 discarded: 2 octets"),
        (NoteKind.MISSED, "VRFY \x07", "#7 not in this recording: VRFY \\x07"),
        (NoteKind.CLOSED, "", "#7 closed"),
    ],
)
def test_a_note_is_one_line_and_cannot_drive_the_terminal(
    kind: NoteKind, text: str, line: str
) -> None:
    assert shown(kind, text) == [line]


def test_quiet_shows_messages_and_trouble_only() -> None:
    loud = {kind for kind in NoteKind if shown(kind, "x", quiet=True)}
    assert loud == {NoteKind.NOT_SECURED, NoteKind.DROPPED, NoteKind.MISSED}


def test_a_message_is_shown_escaped_and_cut() -> None:
    text = b"Subject: \x1b[31m\xff\r\n\tx\r\n" + b"line\r\n" * MESSAGE_LINES
    note = Note(1, NoteKind.ACCEPTED, "", Delivery("Q1", "a@b", ("c@d", "e@f"), text, 999))
    lines = [text_of(line) for line in note_lines(note, quiet=True)]
    assert lines[0] == "#1 message Q1 from <a@b> to <c@d>, <e@f>, 999 octets"
    assert lines[1:3] == ["#1 | Subject: \\x1b[31m\\xff", "#1 |         x"]
    assert len(lines) == MESSAGE_LINES + 2
    assert lines[-1] == "#1 | ... the rest is not shown"


class Screen(io.StringIO):
    """Output that tells when it holds a text."""

    def __init__(self) -> None:
        super().__init__()
        self.written = asyncio.Event()

    def flush(self) -> None:
        self.written.set()

    async def until(self, text: str) -> None:
        async with asyncio.timeout(5):
            while text not in self.getvalue():
                self.written.clear()
                await self.written.wait()

    @property
    def port(self) -> int:
        return int(self.getvalue().split("127.0.0.1:")[1].split()[0])

    @property
    def ca_file(self) -> Path:
        return Path(self.getvalue().split("CA file")[1].split()[0])


@pytest.mark.parametrize(
    ("number", "status"),
    [(signal.SIGINT, ExitStatus.OK), (signal.SIGTERM, ExitStatus.TERMINATED)],
)
async def test_it_serves_until_it_is_told_to_stop(number: signal.Signals, status: int) -> None:
    out = Screen()
    serving = asyncio.create_task(serve(out=out))
    await out.until("then HELP")
    await asyncio.to_thread(_deliver, out.port)
    await out.until("#1 closed")
    os.kill(os.getpid(), number)
    assert await serving == status
    assert "#1 message " in out.getvalue()
    assert "#1 | hello" in out.getvalue()
    assert not out.ca_file.exists()


def _deliver(port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=60) as client:
        client.sendmail("me@client.example", ["you@sandbox.test"], "Subject: x\n\nhello\n")


def is_empty(folder: Path) -> bool:
    return not any(folder.iterdir())


async def test_ctrl_c_twice_and_before_the_welcome_still_clears_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    serving = asyncio.create_task(serve(out=io.StringIO()))
    await asyncio.sleep(0)  # it has begun: the certificate is being made
    os.kill(os.getpid(), signal.SIGINT)
    os.kill(os.getpid(), signal.SIGINT)
    assert await serving is ExitStatus.OK
    assert is_empty(tmp_path)


class Broken(Screen):
    """Output whose reader goes away after the welcome."""

    def write(self, text: str) -> int:
        if self.getvalue():
            raise BrokenPipeError
        return super().write(text)


async def test_output_that_cannot_be_written_ends_it() -> None:
    out = Broken()
    serving = asyncio.create_task(serve(out=out))
    await out.until("then HELP")
    _, writer = await asyncio.open_connection("127.0.0.1", out.port)
    assert await serving is ExitStatus.CANNOT_TELL
    writer.close()
    await writer.wait_closed()


def test_importing_the_server_loads_no_certificate_library() -> None:
    code = (
        "import smtpprobe.sandbox.subcommand, sys\n"
        "print({'trustme', 'cryptography'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "set()\n"
