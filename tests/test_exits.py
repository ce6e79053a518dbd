"""The table of exit codes: whole, ranked, and the only place that says what a code means."""

from __future__ import annotations

import ast
import itertools
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe import exits
from smtpprobe.cli import main
from smtpprobe.cli.import_parser import import_parser
from smtpprobe.cli.main_parser import main_parser
from smtpprobe.cli.sandbox_parser import sandbox_parser
from smtpprobe.cli.starttls_parser import starttls_parser
from smtpprobe.exits import MEANINGS, PRECEDENCE, ExitStatus, Severity
from smtpprobe.exits import combined as of_all
from smtpprobe.explainer.arguments import help_text
from smtpprobe.help_text import COLUMNS, exit_codes

statuses = st.lists(st.sampled_from(ExitStatus))


@given(statuses)
def test_several_endings_give_one_of_them_whatever_they_are(found: list[ExitStatus]) -> None:
    assert of_all(found) in (found or [ExitStatus.NOTHING_CHECKED])


@given(statuses, statuses)
def test_how_endings_are_grouped_makes_no_difference(
    some: list[ExitStatus], others: list[ExitStatus]
) -> None:
    assert of_all([of_all(some), of_all(others)]) is of_all([*others, *some])


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(ExitStatus, 2)))
def test_the_worse_of_two_severities_counts(one: ExitStatus, other: ExitStatus) -> None:
    order = list(Severity)
    worse = min((one, other), key=lambda status: order.index(status.severity))
    assert one.severity is other.severity or of_all([other, one]) is worse


def test_only_a_run_of_nothing_but_successes_succeeds() -> None:
    assert of_all([ExitStatus.NOTHING_CHECKED, ExitStatus.OK]) is ExitStatus.OK
    for status in set(ExitStatus) - {ExitStatus.OK, ExitStatus.NOTHING_CHECKED}:
        assert of_all([ExitStatus.OK, status, ExitStatus.NOTHING_CHECKED]) is status


def test_every_exit_code_has_its_rank() -> None:
    assert sorted(PRECEDENCE) == sorted(ExitStatus)
    assert len({int(status) for status in PRECEDENCE}) == len(ExitStatus.__members__)


def with_row(row: str) -> dict[str, Any]:
    """Return what the module of exit codes holds where its table has one more row."""
    source = Path(exits.__file__).read_text(encoding="utf-8")
    table, last = source.split("\n    OK = 0,")
    names: dict[str, Any] = {"__name__": "changed"}
    exec(f"{table}\n    REFUSED_TLS = {row}\n    OK = 0,{last}", names)
    return names


@pytest.mark.parametrize("row", ["6", "6, Severity.FAILED", '6, "server refused TLS", ""'])
def test_an_exit_code_without_a_severity_or_a_meaning_is_none(row: str) -> None:
    with pytest.raises(TypeError):
        with_row(row)


def test_a_row_is_all_that_an_exit_code_needs() -> None:
    changed = with_row('6, Severity.FAILED, "server refused TLS", ""')
    table, combination = changed["ExitStatus"], changed["combined"]
    assert combination([table.OK, table(6), table.CANNOT_TELL]) is table.REFUSED_TLS
    assert combination([table(6), table.CHECK_FAILED]) is table.CHECK_FAILED
    assert "  6 server refused TLS   70" in exit_codes(changed["MEANINGS"])


HELPS = {
    "main": lambda: main_parser().help_page(),
    "starttls": lambda: starttls_parser().help_page(),
    "sandbox": lambda: sandbox_parser().help_page(),
    "import": lambda: import_parser().help_page(),
    "explain": help_text,
}


@pytest.mark.parametrize("command", HELPS)
def test_help_lists_exit_codes_of_the_table_in_their_order(command: str) -> None:
    listed = HELPS[command]().partition("exit codes:\n")[2].splitlines()
    lines = list(itertools.takewhile(lambda line: line[2:3].isdigit(), listed))
    codes = [int(cell.split()[0]) for line in lines for cell in line.strip().split("   ")]
    assert codes == sorted(codes)
    assert set(codes) <= set(ExitStatus)
    assert {ExitStatus.OK, ExitStatus.USAGE} <= set(codes)
    assert all(len(line) <= COLUMNS for line in lines)


def test_the_help_of_the_program_tells_every_exit_code() -> None:
    told = " ".join(HELPS["main"]().split())
    assert all(f"{int(status)} {meaning}" in told for status, meaning in MEANINGS.items())


def test_main_ends_with_no_number_that_is_not_in_the_table() -> None:
    source = Path(main.__file__).read_text(encoding="utf-8")
    returned = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Return)]
    branches = [
        part
        for value in returned
        for part in ((value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,))
    ]
    assert any(isinstance(part, ast.Attribute) for part in branches)
    numbers = [part.value for part in branches if isinstance(part, ast.Constant)]
    assert [number for number in numbers if type(number) is int] == []
