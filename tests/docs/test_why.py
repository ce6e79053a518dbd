"""docs/why.md is what the tables say."""

from __future__ import annotations

from tests.docs import why


def test_the_page_is_current() -> None:
    assert why.PAGE.read_text(encoding="utf-8") == why.page(), "python -m tests.docs.why"


def test_no_placeholder_is_left_in_it() -> None:
    assert "{" not in why.page().partition("## The plan")[2]
