"""Explanations know what was typed: what each dialogue ends with, and what is never said of it."""

# ruff: noqa: E501 - a dialogue a line reads best

from __future__ import annotations

import base64
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smtpprobe.knowledge.annotate import annotate
from smtpprobe.knowledge.annotation import Annotation, Cause
from smtpprobe.knowledge.offline import explain_reply
from smtpprobe.knowledge.rules.sent_line import ROWS
from smtpprobe.knowledge.wording import LINE, fill
from smtpprobe.protocol.auth import mechanisms
from smtpprobe.protocol.auth.mechanisms import Secret
from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.events import Opened, Received, Sent
from smtpprobe.protocol.redact import MASK
from smtpprobe.protocol.reply import parse_reply
from smtpprobe.protocol.session import START, Exchange, advance
from smtpprobe.protocol.target import parse_target
from smtpprobe.protocol.verbs import Context

GREETED = ["", "220 mx.example ESMTP"]
HELLO = [
    *GREETED,
    "EHLO me.example",
    "250-mx.example\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN CRAM-MD5",
]
NO_AUTH = [*GREETED, "EHLO me.example", "250-mx.example\r\n250 PIPELINING"]
MAIL = [*HELLO, "MAIL FROM:<a@b.example>", "250 ok"]
RCPT = [*MAIL, "RCPT TO:<c@d.example>", "250 ok"]
NAME = [*HELLO, "AUTH LOGIN", "334 VXNlcm5hbWU6"]
WORD = [*NAME, "Ym9i", "334 UGFzc3dvcmQ6"]
PLAIN = base64.b64encode(b"\0bob\0secret").decode()
NO_PASSWORD = "password wrong|credentials|login is right"


def last(*said: str) -> Exchange:
    """Return the last exchange of a dialogue: what was sent (empty: nothing) and the reply, in turn."""
    aim = parse_target("[mx1.example.net]")
    state, exchange = advance(START, Opened(0.0, aim, aim.name, aim.port))[0], None
    for number, text in enumerate(said):
        if number % 2:
            state, exchange = advance(state, Received(0.0, parse_reply(text.encode() + b"\r\n")))
        elif text:
            line = "" if text == "(empty)" else text
            state, _ = advance(state, Sent(0.0, read_line(line, state.phase)))
    assert exchange is not None
    return exchange


def told(*said: str) -> str:
    """Return meaning and next steps of the last reply of a dialogue."""
    return spoken(annotate(last(*said)))


def spoken(found: Annotation) -> str:
    steps = "; ".join(step.text for step in found.next_steps)
    return f"{found.meaning} / {steps} / {'; '.join(found.remarks)}"


TABLE: list[tuple[str, list[str], str, str]] = [
    # pasted out of a document or a chat
    ("Postfix", [*MAIL, "RCPT TO:\u201cbob@d.example\u201d", "501 5.1.3 Bad recipient address syntax"], r"character 9 is U\+201C \(left double quotation mark\), not \"", "brackets|accept"),
    ("Postfix", [*MAIL, "RCPT\u00a0TO:<bob@d.example>", "502 5.5.2 Error: command not recognized"], r"character 5 is U\+00A0 \(no-break space\), not a space", "did you mean"),
    ("Exim", [*HELLO, "MAIL FROM:<a@b.example\u200b>", "501 malformed address"], r"character 23 is U\+200B \(zero width space\), which is invisible", "brackets"),
    ("Exim", [*HELLO, "MAIL FROM:\u2039a@b.example\u203a", "501 malformed address"], r"character 11 is U\+2039 .*, not <", "must be between"),
    ("OpenSMTPD", [*GREETED, "EHLO me.example", "250-mx\r\n250 AUTH PLAIN", *MAIL[-2:],
     "AUTH PLAIN", "503 5.5.1 Invalid command: Command not allowed at this point."],
     "a transaction is open; AUTH has to come before MAIL", "wrong moment"),
    # bare and overlong hellos
    ("Postfix", [*GREETED, "EHLO", "501 Syntax: EHLO hostname"], "no name was given", "refused"),
    ("Exim", [*GREETED, "EHLO", "501 Syntactically invalid EHLO argument(s)"],
     "no name was given: EHLO", "malformed"),
    ("Sendmail", [*GREETED, "HELO", "501 5.0.0 HELO requires domain address"],
     "no name was given: HELO .* / HELO ", "EHLO"),
    ("Exchange", [*GREETED, "HELO", "501 5.5.4 Invalid domain name"], "no name was given", "you gave"),
    ("an ACL", [*GREETED, "HELO", "550 Access denied - Invalid HELO name"],
     "no name was given", "you gave"),
    ("a blocklist", [*GREETED, "EHLO", "554 5.7.1 Your IP 192.0.2.1 is listed, blocked"],
     "blocks 192.0.2.1", "no name"),
    ("Exim", [*GREETED, "EHLO my host", "501 Syntactically invalid EHLO argument(s)"],
     "EHLO takes one word", ""),
    ("a name is given", [*GREETED, "EHLO my_host", "501 invalid name"], "name", "no name was given"),
    # a second hello
    ("Exchange", [*HELLO, "EHLO me", "503 5.5.1 Duplicate HELO/EHLO"], "accepted already", "RSET"),
    ("Sendmail", [*HELLO, "HELO me", "503 mx you already said HELO"], "accepted already", "RSET"),
    # AUTH without a mechanism, with words, with nothing behind it
    ("Postfix", [*HELLO, "AUTH", "501 5.5.4 Syntax: AUTH mechanism"],
     "needs a mechanism; offered: PLAIN LOGIN CRAM-MD5", "base64"),
    ("Exchange", [*HELLO, "AUTH", "504 5.7.4 Unrecognized authentication type"], "mechanism", "know"),
    ("any", [*HELLO, "AUTH", "535 5.7.8 Authentication failed"], "needs a mechanism", NO_PASSWORD),
    ("Exim", [*HELLO, "AUTH PLAIN bob secret", "501 Invalid base64 data"],
     "no name and password / :auth", "secret"),
    ("Postfix", [*HELLO, "AUTH bob secret", "535 5.7.8 authentication failed"],
     "AUTH takes a mechanism", f"{NO_PASSWORD}|BOB|bob"),
    ("any", [*HELLO, "AUTH c2VjcmV0", "504 5.5.4 Unrecognized"], "AUTH takes a mechanism", "(?i)c2V"),
    ("Postfix", [*HELLO, "AUTH PLAIN", "535 5.7.8 Error: authentication failed"],
     "before a password was sent: PLAIN", NO_PASSWORD),
    ("any", [*HELLO, "AUTH PLAIN", "501 5.5.4 no response"], "no response was sent", "decode"),
    ("Exchange", [*HELLO, "AUTH LOGIN", "535 5.7.3 Authentication unsuccessful"],
     "before a password was sent", f"{NO_PASSWORD}|right user"),
    ("Exchange", [*HELLO, "AUTH LOGIN", "451 5.7.3 Authentication unsuccessful"],
     "before a password was sent", f"{NO_PASSWORD}|converted"),
    ("Exchange", [*HELLO, f"AUTH PLAIN {PLAIN}", "451 5.7.3 Authentication unsuccessful"],
     "user name or password wrong", "converted"),
    ("Exchange", [*HELLO, "X-EXPS GSSAPI", "451 5.7.3 Cannot achieve Exchange Server authentication"],
     "could not log in to each other", "converted"),
    ("Exchange", [*MAIL, "DATA", "451 5.7.3 Must issue a STARTTLS command first"],
     "TLS is needed", "converted"),
    ("Postfix", [*HELLO, "AUTH PLAIN Ym9iOnNlY3JldA==", "535 5.7.8 bad protocol"],
     "PLAIN wants NUL user NUL password", NO_PASSWORD),
    ("TLS wanted", [*HELLO, "AUTH", "530 5.7.0 Must issue a STARTTLS command first"],
     "TLS is needed|requires TLS", "mechanism;"),
    # answers to a challenge
    ("Postfix", [*NAME, "bob@example.org", "501 5.5.2 Invalid base64 data"],
     "not base64.* / :auth LOGIN", "decode|bob"),
    ("Postfix", [*NAME, "bob@example.org", "535 5.7.8 authentication failed: Invalid base64 data"],
     "not base64", NO_PASSWORD),
    ("a lax server", [*NAME, "bob", "334 UGFzc3dvcmQ6"], "not base64; the server continues", ""),
    ("chance", [*NAME, "postmaster00", "334 UGFzc3dvcmQ6"], "no readable name", ""),
    ("in order", [*NAME, "Ym9i", "334 UGFzc3dvcmQ6"], "Password:", "base64\\?|not base64"),
    ("any", [*NAME, "QUIT", "501 5.5.2 bad"], "a command was sent where", NO_PASSWORD),
    ("any", [*NAME, "Ym9i", "535 5.7.8 failed"], "at the user name", NO_PASSWORD),
    ("any", [*NAME, "*", "501 5.7.0 cancelled"], "cancelled as you asked", "base64"),
    ("courier", [*NAME, "*", "535 Authentication failed."], "cancelled as you asked", "user name"),
    ("any", [*WORD, "(empty)", "535 5.7.8 failed"], "an empty answer", NO_PASSWORD),
    ("any", [*WORD, "secret!", "535 5.7.8 failed"], "not base64", NO_PASSWORD),
    ("any", [*WORD, "c2VjcmV0", "535 5.7.8 failed"], "user name or password wrong", ""),
    ("masked", [*WORD, MASK, "535 5.7.8 failed"], "user name or password wrong", "base64"),
    ("masked", [*HELLO, f"AUTH PLAIN {MASK}", "535 5.7.8 failed"], "user name or password", "base64"),
    ("recorded", [*HELLO, "AUTH PLAIN {{auth_1}}", "535 5.7.8 failed"], "user name or password", "base64"),
    ("logged", [*HELLO, "AUTH PLAIN [credentials hidden]", "535 5.7.8 failed"], "user name or password", "words"),
    ("name with AUTH", [*HELLO, "AUTH LOGIN Ym9i", "334 UGFzc3dvcmQ6", "c2VjcmV0", "535 5.7.8 failed"],
     "user name or password wrong", "at the user name"),
    # mechanisms that are not offered, AUTH that is not
    ("Postfix", [*HELLO, "AUTH XOAUTH2", "535 5.7.8 Invalid authentication mechanism"],
     "does not offer XOAUTH2; offered: PLAIN LOGIN", NO_PASSWORD),
    ("Exim", [*HELLO, "AUTH NTLM", "504 NTLM authentication mechanism not supported"],
     "does not offer NTLM; offered", ""),
    ("any", [*HELLO, "AUTH NTLM", "500 x"], "does not offer NTLM", "does not know AUTH"),
    ("any", [*NO_AUTH, "AUTH PLAIN", "535 5.7.8 failed"], "not offered here", NO_PASSWORD),
    ("any", [*NO_AUTH, "MAIL FROM:<a@b.example>", "535 5.7.8 failed"], "log in before", NO_PASSWORD),
    ("any", [*HELLO, "", "535 5.7.8 failed"], "unsolicited: it answers no command", NO_PASSWORD),
    # paths
    ("Postfix", [*HELLO, "MAIL FROM a@b.example", "501 5.5.4 Syntax: MAIL FROM:<address>"],
     "the colon after FROM", ""),
    ("Exim", [*HELLO, "MAIL FROM a@b.example", "500 unrecognized command"], "colon", "not offer"),
    ("any", [*HELLO, "MAIL a@b.example", "501 syntax"], "FROM: is missing", ""),
    ("any", [*HELLO, "MAIL FROM:", "501 syntax"], "no address was given", ""),
    ("any", [*HELLO, "MAIL FROM:a@b.example", "555 5.5.2 Syntax error"], "between < and >", ""),
    ("any", [*MAIL, "RCPT TO c@d.example", "501 5.5.4 Syntax"], "the colon after TO", ""),
    ("any", [*MAIL, "RCPT c@d.example", "500 5.5.2 unrecognized"], "TO: is missing", ""),
    ("any", [*MAIL, "RCPT TO:<>", "501 5.1.3 Bad recipient"], "no address was given", ""),
    ("any", [*MAIL, "RCPT TO: <c@d.example>", "555 5.5.2 Syntax error"], "a space after the colon", ""),
    ("any", [*MAIL, "RCPT TO:<bob>", "501 recipient address must contain a domain"],
     "no @ and no domain", ""),
    ("any", [*MAIL, "RCPT TO:<postmaster>", "553 no"], "", "no domain"),
    ("relaying", [*MAIL, "RCPT TO c@d.example", "554 5.7.1 Relay access denied"], "not relay", "colon"),
    ("out of order", [*HELLO, "RCPT TO c@d.example", "503 5.5.1 need MAIL command"], "MAIL must", "colon"),
    # a port for senders, told no more than that
    ("Postfix", [*MAIL, "RCPT TO:<c@d.example>", "554 5.7.1 <unknown[192.0.2.7]>: Client host rejected: Access denied"],
     "log in before RCPT / AUTH", "unblock"),
    ("Postfix, an MX", [*NO_AUTH, "MAIL FROM:<a@b.example>", "250 ok", "RCPT TO:<c@d.example>",
     "554 5.7.1 <unknown[192.0.2.7]>: Client host rejected: Access denied"], "blocks", "log in"),
    # commands that are none
    ("Postfix", [*HELLO, "STARTLS", "502 5.5.2 Error: command not recognized"],
     "did you mean STARTTLS\\? / STARTTLS", ""),
    ("any", [*HELLO, f"AUHT PLAIN {PLAIN}", "500 5.5.2 unknown"], "did you mean AUTH", PLAIN),
    ("any", [*HELLO, "hunter2", "500 5.5.2 unknown"], "does not know this command", "(?i)hunter"),
    ("any", [*HELLO, "MAIL:FROM a@b", "500 unknown"], "the space after the command word is missing", ""),
    ("any", [*HELLO, "Subject: hello", "500 unknown"], "header line was sent as a command", ""),
    ("Postfix", [*HELLO, "HELP", "502 5.5.1 Error: command not implemented"], "no help,.*:help", ""),
    ("any", [*HELLO, "HELP", "550 no"], "no help,.*:help", "no reason"),
    ("sandbox", [*HELLO, "HELP me", "504 5.5.4 No such topic; HELP lists them"], "no help,.*:help", "parameter"),
    # who did not wait
    ("FortiMail", [*GREETED, "EHLO me", "554 You talk too soon"], "had greeted or answered", "in order"),
    ("a proxy", ["", "521 5.7.1 You talk too soon"], "nothing was sent from here", "you sent"),
    ("Exim", ["", "554 SMTP synchronization error"], "nothing was sent from here", "you sent"),
    ("postscreen", ["EHLO me", "554 5.5.1 Protocol error: pre-greeting traffic"],
     "had greeted or answered|wait", "nothing was sent from here"),
    ("Postfix", [*HELLO, "RSET", "503 5.5.0 Improper use of SMTP command pipelining"],
     "without waiting for the replies", "in order"),
    ("Sendmail", [*HELLO, "RSET", "421 4.7.0 mx improper command pipelining after EHLO"],
     "without waiting for the replies", "security rule"),
    # Exchange's 503 5.5.2
    ("Exchange", [*GREETED, "MAIL FROM:<a@b>", "503 5.5.2 Send hello first"], "EHLO must come", "underst"),
    ("Exchange", [*HELLO, "RCPT TO:<a@b>", "503 5.5.2 Need mail command"], "MAIL must come", "underst"),
    ("Exchange", [*MAIL, "DATA", "503 5.5.2 Need rcpt command"], "no recipient", "underst"),
    ("OpenSMTPD", [*MAIL, "DATA", "503 5.5.4 Invalid command arguments: No recipient specified"], "no recipient has been", ""),
    ("any", [*GREETED, "MAIL FROM:<a@b>", "503 5.5.2 no"], "EHLO must come", "underst"),
    ("Exchange", [*MAIL, "MAIL FROM:<a@b>", "503 5.5.2 Sender already specified"], "already open", ""),
    # refusals that nobody asked for
    ("any", [*HELLO, "", "554 5.7.1 go away"], "refuses to continue", "permanent"),
    ("any", [*HELLO, "", "500 5.5.1 Unknown command"], "answers no command", "does not know"),
]  # fmt: skip


@pytest.mark.parametrize(("server", "said", "wanted", "never"), TABLE)
def test_an_explanation_knows_what_was_sent(
    server: str, said: list[str], wanted: str, never: str
) -> None:
    words = told(*said)
    assert re.search(wanted, words), (server, words)
    assert not never or not re.search(never, words), (server, words)


@pytest.mark.parametrize("row", ROWS, ids=lambda one: one.row.title)
def test_every_row_about_a_line_is_reached_by_a_dialogue_of_the_table(row: object) -> None:
    titles = {annotate(last(*said)).title for _, said, _, _ in TABLE}
    titles.add(annotate(last(*NO_AUTH[:2], *HELLO[2:3], "250 STARTTLS", "AUTH", "502 x")).title)
    assert row.row.title in titles  # type: ignore[attr-defined] # a row


def test_without_a_session_nothing_is_said_of_what_was_sent() -> None:
    for context in (Context.EHLO, Context.AUTH, Context.MAIL, Context.RCPT):
        found = explain_reply(parse_reply(b"501 x\r\n"), context)
        assert not re.search("missing|no name|was sent", spoken(found)), found


PASSWORD_AT = {
    row.name: row.secret_at or 0
    for row in mechanisms.MECHANISMS.values()
    if row.secret is Secret.PASSWORD
}
TOKEN_AT = {row.name for row in mechanisms.MECHANISMS.values() if row.secret is Secret.TOKEN}
CRAMS = {row.name for row in mechanisms.MECHANISMS.values() if not row.initial}
MECHANISMS = [*PASSWORD_AT, *TOKEN_AT, "GSSAPI", "EXTERNAL", "X-NEW", "bob", ""]
ANSWERS = ["", "=", "*", "bob", "bob@example.org", "Ym9i", "QUIT", "\0"]
REPLIES = st.builds(
    "{} {}{}".format,
    st.sampled_from([421, 432, 435, 451, 454, 500, 501, 503, 504, 525, 530, 534, 535, 538, 550, 554]),
    st.sampled_from(["", "5.7.8 ", "5.7.3 ", "4.7.3 ", "5.7.13 ", "5.7.139 ", "5.7.9 ", "5.5.2 "]),
    st.sampled_from(
        ["", "Authentication failed", "Incorrect authentication data", "bad password",
         "Username and Password not accepted", "invalid credentials", "authentication unsuccessful",
         "account is disabled", "wrong login", "Error: authentication failed: UGFzc3dvcmQ6"]
    ),
)  # fmt: skip


@example("CRAM-MD5", "QUIT", "421 Authentication failed", GREETED, "AUTH")
@example("CRAM-MD5", "QUIT", "421 Authentication failed", HELLO, "step")
@example("CRAM-MD5", "Ym9i", "535 5.7.8 failed", HELLO, "AUTH")
@example("DIGEST-MD5", "Ym9i", "421 Authentication failed", HELLO, "AUTH")
@example("CRAM-MD5", "QUIT", "535 bad password", HELLO, "both")
@example("LOGIN", "QUIT", "421 Authentication failed", HELLO, "both")
@example("SCRAM-SHA-256", "QUIT", "421 Authentication failed", HELLO, "both")
@given(
    st.sampled_from(MECHANISMS), st.sampled_from(ANSWERS), REPLIES,
    st.sampled_from([GREETED, HELLO, NO_AUTH, MAIL]),
    st.sampled_from(["AUTH", "step", "both", "MAIL FROM:<a@b.example>", "DATA", "NOOP", "", "FOO"]),
)  # fmt: skip
def test_nobody_is_told_that_a_password_is_wrong_before_one_was_sent(
    mechanism: str, answer: str, reply: str, before: list[str], typed: str
) -> None:
    begun = [*before, f"AUTH {mechanism} {answer}".rstrip()]
    if typed == "AUTH":
        said = [*begun, reply]
        carries = set(TOKEN_AT)
    elif typed == "step":
        said = [*before, f"AUTH {mechanism}", "334 VXNlcm5hbWU6", answer or "(empty)", reply]
        carries = {*CRAMS, "DIGEST-MD5", *TOKEN_AT}
    elif typed == "both" and mechanism in (*CRAMS, *AT_THE_SECOND):
        said = [*begun, "334 VXNlcm5hbWU6", answer or "(empty)", reply]
        carries = {*CRAMS, *AT_THE_SECOND}
    else:
        said = [*before, typed.replace("both", "NOOP"), reply]
        carries = set()
    if answer != "Ym9i" or mechanism not in carries:
        assert not re.search(CLAIMS, told(*said)), (said, told(*said))


AT_THE_SECOND = tuple(name for name, place in PASSWORD_AT.items() if place == 1)
CLAIMS = re.compile(
    r"password (?:is |may be )?wrong|or password|credentials|login is right|check the password"
)


@given(st.sampled_from(sorted(PASSWORD_AT)), REPLIES)
def test_a_password_that_was_sent_may_be_called_wrong_and_the_line_is_not_blamed(
    mechanism: str, reply: str
) -> None:
    offered = [*GREETED, "EHLO me", f"250-mx\r\n250 AUTH {mechanism}"]
    said = [*offered, f"AUTH {mechanism}"]
    for _ in range(PASSWORD_AT[mechanism]):
        said += ["334 ", "Ym9i"]
    given_ = PLAIN if mechanism == "PLAIN" else "Ym9i"
    found = annotate(last(*said, "334 ", given_, reply))
    assert not re.search("no password was|not base64|without a response", spoken(found))


@pytest.mark.parametrize("name", ["OTP", "GSSAPI", "EXTERNAL", "X-NEW"])
def test_whether_an_unknown_mechanism_proves_by_a_password_is_not_said(name: str) -> None:
    offered = [*GREETED, "EHLO me", f"250-mx\r\n250 AUTH {name}", f"AUTH {name}"]
    for said in (["334 ", "Ym9i"], ["334 ", "Ym9i", "334 ", "Ym9i"], ["334 ", MASK]):
        words = told(*offered, *said, "535 5.7.8 failed")
        assert "password" not in words, words


@given(st.text(max_size=40), st.sampled_from(["AUTH {}", "AUTH PLAIN {}", "{}"]), REPLIES)
def test_what_was_sent_is_never_shown_again(secret: str, form: str, reply: str) -> None:
    marked = "zq7" + "".join(secret.split()) + "7qz"
    words = told(*HELLO, form.format(marked), reply)
    assert "zq7" not in words.lower()


def test_the_meaning_keeps_to_its_line_however_many_mechanisms_are_offered() -> None:
    many = " ".join(f"MECH-{number}" for number in range(60))
    found = annotate(last(*GREETED, "EHLO me", f"250-mx\r\n250 AUTH {many}", "AUTH", "501 x"))
    assert len(found.meaning) <= LINE
    assert found.cause is Cause.SYNTAX_ERROR
    assert fill("{offered}", {"offered": many}) != many
