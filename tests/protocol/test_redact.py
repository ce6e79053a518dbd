"""Credentials are masked wherever a command is shown; nothing else is."""

from __future__ import annotations

import pytest

from smtpprobe.protocol.command import Command, Kind, read_line
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.redact import Secrets, is_secret, masked, masked_line


@pytest.mark.parametrize(
    ("line", "phase", "shown"),
    [
        ("AUTH PLAIN AGJvYgBwdw==", Phase.READY, "AUTH PLAIN ********"),
        ("auth  login dXNlcg==", Phase.READY, "auth  login ********"),
        ("AUTH PLAIN", Phase.READY, "AUTH PLAIN"),
        ("AUTH EXTERNAL =", Phase.READY, "AUTH EXTERNAL ="),
        ("dXNlcg==", Phase.AUTH, "********"),
        ("*", Phase.AUTH, "*"),
        ("", Phase.AUTH, ""),
        ("AUTH PLAIN text in a message", Phase.DATA, "AUTH PLAIN text in a message"),
        ("NOOP", Phase.READY, "NOOP"),
    ],
)
def test_only_credentials_are_masked(line: str, phase: Phase, shown: str) -> None:
    assert masked_line(line, phase) == shown
    assert is_secret(line, phase) == (line != shown)
    assert masked(read_line(line, phase)).raw == shown.encode() + b"\r\n"


def test_credentials_in_raw_octets_are_masked_too() -> None:
    command = Command(b"EHLO x\r\nAUTH PLAIN c2VjcmV0\r\nNOOP\r\n", Kind.RAW)
    assert masked(command).raw == b"EHLO x\r\nAUTH PLAIN ********\r\nNOOP\r\n"


def test_what_follows_an_auth_in_raw_octets_answers_it() -> None:
    command = Command(b"AUTH LOGIN\r\ndXNlcg==\r\nc2VjcmV0\r\nQUIT\r\n", Kind.RAW)
    assert masked(command).raw == b"AUTH LOGIN\r\n********\r\n********\r\nQUIT\r\n"


def test_octets_marked_secret_are_masked_whatever_they_are() -> None:
    assert masked(Command(b"c2Vj", Kind.RAW, secret=True)).raw == b"********"


@pytest.mark.parametrize(
    ("sent", "echo", "shown"),
    [
        (["AUTH PLAIN AGJvYi54AGh1bnRlcjI="], "bob.x hunter2", "bob.x ********"),
        (["AUTH PLAIN AGJvYi54AGh1bnRlcjI="], "AGJvYi54AGh1bnRlcjI=", "********"),
        (["AUTH LOGIN", "Ym9iLng=", "aHVudGVyMg=="], "bob.x hunter2", "bob.x ********"),
        (["AUTH LOGIN Ym9iLng=", "aHVudGVyMg=="], "bob.x hunter2", "bob.x ********"),
        (["NOOP hunter2"], "hunter2", "hunter2"),
    ],
)
def test_credentials_that_went_out_are_hidden_when_they_come_back(
    sent: list[str], echo: str, shown: str
) -> None:
    secrets = Secrets()
    for line in sent:
        phase = Phase.READY if " " in line or line == "AUTH LOGIN" else Phase.AUTH
        secrets.learn(read_line(line, phase))
    assert secrets.hide(f"535 {echo} refused") == f"535 {shown} refused"


def test_given_secrets_are_hidden_in_every_spelling() -> None:
    secrets = Secrets(['hun"ter2', "pw"])
    assert secrets.hide('a hun"ter2 b hun\\"ter2 c aHVuInRlcjI= d') == (
        "a ******** b ******** c ******** d"
    )
    assert secrets.hide("pw is too short to look for") == "pw is too short to look for"


def test_a_command_without_credentials_is_the_same_object() -> None:
    command = read_line("NOOP", Phase.READY)
    assert masked(command) is command
