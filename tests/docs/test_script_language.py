"""The page about the script language is current, complete, and every sample on it is read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from smtpprobe.script.language.commands import LOCALS, STRUCTURE
from smtpprobe.script.language.defined_names import BUILT_IN
from smtpprobe.script.language.formatter import formatted
from smtpprobe.script.language.values import FUNCTIONS
from smtpprobe.script.lint.rules import lint
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.results.reason import WORDS, Reason
from tests.docs import script_tables
from tests.docs.script_language import PAGE, page

SCRIPT = Path(__file__).parents[2] / "smtpprobe" / "script"
BLOCKS = re.findall(r"```smtp\n(.*?)```", page(), flags=re.DOTALL)


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.docs.script_language"


def test_nothing_is_left_to_be_filled_in() -> None:
    assert not re.search(r"@[A-Z]+@", page())


def test_every_command_function_and_name_is_listed() -> None:
    assert set(script_tables.LOCALS) == {*LOCALS, *STRUCTURE}
    assert set(script_tables.FUNCTIONS) == set(FUNCTIONS)
    assert set(script_tables.NAMES) == set(BUILT_IN)


def test_every_reason_is_explained_and_has_a_use() -> None:
    others = (path for path in SCRIPT.glob("**/*.py") if path.name != "reason.py")
    source = "".join(path.read_text(encoding="utf-8") for path in others)
    used = {Reason(id_) for id_ in re.findall(r'"([PFTN][0-9]{2})"', source)}
    used |= {Reason[name] for name in re.findall(r"\bReason\.([A-Z_]+)\b", source)}
    assert list(WORDS) == list(Reason)
    assert used == set(Reason)


@pytest.mark.parametrize("what", script_tables.WHATS)
def test_every_what_is_read(what: str) -> None:
    assert parse(f"EHLO x\n< {what}\n", "page").steps


@pytest.mark.parametrize("term", script_tables.TERMS)
def test_every_term_is_read(term: str) -> None:
    assert parse(f"EHLO x\n< 250 {term}\n", "page").steps


@pytest.mark.parametrize("marker", script_tables.MARKERS)
def test_every_marker_is_read(marker: str) -> None:
    assert parse(f"EHLO x\n{marker} 250\n", "page").steps


@pytest.mark.parametrize("line", script_tables.LINES)
def test_every_kind_of_line_is_read(line: str) -> None:
    assert parse(f"EHLO x\n< 250\n{line}\n250 x\n", "page").steps


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_every_example_is_clean_and_in_canonical_form(block: str) -> None:
    script = parse(block, "page")
    assert lint(script) == ()
    assert formatted(script) == block
