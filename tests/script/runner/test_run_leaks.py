"""What a run of a script leaves: reports of every form, recordings, errors hold no credentials."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from smtpprobe.sandbox.faults import Hang, Hear, Say, Script, serve
from smtpprobe.script.reports.formats import Format
from tests.program import called
from tests.repl.secret_routes import (
    BEARER,
    CRAM,
    CRAM_ASKS,
    DIGEST,
    LOGIN,
    MORE,
    NO,
    NONCE,
    NTLM,
    PASSWORD,
    PASSWORD64,
    PLAIN,
    REFUSED_TOKEN,
    SCRAM,
    SCRAM_ASKS,
    USER,
    USER64,
    found_in,
)

AGAIN = f"535 5.7.8 {PASSWORD} is wrong".encode()
CASES: dict[str, tuple[str, Sequence[bytes]]] = {
    ":auth PLAIN": (":auth PLAIN bob\n", (AGAIN,)),
    ":auth LOGIN": (":auth LOGIN bob\n", (*LOGIN[:2], AGAIN)),
    ":auth CRAM-MD5": (":auth CRAM-MD5 bob\n", (CRAM_ASKS, AGAIN)),
    ":auth": (":auth auto bob\n", (AGAIN,)),
    ":auth SCRAM-SHA-1": (f":auth SCRAM-SHA-1 bob --nonce {NONCE}\n", (SCRAM_ASKS, AGAIN)),
    ":auth SCRAM-SHA-256": (f":auth SCRAM-SHA-256 bob --nonce {NONCE}\n", (SCRAM_ASKS, AGAIN)),
    ":auth XOAUTH2": (":let token = {{password}}\n:auth XOAUTH2 bob\n", (REFUSED_TOKEN, AGAIN)),
    ":auth OAUTHBEARER": (
        ":let token = {{password}}\n:auth OAUTHBEARER bob\n",
        (REFUSED_TOKEN, AGAIN),
    ),
    "plain()": ('AUTH PLAIN {{plain("bob", password)}}\n', (AGAIN,)),
    "oauthbearer()": ('AUTH OAUTHBEARER {{oauthbearer("bob", password)}}\n', (AGAIN,)),
    "xoauth2()": ('AUTH XOAUTH2 {{xoauth2("bob", password)}}\n', (AGAIN,)),
    "cram()": ('AUTH CRAM-MD5\n< 334\n{{cram("bob", password)}}\n', (CRAM_ASKS, AGAIN)),
    "b64()": ("AUTH LOGIN\n< 334\nYm9i\n< 334\n{{b64(password)}}\n", (*LOGIN[:2], AGAIN)),
    "a line": (f"AUTH PLAIN {PLAIN}\n", (AGAIN,)),
    "an answer": (f"AUTH PLAIN\n< 334\n{PLAIN}\n", (MORE, AGAIN)),
    "answers": (f"AUTH LOGIN\n< 334\n{USER64}\n< 334\n{PASSWORD64}\n", (*LOGIN[:2], AGAIN)),
    "a digest": (f"AUTH CRAM-MD5\n< 334\n{CRAM}\n", (CRAM_ASKS, f"535 {DIGEST}?".encode())),
    "a token": (f"AUTH XOAUTH2 {BEARER}\n", (AGAIN,)),
    "NTLM": (f"AUTH NTLM\n< 334\n{NTLM}\n", (MORE, NO)),
    "SCRAM": (f"AUTH SCRAM-SHA-256\n< 334\n{SCRAM}\n", (MORE, NO)),
    "a slip": (f"AUHT PLAIN {PLAIN}\n", (AGAIN,)),
    "an equals sign": (f"AUTH=PLAIN {PLAIN}\n", (AGAIN,)),
    "as it stands": (f"> AUTH PLAIN {PLAIN}\n", (AGAIN,)),
    "raw": (f':raw "AUTH PLAIN {PLAIN}\\r\\n"\n', (AGAIN,)),
    "held": (f":hold\nNOOP\nAUTH PLAIN {PLAIN}\n:flush\n< 250\n", (b"250 ok", AGAIN)),
    "after a refusal": (f"AUTH LOGIN\n< 535\n{PASSWORD64}\n", (NO, AGAIN)),
    "expected": ('NOOP\n< 250 "{{password}}"\nNOOP\n', (AGAIN, NO)),
}


def script(with_literals: bool) -> str:
    """Return the cases; those with credentials in the script itself only when they are wanted."""
    chosen = {name: text for name, (text, _) in CASES.items()
              if with_literals or "password" in text or ":auth" in text}  # fmt: skip
    head = ":secret password\n:continue on\n"
    return head + "".join(
        f':case "{name}"\nEHLO me\n{text}< 235\n' for name, text in chosen.items()
    )


def plays() -> list[Script]:
    """Return what the server does in each case."""
    hello = (Say(b"220 mx ESMTP\r\n"), Hear(b"EHLO"), Say(b"250-mx\r\n250 AUTH PLAIN LOGIN\r\n"))
    return [
        (*hello, *(step for one in says for step in (Hear(b""), Say(one + b"\r\n"))), Hang())
        for _, says in CASES.values()
    ]


@pytest.mark.real_time
@pytest.mark.parametrize("form", list(Format), ids=lambda form: form.value)
async def test_no_report_recording_or_error_holds_credentials(form: Format, tmp_path: Path) -> None:
    given, left = tmp_path / "given", tmp_path / "left"
    given.mkdir()
    left.mkdir()
    (given / "t.smtp").write_text(script(with_literals=True))
    transcript = left / ("call.jsonl" if form in (Format.TEXT, Format.JSON) else "call.smtp")
    async with serve(*plays()) as server:
        child = await asyncio.create_subprocess_exec(
            *called("--script"), str(given / "t.smtp"), f"127.0.0.1:{server.port}", "--debug",
            "--show", "all", "--format", form.value, "-o", str(left / "report"), "--timeout", "20",
            "--transcript", str(transcript),
            env=os.environ | {"SMTPPROBE_SECRET_password": PASSWORD, "HOME": str(left)},
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        words = Path(f"/proc/{child.pid}/cmdline").read_bytes()  # noqa: ASYNC240 - no file
        async with asyncio.timeout(60):
            out, err = await child.communicate()
        heard = b"".join(server.heard).decode()
    assert child.returncode in (1, 2), err.decode()
    for sent in (PLAIN, CRAM, BEARER, PASSWORD64, NTLM, SCRAM):
        assert sent in heard
    assert transcript.read_text().count("535") >= len(CASES) - 3
    artifacts = {"stdout": out, "stderr": err, "process list": words}
    for path in left.rglob("*"):
        if path.is_file():
            artifacts[path.name] = path.read_bytes()
            assert path.stat().st_mode & 0o077 == 0, path.name
    assert {"report", transcript.name} <= set(artifacts)
    for name, artifact in artifacts.items():
        assert found_in(artifact) == [], (name, artifact.decode())


@pytest.mark.real_time
@pytest.mark.parametrize("word", [("--check",), ("--check", "--format", "json")])
async def test_what_is_told_of_a_script_without_running_it_holds_no_secret_value(
    word: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "t.smtp").write_text(script(with_literals=False))
    child = await asyncio.create_subprocess_exec(
        *called("--script"), str(tmp_path / "t.smtp"), *word,
        env=os.environ | {"SMTPPROBE_SECRET_password": PASSWORD, "HOME": str(tmp_path)},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    async with asyncio.timeout(60):
        out, err = await child.communicate()
    assert b"auth" in out.lower(), err
    assert found_in(out + err) == []
    assert USER.encode() in out
