"""What `--dry-run` prints is a script that does the same."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from smtpprobe.cli.main import main
from smtpprobe.exits import ExitStatus
from smtpprobe.sandbox.faults import Hang, Hear, Say, Step
from smtpprobe.sandbox.practice.login import MECHANISMS
from tests.script.runs import heard
from tests.send.delivering import BYE, GO_ON, GREETING, OK, QUEUED, deliver, ehlo, given, told

EVERYTHING = ("8BITMIME", "SMTPUTF8", "DSN", "REQUIRETLS", "CHUNKING", "MT-PRIORITY", "DELIVERBY")
COMMON = (
    "--to", "a@x.example", "--to", "b@x.example", "--header", "Date: today", "--header",
    "Message-ID: <1@client.example>", "--no-starttls", "--no-pipeline",
)  # fmt: skip
ANSWERS = ((b"MAIL", OK), (b"RCPT", OK), (b"RCPT", OK), (b"DATA", GO_ON), (b".\r\n", QUEUED),
           (b"QUIT", BYE))  # fmt: skip


def dry(*words: str, capsys: pytest.CaptureFixture[str]) -> str:
    common = ("--from", "me@client.example", "--client", "client.example", "--no-config")
    assert main(["send", *common, *words, "--dry-run", "127.0.0.1"]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    "more",
    [
        (),
        ("--body", "{{braces}}\\n.dot\\n250 not a reply\\n:not a command\\n< not expected"),
        ("--notify", "never", "--ret", "full", "--envid", "x{{y}}"),
        ("--mail-param", "X-ODD=1", "--rcpt-param", "X-{{a}}", "--smtputf8"),
        ("--body", "Grüße", "--subject", "Größe"),
    ],
)
async def test_the_script_sends_what_the_delivery_sends(
    more: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    text = dry(*COMMON, *more, capsys=capsys)
    server: list[Step] = told(*ANSWERS, keywords=EVERYTHING)
    ran = await deliver(given(*COMMON, *more), server)
    result, lines = await heard(text, told(*ANSWERS, keywords=EVERYTHING))
    assert result.failed == ()
    assert lines == ran.heard


@pytest.mark.parametrize(
    ("option", "point", "last"),
    [
        ("--quit-after", "rcpt", "QUIT"),
        ("--quit-after", "ehlo", "QUIT"),
        ("--drop-after", "mail", ":close"),
        ("--drop-after-send", "mail", ":close"),
        ("--quit-after", "data", ":close"),
        ("--drop-after-send", "data", ":close"),
        ("--drop-after-send", "dot", ":close"),
    ],
)
def test_the_script_stops_where_the_delivery_does(
    option: str, point: str, last: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dry(*COMMON, option, point, capsys=capsys).splitlines()[-1] == last


def test_starttls_stands_in_the_script_only_where_it_is_certain(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "\n# STARTTLS\n" in dry("--to", "a@x.example", capsys=capsys)
    assert "\nSTARTTLS\nEHLO" in dry("--to", "a@x.example", "--starttls", capsys=capsys)
    assert "STARTTLS" not in dry("--to", "a@x.example", "--no-starttls", capsys=capsys)


def test_a_file_is_named_in_the_script_and_a_password_never(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "with blank.eml"
    file.write_bytes(b"Subject: x\n\n\xff\x00")
    monkeypatch.setenv("SMTPPROBE_SECRET_password", "geheim")
    text = dry("--to", "a@x.example", "--eml", str(file), "--auth-user", "bob", capsys=capsys)
    assert f':data "{file}"' in text
    assert ':auth auto "bob"' in text
    assert "geheim" not in text


def test_a_script_is_saved_to_a_file(tmp_path: Path) -> None:
    file = tmp_path / "x.smtp"
    assert main(["send", "--no-config", "--to", "a@x.example", "--as-script", str(file)]) == 0
    assert "RCPT TO:<a@x.example>" in file.read_text()
    assert file.stat().st_mode & 0o077 == 0


async def test_a_script_in_chunks_counts_its_octets(capsys: pytest.CaptureFixture[str]) -> None:
    text = dry(*COMMON, "--chunking", capsys=capsys)
    server: list[Step] = [GREETING, Hear(b"EHLO"), ehlo("CHUNKING")]
    for command, reply in (*ANSWERS[:3], (b"BDAT", b""), (b"This is", QUEUED), (b"QUIT", BYE)):
        server += [Hear(command), Say(reply)]
    result, _ = await heard(text, [*server, Hang()])
    assert result.failed == ()


@pytest.mark.parametrize(
    "name",
    # left out: what needs a client certificate, or to be told which channel binding
    ["auto", *(name for name in MECHANISMS if name != "EXTERNAL" and not name.endswith("-PLUS"))],
)
def test_the_script_of_a_login_logs_in(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMTPPROBE_SECRET_password", "practice")
    monkeypatch.setenv("SMTPPROBE_SECRET_token", "practice")
    file = tmp_path / "login.smtp"
    common = ("--no-config", "--client", "client.example")
    words = ("--auth", name, "--auth-user", "probe@sandbox.test", "--quit-after", "auth")
    order = ("send", *common, "--to", "bob@sandbox.test", *words, "--as-script", str(file))
    assert main(order) == 0
    assert "\nSTARTTLS\nEHLO" in file.read_text()
    ran = main(["--sandbox", "--script", str(file), *common])
    assert ran == 0, capsys.readouterr()


async def test_a_script_does_not_send_a_password_in_the_clear_that_the_delivery_would_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = (*COMMON, "--no-starttls", "--auth-user", "bob", "--quit-after", "auth", "--auth")
    text = dry(*words, "plain", capsys=capsys)
    server: list[Step] = [GREETING, Hear(b"EHLO"), ehlo("AUTH PLAIN"), Hear(b""), Hang()]
    result, lines = await heard(text, server, secrets={"password": "geheim"})
    assert result.status is ExitStatus.CANNOT_TELL
    assert not [line for line in lines if b"AUTH" in line]
    assert ":assert tls.ok" not in dry(*words, "plain", "--force", capsys=capsys)
    assert ":assert tls.ok" not in dry(*words, "cram-md5", capsys=capsys)
    assert "# send refuses" in dry(*words, "auto", capsys=capsys)


@pytest.mark.parametrize("user", ["probe@sandbox.test", "Ann Other", 'a"b\\c', "Jürgen"])
async def test_a_user_of_any_form_goes_through_the_script(
    user: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--auth", "plain", "--auth-user", user, "--quit-after", "auth", "--force")
    text = dry(*COMMON, *words, capsys=capsys)
    server = told((b"AUTH PLAIN", b"235 in\r\n"), (b"QUIT", BYE), keywords=["AUTH PLAIN"])
    result, lines = await heard(text, server, secrets={"password": "geheim"})
    assert result.failed == ()
    response = base64.b64encode(f"\0{user}\0geheim".encode())
    assert b"AUTH PLAIN " + response in [line.strip() for line in lines]
