"""Words never seen before still tell their cause; words that tell nothing are left unknown."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.knowledge.annotation import Basis, Cause
from smtpprobe.knowledge.offline import explain_reply
from smtpprobe.knowledge.rules.clauses import clauses, without_names
from smtpprobe.knowledge.rules.phrases import TEXT_RULES, compiled
from smtpprobe.knowledge.rules.unfold import unfold
from smtpprobe.knowledge.rules.word_stems import STEM_RULES
from smtpprobe.protocol.verbs import Context
from tests.knowledge.providers.provider_replies import REPLIES
from tests.knowledge.rules.test_phrases import TOLD
from tests.knowledge.test_laws import check
from tests.knowledge.unseen_replies import UNSEEN


@pytest.mark.parametrize(("context", "reply", "cause"), UNSEEN, ids=lambda value: str(value)[:60])
def test_words_never_seen_before_tell_their_cause(
    context: Context | None, reply: str, cause: str
) -> None:
    found = explain_reply(unfold(reply), context)
    check(found)
    assert found.cause.value == cause


def test_the_unseen_replies_are_many_of_all_kinds_and_none_is_documented() -> None:
    documented = {text.lower() for _, text in REPLIES}
    assert len(UNSEEN) >= 150
    assert not {reply.lower() for _, reply, _ in UNSEEN} & documented
    kinds = Counter(cause for _, _, cause in UNSEEN)
    silent = {"accepted", "intermediate", "greeting", "closing", "network-error",
              "protocol-violation", "parameter-unsupported"}  # fmt: skip
    assert {cause.value for cause in Cause} - silent <= set(kinds)
    assert kinds["unknown"] >= 15


@pytest.mark.parametrize(("context", "reply", "cause"), UNSEEN, ids=lambda value: str(value)[:60])
def test_case_blanks_and_folding_change_nothing(
    context: Context | None, reply: str, cause: str
) -> None:
    lines = reply.upper().split("\n")
    wrapped = "\n".join("  \n   ".join(line.split(" ")) for line in lines)
    assert explain_reply(unfold(wrapped), context).cause.value == cause


def test_the_names_in_a_text_tell_nothing() -> None:
    text = (
        "no <spam@quota.example> at relay-denied.virus.example, see https://x.example/user-unknown"
    )
    assert without_names(text).split() == ["no", "<@>", "at", "@,", "see"]


def test_a_text_is_parted_into_clauses_of_plain_words() -> None:
    assert clauses("user can't be found; it isn't [192.0.2.4], go!") == (
        " user can not be found ",
        " it is not ip-address go ",
    )


@given(st.text(max_size=200))
def test_any_text_has_clauses(text: str) -> None:
    assert all(part.startswith(" ") and part.endswith(" ") for part in clauses(text.lower()))


def test_what_only_words_tell_is_called_likely() -> None:
    found = explain_reply(unfold("571 the person you want is unknown here"), Context.RCPT)
    assert found.basis is Basis.LIKELY
    assert found.meaning.startswith("likely: ")


def test_every_stem_rule_decides_some_reply() -> None:
    decided: set[Cause] = set()
    for context, reply, _ in UNSEEN:
        decided.add(explain_reply(unfold(reply), context).cause)
    assert {rule.cause for rule in STEM_RULES} <= decided


def test_a_pattern_matches_nothing_without_one_of_its_pieces() -> None:
    texts = [text for _, text, _ in (*UNSEEN, *TOLD)] + [text for _, text in REPLIES]
    for text in texts:
        told = without_names(" ".join(unfold(text).words.split()).lower())
        for rule in TEXT_RULES:
            if compiled(rule.pattern).search(told):
                assert any(near in told for near in rule.near.split("|")), (rule, told)


def test_explaining_one_reply_compiles_few_patterns() -> None:
    compiled.cache_clear()
    explain_reply(unfold("550-5.7.1 The IP you use is not authorized to send email directly"))
    assert compiled.cache_info().currsize == 0
    explain_reply(unfold("550 5.1.1 <u@x.example>: user unknown"), Context.RCPT)
    assert compiled.cache_info().currsize <= len(TEXT_RULES) // 5
