"""The real program in a terminal: what it leaves when credentials were typed in every wrong way."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from smtpprobe.sandbox.practice_server import PracticeServer
from tests.repl.pty_stage import PROGRAM, Pty, program
from tests.repl.secret_routes import PASSWORD, PASSWORD64, PLAIN, USER, USER64, found_in

pytestmark = pytest.mark.real_time

NOSY = """#!/bin/sh
for one in /proc/[0-9]*; do tr '\\0' ' ' < $one/cmdline; echo; done > {left}/processes 2>/dev/null
stat -c %a "$1" > {left}/mode
printf 'AUTH PLAIN {plain}\\n' > "$1"
"""
"""An editor that looks around: who runs with which words, and who may read its file."""


def left_behind(folder: Path) -> dict[str, bytes]:
    """Return the files in a folder by name; each is for its owner only."""
    files = {path.name: path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items()}


async def in_tls(pty: Pty) -> None:
    """Say hello, within TLS."""
    await pty.until_prompt("localhost greeted> ")
    await pty.line("EHLO me.example", "STARTTLS offered")
    await pty.until_prompt("localhost ehlo> ")
    await pty.line("STARTTLS", "# next: EHLO again")
    await pty.line("EHLO me.example", "new since TLS")
    await pty.until_prompt("localhost tls ehlo> ")


async def test_a_session_of_wrong_turns_leaves_no_credentials(tmp_path: Path) -> None:
    left, given = tmp_path / "left", tmp_path / "given"
    left.mkdir()
    given.mkdir()
    editor = given / "editor"
    editor.write_text(NOSY.format(left=left, plain=PLAIN))
    editor.chmod(0o700)
    async with PracticeServer() as server:
        words = (f"{PROGRAM} localhost:{server.port} -4 --client me.example --debug --keylog "
                 f"{left}/keys --transcript {left}/call.jsonl 2>{left}/stderr")  # fmt: skip
        async with program(
            left, "-c", words, command="/bin/sh", EDITOR=str(editor), TMPDIR=str(left)
        ) as pty:
            await in_tls(pty)
            for line in (
                f"AUHT PLAIN {PLAIN}", "NOOP", f"AUTH=PLAIN {PLAIN}", "NOOP", f"AUTH PLAIN {PLAIN}",
                f':raw "AUTH PLAIN {PLAIN}\\r\\n"', f"AUTH {PLAIN}",
            ):  # fmt: skip
                before = replies(left / "call.jsonl")
                pty.type(f"{line}\r")
                await pty.until_true(partial(_answered, left / "call.jsonl", before), line)
            for line in (PASSWORD64, PASSWORD):
                pty.type(f"{line}\r")
                await pty.until_prompt("the login is over")
                pty.type("n")
                await pty.until_prompt("localhost tls ehlo> ")
            await pty.line(f":b64 {PASSWORD}", "no challenge (334) is pending")
            await pty.line(f":auth PLAIN {USER} {PASSWORD}", "do not type the password here")
            await pty.line(f":explain AUTH PLAIN {PLAIN}", ":explain AUTH PLAIN ********")
            pty.type(":edit\r")
            await pty.until_true((left / "mode").exists, "the editor")
            await pty.until_prompt("localhost tls ehlo> ")
            await pty.line("NOOP", "250")
            await pty.line("AUTH LOGIN", "Username:")
            await pty.line(f":b64 {USER}", "Password:")
            pty.type(f":b64 {PASSWORD}\r")
            await pty.until_prompt("localhost tls ehlo> ")
            await pty.line(f":save {left}/saved.smtp", "# saved")
            pty.type("\x04")
            assert await pty.exit_code() == 0
            screen = pty.text
    assert (left / "mode").read_text().strip() == "600"
    files = left_behind(left)
    assert {"call.jsonl", "saved.smtp", "keys", "history", "stderr", "processes"} <= set(files)
    assert not [name for name in files if name.startswith("smtpprobe-")]
    assert b"editor" in files["processes"]
    for name in ("call.jsonl", "saved.smtp", "keys", "history"):
        path = next(left.rglob(name))
        assert path.stat().st_mode & 0o077 == 0, name
    for name, octets in {**files, "screen": screen.encode()}.items():
        assert found_in(octets) == [], (name, octets.decode("utf-8", "replace"))


def _answered(recording: Path, before: int) -> bool:
    return replies(recording) > before


def replies(recording: Path) -> int:
    """Return how many replies were recorded so far."""
    return recording.read_text().count('"ev": "reply"')


async def test_the_plain_prompt_keeps_no_answer_to_a_login_that_is_over(tmp_path: Path) -> None:
    async with PracticeServer() as server:
        words = (f"localhost:{server.port}", "-4", "--plain", "--client", "me.example",
                 "--transcript", f"{tmp_path}/call.smtp")  # fmt: skip
        async with program(tmp_path, *words, columns=200) as pty:
            await in_tls(pty)
            await pty.line("AUTH FOO", "504")
            await pty.until_prompt("localhost tls ehlo> ")
            pty.type(f"{PASSWORD}\r")
            await pty.until_prompt("the login is over")
            pty.type(f"yes{PASSWORD64}\r")
            await pty.until_true(lambda: pty.text.count("send it anyway?") == 2, "asked again")
            pty.type("no\r")
            await pty.until("# not sent, not kept")
            pty.type("AUTH LOGIN\r")
            await pty.until_prompt("334| ")
            pty.type(f"{USER64}\r")
            await pty.until_true(lambda: "UGFzc3dvcmQ6" in pty.text, "Password:")
            await pty.until_prompt("334| ")
            pty.type(f"{PASSWORD64}\r")
            await pty.until_prompt("localhost tls ehlo> ")
            pty.type(":quit\r")
            assert await pty.exit_code() == 0
    for name, octets in left_behind(tmp_path).items():
        assert found_in(octets) == [], (name, octets.decode())
