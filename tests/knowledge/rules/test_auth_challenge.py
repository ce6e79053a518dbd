"""A challenge in words: what it asks for, and how it is answered."""

from __future__ import annotations

import base64

import pytest

from smtpprobe.knowledge.rules.auth_challenge import ANSWER, acknowledgement, read_challenge
from smtpprobe.protocol.reply import parse_reply

WHOLE = ANSWER + ", then :auth {} USER handles the whole exchange"
EMPTY = "an empty line (Enter, in a script >), or AQ==; then a {}"
DIGEST = "user name, space, keyed digest; * cancels" + WHOLE.format("CRAM-MD5")[len(ANSWER) :]
REFUSED, OLD = ": the token is refused, status", ": expired, revoked or of another account"
OUTCOME = "an empty line (Enter, in a script >); the outcome follows"


def coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    ("text", "mechanism", "meaning", "steps"),
    [
        ("", "", "challenge, empty: the first answer is wanted", ANSWER),
        (" ", "LOGIN", "challenge, empty: the first answer is wanted", WHOLE.format("LOGIN")),
        ("!!", "X-OWN", 'challenge that is not base64: "!!"', ANSWER),
        (f" {coded('Username:')} ", "LOGIN", 'challenge, decoded: "Username:"',
         WHOLE.format("LOGIN")),
        (coded("hello"), "CRAM-MD5", 'CRAM-MD5 challenge: "hello"',
         DIGEST),
        (coded("<1.2@mx.example.net>"), "", 'CRAM-MD5 challenge: "<1.2@mx.example.net>"',
         DIGEST),
        (coded(f"r=a,s={coded('salt')},i=4096"), "SCRAM-SHA-256",
         "SCRAM-SHA-256 challenge: salt of 4 octets, iterations: 4,096",
         WHOLE.format("SCRAM-SHA-256")),
        (coded("r=a,s=!!,i=x"), "SCRAM-SHA-1",
         "SCRAM-SHA-1 challenge: salt not base64, iterations: unreadable",
         WHOLE.format("SCRAM-SHA-1")),
        (coded("e=other-error"), "SCRAM-SHA-1",
         "SCRAM-SHA-1: the server reports other-error", OUTCOME),
        (coded("v=abc"), "SCRAM-SHA-1",
         "SCRAM-SHA-1: the server's proof that it knows the password; :auth checks it", OUTCOME),
        (coded("hello"), "SCRAM-SHA-1", 'challenge, decoded: "hello"', WHOLE.format("SCRAM-SHA-1")),
        (coded("e=other-error"), "LOGIN", 'challenge, decoded: "e=other-error"',
         WHOLE.format("LOGIN")),
        (coded('{"status":"401"}'), "XOAUTH2", f"XOAUTH2{REFUSED} 401{OLD}",
         EMPTY.format("new token")),
        (coded('{"status":403,"scope":"mail"}'), "", f"OAuth{REFUSED} 403: it lacks a scope",
         EMPTY.format("token for mail")),
        (coded('{"status":"odd","scope":""}'), "OAUTHBEARER",
         f"OAUTHBEARER{REFUSED} odd", EMPTY.format("new token")),
        (coded('{"status":["401"],"scope":5}'), "XOAUTH2",
         f"XOAUTH2{REFUSED} not given", EMPTY.format("new token")),
        (coded("[1]"), "XOAUTH2", 'challenge, decoded: "[1]"', WHOLE.format("XOAUTH2")),
        (coded("{"), "XOAUTH2", 'challenge, decoded: "{"', WHOLE.format("XOAUTH2")),
    ],
)  # fmt: skip
def test_a_challenge_says_what_it_is_and_how_it_is_answered(
    text: str, mechanism: str, meaning: str, steps: str
) -> None:
    found = read_challenge(text, mechanism)
    assert (found.meaning, found.steps) == (meaning, steps)
    assert bool(found.note) is ("not base64:" in meaning)


TOKEN_REFUSED = coded('{"status":"401"}')


@pytest.mark.parametrize(
    ("typed", "reply", "sent"),
    [
        ("", f"334 {TOKEN_REFUSED}", ""),
        ("  ", f"334 {TOKEN_REFUSED}", ""),
        ("\x01", f"334 {TOKEN_REFUSED}", "AQ=="),
        (r"\x01", f"334 {TOKEN_REFUSED}", "AQ=="),
        (r' "\x01" ', f"334 {TOKEN_REFUSED}", "AQ=="),
        ("AQ==", f"334 {TOKEN_REFUSED}", None),  # sent as it is
        ("hello", f"334 {TOKEN_REFUSED}", None),
        ("", f"535 {TOKEN_REFUSED}", None),
        ("", f"334 {coded('Username:')}", None),
        ("", "334 !!", None),
        ("", "334", None),
    ],
)
def test_a_refused_token_is_acknowledged_as_people_type_it(
    typed: str, reply: str, sent: str | None
) -> None:
    challenge = parse_reply(reply.encode() + b"\r\n")
    assert acknowledgement(typed, challenge, "XOAUTH2") == sent
