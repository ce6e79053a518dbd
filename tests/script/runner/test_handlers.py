"""The tables of the runner are whole: each kind of step has its handler, each WHAT its waits."""

from __future__ import annotations

from typing import get_args

from smtpprobe.script.language.commands import LOCALS
from smtpprobe.script.language.matchers import Term, What
from smtpprobe.script.language.steps import Step
from smtpprobe.script.runner.commands import ACTIONS, SETTINGS
from smtpprobe.script.runner.handlers import HANDLERS
from smtpprobe.script.runner.matching.terms import TERMS
from smtpprobe.script.runner.waits.table import WAITS


def test_each_kind_of_step_has_one_handler() -> None:
    assert set(HANDLERS) == set(get_args(Step))


def test_each_kind_of_what_has_its_waits() -> None:
    assert set(WAITS) == set(get_args(What))


def test_each_kind_of_term_has_its_function() -> None:
    assert set(TERMS) == set(get_args(Term))


def test_each_local_command_of_a_script_sets_or_does_something() -> None:
    assert not set(ACTIONS) & set(SETTINGS)
    assert set(ACTIONS) | set(SETTINGS) == set(LOCALS)
