"""Next steps name what the reply names: the time, the list, the link, the address, the limit."""

from __future__ import annotations

import pytest

from smtpprobe.knowledge.offline import explain_reply
from smtpprobe.knowledge.rules.particulars import NOTHING, particulars
from smtpprobe.knowledge.rules.unfold import unfold
from smtpprobe.protocol.verbs import Context

RCPT, MAIL, END, CONNECT = Context.RCPT, Context.MAIL, Context.DATA_END, Context.CONNECT


def steps(context: Context, reply: str) -> str:
    return "; ".join(step.text for step in explain_reply(unfold(reply), context).next_steps)


@pytest.mark.parametrize(
    ("context", "reply", "step"),
    [
        (RCPT, "450 4.7.1 greylisted, retry in 300 seconds", "retry in 300 s"),
        (RCPT, "451 Greylisted, come back in 4 min 12 sec", "retry in 4 min 12 s"),
        (RCPT, "450 greylisted, try again in 00:04:12", "retry in 00:04:12"),
        (RCPT, "450 greylisted", "retry after 5 minutes"),
        (MAIL, "450 4.7.1 rate limit exceeded, try again in 2 hours", "retry in 2 h"),
        (MAIL, "450 4.7.1 rate limit exceeded", "retry later"),
        (CONNECT, "554 192.0.2.4 found in zone.blocklist.example",
         "dig 4.2.0.192.zone.blocklist.example"),
        (CONNECT, "554 192.0.2.4 is blacklisted, see http://bl.example/q?192.0.2.4",
         "see http://bl.example/q?192.0.2.4"),
        (CONNECT, "554 your address is blacklisted here", "ask their postmaster to unblock"),
        (RCPT, "551 bob has moved to bob@y.example", "RCPT TO:<bob@y.example>"),
        (RCPT, "551 bob has moved", "ask the recipient for the new address"),
        (END, "552 message exceeds the limit of 10485760 bytes", "keep it under 10485760 bytes"),
    ],
)  # fmt: skip
def test_a_next_step_names_what_the_reply_names(context: Context, reply: str, step: str) -> None:
    assert step in steps(context, reply)


@pytest.mark.parametrize("reply", ["554 your address is blacklisted here", "554 IP blocked"])
def test_no_list_is_spoken_of_that_the_reply_does_not_name(reply: str) -> None:
    told = steps(CONNECT, reply)
    assert "dig" not in told
    assert "it names" not in told
    assert "see " not in told


def test_a_text_without_any_names_nothing() -> None:
    assert particulars("mailbox full") == NOTHING
    assert NOTHING["when"] == "later"


def test_a_number_that_is_no_time_to_wait_is_none() -> None:
    assert particulars("mailbox full: 300 s of music")["when"] == "later"
    assert particulars("try again, 5 messages are waiting")["when"] == "later"


def test_what_a_hostile_reply_names_is_escaped_and_cut() -> None:
    hostile = "554 blacklisted, see http://x.example/\x1b[31m" + "a" * 4000
    for step in explain_reply(unfold(hostile), CONNECT).next_steps:
        assert step.text.isprintable()
        assert len(step.text) <= 100


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("try again in 1 hour and 30 minutes", {"when": "in 1 h 30 min", "soon": "in 1 h 30 min"}),
        ("retry in 00:05:00, or wait 3 minutes", {"when": "in 00:05:00", "soon": "in 00:05:00"}),
        ("the 00:05:00 show", {}),
        ("5 minutes", {}),
        ("192.0.2.4 listed at zen.spamhaus.org", {"query": "4.2.0.192.zen.spamhaus.org"}),
        ("blocked using zen.spamhaus.org; 192.0.2.4", {"query": "4.2.0.192.zen.spamhaus.org"}),
        ("blocked using zen.spamhaus.org", {}),
        ("192.0.2.4 seen at mx.example.net, which blocks", {}),
        ("see http://x.example/Aa).", {"link": "http://x.example/Aa"}),
        ("see 'http://x.example/Aa'!", {"link": "http://x.example/Aa"}),
        ("see http://x.example/FAX.", {"link": "http://x.example/FAX"}),
        ("see www.x.example/Aa;", {"link": "www.x.example/Aa"}),
        ("see http://x.example/" + "a" * 72, {"link": "the link in its text"}),
        ("moved to bob@y.example", {"new_address": "bob@y.example"}),
        ("write to <bob@y.example>", {"new_address": "bob@y.example"}),
        ("bob@y.example instead", {"new_address": "bob@y.example"}),
        ("bob@y.example is unknown", {}),
        ("exceeds 100 kb", {"limit": "100 kb"}),
        ("limit of 100", {"limit": "100"}),
        ("100 octets", {}),
        ("Bad RET value", {"parameter": "RET"}),
        ("HOLDUNTIL is too late", {"parameter": "HOLDUNTIL"}),
        ("retired", {}),
    ],
)
def test_a_text_names_these_and_nothing_else(text: str, named: dict[str, str]) -> None:
    assert particulars(text) == {**NOTHING, **named}
