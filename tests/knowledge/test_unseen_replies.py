"""Words never seen before still tell their cause; words that tell nothing are left unknown."""

from __future__ import annotations

from collections import Counter

import pytest

from smtpprobe.knowledge.annotation import Basis, Cause
from smtpprobe.knowledge.language.language import without_names
from smtpprobe.knowledge.offline import explain_reply
from smtpprobe.knowledge.rules.unfold import unfold
from smtpprobe.protocol.verbs import Context
from tests.knowledge.providers.provider_replies import REPLIES
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


def test_what_only_words_tell_is_called_likely() -> None:
    found = explain_reply(unfold("571 the person you want is unknown here"), Context.RCPT)
    assert found.basis is Basis.LIKELY
    assert found.meaning.startswith("likely: ")
