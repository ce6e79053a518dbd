"""Four old lists of reply codes, as they are met on the web, held against the tables."""

from __future__ import annotations

import re

import pytest

from smtpprobe.knowledge.offline import explain_reply
from smtpprobe.knowledge.reference.codes import explain_code
from smtpprobe.knowledge.rules.unfold import unfold
from smtpprobe.knowledge.tables.codes import CODES
from smtpprobe.knowledge.tables.myths import BELIEFS, DIGIT_BELIEFS
from tests.each_row import each_row
from tests.knowledge.rules.test_unfold import FOLDED
from tests.knowledge.test_laws import check

ADMINS_LIST = """
211 214 220 221 250 251 252 253 354 355 421 432 450 451 452 453 454 458 459
500 501 502 503 504 521 530 550 551 552 553 554
"""
"""An article for mail administrators of 2011."""

MAILERS_LIST = """
211 214 220 221 250 251 252 253 354 355 421 432 450 451 452 453 454 458 459
500 501 502 503 504 505 521 530 534 538 550 551 552 553 554 571 572
"""
"""The questions and answers of a bulk mailer."""

BLOG_LIST = """
200 211 214 220 221 250 251 354 421 450 451 452 500 501 502 503 504 550 551 552 553 554
"""
"""A blog on status messages, which has 200 and takes 4.5.1 for 451."""

SENDERS_LIST = """
211 214 220 221 250 251 354 421 450 451 452 500 501 502 503 504 550 551 552 553 554
"""
"""A guide to error codes for people who send newsletters."""

LISTS = (ADMINS_LIST, MAILERS_LIST, BLOG_LIST, SENDERS_LIST)
LISTED = sorted({int(code) for text in LISTS for code in re.findall(r"\d{3}", text)})

RIGHT_IN_THE_LISTS = {211, 214}
"""Codes of which the lists say all there is to say."""

NOBODYS = {200, 505, 571, 572}
"""Codes of the lists that no RFC of SMTP has."""


@each_row(LISTED)
def test_every_code_of_the_old_lists_is_explained(code: int) -> None:
    facts = explain_code(code)
    assert code in CODES
    assert facts.readings
    assert all(reading.sources for reading in facts.readings)
    assert facts.standard is (code not in NOBODYS)
    assert bool(facts.beliefs) is (code not in RIGHT_IN_THE_LISTS)
    check(explain_reply(unfold(f"{code} words")))


def test_every_correction_is_of_a_code_that_a_list_has() -> None:
    assert set(BELIEFS) <= set(LISTED)


@pytest.mark.parametrize(
    ("code", "said", "so"),
    [
        (250, "queuing", "ETRN alone"),
        (251, "no messages waiting", "ETRN alone"),
        (451, "not your fault", "can be yours"),
        (452, "storage", "too many recipients"),
        (454, "encryption required", "belongs to 538"),
        (501, "no parameters allowed", "STARTTLS alone"),
        (521, "does not accept mail", "hang up"),
        (530, "encryption required", "log in first"),
        (550, "mailbox unavailable", "refused by a rule"),
        (552, "queue for days", "5yz is not queued"),
        (554, "reason unknown", "give the reason"),
        (571, "no external routing", "no RFC has 571"),
    ],
)
def test_what_a_list_gets_wrong_is_said_beside_what_is_so(code: int, said: str, so: str) -> None:
    (belief,) = explain_code(code).beliefs
    assert said in belief.said
    assert so in belief.fact


def test_the_lists_theory_of_the_digits_is_corrected() -> None:
    told = " ".join(belief.fact for belief in DIGIT_BELIEFS)
    assert "SMTP has no 1yz" in told
    assert "duration, not place" in told
    assert "a queue retries on its own" in told
    assert "second, independent code" in told


def test_the_story_of_the_first_list_is_understood() -> None:
    found = explain_reply(unfold(FOLDED))
    assert "not allowed to send directly" in found.meaning
    assert "the mailbox is not the problem" in found.meaning
    assert "relay through your provider" in found.next_steps[0].text
    assert any("no relaying" in note for note in found.notes)
