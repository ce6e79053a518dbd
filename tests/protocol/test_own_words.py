"""A password that is also a word of the greeting is not told by a mask there, nor leaked after."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.redact import Secrets

GREETING = b"220 smtp.example.org ESMTP Postfix\r\n"
EHLO = b'250-smtp.example.org\r\n250-8BITMIME\r\n250 X-LOGIN "ESMTP"\r\n'


def logged_in(password: str) -> Secrets:
    """Secrets after a greeting, EHLO and a login with this password."""
    secrets = Secrets([password])
    secrets.hear(GREETING)
    secrets.hear(EHLO)
    secrets.learn(read_line("AUTH PLAIN", Phase.READY))
    return secrets


@pytest.mark.parametrize("password", ["smtp", "ESMTP", "smtp.example.org", "8BITMIME", "Postfix"])
def test_what_was_said_before_the_login_stays(password: str) -> None:
    secrets = logged_in(password)
    for said in (GREETING, EHLO):
        assert secrets.hide_octets(said) == said
        assert secrets.blot(said) == said
        text = said.decode()
        assert secrets.hide(json.dumps({"text": text})) == json.dumps({"text": text})


def test_what_is_said_after_a_secret_was_given_is_masked_though_it_has_not_gone_out() -> None:
    secrets = Secrets()
    secrets.hear(GREETING)
    secrets.add("hunter2")
    secrets.hear(b"550 5.7.1 refused hunter2\r\n")
    assert secrets.hide("550 5.7.1 refused hunter2") == "550 5.7.1 refused ********"


REPEATED = (
    ("ESMTP", "535 5.7.8 no such password: {}"),
    ("ESMTP", '535 5.7.8 "{}"'),
    ("ESMTP", "220 smtp.example.org {} Postfix 2"),
    ("ESMTP", "1220 smtp.example.org {} Postfix"),
    ("smtp", "535 5.7.8 wrong: {}"),
    ("smtp", "535 5.7.8 wrong: {}1"),
    ("smtp", "535 5.7.8 smtp.example.org knows <{}>"),
    ("smtp", "535 5.7.8 {}.example.orgs"),
    ("smtp.example.org", "221 2.0.0 {} closing"),
)


@pytest.mark.parametrize(("password", "text"), REPEATED)
def test_what_may_be_a_repetition_is_masked(password: str, text: str) -> None:
    secrets = logged_in(password)
    assert secrets.hide(text.format(password)) == text.format("********")
    blotted = secrets.blot(text.format(password).encode())
    assert blotted == text.format("*" * len(password)).encode()


def test_a_name_heard_before_stays_in_another_line() -> None:
    secrets = logged_in("smtp")
    assert secrets.hide("221 smtp.example.org smtp") == "221 smtp.example.org ********"


def test_a_login_by_hand_ends_what_is_the_servers_own() -> None:
    secrets = Secrets()
    secrets.hear(GREETING)
    secrets.learn(read_line("AUTH PLAIN AGJvYgBFU01UUA==", Phase.READY))
    said = b"535 5.7.8 no ESMTP\r\n"
    secrets.hear(said)
    assert secrets.hide_octets(said) == b"535 5.7.8 no ********\r\n"
    assert secrets.hide_octets(GREETING) == GREETING


def test_a_secret_in_any_line_ends_it_too() -> None:
    secrets = Secrets(["hunter22"])
    secrets.learn(read_line("XLOGIN bob hunter22", Phase.READY))
    said = b"250 welcome hunter22\r\n"
    secrets.hear(said)
    assert secrets.hide_octets(said) == b"250 welcome ********\r\n"


def test_what_others_heard_before_counts() -> None:
    secrets = Secrets(["ESMTP"])
    secrets.include(logged_in("ESMTP"))
    assert secrets.hide_octets(GREETING) == GREETING


def test_endless_replies_are_not_kept() -> None:
    secrets = Secrets(["secret"])
    for number in range(300):
        secrets.hear(b"250 %d secret\r\n" % number)
    secrets.hear(b"250 " + b"x" * 2000 + b" secret\r\n")
    assert "secret" in secrets.hide("250 255 secret")
    assert "secret" not in secrets.hide("250 256 secret")


@given(st.text('ab ."<>-', max_size=30), st.text('ab ."<>-', max_size=30))
def test_a_secret_said_by_itself_is_never_readable(before: str, after: str) -> None:
    secrets = Secrets(["abba"])
    secrets.hear(f"250 {before}".encode())
    secrets.learn(read_line("AUTH PLAIN", Phase.READY))
    assert secrets.hide(f"535 {after} abba") == f"{secrets.hide(f'535 {after} ')}********"
