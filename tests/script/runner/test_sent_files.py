from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.exits import ExitStatus
from smtpprobe.protocol.command import DotStuffing, Kind, LineEnds, dot_stuff
from smtpprobe.protocol.phase import Phase
from smtpprobe.sandbox.faults import Await, Close, Hang, Hear, Pause, Reset, Say, Step
from smtpprobe.script.language.steps import DataFile, Place
from smtpprobe.script.runner.sent_files import PORTION, WHOLE, SentFile, raw_commands
from tests.script.runs import GREETING, block, heard, outcome, told

DATA = (b"DATA", b"354 go\r\n")
DOT = (b".\r\n", b"250 2.0.0 queued\r\n")
LINES = st.lists(st.sampled_from([b"\r", b"\n", b"\r\n", b".", b"..", b"a", b"b" * 1500]))


@given(LINES, st.lists(st.integers(1, 9)))
def test_a_message_in_portions_is_stuffed_as_in_one(parts: list[bytes], cuts: list[int]) -> None:
    message, stuffing, at = b"".join(parts), DotStuffing(), 0
    out = b""
    for cut in cuts:
        out += stuffing.feed(message[at : at + cut])
        at += cut
    out += stuffing.feed(message[at:]) + stuffing.end()
    lines = re.split(rb"\r\n|\r|\n", message)
    lines = lines if lines[-1] else lines[:-1]
    stuffed = (b"." + line if line.startswith(b".") else line for line in lines)
    assert out == dot_stuff(message) == b"".join(line + b"\r\n" for line in stuffed)


@given(LINES, st.integers(1, 9))
def test_line_ends_are_counted_whatever_the_portions(parts: list[bytes], size: int) -> None:
    message, ends = b"".join(parts), LineEnds()
    for at in range(0, len(message), size):
        ends.count(message[at : at + size])
    assert ends.crlf == message.count(b"\r\n")
    assert ends.lf == len(re.findall(rb"(?<!\r)\n", message))
    assert ends.cr == len(re.findall(rb"\r(?!\n)", message))


def sparse(path: Path, size: int, end: bytes = b"") -> str:
    with path.open("wb") as file:
        file.truncate(size)
        file.seek(size)
        file.write(end)
    return str(path)


def test_a_small_file_is_one_command_and_a_large_one_many(tmp_path: Path) -> None:
    for size, count in ((WHOLE, 1), (WHOLE + 1, WHOLE // PORTION + 1)):
        for raw in (True, False):
            with SentFile(sparse(tmp_path / "f", size)) as file:
                commands = list(file.message(DataFile(Place(1), "f", raw=raw)))
            assert len(commands) == count
            assert [command.ends_data for command in commands] == [False] * (count - 1) + [True]
            octets = b"".join(command.raw for command in commands)
            assert octets == bytes(size) + (b"" if raw else b"\r\n") + b".\r\n"


@pytest.mark.parametrize("stop", [0, 1, PORTION, PORTION + 1, WHOLE + 2])
def test_a_large_message_stops_where_it_was_asked_to(stop: int, tmp_path: Path) -> None:
    with SentFile(sparse(tmp_path / "f", WHOLE + 1)) as file:
        commands = list(file.message(DataFile(Place(1), "f", raw=True, stop_after=stop)))
    assert sum(len(command.raw) for command in commands) == stop
    assert not any(command.ends_data for command in commands)


@pytest.mark.parametrize("size", [0, 1, 10, 11, WHOLE + 5])
@pytest.mark.parametrize("chunk", [10, WHOLE + 1])
def test_chunks_announce_what_they_hold(size: int, chunk: int, tmp_path: Path) -> None:
    if size > WHOLE and chunk == 10:
        return
    with SentFile(sparse(tmp_path / "f", size)) as file:
        chunks = [(one.line, sum(map(len, one.portions))) for one in file.chunks(chunk)]
    assert [line for line, _ in chunks] == [
        f"BDAT {held}{' LAST' if at == len(chunks) - 1 else ''}"
        for at, (_, held) in enumerate(chunks)
    ]
    assert sum(held for _, held in chunks) == size


def test_a_large_raw_file_ends_a_message_only_with_its_dot(tmp_path: Path) -> None:
    path = sparse(tmp_path / "f", 2 * PORTION + WHOLE)
    for phase, end, kind, ends in (
        (Phase.DATA, b"\r\n.\r\n", Kind.BODY, True),
        (Phase.DATA, b"\n.\n", Kind.BODY, False),
        (Phase.BDAT, b"\r\n.\r\n", Kind.BODY, False),
        (Phase.READY, b"\r\n.\r\n", Kind.RAW, False),
    ):
        with SentFile(path) as file:
            commands = list(raw_commands([file, end], phase))
        assert {command.kind for command in commands} == {kind}
        assert [command.ends_data for command in commands[:-1]] == [False] * (len(commands) - 1)
        assert commands[-1].ends_data is ends


async def test_raw_sends_strings_hex_and_files_in_one_go(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"OP\r\n")
    script = '< 220\n:raw "N" hex"4f" f\n< 250\n'
    result, lines = await heard(script, told((b"NOOP", b"250 ok\r\n")), folder=tmp_path)
    assert (result.status, lines) == (ExitStatus.OK, [b"NOOP\r\n"])


@pytest.mark.parametrize(
    ("content", "option", "said"),
    [
        (b"a\r\nb\nc\n", "", "m.eml: 2 bare LF: sent as CRLF; --raw keeps them"),
        (b"a\r\nb\rc\r\n", "", "m.eml: 1 bare CR: sent as CRLF; --raw keeps them"),
        (b"a\nb\n", " --raw", "m.eml: 2 bare LF: sent as is"),
        (b"a\nb\n", "", None),
        (b"a\r\nb\r\n", " --raw", None),
    ],
)
async def test_bare_line_ends_are_told_kept_or_not(
    content: bytes, option: str, said: str | None, tmp_path: Path
) -> None:
    (tmp_path / "m.eml").write_bytes(content)
    result = await heard(f":data m.eml{option}\n", told(DATA, DOT), folder=tmp_path)
    assert [note for note in result[0].notes if "bare" in note] == ([said] if said else [])


# -- servers that do not take it


LARGE = 64 * WHOLE
"""More than the system keeps for both sides of a connection."""


async def test_a_server_that_stops_reading_is_told_with_what_is_unsent(tmp_path: Path) -> None:
    sparse(tmp_path / "f", LARGE)
    server = [GREETING, Hear(b"DATA"), Say(b"354 go\r\n"), Await(asyncio.Event())]
    result, _ = await heard(":data f --raw\n", server, folder=tmp_path, limit=0.5)
    (message,) = outcome(result)
    assert re.fullmatch(r"T05 the server does not read: \d+ octets are unsent after 500ms", message)


@pytest.mark.parametrize("end", [Close(), Reset()], ids=["FIN", "RST"])
@pytest.mark.parametrize("verb", [":data f --raw", ":raw f"])
async def test_a_hang_up_in_the_middle_ends_the_case_with_its_reason(
    end: Step, verb: str, tmp_path: Path
) -> None:
    sparse(tmp_path / "f", LARGE)
    opening: list[Step] = [GREETING]
    if verb.startswith(":data"):
        opening += [Hear(b"DATA"), Say(b"354 go\r\n")]
    result, _ = await heard(f"{verb}\n< 250\n", [*opening, Pause(0.1), end], folder=tmp_path)
    assert result.status is not ExitStatus.OK
    assert "clos" in outcome(result)[0] or "reset" in outcome(result)[0], outcome(result)


async def test_an_answer_in_the_middle_of_a_message_is_told_as_unsolicited(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"Subject: x\r\n\r\nbody\r\n")
    server: list[Step] = [
        GREETING, Hear(b"DATA"), Say(b"354 go\r\n"), Hear(b"Subject"), Say(b"552 5.3.4 big\r\n"),
        Hear(b".\r\n"), Say(b"250 ok\r\n"), Hang(),
    ]  # fmt: skip
    result, _ = await heard(":data f --rate 40/s\nNOOP\n", server, folder=tmp_path)
    assert outcome(result) == ("F04 no expectation, and an unsolicited refusal came",)
    assert "552 5.3.4 big" in block(result)


async def test_a_file_that_is_not_there_is_told_before_anything_is_sent(tmp_path: Path) -> None:
    result, lines = await heard(
        ":data {{f}}\n", [GREETING, Hang()], folder=tmp_path, values={"f": "no"}
    )
    assert lines == []
    assert "No such file" in outcome(result)[0]


FLAT = r"""
import asyncio, resource, sys
from pathlib import Path
from smtpprobe.client import Client, ConnectOptions
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.script.load import Folder
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.runner.run_settings import RunSettings
from smtpprobe.script.runner.runner import Runner

async def serve(reader, writer):
    writer.write(b"220 x\r\n")
    while line := await reader.readline():
        if line.startswith(b"DATA"):
            writer.write(b"354 go\r\n")
            tail = b""
            while not (tail := (tail + await reader.read(1 << 20))[-5:]).endswith(b"\n.\r\n"):
                pass
        writer.write(b"250 ok\r\n")

async def main(script):
    async with await asyncio.start_server(serve, "127.0.0.1", 0, limit=1 << 20) as server:
        port = server.sockets[0].getsockname()[1]
        target = Target(TargetKind.HOST, "127.0.0.1", port)
        settings = RunSettings("x", target, 60.0, library=Folder(Path(sys.argv[1])))
        result = await Runner(Client(ConnectOptions()), parse(script, "t.smtp"), settings).run()
        assert not result.failed, result.failed

before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
asyncio.run(main(sys.argv[2]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.parametrize(
    "script",
    [
        ":data f --raw\n< 250\n",
        ":data f\n< 250\n",
        '< 220\n> DATA\n< 354\n:raw f "\\r\\n.\\r\\n"\n< 250\n',
    ],
    ids=["as is", "stuffed", ":raw"],
)
def test_memory_is_flat_however_large_the_file(script: str, tmp_path: Path) -> None:
    sparse(tmp_path / "f", 100 << 20, b"\r\n")
    done = subprocess.run(
        [sys.executable, "-c", FLAT, str(tmp_path), script],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert not done.returncode, done.stderr
    assert int(done.stdout) < 32 << 10, "KiB more than before the file"
