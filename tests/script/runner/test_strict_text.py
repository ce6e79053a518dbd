"""`--strict-text`: a reply that stands in a script as it came counts with its texts."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.exits import ExitStatus
from smtpprobe.sandbox import faults
from smtpprobe.script.batch.run import ScriptOptions, run_scripts
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.recordings.recorder import Recorder
from smtpprobe.script.runner.run_settings import RunSettings
from smtpprobe.script.runner.runner import Runner
from tests.script.runs import block, host, outcome, run, told

WRITTEN = "EHLO me\n250-mx.example\n250-SIZE 1000\n250 HELP\n"
SAME = b"250-mx.example\r\n250-SIZE 1000\r\n250 HELP\r\n"

OTHER: dict[str, tuple[bytes, str]] = {
    "a text": (SAME.replace(b"1000", b"2000"), 'came: "SIZE 2000"'),
    "the last text": (SAME.replace(b"HELP", b"help"), 'came: "help"'),
    "a blank at the end": (SAME.replace(b"HELP", b"HELP "), 'came: "HELP "'),
    "a line less": (SAME.replace(b"250 HELP\r\n", b"").replace(b"-SIZE", b" SIZE"), "2 lines came"),
    "a line more": (SAME.replace(b"250 HELP", b"250-HELP\r\n250 DSN"), "4 lines came"),
    "another order": (b"250-mx.example\r\n250-HELP\r\n250 SIZE 1000\r\n", 'came: "HELP"'),
    "no text": (b"250\r\n", 'came: ""'),
}


@pytest.mark.parametrize(("reply", "came"), OTHER.values(), ids=OTHER)
async def test_a_reply_whose_texts_differ_misses_only_where_texts_count(
    reply: bytes, came: str
) -> None:
    result = await run(WRITTEN, told((b"EHLO", reply)), texts=True)
    assert outcome(result) == ("F12 reply lines differ",)
    assert came in block(result)
    assert (await run(WRITTEN, told((b"EHLO", reply)))).status is ExitStatus.OK


@pytest.mark.parametrize("more", [b"250-mx.example\r\n250 SIZE 2000\r\n", b"250 HELP\r\n"])
async def test_the_line_that_differs_is_the_one_that_is_marked(more: bytes) -> None:
    result = await run(f"NOOP\n250 ok\n{WRITTEN}", told((b"NOOP", b"250 ok\r\n"), (b"EHLO", more)),
                       texts=True)  # fmt: skip
    (mark,) = result.failed[0].why.marks
    assert mark.line == (5 if b"SIZE" in more else 4)
    assert WRITTEN.splitlines()[mark.line - 3] in block(result)


async def test_a_reply_as_it_stands_there_passes() -> None:
    result = await run(WRITTEN, told((b"EHLO", SAME)), texts=True)
    assert (result.status, len(result.checks)) == (ExitStatus.OK, 2)
    bare = await run("NOOP\n250\n", told((b"NOOP", b"250\r\n")), texts=True)
    assert bare.status is ExitStatus.OK
    octets = await run(
        "NOOP\n250 \udce9t\u00e9\n", told((b"NOOP", b"250 \xe9t\xc3\xa9\r\n")), texts=True
    )
    assert octets.status is ExitStatus.OK


async def test_a_wrong_code_is_told_before_the_texts() -> None:
    result = await run(WRITTEN, told((b"EHLO", b"550 no\r\n")), texts=True)
    assert outcome(result) == ("F02 EHLO refused, expected 250",)


async def test_an_expectation_of_its_own_words_is_not_touched() -> None:
    script = 'EHLO me\n< 250 "SIZE"\n'
    assert (await run(script, told((b"EHLO", SAME)), texts=True)).status is ExitStatus.OK


ODD = (
    b"250 \x1b[31mred\x07\ttab \r\n",
    b"250  two blanks  \r\n",
    b"250-\r\n250-# no comment\r\n250-{{client}}\r\n250 \r\n",
    b"250\r\n",
    b"250 \xff\xfe \xe2\x80\xae\xc2\xa0\r\n",
    b"250 " + b"x" * 3000 + b"\r\n",
    b"250-2.0.0 a\r\n250 2.0.0 250 b\r\n",
    b"250 bare\n",
    b"250 cr \r here\r\n",
)


@pytest.mark.parametrize("reply", ODD)
async def test_what_was_recorded_runs_with_its_texts_against_the_same_server(
    reply: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "call.smtp"
    server = told((b"NOOP", reply))
    async with faults.serve(server, server) as listening:
        client = Client(ConnectOptions(family=4))
        recorder = Recorder(client, str(path))
        settings = RunSettings("x", host(listening.port), texts=True)
        await Runner(client, parse("NOOP\n", "t"), settings).run()
        recorder.close()
        script = parse(path.read_text(encoding="utf-8", errors="surrogateescape"), "call.smtp")
        result = await Runner(Client(ConnectOptions(family=4)), script, settings).run()
    assert result.status is ExitStatus.OK, (path.read_bytes(), outcome(result))
    assert len(result.checks) == 2


@pytest.mark.parametrize(("strict", "status"), [(True, 1), (False, 0)])
async def test_the_option_reaches_the_run(tmp_path: Path, *, strict: bool, status: int) -> None:
    script = tmp_path / "t.smtp"
    script.write_text(WRITTEN)
    changed = SAME.replace(b"1000", b"2000")
    async with faults.serve(told((b"EHLO", changed))) as server:
        options = ScriptOptions("x", timeout=5.0, texts=strict)
        connect = ConnectOptions(family=4)
        found = await run_scripts(
            [str(script)], host(server.port), connect, options, out=io.StringIO()
        )
    assert int(found) == status
