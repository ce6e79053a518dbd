"""Credentials are masked wherever a command is shown; nothing else is."""

from __future__ import annotations

import pytest

from smtpprobe.protocol.command import Command, Kind, read_line
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.redact import is_secret, masked, masked_line


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


def test_a_command_without_credentials_is_the_same_object() -> None:
    command = read_line("NOOP", Phase.READY)
    assert masked(command) is command
