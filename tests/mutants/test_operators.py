"""The operators: each mutant is one fault, can be put in, and is none of what nobody tests."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

from tests.mutants.__main__ import FOLDERS, REASONS, interval
from tests.mutants.operators import Mutant, mutants, mutated

SOURCE = """
TABLE = {"a": 1, "b": 2}

class Thing:
    def limit(self, count: int = 3) -> bool:
        'Return whether it is 1.'
        assert count != 9
        if count > 3 and self.open:
            raise ValueError("no more than 3")
        return any(one == "x" for one in self.all if one)

def told(text):
    match text:
        case "a" if text:
            log(text)
        case "b":
            return ""
    return text.strip() + "b" if not text else f"{text} {1 + 1}"
"""


def test_each_mutant_is_one_change_that_compiles() -> None:
    plain = ast.unparse(ast.parse(SOURCE))
    found = [ast.unparse(mutated(SOURCE, one)) for one in mutants(SOURCE)]
    for text in found:
        assert text != plain
        compile(text, "mutant", "exec")
    assert len(set(found)) == len(found)


def test_tables_prose_defaults_and_assertions_are_left_alone() -> None:
    for one in mutants(SOURCE):
        text = ast.unparse(mutated(SOURCE, one))
        for kept in ("{'a': 1, 'b': 2}", "count: int=3", "assert count != 9",
                     "Return whether it is 1", "no more than 3"):  # fmt: skip
            assert kept in text, one
        assert "{1 + 2}" not in text


def test_each_kind_of_fault_is_made() -> None:
    kinds = {one.what for one in mutants(SOURCE)}
    assert {
        "Gt made GtE", "Gt made LtE", "And made Or", "operand 1 left out", "any made all",
        "its if left out", "returns None", "returns a text", "its guard left out",
        "strip made rstrip", "the statement left out", "the condition turned round", "not left out",
        "3 made 4",
    } <= kinds  # fmt: skip


def test_a_mutant_is_found_again_when_another_function_changes() -> None:
    def keys(source: str) -> list[str]:
        return [one.key for one in mutants(source) if one.function == "told"]

    assert keys(SOURCE) == keys(
        SOURCE.replace("count > 3", "count > 3 and\\\n count").replace("\\\n", "")
    )
    assert len(set(keys(SOURCE))) == len(keys(SOURCE))


@pytest.mark.parametrize(
    ("hits", "count", "low", "high"), [(0, 0, 0, 100), (90, 100, 82.6, 94.5), (100, 100, 96.3, 100)]
)
def test_the_interval_is_wilsons(hits: int, count: int, low: float, high: float) -> None:
    assert interval(hits, count) == pytest.approx((low, high), abs=0.05)


def test_the_folders_have_mutants() -> None:
    found: list[Mutant] = []
    for file in Path("smtpprobe/policy").glob("*.py"):
        source = file.read_text()
        found += mutants(source)
    assert len(found) > 1000


def test_each_reason_is_one_for_a_mutant_that_there_is() -> None:
    for folder, reasons in tomllib.loads(REASONS.read_text()).items():
        assert folder in FOLDERS
        for name, why in reasons.items():
            file, _, key = name.partition(":")
            assert key in {one.key for one in mutants(Path(file).read_text())}, name
            assert file.startswith(f"smtpprobe/{folder}/"), name
            assert why
