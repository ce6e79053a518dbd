"""The weighing: words before codes that say something else, codes before vague words."""

from __future__ import annotations

import pytest

from smtpprobe.knowledge.annotation import Basis, Cause
from smtpprobe.knowledge.evidence.seen import Evidence, Reader, Stance, Strength
from smtpprobe.knowledge.evidence.weigh import WEIGHTS, weigh
from smtpprobe.knowledge.evidence.words import Grasp, grasp
from smtpprobe.knowledge.offline import explain_reply
from smtpprobe.knowledge.rules.unfold import unfold
from smtpprobe.protocol.verbs import Context

RCPT, MAIL, END, CONNECT = Context.RCPT, Context.MAIL, Context.DATA_END, Context.CONNECT
FULL = Evidence(Reader.WORDS, Cause.MAILBOX_FULL, Strength.SURE)
CODE = Evidence(Reader.ENHANCED, Cause.MAILBOX_DISABLED, Strength.CLEAR)
BARE = Evidence(Reader.CONTEXT, Cause.TOO_MANY_RECIPIENTS, Strength.HINT)


def heaviest(*found: Evidence, grasp: Grasp = Grasp.READ) -> Cause | None:
    weights = weigh(found, grasp).weights
    return max(weights, key=lambda one: weights[one], default=None)


def test_plain_words_go_before_an_enhanced_code_of_something_else() -> None:
    assert heaviest(FULL, CODE) is Cause.MAILBOX_FULL


def test_the_code_goes_before_words_that_only_hint() -> None:
    assert heaviest(FULL._replace(strength=Strength.HINT), CODE) is Cause.MAILBOX_DISABLED


def test_what_is_only_supposed_has_no_weight_and_what_is_denied_less_than_none() -> None:
    assert heaviest(FULL._replace(stance=Stance.SUPPOSED), CODE) is Cause.MAILBOX_DISABLED
    denied = weigh([FULL._replace(stance=Stance.DENIED)], Grasp.READ)
    assert denied.weights[Cause.MAILBOX_FULL] < 0


def test_a_code_of_several_causes_says_nothing_beside_words_that_were_not_understood() -> None:
    assert heaviest(BARE, grasp=Grasp.UNREAD) is None
    assert heaviest(BARE, grasp=Grasp.EMPTY) is Cause.TOO_MANY_RECIPIENTS


def test_every_reader_has_a_weight_for_every_strength_and_more_for_the_surer() -> None:
    for weights in WEIGHTS.values():
        assert weights[Strength.SURE] > weights[Strength.CLEAR] > weights[Strength.HINT] > 0


@pytest.mark.parametrize(
    ("context", "reply", "cause"),
    [
        (RCPT, "550 5.2.1 there is nobody of that name", "unknown-recipient"),
        (RCPT, "550 5.1.1 the box is over its quota", "mailbox-full"),
        (END, "554 5.3.0 a worm was found in the attachment", "virus"),
        (CONNECT, "421 4.3.2 too many sessions from your address", "too-many-connections"),
        (RCPT, "550 5.1.1 we do not want this", "unknown-recipient"),
        (RCPT, "552 5.2.2 in case of spam see our page", "mailbox-full"),
        (
            RCPT,
            "550 5.7.26 if you think you were blocked by mistake, call us",
            "sender-auth-failed",
        ),
        (RCPT, "552 the stars are not right", "unknown"),
        (CONNECT, "554 the stars are not right", "unknown"),
        (RCPT, "421 the stars are not right", "unknown"),
    ],
)
def test_a_verdict_follows_from_all_that_was_seen(context: Context, reply: str, cause: str) -> None:
    assert explain_reply(unfold(reply), context).cause.value == cause


@pytest.mark.parametrize(
    ("context", "reply", "cause"),
    [
        (RCPT, "451 4.3.0 Invalid mailbox name", "unknown-recipient"),
        (RCPT, "550 5.1.1 <jo@example.org>: Recipient address rejected: list closed",
         "mailbox-disabled"),
        (MAIL, "421 4.7.0 mx.example.net Rejecting open proxy client.example [192.0.2.1]",
         "ip-blocked"),
    ],
)  # fmt: skip
def test_plain_words_stay_where_replies_with_this_code_mostly_mean_something_else(
    context: Context, reply: str, cause: str
) -> None:
    told = explain_reply(unfold(reply), context)
    assert told.cause.value == cause
    assert told.basis in {Basis.LIKELY, Basis.GUESS}


@pytest.mark.parametrize(
    ("context", "reply"),
    [
        (Context.BDAT_LAST, "452 espacio delayed unsolicited delete transmission"),
        (Context.HELO, "554 correct characters throttling after nell"),
        (CONNECT, "421 offline able probalja"),
    ],
)
def test_words_in_any_order_get_a_verdict(context: Context, reply: str) -> None:
    told = explain_reply(unfold(reply), context)
    assert told.basis not in {Basis.PROVIDER, Basis.STANDARD} or told.cause is Cause.UNKNOWN


def test_a_verdict_says_what_speaks_for_it_and_what_against() -> None:
    found = explain_reply(unfold("550 5.2.1 <jo@example.org>: no such user at this site"), RCPT)
    assert found.why.speaks_for == ('words "no such user"',)
    assert "code 5.2.1: mailbox-disabled" in found.why.against
    assert found.basis is Basis.LIKELY


def test_a_denied_cause_is_told_as_such() -> None:
    found = explain_reply(unfold("450 the mailbox is not full"), RCPT)
    assert found.cause is Cause.UNKNOWN


def test_standard_is_earned_by_agreement() -> None:
    assert explain_reply(unfold("550 5.1.1 user unknown"), RCPT).basis is Basis.STANDARD
    assert explain_reply(unfold("550 5.2.2 user unknown"), RCPT).basis is not Basis.STANDARD
    unread = explain_reply(unfold("552 5.2.2 the zebra crosses the river"), RCPT)
    assert (unread.cause, unread.basis) == (Cause.MAILBOX_FULL, Basis.LIKELY)


@pytest.mark.parametrize(
    ("text", "much"),
    [
        ("", Grasp.EMPTY),
        ("refused", Grasp.EMPTY),
        ("user unknown", Grasp.READ),
        ("the zebra crosses the river", Grasp.UNREAD),
    ],
)
def test_how_much_of_a_text_is_understood_is_known(text: str, much: Grasp) -> None:
    assert grasp(text) is much


def test_a_number_that_is_no_code_of_smtp_is_read_by_its_words_in_a_log() -> None:
    told = explain_reply(unfold("605 Not delivering to previously bounced address"))
    assert (told.cause, told.basis) == (Cause.UNKNOWN_RECIPIENT, Basis.LIKELY)
    told = explain_reply(unfold("607 Not delivering to a user who marked your messages as spam"))
    assert (told.cause, told.basis) == (Cause.POLICY, Basis.LIKELY)
    assert explain_reply(unfold("699 xyzzy")).cause is Cause.PROTOCOL_VIOLATION


def test_a_sender_that_its_own_server_does_not_confirm_leads_to_that_server() -> None:
    told = explain_reply(unfold("550 Sender callout to mx.example.com failed: no connection"), RCPT)
    assert told.cause is Cause.SENDER_REJECTED
    assert "asked the MX of the sender" in told.meaning
    assert "MAIL FROM:<>" in told.next_steps[0].text
