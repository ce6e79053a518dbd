"""The provider tables: every row, every documented text, and when a provider is not named."""

from __future__ import annotations

import re

import pytest

from smtpprobe.knowledge.annotation import Basis, Blame, Cause, Retry
from smtpprobe.knowledge.offline import explain_reply
from smtpprobe.knowledge.providers.lookup import PROVIDER_ROWS, SIGNS, provider_row
from smtpprobe.knowledge.providers.row import ProviderRow, holds
from smtpprobe.knowledge.rules.unfold import unfold
from smtpprobe.knowledge.wording import LINE
from smtpprobe.protocol.reply import EnhancedCode
from smtpprobe.protocol.verbs import Context
from tests.each_row import each_row
from tests.knowledge.providers.provider_replies import REPLIES
from tests.knowledge.seen_replies import SEEN
from tests.knowledge.test_laws import check, is_line

SUFFIXES = len("; waiting will not help")
RENAMED = {
    "Spamhaus users (Postfix form)": {"Spamhaus users"},
    "Postfix": {"Postfix", "postgrey", "greyfix", "Postfix postscreen"},
    "Microsoft": {"Microsoft", "Exchange"},
}
"""Documented names whose rows have a closer one here."""
RFC_TEXTS = {"530 5.7.0 Must issue a STARTTLS command first."}
SUCCESSES = {"353 PRDR content analysis beginning"}


def shown(text: str, signs: str = "") -> ProviderRow | None:
    reply = unfold(text)
    return provider_row(
        reply.code or 0, reply.enhanced, " ".join(reply.words.split()).lower(), signs
    )


@pytest.mark.parametrize(("provider", "text"), REPLIES, ids=lambda value: value[:60])
def test_every_documented_reply_gives_its_own_row(provider: str, text: str) -> None:
    if text in SUCCESSES:
        assert explain_reply(unfold(text), Context.DATA_END).cause is Cause.INTERMEDIATE
        return
    sign = SIGNS.get(provider, "").split("|")[0]
    found = shown(text, sign)
    assert found is not None
    if text in RFC_TEXTS:
        assert not found.provider
        assert explain_reply(unfold(text), Context.MAIL).basis is Basis.STANDARD
        return
    assert found.provider in RENAMED.get(provider, {provider})
    check(explain_reply(unfold(text), host=sign))


def test_all_documented_replies_are_here() -> None:
    assert len(REPLIES) == 159


@each_row(PROVIDER_ROWS, called=lambda row: f"{row.provider}: {row.pattern}")
def test_every_row_is_judged_sourced_and_short(row: ProviderRow) -> None:
    assert isinstance(row.row.cause, Cause)
    assert isinstance(row.row.blame, Blame)
    assert isinstance(row.row.retry, Retry)
    assert row.row.source
    assert not re.search(r"seed|tsv|/work|shared|\.\./", row.row.source)
    assert row.pattern == row.pattern.lower()
    soft = any(reply.startswith("4") for reply in row.replies.split(", "))
    waits = row.row.retry in (Retry.AFTER_CHANGE, Retry.NEVER) and soft
    assert is_line(row.row.meaning)
    short = row.row.meaning.rpartition("; ")[0] or row.row.meaning
    assert is_line(short, LINE - (SUFFIXES if waits else 0)), row.row.meaning
    assert is_line(row.row.steps), row.row.steps
    assert is_line(row.row.note), row.row.note
    assert row.row.steps
    if not soft:
        assert row.row.retry is not Retry.LATER_SAME


def test_a_row_names_codes_and_enhanced_codes_of_their_form() -> None:
    form = re.compile(r"[45]\d\d(?: [245]\.\d+\.\d+(?:-\d+)?)?")
    for row in PROVIDER_ROWS:
        assert all(form.fullmatch(reply) for reply in row.replies.split(", ")), row.replies


def test_every_weak_row_has_a_sign_of_its_provider() -> None:
    for row in PROVIDER_ROWS:
        assert not row.weak or row.provider in SIGNS, row


def test_a_text_that_others_use_too_names_no_provider_without_a_sign() -> None:
    text = "550 5.5.0 Requested action not taken: mailbox unavailable"
    alone = explain_reply(unfold(text), Context.RCPT)
    assert alone.provider is None
    assert alone.cause is Cause.UNKNOWN
    assert any("Outlook.com" in note for note in alone.notes)
    there = explain_reply(unfold(text), Context.RCPT, host="hotmail-com.olc.protection.outlook.com")
    assert there.provider == "Microsoft"
    assert there.cause is Cause.UNKNOWN_RECIPIENT


def test_the_registrys_meaning_stands_where_the_text_names_no_provider() -> None:
    null_mx = explain_reply(unfold("550 5.1.10 <a@x.example>: refused"), Context.RCPT)
    assert null_mx.cause is Cause.NO_MAIL_SERVICE
    assert any("Microsoft gives 5.1.10" in note for note in null_mx.notes)
    told = explain_reply(unfold("550 5.1.10 <a@x.example>: null MX"), Context.RCPT)
    assert not any("Microsoft" in note for note in told.notes)  # its own words say which it is
    microsoft = explain_reply(
        unfold("550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address"),
        Context.RCPT,
    )
    assert microsoft.cause is Cause.UNKNOWN_RECIPIENT
    assert any("null MX" in note for note in microsoft.notes)


def test_a_range_of_enhanced_codes_holds_its_ends_and_nothing_else() -> None:
    text = "access denied, banned sending ip [192.0.2.4]"
    inside = [provider_row(550, EnhancedCode(5, 7, detail), text) for detail in (606, 649)]
    assert all(row is not None for row in inside)
    assert provider_row(550, EnhancedCode(5, 7, 650), text) is None


def test_a_reply_that_lost_its_enhanced_code_is_still_known() -> None:
    found = explain_reply(unfold("550 Access denied, banned sending IP [192.0.2.4]"), Context.MAIL)
    assert (found.provider, found.cause) == ("Microsoft", Cause.IP_BLOCKED)


def test_ids_addresses_and_links_do_not_hide_a_text() -> None:
    found = explain_reply(
        unfold(
            "421-4.7.28 Gmail has detected an unusual rate of mail originating from your IP\n"
            "421-4.7.28 address [192.0.2.77      19]. To protect our users\n"
            "421 4.7.28 https://support.google.com/a/answer/81126 a1-2002abc.55 - gsmtp"
        )
    )
    assert (found.provider, found.cause) == ("Gmail", Cause.RATE_LIMITED)


def test_a_pattern_is_words_in_order_and_alternatives() -> None:
    assert holds("a*c", "a b c")
    assert not holds("c*a", "a b c")
    assert holds("x|b", "a b c")
    assert not holds("aa", "a a")


@pytest.mark.parametrize(
    ("provider", "context", "text", "cause"), SEEN, ids=lambda one: str(one)[:50]
)
def test_the_texts_that_servers_are_seen_to_send_are_theirs(
    provider: str, context: Context | None, text: str, cause: str
) -> None:
    for told in (text, text.upper(), " ".join(text.split("\n"))):
        found = explain_reply(unfold(told), context)
        check(found)
        assert (found.provider, found.cause.value) == (provider, cause)
