"""What is in order is no trouble, and a number yields to plain words."""

from __future__ import annotations

import pytest

from smtpprobe.knowledge.annotation import Cause
from smtpprobe.knowledge.offline import explain_reply
from smtpprobe.knowledge.providers.lookup import PROVIDER_ROWS, is_number
from smtpprobe.knowledge.rules.unfold import unfold
from smtpprobe.protocol.verbs import Context


@pytest.mark.parametrize(
    ("reply", "cause"),
    [
        ("550 5.7.1 Your IP is fine, your domain example.com is on a blacklist", "sender-rejected"),
        ("550 5.7.1 Your domain is fine, your IP is on a blacklist", "ip-blocked"),
        ("550 5.7.1 Your IP is on a blacklist", "ip-blocked"),
        ("550 5.7.1 Your reputation is good, and yet we do not take it", "unknown"),
        ("550 5.7.1 SPF pass, DKIM pass, and yet we do not take it", "unknown"),
        ("550 5.7.1 DKIM fails for this domain", "sender-auth-failed"),
        ("550 5.7.1 SPF does not pass", "sender-auth-failed"),
    ],
)
def test_what_is_in_order_is_not_what_is_refused(reply: str, cause: str) -> None:
    assert explain_reply(unfold(reply), Context.RCPT).cause.value == cause


def test_plain_words_go_before_a_row_that_knows_only_a_number() -> None:
    told = explain_reply(
        unfold("554 This IP address does not have a reverse DNS entry. AUP#1330"), Context.CONNECT
    )
    assert told.cause is Cause.NO_REVERSE_DNS
    bare = explain_reply(unfold("554 refused. AUP#1330"), Context.CONNECT)
    assert bare.cause is Cause.IP_BLOCKED


def test_few_rows_know_only_a_number() -> None:
    patterns = {row.pattern for row in PROVIDER_ROWS if is_number(row.pattern)}
    assert {"aup#", "[cs01]"} <= patterns
    assert not any(" " in pattern or "." in pattern for pattern in patterns)


@pytest.mark.parametrize(
    ("context", "reply", "cause"),
    [
        (Context.MAIL, "555 5.5.4 I do not know REQUIRETLS", "parameter-unsupported"),
        (Context.DATA_END, "451 4.3.0 clamd does not answer", "server-error"),
        (Context.DATA_END, "451 4.3.0 virus scan took longer than 240 s", "server-error"),
        (Context.RCPT, "451 4.2.1 mail store upgrade in progress", "service-unavailable"),
        (Context.RCPT, "550 5.1.1 not one of our subscribers", "unknown-recipient"),
        (Context.RCPT, "550 5.7.1 on the user's personal blacklist", "policy"),
        (Context.AUTH_STEP, "534 5.7.9 Sign in on the web first", "auth-failed"),
        (
            Context.DATA_END,
            "550 From: is a domain hosted here, you did not log in",
            "auth-required",
        ),
        (Context.RCPT, "550 5.2.1 this user did not log in for 12 months", "mailbox-disabled"),
    ],
)
def test_a_word_means_what_it_means_in_its_place(context: Context, reply: str, cause: str) -> None:
    assert explain_reply(unfold(reply), context).cause.value == cause


@pytest.mark.parametrize(
    ("context", "reply", "words", "step"),
    [
        (Context.AUTH_STEP, "421 4.7.0 too many wrong passwords", "logins failed", "correct name"),
        (Context.CONNECT, "554 hosts in your country are denied", "country", "relay elsewhere"),
        (Context.CONNECT, "421 PTR lookup of 192.0.2.5 failed: SERVFAIL", "DNS did", "dig -x 192"),
        (Context.DATA, "554 5.5.1 not a single good recipient", "no recipient", "RCPT TO"),
        (Context.MAIL, "421 4.7.1 Trop de messages en peu de temps", "too much", "slow down"),
    ],
)
def test_the_meaning_and_the_next_step_are_those_of_the_text(
    context: Context, reply: str, words: str, step: str
) -> None:
    told = explain_reply(unfold(reply), context)
    assert words in told.meaning
    assert any(step in one.text for one in told.next_steps)
