"""What texts show: replies as products send them, each with the cause it has to get."""

from __future__ import annotations

import pytest

from smtpprobe.knowledge.annotation import Basis, Blame, Cause, Retry
from smtpprobe.protocol.verbs import Context
from tests.knowledge.sessions import explained

RCPT, MAIL, END, AUTH = Context.RCPT, Context.MAIL, Context.DATA_END, Context.AUTH
RELAY = "this server does not relay mail for other.example from you"

REFUSED_RELAYS = (
    "554 5.7.1 <x@other.example>: Relay access denied",
    "550 relay not permitted",
    "550 5.7.1 Unable to relay",
    "550 5.7.1 Relaying denied",
    "550 5.7.1 <x@other.example>... Relaying denied. Proper authentication required.",
    "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
    "550 Relaying mail to other.example is not allowed",
    "550 This is not an open relay",
    "551 we do not relay",
    "571 No external routing allowed",
    "550 5.7.1 Client does not have permissions to submit: cannot relay",
)


PROVIDERS_RELAYS = (
    "550 5.7.0 Mail relay denied <192.0.2.4>. Invalid credentials for relay",
    "550 5.7.64 TenantAttribution; Relay Access Denied",
    "550 5.4.1 Relay Access Denied",
)
"""Refusals whose provider has a way out of its own."""


@pytest.mark.parametrize("reply", PROVIDERS_RELAYS)
def test_a_providers_refused_relay_has_the_one_wording_too(reply: str) -> None:
    assert explained(RCPT, reply).meaning == f"permanent: {RELAY}"


@pytest.mark.parametrize("reply", REFUSED_RELAYS)
def test_every_form_of_a_refused_relay_has_the_one_wording(reply: str) -> None:
    found = explained(RCPT, reply)
    assert found.cause is Cause.RELAY_DENIED
    assert found.meaning.removeprefix("likely: ") == f"permanent: {RELAY}"
    assert found.next_steps[0].command == "AUTH "


@pytest.mark.parametrize(
    "reply", ["454 4.7.1 <x@other.example>: Relay access denied", "451 Open relay not allowed"]
)
def test_a_refused_relay_that_claims_to_be_temporary_says_waiting_is_no_use(reply: str) -> None:
    found = explained(RCPT, reply)
    assert found.meaning.removeprefix("likely: ") == f"{RELAY}; waiting will not help"
    assert found.retry is Retry.AFTER_CHANGE
    assert any("permanent" in note for note in found.notes)


TOLD = (
    (RCPT, "550 5.1.1 <u@x>: Recipient address rejected: User unknown", Cause.UNKNOWN_RECIPIENT),
    (RCPT, "550 No such user here", Cause.UNKNOWN_RECIPIENT),
    (RCPT, "550 Unrouteable address", Cause.UNKNOWN_RECIPIENT),
    (RCPT, "450 4.1.1 User unknown in virtual mailbox table", Cause.UNKNOWN_RECIPIENT),
    (RCPT, "550 mailbox is full", Cause.MAILBOX_FULL),
    (RCPT, "452 4.2.2 Over quota", Cause.MAILBOX_FULL),
    (RCPT, "550 This account has been disabled", Cause.MAILBOX_DISABLED),
    (RCPT, "551 user has moved; please try <x@y.example>", Cause.RECIPIENT_MOVED),
    (RCPT, "550 domain not found", Cause.UNKNOWN_DOMAIN),
    (RCPT, "450 4.7.1 Greylisted, try again in 30 seconds", Cause.GREYLISTED),
    (RCPT, "451 Graylisting in effect", Cause.GREYLISTED),
    (RCPT, "550 5.7.1 Client host rejected: cannot find your hostname", Cause.NO_REVERSE_DNS),
    (RCPT, "554 5.7.1 Client host [192.0.2.4] blocked using b.barracudacentral.org",
     Cause.IP_BLOCKED),
    (RCPT, "553 5.1.8 Sender address rejected: Domain not found", Cause.SENDER_REJECTED),
    (RCPT, "504 5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname",
     Cause.SYNTAX_ERROR),
    (RCPT, "452 too many recipients", Cause.TOO_MANY_RECIPIENTS),
    (RCPT, "451 Temporary local problem - please try later", Cause.SERVER_ERROR),
    (RCPT, "452 4.3.1 Insufficient system storage", Cause.STORAGE_FULL),
    (RCPT, "550 5.7.1 SPF check failed", Cause.SENDER_AUTH_FAILED),
    (RCPT, "550 rejected: local policy", Cause.POLICY),
    (MAIL, "550 sender verify failed", Cause.SENDER_REJECTED),
    (MAIL, "421 4.7.0 Too many connections", Cause.TOO_MANY_CONNECTIONS),
    (MAIL, "451 4.7.1 rate limit exceeded", Cause.RATE_LIMITED),
    (MAIL, "572 Bounces are blocked due to system abuse by spammers", Cause.SENDER_REJECTED),
    (MAIL, "530 5.5.1 Authentication Required", Cause.AUTH_REQUIRED),
    (MAIL, "451 5.7.3 STARTTLS is required to send mail", Cause.TLS_REQUIRED),
    (MAIL, "552 5.3.4 Message size exceeds fixed limit", Cause.MESSAGE_TOO_LARGE),
    (END, "554 5.7.1 Message rejected as spam", Cause.SPAM_CONTENT),
    (END, "550 virus found: Eicar", Cause.VIRUS),
    (END, "552 5.7.0 attachment type not accepted", Cause.CONTENT_REJECTED),
    (END, "550 5.6.0 malformed header", Cause.MALFORMED_MESSAGE),
    (END, "521 5.5.2 mx Error: bare <LF> received", Cause.MALFORMED_MESSAGE),
    (END, "554 5.4.6 Too many hops", Cause.LOOP_DETECTED),
    (END, "550 5.7.26 does not pass DMARC", Cause.SENDER_AUTH_FAILED),
    (AUTH, "535 Incorrect authentication data", Cause.AUTH_FAILED),
    (AUTH, "504 5.5.4 Unrecognized authentication type", Cause.AUTH_MECHANISM),
    (AUTH, "504 5.5.4 Encryption required for requested authentication mechanism",
     Cause.TLS_REQUIRED),
    (AUTH, "454 4.7.0 Temporary authentication failure", Cause.SERVER_ERROR),
    (AUTH, "454 4.7.0 Too many login attempts, please try again later.", Cause.RATE_LIMITED),
    (AUTH, "435 Unable to authenticate at present", Cause.SERVER_ERROR),
    (Context.DATA, "554 5.5.1 Error: no valid recipients", Cause.BAD_SEQUENCE),
    (Context.UNKNOWN, "502 5.5.2 Error: command not recognized", Cause.NOT_IMPLEMENTED),
    (Context.CONNECT, "421 Too much load; please try again later.", Cause.SERVICE_UNAVAILABLE),
    (Context.CONNECT, "554 Your IP is on a blocklist", Cause.IP_BLOCKED),
    (MAIL, "504 <x>: need fully-qualified hostname", Cause.SYNTAX_ERROR),
    (MAIL, "503 5.5.1 EHLO/HELO first.", Cause.BAD_SEQUENCE),
    (MAIL, "503 5.5.1 Error: nested MAIL command", Cause.BAD_SEQUENCE),
    (RCPT, "503 5.5.1 Error: need MAIL command", Cause.BAD_SEQUENCE),
    (MAIL, "421 4.7.0 Connection expired, try reconnecting.", Cause.TIMEOUT),
    (MAIL, "421 Max message per connection reached", Cause.TOO_MANY_CONNECTIONS),
    (MAIL, "421 4.7.0 mx Error: too many errors", Cause.BAD_SEQUENCE),
    (RCPT, "450 The user you try to contact is receiving mail too quickly", Cause.RATE_LIMITED),
    (AUTH, "534 5.7.9 Application-specific password required.", Cause.AUTH_MECHANISM),
    (RCPT, "554 5.7.1 Sender address [a@b.example] blocked using dbl.spamhaus.org",
     Cause.SENDER_REJECTED),
    (MAIL, "553 5.7.1 <a@x>: Sender address rejected: not owned by user bob",
     Cause.SENDER_REJECTED),
    (MAIL, "550 <a@b.example> cannot be resolved", Cause.SENDER_REJECTED),
    (Context.CONNECT, "554 no SMTP service here", Cause.NO_MAIL_SERVICE),
    (RCPT, "553 Must declare SMTPUTF8 to send unicode address", Cause.SMTPUTF8_UNSUPPORTED),
    (MAIL, "554 SMTP synchronization error", Cause.BAD_SEQUENCE),
    (MAIL, "554 out of sequence", Cause.BAD_SEQUENCE),
    (Context.EHLO, "554 You talk too soon", Cause.BAD_SEQUENCE),
    (MAIL, "501 unsupported option: FOO", Cause.PARAMETER_UNSUPPORTED),
    (RCPT, "553 syntax error in address", Cause.SYNTAX_ERROR),
    (Context.NOOP, "421 mx: SMTP command timeout - closing connection", Cause.TIMEOUT),
    (MAIL, "450 deferred due to volume", Cause.RATE_LIMITED),
    (MAIL, "554 Error: open resolver", Cause.SERVER_ERROR),
    (RCPT, "550 The mail server detected your message as spam and has prevented delivery (50).",
     Cause.SPAM_CONTENT),
    (MAIL, "553 Retrying will NOT succeed", Cause.IP_BLOCKED),
    (RCPT, "450 4.2.1 Mailbox busy", Cause.SERVICE_UNAVAILABLE),
    (END, "554 5.7.5 permanent error evaluating DMARC policy", Cause.SENDER_AUTH_FAILED),
    (END, "550 maximum allowed line length is 998 octets, got 1756", Cause.MALFORMED_MESSAGE),
)  # fmt: skip


@pytest.mark.parametrize(("context", "reply", "cause"), TOLD, ids=lambda value: str(value)[:40])
def test_a_text_shows_its_cause(context: Context, reply: str, cause: Cause) -> None:
    assert explained(context, reply).cause is cause


def test_a_sure_reading_is_standard_and_another_is_likely() -> None:
    assert explained(RCPT, "550 No such user here").basis is Basis.STANDARD
    unusual = explained(RCPT, "571 You must log in first, stranger")
    assert unusual.basis is Basis.LIKELY
    assert unusual.meaning == "likely: the server wants you to log in first"


def test_plain_words_go_before_an_enhanced_code_of_something_else_and_say_so() -> None:
    found = explained(RCPT, "550 5.2.1 mailbox is over quota")
    assert found.cause is Cause.MAILBOX_FULL
    assert found.basis is Basis.LIKELY
    assert "enhanced code 5.2.1: mailbox-disabled; the text: mailbox-full" in found.notes


def test_a_misread_blocklist_is_blamed_on_their_resolver() -> None:
    found = explained(RCPT, "554 5.7.1 blocked using zen.spamhaus.org; Error: open resolver")
    assert (found.cause, found.blame) == (Cause.SERVER_ERROR, Blame.THEIR_SERVER)


def test_a_refusal_for_good_in_a_temporary_code_is_never_retried() -> None:
    found = explained(MAIL, "421 4.7.1 [TS03] permanently deferred; Retrying will NOT succeed.")
    assert (found.cause, found.retry) == (Cause.IP_BLOCKED, Retry.NEVER)
    assert "waiting will not help" in found.meaning


def test_the_address_in_the_text_is_named() -> None:
    found = explained(RCPT, "554 5.7.1 Client host [2001:db8::25] blocked using zen.spamhaus.org")
    assert found.meaning.startswith("the server says 2001:db8::25 is listed at Spamhaus")
