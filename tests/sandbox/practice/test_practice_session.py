"""The order and syntax that the practice server insists on, in the pure session."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.protocol.verbs import VERBS
from smtpprobe.sandbox.handler import HangUp, Upgrade
from smtpprobe.sandbox.practice.login import MECHANISMS
from smtpprobe.sandbox.practice.session import HANDLERS, NOT_IMPLEMENTED, idle
from smtpprobe.sandbox.practice.state import ERROR_LIMIT, RECIPIENT_LIMIT, SIZE_LIMIT, Service, Talk
from tests.sandbox.rehearsal import Rehearsal, in_transaction, ready, said

MAIL = "MAIL FROM:<me@client.example>"
RCPT = "RCPT TO:<you@sandbox.test>"


@pytest.mark.parametrize(
    ("lines", "reply"),
    [
        (("MAIL FROM:<a@b.example>",), "503 5.5.1"),
        (("RCPT TO:<a@sandbox.test>",), "503 5.5.1 Error: need MAIL command"),
        (("DATA",), "503 5.5.1"),
        (("EHLO",), "501 Syntax: EHLO hostname"),
        (("EHLO two words",), "501 Syntax"),
        (("LHLO me",), "500 5.5.1 Error: this is SMTP: send EHLO"),
        (("HELO me",), "250 sandbox.test"),
        (("EHLO me", MAIL, MAIL), "503 5.5.1 Error: nested MAIL command"),
        (("EHLO me", MAIL, "EHLO me", MAIL), "250 2.1.0"),
        (("EHLO me", MAIL, "DATA"), "503 5.5.1 Error: need RCPT command"),
        (("EHLO me", MAIL, "RCPT TO:<unknown@sandbox.test>", "DATA"), "554 5.5.1"),
        (("EHLO me", MAIL, RCPT, "DATA now"), "501 5.5.4 Syntax: DATA"),
        (("EHLO me", MAIL, "RSET", RCPT), "503 5.5.1"),
        (("EHLO me", "RSET now"), "501 5.5.4"),
        (("EHLO me", "MAIL FROM: <me@client.example>"), "250 2.1.0"),
        (("EHLO me", "mail from:<>"), "250 2.1.0"),
        (("EHLO me", "MAIL FROM:me@client.example"), "501 5.5.4 Syntax: MAIL FROM:<address>"),
        (("EHLO me", "MAIL <me@client.example>"), "501 5.5.4"),
        (("EHLO me", "MAIL FROM:<me@@client.example>"), "501 5.1.7"),
        (("EHLO me", "MAIL FROM:<me..you@client.example>"), "501 5.1.7"),
        (("EHLO me", 'MAIL FROM:<"me, myself"@client.example>'), "250 2.1.0"),
        (("EHLO me", "MAIL FROM:<@relay.example:me@client.example>"), "250 2.1.0"),
        (("EHLO me", "MAIL FROM:<me>"), "504 5.5.2"),
        (("EHLO me", "MAIL FROM:<me@host.invalid>"), "450 4.1.8"),
        (("EHLO me", "MAIL FROM:<" + "a" * 65 + "@client.example>"), "501 5.1.7"),
        (("EHLO me", MAIL, "RCPT TO:<>"), "501 5.1.3"),
        (("EHLO me", MAIL, "RCPT you@sandbox.test"), "501 5.5.4 Syntax: RCPT TO:<address>"),
        (("EHLO me", MAIL, "RCPT TO:<postmaster>"), "250 2.1.5"),
        (("EHLO me", MAIL, "RCPT TO:<Postmaster@SANDBOX.test>"), "250 2.1.5"),
        (("EHLO me", MAIL, "RCPT TO:<you@[127.0.0.1]>"), "250 2.1.5"),
        (("EHLO me", MAIL, "RCPT TO:<you>"), "504 5.5.2"),
        (("EHLO me", MAIL, "RCPT\u00a0TO:<you@sandbox.test>"), "500 5.5.2"),
        (("EHLO me", "\u3000NOOP"), "500 5.5.2"),
        (("EHLO me", MAIL, "RCPT TO:<you@other.example>"),
         "554 5.7.1 <you@other.example>: Relay access denied"),
        (("EHLO me", MAIL, "RCPT TO:<you%other.example@sandbox.test>"), "554 5.7.1 "),
        (("EHLO me", MAIL, "RCPT TO:<other.example!you@sandbox.test>"), "554 5.7.1 "),
        (("EHLO me", MAIL, 'RCPT TO:<"you@other.example"@sandbox.test>'), "554 5.7.1 "),
        (("FOO",), "500 5.5.2 Error: command not recognized"),
        (("",), "500 5.5.2"),
        (("NO\0OP",), "500 5.5.2 Error: NUL"),
        (("TURN",), "503 5.5.1"),
        (("BURL imap://mx.example/x",), "502 5.5.1"),
        (("NOOP whatever",), "250 2.0.0"),
        (("QUIT now",), "501 5.5.4"),
        (("QUIT",), "221 2.0.0 Bye"),
        (("GET / HTTP/1.1",), "421 4.7.0"),
        (("STARTTLS now",), "501 5.5.4 Syntax: STARTTLS"),
        (("EHLO me", MAIL, "STARTTLS"), "503 5.5.1"),
        (("EHLO me", "AUTH PLAIN"), "530 5.7.0 Must issue a STARTTLS command first"),
        (("VRFY postmaster",), "250 2.1.5 <postmaster@sandbox.test>"),
        (("VRFY anybody",), "252 2.0.0"),
        (("VRFY <unknown@sandbox.test>",), "550 5.1.1"),
        (("VRFY you@other.example",), "554 5.7.1"),
        (("VRFY",), "501 5.5.4"),
        (("VRFY a b",), "501 5.1.3"),
        (("EXPN team",), "250-2.1.5 <alice@sandbox.test>\r\n250-2.1.5"),
        (("EXPN nobody",), "550 5.1.1"),
        (("EXPN",), "501 5.5.4"),
        (("ETRN sandbox.test",), "503 5.5.1"),
        (("EHLO me", "ETRN sandbox.test"), "250 2.0.0 Queuing for node sandbox.test started"),
        (("EHLO me", "ETRN stuck.sandbox.test"), "458 4.3.0"),
        (("EHLO me", "ETRN other.example"), "459 4.7.1"),
        (("EHLO me", "ETRN"), "501 5.5.4"),
        (("HELP nonsense",), "504 5.5.4"),
    ],
)  # fmt: skip
def test_a_command_gets_the_reply_of_its_place_and_syntax(
    lines: tuple[str, ...], reply: str
) -> None:
    assert Rehearsal().last(*lines).startswith(reply)


@pytest.mark.parametrize(
    ("parameters", "reply"),
    [
        ("SIZE=1000 BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=id+3D1 AUTH=<>", "250"),
        ("size=0 body=7bit auth=me+40client.example", "250"),
        (f"SIZE={SIZE_LIMIT}", "250"),
        (f"SIZE={SIZE_LIMIT + 1}", "552 5.3.4"),
        ("SIZE=", "501 5.5.4"),
        ("SIZE", "501 5.5.4"),
        ("SMTPUTF8=1", "501 5.5.4"),
        ("BODY=BINARYMIME", "501 5.5.4"),
        ("RET=SOME", "501 5.5.4"),
        ("ENVID=a=b", "501 5.5.4"),
        ("RET=FULL RET=HDRS", "501 5.5.4 Duplicate option: RET"),
        ("FOO=1", "555 5.5.4 Unsupported option: FOO=1"),
        ("REQUIRETLS", "555 5.5.4"),
    ],
)
def test_parameters_of_mail_are_known_and_well_formed_or_refused(
    parameters: str, reply: str
) -> None:
    assert ready().last(f"{MAIL} {parameters}").startswith(reply)


@pytest.mark.parametrize(
    ("parameters", "reply"),
    [
        ("NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;you@sandbox.test", "250"),
        ("NOTIFY=NEVER", "250"),
        ("NOTIFY=NEVER,DELAY", "501 5.5.4"),
        ("NOTIFY=", "501 5.5.4"),
        ("ORCPT=you@sandbox.test", "501 5.5.4"),
        ("RET=FULL", "555 5.5.4"),
    ],
)
def test_parameters_of_rcpt_are_known_and_well_formed_or_refused(
    parameters: str, reply: str
) -> None:
    assert in_transaction().last(f"{RCPT} {parameters}").startswith(reply)


def test_after_helo_no_parameter_is_known() -> None:
    assert Rehearsal().last("HELO me", f"{MAIL} SIZE=10").startswith("555 5.5.4")


def test_the_ehlo_reply_announces_starttls_in_clear_and_auth_inside_tls() -> None:
    clear = Rehearsal().last("EHLO me").splitlines()
    assert clear[0] == "250-sandbox.test"
    assert clear[-1] == "250 STARTTLS"
    assert not any("AUTH" in line for line in clear)
    secure = Rehearsal(tls=True).last("EHLO me").splitlines()
    assert secure[-1] == f"250 AUTH {' '.join(MECHANISMS)}"
    assert not any("STARTTLS" in line for line in secure)


@pytest.mark.parametrize(
    "keyword",
    ["PIPELINING", f"SIZE {SIZE_LIMIT}", "8BITMIME", "SMTPUTF8", "DSN", "CHUNKING", "HELP",
     "ENHANCEDSTATUSCODES", "VRFY", "EXPN", "ETRN", f"LIMITS RCPTMAX={RECIPIENT_LIMIT}"],
)  # fmt: skip
def test_the_ehlo_reply_announces(keyword: str) -> None:
    assert f"250-{keyword}" in Rehearsal().last("EHLO me").splitlines()


def test_starttls_forgets_the_hello_and_begins_the_handshake() -> None:
    rehearsal = ready()
    assert rehearsal.play(b"STARTTLS\r\n")[-1] == Upgrade()
    assert rehearsal.talk == Talk(tls=True)
    assert rehearsal.last("STARTTLS").startswith("554 5.5.1")


def test_submission_wants_tls_then_login_before_mail() -> None:
    clear = ready(Service.SUBMISSION)
    assert clear.last(MAIL) == "530 5.7.0 Must issue a STARTTLS command first"
    secure = ready(Service.SMTPS)
    assert secure.last(MAIL) == "530 5.7.0 Authentication required"
    user = ready(Service.SMTPS, user="probe@sandbox.test")
    assert user.lines(MAIL, "RCPT TO:<you@other.example>") == ["250 2.1.0 Ok", "250 2.1.5 Ok"]


def test_addresses_that_are_not_ascii_need_smtputf8() -> None:
    assert ready().last("MAIL FROM:<jürgen@client.example>").startswith("553 5.6.7")
    assert ready().last("MAIL FROM:<jürgen@client.example> SMTPUTF8").startswith("250")
    assert in_transaction().last("RCPT TO:<jürgen@sandbox.test>").startswith("553 5.6.7")
    utf8 = ready()
    assert utf8.last(f"{MAIL} SMTPUTF8", "RCPT TO:<jürgen@sandbox.test>").startswith("250")


def test_octets_that_are_not_utf8_are_answered_not_raised() -> None:
    assert Rehearsal().last("EHLO \udcff\udcfe").startswith("250")
    assert ready().last("MAIL FROM:<\udcff@client.example>").startswith("501 5.1.7")


def test_one_recipient_over_the_limit_is_put_off_and_the_others_stand() -> None:
    rehearsal = in_transaction(*(f"you{n}@sandbox.test" for n in range(RECIPIENT_LIMIT)))
    assert rehearsal.last(RCPT) == "452 4.5.3 Error: too many recipients"
    assert rehearsal.last("DATA").startswith("354")


def test_too_many_errors_end_the_session() -> None:
    rehearsal = Rehearsal()
    assert rehearsal.lines(*["FOO"] * (ERROR_LIMIT - 1)) == (
        ["500 5.5.2 Error: command not recognized"] * (ERROR_LIMIT - 1)
    )
    acts = rehearsal.play(b"FOO\r\n")
    assert said(acts)[-1] == "421 4.7.0 sandbox.test Error: too many errors"
    assert acts[-1] == HangUp()


def test_replies_that_were_asked_for_are_no_errors() -> None:
    rehearsal = in_transaction()
    replies = rehearsal.lines(*["RCPT TO:<unknown@sandbox.test>"] * (ERROR_LIMIT + 5))
    assert all(reply.startswith("550 5.1.1") for reply in replies)
    assert rehearsal.last("NOOP").startswith("250")


@pytest.mark.parametrize(
    ("line", "reply"),
    [
        ("NOOP " + "x" * 505, "250"),
        ("NOOP " + "x" * 506, "500 5.5.2 Error: line too long"),
        ("MAIL FROM:<me@client.example> ENVID=" + "x" * 100 + " AUTH=" + "x" * 450, "250"),
        ("MAIL FROM:<me@client.example> AUTH=" + "x" * 1300, "500 5.5.2"),
        ("AUTH PLAIN " + "A" * 12290, "500 5.5.6"),
    ],
)
def test_a_command_line_has_the_length_its_command_may_have(line: str, reply: str) -> None:
    assert ready().last(line).startswith(reply)


def test_a_line_without_an_end_ends_the_session() -> None:
    acts = Rehearsal().play(b"x" * 70000)
    assert said(acts) == ["421 4.7.0 sandbox.test Error: line without an end"]
    assert acts[-1] == HangUp()


def test_an_idle_client_is_sent_away() -> None:
    assert said(list(idle(Talk()).acts)) == ["421 4.4.2 sandbox.test Error: timeout exceeded"]


def test_every_command_of_the_field_has_an_answer_of_its_own() -> None:
    assert set(VERBS) <= set(HANDLERS) | NOT_IMPLEMENTED


@pytest.mark.parametrize(
    ("name", "ehlo", "helo"),
    [
        ("old.sandbox.test", "502", "250 sandbox.test"),
        ("plain.sandbox.test", "250 sandbox.test", "250 sandbox.test"),
        ("550.sandbox.test", "550", "550"),
        ("450.sandbox.test", "450", "450"),
    ],
)
def test_client_names_to_practise_hello_with(name: str, ehlo: str, helo: str) -> None:
    assert Rehearsal().last(f"EHLO {name}").startswith(ehlo)
    assert Rehearsal().last(f"HELO {name}").startswith(helo)


def test_a_421_to_ehlo_closes() -> None:
    assert Rehearsal().play(b"EHLO 421.sandbox.test\r\n")[-1] == HangUp()


def test_a_refused_hello_changes_nothing() -> None:
    rehearsal = ready()
    before = rehearsal.talk
    assert rehearsal.last("EHLO 550.sandbox.test").startswith("550")
    assert rehearsal.talk == before


def test_lmtp_wants_lhlo_and_has_neither_login_nor_starttls() -> None:
    rehearsal = Rehearsal(Service.LMTP)
    hint = "500 5.5.1 Error: this is LMTP: send LHLO"
    assert rehearsal.lines("EHLO me", "HELO me") == [hint, hint]
    assert rehearsal.last(MAIL).startswith("503 5.5.1 Error: send LHLO first")
    words = rehearsal.last("LHLO me")
    assert "CHUNKING" in words
    assert not {"AUTH", "STARTTLS", "ETRN"} & set(words.replace("-", " ").split())
    for line in ("STARTTLS", "AUTH PLAIN", "ETRN sandbox.test"):
        assert rehearsal.last(line).startswith("502 5.5.1")
    assert rehearsal.lines(MAIL, "RCPT TO:<a@other.example>")[1].startswith("550 5.1.1")


WORDS = st.sampled_from(
    [*HANDLERS, "me.example", "FROM:<a@b.example>", "TO:<c@sandbox.test>", "TO:<full@sandbox.test>",
     "TO:<afterdot-421@sandbox.test>", "PLAIN", "LOGIN", "=", "*", "0", "3", "LAST", "AAAA", "."]
)  # fmt: skip
LINE = st.lists(WORDS, max_size=3).map(" ".join).map(str.encode) | st.binary(max_size=30)


@given(st.sampled_from(Service), st.lists(LINE, max_size=30), st.booleans())
def test_whatever_comes_is_answered_in_well_formed_replies(
    service: Service, lines: list[bytes], tls: bool
) -> None:
    rehearsal = Rehearsal(service, tls=tls)
    for line in lines:
        for reply in said(rehearsal.play(line + b"\r\n")):
            assert re.fullmatch(r"(?:\d{3}-[^\r\n]*\r\n)*\d{3} [^\r\n]*", reply)
        talk = rehearsal.talk
        assert sum((talk.login is not None, talk.chunk is not None, talk.body)) <= 1
