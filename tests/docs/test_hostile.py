"""The page of hostile servers is current."""

from __future__ import annotations

from tests.docs.hostile import PAGE, page


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.docs.hostile"
