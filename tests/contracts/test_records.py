"""Records: what stands as the default of a field is shared by all of them, so it never changes."""

from __future__ import annotations

import ast
import pkgutil
from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from pathlib import Path
from types import FunctionType, MappingProxyType

import pytest

import smtpprobe
from smtpprobe.protocol.redact import Secrets


def records() -> Iterator[type[tuple[object, ...]]]:
    """Yield the named tuples of the whole package."""
    for module in pkgutil.walk_packages(smtpprobe.__path__, "smtpprobe."):
        if module.name.endswith("__main__"):
            continue
        for thing in vars(import_module(module.name)).values():
            named = (
                isinstance(thing, type) and issubclass(thing, tuple) and hasattr(thing, "_fields")
            )
            if named and thing.__module__ == module.name:
                yield thing


def changes(value: object) -> bool:
    """Tell whether a value, or something in it, can change."""
    if isinstance(value, tuple | frozenset):
        return any(map(changes, value))
    if isinstance(value, MappingProxyType):
        return any(map(changes, (*value, *value.values())))
    by_value = type(value).__hash__ not in (None, object.__hash__)
    return not (by_value or isinstance(value, Enum | FunctionType | None))


def test_no_record_has_a_default_that_can_change() -> None:
    found = list(records())
    assert len(found) > 100
    bad = [
        f"{one.__module__}.{one.__name__}.{name}"
        for one in found
        for name, value in getattr(one, "_field_defaults", {}).items()
        if changes(value)
    ]
    assert bad == []


@pytest.mark.parametrize("value", [[], {}, ((1, []),), Secrets(), MappingProxyType({1: []})])
def test_a_default_that_can_change_would_be_seen(value: object) -> None:
    assert changes(value)


BY_NAME = frozenset({"Check", "CaseResult"})
"""Records of so many fields that a reader could not tell even two values in a row apart."""

MOST_BY_PLACE = 6
"""How many values without names another record takes."""


def built_by_place(source: str) -> list[str]:
    """Return where a function builds a record from too many values without names.

    Tables stand outside functions: their rows are read in columns.
    """
    return [
        f"{node.lineno}: {node.func.id}"
        for function in ast.walk(ast.parse(source))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id[:1].isupper()
        and len(node.args) > (0 if node.func.id in BY_NAME else MOST_BY_PLACE)
    ]


def test_records_of_many_fields_are_built_by_name() -> None:
    top = Path(smtpprobe.__file__).parent
    tables = {top / "knowledge", top / "protocol" / "verbs.py"}
    found = {
        str(path.relative_to(top)): lines
        for path in top.rglob("*.py")
        if tables.isdisjoint({path, *path.parents})
        and (lines := built_by_place(path.read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("call", "seen"),
    [
        ('Check("T07", outcome=Outcome.ERROR)', ["2: Check"]),
        ("Check(place=Place(1))", []),
        ("Opened(1, 2, 3, 4, 5, 6, 7)", ["2: Opened"]),
        ("Opened(1, 2, 3, 4, 5, 6, client=7)", []),
    ],
)
def test_one_that_is_built_by_place_would_be_seen(call: str, seen: list[str]) -> None:
    assert built_by_place(f"def made() -> object:\n    return {call}\n") == seen
