"""The tables of the README are those of the program."""

from __future__ import annotations

from tests.docs.readme import PAGE, with_tables


def test_the_tables_of_the_readme_are_current() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_tables(page), "run: python -m tests.docs.readme"
