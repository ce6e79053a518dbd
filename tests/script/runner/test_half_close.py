from __future__ import annotations

import asyncio
import socket
import ssl
from pathlib import Path

import pytest

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.exits import ExitStatus
from smtpprobe.protocol.events import HalfClosed
from smtpprobe.sandbox.faults import Close, Hang, Hear, Say, Step
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.recordings.load import load_recording
from smtpprobe.script.recordings.recorder import Recorder
from smtpprobe.script.results.results import ScriptResult
from smtpprobe.script.runner.run_settings import RunSettings
from smtpprobe.script.runner.runner import Runner
from tests.net.stage import server_side
from tests.script.runs import GREETING, host, outcome, run

VERSIONS = (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3)


async def test_nothing_can_be_sent_behind_it_and_that_is_said() -> None:
    server: list[Step] = [GREETING, Hang()]
    result = await run("< 220\n:shutdown\nNOOP\n", server)
    (told,) = outcome(result)
    assert "nothing more can be sent: our side is closed (:shutdown)" in told


async def in_tls(
    version: ssl.TLSVersion, script: str, *files: Path
) -> tuple[ScriptResult, list[bytes]]:
    """Run a script against a blocking OpenSSL server that reads to the end and then answers."""
    context = server_side(newest=version)
    context.minimum_version = version
    ends: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        serving = asyncio.to_thread(_read_to_the_end, listener, context, ends)
        task = asyncio.ensure_future(serving)
        client = Client(ConnectOptions(family=4, implicit_tls=True))
        recorders = [Recorder(client, str(file)) for file in files]
        settings = RunSettings("x", host(listener.getsockname()[1]), timeout=60.0)
        result = await Runner(client, parse(script, "t.smtp"), settings).run()
        await client.close()
        for recorder in recorders:
            recorder.close()
        await task
    return result, ends


def _read_to_the_end(listener: socket.socket, context: ssl.SSLContext, ends: list[bytes]) -> None:
    connection, _ = listener.accept()
    connection.settimeout(60)
    # a FIN without close_notify would be an error here
    with context.wrap_socket(connection, server_side=True, suppress_ragged_eofs=False) as inside:
        inside.sendall(b"220 mx.example ESMTP\r\n")
        while octets := inside.recv(1000):
            ends.append(octets)
        inside.sendall(b"250 read to the end\r\n")
        inside.unwrap()


@pytest.mark.real_time
@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.name)
async def test_inside_tls_close_notify_goes_out_and_replies_are_still_read(
    version: ssl.TLSVersion, tmp_path: Path
) -> None:
    script = '< 220\n> NOOP\n:shutdown\n< 250 "read to the end"\n< eof\n'
    result, heard = await in_tls(version, script, tmp_path / "call.smtp", tmp_path / "call.jsonl")
    assert (result.status, outcome(result)) == (ExitStatus.OK, ())
    assert b"".join(heard) == b"NOOP\r\n"
    assert "> NOOP\n:shutdown\n" in (tmp_path / "call.smtp").read_text()
    for name in ("call.smtp", "call.jsonl"):
        events = load_recording(str(tmp_path / name)).events
        assert [type(event) for event in events].count(HalfClosed) == 1


async def test_the_server_that_closes_too_is_taken_by_eof() -> None:
    server: list[Step] = [GREETING, Hear(b"QUIT"), Say(b"221 bye\r\n"), Close()]
    assert outcome(await run("< 220\n> QUIT\n:shutdown\n< 221\n< eof\n", server)) == ()
