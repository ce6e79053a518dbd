from __future__ import annotations

import asyncio
import errno
import json
import os
import signal
import sys
from pathlib import Path

import jsonschema
import pytest

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.errors import UsageError
from smtpprobe.exits import ExitStatus
from smtpprobe.present.transcript import HEADER
from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.events import Received, Sent
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.redact import Secrets
from smtpprobe.repl.wait import settled
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Hang, Hear, Say, Step
from smtpprobe.sandbox.practice_server import PracticeServer
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.recordings.builder import Recording
from smtpprobe.script.recordings.read import read_recording
from smtpprobe.script.recordings.recorder import Recorder
from smtpprobe.script.runner.run_settings import RunSettings
from smtpprobe.script.runner.runner import Runner
from tests.script.runs import GREETING, host, told

SCRIPT = (
    "EHLO x\nSTARTTLS\nEHLO x\nMAIL FROM:<>\nRCPT TO:<full@sandbox.test>\n< 4xx|5xx\n"
    "RCPT TO:<a@sandbox.test>\nDATA\nSubject: x\n\n:x\n.\nQUIT\n< 221\n< eof\n"
)


@pytest.fixture(params=["call.smtp", "call.jsonl"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / str(request.param)


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o777


def events_of(path: Path) -> Recording:
    return read_recording(path.read_bytes())


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


class Watched(Recorder):
    """Tells when something has been written."""

    def __init__(self, client: Client, path: str) -> None:
        self.wrote = asyncio.Event()
        super().__init__(client, path)

    def _append(self, text: str) -> None:
        super()._append(text)
        self.wrote.set()

    async def until(self, words: str) -> None:
        async with asyncio.timeout(5):
            while words not in text_of(Path(self.path)):
                self.wrote.clear()
                await self.wrote.wait()


async def test_a_live_session_is_recorded_and_read_back(path: Path) -> None:
    async with PracticeServer() as server:
        client = Client(ConnectOptions(family=4, ca_file=str(server.ca_file)))
        recorder = Recorder(client, str(path))
        settings = RunSettings("x", host(server.port))
        result = await Runner(client, parse(SCRIPT, "t"), settings).run()
        recorder.close()
    assert result.status is ExitStatus.OK, result.failed
    assert mode_of(path) == 0o600
    read = events_of(path).events
    assert [type(event) for event in read] == [type(event) for event in client.events]
    assert read[-2].reply == list(client.events)[-2].reply  # type: ignore[union-attr]


async def test_a_text_transcript_runs_green(tmp_path: Path) -> None:
    path = tmp_path / "call.smtp"
    async with PracticeServer() as server:
        client = Client(ConnectOptions(family=4, verify=False))
        recorder = Recorder(client, str(path))
        settings = RunSettings("x", host(server.port))
        await Runner(client, parse(SCRIPT, "t"), settings).run()
        recorder.close()
        again = Client(ConnectOptions(family=4, verify=True))
        script = parse(text_of(path), "call.smtp")
        result = await Runner(again, script, RunSettings("x")).run()
    assert result.status is ExitStatus.OK, (text_of(path), result.failed)
    assert len(result.checks) == 11


async def test_an_unwritable_path_is_told_before_anything_is_sent(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot write the transcript"):
        Recorder(Client(ConnectOptions()), str(tmp_path / "no" / "such.smtp"))


async def test_a_file_that_exists_is_continued(path: Path) -> None:
    for _ in range(2):
        Recorder(Client(ConnectOptions()), str(path)).close()
    text = text_of(path)
    assert text.count("# smtpprobe transcript 1") + text.count('"begin"') == 2


async def test_a_disk_that_fills_up_ends_the_recording_and_not_the_session(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told_: list[str] = []
    async with faults.serve(told((b"NOOP", b"250 ok\r\n"))) as server:
        client = Client(ConnectOptions(family=4))
        recorder = Recorder(client, str(path), told_.append)

        def full(_file: int, _octets: bytes) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, "write", full)
        settings = RunSettings("x", host(server.port))
        result = await Runner(client, parse("NOOP\n", "t"), settings).run()
        recorder.close()
    assert result.status is ExitStatus.OK
    assert told_ == [f"recording to {path} stopped: No space left on device"]


async def test_half_a_reply_is_written_within_the_patience(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("smtpprobe.script.recordings.recorder.PATIENCE", 0.02)
    half: list[Step] = [
        GREETING, Hear(b"NOOP"), Say(b"250-half"), Hear(b"x"), Say(b"\r\n250 x\r\n"), Hang(),
    ]  # fmt: skip
    async with faults.serve(half) as server:
        client = Client(ConnectOptions(family=4))
        recorder = Watched(client, str(path))
        await client.open(host(server.port))
        await client.send(read_line("NOOP", Phase.READY))
        await recorder.until("250-half")
        await client.send(read_line("x", Phase.READY))
        await recorder.until("250 x")
        recorder.close()
        await client.close()
    read = events_of(path)
    assert [event.reply.raw for event in read.events if isinstance(event, Received)] == [
        b"220 mx.example ESMTP\r\n", b"250-half\r\n250 x\r\n",
    ]  # fmt: skip
    assert read.partial == b""


async def test_octets_of_an_unfinished_reply_stand_once_however_much_is_sent_behind_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("smtpprobe.script.recordings.recorder.PATIENCE", 0.02)
    half: list[Step] = [GREETING, Hear(b"NOOP"), Say(b"250-half"), Hang()]
    async with faults.serve(half) as server:
        client = Client(ConnectOptions(family=4))
        recorder = Watched(client, str(path))
        await client.open(host(server.port))
        await client.send(read_line("NOOP", Phase.READY))
        await recorder.until("250-half")
        for _ in range(3):
            await client.send(read_line("RSET", Phase.READY))
            await asyncio.sleep(0.05)
        recorder.close()
        await client.close()
    assert events_of(path).partial == b"250-half"


async def test_a_data_line_is_written_within_the_patience(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("smtpprobe.script.recordings.recorder.PATIENCE", 0.02)
    path = tmp_path / "call.smtp"
    async with faults.serve(told((b"DATA", b"354 go\r\n"))) as server:
        client = Client(ConnectOptions(family=4))
        recorder = Watched(client, str(path))
        await client.open(host(server.port))
        await client.send(read_line("DATA", Phase.READY))
        await recorder.until("354 go")
        recorder.close()
        await client.close()
    assert "\n> DATA\n" in text_of(path)


CHILD = """
import asyncio, sys
from smtpprobe.client import Client, ConnectOptions
from smtpprobe.protocol.target import parse_target
from smtpprobe.script.recordings import recorder
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.recordings.recorder import Recorder
from smtpprobe.script.runner.runner import Runner
from smtpprobe.script.runner.run_settings import RunSettings

recorder.PATIENCE = 0.1

async def main() -> None:
    client = Client(ConnectOptions(family=4))
    for path in sys.argv[2:]:
        Recorder(client, path)
    script = parse("EHLO x\\nMAIL FROM:<>\\nRSET\\n", "t")
    await Runner(client, script, RunSettings("x", parse_target(sys.argv[1]))).run()

asyncio.run(main())
"""


@pytest.mark.real_time
async def test_a_killed_program_leaves_whole_transcripts(tmp_path: Path) -> None:
    paths = [tmp_path / "call.smtp", tmp_path / "call.jsonl"]
    server = [
        GREETING, Hear(b"EHLO"), Say(b"250 mx\r\n"), Hear(b"MAIL"), Say(b"250 ok\r\n"),
        Hear(b"RSET"), Hang(),
    ]  # fmt: skip
    async with faults.serve(server) as listening:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-c", CHILD, f"localhost:{listening.port}", *map(str, paths)
        )
        async with asyncio.timeout(60):
            await listening.until_heard(b"RSET")
            while "RSET" not in text_of(paths[0]):  # noqa: ASYNC110 - a file tells nobody
                await asyncio.sleep(0.02)
        os.kill(child.pid, signal.SIGKILL)
        await child.wait()
    for path in paths:
        kinds = [type(event).__name__ for event in events_of(path).events]
        assert kinds == ["Opened", "Received", *["Sent", "Received"] * 2, "Sent"]
    assert all(json.loads(line)["v"] == 1 for line in text_of(paths[1]).splitlines())


async def test_a_full_disk_at_the_beginning_is_said_before_anything_is_sent() -> None:
    client = Client(ConnectOptions())
    with pytest.raises(UsageError, match="cannot write the transcript /dev/full: No space left"):
        Recorder(client, "/dev/full")


@pytest.mark.parametrize("bad", ["/dev/full", "/nonexistent/call.jsonl"])
async def test_a_recorder_that_could_not_begin_does_not_listen(bad: str) -> None:
    async with faults.serve(told((b"NOOP", b"250 ok\r\n"))) as server:
        client = Client(ConnectOptions(family=4))
        with pytest.raises(UsageError):
            Recorder(client, bad)
        settings = RunSettings("x", host(server.port))
        result = await Runner(client, parse("NOOP\n", "t"), settings).run()
    assert result.status is ExitStatus.OK


# -- a stream of events, cases and connections


SCHEMA = Path(__file__).parents[3] / "docs" / "schemas" / "events-1.json"
EVENTS = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


async def streamed(script: str, *servers: list[Step]) -> list[dict[str, object]]:
    lines: list[str] = []
    async with faults.serve(*servers) as server:
        client = Client(ConnectOptions(family=4))
        recorder = Recorder(client, lines.append, file="t.smtp")

        def another(name: str) -> Client:
            found = Client(ConnectOptions(family=4))
            recorder.follow(name, found)
            return found

        runner = Runner(
            client, parse(script, "t.smtp"), RunSettings("x", host(server.port)),
            new_client=another, on_begin=recorder.begin_case, on_end=recorder.end_case,
        )  # fmt: skip
        result = await runner.run()
        recorder.note("end", result.plain())
        recorder.close()
    assert all(line.endswith("\n") and line.count("\n") == 1 for line in lines if line)
    found = [json.loads(line) for line in lines if line]
    for one in found:
        EVENTS.validate(one)
    return found


async def test_events_can_be_streamed_to_a_function_with_checks_and_end() -> None:
    found = await streamed("NOOP\n< 550\n", told((b"NOOP", b"250 ok\r\n")))
    assert [one["ev"] for one in found] == [
        "begin", "open", "reply", "send", "reply", "close", "check", "check", "end",
    ]  # fmt: skip
    begin, end = found[0], found[-1]
    assert (begin["file"], begin["case"], begin["conn"]) == ("t.smtp", None, "main")
    assert begin["state"] == "closed"
    assert (found[-2]["id"], found[-2]["outcome"], found[-2]["line"]) == ("F03", "fail", 2)
    assert (end["file"], end["exit"], end["checks"], end["failed"]) == ("t.smtp", 1, 2, 1)


async def test_each_case_begins_anew_in_a_stream() -> None:
    script = ':case "a"\nNOOP\n:case "b"\nNOOP\n'
    found = await streamed(script, told((b"NOOP", b"250 ok\r\n")))
    begins = [one for one in found if one["ev"] == "begin"]
    assert [one["case"] for one in begins] == ["a", "b"]
    opened = [one["target"] for one in found if one["ev"] == "open"]
    assert [one["target"] for one in begins] == [None, opened[0]]
    events = "".join(str(one["ev"])[0] for one in found)
    assert events == "borsrcccborsrccce"
    times = [one["t"] for one in found]
    assert times == sorted(times, key=float)  # type: ignore[arg-type]


def verbs_by_connection(recording: Recording) -> list[tuple[str, list[str]]]:
    """Return the name and the commands of each connection, in the order of their opening."""
    return [
        (track.name, [event.command.verb for event in track.events if isinstance(event, Sent)])
        for track in recording.tracks
    ]


async def test_connections_are_told_apart_by_their_name() -> None:
    server = told((b"NOOP", b"250 ok\r\n"))
    found = await streamed("NOOP\n:on b\nNOOP\n:on main\n:sleep 1ms\n", server)
    lines = "".join(json.dumps(one) + "\n" for one in found)
    read = read_recording(lines.encode())
    assert verbs_by_connection(read) == [("main", ["NOOP"]), ("b", ["NOOP"])]
    sent = [one["conn"] for one in found if one["ev"] == "send"]
    assert sent == ["main", "b"]
    checks = [one["conn"] for one in found if one["ev"] == "check"]
    assert checks == ["main", "main", "b", "b"]


async def test_a_text_recording_of_two_connections_is_a_script_that_names_them(
    tmp_path: Path,
) -> None:
    path = tmp_path / "two.smtp"
    server = told((b"NOOP", b"250 ok\r\n"), (b"RSET", b"250 ok\r\n"))
    script = "NOOP\n:on b\nNOOP\n:on main\nRSET\n"
    async with faults.serve(server) as listening:
        settings = RunSettings("x", host(listening.port))
        client = Client(ConnectOptions(family=4))
        recorder = Recorder(client, str(path))

        def another(name: str) -> Client:
            found = Client(ConnectOptions(family=4))
            recorder.follow(name, found)
            return found

        await Runner(client, parse(script, "t"), settings, new_client=another).run()
        recorder.close()
        text = text_of(path)
        assert text.count(":on b\n") == 2
        assert text.count(":on main\n") == 1
        again = await Runner(Client(ConnectOptions(family=4)), parse(text, "t"), settings).run()
    assert again.status is ExitStatus.OK, again.failed
    first = [event for event in events_of(path).events if isinstance(event, Sent)]
    assert [event.command.verb for event in first] == ["NOOP", "RSET"]
    assert verbs_by_connection(events_of(path)) == [("main", ["NOOP", "RSET"]), ("b", ["NOOP"])]


async def test_every_line_of_a_recording_is_as_its_schema_says(tmp_path: Path) -> None:
    path = tmp_path / "call.jsonl"
    async with PracticeServer() as server:
        client = Client(ConnectOptions(family=4, ca_file=str(server.ca_file)))
        recorder = Recorder(client, str(path))
        await Runner(client, parse(SCRIPT, "t"), RunSettings("x", host(server.port))).run()
        recorder.close()
    lines = [json.loads(line) for line in text_of(path).splitlines()]
    assert {line["ev"] for line in lines} == {"begin", "open", "send", "reply", "tls", "close"}
    for line in lines:
        EVENTS.validate(line)


async def test_a_stream_nobody_takes_any_more_ends_the_recording_alone() -> None:
    told_: list[str] = []

    def gone(_text: str) -> None:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    async with faults.serve(told((b"NOOP", b"250 ok\r\n"))) as server:
        client = Client(ConnectOptions(family=4))
        recorder = Recorder(client, gone, told_.append)
        settings = RunSettings("x", host(server.port))
        result = await Runner(client, parse("NOOP\n", "t"), settings).run()
        recorder.close()
    assert result.status is ExitStatus.OK
    assert told_ == ["recording to the stream stopped: Broken pipe"]


async def test_a_run_that_is_cut_short_still_tells_its_checks() -> None:
    lines: list[str] = []
    server: list[Step] = [GREETING, Hear(b"NOOP"), Say(b"250 ok\r\n"), Hear(b"QUIT"), Hang()]
    async with faults.serve(server) as listening:
        client = Client(ConnectOptions(family=4))
        recorder = Recorder(client, lines.append)
        settings = RunSettings("x", host(listening.port))
        runner = Runner(
            client, parse("NOOP\nQUIT\n", "t"), settings, on_end=recorder.end_case,
            wire=lambda: ("the last line",),
        )  # fmt: skip
        task = asyncio.ensure_future(runner.run())
        await listening.until_heard(b"QUIT")
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        recorder.close()
    checks = [one for line in lines if (one := json.loads(line))["ev"] == "check"]
    assert [one["id"] for one in checks] == ["", "", "T07"]
    assert runner.result().cases[0].wire == ("the last line",)


PASSWORD_OF_THE_GREETING = (
    Say(b"220 mx.example ESMTP\r\n"),
    Hear(b"EHLO"),
    Say(b"250-mx.example\r\n250 AUTH PLAIN\r\n"),
    Hear(b"AUTH"),
    Say(b"535 5.7.8 ESMTP is no password\r\n"),
    Hear(b"NOOP"),
    Say(b"220 mx.example ESMTP\r\n"),
    Hang(),
)


async def test_a_word_of_the_greeting_stays_there_as_a_password_and_is_masked_after(
    path: Path,
) -> None:
    async with faults.serve(PASSWORD_OF_THE_GREETING) as server:
        client = Client(ConnectOptions())
        recorder = Recorder(client, str(path), secrets=Secrets(["ESMTP"]))
        await client.open(host(server.port))
        for line in ("EHLO x", "AUTH PLAIN AGJvYgBFU01UUA==", "NOOP"):
            await client.send(read_line(line, Phase.READY))
            await settled(client)
        recorder.close()
        await client.close()
    assert text_of(path).count("220 mx.example ESMTP") == 2
    assert "535 5.7.8 ******** is no password" in text_of(path)


async def test_an_event_that_the_disk_has_no_room_for_is_not_there_in_part(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, told_ = os.write, list[str]()
    recorder = Recorder(Client(ConnectOptions()), str(path), told_.append)
    before = text_of(path)

    def almost_full(file: int, octets: bytes) -> int:
        if len(octets) < 5:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(file, octets[: len(octets) // 2])

    monkeypatch.setattr(os, "write", almost_full)
    recorder._append("220 a line that is too long\n")
    monkeypatch.undo()
    recorder.close()
    assert told_ == [f"recording to {path} stopped: No space left on device"]
    assert text_of(path) == before


@pytest.mark.parametrize(
    ("end", "between"),
    [
        ("250 2.1.0 O", "\n# the line above was cut off\n"),
        ("250-mx\n", "# the recording above ends here\n"),
        (":close\n", ""),
        ("< eof\n", ""),
    ],
)
async def test_a_text_recording_is_kept_apart_from_what_a_killed_program_left(
    end: str, between: str, tmp_path: Path
) -> None:
    path = tmp_path / "t.txt"
    await asyncio.to_thread(path.write_text, f"{HEADER}220 x\n{end}")
    Recorder(Client(ConnectOptions()), str(path)).close()
    assert text_of(path) == f"{HEADER}220 x\n{end}{between}{HEADER}:expand off\n"
