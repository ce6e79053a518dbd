"""The generated page of replies is current and corrects what old lists say."""

from __future__ import annotations

from tests.docs.replies import PAGE, page


def test_the_page_of_replies_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.docs.replies"
