"""The same code means different things: by command, by state."""

from __future__ import annotations

import pytest

from smtpprobe.knowledge.annotate import annotate
from smtpprobe.knowledge.annotation import Blame, Cause, Retry
from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.events import Opened, Received, Sent
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import parse_reply
from smtpprobe.protocol.session import START, State, advance
from smtpprobe.protocol.target import parse_target
from smtpprobe.protocol.verbs import Context
from tests.knowledge.sessions import TLS, announcing, answered, before, explained, lines, play


@pytest.mark.parametrize(
    ("context", "reply", "meaning"),
    [
        (Context.RCPT, "251 will forward", "accepted: not a user of this server"),
        (Context.ETRN, "251 OK", "the queue for that node is empty"),
        (Context.VRFY, "252 x", "the server will not say whether the address exists"),
        (Context.ETRN, "252 OK", "the server starts to deliver what is queued for that node"),
        (Context.ETRN, "253 3 messages", "its text counts the messages"),
        (Context.STARTTLS, "454 no", "the EHLO reply does not list STARTTLS"),
        (Context.AUTH, "454 no", "its password backend fails"),
        (Context.EHLO, "550 no", "the server refuses the hello"),
        (Context.MAIL, "550 no", "sender refused: server gives no reason"),
        (Context.RCPT, "550 no", "recipient refused: server gives no reason"),
        (Context.DATA_END, "550 no", "message refused after its text"),
        (Context.VRFY, "550 no", "the server says it does not serve this name"),
        (Context.EXPN, "550 no", "does not show the members"),
        (Context.XCLIENT, "550 5.7.0 insufficient", "may use XCLIENT"),
        (Context.XCLIENT, "550 5.7.14 You are not from trusted IP", "may use XCLIENT"),
        (Context.XFORWARD, "550 5.7.0 insufficient", "may use XFORWARD"),
        (Context.CONNECT, "554 no", "no mail service here, or not for you"),
        (Context.CONNECT, "521 no", "never accepts mail"),
        (Context.RCPT, "556 no", "other.example accepts no mail at all"),
        (Context.MAIL, "552 no", "most often the size of the message"),
        (Context.RSET, "250 ok", "envelope cleared"),
        (Context.NOOP, "250 ok", "the server is alive"),
        (Context.ATRN, "453 none", "which is good news"),
        (Context.TURN, "502 no", "cannot be made safe"),
        (Context.LHLO, "500 no", "it speaks SMTP, not LMTP"),
        (Context.EHLO, "500 no", "or an LMTP one"),
        (Context.DATA_END, "353 go", "one reply for each recipient follows"),
        (Context.AUTH, "432 x", "must log in once with PLAIN"),
        (Context.AUTH, "525 x", "the account is disabled"),
        (Context.AUTH, "235 2.7.0 ok", "logged in with PLAIN"),
        (Context.XCLIENT, "220 mx ESMTP", "starts over"),
        (Context.BDAT, "250 5 octets", "chunk accepted"),
        (Context.DATA, "250 ok", "not 354"),
        (Context.MAIL, "355 0 is the offset", "checkpoint/restart, obsolete"),
        (Context.HELO, "250 mx", "without extensions"),
        (Context.NOOP, "200 ok", "the server is alive"),
        (Context.CONNECT, "503 no", "the server refuses the session"),
        (Context.CONNECT, "450 no", "accepts no session now"),
        (Context.DATA, "502 no", "send NONE"),
        (Context.DATA_END, "500 no", "message refused after its text"),
        (Context.QUIT, "500 no", "does no harm"),
        (Context.SEND, "502 no", "SEND is obsolete"),
        (Context.HELP, "502 no", "offers no help"),
    ],
)
def test_a_code_is_read_by_its_command(context: Context, reply: str, meaning: str) -> None:
    assert meaning in explained(context, reply).meaning


def test_503_to_mail_names_what_is_wrong_with_the_state() -> None:
    greeted = before(Context.MAIL)._replace(phase=Phase.CONNECTED, identity=None)
    assert explained(Context.MAIL, "503 no", greeted).meaning == "EHLO must come first"
    nested = before(Context.RCPT)
    assert explained(Context.MAIL, "503 no", nested).meaning == "a transaction is already open"


def test_503_to_rcpt_and_data_names_the_missing_step() -> None:
    ready = before(Context.MAIL)
    assert explained(Context.RCPT, "503 no", ready).meaning == "MAIL must come first"
    empty = before(Context.RCPT)
    meaning, step = lines(explained(Context.DATA, "503 no", empty))
    assert meaning == "no recipient has been accepted; send NO message text now"
    assert step == "RCPT TO:<user@domain>; RSET; QUIT"


def test_503_to_auth_tells_a_second_login_from_one_too_early() -> None:
    again = before(Context.AUTH)._replace(authenticated="PLAIN")
    assert "already logged in" in explained(Context.AUTH, "503 no", again).meaning
    assert "not offered" in explained(Context.AUTH, "503 no").meaning
    inside = announcing("AUTH PLAIN")._replace(sender="a@b.example", phase=Phase.MAIL)
    assert "before MAIL" in explained(Context.AUTH, "503 no", inside).meaning


def test_starttls_inside_tls_is_a_matter_of_order() -> None:
    inside = before(Context.STARTTLS)._replace(tls=TLS)
    found = explained(Context.STARTTLS, "554 5.5.1 Error: TLS already active", inside)
    assert (found.cause, found.meaning) == (
        Cause.BAD_SEQUENCE, "TLS is already on; STARTTLS works once a session",
    )  # fmt: skip


def test_452_to_the_first_recipient_is_no_matter_of_too_many() -> None:
    assert explained(Context.RCPT, "452 no").cause is Cause.UNKNOWN
    second = before(Context.RCPT)._replace(phase=Phase.RCPT, recipients=("a@b.example",))
    assert explained(Context.RCPT, "452 no", second).cause is Cause.TOO_MANY_RECIPIENTS


def test_552_to_rcpt_is_read_as_452() -> None:
    second = before(Context.RCPT)._replace(phase=Phase.RCPT, recipients=("a@b.example",))
    found = explained(Context.RCPT, "552 no", second)
    assert (found.cause, found.retry) == (Cause.TOO_MANY_RECIPIENTS, Retry.LATER_SAME)


def test_a_refused_null_sender_is_their_fault() -> None:
    found = explained(Context.MAIL, "550 no", typed="MAIL FROM:<>")
    assert (found.cause, found.blame) == (Cause.SENDER_REJECTED, Blame.THEIR_POLICY)


def test_a_code_of_another_command_counts_by_its_first_digit() -> None:
    found = explained(Context.RCPT, "458 what")
    assert found.cause is Cause.UNKNOWN
    assert found.meaning == "RCPT refused: server gives no reason; class 4: temporary"
    assert found.notes == ("458 is not usual here; only its first digit counts",)


def test_a_code_that_nobody_knows_counts_by_its_first_digit() -> None:
    found = explained(Context.NOOP, "593 what")
    assert found.meaning == "NOOP refused: server gives no reason; class 5: permanent"
    assert found.notes == ("593 is not a standard code; only its first digit counts",)


@pytest.mark.parametrize(
    ("octets", "words"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n", "HTTP"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "SSH"),
        (b"+OK POP3 ready\r\n", "POP3"),
        (b"* OK IMAP4rev1\r\n", "IMAP"),
        (b"\x15\x03\x01\x00\x02\x02\x46", "TLS from the start"),
    ],
)
def test_other_protocols_are_recognised_by_name(octets: bytes, words: str) -> None:
    found = explained(Context.CONNECT, octets)
    assert words in found.meaning
    assert found.cause is Cause.PROTOCOL_VIOLATION


def test_a_first_digit_beyond_5_is_fatal() -> None:
    found = explained(Context.NOOP, "650 what")
    assert found.cause is Cause.PROTOCOL_VIOLATION
    assert found.meaning == "650 is not an SMTP code: read as a fatal error"


def test_mixed_codes_are_a_violation_and_the_last_one_counts() -> None:
    found = explained(Context.NOOP, "250-a\r\n550 b")
    assert found.cause is Cause.PROTOCOL_VIOLATION
    assert found.code == 550


def test_a_cut_off_reply_says_so_once() -> None:
    found = explained(Context.EHLO, "250-mx\r\n250-SIZE")
    assert found.cause is Cause.NETWORK_ERROR
    assert "the connection ended in the middle of this reply" in found.meaning
    assert not any("middle" in note for note in found.notes)


def test_an_unasked_reply_is_not_paired() -> None:
    found = explained(None, "250 2.0.0 Ok")
    assert found.context is None
    assert found.meaning == "unsolicited: no command is pending"
    assert explained(None, "550 no").meaning.startswith("unsolicited: ")


def test_classes_that_contradict_are_noted_and_the_reply_code_decides() -> None:
    found = explained(Context.RCPT, "450 5.1.1 unknown")
    assert found.retry is Retry.LATER_SAME
    assert "450 says temporary, 5.1.1 says permanent; 450 decides retry" in found.remarks
    odd = explained(Context.RCPT, "550 2.1.5 fine")
    assert odd.cause is Cause.UNKNOWN
    assert "550 says permanent, 2.1.5 says success; 550 counts" in odd.remarks


def test_an_enhanced_code_that_claims_success_does_not_excuse_a_refusal() -> None:
    assert explained(Context.RCPT, "550 5.1.5 what").cause is Cause.UNKNOWN


def test_an_unregistered_enhanced_code_is_noted() -> None:
    found = explained(Context.RCPT, "550 5.7.606 no")
    assert "5.7.606 is not in the IANA registry" in found.notes
    assert found.cause is Cause.POLICY


def test_every_421_says_that_the_server_closes() -> None:
    for reply in ("421 bye", "421 4.7.0 rate limited", "421 4.3.2 shutting down"):
        assert "close" in explained(Context.MAIL, reply).meaning
    found = explained(Context.MAIL, "421 bye")
    assert "QUIT" not in [step.text for step in found.next_steps]


def test_an_announced_limit_that_was_hit_is_recalled() -> None:
    state = announcing("LIMITS RCPTMAX=2", phase=Phase.RCPT, sender="a@b.example",
                       recipients=("x@y.example", "z@y.example"))  # fmt: skip
    found = explained(Context.RCPT, "452 4.5.3 too many", state)
    assert "EHLO announced LIMITS RCPTMAX=2" in found.notes
    sized = announcing("SIZE 1048576")
    found = explained(Context.MAIL, "552 5.3.4 too big", sized)
    assert "EHLO announced SIZE 1048576 (1 MiB)" in found.notes


def test_steps_that_the_state_makes_pointless_are_left_out() -> None:
    logged_in = before(Context.RCPT)._replace(authenticated="PLAIN")
    found = explained(Context.RCPT, "554 5.7.1 Relay access denied", logged_in)
    assert lines(found)[1] == "the MX of other.example; RSET; QUIT"
    refused = explained(Context.MAIL, "550 5.1.1 unknown")
    assert "RSET" not in lines(refused)[1]


def test_a_relay_refusal_with_a_long_domain_still_fits() -> None:
    typed = "RCPT TO:<a@" + "x" * 200 + ".example>"
    found = explained(Context.RCPT, "554 5.7.1 Relay access denied", typed=typed)
    assert len(found.meaning) <= 100
    assert "..." in found.meaning


def test_control_octets_of_a_domain_are_escaped() -> None:
    found = explained(
        Context.RCPT, "554 Relay access denied", typed="RCPT TO:<a@\x1b[31m\u202eb.example>"
    )
    assert "\\x1b[31m\\u202eb.example" in found.meaning


def test_a_starttls_sent_as_it_stands_promises_no_handshake() -> None:
    state = before(Context.STARTTLS)
    command = read_line("STARTTLS", state.phase)._replace(exact=True)
    state, _ = advance(state, Sent(0.0, command))
    _, exchange = advance(state, Received(0.0, parse_reply(b"220 go\r\n")))
    assert exchange is not None
    assert "no handshake follows" in annotate(exchange).meaning


def test_lmtp_tells_for_whom_each_reply_is() -> None:
    state = lmtp("a@x.example", "b@x.example")
    state, first = advance(state, Received(0.0, parse_reply(b"250 2.0.0 Ok\r\n")))
    state, second = advance(state, Received(0.0, parse_reply(b"250 2.0.0 Ok\r\n")))
    assert first is not None
    assert second is not None
    assert annotate(first).meaning == "accepted for a@x.example: now the server's responsibility"
    assert annotate(second).meaning == "accepted for b@x.example: now the server's responsibility"


def lmtp(*recipients: str) -> State:
    state, _ = advance(START, Opened(0.0, parse_target("lmtp://mx"), "mx", 24))
    state = state._replace(phase=Phase.DATA, identity="me", sender="", recipients=recipients)
    state, _ = advance(state, Sent(0.0, read_line(".", Phase.DATA)))
    return state


def test_a_greeting_asks_for_lhlo_in_lmtp() -> None:
    _, found = play("220 mx LMTP ready", "lmtp://[mx]")
    assert lines(annotate(found[0])) == (
        "ready: the server speaks LMTP", "LHLO your.host.name",
    )  # fmt: skip


def test_the_client_name_is_filled_in_where_it_is_known() -> None:
    exchange = answered(Context.MAIL, "503 5.5.1 EHLO first")
    named = exchange._replace(before=exchange.before._replace(client="probe.example.org"))
    found = annotate(named)
    assert lines(found) == ("EHLO must come first", "EHLO probe.example.org")


def test_a_stray_secret_is_never_repeated() -> None:
    found = explained(Context.UNKNOWN, "250 ok", typed="c2VjcmV0")
    assert found.meaning == "accepted; what this command does is specific to this server"
    assert "2VJ" not in repr(found)


@pytest.mark.parametrize(
    ("context", "called"),
    [
        (Context.AUTH_STEP, "login"),
        (Context.UNKNOWN, "command"),
        (Context.NOOP, "NOOP"),
    ],
)
def test_what_is_refused_has_its_name(context: Context, called: str) -> None:
    found = explained(context, "593 no")
    assert found.meaning == f"{called} refused: server gives no reason; class 5: permanent"
