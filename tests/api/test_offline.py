"""A reply is explained without a session."""

from __future__ import annotations

import pytest

import smtpprobe


def test_a_reply_is_explained_as_by_the_command() -> None:
    told = smtpprobe.explain("554 5.7.1 <bob@elsewhere.example>: Relay access denied", "RCPT")
    assert told.cause.value == "relay-denied"
    assert "does not relay mail for elsewhere.example" in told.meaning
    assert smtpprobe.explain("554 5.7.1 Relay access denied").cause.value == "relay-denied"


def test_a_reply_is_found_in_a_line_of_a_log() -> None:
    line = (
        "Nov 3 03:00:00 m postfix/smtp[1]: 4X: to=<bob@x.example>, relay=mx.x.example[192.0.2.1]:25"
        ", status=bounced (host mx.x.example[192.0.2.1] said: 550 5.1.1 no such user"
        " (in reply to RCPT TO command))"
    )
    assert smtpprobe.explain(line).cause.value == "unknown-recipient"


def test_words_without_a_reply_are_those_of_a_mail_server() -> None:
    assert smtpprobe.explain("Connection timed out").cause.value == "timeout"


def test_a_command_that_is_none_is_a_usage_error() -> None:
    with pytest.raises(smtpprobe.UsageError, match="NONSENSE"):
        smtpprobe.explain("550 no", "NONSENSE")
