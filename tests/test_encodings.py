"""What a terminal's encoding lacks is written in escapes by every command."""

from __future__ import annotations

import asyncio
import io
import os
import sys
from pathlib import Path

import pytest

from smtpprobe.present.ascii_text import holds_all
from smtpprobe.repl import run
from smtpprobe.sandbox.faults import Close, Hear, Say, serve
from smtpprobe.settings.settings import Settings
from tests.program import REAL, called

TOLD = "550 5.1.1 nö → ✗ \N{EURO SIGN} \N{BOX DRAWINGS LIGHT HORIZONTAL}"

MESSAGE = (Hear(b"MAIL"), Say(f"{TOLD}\r\n".encode()))
SERVER = (
    Say("220 mx.bücher.example ✓ ESMTP\r\n".encode()),
    Hear(b"EHLO"),
    Say("250-mx.bücher ✉\r\n250 HELP\r\n".encode()),
    *MESSAGE,
    Hear(b"QUIT"),
    Say("221 Tschüß €\r\n".encode()),
    Close(),
)

COMMANDS = {
    "script": ("--script", "SCRIPT", "--show", "all", "TARGET"),
    "check": ("--script", "SCRIPT", "--check", "TARGET"),
    "starttls": ("starttls", "TARGET"),
    "explain": ("explain", TOLD),
    "explain a file": ("explain", "-f", "SCRIPT"),
    "a script that is missing": ("--script", "gibt es nicht ü€.smtp", "TARGET"),
    "a name that is none": ("--script", "SCRIPT", "ü€\N{BULLET}.example"),
    "an option that is none": ("--ü€",),
    "starttls with a name that is none": ("starttls", "ü€.example"),
}


async def ran(encoding: str, *command: str) -> tuple[int | None, bytes, bytes]:
    process = await asyncio.create_subprocess_exec(
        *command,
        env=os.environ | {"PYTHONIOENCODING": encoding},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    return process.returncode, out, err


def script(folder: Path) -> Path:
    path = folder / "ü€.smtp"
    path.write_text("EHLO me.example\nMAIL FROM:<ü→@x.example>\n< 550\nQUIT\n", encoding="utf-8")
    return path


@pytest.mark.real_time
@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.parametrize("encoding", ["ascii", "ascii:strict", "latin-1", "cp437"])
async def test_every_command_ends_as_it_does_in_utf_8(
    words: tuple[str, ...], encoding: str, tmp_path: Path
) -> None:
    path = script(tmp_path)
    talk = [step for step in SERVER if step not in MESSAGE] if "starttls" in words else SERVER
    async with serve(talk, talk) as server:
        places = {"SCRIPT": str(path), "TARGET": f"127.0.0.1:{server.port}"}
        line = [places.get(word, word) for word in words]
        told = await ran("utf-8", *called(*line))
        here = await ran(encoding, *((*REAL, *line) if encoding == "ascii" else called(*line)))
    assert here[0] == told[0], here
    assert here[0] != 70
    bare = encoding.partition(":")[0]
    for now, then in zip(here[1:], told[1:], strict=True):
        text = now.decode(bare)  # never a character that it has not
        assert "Traceback" not in text
        assert text.count("\n") >= then.decode().count("\n") * 0.9
        if "ü" in then.decode():
            assert ("\\xfc" if bare == "ascii" else "ü") in text


@pytest.mark.real_time
@pytest.mark.parametrize("form", ["json", "jsonl", "tap", "junit", "prom"])
async def test_what_programs_read_is_utf_8_whatever_the_terminal_has(
    form: str, tmp_path: Path
) -> None:
    path = script(tmp_path)
    async with serve(SERVER) as server:
        words = ("--script", str(path), "--format", form, f"127.0.0.1:{server.port}")
        code, out, _ = await ran("ascii", *called(*words))
    assert code == 0
    text = out.decode("utf-8")
    assert "ü€.smtp" in text or r"\u20ac.smtp" in text  # JSON may escape what it likes


@pytest.mark.parametrize(
    ("encoding", "escaped"), [("ascii", True), ("cp437", True), ("utf-8", False)]
)
def test_the_prompt_goes_by_the_encoding_of_its_output_not_by_the_locale(
    encoding: str,
    escaped: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding=encoding))
    face = run._face(Settings(plain=True), None, colour=False)
    assert face._ascii_only is escaped


async def test_own_dots_are_dashes_where_there_are_none() -> None:
    code, out, _ = await ran("ascii", *called("starttls", "127.0.0.1:1"))
    assert code == 4
    assert rb"\xb7" not in out


@pytest.mark.parametrize(
    ("encoding", "all_of_it"),
    [("utf-8", True), ("UTF-8", True), ("utf8", True), ("utf-16", True), ("ascii", False),
     ("iso8859-1", False), ("latin-1", False), ("cp1252", False), (None, False)],
)  # fmt: skip
def test_only_unicode_holds_all(encoding: str | None, all_of_it: bool) -> None:
    assert holds_all(encoding) is all_of_it
