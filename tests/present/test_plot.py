"""Bars of a page: their shares, and what those read who do not see them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.present.formats import page
from smtpprobe.present.formats.plot import Bar, Mark, Numbers, Segment, plot, share
from tests.html_pages import strictly

SEGMENTS = (Segment("well", Mark.GOOD), Segment("broken", Mark.BAD), Segment("?", Mark.UNKNOWN))
NUMBERS = Numbers(("what", "count"), (("all", "1"),))


def whole(*bars: Bar, shares: bool = True) -> str:
    made = plot("A plot", "about it", SEGMENTS, bars, NUMBERS, level=2, shares=shares)
    return page.page("title", page.heading(1, "name", id="result"), made, footer="end")


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_share_is_nothing_or_all_only_if_it_is(one: int, other: int) -> None:
    told = share(one, one + other)
    assert (told == "0%") == (one == 0 < other)
    assert (told == "100%") == (other == 0 < one)
    assert (told == "-") == (one == other == 0)


@given(st.lists(st.tuples(*[st.integers(0, 10**8)] * 3), max_size=5), st.booleans())
def test_no_bar_is_longer_than_its_place(numbers: list[tuple[int, ...]], shares: bool) -> None:
    made = whole(*(Bar("bar", each) for each in numbers), shares=shares)
    strictly(made)
    for start, width in re.findall(r'<rect x="([0-9.]+)%" y="1" width="([0-9.]+)%"', made):
        assert float(start) + float(width) <= 100.01


def test_a_bar_names_its_numbers_for_those_who_do_not_see_it() -> None:
    made = whole(Bar("<b>", (1, 0, 9999), "told"))
    assert 'aria-label="&lt;b&gt;: well 1 (&lt;0.1%); ? 9,999 (&gt;99.9%)"' in made
    assert "<b>" not in made


def test_what_is_not_known_is_hollow() -> None:
    style = whole().partition("<style>")[2]
    assert "rect.m-unknown { fill: none;" in style
