"""Passwords and answers to challenges: nowhere but on the wire."""

from __future__ import annotations

import base64
import errno
import hmac
import os
import re
import stat
from pathlib import Path

import pytest

from smtpprobe.protocol.phase import Phase
from smtpprobe.repl.history import ENTRIES, HistoryFile, kept_form
from smtpprobe.repl.line_class import masked_typed
from smtpprobe.sandbox.faults import Hang, Hear, Say
from smtpprobe.script.recordings.appended_file import AppendedFile
from tests.repl.pty_stage import PROGRAM, program
from tests.repl.stage import DOT, EHLO, ENTER, GREETING, LISTEN, TO_DATA, UP, staged, to_data
from tests.servers.postfix import Postfix

PASSWORD = "tanstaafl"
PLAIN = base64.b64encode(b"\0bob\0" + PASSWORD.encode()).decode()
REFUSED = Say(b"535 5.7.8 no\r\n")


async def test_a_typed_initial_response_is_masked_after_enter_and_not_kept(tmp_path: Path) -> None:
    script = (GREETING, *EHLO, Hear(b"AUTH"), REFUSED, Hang())
    async with staged(script, history=tmp_path / "h") as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type(f"AUTH PLAIN {PLAIN}", ENTER)
        await stage.until("535 5.7.8 no")
        assert stage.server.heard[-1] == f"AUTH PLAIN {PLAIN}\r\n".encode()
        assert "127.0.0.1 ehlo> AUTH PLAIN ********" in stage.text
        assert PLAIN not in stage.text
        assert (tmp_path / "h").read_text() == "EHLO me\nAUTH PLAIN\n"


async def test_show_secrets_leaves_it_on_the_screen_only(tmp_path: Path) -> None:
    script = (GREETING, *EHLO, Hear(b"AUTH"), REFUSED, Hang())
    async with staged(script, history=tmp_path / "h", show_secrets=True) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type(f"AUTH PLAIN {PLAIN}", ENTER)
        await stage.until(f"AUTH PLAIN {PLAIN}")
        assert PLAIN not in (tmp_path / "h").read_text()


async def test_answers_to_challenges_are_masked_and_not_kept(tmp_path: Path) -> None:
    challenge = (Hear(b"AUTH"), Say(b"334 VXNlcm5hbWU6\r\n"), Hear(b"Ym9i"))
    script = (GREETING, *EHLO, *challenge, Say(b"334 UGFzc3dvcmQ6\r\n"), Hear(), REFUSED, Hang())
    async with staged(script, history=tmp_path / "h") as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        await stage.line("AUTH LOGIN", "334| ")
        await stage.line("Ym9i", "334| ")
        stage.type(f":b64 {PASSWORD}", ENTER)
        await stage.until("535 5.7.8 no")
        encoded = base64.b64encode(PASSWORD.encode())
        assert stage.server.heard[-1] == encoded + b"\r\n"
        for secret in ("Ym9i", PASSWORD, encoded.decode()):
            assert secret not in stage.text
        assert (tmp_path / "h").read_text() == "EHLO me\nAUTH LOGIN\n"


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN", "CRAM-MD5"])
async def test_auth_asks_for_the_password_unseen(mechanism: str, tmp_path: Path) -> None:
    steps = {
        "PLAIN": (Hear(b"AUTH PLAIN " + PLAIN.encode()),),
        "LOGIN": (
            Hear(b"AUTH LOGIN"), Say(b"334 VXNlcm5hbWU6\r\n"), Hear(b"Ym9i"),
            Say(b"334 UGFzc3dvcmQ6\r\n"), Hear(base64.b64encode(PASSWORD.encode())),
        ),
        "CRAM-MD5": (Hear(b"AUTH CRAM-MD5"), Say(b"334 PDFAeD4=\r\n"), Hear(b"Ym9i")),
    }[mechanism]  # fmt: skip
    script = (GREETING, *EHLO, *steps, Say(b"235 2.7.0 welcome\r\n"), Hang())
    async with staged(script, history=tmp_path / "h") as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type("half")
        stage.type("\x03", f":auth {mechanism} bob --force", ENTER)
        await stage.until_prompt("password: ")
        stage.type(PASSWORD)
        await stage.until_true(lambda: stage.face.buffer.text == PASSWORD, "typed")
        await stage.until_true(lambda: stage.prompt_line.rstrip() == "password:", "unseen")
        stage.type(ENTER)
        await stage.until("235 2.7.0 welcome")
        assert PASSWORD not in "".join(stage.octets)
        assert PASSWORD not in (tmp_path / "h").read_text()


async def test_the_secrets_of_a_fragment_are_asked_for_unseen(tmp_path: Path) -> None:
    script = (GREETING, *EHLO, Hear(b"AUTH PLAIN " + PLAIN.encode()), REFUSED, Hang())
    async with staged(script, history=tmp_path / "h") as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.paste(":secret auth_1\rAUTH PLAIN {{auth_1}}\r")
        await stage.until_prompt("secret auth_1: ")
        stage.type(PLAIN, ENTER)
        await stage.until("535 5.7.8 no")
        assert "127.0.0.1 ehlo> AUTH PLAIN ********" in stage.text
        assert PLAIN not in "".join(stage.octets)


async def test_a_secret_of_a_fragment_can_be_refused() -> None:
    async with staged((GREETING, LISTEN)) as stage:
        stage.paste(":secret auth_1\rAUTH PLAIN {{auth_1}}\r")
        await stage.until_prompt("secret auth_1: ")
        stage.type("\x03")
        await stage.until("# no secret given; nothing sent")
        assert stage.server.heard == []


async def test_a_password_question_given_up_sends_nothing() -> None:
    async with staged((GREETING, *EHLO, Hear(b"nothing"))) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type(":auth PLAIN bob", ENTER)
        await stage.until_prompt("password: ")
        stage.type(PASSWORD, "\x03")
        await stage.until("# login cancelled; nothing sent")
        await stage.until_prompt("127.0.0.1 ehlo> ")
        stage.type(UP)
        await stage.until_prompt("127.0.0.1 ehlo> :auth PLAIN bob")
        assert stage.server.heard == [b"EHLO me\r\n"]


async def test_an_answer_queued_behind_auth_is_not_shown() -> None:
    async with staged((GREETING, *EHLO, Hear(b"nothing"))) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type("AUTH LOGIN", ENTER)
        await stage.until_prompt("127.0.0.1 ehlo\u2026> ")
        stage.type("c2VjcmV0", ENTER)
        await stage.until("# queued: ********")
        assert "c2VjcmV0" not in stage.text


async def test_an_answer_sent_past_the_reply_to_auth_is_not_shown(tmp_path: Path) -> None:
    script = (GREETING, *EHLO, Hear(b"AUTH"), Hear(b"c2Vj"), REFUSED, Hang())
    async with staged(script, history=tmp_path / "h") as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type("AUTH LOGIN", ENTER)
        await stage.until_prompt("127.0.0.1 ehlo\u2026> ")
        stage.type("> c2VjcmV0", ENTER)
        await stage.until("535 5.7.8 no")
        assert stage.server.heard[-1] == b"c2VjcmV0\r\n"
        assert "c2VjcmV0" not in stage.text
        assert "c2VjcmV0" not in (tmp_path / "h").read_text()


def forms(user: str, password: str, challenge: bytes) -> list[str]:
    """Return all that would give a password away: itself, its base64, a digest made with it."""
    digest = hmac.digest(password.encode(), challenge, "md5").hex()
    encoded = (password, f"\0{user}\0{password}", f"{user} {digest}")
    return [password, digest, *(base64.b64encode(text.encode()).decode() for text in encoded)]


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_a_password_is_found_nowhere_in_what_a_run_leaves(
    submission: Postfix, tmp_path: Path
) -> None:
    text, events, record = (tmp_path / name for name in ("t.smtp", "t.jsonl", "s.smtp"))
    error = tmp_path / "stderr"
    target = f"localhost:{submission.ports.submission}"
    words = f"{PROGRAM} {target} --client me.example --debug --transcript {text} 2>{error}"
    async with program(tmp_path, "-c", words, command="/bin/sh") as pty:
        await pty.until_prompt("localhost greeted> ")
        await pty.line("EHLO me.example", "STARTTLS offered")
        await pty.line("STARTTLS", "# next: EHLO again")
        await pty.line("EHLO me.example", "new since TLS")
        for mechanism in ("PLAIN", "LOGIN", "CRAM-MD5"):
            pty.type(f":auth {mechanism} bob\r")
            await pty.until_prompt("password: ")
            await pty.line(PASSWORD, f"this account may not use {mechanism}")
            await pty.until_prompt("localhost tls ehlo> ")
        await pty.line(f":transcript {events}", "recording to")
        await pty.line(f"AUTH PLAIN {PLAIN}", "[")
        await pty.until_prompt("localhost tls ehlo> ")
        await pty.line("AUTH LOGIN", "Username:")
        await pty.line(":b64 bob", "Password:")
        pty.type(f":b64 {PASSWORD}\r")
        await pty.until_prompt("localhost tls ehlo> ")
        await pty.line(":history", "AUTH LOGIN")
        await pty.line(f":save {record}", "# saved")
        pty.type("\x04")
        assert await pty.exit_code() == 0
        screen = pty.text
    challenges = re.findall(r"334 (P\S+)", text.read_text())
    assert challenges
    left = files_in(tmp_path)
    assert {text, events, record, error} <= set(left)
    assert any(file.name == "history" for file in left)
    for secret in forms("bob", PASSWORD, base64.b64decode(challenges[0])):
        assert secret not in screen
        for file in left:
            assert secret not in file.read_text(), (secret, file)


@pytest.mark.parametrize(
    ("text", "phase", "kept"),
    [
        ("EHLO me", Phase.CONNECTED, "EHLO me"),
        ("auth plain AGJvYgB4", Phase.READY, "auth plain"),
        ("> AUTH PLAIN AGJvYgB4", Phase.READY, "> AUTH PLAIN"),
        ("AUTH LOGIN", Phase.READY, "AUTH LOGIN"),
        ("Ym9i", Phase.AUTH, ""),
        ("*", Phase.AUTH, ""),
        (":caps", Phase.AUTH, ":caps"),
        (":b64 secret", Phase.READY, ""),
        (":b secret", Phase.READY, ""),
        (":secret password", Phase.READY, ""),
        (":auth PLAIN bob", Phase.READY, ":auth PLAIN bob"),
        ("Subject: x", Phase.DATA, ""),
        (" EHLO me", Phase.CONNECTED, ""),
        ("", Phase.READY, ""),
    ],
)
def test_which_lines_are_kept_and_how(text: str, phase: Phase, kept: str) -> None:
    assert kept_form(text, phase) == kept


def test_lines_with_a_leading_space_are_kept_when_wished() -> None:
    assert kept_form(" NOOP", Phase.READY, ignore_space=False) == " NOOP"


@pytest.mark.parametrize(
    ("text", "phase", "shown"),
    [
        ("AUTH PLAIN abc", Phase.READY, "AUTH PLAIN ********"),
        ("> AUTH PLAIN abc", Phase.READY, "> AUTH PLAIN ********"),
        ("abc", Phase.AUTH, "********"),
        ("> abc", Phase.AUTH, "> ********"),
        ("*", Phase.AUTH, "*"),
        (":b64 abc", Phase.AUTH, ":b64 ********"),
        (":caps", Phase.AUTH, ":caps"),
        ("AUTH PLAIN abc", Phase.DATA, "AUTH PLAIN abc"),
    ],
)
def test_how_typed_lines_are_shown(text: str, phase: Phase, shown: str) -> None:
    assert masked_typed(text, phase) == shown


def test_the_history_file_is_private_under_any_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        HistoryFile(tmp_path / "state" / "history").append("NOOP")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "state" / "history").stat().st_mode) == 0o600


def test_a_history_file_that_others_can_read_is_repaired_and_told(tmp_path: Path) -> None:
    path = tmp_path / "history"
    path.write_text("NOOP\n")
    path.chmod(0o644)
    file = HistoryFile(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert file.warnings == [f"{path} was readable by others (mode 644); now 600"]
    assert file.lines == ["NOOP"]


def test_the_history_file_is_cut_and_repeats_are_stored_once(tmp_path: Path) -> None:
    path = tmp_path / "history"
    path.write_text("".join(f"NOOP {number}\n" for number in range(ENTRIES + 10)))
    path.chmod(0o600)
    file = HistoryFile(path)
    file.append("RSET")
    file.append("RSET")
    lines = path.read_text().splitlines()
    assert len(lines) == ENTRIES + 1
    assert lines[0] == "NOOP 10"
    assert lines[-2:] == [f"NOOP {ENTRIES + 9}", "RSET"]


def test_a_history_file_that_cannot_be_written_is_told_and_given_up(tmp_path: Path) -> None:
    file = HistoryFile(tmp_path)
    file.append("NOOP")
    assert len(file.warnings) == 1
    assert file.lines == ["NOOP"]


async def test_a_history_file_that_fails_during_a_session_is_reported_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: AppendedFile, _octets: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "h"
    replies = [step for _ in range(3) for step in (Hear(b"NOOP"), Say(b"250 ok\r\n"))]
    async with staged((GREETING, *replies, Hang()), history=path) as stage:
        await stage.line("NOOP a", "127.0.0.1 greeted> ")
        with monkeypatch.context() as patched:
            patched.setattr(AppendedFile, "append", full)
            await stage.line("NOOP b", "127.0.0.1 greeted> ")
        await stage.line("NOOP c", "127.0.0.1 greeted> ")
        shown = " ".join(stage.text.replace("\n# ", " ").split())
        assert shown.count("No space left on device") == 1
        assert "lines are kept until the end of the session" in shown
        assert shown.count("250 ok") == 3
        assert stage.face.kept.lines == ["NOOP a", "NOOP b", "NOOP c"]
    assert path.read_text() == "NOOP a\n"


def test_half_a_line_in_the_history_is_not_joined_with_the_next(tmp_path: Path) -> None:
    path = tmp_path / "history"
    path.write_text("NOOP\nRCPT TO:<bo")
    path.chmod(0o600)
    HistoryFile(path).append("QUIT")
    assert HistoryFile(path).lines == ["NOOP", "RCPT TO:<bo", "QUIT"]


async def test_message_text_is_not_kept(tmp_path: Path) -> None:
    async with staged((*TO_DATA, *DOT, Hang()), history=tmp_path / "h") as stage:
        await to_data(stage)
        stage.type("Subject: private", ENTER, ".", ENTER)
        await stage.until_prompt("127.0.0.1 ehlo> ")
        assert "private" not in (tmp_path / "h").read_text()


@pytest.mark.parametrize("typed", [":connect", ":reconnect", ":conect"])
def test_a_login_in_a_typed_target_is_neither_shown_nor_kept(typed: str) -> None:
    line = f"{typed} smtp://bob:{PASSWORD}@mx.example:587"
    assert masked_typed(line, Phase.CLOSED) == f"{typed} smtp://********@mx.example:587"
    assert PASSWORD not in kept_form(line, Phase.CLOSED)
    bare = f"{typed} smtp://mx.example:587"
    assert kept_form(bare, Phase.CLOSED) == bare
