"""Credentials are masked wherever a command is shown; nothing else is."""

from __future__ import annotations

import base64
import hmac
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.protocol.command import Command, Kind, read_line
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.redact import Secrets, blotted, is_secret, masked, masked_line
from smtpprobe.protocol.redact_events import redacted_exchange
from smtpprobe.protocol.verbs import Context
from tests.knowledge.sessions import answered


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
        ("AUTH\tPLAIN\tAGJvYgBwdw==", Phase.READY, "AUTH\tPLAIN\t********"),
        ("AUTH=PLAIN AGJvYgBwdw==", Phase.READY, "AUTH=PLAIN ********"),
        ("AUTH: PLAIN AGJvYgBwdw==", Phase.READY, "AUTH: PLAIN ********"),
        ("AUHT PLAIN AGJvYgBwdw==", Phase.READY, "AUHT PLAIN ********"),
        ("AUT PLAIN pw", Phase.READY, "AUT PLAIN ********"),
        ("AUTHPLAIN AGJvYgBwdw==", Phase.READY, "AUTHPLAIN ********"),
        ("AUTH AGJvYgBwdw==", Phase.READY, "AUTH ********"),
        ("AUTH XFOO", Phase.READY, "AUTH XFOO"),
        ("AUTH XFOO pw", Phase.READY, "AUTH XFOO ********"),
        ("PLAIN AGJvYgBwdw==", Phase.READY, "PLAIN ********"),
        ("a1 LOGIN bob pw", Phase.READY, "a1 LOGIN ********"),
        ("PASS pw", Phase.READY, "PASS ********"),
        ("AGJvYgBwdw==", Phase.READY, "********"),
        ("dGFuc3RhYWZs", Phase.READY, "********"),
        ("FROB", Phase.READY, "FROB"),
        ("FROBNICATE widgets", Phase.READY, "FROBNICATE widgets"),
        ("XCLIENT NAME=plain.example.org", Phase.READY, "XCLIENT NAME=plain.example.org"),
        (
            "MAIL FROM:<login@example.org> AUTH=<>",
            Phase.READY,
            "MAIL FROM:<login@example.org> AUTH=<>",
        ),
        ("RCTP TO:<plain@example.org>", Phase.READY, "RCTP TO:<plain@example.org>"),
        ("STARTLS", Phase.READY, "STARTLS"),
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


def learned(*lines: str) -> Secrets:
    """Return what has learned from a login, the AUTH line first."""
    secrets = Secrets()
    secrets.learn(read_line(lines[0], Phase.READY))
    for line in lines[1:]:
        secrets.learn(read_line(line, Phase.AUTH))
    return secrets


DIGEST = hmac.digest(b"hunter22", b"<1@x>", "md5").hex()


@pytest.mark.parametrize(
    ("lines", "secret"),
    [
        (["AUTH CRAM-MD5", f"bob {DIGEST}"], DIGEST),
        (["AUTH CRAM-MD5", f"bob {DIGEST}"], DIGEST.upper()),
        (["AUTH XOAUTH2 ", "user=bob\1auth=Bearer ya29.vF9dft4qmTc\1\1"], "ya29.vF9dft4qmTc"),
        (["AUTH OAUTHBEARER ", "n,a=bob,\1auth=Bearer vF9dft4qmTc2\1\1"], "vF9dft4qmTc2"),
        (["AUTH SCRAM-SHA-256", "c=biws,r=fyko,p=dHzbZapWIk4jUhN+Ute9ytag9zjf"],
         "dHzbZapWIk4jUhN+Ute9ytag9zjf"),
        (["AUTH DIGEST-MD5", f'username="bob",response={DIGEST}'], DIGEST),
        (["AUTH X-UNHEARD-OF", "hunter22"], "hunter22"),
    ],
)  # fmt: skip
def test_what_proves_a_password_is_hidden_when_it_comes_back(lines: list[str], secret: str) -> None:
    first, answer = lines
    encoded = base64.b64encode(answer.encode()).decode()
    for said in ((first, encoded), (f"{first} {encoded}",)):
        secrets = learned(*said)
        assert secrets.hide(f"535 {secret} for bob") == "535 ******** for bob"


@given(st.binary(max_size=5), st.binary(max_size=5))
def test_a_secret_inside_a_longer_base64_is_hidden_wherever_it_begins(
    before: bytes, after: bytes
) -> None:
    secret = "tan'sta\"fl"
    said = base64.b64encode(before + secret.encode() + after).decode()
    hidden = Secrets([secret]).hide(said)
    assert "********" in hidden
    # what is left of it are bits of its first and last octet
    assert len(said) - len(hidden.replace("********", "")) >= (len(secret) * 8 - 10) // 6


@pytest.mark.parametrize(
    "said",
    [
        "tan&#x27;sta&quot;%é", "tan&#39;sta&quot;%é", "tan%27sta%22%25%C3%A9",
        "tan%27sta%22%25%c3%a9", "tan'sta\\\"%é", "tan'sta\\\"%\\u00e9", "tan\\'sta\"%é",
base64.b64encode(json.dumps({"why": "tan'sta\"%é is old"}).encode()).decode(),
    ],
)  # fmt: skip
def test_a_secret_is_hidden_as_markup_urls_and_quotes_write_it(said: str) -> None:
    assert "********" in Secrets(["tan'sta\"%é"]).hide(said)


def test_a_command_that_goes_out_again_is_looked_at_for_secrets_given_since() -> None:
    secrets, command = Secrets(), read_line("NOOP hunter22", Phase.READY)
    secrets.learn(command)
    secrets.add("hunter22")
    secrets.learn(command)
    secrets.hear(b"250 hunter22 heard\r\n")
    assert secrets.hide("250 hunter22 heard") == "250 ******** heard"


def test_being_told_of_a_command_twice_changes_nothing() -> None:
    secrets = Secrets()
    for line, phase in (("AUTH LOGIN", Phase.READY), ("Ym9iLng=", Phase.AUTH)):
        command = read_line(line, phase)
        secrets.learn(command)
        secrets.learn(command)
    assert secrets.hide("535 bob.x") == "535 bob.x"


@given(
    st.lists(st.text("ab", min_size=4, max_size=8), min_size=1, max_size=3),
    st.text("abc", max_size=30),
)
def test_octets_are_never_cut_within_a_secret(values: list[str], text: str) -> None:
    secrets, octets = Secrets(values), text.encode()
    for at in range(len(octets) + 1):
        part = secrets.whole_part(octets[:at])
        for value in values:
            found = [i for i in range(len(octets)) if octets.startswith(value.encode(), i)]
            spanning = [i for i in found if i < len(part) < i + len(value)]
            assert not spanning or any(_overlaps(i, value, found) for i in spanning)


def _overlaps(start: int, value: str, found: list[int]) -> bool:
    """Tell whether a value stands in itself there, so that masking takes another one of both."""
    return any(start - len(value) < other < start for other in found)


def test_a_command_in_a_traceback_shows_no_credentials() -> None:
    assert repr(read_line("AUTH PLAIN AGJvYgBwdw==", Phase.READY)) == (
        r"Command(b'AUTH PLAIN ********\r\n', command)"
    )
    assert "AGJv" not in repr(read_line("AGJvYgBwdw==", Phase.AUTH))


@pytest.mark.parametrize(
    ("command", "octets"),
    [
        (read_line("NOOP", Phase.READY), b"NOOP\r\n"),
        (read_line("AUTH PLAIN Ym9i", Phase.READY), b"AUTH PLAIN ****\r\n"),
        (read_line("Ym9i", Phase.AUTH), b"****\r\n"),
        (Command(b"EHLO x\r\nAUTH PLAIN Ym9i\r\nNOOP\r\n", Kind.RAW),
         b"EHLO x\r\nAUTH PLAIN ****\r\nNOOP\r\n"),
        (Command(b"ab\r\nc", Kind.RAW, secret=True), b"**\r\n*"),
    ],
)  # fmt: skip
def test_blotted_octets_are_as_many_and_stand_where_they_stood(
    command: Command, octets: bytes
) -> None:
    assert blotted(command) == octets
    assert len(octets) == len(command.raw)


def test_a_secret_of_octets_that_are_no_text_is_hidden_and_nothing_else_changes() -> None:
    secrets, said = Secrets(["hunter2\udce9"]), b"\xff hunter2\xe9 \xfe"
    assert secrets.hide_octets(said) == b"\xff ******** \xfe"
    assert secrets.blot(said) == b"\xff ******** \xfe"
    known = Secrets()
    known.hear(b"220 hunter2\xe9.example \xff\r\n")
    known.include(secrets)
    both = b"220 hunter2\xe9.example \xff\r\n250 hunter2\xe9"
    assert known.blot(both) == b"220 hunter2\xe9.example \xff\r\n250 ********"
    assert known.hide_octets(both) == b"220 hunter2\xe9.example \xff\r\n250 ********"


@pytest.mark.parametrize(
    ("octets", "whole"),
    [
        (b"abc hunt", b"abc "),
        (b"abc hunter", b"abc "),
        (b"abc hunter2", b"abc hunter2"),
        (b"abc hunter2h", b"abc hunter2"),
        (b"h", b""),
        (b"abc hut", b"abc hut"),
        (b"hunter2 u", b"hunter2 u"),
        (b"", b""),
    ],
)
def test_what_may_go_on_as_a_secret_is_kept_back_and_no_more(octets: bytes, whole: bytes) -> None:
    assert Secrets(["hunter2"]).whole_part(octets) == whole


@pytest.mark.parametrize(
    ("command", "reply", "hidden"),
    [
        ("NOOP", "250 ok", ""),
        ("NOOP hunter22", "250 ok", "command"),
        ("NOOP", "250 hunter22", "reply"),
        ("AUTH PLAIN hunter23", "535 no", "command"),
        ("NOOP hunter22", "250 hunter22", "both"),
    ],
)
def test_an_exchange_is_hidden_on_either_side(command: str, reply: str, hidden: str) -> None:
    seen = answered(
        Context.AUTH if command.startswith("AUTH") else Context.NOOP, reply, typed=command
    )
    shown = redacted_exchange(seen, Secrets(["hunter22"]))
    assert (shown is seen) is (hidden == "")
    assert shown.command is not None
    assert ("********" in shown.command.text) is (hidden in ("command", "both"))
    assert ("********" in shown.reply.text) is (hidden in ("reply", "both"))
    assert "hunter" not in f"{shown.command.text} {shown.reply.text}"


def test_what_is_said_after_a_login_by_another_mechanism_is_no_word_of_the_servers_own() -> None:
    for line in ("AUTH FOO hunter22", "AUTH GSSAPI aHVudGVyMjI=", "AUTH PLAIN AABodW50ZXIyMg=="):
        secrets = Secrets()
        secrets.learn(read_line(line, Phase.READY))
        secrets.hear(b"250 hunter22 heard\r\n")
        secrets.add("hunter22")
        assert secrets.hide("250 hunter22 heard") == "250 ******** heard", line


def test_of_a_login_in_words_each_word_is_a_secret_of_its_own() -> None:
    secrets = Secrets()
    secrets.learn(read_line("AUTH LOGIN bobby hunter22", Phase.READY))
    assert secrets.hide("no hunter22") == "no ********"
    assert secrets.hide("no bobby hunter22") == "no ********"
    assert secrets.hide("no bobby") == "no bobby"
