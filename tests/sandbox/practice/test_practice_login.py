"""AUTH at the practice server: three mechanisms, and every way to fail."""

from __future__ import annotations

import hmac
from base64 import b64decode, b64encode

import pytest

from smtpprobe.login.scram import Scram
from smtpprobe.protocol.auth.login import Credentials
from smtpprobe.protocol.auth.sasl import RESPONDERS, Login, Manner
from smtpprobe.protocol.reply import parse_reply
from smtpprobe.sandbox.practice.login import MECHANISMS, REFUSED_USERS
from tests.sandbox.rehearsal import BINDING, Rehearsal, in_transaction, ready

USER, PASSWORD = "probe@sandbox.test", "practice"
MAIL = "MAIL FROM:<me@client.example>"


def b64(text: str) -> str:
    return b64encode(text.encode()).decode()


NAMED = [name for name in MECHANISMS if name != "ANONYMOUS"]


def log_in(rehearsal: Rehearsal, mechanism: str, user: str, password: str) -> str:
    """Log in as a client does that sends no initial response; return the last reply."""
    client = attempt(mechanism, user, password)
    reply = rehearsal.last(client.line)
    while reply.startswith("334"):
        command = client.after(parse_reply(f"{reply}\r\n".encode()))
        assert command is not None
        reply = rehearsal.last(command.raw.decode().removesuffix("\r\n"))
    return reply


def attempt(mechanism: str, user: str, password: str) -> Login:
    credentials, manner = Credentials(user, password), Manner(initial=False)
    if mechanism in RESPONDERS:
        return Login(mechanism, RESPONDERS[mechanism](credentials), manner)
    scram = Scram(mechanism, credentials, BINDING, plus_announced=True, manner=manner)
    return Login(mechanism, scram, manner)


@pytest.mark.parametrize("mechanism", NAMED)
def test_the_practice_credentials_log_in(mechanism: str) -> None:
    rehearsal = ready(tls=True)
    assert log_in(rehearsal, mechanism, USER, PASSWORD) == "235 2.7.0 Authentication successful"
    assert rehearsal.talk.user == USER
    assert rehearsal.last("AUTH PLAIN") == "503 5.5.1 Error: already authenticated"
    assert rehearsal.lines(MAIL, "RCPT TO:<a@other.example>")[1] == "250 2.1.5 Ok"


@pytest.mark.parametrize("mechanism", NAMED)
@pytest.mark.parametrize(("user", "password"), [(USER, "wrong"), ("probe", PASSWORD), (USER, "")])
def test_other_credentials_do_not(mechanism: str, user: str, password: str) -> None:
    rehearsal = ready(tls=True)
    assert log_in(rehearsal, mechanism, user, password).startswith("535 5.7.8")
    assert rehearsal.talk.user is None
    assert rehearsal.talk.login is None


@pytest.mark.parametrize("mechanism", NAMED)
@pytest.mark.parametrize("user", REFUSED_USERS)
def test_refused_users_are_refused_in_their_own_way(mechanism: str, user: str) -> None:
    code, enhanced, text = REFUSED_USERS[user]
    reply = log_in(ready(tls=True), mechanism, user, "whatever")
    assert reply == f"{code} {enhanced} {text}"


def test_an_anonymous_login_is_one() -> None:
    assert ready(tls=True).last("AUTH ANONYMOUS =").startswith("235")


@pytest.mark.parametrize(
    ("mechanism", "error"), [("XOAUTH2", '"status":"401"'), ("OAUTHBEARER", "invalid_token")]
)
def test_a_wrong_token_is_told_as_json_before_it_is_refused(mechanism: str, error: str) -> None:
    rehearsal = ready(tls=True)
    reply = rehearsal.last(attempt(mechanism, USER, "old").line, b64(f"user={USER}\1"))
    assert error in b64decode(reply[4:]).decode()
    assert rehearsal.last("").startswith("535 5.7.8")


@pytest.mark.parametrize(
    ("line", "reply"),
    [
        ("AUTH", "501 5.5.4"),
        ("AUTH GSSAPI", "504 5.5.4 Unrecognized authentication type: GSSAPI"),
        ("auth plain " + b64(f"\0{USER}\0{PASSWORD}"), "235 2.7.0"),
        ("AUTH PLAIN " + b64(f"{USER}\0{USER}\0{PASSWORD}"), "235 2.7.0"),
        ("AUTH PLAIN " + b64(f"other\0{USER}\0{PASSWORD}"), "535 5.7.8"),
        ("AUTH PLAIN " + b64(f"{USER}{PASSWORD}"), "501 5.5.2"),
        ("AUTH PLAIN =", "501 5.5.2"),
        ("AUTH PLAIN not-base64!", "501 5.5.2"),
        ("AUTH PLAIN jürgen", "501 5.5.2"),
        ("AUTH LOGIN " + b64(USER), f"334 {b64('Password:')}"),
        ("AUTH LOGIN", f"334 {b64('Username:')}"),
        ("AUTH PLAIN", "334 "),
        ("AUTH CRAM-MD5 " + b64(USER), "501 5.7.0"),
    ],
)
def test_an_auth_command_gets(line: str, reply: str) -> None:
    assert ready(tls=True).last(line).startswith(reply)


@pytest.mark.parametrize(
    ("answer", "reply"),
    [("*", "501 5.7.0"), ("!!!", "501 5.5.2"), ("", "501 5.5.2"), ("A" * 12290, "500 5.5.6")],
)
def test_an_exchange_ends_with_a_bad_answer(answer: str, reply: str) -> None:
    rehearsal = ready(tls=True)
    rehearsal.last("AUTH PLAIN")
    assert rehearsal.last(answer).startswith(reply)
    assert rehearsal.last("NOOP") == "250 2.0.0 Ok"


def test_a_cram_md5_challenge_is_new_each_time_and_no_digest_fits_twice() -> None:
    rehearsal = ready(tls=True)
    first = b64decode(rehearsal.last("AUTH CRAM-MD5")[4:])
    rehearsal.last("*")
    second = b64decode(rehearsal.last("AUTH CRAM-MD5")[4:])
    assert first != second
    digest = hmac.digest(PASSWORD.encode(), first, "md5").hex()
    assert rehearsal.last(b64(f"{USER} {digest}")).startswith("535 5.7.8")


def test_auth_is_for_between_ehlo_and_mail() -> None:
    assert Rehearsal(tls=True).last("AUTH PLAIN") == "503 5.5.1 Error: send EHLO first"
    rehearsal = ready(tls=True)
    assert rehearsal.last(MAIL, "AUTH PLAIN") == "503 5.5.1 Error: MAIL transaction in progress"
    assert in_transaction().last("AUTH PLAIN").startswith("530 5.7.0")


def test_a_login_outlives_rset_and_ehlo() -> None:
    rehearsal = ready(tls=True)
    log_in(rehearsal, "PLAIN", USER, PASSWORD)
    rehearsal.last("RSET", "EHLO me")
    assert rehearsal.talk.user == USER
