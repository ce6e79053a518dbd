"""A pasted session parted: what client and server said, and what the tools around it wrote."""

from __future__ import annotations

from smtpprobe.script.importers.tool_lines import parted

OPENSSL = """\
CONNECTED(00000003)
depth=2 C = US, O = Example, CN = Root
verify return:1
---
Certificate chain
 0 s:CN = mx1.example.net
---
250 CHUNKING
NOOP
250 2.0.0 Ok
QUIT
221 2.0.0 Bye
closed
"""


def test_what_openssl_says_of_certificates_is_over_with_the_first_reply() -> None:
    dialogue, tools = parted(OPENSSL.splitlines())
    assert dialogue == ["250 CHUNKING", "NOOP", "250 2.0.0 Ok", "QUIT", "221 2.0.0 Bye"]
    assert tools == [*OPENSSL.splitlines()[:7], "closed"]


def test_in_a_message_all_lines_are_message() -> None:
    lines = ["DATA", "354 go", "Trying 192.0.2.1...", "", "closed", ".", "Connection closed."]
    assert parted(lines) == (lines[:-1], lines[-1:])


def test_what_the_language_marks_is_kept() -> None:
    lines = ["# telnet mx 25", "> telnet mx 25", ":connect mx", "< 220", "| closed"]
    assert parted(lines) == (lines, [])
