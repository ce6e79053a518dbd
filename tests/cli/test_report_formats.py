"""A report format is a file and a row: command line and completion have no list of their own."""

from __future__ import annotations

import ast
from collections.abc import Callable
from enum import Enum
from importlib import import_module
from pathlib import Path

import pytest

import smtpprobe
from smtpprobe.cli.completion.model import commands
from smtpprobe.cli.main_parser import main_parser
from smtpprobe.cli.shared_options import Parser
from smtpprobe.cli.starttls_parser import starttls_parser
from smtpprobe.exits import NagiosState
from smtpprobe.script.reports import formats as script_formats
from smtpprobe.script.reports.options import USUAL
from smtpprobe.script.results.results import Report
from smtpprobe.starttls.reports import formats as starttls_formats

TOP = Path(smtpprobe.__file__).parent
BOTH = pytest.mark.parametrize(
    ("forms", "parser", "command"),
    [
        (script_formats.Format, main_parser, ""),
        (starttls_formats.Format, starttls_parser, "starttls"),
    ],
)


def choices(parser: Parser, option: str) -> list[str]:
    (found,) = (one for one in parser.options if option in one.names)
    return list(found.choices)


@BOTH
def test_every_format_can_be_chosen_and_completed(
    forms: type[Enum], parser: Callable[[], Parser], command: str
) -> None:
    words = [one.value for one in forms]
    assert choices(parser(), "--format") == words
    (found,) = (one for one in commands() if one.name == command)
    assert list(found.value_of["--format"].words) == words


@pytest.mark.parametrize("form", [*script_formats.Format, *starttls_formats.Format])
def test_every_row_names_a_function_that_is_there(
    form: script_formats.Format | starttls_formats.Format,
) -> None:
    folder = type(form).__module__.rpartition(".")[0]
    if form.writer:
        module, function = form.writer.split(".")
        assert callable(getattr(import_module(f"{folder}.{module}"), function))


@pytest.mark.parametrize("form", script_formats.Format)
def test_a_report_of_nothing_can_be_written_in_every_format(form: script_formats.Format) -> None:
    text = script_formats.rendered_report(form, Report(()), USUAL)
    assert bool(text) is (form.writer != "" and form.value not in ("text", "prom"))


def test_the_states_of_a_plugin_are_those_of_the_table() -> None:
    for option in ("--timeout-state", "--skip-state"):
        assert choices(main_parser(), option) == [one.name.lower() for one in NagiosState]


def test_no_other_file_lists_the_formats() -> None:
    """A row of words that are formats, three of them or more, is a second list."""
    words = {one.value for one in (*script_formats.Format, *starttls_formats.Format)} - {"text"}
    found = [
        f"{path.relative_to(TOP)}:{node.lineno}"
        for path in TOP.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Tuple | ast.List | ast.Set | ast.Dict)
        and sum(
            isinstance(one, ast.Constant) and one.value in words
            for one in (node.keys if isinstance(node, ast.Dict) else node.elts)
        )
        > 2
    ]
    assert found == []
