"""A password and what is made of it stand nowhere: on no screen, in no file."""

from __future__ import annotations

import asyncio
import base64
import os
import subprocess
from pathlib import Path

import pytest

from smtpprobe.present.terminal import rendered
from smtpprobe.protocol.redact import MASK, Secrets
from smtpprobe.sandbox.practice_server import PracticeServer
from smtpprobe.script.reports.failures import failure_lines
from tests.program import called
from tests.script.runs import run, told

USER, PASSWORD = "probe@sandbox.test", "practice"
MADE_OF_IT = [
    base64.b64encode(text.encode()).decode()
    for text in (PASSWORD, f"\0{USER}\0{PASSWORD}", f"{USER}\0{USER}\0{PASSWORD}")
]

HELLO = "EHLO x\nSTARTTLS\nEHLO x\n"
LOGINS = {
    "auth-plain": ":auth PLAIN\n< 235\n",
    "auth-login": ":auth LOGIN\n< 235\n",
    "auth-cram-md5": ":auth CRAM-MD5\n< 235\n",
    "plain": "AUTH PLAIN {{ plain(user, password) }}\n< 235\n",
    "login": "AUTH LOGIN\n< 334\n{{ b64(user) }}\n< 334\n{{ b64(password) }}\n< 235\n",
    "cram": "AUTH CRAM-MD5\n< 334\n{{ cram(user, password) }}\n< 235\n",
    "exact": "> AUTH PLAIN {{ plain(user, password) }}\n< 235\n",
    "raw": ':raw "AUTH PLAIN {{ plain(user, password) }}\\r\\n"\n< 235\n',
    "held": ":hold\nNOOP\nAUTH PLAIN {{ plain(user, password) }}\n:flush\n< 250\n< 235\n",
    "refused": "AUTH PLAIN {{ plain(user, password) }}\n< 535\n",
    "a hundred lines": ":repeat 100\nNOOP {{password}}\n:end\n:auth PLAIN\n< 235\n",
    "outside a login": (
        'NOOP {{password}} {{b64(password)}}\n< 250 "{{password}}"\n'
        ":assert reply.text == {{password}}\nRCPT TO:<{{password}}@sandbox.test>\n"
    ),
    "in a message": (
        "MAIL FROM:<>\nRCPT TO:<a@sandbox.test>\nDATA\n< 354\nSubject: {{password}}\n\n"
        "{{password}}\n.\n< 550\n"
    ),
    "never captured": ":echo {{password}}\nNOOP\n<~ 250 /(?<x>zzz)/\nNOOP {{x}} {{password}}\n",
}  # fmt: skip


def script() -> str:
    """Return all of these, each a case that goes on after a miss."""
    head = f":let user = {USER}\n:secret password\n:continue on\n"
    cases = (f':case "{how}"\n{HELLO}{text}QUIT\n' for how, text in LOGINS.items())
    return head + "".join(cases)


@pytest.mark.real_time
@pytest.mark.parametrize(
    ("form", "transcript"), [("text", "call.smtp"), ("junit", "call.jsonl"), ("jsonl", "call.smtp")]
)
async def test_a_password_stands_nowhere(form: str, transcript: str, tmp_path: Path) -> None:
    (tmp_path / "t.smtp").write_text(script())
    words = ["--show", "all", "--debug", "--format", form, "--client", "x"]
    words += ["--transcript", str(tmp_path / transcript)]
    async with PracticeServer() as server:
        child = await asyncio.create_subprocess_exec(
            *called("--script"), str(tmp_path / "t.smtp"), f"localhost:{server.port}",
            "--ca-file", str(server.ca_file), "-4", *words,
            env=os.environ | {"SMTPPROBE_SECRET_password": PASSWORD, "HOME": str(tmp_path)},
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        async with asyncio.timeout(60):
            out, err = await child.communicate()
    recorded = (tmp_path / transcript).read_text()
    assert child.returncode == 1, err.decode()
    assert recorded.count("STARTTLS") >= len(LOGINS)
    for seen in (out.decode(), err.decode(), recorded):
        text = seen.replace("practice server", "").replace("practice CA", "")  # no secrets
        for secret in (PASSWORD, *MADE_OF_IT):
            assert secret not in text


@pytest.mark.parametrize(
    "made",
    ['plain("me", password)', 'xoauth2("me", password)', "b64(b64(password))", "b64(login)"],
)
async def test_what_is_made_of_a_secret_is_one_before_it_is_sent(made: str) -> None:
    script = f':secret password\n:let login = {{{{plain("me", password)}}}}\n:echo {{{{{made}}}}}\n'
    script += f':let text = {{{{{made}}}}}\nNOOP {{{{text}}}}\n< 250 "{{{{text}}}}"\n'
    hidden = Secrets(["practice"])
    told_: list[str] = []
    result = await run(
        script, told((b"NOOP", b"250 ok\r\n")), secrets={"password": "practice"}, hidden=hidden,
        echo=told_.append,
    )  # fmt: skip
    shown = rendered(failure_lines(result, result.failed[0]), colour=False)
    assert hidden.hide(told_[0]) == MASK
    assert hidden.hide(shown).count(MASK) == 4  # the line sent, the expectation twice, the message


async def test_what_is_made_of_a_password_that_the_script_itself_holds_is_none() -> None:
    hidden = Secrets(["practice"])
    script = ':echo {{plain("me", "wrong password")}}\nNOOP\n'
    told_: list[str] = []
    await run(script, told((b"NOOP", b"250 ok\r\n")), hidden=hidden, echo=told_.append)
    assert hidden.hide(told_[0]) == told_[0]


def program(*words: str, lines: str | None = None, **environment: str) -> tuple[int, str, str]:
    """Run the program against the practice server; return exit code, output and errors."""
    done = subprocess.run(
        called("--sandbox", "--insecure", *words),
        input=lines or "", text=True, capture_output=True, check=False, timeout=60,
        env={**os.environ, **environment},
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


LOGIN = f"{HELLO}:auth CRAM-MD5 {USER}\nQUIT\n"


@pytest.mark.parametrize("way", ["environment", "file", "env", "include", "stdin", "var", "let"])
def test_auth_finds_its_password_however_it_is_given(way: str, tmp_path: Path) -> None:
    script, secret = tmp_path / "login.smtp", tmp_path / "secret"
    script.write_text(LOGIN)
    secret.write_text(f"{PASSWORD}\n")
    words: list[str] = ["--script", str(script)]
    environment, lines = {"SMTPPROBE_SECRET_password": PASSWORD}, None
    match way:
        case "file":
            words += ["--secret", f"password=file:{secret}"]
            environment = {}
        case "env":
            words += ["--secret", "password=env:PW"]
            environment = {"PW": PASSWORD}
        case "include":
            (tmp_path / "outer.smtp").write_text(":include login.smtp\n")
            words = ["--script", str(tmp_path / "outer.smtp")]
        case "stdin":
            words, lines = ["--script", "-"], LOGIN
        case "var":
            words += ["--var", f"password={PASSWORD}"]
            environment = {}
        case "let":
            script.write_text(f":let password = {PASSWORD}\n{LOGIN}")
            environment = {}
    status, out, err = program(*words, lines=lines, **environment)
    assert (status, err) == (0, ""), out


def test_a_login_without_a_password_is_told_before_anything_is_connected(tmp_path: Path) -> None:
    script = tmp_path / "login.smtp"
    script.write_text(LOGIN)
    status, out, err = program("--script", str(script))
    assert status == 3
    assert 'the secret "password" has no value' in err
    assert "SMTPPROBE_SECRET_password" in err
    assert program("--script", str(script), "--format", "json")[1].count('"P07"') == 1
    assert "not run" in out


def test_names_given_by_options_that_no_line_uses_are_warned_about(tmp_path: Path) -> None:
    script = tmp_path / "t.smtp"
    script.write_text(":let to = x\nNOOP {{to}}\nQUIT\n")
    words = ("--var", "to=a", "--var", "form=b", "--secret", "token=env:PW")
    status, _, err = program("--script", str(script), *words, PW="s3cret")
    assert status == 0
    assert err.splitlines() == [
        "warning: --var form: not used in the script",
        "warning: --secret token: not used in the script",
    ]


def test_a_recorded_cram_md5_login_runs_again(tmp_path: Path) -> None:
    script, recorded = tmp_path / "login.smtp", tmp_path / "call.smtp"
    script.write_text(LOGIN)
    given = {"SMTPPROBE_SECRET_password": PASSWORD}
    assert program("--script", str(script), "--transcript", str(recorded), **given)[0] == 0
    assert f'{{{{ cram("{USER}", password) }}}}' in recorded.read_text()
    target = recorded.read_text()
    again = "\n".join(line for line in target.splitlines() if not line.startswith(":connect"))
    recorded.write_text(f"{again}\n")
    assert program("--script", str(recorded), **given)[0] == 0
