"""Comparisons: the order of the pairs, medians, ratios, goals and the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.bench.__main__ import indexed, measured, page
from tests.bench.pairs import Absent, Goal, Row, figure, paired


def test_both_sides_run_in_turn_and_every_other_pair_the_other_way_round() -> None:
    order: list[str] = []

    def side(name: str, *figures: float) -> Callable[[], float]:
        left = iter(figures)

        def run() -> float:
            order.append(name)
            return next(left)

        return run

    ours, theirs = side("o", 99, 1, 4, 9), side("t", 99, 1, 2, 3)
    row = paired("work", "ms", (ours, "other", theirs), Goal(2), rounds=3)
    assert "".join(order) == "otottoot"
    assert (row.ours, row.theirs, row.ratio) == (4, 2, 2)
    assert row.is_met


def test_a_missed_goal_says_what_is_in_its_way_and_one_that_is_met_does_not() -> None:
    goal = Goal(2, obstacle="imports")
    assert Row("work", "ms", 4, "other", 1, 4, goal).cells[-1] == "**missed**: imports"
    assert Row("work", "ms", 4, "other", 2, 2, goal).cells[-1] == "met"


def test_a_part_that_fails_says_so_and_keeps_its_rows() -> None:
    def rows() -> Iterator[Row]:
        yield Row("one", "ms", 1)
        raise AssertionError("only 3 of\n4")

    first, last = measured("parts", rows)
    assert (first.is_met, last.is_met) == (True, False)
    assert last.cells[:2] == ("the other rows of parts", "failed: AssertionError: only 3 of 4")


def test_the_page_is_listed_once() -> None:
    index = "```{toctree}\nstarttls\nservers\npython\n```\n"
    once = indexed(index)
    assert once.split() == ["```{toctree}", "starttls", "servers", "benchmarks", "python", "```"]
    assert indexed(once) == once


MORE = Goal(2.1, at_least=True)


@pytest.mark.parametrize(
    ("goal", "met"),
    [(Goal(2), True), (Goal(1.9), False), (Goal(2, at_least=True), True), (MORE, False)],
)
def test_a_missed_goal_is_said(goal: Goal, met: bool) -> None:
    row = Row("work", "ms", 4, "other", 2, 2, goal)
    assert row.is_met is met
    assert row.cells[-1] == ("met" if met else "**missed**")


def test_without_a_rival_the_goal_is_about_the_figure_itself() -> None:
    assert not Row("work", "MiB", 65, goal=Goal(64, of="MiB")).is_met
    assert Row("work", "MiB", 65).cells[-1] == ""


def test_the_page_has_a_line_for_each_row_and_says_what_was_not_measured() -> None:
    text = page([Row("one", "ms", 1.234, "other", 10, 0.1234), Absent("two", "no swaks")])
    assert "| one | 1.23 ms | other: 10.0 ms | x0.123 |  |  |" in text
    assert "| two | not measured: no swaks |" in text


@pytest.mark.parametrize(
    ("number", "text"), [(12345.6, "12,346"), (12.34, "12.3"), (1.234, "1.23"), (0.01234, "0.012")]
)
def test_three_digits_of_a_figure_count(number: float, text: str) -> None:
    assert figure(number) == text
