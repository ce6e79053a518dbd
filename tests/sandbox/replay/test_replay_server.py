"""`smtpprobe sandbox --replay` with real clients: recorded here, met again there."""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from smtpprobe.cli.launch import connections_of
from smtpprobe.client import Client, ConnectOptions
from smtpprobe.exits import ExitStatus
from smtpprobe.present.spans import text_of
from smtpprobe.protocol.events import Received
from smtpprobe.protocol.target import parse_target
from smtpprobe.sandbox.notices import Note, NoteKind
from smtpprobe.sandbox.practice_server import PracticeServer
from smtpprobe.sandbox.replay.recorded_connection import RecordedConnection
from smtpprobe.sandbox.replay.server import ReplayServer
from smtpprobe.sandbox.replay.subcommand import replay_welcome
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.recordings.read import read_recording
from smtpprobe.script.recordings.recorder import Recorder
from smtpprobe.script.recordings.save import saved_script
from smtpprobe.script.results.results import ScriptResult
from smtpprobe.script.runner.run_settings import RunSettings
from smtpprobe.script.runner.runner import Runner
from tests.cli.test_cli import smtpprobe
from tests.repl.pty_stage import program
from tests.sandbox.dialogue import dialogue, trusting
from tests.servers.postfix import Postfix

PRACTICE = {"password": "practice"}

SESSION = """\
EHLO me.example
STARTTLS
EHLO me.example
AUTH LOGIN
cHJvYmVAc2FuZGJveC50ZXN0
cHJhY3RpY2U=
MAIL FROM:<probe@sandbox.test>
RCPT TO:<550-5.1.1@sandbox.test>
< 550
RCPT TO:<you@sandbox.test>
DATA
Subject: hi

..dot
.
MAIL FROM:<>
RCPT TO:<you@sandbox.test>
BDAT 7 LAST
hello
VRFY you
NOOP
QUIT
< 221
< eof
"""


async def run_recorded(
    script: str, port: int, ca_file: Path, transcript: Path | None = None
) -> tuple[ScriptResult, bytes]:
    """Run a script; return how it went and all that the server said."""
    client = Client(ConnectOptions(family=4, ca_file=str(ca_file)))
    recorder = Recorder(client, str(transcript)) if transcript else None
    target = parse_target(f"127.0.0.1:{port}")
    settings = RunSettings("me.example", target, secrets=PRACTICE)
    result = await Runner(client, parse(script, "t.smtp"), settings).run()
    if recorder:
        recorder.close()
    said = b"".join(e.reply.raw for e in client.events if isinstance(e, Received))
    return result, said


def connections_in(path: Path) -> tuple[RecordedConnection, ...]:
    return tuple(connections_of(read_recording(path.read_bytes(), path.name)))


@asynccontextmanager
async def replaying(path: Path, notes: list[Note] | None = None) -> AsyncIterator[ReplayServer]:
    server = ReplayServer(connections_in(path), on_note=notes.append if notes is not None else None)
    async with server:
        yield server


@pytest.mark.parametrize("name", ["call.smtp", "call.jsonl"])
async def test_a_recorded_session_is_met_again_octet_for_octet(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    async with PracticeServer() as server:
        result, said = await run_recorded(SESSION, server.submission_port, server.ca_file, path)
    assert result.status is ExitStatus.OK, result.failed
    notes: list[Note] = []
    async with replaying(path, notes) as server_again:
        again, said_again = await run_recorded(SESSION, server_again.port, server_again.ca_file)
    assert again.status is ExitStatus.OK, again.failed
    assert said_again == said
    assert not [note for note in notes if note.kind is NoteKind.MISSED]


SCRAM = "EHLO me.example\nSTARTTLS\nEHLO me.example\n:auth SCRAM-SHA-256 probe@sandbox.test{}\n"


@pytest.mark.parametrize(
    ("again", "status"), [(" --nonce abc", ExitStatus.OK), ("", ExitStatus.CHECK_FAILED)]
)
async def test_a_recorded_login_by_scram_is_met_again_with_its_nonce_and_proves_nothing_without(
    tmp_path: Path, again: str, status: ExitStatus
) -> None:
    path = tmp_path / "scram.smtp"
    async with PracticeServer() as server:
        script = SCRAM.format(" --nonce abc")
        result, said = await run_recorded(script, server.port, server.ca_file, path)
    assert result.status is ExitStatus.OK, result.failed
    async with replaying(path) as replay:
        script = SCRAM.format(again)
        result, said_again = await run_recorded(script, replay.port, replay.ca_file)
    assert result.status is status, result.failed
    assert (said_again == said) is (again != "")
    notes = " ".join(note for case in result.cases for note in case.notes)
    assert ("proved that it knows" if again else "proof (v=) is wrong") in notes


async def test_a_login_by_scram_is_saved_so_that_it_runs_against_server_and_replay(
    tmp_path: Path,
) -> None:
    path = tmp_path / "scram.smtp"
    client = Client(ConnectOptions(family=4))
    recorder = Recorder(client, str(path))
    async with PracticeServer() as server:
        target = parse_target(f"127.0.0.1:{server.port}")
        settings = RunSettings("me.example", target, secrets=PRACTICE)
        script = parse(SCRAM.format("") + "< 235\nNOOP\n", "t.smtp")
        result = await Runner(client, script, settings).run()
        assert result.status is ExitStatus.OK, result.failed
        recorder.close()
        saved = saved_script(client.events, "me.example").text
        assert ":secret password\n:auth SCRAM-SHA-256 probe@sandbox.test --nonce " in saved
        assert "practice" not in saved.replace("practice server", "")
        live, _ = await run_recorded(saved, server.port, server.ca_file)
        assert live.status is ExitStatus.OK, live.failed
    async with replaying(path) as replay:
        again, _ = await run_recorded(saved, replay.port, replay.ca_file)
    assert again.status is ExitStatus.OK, again.failed


@pytest.mark.servers
async def test_a_postfix_is_met_again(postfix: Postfix, tmp_path: Path) -> None:
    script = (
        "EHLO me.example\nSTARTTLS\nEHLO me.example\nMAIL FROM:<a@me.example>\n"
        "RCPT TO:<x@elsewhere.test>\n< 554\nRCPT TO:<alice@lab.test>\nDATA\nSubject: x\n\n.\n"
        "NOOP\nQUIT\n< 221\n< eof\n"
    )
    path = tmp_path / "postfix.smtp"
    client = Client(ConnectOptions(family=4, verify=False))
    recorder = Recorder(client, str(path))
    target = parse_target(f"{postfix.host}:{postfix.ports.smtp}")
    result = await Runner(client, parse(script, "t"), RunSettings("me.example", target)).run()
    recorder.close()
    assert result.status is ExitStatus.OK, result.failed
    said = b"".join(e.reply.raw for e in client.events if isinstance(e, Received))
    async with replaying(path) as server:
        again, said_again = await run_recorded(script, server.port, server.ca_file)
    assert again.status is ExitStatus.OK, again.failed
    assert said_again == said


async def test_clients_get_the_recorded_connections_in_turn_and_then_from_the_first(
    tmp_path: Path,
) -> None:
    path = tmp_path / "two.smtp"
    path.write_text(":connect [a.example]\n421 busy\n< eof\n:connect [a.example]\n220 hello\n")
    notes: list[Note] = []
    async with replaying(path, notes) as server:
        for expected in ("421 busy", "220 hello", "421 busy"):
            async with dialogue(server.port, greeted=False) as talk:
                assert await talk.line() == expected
                if expected.startswith("421"):
                    assert await talk.rest() == b""
    opened = [note.text for note in notes if note.kind is NoteKind.OPENED]
    assert [text.split(" from ")[0] for text in opened] == [
        "recorded connection 1 of 2,",
        "recorded connection 2 of 2,",
        "recorded connection 1 of 2, begun again,",
    ]


BESIDE = """\
220 main
EHLO a
250 main
:on b
:connect [b.example]
220 beside
:on main
NOOP
250 main
QUIT
221 main
< eof
:on b
QUIT
221 beside
< eof
:on main
:connect [a.example]
220 again
:close
"""


async def test_a_connection_beside_the_main_one_is_served_in_the_order_of_their_opening(
    tmp_path: Path,
) -> None:
    path = tmp_path / "two.smtp"
    path.write_text(BESIDE)
    assert [connection.name for connection in connections_in(path)] == ["", "b", ""]
    async with (
        replaying(path) as server,
        dialogue(server.port, greeted=False) as main,
        dialogue(server.port, greeted=False) as beside,
        dialogue(server.port, greeted=False) as again,
    ):
        assert await main.line() == "220 main"
        assert await beside.line() == "220 beside"
        assert await again.line() == "220 again"
        assert await beside.ask("QUIT") == "221 beside"
        assert await main.ask("NOOP") == "250 main"


async def test_the_screen_names_the_connections_of_a_script(tmp_path: Path) -> None:
    path = tmp_path / "two.smtp"
    path.write_text(BESIDE)
    lines = replay_welcome("two.smtp", connections_in(path), "127.0.0.1", 25, "ca.pem")
    told = [text_of(line).removeprefix("  connection").strip() for line in lines]
    assert [text for text in told if text[:1].isdigit()] == [
        "1: 4 replies", "2: 2 replies of b.example, :on b", "3: 1 reply of a.example",
    ]  # fmt: skip


async def test_two_clients_at_a_time_do_not_disturb_each_other(tmp_path: Path) -> None:
    path = tmp_path / "call.smtp"
    path.write_text("220 x\nEHLO a\n250 y\nNOOP\n250 z\n")
    async with (
        replaying(path) as server,
        dialogue(server.port, greeted=False) as one,
        dialogue(server.port, greeted=False) as other,
    ):
        assert [await one.line(), await other.line()] == ["220 x", "220 x"]
        assert await other.ask("NOOP") == "250 z"
        assert await one.ask("EHLO x") == "250 y"
        assert await one.ask("NOOP") == "250 z"


async def test_the_certificate_holds_the_recorded_name_and_tls_at_once_is_kept(
    tmp_path: Path,
) -> None:
    path = tmp_path / "call.smtp"
    path.write_text(
        ':connect smtps://mx1.example.net\n# tls {"ok": true}\n220 inside\nQUIT\n221 bye\n< eof\n'
    )
    async with replaying(path) as server:
        context = trusting(server.ca_file)
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", server.port, ssl=context, server_hostname="mx1.example.net"
        )
        writer.write(b"QUIT\r\n")
        assert await reader.read() == b"220 inside\r\n221 bye\r\n"
        writer.close()


@pytest.mark.parametrize("host", ["a" * 64 + ".example", "--.example", "a_b.example", "/run/x", ""])
async def test_a_recorded_host_that_fits_no_certificate_is_left_out(
    tmp_path: Path, host: str
) -> None:
    path = tmp_path / "call.jsonl"
    path.write_text(
        f'{{"ev": "open", "host": "{host}"}}\n{{"ev": "reply", "text": "220 x\\r\\n"}}\n'
    )
    async with replaying(path) as server, dialogue(server.port, greeted=False) as talk:
        assert await talk.line() == "220 x"


async def test_smtplib_and_its_pipelining_kin_are_served(tmp_path: Path) -> None:
    path = tmp_path / "call.smtp"
    path.write_text(
        "220 x\nEHLO a\n250-y\n250 STARTTLS\nSTARTTLS\n220 go\nMAIL FROM:<a@b>\n250 ok\n"
        "RCPT TO:<c@d>\n250 ok\nDATA\n354 go\n\n.\n250 done\nQUIT\n221 bye\n"
    )

    def deliver(port: int, ca_file: Path) -> None:
        with smtplib.SMTP("localhost", port, timeout=60) as client:
            client.starttls(context=ssl.create_default_context(cafile=ca_file))
            client.docmd("MAIL", "FROM:<x@y>")
            assert client.docmd("VRFY", "x") == (500, b"5.5.1 not in this recording")
            assert client.rcpt("a@b") == (250, b"ok")
            assert client.data(b"Subject: x\n\n.dot\n") == (250, b"done")

    async with replaying(path) as server:
        await asyncio.to_thread(deliver, server.port, server.ca_file)


# the command itself


async def test_a_typed_session_is_replayed_by_the_command(tmp_path: Path) -> None:
    call = tmp_path / "call.smtp"
    async with (
        PracticeServer() as server,
        program(tmp_path, "--transcript", str(call), f"127.0.0.1:{server.port}") as prompt,
    ):
        await prompt.until("220 sandbox.test")
        await prompt.line("EHLO me.example", "CHUNKING")
        await prompt.line("VRFY you", "252")
        await prompt.line("QUIT", "221")
        prompt.type(":quit\r")
        await prompt.exit_code()
    async with program(tmp_path, "sandbox", "--replay", str(call)) as replay:
        await replay.until("address    127.0.0.1:")
        port = int(replay.text.split("127.0.0.1:")[1].split()[0])
        async with program(tmp_path, f"127.0.0.1:{port}") as prompt:
            await prompt.until("220 sandbox.test")
            await prompt.line("EHLO other.example", "CHUNKING")
            await prompt.line("EXPN x", "500 5.5.1 not in this recording")
            await prompt.line("VRFY anybody", "252")
            prompt.type("\x04")
            await prompt.exit_code()
        await replay.until("#1 not in this recording: EXPN x")
        replay.type("\x03")
        assert await replay.exit_code() == 0


@pytest.mark.parametrize(
    ("content", "words", "code", "said"),
    [
        (None, [], 3, "No such file"),
        ("DATA\nno end\n", [], 3, ":2:1: the message body never ends"),
        ('{"ev": "open"}\n{"ev\n{}\n', [], 3, ":2: not a JSON object"),
        ("EHLO x\n< 250\n", [], 3, ":2: the file contains no server reply"),
        ("", [], 3, "contains no server reply"),
        ("220 x\n", ["--timing"], 2, "has no timestamps"),
        ("220 x\n", ["--lmtp-port", "9"], 2, "is only for the practice server"),
        ("220 x\n", ["--host", "192.0.2.1"], 2, "loopback only"),
    ],
)
def test_what_cannot_be_replayed_is_said_with_its_place(
    tmp_path: Path, content: str | None, words: list[str], code: int, said: str
) -> None:
    path = tmp_path / "call.smtp"
    if content is not None:
        path.write_text(content)
    result = smtpprobe("sandbox", "--replay", str(path), *words)
    assert result.returncode == code
    assert said in result.stderr
    assert len(result.stderr.splitlines()) <= 2
    assert result.stdout == ""


def test_timing_without_a_recording_is_a_usage_error() -> None:
    result = smtpprobe("sandbox", "--timing")
    assert (result.returncode, result.stdout) == (2, "")
    assert "--replay FILE" in result.stderr
