"""The sample sessions that users are promised, line by line."""

from smtpprobe.knowledge.annotate import annotate
from smtpprobe.knowledge.annotation import Blame, Cause, Retry
from smtpprobe.protocol.session import Exchange
from smtpprobe.protocol.verbs import Context
from tests.knowledge.sessions import explained, lines, play

GREETED = """
220 mx1.example.net ESMTP Postfix
C: EHLO probe.example.org
250-mx1.example.net
250-PIPELINING
250-SIZE 26214400
250-STARTTLS
250-ENHANCEDSTATUSCODES
250 8BITMIME
"""
SUBMISSION = """
220 mx1.example.net ESMTP Postfix
C: EHLO probe.example.org
250-mx1.example.net
250 STARTTLS
"""
IN_TLS = (
    SUBMISSION
    + """
C: STARTTLS
220 2.0.0 Ready to start TLS
TLS
C: EHLO probe.example.org
250-mx1.example.net
250 AUTH PLAIN LOGIN
"""
)


def last(script: str, target: str = "[mx1.example.net]") -> tuple[str, str]:
    _, found = play(script, target)
    return lines(annotate(found[-1]))


def named(exchange: Exchange, client: str) -> Exchange:
    return exchange._replace(before=exchange.before._replace(client=client))


def test_the_greeting_names_product_and_protocol_and_the_next_command() -> None:
    _, found = play("220 mx1.example.net ESMTP Postfix")
    annotation = annotate(named(found[0], "probe.example.org"))
    assert lines(annotation) == ("ready: Postfix speaks ESMTP", "EHLO probe.example.org")


def test_ehlo_sums_up_what_counts() -> None:
    assert last(GREETED) == (
        "hello accepted; 5 extensions: messages up to 25 MiB, STARTTLS offered, no AUTH",
        "STARTTLS; MAIL FROM:<you@domain>",
    )


def test_an_accepted_sender_is_accepted_for_now() -> None:
    assert last(GREETED + "C: MAIL FROM:<me@example.org>\n250 2.1.0 Ok") == (
        "sender accepted for now; many servers check it only at RCPT",
        "RCPT TO:<user@domain>",
    )


def test_a_refused_relay_names_the_domain_and_the_two_ways_out() -> None:
    script = (
        GREETED
        + """
    C: MAIL FROM:<me@example.org>
    250 2.1.0 Ok
    C: RCPT TO:<bob@other.example>
    554 5.7.1 <bob@other.example>: Relay access denied
    """
    )
    assert last(script) == (
        "permanent: this server does not relay mail for other.example from you",
        "AUTH, if this is your submission server; else the MX of other.example; RSET; QUIT",
    )


def test_the_goodbye_counts_commands_and_refusals() -> None:
    script = (
        GREETED
        + """
    C: MAIL FROM:<me@example.org>
    250 2.1.0 Ok
    C: RCPT TO:<bob@other.example>
    554 5.7.1 <bob@other.example>: Relay access denied
    C: QUIT
    221 2.0.0 Bye
    """
    )
    assert last(script) == (
        "closed by agreement; 4 commands, 1 refusal",
        "the session is over; connect again to continue",
    )  # fmt: skip


def test_a_login_in_clear_is_told_to_encrypt_first() -> None:
    script = SUBMISSION + "C: AUTH PLAIN\n530 5.7.0 Must issue a STARTTLS command first"
    assert last(script, "mx1.example.net:587") == (
        "the server requires TLS before AUTH",
        "STARTTLS, then EHLO again",
    )


def test_the_hello_inside_tls_tells_what_has_changed() -> None:
    assert last(IN_TLS, "mx1.example.net:587") == (
        "hello accepted; new since TLS: AUTH PLAIN LOGIN; no longer offered: STARTTLS",
        "AUTH PLAIN; AUTH LOGIN; MAIL FROM:<you@domain>",
    )


def test_a_wrong_password_leaves_the_session_unchanged() -> None:
    script = IN_TLS + "C: AUTH PLAIN AGJvYgB4\n535 5.7.8 Error: authentication failed"
    assert last(script, "mx1.example.net:587") == (
        "user name or password wrong, or this account may not use PLAIN; the session is unchanged",
        "AUTH again; QUIT",
    )


def test_a_challenge_is_decoded_and_its_cancelling_understood() -> None:
    script = IN_TLS + "C: AUTH LOGIN\n334 VXNlcm5hbWU6"
    assert last(script) == (
        'challenge, decoded: "Username:"',
        (
            "the answer in base64; :b64 TEXT encodes; * cancels, then "
            ":auth LOGIN USER handles the whole exchange"
        ),
    )
    meaning, _ = last(script + "\nC: *\n501 5.7.0 Authentication aborted")
    assert meaning == "cancelled as you asked"


def test_a_message_is_asked_for_and_taken_over() -> None:
    script = (
        GREETED
        + """
    C: MAIL FROM:<me@example.org>
    250 2.1.0 Ok
    C: RCPT TO:<user@example.net>
    250 2.1.5 Ok
    C: DATA
    354 End data with <CR><LF>.<CR><LF>
    """
    )
    assert last(script) == (
        'send the message: headers, an empty line, text, then a line with only "."',
        'end with a line containing only "."',
    )  # fmt: skip
    assert last(script + "C: .\n250 2.0.0 Ok: queued as 4XyZ1k2") == (
        "accepted: the message is now the server's responsibility; queue id 4XyZ1k2",
        "MAIL FROM:<you@domain>; QUIT",
    )


def test_an_idle_server_says_why_it_closes() -> None:
    script = GREETED + "421 4.4.2 mx1.example.net Error: timeout exceeded"
    _, found = play(script)
    annotation = annotate(found[-1])
    assert annotation.context is None
    assert (
        annotation.meaning
        == "the server closes: nothing was sent for too long (RFC 5321 4.5.3.2.7)"
    )
    assert annotation.cause is Cause.TIMEOUT
    assert annotation.notes == ("not an answer: the server spoke without a command",)


RCPT, MAIL, END = Context.RCPT, Context.MAIL, Context.DATA_END
JUDGED = (
    (RCPT, ("550 5.7.1 The IP you're using to send mail is not authorized to send email directly"
     " to our servers."), Cause.IP_BLOCKED, Blame.YOUR_IP, Retry.AFTER_CHANGE),
    (Context.CONNECT, "220 mx.example ESMTP", Cause.GREETING, Blame.NOBODY, Retry.NO_NEED),
    (Context.STARTTLS, "220 2.0.0 Ready to start TLS", Cause.ACCEPTED, Blame.NOBODY, Retry.NO_NEED),
    (Context.AUTH, "334 VXNlcm5hbWU6", Cause.INTERMEDIATE, Blame.NOBODY, Retry.NO_NEED),
    (Context.AUTH, ("535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled"
     " for the Tenant."), Cause.AUTH_FAILED, Blame.YOU, Retry.AFTER_CHANGE),
    (Context.STARTTLS, "454 4.7.0 TLS not available due to local problem",
     Cause.TLS_UNAVAILABLE, Blame.THEIR_SERVER, Retry.LATER_SAME),
    (RCPT, "454 4.7.1 <x@other.example>: Relay access denied",
     Cause.RELAY_DENIED, Blame.YOU, Retry.AFTER_CHANGE),
    (MAIL, "530 5.7.0 Must issue a STARTTLS command first",
     Cause.TLS_REQUIRED, Blame.YOU, Retry.AFTER_CHANGE),
    (MAIL, "530 5.7.0 Authentication required", Cause.AUTH_REQUIRED, Blame.YOU, Retry.AFTER_CHANGE),
    (RCPT, "450 4.2.0 <u@example.org>: Recipient address rejected: Greylisted, see http://x",
     Cause.GREYLISTED, Blame.NOBODY, Retry.LATER_SAME),
    (RCPT, "452 4.5.3 Error: too many recipients",
     Cause.TOO_MANY_RECIPIENTS, Blame.YOUR_COMMAND, Retry.LATER_SAME),
    (RCPT, "554 5.7.1 Service unavailable; Client host [192.0.2.4] blocked using zen.spamhaus.org",
     Cause.IP_BLOCKED, Blame.YOUR_IP, Retry.AFTER_CHANGE),
    (Context.VRFY, "252 2.0.0 user@example.org", Cause.ACCEPTED, Blame.NOBODY, Retry.NO_NEED),
    (Context.ETRN, "251 OK, no messages waiting", Cause.ACCEPTED, Blame.NOBODY, Retry.NO_NEED),
    (Context.DATA, "354 End data with <CR><LF>.<CR><LF>",
     Cause.INTERMEDIATE, Blame.NOBODY, Retry.NO_NEED),
    (END, "250 2.0.0 Ok: queued as 4F1C2", Cause.ACCEPTED, Blame.NOBODY, Retry.NO_NEED),
    (MAIL, ("421 4.7.0 [TSS04] Messages from 192.0.2.4 temporarily deferred due to unexpected"
     " volume or user complaints"), Cause.RATE_LIMITED, Blame.YOUR_IP, Retry.LATER_SAME),
    (RCPT, "571 Remote sending only allowed with authentication!",
     Cause.AUTH_REQUIRED, Blame.YOU, Retry.AFTER_CHANGE),
)  # fmt: skip


def test_the_standard_samples_have_their_cause_blame_and_retry() -> None:
    for context, reply, cause, blame, retry in JUDGED:
        found = explained(context, reply)
        assert (found.cause, found.blame, found.retry) == (cause, blame, retry), reply
