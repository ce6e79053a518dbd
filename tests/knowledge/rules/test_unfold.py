"""Replies as people paste them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.knowledge.annotation import Blame, Cause, Retry
from smtpprobe.knowledge.offline import explain_reply
from smtpprobe.knowledge.rules.unfold import unfold

FOLDED = (
    "The IP you\u2019re using to send mail is not authorized to 550-5.7.1 send email directly to"
    " our servers. Please use the SMTP relay at your 550-5.7.1 service provider instead. Learn"
    " more at 550 5.7.1 http://mail.google.com/support/bin/answer.py?answer=10336"
    " j1si6349282ybe.14 ##"
)
"""As an article of 2011 printed it."""


def test_gmails_refusal_of_direct_mail_is_read_out_of_a_folded_quote() -> None:
    reply = unfold(FOLDED)
    assert reply.code == 550
    assert str(reply.enhanced) == "5.7.1"
    assert len(reply.lines) == 4
    found = explain_reply(reply)
    assert (found.cause, found.blame, found.retry) == (
        Cause.IP_BLOCKED, Blame.YOUR_IP, Retry.AFTER_CHANGE,
    )  # fmt: skip
    assert found.provider == "Gmail"
    assert found.meaning == (
        "your IP is not allowed to send directly to Gmail; the mailbox is not the problem"
    )
    assert found.next_steps[0].text.startswith("relay through your provider")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("550 5.1.1 no such user", ("5.1.1 no such user",)),
        ("550-5.1.1 no\n550 5.1.1 such user", ("5.1.1 no", "5.1.1 such user")),
        ("550-5.1.1 no\r\n550-5.1.1 such\r\n550 5.1.1 u", ("5.1.1 no", "5.1.1 such", "5.1.1 u")),
        ("550-5.1.1 no 550 5.1.1 such user", ("5.1.1 no", "5.1.1 such user")),
        ("550 5.1.1 no such\n  user in this\n  house", ("5.1.1 no such user in this house",)),
        ("550-Mailbox unknown. No mailbox of this 550-name here. 550 5.1.1 User unknown",
         ("Mailbox unknown. No mailbox of this", "name here.", "5.1.1 User unknown")),
        ("550-first\\n550 last", ("first", "last")),
        ("550-first 550 last", ("first", "last")),
        ("250-mx.example\n250-SIZE 550\n250 HELP", ("mx.example", "SIZE 550", "HELP")),
        ("550 mailbox 550 of 250 5.1.1", ("mailbox 550 of 250 5.1.1",)),
        ("550", ("",)),
    ],
)  # fmt: skip
def test_lines_are_parted_where_they_began(text: str, lines: tuple[str, ...]) -> None:
    reply = unfold(text)
    assert reply.texts == lines
    assert not reply.defects


def test_text_without_a_code_has_none() -> None:
    assert unfold("no code at all").code is None
    assert unfold("").code is None


@given(st.text(max_size=300))
def test_any_text_is_taken(text: str) -> None:
    reply = unfold(text)
    assert reply.lines


words = st.lists(st.sampled_from(["user", "unknown", "the", "is", "full", "5.1.1x"]), min_size=1)


@given(st.lists(words, min_size=1, max_size=4))
def test_folding_loses_nothing(lines: list[list[str]]) -> None:
    told = [" ".join(line) for line in lines]
    folded = " ".join(
        f"550{' ' if number == len(told) - 1 else '-'}5.7.1 {line}"
        for number, line in enumerate(told)
    )
    assert unfold(folded).texts == tuple(f"5.7.1 {line}" for line in told)


@pytest.mark.parametrize("around", ["", " ", "\n", "\t\n "])
def test_blanks_around_a_paste_change_nothing(around: str) -> None:
    reply = unfold(f"{around}550-first\n550 second{around}")
    assert (reply.code, reply.texts) == (550, ("first", "second"))
