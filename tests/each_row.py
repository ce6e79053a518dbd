"""One test for a whole table: what is checked of each row, and every row that fails is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def each_row(
    rows: Iterable[T], called: Callable[[T], str] = str
) -> Callable[[Callable[[T], None]], Callable[[], None]]:
    """Return the decorator that makes one test of a check of a row; `called` names the row.

    For checks of form alone. What a row means is a case of its own, with a name in the report.
    """
    table = list(rows)

    def one_test(check: Callable[[T], None]) -> Callable[[], None]:
        def test() -> None:
            failed = [told for row in table if (told := _failure(check, row, called))]
            assert table, "a table without a row checks nothing"
            assert not failed, f"{len(failed)} of {len(table)} rows:\n" + "\n".join(failed)

        test.__name__, test.__doc__, test.__module__ = (
            check.__name__,
            check.__doc__,
            check.__module__,
        )
        return test

    return one_test


def _failure(check: Callable[[T], None], row: T, called: Callable[[T], str]) -> str:
    try:
        check(row)
    except AssertionError as problem:
        return f"{called(row)}: {problem}"
    return ""
