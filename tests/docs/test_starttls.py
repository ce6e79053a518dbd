"""The generated page of findings is current."""

from __future__ import annotations

from tests.docs.starttls import PAGE, page


def test_the_page_of_findings_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.docs.starttls"
