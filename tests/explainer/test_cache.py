"""Replies of one template are judged once; each keeps its own words, and no other reason."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpprobe.explainer import cache
from smtpprobe.explainer.cache import Annotations, Meanings, known, template
from smtpprobe.explainer.explain import explained
from smtpprobe.explainer.input.found_reply import Found
from smtpprobe.protocol.verbs import Context
from tests.explainer.test_formats import DATA, found_in
from tests.knowledge.providers.provider_replies import REPLIES
from tests.knowledge.unseen_replies import UNSEEN

TEXTS = (
    *(text for _, text in REPLIES),
    *(text for _, text, _ in UNSEEN),
    *(f"554 5.7.{detail} Access denied" for detail in (1, 606, 708, 511, 26)),
    *(f"550 refused: {what}/other" for what in ("spam", "virus", "quota")),
    *(f"550-see https://x.example/a/b?c\n550 {why}" for why in ("user unknown", "spam found")),
    *("250 2.0.0 Ok: queued as 4F1C2ABC", "250 OK id=1aBcDe-000123-4F", "250 done", "354 go on"),
    *("220 mx.example ESMTP Postfix", "250-mx.example\n250 SIZE 1000", "334 VXNlcm5hbWU6"),
)
PLACES = tuple(
    {"context": context, "recipient": recipient, "sender": sender, "host": host}
    for context, recipient, sender, host in product(
        (None, Context.CONNECT, Context.MAIL, Context.RCPT, Context.DATA_END),
        (None, "bob@other.example"),
        (None, "", "me@example.org"),
        (None, "mx.example", "x.mail.protection.outlook.com", "aspmx.l.google.com"),
    )
)
NAMES = ("192.0.2.4", "203.0.113.77", "2001:db8::1", "<u@a.example>", "bob@b.example")


def varied(text: str, name: str, number: int) -> str:
    """Return the reply as another of its kind might be: other names, addresses and ids."""
    text = re.sub(r"\b\d{1,3}(?:\.\d{1,3}){3}\b", "198.51.100.9", text)
    text = re.sub(r"<[^>]*@[^>]*>", name if "@" in name else "<w@c.example>", text)
    text = re.sub(r"\b[0-9]{7,}\b", str(10**8 + number), text)
    return f"{text} {name}" if number % 2 else text


def test_an_annotation_is_the_same_as_if_the_reply_had_been_explained_alone() -> None:
    annotations = Annotations()
    for text in TEXTS:
        for place in PLACES[len(text) % 7 :: 7]:
            found = Found(text, **place)  # type: ignore[arg-type] # fields of Found
            assert annotations.of(found) == explained(found), found


@settings(deadline=None)
@given(
    st.sampled_from(TEXTS), st.sampled_from(NAMES), st.sampled_from(NAMES),
    st.sampled_from(PLACES), st.integers(0, 10**6),
)  # fmt: skip
def test_a_reply_like_an_earlier_one_keeps_its_own_words(
    text: str, one: str, other: str, place: dict[str, object], number: int
) -> None:
    annotations = Annotations()
    for like in (varied(text, one, number), varied(text, other, number), text):
        found = Found(like, **place)  # type: ignore[arg-type] # fields of Found
        assert annotations.of(found) == explained(found), like


def test_addresses_and_queue_ids_in_the_words_are_those_of_the_reply() -> None:
    annotations = Annotations()
    for number in range(1, 4):
        listed = Found(f"554 5.7.1 Client host [192.0.2.{number}] blocked using zen.spamhaus.org",
                       Context.RCPT)  # fmt: skip
        kept = Found(f"250 2.0.0 Ok: queued as ABCDEF{number}", Context.DATA_END)
        denied = Found(f"554 5.7.1 <u@d{number}.example>: Relay access denied", Context.RCPT,
                       recipient=f"u@d{number}.example")  # fmt: skip
        assert f"192.0.2.{number}" in str(annotations.of(listed))
        assert f"queue id ABCDEF{number}" in annotations.of(kept).meaning
        assert f"d{number}.example" in annotations.of(denied).meaning


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("550 5.7.606 Access denied", "550 5.7.708 Access denied"),
        ("550 spam/junk found", "550 virus/junk found"),
        ("550-see https://x.example/a/b\n550 spam", "550-see https://x.example/a/b\n550 virus"),
        ("550 https://ipcheck.proofpoint.com/x", "550 https://csi.cloudmark.com/x"),
    ],
)
def test_what_may_name_a_reason_is_part_of_a_template(one: str, other: str) -> None:
    assert template(one) != template(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("554 5.7.1 <a@b.example>: no [192.0.2.1]", "554 5.7.1 <c@d.example>: no [2001:db8::1]"),
        ("550 see http://x.example/q/192.0.2.1", "550 see http://x.example/q/192.0.2.2"),
        ("451 try x.example/ip/192.0.2.1", "451 try x.example/ip/198.51.100.2"),
        ("451 id 4F1C2ABC99", "451 id 4F1C2ABD00"),
    ],
)
def test_names_addresses_and_ids_are_none(one: str, other: str) -> None:
    assert template(one) == template(other)


def test_a_text_that_counts_only_from_its_provider_counts_only_there() -> None:
    text = "550 5.4.1 Recipient address rejected: Access denied"
    meanings, annotations = Meanings(), Annotations()
    for host in ("mx.example", "x.mail.protection.outlook.com", "mx.example"):
        found = Found(text, Context.RCPT, host)
        assert meanings.of(found)[1:] == known(explained(found), found)[1:]
        assert annotations.of(found) == explained(found)


def test_replies_in_a_file_are_explained_alike_one_by_one() -> None:
    annotations = Annotations()
    for path in DATA.iterdir():
        for found in found_in(path):
            assert annotations.of(found) == explained(found)


def test_no_more_is_remembered_than_the_table_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "REMEMBERED", 10)
    table: dict[int, int] = {}
    for number in range(1000):
        cache.remember(table, number, number)
        assert len(table) <= 10
    assert 999 in table
