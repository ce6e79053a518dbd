"""No login leaves its secret behind: each mechanism at the prompt, in a script, and from `send`."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from smtpprobe.sandbox.practice.login import MECHANISMS
from smtpprobe.sandbox.practice.state import Credentials
from smtpprobe.sandbox.practice_server import PracticeServer
from tests.program import called
from tests.repl.pty_stage import PROGRAM, program
from tests.repl.secret_routes import found_in

pytestmark = pytest.mark.real_time

USER, PASSWORD = "probe@sandbox.test", "correct-horse-7"
SALT = b"practice makes perfect"
WITH_SECRET = [name for name in MECHANISMS if name != "ANONYMOUS"]
SCRIPT = """\
:secret password
:let token = {{{{password}}}}
EHLO me.example
STARTTLS
EHLO me.example
:auth {name} {user}
< 235
QUIT
"""


def keys() -> Iterator[bytes]:
    """Yield what stands for the password in SCRAM: salted, client, stored and server key."""
    for digest in ("sha1", "sha256"):
        salted = hashlib.pbkdf2_hmac(digest, PASSWORD.encode(), SALT, 4096)
        client = hmac.digest(salted, b"Client Key", digest)
        yield from (salted, client, hashlib.new(digest, client).digest())
        yield hmac.digest(salted, b"Server Key", digest)


def forms() -> list[bytes]:
    """Return the password, its base64 at each offset, and the keys as hex and base64."""
    password = PASSWORD.encode()
    at_offsets = [base64.b64encode(b"x" * shift + password)[4:-4] for shift in range(3)]
    plain = base64.b64encode(b"\0" + USER.encode() + b"\0" + password)
    spelt = [form for key in keys() for form in (key, base64.b64encode(key), key.hex().encode())]
    return [password, base64.b64encode(password), plain, *at_offsets, *spelt]


def assert_clean(artifacts: dict[str, bytes]) -> None:
    for name, octets in artifacts.items():
        for form in forms():
            assert form not in octets, (name, form, octets.decode(errors="replace"))
        assert found_in(octets) == []


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def server() -> PracticeServer:
    made = PracticeServer()
    made.credentials = Credentials(USER, PASSWORD)
    return made


@pytest.mark.parametrize("name", WITH_SECRET)
async def test_a_script_leaves_no_secret(name: str, tmp_path: Path) -> None:
    given, left = tmp_path / "given", tmp_path / "left"
    given.mkdir()
    left.mkdir()
    (given / "t.smtp").write_text(SCRIPT.format(name=name, user=USER))
    (given / "password").write_text(f"{PASSWORD}\n")
    async with server() as practice:
        child = await asyncio.create_subprocess_exec(
            *called("--script"), str(given / "t.smtp"), f"127.0.0.1:{practice.port}",
            "--auth-password-from", f"file:{given / 'password'}", "--debug", "--show", "all",
            "--ca-file", str(practice.ca_file), "--transcript", str(left / "t.jsonl"),
            "--json", "-o", str(left / "report"),
            env=os.environ | {"HOME": str(left)},
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        words = Path(f"/proc/{child.pid}/cmdline").read_bytes()  # noqa: ASYNC240 - no file
        out, err = await child.communicate()
    assert child.returncode == 0, (out + err + (left / "report").read_bytes()).decode()
    found = files_in(left)
    assert len(found) >= 2
    assert b"235" in found[str(left / "t.jsonl")]
    assert_clean({"stdout": out, "stderr": err, "ps": words, **found})


async def test_the_prompt_leaves_no_secret_of_any_mechanism(tmp_path: Path) -> None:
    async with server() as practice:
        text, events, saved = (tmp_path / name for name in ("t.smtp", "t.jsonl", "s.smtp"))
        error = tmp_path / "stderr"
        target = f"127.0.0.1:{practice.port}"
        words = f"{PROGRAM} {target} --client me.example --debug --transcript {text} 2>{error}"
        screens = ""
        async with program(tmp_path, "-c", words, command="/bin/sh") as pty:
            await pty.until_prompt("127.0.0.1 greeted> ")
            for number, name in enumerate(WITH_SECRET):
                if number:
                    pty.type(":connect\r")
                    await pty.until_prompt("127.0.0.1 greeted> ")
                await pty.line("EHLO me.example", "STARTTLS offered")
                await pty.line("STARTTLS", "# next: EHLO again")
                await pty.line("EHLO me.example", "new since TLS")
                if number == 1:
                    await pty.line(f":transcript {events}", "recording to")
                pty.type(f":auth {name} {USER}\r")
                kind = "token" if "OAU" in name or "XOA" in name else "password"
                await pty.until_prompt(f"{kind}: ")
                await pty.line(PASSWORD, f"logged in with {name}")
                await pty.until_prompt("127.0.0.1 tls ehlo> ")
                screens += pty.text
            await pty.line(":history", "AUTH")
            await pty.line(":last -x", "235")
            await pty.line(f":save {saved}", "# saved")
            screens += pty.text
            pty.type("\x04")
            assert await pty.exit_code() == 0
    artifacts = {"screen": screens.encode(), **files_in(tmp_path)}
    assert {str(text), str(events), str(saved), str(error)} <= artifacts.keys()
    assert re.search(rb"334 \S", artifacts[str(events)])
    assert_clean(artifacts)


@pytest.mark.parametrize("name", WITH_SECRET)
async def test_send_leaves_no_secret(name: str, tmp_path: Path) -> None:
    token = name in ("XOAUTH2", "OAUTHBEARER")
    async with server() as practice:
        child = await asyncio.create_subprocess_exec(
            *called("send"), f"127.0.0.1:{practice.port}", "--from", USER, "--to",
            "you@sandbox.test", "--auth", name, "--auth-user", USER,
            "--auth-token-from" if token else "--auth-password-from", "env:PW",
            "--ca-file", str(practice.ca_file), "--json", "-o", str(tmp_path / "report"),
            env=os.environ | {"HOME": str(tmp_path), "PW": PASSWORD},
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        out, err = await child.communicate()
    assert child.returncode == 0, (out + err).decode()
    assert_clean({"stdout": out, "stderr": err, **files_in(tmp_path)})
