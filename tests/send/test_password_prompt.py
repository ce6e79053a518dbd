"""The question for a password on a terminal, broken off."""

from __future__ import annotations

import os
import subprocess
import sys
import termios

import pytest

from tests.strict_json import strictly

ON_ITS_TERMINAL = (
    "import fcntl, os, sys, termios;"
    "fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    "os.execv(sys.executable, [sys.executable, '-m', 'smtpprobe', *sys.argv[1:]])"
)
SEND = (
    *("send", "--no-config", "--sandbox", "--client", "client.example", "--json"),
    *("--to", "bob@sandbox.test", "--auth-user", "bob", "--auth-password-from", "prompt"),
)


@pytest.mark.parametrize("key", [b"\x03", b"\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_one_key_cancels_the_delivery_and_leaves_the_terminal_as_it_was(key: bytes) -> None:
    ours, theirs = os.openpty()
    before = termios.tcgetattr(theirs)
    running = subprocess.Popen(
        [sys.executable, "-c", ON_ITS_TERMINAL, *SEND],
        stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, start_new_session=True,
    )  # fmt: skip
    try:
        seen = b""
        while b"password: " not in seen:
            seen += os.read(ours, 4096)
        assert not termios.tcgetattr(theirs)[3] & termios.ECHO
        os.write(ours, key)
        out, _ = running.communicate(timeout=30)
    finally:
        running.kill()
    while b"nothing sent" not in seen:
        seen += os.read(ours, 4096)
    assert running.returncode == 130
    assert seen.startswith(b"password: \r\nsmtpprobe: cancelled; nothing sent")
    assert termios.tcgetattr(theirs) == before
    os.close(ours)
    os.close(theirs)
    found = strictly(out.decode())
    assert (found["exit"], found["ended_at"], found["reason"]) == (130, "auth", "interrupted")
