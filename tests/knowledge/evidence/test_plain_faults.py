"""What line and session show by themselves is told, unless the text is about something else."""

from __future__ import annotations

import pytest

from smtpprobe.knowledge.annotate import annotate
from smtpprobe.knowledge.annotation import Cause
from smtpprobe.protocol.phase import Dialect, Phase
from smtpprobe.protocol.session import State
from smtpprobe.protocol.verbs import Context
from tests.knowledge.sessions import TLS, announcing, before, explained, lines, play

LISTED = announcing("STARTTLS", "CHUNKING", "BURL", "ETRN", "AUTH PLAIN LOGIN", "PIPELINING")
BARE = announcing("SIZE")
LMTP = BARE._replace(dialect=Dialect.LMTP)
TRANSACTION = BARE._replace(phase=Phase.MAIL, sender="me@example.org")
LONG = f"NOOP {'x' * 600}"

TOLD = [
    (LMTP, "EHLO probe.example.org", "500 5.5.1 Unknown command", "knows LHLO and no EHLO"),
    (LMTP, "HELO probe.example.org", "500 5.5.2 Syntax error", "LHLO"),
    (LMTP, "AUTH PLAIN", "502 5.5.1 Unsupported command", "LMTP seldom asks for it"),
    (LMTP, "STARTTLS", "500 5.5.2 Syntax error", "the LHLO reply does not list STARTTLS"),
    (BARE, "EHLO", "500 Expected EHLO or HELO", "no name was given"),
    (BARE, LONG, "500 5.5.2 Syntax error", "longer than the server accepts"),
    (BARE, LONG, "421 Service unavailable - try again later", "likely: the line is longer"),
    (BARE, "STARTTLS", "454 4.3.3 TLS not available after start", "does not list STARTTLS"),
    (LISTED, "STARTTLS", "454 4.3.3 TLS not available", "TLS is offered but"),
    (LISTED, "STARTTLS now", "501 Syntax: EHLO hostname", "STARTTLS takes no argument"),
    (BARE, "BDAT 5 LAST", "500 5.5.2 Syntax error", "does not know BDAT"),
    (BARE, "BURL imap://mail.example.org/x LAST", "500 unknown command", "does not know BURL"),
    (BARE, "ETRN example.org", "500 5.5.2 Syntax error", "does not know ETRN"),
    (LISTED, "ETRN example.org", "500 5.5.2 Syntax error", "ETRN wants the domain"),
    (BARE, "AUTH", "503 5.5.1 Error: authentication not enabled", "AUTH is not offered here"),
    (BARE, "AUTH PLAIN", "503 Command not supported", "AUTH is not offered here"),
    (LISTED, "AUTH", "530 Authentication required", "AUTH needs a mechanism"),
    (LISTED, "AUTH", "501 5.5.2 AUTH mechanism must be specified", "AUTH needs a mechanism"),
    (LISTED, "AUTH FOO", "535 5.7.8 Error: authentication failed", "offered: PLAIN LOGIN"),
    (LISTED, "AUTH FOO", "530 Must issue a STARTTLS command first", "requires TLS"),
    (LISTED, "AUTH CRAM-MD5", "530 Authentication required", "does not offer CRAM-MD5"),
    (LISTED, "AUTH bob secret", "501 malformed", "AUTH takes a mechanism"),
    (BARE, "AUTH PLAIN AGJvYgBzZWNyZXQ=", "535 Authentication rejected", "may not be at fault"),
    (BARE, "MAIL FROM:<a@b@example.org>", "501 5.5.4 Invalid FROM: Invalid domain", "two @"),
    (BARE, "MAIL FROM:<a b@example.org>", "553 5.1.7 address", "a space in it"),
    (BARE, "MAIL FROM:<@a.example,@b.example:c@d.example>", "501 bad", "the MAIL line"),
    (BARE, 'MAIL FROM:<"a@b c"@example.org>', "501 bad", "the MAIL line"),
    (BARE, "QUIT now", "502 ESMTP command error", "QUIT takes no argument"),
    (BARE, "NOOP there", "501 5.5.4 Invalid character in string", "what follows NOOP"),
    (BARE, "LHLO probe.example.org", "500 5.5.2 Error: command not recognized", "not LMTP"),
    (BARE, "STARTTLS", "530 Authentication required", "does not list STARTTLS"),
    (TRANSACTION, "MAIL FROM:<me@example.org>", "503 5.5.1 Command not allowed", "already open"),
    (BARE, "EXPN staff", "500 5.5.2 Syntax error", "EXPN is switched off"),
    (TRANSACTION, "MAIL FROM:<me@example.org>", "502 ESMTP command error", "already open"),
    (BARE, "RCPT TO:<a@example.org>", "502 ESMTP command error", "MAIL must come first"),
    (TRANSACTION, "DATA", "502 ESMTP command error", "no recipient has been accepted"),
    (TRANSACTION, "BDAT 5 LAST", "554 5.5.1 Error: no valid recipients", "no recipient"),
    (BARE, "MAIL FROM:<a@example.org> FOO=BAR", "555 5.5.4 Unsupported option", "parameter FOO"),
    (BARE, "MAIL FROM:<a@example.org> X=1 FOO=2", "501 FOO may not follow", "parameter FOO"),
    (BARE, "MAIL FROM:<a@example.org> X=1 Y=2", "555 Unsupported option", "a parameter of"),
    (BARE, "MAIL FROM:<a@example.org> X=1", "552 size", "size"),
]  # fmt: skip


@pytest.mark.parametrize(("state", "typed", "reply", "meaning"), TOLD)
def test_a_fault_of_line_or_session_is_told(
    state: State, typed: str, reply: str, meaning: str
) -> None:
    context = next(one for one in Context if one.value == typed.split(maxsplit=1)[0])
    context = Context.BDAT_LAST if context is Context.BDAT else context
    annotation = explained(context, reply, state, typed)
    assert meaning in annotation.meaning, (typed, reply, annotation)


def test_too_many_errors_and_too_early_come_before_the_fault_of_one_line() -> None:
    many = explained(Context.AUTH, "500 Too many unrecognized commands", LISTED, "AUTH FOO")
    assert many.cause is Cause.BAD_SEQUENCE
    early = explained(Context.EHLO, "500 5.5.1 Invalid command: Pipelining not supported", BARE)
    assert "without waiting" in early.meaning


def test_a_reply_to_lines_that_did_not_wait_says_so_though_it_answers_no_command() -> None:
    annotation = explained(None, "500 5.5.1 Invalid command: Pipelining not supported", BARE)
    assert "unsolicited: lines came without waiting" in annotation.meaning


def test_relaying_and_blocks_come_before_the_form_of_an_address() -> None:
    typed = "RCPT TO:<a@b@example.org>"
    relay = explained(Context.RCPT, "553 relaying denied", TRANSACTION, typed)
    assert relay.cause is Cause.RELAY_DENIED


def test_a_moment_that_is_wrong_is_told_though_the_command_is_not_listed() -> None:
    inside = TRANSACTION._replace(phase=Phase.RCPT)
    assert explained(Context.AUTH, "503 no", inside, "AUTH PLAIN").cause is Cause.BAD_SEQUENCE


def test_without_a_hello_a_refusal_without_a_reason_is_about_the_hello() -> None:
    new = before(Context.MAIL)._replace(identity=None)
    told = lines(explained(Context.MAIL, "550 5.0.0 Command rejected", new))
    assert told == (
        "no hello was accepted in this session, so nothing else is",
        "EHLO your.host.name; connect again; QUIT",
    )


def test_tls_inside_which_auth_is_not_listed_is_not_asked_for_again() -> None:
    inside = BARE._replace(tls=TLS)
    annotation = explained(Context.AUTH, "503 5.5.1 authentication not enabled", inside, "AUTH")
    assert "inside TLS" not in annotation.meaning


def test_a_message_over_the_announced_size_is_over_the_limit_of_the_server() -> None:
    state, (*_, last) = play(
        """
        220 mx.example.org ESMTP
        C: EHLO probe.example.org
        250-mx.example.org
        250 SIZE 10
        C: MAIL FROM:<a@example.org>
        250 ok
        C: RCPT TO:<b@example.org>
        250 ok
        C: DATA
        354 go on
        C: twelve octets
        C: .
        552 5.2.3 Message size exceeds administrative limit
        """
    )
    assert state.phase is Phase.READY
    assert "larger than this server accepts" in annotate(last).meaning


def test_after_starttls_an_lmtp_client_says_lhlo_again() -> None:
    listed = LISTED._replace(dialect=Dialect.LMTP)
    assert lines(explained(Context.STARTTLS, "220 go", listed))[1].startswith("LHLO again")


@pytest.mark.parametrize(
    "text",
    ["Timeout - closing connection", "SMTP command timeout - closing connection", "timeout"],
)
def test_silence_that_a_server_ends_is_ours(text: str) -> None:
    annotation = explained(None, f"421 mx.example.org {text}", BARE)
    assert annotation.meaning == (
        "the server closes: nothing was sent for too long (RFC 5321 4.5.3.2.7)"
    )


def test_a_farewell_that_nobody_asked_for_ends_the_session() -> None:
    annotation = explained(None, "221 2.7.0 Error: I can break rules, too. Goodbye.", BARE)
    assert annotation.cause is Cause.CLOSING
    assert "ends the session" in annotation.meaning
