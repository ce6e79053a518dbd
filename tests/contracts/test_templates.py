"""What is put in by `re.sub` is written here, or made by a function: never text from outside.

In a replacement a backslash begins a group, so a mail with one in it would end the program.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import smtpprobe

PACKAGE = Path(smtpprobe.__file__).parent

WRITTEN_HERE = {"pattern.sub(instead, same)", "re.sub(ADDRESS, IP_MARK, text)"}
"""Calls with a replacement by name, where the name stands for texts of our own."""


def doubtful(source: str) -> Iterator[str]:
    """Yield the calls of `sub` and `subn` whose replacement is no constant and no function."""
    tree = ast.parse(source)
    functions = {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)}
    for call in ast.walk(tree):
        named = isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
        if not named or call.func.attr not in ("sub", "subn", "expand"):  # type: ignore[attr-defined]
            continue
        of_module = ast.unparse(call.func.value) in ("re", "regex")  # type: ignore[attr-defined]
        given = call.args[1 if of_module else 0]  # type: ignore[attr-defined]
        a_function = isinstance(given, ast.Lambda) or (
            isinstance(given, ast.Name) and given.id in functions
        )
        if not a_function and not isinstance(given, ast.Constant):
            yield ast.unparse(call)


def test_no_text_from_outside_is_a_template() -> None:
    found = {
        f"{path.relative_to(PACKAGE)}: {call}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for call in doubtful(path.read_text(encoding="utf-8"))
        if call not in WRITTEN_HERE
    }
    assert found == set()


@pytest.mark.parametrize(
    "bad",
    ["re.sub('a', text, whole)", "_A.sub(rf'\\1{text}', whole)", "re.compile('a').subn(text, b)"],
)
def test_a_template_from_outside_would_be_seen(bad: str) -> None:
    assert list(doubtful(bad))
