"""How far a login had come: of each line that is sent in one, exactly what can be said."""

from __future__ import annotations

import base64

import pytest

from smtpprobe.knowledge.rules import login_progress
from smtpprobe.knowledge.rules.situation import Situation, situation
from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.events import Received, Sent
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import parse_reply
from smtpprobe.protocol.session import State, advance
from smtpprobe.protocol.verbs import Context
from tests.knowledge.sessions import announcing, answered, explained

QUESTIONS = (
    "secret_sent", "may_have_proved", "is_bare", "is_in_words", "is_alone", "is_no_mechanism",
    "named", "without_response", "not_base64", "is_unreadable", "is_command", "is_empty",
    "is_no_plain", "at_the_name", "with_token", "unannounced",
)  # fmt: skip
OFFERED = announcing("AUTH PLAIN LOGIN XOAUTH2 CRAM-MD5 X-HOUSE")


def sent(text: str, state: State = OFFERED, reply: str = "535 no") -> Situation:
    """Return the situation of a line that is sent in this state and refused."""
    state, _ = advance(state, Sent(0.0, read_line(text, state.phase)))
    _, exchange = advance(state, Received(0.0, parse_reply(reply.encode() + b"\r\n")))
    assert exchange is not None
    return situation(exchange, "probe.example.org")


def under(mechanism: str, answers: int) -> State:
    """Return the state of a login whose server has taken so many answers, and asks for another."""
    return OFFERED._replace(phase=Phase.AUTH, auth_mechanism=mechanism, auth_answers=answers)


def said_of(seen: Situation) -> set[str]:
    return {one for one in QUESTIONS if getattr(login_progress, one)(seen)}


def coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    ("line", "yes"),
    [
        ("AUTH", "is_bare without_response"),
        ("AUTH PLAIN", "named is_alone without_response"),
        ("AUTH plain", "named without_response"),
        ("AUTH X-HOUSE", "named is_alone without_response"),
        ("AUTH X-HOUSE bob secret", "named is_in_words not_base64"),
        # an empty response (RFC 4954 4) is one: no PLAIN, and no secret
        ("AUTH PLAIN =", "named is_no_plain"),
        ("AUTH PLAIN " + coded("\0bob\0secret"), "named secret_sent"),
        ("AUTH  PLAIN   " + coded("\0bob\0secret") + " ", "named secret_sent"),
        ("AUTH PLAIN " + coded("boss\0bob\0secret"), "named secret_sent"),
        ("AUTH PLAIN " + coded("bob\0secret"), "named is_no_plain"),
        ("AUTH PLAIN " + coded("bob"), "named is_no_plain"),
        ("AUTH PLAIN " + coded("\0bob\0"), "named"),  # the place of the password is empty
        ("AUTH PLAIN not*base64", "named not_base64"),
        ("AUTH PLAIN ********", "named secret_sent"),
        ("AUTH PLAIN {{credentials}}", "named secret_sent"),
        ("AUTH PLAIN [REDACTED]", "named secret_sent"),
        ("AUTH PLAIN redacted", "named secret_sent"),  # base64, too
        ("AUTH LOGIN redacted", "named at_the_name"),
        ("AUTH PLAIN bob secret", "named is_in_words not_base64"),
        ("AUTH bob secret", "is_in_words not_base64"),
        ("AUTH Bob", "is_in_words without_response"),
        ("AUTH BOB", "is_alone is_no_mechanism without_response unannounced"),
        ("AUTH FOO-BAR", "is_alone is_no_mechanism without_response unannounced"),
        ("AUTH GSSAPI", "named is_alone without_response unannounced"),
        ("AUTH LOGIN", "named is_alone without_response"),
        (f"AUTH LOGIN {coded('bob')}", "named at_the_name"),
        ("AUTH LOGIN bob", "named not_base64 at_the_name"),
        ("AUTH LOGIN bobs", "named is_unreadable at_the_name"),
        ("AUTH LOGIN hidden", "named at_the_name"),
        ("AUTH XOAUTH2", "named is_alone without_response with_token"),
        (f"AUTH XOAUTH2 {coded('user=bob')}", "named secret_sent with_token"),
        # what answers no challenge proves nothing (RFC 2195; RFC 2831 2.2)
        ("AUTH CRAM-MD5", "named is_alone without_response"),
        (f"AUTH CRAM-MD5 {coded('bob 0123')}", "named"),
        ("AUTH CRAM-MD5 {{digest}}", "named secret_sent"),
        (f"AUTH DIGEST-MD5 {coded('username=bob')}", "named unannounced"),
        (f"AUTH DIGEST-MD5 {coded('username=bob,response=0')}", "named secret_sent unannounced"),
        ("AUTH DIGEST-MD5 ******", "named secret_sent unannounced"),
        (f"AUTH SCRAM-SHA-256 {coded('n,,n=bob,r=0')}", "named at_the_name unannounced"),
        (f"AUTH EXTERNAL {coded('bob')}", "named may_have_proved unannounced"),
        ("AUTH EXTERNAL =", "named unannounced"),
        ("AUTH EXTERNAL MAIL", "named unannounced"),  # a command in the wrong place
    ],
)
def test_of_an_auth_is_known_what_went_out_with_it(line: str, yes: str) -> None:
    assert said_of(sent(line)) == set(yes.split())


@pytest.mark.parametrize(
    ("mechanism", "answers", "line", "yes"),
    [
        ("LOGIN", 0, coded("bob"), "at_the_name"),
        ("LOGIN", 0, "", "is_empty at_the_name"),
        ("LOGIN", 0, " ", "is_empty at_the_name"),
        ("LOGIN", 0, "=", "at_the_name"),
        ("LOGIN", 0, "*", "at_the_name"),
        ("LOGIN", 0, "bob", "not_base64 at_the_name"),
        ("LOGIN", 0, "bobs", "is_unreadable at_the_name"),
        ("LOGIN", 0, "xxxxxx", "at_the_name"),
        ("LOGIN", 0, "QUIT", "is_unreadable is_command at_the_name"),
        ("LOGIN", 1, coded("secret"), "secret_sent"),
        ("LOGIN", 1, f" {coded('secret')} ", "secret_sent"),
        ("LOGIN", 1, "xxxxxx", "secret_sent"),
        ("LOGIN", 1, "", "is_empty"),
        ("LOGIN", 1, "=", ""),
        ("LOGIN", 1, "*", ""),
        ("LOGIN", 1, "secret", "not_base64"),
        ("LOGIN", 1, "MAIL", "is_unreadable is_command"),
        ("LOGIN", 2, "*", "secret_sent"),  # the answer before had it
        ("PLAIN", 0, coded("\0bob\0secret"), "secret_sent"),
        ("PLAIN", 0, coded("\0bob\0"), ""),
        ("PLAIN", 0, coded("bob"), "is_no_plain"),
        ("PLAIN", 0, "", "is_empty"),
        ("PLAIN", 0, "*", ""),
        ("PLAIN", 0, "removed", "secret_sent"),
        ("PLAIN", 1, "*", "secret_sent"),
        ("CRAM-MD5", 0, coded("bob 0123"), "secret_sent"),
        ("CRAM-MD5", 1, coded("bob 0123"), "secret_sent"),
        ("CRAM-MD5", 1, "*", ""),  # the first went out with AUTH, before there was a challenge
        ("CRAM-MD5", 2, "*", "secret_sent"),
        ("XOAUTH2", 0, coded("user=bob"), "secret_sent with_token"),
        ("XOAUTH2", 1, "", "secret_sent is_empty with_token"),
        ("SCRAM-SHA-256", 0, coded("n,,n=bob,r=0"), "at_the_name unannounced"),
        ("SCRAM-SHA-256", 1, coded("c=biws,r=0,p=0"), "secret_sent unannounced"),
        ("SCRAM-SHA-256", 2, "", "secret_sent is_empty unannounced"),
        ("SCRAM-SHA-999", 1, coded("c=biws"), "secret_sent unannounced"),
        ("GSSAPI", 0, coded("ticket"), "may_have_proved unannounced"),
        ("GSSAPI", 0, "", "is_empty unannounced"),
        ("GSSAPI", 0, "*", "unannounced"),
        ("GSSAPI", 1, "*", "may_have_proved unannounced"),
    ],
)
def test_of_an_answer_is_known_what_the_server_could_judge_by_it(
    mechanism: str, answers: int, line: str, yes: str
) -> None:
    assert said_of(sent(line, under(mechanism, answers))) == {"named", *yes.split()}


def test_outside_a_login_nothing_was_sent_for_one() -> None:
    for line in ("EHLO probe.example.org", "MAIL FROM:<me@example.org>", "NOOP bob secret"):
        assert said_of(sent(line)) == set()
    assert said_of(situation(answered(Context.CONNECT, "554 no"), "probe.example.org")) == set()
    assert said_of(situation(answered(None, "535 no"), "probe.example.org")) == set()


def test_where_no_mechanism_was_announced_none_is_missed() -> None:
    silent = announcing("SIZE 1000")
    assert "is_no_mechanism" not in said_of(sent("AUTH BOB", silent))
    assert "unannounced" not in said_of(sent("AUTH GSSAPI", silent))


def test_auth_is_missed_only_in_a_reply_to_ehlo() -> None:
    assert login_progress.none_announced(sent("AUTH PLAIN", announcing("SIZE 1000")))
    assert not login_progress.none_announced(sent("AUTH PLAIN"))
    assert not login_progress.none_announced(sent("AUTH PLAIN", State(phase=Phase.CONNECTED)))


def test_a_server_that_refuses_the_host_of_who_could_have_logged_in_keeps_to_its_users() -> None:
    words = "554 5.7.1 <h[192.0.2.4]>: Client host rejected: Access denied"
    line = "RCPT TO:<bob@example.org>"
    state = OFFERED._replace(phase=Phase.MAIL, sender="me@example.org")
    kept = login_progress.kept_for_users
    assert kept(sent(line, state, words))
    assert not kept(sent(line, state, words.replace("554 5", "454 4")))
    assert not kept(sent(line, state, "554 5.7.1 Relay access denied"))
    assert not kept(sent(line, state._replace(authenticated="bob"), words))
    unable = announcing("SIZE 1000", phase=Phase.MAIL, sender="me@example.org")
    assert not kept(sent(line, unable, words))


@pytest.mark.parametrize(
    ("line", "reply", "cancelled"),
    [
        ("*", "501 no", True),
        ("*", "535 no", True),  # as Courier has it
        ("*", "454 no", False),
        ("**", "535 no", False),
    ],
)
def test_a_login_that_was_given_up_ends_as_it_was_asked_to(
    line: str, reply: str, *, cancelled: bool
) -> None:
    found = explained(Context.AUTH_STEP, reply, under("LOGIN", 1), line)
    assert (found.title == "Cancelled") is cancelled
