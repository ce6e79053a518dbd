"""Reads the error blocks of a script, as a user sees them."""

from __future__ import annotations

import pytest

from smtpprobe.present.terminal import rendered
from smtpprobe.script.language.problem import ScriptProblems
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.reports.failures import problem_lines


def problems_of(text: str | bytes) -> ScriptProblems:
    with pytest.raises(ScriptProblems) as caught:
        parse(text, "t.smtp")
    return caught.value


def block_of(text: str | bytes) -> str:
    return rendered(problem_lines(problems_of(text)), colour=False)
