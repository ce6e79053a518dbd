"""Codes, enhanced codes and words by themselves, for `explain`."""

from __future__ import annotations

import re

import pytest

from smtpprobe.knowledge.reference.codes import explain_code
from smtpprobe.knowledge.reference.enhanced import explain_enhanced
from smtpprobe.knowledge.reference.words import explain_word
from smtpprobe.knowledge.tables.codes import CODES
from smtpprobe.knowledge.tables.enhanced import ENHANCED
from smtpprobe.knowledge.tables.keywords import KEYWORDS
from smtpprobe.knowledge.tables.myths import BELIEFS, DIGIT_BELIEFS, ORIGINS
from smtpprobe.protocol.verbs import VERBS
from tests.each_row import each_row
from tests.knowledge.test_laws import is_line


def test_454_means_something_else_after_each_command() -> None:
    found = explain_code(454)
    told = {reading.commands: reading.cause for reading in found.readings}
    assert told[("STARTTLS",)] == "tls-unavailable"
    assert told[("AUTH",)] == "server-error"
    assert told[("RCPT",)] == "relay-denied"
    assert found.standard


@pytest.mark.parametrize("code", [505, 571, 572])
def test_a_code_of_old_lists_that_no_rfc_has_is_said_to_be_none(code: int) -> None:
    found = explain_code(code)
    assert not found.standard
    assert "no RFC has it: Novell NetMail" in found.origin
    assert any(f"no RFC has {code}" in belief.fact for belief in found.beliefs)


def test_codes_that_nobody_knows_have_the_meaning_of_their_first_digit() -> None:
    assert explain_code(577).klass.startswith("5yz: permanent")
    assert not explain_code(577).readings
    assert "not an SMTP code" in explain_code(150).klass
    assert "SMTP has no 1yz" in explain_code(150).beliefs[0].fact


def test_every_code_has_readings_in_short_lines() -> None:
    for code in CODES:
        found = explain_code(code)
        assert found.readings, code
        for reading in found.readings:
            assert is_line(reading.meaning), reading
            assert "{" not in reading.meaning, reading
            assert reading.sources, reading
            assert reading.cause


def test_every_belief_is_a_short_line_with_a_source() -> None:
    assert set(BELIEFS) | set(ORIGINS) <= set(CODES)
    for belief in (*DIGIT_BELIEFS, *(one for group in BELIEFS.values() for one in group)):
        assert is_line(belief.said), belief
        assert is_line(belief.fact), belief
        assert "RFC" in belief.source, belief


def test_every_code_is_an_rfcs_or_its_origin_is_told() -> None:
    for code, known in CODES.items():
        assert code in ORIGINS or "RFC" in known.row.source or "IANA" in known.row.source, code


@each_row(ENHANCED)
def test_every_enhanced_code_of_the_registry_is_explained(key: str) -> None:
    for klass in "245X":
        found = explain_enhanced(f"{klass}{key[1:]}")
        assert found is not None
        assert found.registered
        assert all(is_line(reading.meaning) for reading in found.readings)
        assert all(reading.next_steps and reading.sources for reading in found.readings)


def test_an_enhanced_code_outside_the_registry_is_read_by_its_subject() -> None:
    found = explain_enhanced("5.7.606")
    assert found is not None
    assert not found.registered
    assert found.subject == "security and policy"
    assert found.readings[0].cause == "policy"


def test_a_collision_names_the_provider_that_means_something_else() -> None:
    found = explain_enhanced("5.1.10")
    assert found is not None
    assert any("Microsoft" in remark for remark, _ in found.collisions)
    assert found.readings[0].cause == "no-mail-service"


@pytest.mark.parametrize("text", ["", "5.7", "1.7.1", "5.7.1.2", "5.7.x", "five"])
def test_what_is_no_enhanced_code_is_not_explained_as_one(text: str) -> None:
    assert explain_enhanced(text) is None


def test_a_word_can_be_a_command_and_an_extension() -> None:
    found = explain_word("starttls")
    assert found is not None
    assert [use.kind for use in found.uses] == ["command", "extension"]
    assert dict(found.refusals)[454] == "TLS is offered but does not work there for now"
    size = explain_word("SIZE=")
    assert size is not None
    assert [use.kind for use in size.uses] == ["extension", "parameter"]


def test_every_word_of_the_tables_is_explained() -> None:
    words = {*VERBS, *KEYWORDS, *(one.name for verb in VERBS.values() for one in verb.parameters)}
    for word in words:
        found = explain_word(word)
        assert found is not None, word
        assert all(use.meaning and use.sources for use in found.uses), word
        assert all(is_line(meaning) for _, meaning in found.refusals), word
    assert explain_word("FROBNICATE") is None


def test_no_field_of_a_template_is_left_open_in_the_reference() -> None:
    shown = [str(explain_code(code)) for code in range(200, 600)]
    open_fields = {field for text in shown for field in re.findall(r"\{[a-z_]+\}", text)}
    assert not open_fields
