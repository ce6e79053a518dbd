"""What an EHLO offers, in lines that hold."""

from __future__ import annotations

import pytest

from smtpprobe.knowledge.rules.ehlo import MOST_DETAILS, hello_details, hello_meaning
from smtpprobe.knowledge.wording import LINE
from tests.knowledge.sessions import TLS, announcing

NAME = "X-" + "N" * 20
BEFORE = "hello accepted; 1 extension: no STARTTLS, "


def filled(length: int) -> str:
    """Return an AUTH line with which the meaning has so many characters."""
    words, left = ["AUTH"], length - len(BEFORE) - len("AUTH")
    while left > 40:
        words.append(f"{left}".rjust(19, "M"))
        left -= 20
    words += ["L" * (left // 2 - 1), "M" * (left - left // 2 - 1)]
    return " ".join(words)


@pytest.mark.parametrize("length", [LINE - 1, LINE, LINE + 1, LINE + 2, LINE + 30])
def test_an_offer_fills_a_line_before_it_takes_another(length: int) -> None:
    line = filled(length)
    meaning, more = hello_meaning(announcing(line))
    assert len(meaning) <= LINE
    assert bool(more) is (length > LINE)
    assert f"{meaning} {more}".strip() == BEFORE + line
    assert not more or len(meaning) + 1 + len(more.split()[0]) > LINE


@pytest.mark.parametrize("number", [MOST_DETAILS, MOST_DETAILS + 1])
def test_of_a_list_that_nobody_reads_the_rest_is_counted(number: int) -> None:
    state = announcing(*(f"X-{n}" for n in range(number)))
    told = hello_details(state.extensions)
    assert (told[-1] == "1 more, not explained") is (number > MOST_DETAILS)
    after = state._replace(tls=TLS, previous_extensions=announcing("SIZE 1000").extensions)
    new = " ".join(hello_meaning(after))
    assert (" and 1 more" in new) is (number > MOST_DETAILS)
    gone = " ".join(hello_meaning(announcing("SIZE 1000")._replace(
        tls=TLS, previous_extensions=state.extensions)))  # fmt: skip
    assert (" and 1 more" in gone) is (number > MOST_DETAILS)


def test_a_word_longer_than_a_line_is_parted_and_kept_whole() -> None:
    for line in hello_details(announcing(*(f"{NAME}{n}" for n in range(3))).extensions):
        assert 0 < len(line) <= LINE


@pytest.mark.parametrize("inside", [True, False])
@pytest.mark.parametrize("before", [True, False])
def test_what_tls_has_changed_is_told_where_there_was_an_ehlo_before_it(
    *, inside: bool, before: bool
) -> None:
    state = announcing("SIZE 1000", "AUTH PLAIN")._replace(tls=TLS if inside else None)
    if before:
        state = state._replace(previous_extensions=announcing("SIZE 1000", "STARTTLS").extensions)
    assert hello_meaning(state)[0] == (
        "hello accepted; new since TLS: AUTH PLAIN; no longer offered: STARTTLS"
        if inside and before
        else "hello accepted; 2 extensions: messages up to 1000 octets, AUTH PLAIN"
        if inside
        else "hello accepted; 2 extensions: messages up to 1000 octets, no STARTTLS, AUTH PLAIN"
    )


def test_a_list_without_keywords_is_said_to_have_none() -> None:
    assert hello_meaning(announcing()) == ("hello accepted; no extensions", "")


def test_a_mechanism_that_tls_has_brought_is_new_though_auth_is_not() -> None:
    old = announcing("AUTH PLAIN", "SIZE 1000").extensions
    for offer, told in (("AUTH PLAIN LOGIN", "new since TLS: AUTH PLAIN LOGIN"),
                        ("AUTH PLAIN", "the same extensions as before TLS")):  # fmt: skip
        state = announcing(offer, "SIZE 2000")._replace(tls=TLS, previous_extensions=old)
        assert hello_meaning(state)[0] == f"hello accepted; {told}"
