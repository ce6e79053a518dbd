"""The twenty sample replies that users are promised: meaning, next step, note and judgement."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from smtpprobe.knowledge.offline import explain_reply
from smtpprobe.knowledge.rules.unfold import unfold
from smtpprobe.protocol.reply import parse_reply
from smtpprobe.protocol.verbs import Context
from tests.knowledge.test_laws import check

RELAY = "this server does not relay mail for other.example from you; waiting will not help"


@dataclass(frozen=True)
class Sample:
    context: Context
    reply: str
    meaning: str
    next_step: str
    judgement: str
    note: str = ""


SAMPLES = (
    Sample(Context.DATA_END,
           "550-5.7.1 The IP you're using to send mail is not authorized to\n550-5.7.1 send email"
           " directly to our servers. Please use the SMTP relay at your\n550 5.7.1 provider",
           "your IP is not allowed to send directly to Gmail; the mailbox is not the problem",
           "relay through your provider (587 and AUTH)",
           "ip-blocked, your-ip, after-change, provider", "though 5.7.1 suggests it"),
    Sample(Context.CONNECT, "220-mx.example ESMTP\n220 ready", "ready: the server speaks ESMTP",
           "EHLO", "greeting, nobody, no-need, standard"),
    Sample(Context.EHLO, "250-mx.example\n250 STARTTLS", "STARTTLS offered", "STARTTLS",
           "accepted, nobody, no-need, standard"),
    Sample(Context.STARTTLS, "220 2.0.0 Ready to start TLS",
           "not a greeting: the TLS handshake starts now", "EHLO again after the handshake",
           "accepted, nobody, no-need, standard"),
    Sample(Context.AUTH, "334 VXNlcm5hbWU6", '"Username:"', "the answer in base64",
           "intermediate, nobody, no-need, standard"),
    Sample(Context.AUTH,
           "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the"
           " Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.",
           "the password may be right", "have the administrator enable it",
           "auth-failed, you, after-change, provider"),
    Sample(Context.STARTTLS, "454 4.7.0 TLS not available due to local problem",
           "TLS is offered but does not work there for now", "try later",
           "tls-unavailable, their-server, later-same, standard"),
    Sample(Context.RCPT, "454 4.7.1 <x@other.example>: Relay access denied", RELAY, "AUTH",
           "relay-denied, you, after-change, provider", "454 means temporary"),
    Sample(Context.MAIL, "530 5.7.0 Must issue a STARTTLS command first",
           "TLS is needed before", "STARTTLS", "tls-required, you, after-change, standard"),
    Sample(Context.MAIL, "530 5.7.0 Authentication required", "log in", "AUTH",
           "auth-required, you, after-change, standard"),
    Sample(Context.RCPT,
           "450 4.2.0 <u@example.org>: Recipient address rejected: Greylisted, see http://x.example",
           "first-contact delay, not a fault",
           "retry after 5 minutes with the same IP, sender and recipient",
           "greylisted, nobody, later-same, provider"),
    Sample(Context.RCPT, "450 4.3.2 Service currently unavailable",
           "you passed its tests, but it cannot pass this connection on", "QUIT, connect again",
           "greylisted, nobody, immediately, provider"),
    Sample(Context.RCPT, "452 4.5.3 Error: too many recipients",
           "this transaction accepts no more recipients", "DATA for the accepted ones",
           "too-many-recipients, your-command, later-same, standard"),
    Sample(Context.RCPT, "550 5.4.1 Recipient address rejected: Access denied",
           "that address is unknown to the tenant", "check the address",
           "unknown-recipient, recipient, after-change, provider", "no answer from host"),
    Sample(Context.RCPT,
           "554 5.7.1 Service unavailable; Client host [192.0.2.4] blocked using zen.spamhaus.org",
           "the server says 192.0.2.4 is listed at Spamhaus; this is not about the recipient",
           "look up 192.0.2.4 at check.spamhaus.org",
           "ip-blocked, your-ip, after-change, provider"),
    Sample(Context.VRFY, "252 2.0.0 user@example.org",
           "the server will not say whether the address exists", "",
           "accepted, nobody, no-need, standard"),
    Sample(Context.ETRN, "251 OK, no messages waiting", "the queue for that node is empty", "",
           "accepted, nobody, no-need, standard"),
    Sample(Context.DATA, "354 End data with <CR><LF>.<CR><LF>", 'then a line with only "."', "",
           "intermediate, nobody, no-need, standard"),
    Sample(Context.DATA_END, "250 2.0.0 Ok: queued as 4F1C2",
           "the message is now the server's responsibility; queue id 4F1C2", "",
           "accepted, nobody, no-need, standard"),
    Sample(Context.MAIL,
           "421 4.7.0 [TSS04] Messages from 192.0.2.4 temporarily deferred due to unexpected volume"
           " or user complaints - 4.16.55.1; see https://x.example",
           "throttled for volume, complaints, or mail without SPF and DKIM; the server closes",
           "slow down, check SPF, DKIM and DMARC", "rate-limited, your-ip, later-same, provider"),
    Sample(Context.RCPT, "571 Remote sending only allowed with authentication!",
           "not a standard code (first digit 5: permanent); you must log in",
           "AUTH (the standard reply would be 530)", "auth-required, you, after-change, provider"),
)  # fmt: skip


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.reply[:40])
def test_a_sample_is_explained_as_promised(sample: Sample) -> None:
    reply = parse_reply(sample.reply.replace("\n", "\r\n").encode() + b"\r\n")
    found = explain_reply(reply, sample.context, recipient="x@other.example")
    check(found)
    assert sample.meaning in found.meaning
    told = (found.cause, found.blame, found.retry, found.basis)
    assert ", ".join(word.value for word in told) == sample.judgement
    if sample.next_step:
        assert found.next_steps[0].text.startswith(sample.next_step)
    assert any(sample.note in note for note in (*found.notes, ""))


def test_the_samples_say_the_same_when_they_are_pasted() -> None:
    for sample in SAMPLES:
        pasted = explain_reply(unfold(sample.reply), sample.context, recipient="x@other.example")
        assert sample.meaning in pasted.meaning
