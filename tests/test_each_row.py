"""One test for a whole table fails for any of its rows, and names each that is wrong."""

from __future__ import annotations

import pytest

from tests.each_row import each_row


def test_every_row_that_is_wrong_is_named() -> None:
    @each_row([1, 2, 3, 4], called=lambda number: f"row {number}")
    def test_even(number: int) -> None:
        assert number % 2 == 0

    with pytest.raises(AssertionError, match=r"2 of 4 rows:\nrow 1: .*\nrow 3: ") as caught:
        test_even()
    assert "row 2" not in str(caught.value)
    assert test_even.__name__ == "test_even"


def test_a_table_that_is_in_order_passes_and_an_empty_one_does_not() -> None:
    @each_row([2, 4])
    def test_even(number: int) -> None:
        assert number % 2 == 0

    @each_row([])
    def test_nothing(number: int) -> None:
        assert number

    test_even()
    with pytest.raises(AssertionError, match="checks nothing"):
        test_nothing()
