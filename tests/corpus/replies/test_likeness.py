"""What replies have in common is counted from those that may be looked into; it counts for less."""

from __future__ import annotations

import re

from smtpprobe.knowledge.annotation import Basis, Cause
from smtpprobe.knowledge.evidence.likeness import counts, likeness, signs_of, weights_of
from smtpprobe.knowledge.offline import Place, explain_reply, placed
from smtpprobe.knowledge.rules.unfold import unfold
from smtpprobe.knowledge.tables.likeness import READ, SIGNS
from smtpprobe.knowledge.wording import LINE
from smtpprobe.protocol.verbs import Context
from tests.corpus.replies.likeness import counted, everything


def test_the_counts_are_those_of_the_replies() -> None:
    whole, signs = counted(everything())
    assert sorted(SIGNS) == sorted(signs), "python -m tests.corpus.replies.likeness"
    assert {cause: round(number, 1) for cause, number in whole.items()} == READ
    for sign, causes in signs.items():
        assert {cause: round(number, 1) for cause, number in causes.items()} == counts(SIGNS[sign])


def test_signs_are_the_words_what_they_stand_for_and_the_place() -> None:
    seen = placed(unfold("552 5.2.2 the box is not full"), Place(Context.RCPT))
    assert {"full", "-full", "=box", "@rcpt", "552", "@rcpt552", "X.2.2"} <= signs_of(seen)


def test_a_text_is_most_like_those_of_its_own_cause() -> None:
    seen = placed(unfold("552 the mailbox of this user is full"), Place(Context.RCPT))
    like = likeness(seen).weights
    assert max(like, key=lambda one: like[one]) is Cause.MAILBOX_FULL


def test_a_cause_that_only_other_replies_have_is_told_with_reserve_and_by_which_words() -> None:
    told = explain_reply(unfold("554 5.7.1 pump and dump stock mail"), Context.DATA_END)
    assert told.cause is Cause.SPAM_CONTENT
    assert told.basis in {Basis.LIKELY, Basis.GUESS}
    assert told.why.speaks_for[0].startswith('other replies with "')


def test_words_that_no_reply_had_make_no_cause() -> None:
    assert explain_reply(unfold("554 xyzzy plugh"), Context.DATA_END).cause is Cause.UNKNOWN


def test_a_sign_of_few_replies_says_less_than_one_of_many() -> None:
    seldom, often = (
        next(sign for sign, told in SIGNS.items() if told == f"mailbox-full {number}")
        for number in (2, max(only_of("mailbox-full")))
    )
    at = list(READ).index("mailbox-full")
    assert 0 < weights_of(seldom)[at] < weights_of(often)[at]


def only_of(cause: str) -> list[int]:
    """Return in how many replies of a cause those signs stand that no other cause has."""
    return [int(told.split()[1]) for told in SIGNS.values()
            if re.fullmatch(rf"{cause} \d+", told)]  # fmt: skip


def test_where_plain_words_and_other_replies_disagree_both_causes_are_named() -> None:
    told = explain_reply(
        unfold("421 4.7.0 your network sends too much junk, come back later"), Context.CONNECT
    )
    assert told.cause is Cause.UNKNOWN
    assert told.basis is Basis.GUESS
    assert told.meaning.startswith("perhaps: too-many-connections or ip-blocked, the text does not")
    assert any("ip-blocked" in one for one in told.why.speaks_for)
    assert any("too-many-connections" in one for one in told.why.against)
    assert len(told.meaning) <= LINE
