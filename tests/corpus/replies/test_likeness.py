"""What replies have in common is counted from those that may be looked into; it counts for less."""

from __future__ import annotations

from smtpprobe.knowledge.annotation import Basis, Cause
from smtpprobe.knowledge.evidence.likeness import counts, likeness, signs_of
from smtpprobe.knowledge.offline import Place, explain_reply, placed
from smtpprobe.knowledge.rules.unfold import unfold
from smtpprobe.knowledge.tables.likeness import READ, SIGNS
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
