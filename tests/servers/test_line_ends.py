"""Line ends that servers read in different ways: what goes out, is recorded, and is explained.

None of them can be taken for the end of a message.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.knowledge.annotate import annotate
from smtpprobe.knowledge.annotation import Cause
from smtpprobe.protocol.events import Sent
from smtpprobe.protocol.redact import Secrets
from smtpprobe.protocol.reply import Severity
from smtpprobe.protocol.session import exchanges
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.recordings.capture import Capture
from smtpprobe.script.recordings.load import load_recording
from smtpprobe.script.recordings.recorder import Recorder
from smtpprobe.script.runner.run_settings import RunSettings
from smtpprobe.script.runner.runner import Runner
from tests.script.recordings.captured import streams
from tests.servers.exim import Exim
from tests.servers.postfix import Postfix

SCRIPT = r"""< 220
EHLO probe.test
MAIL FROM:<me@probe.test>
< 250
RCPT TO:<{to}>
< 250
> DATA
< 354
:raw "Subject: line ends\r\n\r\nbefore\r\n" {odd} "after\r\n"
:raw "\r\n.\r\n"
< any
<* any
QUIT
<* any
"""

ODD = {
    "bare LF": r'"a\nb\r\n"',
    "bare CR": r'"a\rb\r\n"',
    "NUL": r'hex"61 00 62" "\r\n"',
    "8-bit": r'hex"e9 ff" "\r\n"',
}


async def tried(host: str, port: int, to: str, odd: str, folder: Path) -> None:
    """Send a message with an odd line end in it; look at what was recorded and explained."""
    client = Client(ConnectOptions())
    capture = Capture(str(folder / "call.pcap"), lambda _: None, Secrets())
    capture.follow(client)
    recorder = Recorder(client, str(folder / "call.smtp"))
    script = parse(SCRIPT.format(to=to, odd=odd), "t.smtp")
    settings = RunSettings("probe.test", Target(TargetKind.ADDRESS, host, port), timeout=60.0)
    await Runner(client, script, settings).run()
    sent = b"".join(e.command.raw for e in client.events if isinstance(e, Sent))
    await client.close()
    recorder.close()
    capture.close()

    recorded = load_recording(str(folder / "call.smtp")).events
    again = b"".join(e.command.raw for e in recorded if isinstance(e, Sent))
    assert again == sent
    assert parse((folder / "call.smtp").read_bytes(), "call.smtp")
    (stream,) = streams((folder / "call.pcap").read_bytes())
    assert stream.sent == sent
    refused = [one for one in exchanges(recorded) if one.reply.severity is Severity.PERMANENT]
    assert [one.reply.text for one in refused if annotate(one).cause is Cause.UNKNOWN] == []
    assert [one for one in refused if one.context is None] == []


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
async def test_postfix_gets_them_as_written(odd: str, postfix: Postfix, tmp_path: Path) -> None:
    await tried(postfix.host, postfix.ports.smtp, "postmaster@lab.test", odd, tmp_path)


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
async def test_exim_gets_them_as_written(odd: str, exim: Exim, tmp_path: Path) -> None:
    await tried(exim.host, exim.port, "postmaster@lab.test", odd, tmp_path)
