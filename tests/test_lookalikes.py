"""Characters that are pasted where ASCII is meant, and what is left alone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.cli.main_parser import main_parser
from smtpprobe.errors import UsageError
from smtpprobe.lookalikes import _INSTEAD_OF, lookalike, named
from smtpprobe.net.mx_route import a_label
from smtpprobe.protocol.target import parse_target
from tests.script.blocks import problems_of

CHARACTERS = "".join(_INSTEAD_OF.values())


def test_each_character_has_one_meaning_and_a_name() -> None:
    assert len(set(CHARACTERS)) == len(CHARACTERS)
    for one in CHARACTERS:
        assert unicodedata.name(one, "").lower() in named(one)


@given(st.text(st.characters(categories=["L", "N", "M"])))
def test_letters_and_digits_of_any_script_are_left_alone(text: str) -> None:
    assert lookalike(text) is None


@given(st.text(), st.sampled_from(CHARACTERS), st.text())
def test_the_first_one_is_found_at_its_place(before: str, one: str, behind: str) -> None:
    text = before + one + behind
    found = lookalike(text)
    assert found is not None
    assert text[found.place - 1] == found.character
    assert lookalike(text[: found.place - 1]) is None


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("EHLO x\n< 250 \u201cSTARTTLS\u201d\n", "character 7 is U+201C"),
        ("EHLO x\n<\u00a0250\n", "character 2 is U+00A0 (no-break space), not a space"),
        ("EHLO x\n< 250\u00a0OK\n", "character 6 is U+00A0"),
        (":case \u201cx\u201d\nQUIT\n", "character 7 is U+201C"),
    ],
)
def test_an_error_in_a_script_names_it(script: str, said: str) -> None:
    (problem, *_) = problems_of(script).problems
    assert said in problem.help[0]


def test_an_error_elsewhere_in_the_line_does_not() -> None:
    (problem, *_) = problems_of('EHLO x\n< 250 "\u201cok\u201d" bogus\n').problems
    assert "U+201C" not in "".join(problem.help)


@pytest.mark.parametrize("written", ["\u201cmx.example.org\u201d:25", "mx.example.org\u00a0x"])
def test_a_target_with_one_is_refused(written: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_target(written)
    assert "is U+" in caught.value.hint


@pytest.mark.parametrize("word", ["\u2013-sandbox", "\u2014sandbox", "-\u2013sandbox"])
def test_an_option_whose_hyphen_became_a_dash_is_no_target(word: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_target(word) if word[0] != "-" else main_parser().read([word])
    assert "dash), not -" in caught.value.hint


def test_a_domain_that_is_none_for_that_reason_says_so() -> None:
    with pytest.raises(UsageError) as caught:
        a_label("sandbox.test\u201d")
    assert "character 13 is U+201D" in caught.value.hint


def test_a_full_width_domain_is_one() -> None:
    assert a_label(parse_target("\uff45xample\u3002org").name) == "example.org"
