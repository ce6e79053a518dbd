from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.contracts.language import (
    HABITS,
    IN_DOCSTRINGS,
    ROOT,
    Habit,
    Slip,
    helps,
    messages,
    pages,
    slips,
    slips_in_docstrings,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


NOT_OURS = {"knowledge/language"}
"""The words of servers, which write as they like."""


def _parts(folder: Path) -> list[str]:
    """Return the packages and modules of a folder, as paths below smtpprobe."""
    return sorted(
        path.relative_to(ROOT / "smtpprobe").as_posix()
        for path in folder.iterdir()
        if (path.is_dir() or path.suffix == ".py") and path.name != "__pycache__"
    )


PARTS = tuple(
    part
    for name in _parts(ROOT / "smtpprobe")
    for part in (_parts(ROOT / "smtpprobe" / name) if name == "knowledge" else [name])
    if part not in NOT_OURS
)
"""The packages and modules whose messages are looked at; of the knowledge, each of its folders."""

PAGES = (
    "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs/decisions.md", "docs/design.md",
    "docs/editors/README.md",
    "docs/formats.md", "docs/replies.md", "docs/script-language.md", "docs/settings.md",
    "docs/starttls.md",
)  # fmt: skip
"""The pages that are looked at."""


QUOTED = '"""%s"""\n'
"""The source of a docstring."""


def said(texts: Iterable[tuple[str, str]]) -> list[str]:
    """Return the slips in texts, a line each: where, what, and what to write."""
    return [_line(slip) for where, text in texts for slip in slips(where, text)]


def _line(slip: Slip) -> str:
    return f"{slip.where}: ...{slip.found}... write: {slip.habit.instead}"


def test_the_help_of_every_command_is_free_of_habits() -> None:
    assert not said(helps())


@pytest.mark.parametrize("part", PARTS)
def test_the_messages_of_the_program_are_free_of_habits(part: str) -> None:
    assert not said(messages(ROOT / "smtpprobe" / part))


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_are_free_of_habits(page: str) -> None:
    assert not said(pages(page))


@pytest.mark.parametrize("part", PARTS)
def test_the_docstrings_of_the_program_are_free_of_habits(part: str) -> None:
    path = ROOT / "smtpprobe" / part
    modules = sorted(path.rglob("*.py")) if path.is_dir() else [path]
    assert not [
        slip
        for module in modules
        for slip in slips_in_docstrings(module.name, module.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("habit", IN_DOCSTRINGS, ids=lambda habit: habit.pattern)
@pytest.mark.parametrize("form", [QUOTED, f"x = 1\n{QUOTED}", "x = 1  # %s\n"])
def test_each_habit_of_docstrings_is_found(habit: Habit, form: str) -> None:
    assert len(slips_in_docstrings("m.py", form % habit.example)) == 1
    assert not slips_in_docstrings("m.py", f"x = {habit.example!r}\n")


def test_at_least_forty_habits_are_looked_for_each_once() -> None:
    patterns = [habit.pattern for habit in HABITS]
    assert len(patterns) >= 40
    assert len(set(patterns)) == len(patterns)


@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: habit.example)
def test_a_habit_is_found_in_its_example_and_not_in_the_wording_to_use(habit: Habit) -> None:
    assert habit in {slip.habit for slip in slips("here", habit.example)}
    assert habit not in {slip.habit for slip in slips("here", habit.instead)}


def test_a_habit_is_found_in_any_literal_of_a_module_but_not_in_a_docstring(
    tmp_path: Path,
) -> None:
    (tmp_path / "module.py").write_text(
        '"""A docstring: it is told."""\n'
        "def f(name):\n"
        '    """Another: as it stands."""\n'
        '    print("nothing is " "told here")\n'
        "    return f\"{name['told']} goes out as it \\n stands\", f'{name} is {name!r} told'\n",
        encoding="utf-8",
    )
    found = [slip for where, text in messages(tmp_path) for slip in slips(where, text)]
    assert [(re.sub(r".*:", "", slip.where), slip.habit.pattern) for slip in found] == [
        ("4", "told"),
        ("5", "stands?"),
        ("5", "told"),
    ]
