"""What a log has of the message itself, once RCPT is accepted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smtpprobe.explainer.explain import explained
from smtpprobe.explainer.input.found_reply import Found
from smtpprobe.protocol.verbs import Context
from smtpprobe.why.diagnose.table import Certainty
from tests.why.diagnose.stage import no, trial, verdict, yes


@pytest.mark.parametrize(
    ("reply", "outcome", "cause", "status"),
    [
        ("452 4.2.2 Mailbox full", "deferred", "mailbox-full", 1),
        ("552 5.3.4 Message size exceeds fixed limit", "refused", "message-too-large", 1),
        ("451 4.7.1 Greylisted, try again in 300 seconds", "deferred", "greylisted", 4),
        ("451 4.3.0 Temporary failure, no idea", "deferred", "refused-for-now", 4),
        ("550 5.6.0 We do not like it", "refused", "content-rejected", 1),
        ("554 5.4.6 Too many hops", "refused", "loop-detected", 1),
    ],
)
def test_a_refusal_behind_rcpt_counts_by_its_words_and_its_class(
    reply: str, outcome: str, cause: str, status: int
) -> None:
    fact = no("history.last", stage="content", outcome=outcome, reply=reply)
    last = replace(fact, reading=explained(Found(reply, Context.DATA_END)))
    found = verdict(trial("250 Ok"), last)
    assert (found.cause.id, int(found.status)) == (cause, status)
    assert found.certainty is Certainty.LIKELY


def test_a_refusal_for_authentication_is_that_of_spf_only_if_spf_fails() -> None:
    words = "550 5.7.23 SPF validation failed"
    fact = no("history.last", stage="content", outcome="refused", reply=words)
    last = replace(fact, reading=explained(Found(words, Context.DATA_END)))
    spf = no("us.spf", result="fail")
    assert verdict(trial("250 Ok"), last, spf).cause.id == "spf-fail"
    passes = yes("us.spf", result="pass")
    assert verdict(trial("250 Ok"), last, passes).cause.id == "content-rejected"
