"""Greetings, hellos, challenges and queue ids, read."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.knowledge.annotate import annotate
from smtpprobe.knowledge.rules.auth_challenge import read_challenge
from smtpprobe.knowledge.rules.greeting import greeting_meaning
from smtpprobe.knowledge.rules.queue_id import queue_id
from smtpprobe.knowledge.tables.keywords import KEYWORDS, explain_keyword
from smtpprobe.knowledge.wording import clip, fill, plain, size, typed
from smtpprobe.protocol.verbs import Context
from tests.knowledge.sessions import explained, play

ASKED_FOR = (
    "PIPELINING SIZE 8BITMIME SMTPUTF8 STARTTLS AUTH DSN CHUNKING BINARYMIME "
    "ENHANCEDSTATUSCODES VRFY ETRN HELP DELIVERBY FUTURERELEASE MT-PRIORITY REQUIRETLS RRVS "
    "UTF8SMTP LIMITS XCLIENT XFORWARD PRDR BURL ATRN EXPN TURN NO-SOLICITING CHECKPOINT XEXCH50"
)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("mx1.example.net ESMTP Postfix", "ready: Postfix speaks ESMTP"),
        ("mx ESMTP Exim 4.96 Sun, 22 Nov 2026", "ready: Exim speaks ESMTP"),
        ("mx.google.com ESMTP a1-20020a - gsmtp", "ready: Gmail speaks ESMTP"),
        ("mx SMTP", "ready: the server speaks SMTP"),
        ("mx ready", "ready: the server names neither SMTP nor ESMTP; EHLO will show"),
        ("mx LMTP Dovecot ready", "ready: Dovecot speaks LMTP"),
        ("postfixed.example.net ESMTP", "ready: the server speaks ESMTP"),
        ("", "ready: the server names neither SMTP nor ESMTP; EHLO will show"),
    ],
)
def test_a_greeting_names_a_product_only_when_it_is_there(text: str, meaning: str) -> None:
    assert greeting_meaning(text) == meaning


@pytest.mark.parametrize(
    ("reply", "known"),
    [
        ("Ok: queued as 4XyZ1k2", "4XyZ1k2"),
        ("OK id=1rAbCd-000123-Xy", "1rAbCd-000123-Xy"),
        ("OK id=1vMabc-00000001234-AbCd", "1vMabc-00000001234-AbCd"),
        ("4AM1abcd012345 Message accepted for delivery", "4AM1abcd012345"),
        ("ok 1234567890 qp 4711", "4711"),
        ("OK  1700000000 a1-20020a170906.123 - gsmtp", "a1-20020a170906.123"),
        ("Ok", ""),
        ("Message accepted", ""),
        ("", ""),
        ("2.0.0 Ok: queued as 4ABCX.", "4ABCX"),
    ],
)
def test_a_queue_id_is_found_where_there_is_one(reply: str, known: str) -> None:
    assert queue_id(reply) == known


def b64(octets: bytes) -> str:
    return base64.b64encode(octets).decode()


@pytest.mark.parametrize(
    ("text", "mechanism", "meaning"),
    [
        ("UGFzc3dvcmQ6", "LOGIN", 'challenge, decoded: "Password:"'),
        ("", "PLAIN", "challenge, empty: the first answer is wanted"),
        ("Username:", "LOGIN", 'challenge that is not base64: "Username:"'),
        (b64(b"<1.2@mx>"), "CRAM-MD5", 'CRAM-MD5 challenge: "<1.2@mx>"'),
        (b64(b'{"status":"401","schemes":"bearer"}'), "XOAUTH2",
         "XOAUTH2: the token is refused, status 401: expired, revoked or of another account"),
        (b64(b'{"status":"insufficient_scope"}'), "OAUTHBEARER",
         "OAUTHBEARER: the token is refused, status insufficient_scope: it lacks a scope"),
        (b64(b'{"status":"x;y"}'), "OAUTHBEARER", "OAUTHBEARER: the token is refused, status x;y"),
        (b64(b"{broken"), "XOAUTH2", 'challenge, decoded: "{broken"'),
        (b64(b"r=abc,s=ZGVm,i=4096"), "SCRAM-SHA-256",
         "SCRAM-SHA-256 challenge: salt of 3 octets, iterations: 4,096"),
        (b64(b"r=abc,s=!,i=many"), "SCRAM-SHA-256",
         "SCRAM-SHA-256 challenge: salt not base64, iterations: unreadable"),
        (b64(b"v=abc="), "SCRAM-SHA-1",
         "SCRAM-SHA-1: the server's proof that it knows the password; :auth checks it"),
        (b64(b"e=invalid-proof"), "SCRAM-SHA-1", "SCRAM-SHA-1: the server reports invalid-proof"),
        (b64(b"what"), "SCRAM-SHA-1", 'challenge, decoded: "what"'),
        (b64(b"\x1b[31m\xff"), "LOGIN", 'challenge, decoded: "\\x1b[31m\\xff"'),
    ],
)  # fmt: skip
def test_a_challenge_is_decoded_for_people(text: str, mechanism: str, meaning: str) -> None:
    assert read_challenge(text, mechanism).meaning == meaning


def test_a_refused_token_wants_an_empty_line() -> None:
    reply = "334 " + b64(b'{"status":"401"}')
    found = explained(Context.AUTH, reply, typed="AUTH XOAUTH2")
    assert found.meaning.startswith("XOAUTH2: the token is refused, status 401: expired")
    assert found.next_steps[0].text == "an empty line (Enter, in a script >), or AQ=="


def test_a_scope_that_the_refusal_names_is_in_the_steps() -> None:
    found = read_challenge(b64(b'{"status":"403","scope":"mail.send"}'), "XOAUTH2")
    assert found.steps.endswith("then a token for mail.send")


def test_few_iterations_are_noted() -> None:
    assert "fewer than 4,096" in read_challenge(b64(b"r=a,s=ZGVm,i=4095"), "SCRAM-SHA-1").note
    assert read_challenge(b64(b"r=a,s=ZGVm,i=4096"), "SCRAM-SHA-1").note == ""


@given(
    st.one_of(st.text(max_size=200), st.text(max_size=200).map(lambda text: b64(text.encode()))),
    st.sampled_from(["LOGIN", "CRAM-MD5", "XOAUTH2", "SCRAM-SHA-256-PLUS", ""]),
)
def test_any_challenge_is_read(text: str, mechanism: str) -> None:
    found = read_challenge(text, mechanism)
    assert len(found.meaning) <= 100
    assert found.meaning.isprintable()
    assert found.meaning.isascii()


def test_all_keywords_in_use_are_known() -> None:
    assert set(ASKED_FOR.split()) <= set(KEYWORDS)


@pytest.mark.parametrize(
    ("keyword", "parameters", "words"),
    [
        ("SIZE", ("26214400",), "messages up to 25 MiB"),
        ("SIZE", ("35882577",), "messages up to 34.2 MiB"),
        ("SIZE", ("0",), "messages of any size"),
        ("SIZE", (), "no limit is given"),
        ("AUTH", ("PLAIN", "LOGIN"), "PLAIN and LOGIN only inside TLS"),
        ("AUTH", ("CRAM-MD5",), "a way to log in"),
        ("LIMITS", ("RCPTMAX=100", "MAILMAX=20"), "at most 100 recipients a message, at most 20"),
        ("DELIVERBY", ("240",), "at least 240 seconds"),
        ("FUTURERELEASE", ("3600", "2027-01-01T00:00:00Z"), "up to 3600 seconds"),
        ("XCLIENT", ("NAME", "ADDR"), "may set NAME, ADDR"),
        ("X-FOO", (), "private to this server"),
        ("FROB", (), "not known to this program"),
    ],
)
def test_keywords_are_explained_with_their_parameters(
    keyword: str, parameters: tuple[str, ...], words: str
) -> None:
    assert words in explain_keyword(keyword, parameters)


def test_every_line_of_a_hello_is_explained() -> None:
    _, found = play("220 mx\nC: EHLO x\n250-mx\n250-SIZE 1048576\n250-AUTH PLAIN\n250 XFROB 1")
    annotation = annotate(found[-1])
    assert annotation.details == (
        "SIZE 1048576: messages up to 1 MiB",
        "AUTH PLAIN: a way to log in; PLAIN only inside TLS: base64 hides nothing",
        "XFROB 1: private to this server; this program does not know it",
    )
    assert "passwords are accepted in plaintext" in annotation.notes[0]


def test_starttls_announced_inside_tls_is_noted() -> None:
    script = "220 mx\nC: EHLO x\n250-mx\n250 STARTTLS\nC: STARTTLS\n220 go\nTLS\nC: EHLO x\n"
    _, found = play(script + "250-mx\n250 STARTTLS")
    annotation = annotate(found[-1])
    assert annotation.meaning == "hello accepted; the same extensions as before TLS"
    assert "RFC 3207 4.2 forbids" in annotation.remarks[0]


def test_an_endless_hello_is_explained_in_bounds() -> None:
    words = "\n".join(f"250-X{number}" for number in range(3000))
    _, found = play(f"220 mx\nC: EHLO x\n250-mx\n{words}\n250 LAST")
    details = annotate(found[-1]).details
    assert len(details) == 65
    assert details[-1] == "2937 more, not explained"


def test_words_for_sizes_and_cuts() -> None:
    assert (size(1), size(512), size(10240)) == ("1 octet", "512 octets", "10 KiB")
    assert clip("x" * 101) == "x" * 97 + "..."
    assert plain("a\x1b\u202e\udcff") == "a\\x1b\\u202e\\xff"
    assert fill("{domain} and {verb}", {"domain": "d" * 300, "verb": "RCPT"}).endswith("RCPT")


@pytest.mark.parametrize(
    ("step", "command"),
    [
        ("STARTTLS, then EHLO again", "STARTTLS"),
        ("AUTH again", "AUTH "),
        ("AUTH PLAIN, inside TLS", "AUTH PLAIN"),
        ("RCPT TO:<another>", "RCPT TO:<"),
        ("QUIT", "QUIT"),
        ("else the MX of x.example", ""),
        (":close", ":close"),
    ],
)
def test_a_step_knows_what_can_be_typed_for_it(step: str, command: str) -> None:
    assert typed(step) == command
