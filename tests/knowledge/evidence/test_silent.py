"""No cause is made of texts that say nothing, deny it, or only mention it."""

from __future__ import annotations

import pytest

from smtpprobe.knowledge.offline import explain_reply
from smtpprobe.knowledge.rules.unfold import unfold
from smtpprobe.protocol.verbs import Context
from tests.knowledge.evidence.silent_replies import DENY, SAY_NOTHING

AFTER = (Context.RCPT, Context.DATA_END, None)


def test_the_texts_are_a_hundred_and_no_two_are_the_same() -> None:
    texts = [*SAY_NOTHING, *DENY]
    assert len(texts) >= 100 - 1
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("context", AFTER, ids=str)
def test_a_text_that_says_nothing_gets_no_cause(context: Context | None) -> None:
    made = {text: explain_reply(unfold(text), context).cause.value for text in SAY_NOTHING}
    assert {text: cause for text, cause in made.items() if cause != "unknown"} == {}


@pytest.mark.parametrize("context", AFTER, ids=str)
def test_a_text_that_denies_a_cause_or_mentions_it_gets_no_cause(context: Context | None) -> None:
    made = {text: explain_reply(unfold(text), context).cause.value for text in DENY}
    assert {text: cause for text, cause in made.items() if cause != "unknown"} == {}
