"""A mail server's own words, which answer no command, have a way in."""

from __future__ import annotations

import json

import pytest

from smtpprobe.explainer.explain import own_words
from tests.explainer.test_subcommand import explain


@pytest.mark.parametrize(
    ("text", "cause", "retry"),
    [
        ("connection to mx1.example.net[192.0.2.90] port 25 was refused", "network-error",
         "later-same"),
        ("no route to host 2001:db8::90", "network-error", "later-same"),
        ("5.4.7 delivery expired after 5 days", "timeout", "after-change"),
        ("4.4.1 connect to mx.example.org: Connection timed out", "timeout", "later-same"),
        ("no local user named jo", "unknown-recipient", "after-change"),
        ("TLS handshake with mx.example.org failed", "tls-unavailable", "later-same"),
        ("5.1.1 the zebra crosses the river", "unknown-recipient", "after-change"),
        ("the zebra crosses the river", "unknown", "later-same"),
    ],
)  # fmt: skip
def test_own_words_have_a_cause_and_no_code(text: str, cause: str, retry: str) -> None:
    found = own_words(text)
    assert (found.cause.value, found.retry.value, found.code) == (cause, retry, None)


def test_local_is_a_word_of_the_option_command() -> None:
    done = explain("--jsonl", "--command", "LOCAL", "no route to host 192.0.2.1")
    assert done.returncode == 0
    assert json.loads(done.stdout)["cause"] == "network-error"


def test_local_wants_words() -> None:
    done = explain("--command", "LOCAL")
    assert done.returncode == 2
