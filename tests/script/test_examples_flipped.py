"""One octet changed in an expected code of an example turns the run red, at that line."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from smtpprobe.exits import ExitStatus
from smtpprobe.sandbox.practice_server import PracticeServer
from smtpprobe.script.language.matchers import Codes, EnhancedTerm
from smtpprobe.script.language.problem import ScriptProblems
from smtpprobe.script.language.steps import Expect, Mode, Script
from smtpprobe.script.results.check import Outcome
from smtpprobe.script.results.results import ScriptResult
from tests.script.examples import (
    NAMES,
    PRACTICE,
    Play,
    case_alone,
    practised,
    script_of,
    text_of,
)

HASTY = PRACTICE | {
    "greylisting": Play(variables={"to": "greylist@sandbox.test", "tries": "2", "wait": "60ms"}),
    "starttls-injection": Play(variables={"patience": "5ms"}),
}
EXPECTATIONS = {
    f"{name}:{step.place.line}": (name, step)
    for name in NAMES
    for step in script_of(name, PRACTICE[name]).steps
    if isinstance(step, Expect)
    if isinstance(step.what, Codes)
    and not step.what.negated
    and step.mode in (Mode.MUST, Mode.SOFT)
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def practice() -> AsyncIterator[PracticeServer]:
    async with PracticeServer(pace=0.01) as server:
        yield server


@pytest.fixture(scope="module")
def green() -> dict[str, ScriptResult]:
    """What each example gives as it stands, once it has been run."""
    return {}


def flips(text: str) -> Iterator[str]:
    """Yield a code with each of its digits changed to its neighbour: `250`, `5xx`, `5.7.x`."""
    for at, digit in enumerate(text):
        if digit.isdigit():
            other = str((int(digit) + 1) % 10) if at else {"5": "2"}.get(digit, "5")
            yield text[:at] + other + text[at + 1 :]


def codes_flipped(what: Codes, got: set[str]) -> Iterator[str]:
    """Yield the codes of an expectation, an octet changed in one that was met."""
    for number, pattern in enumerate(what.patterns):
        if not any(Codes((pattern,)).accepts(int(code)) for code in got):
            continue
        for flipped in flips(pattern):
            patterns = (*what.patterns[:number], flipped, *what.patterns[number + 1 :])
            if not all(Codes(patterns).accepts(int(code)) for code in got):
                yield "|".join(patterns)


def lines_flipped(step: Expect, line: str, got: set[str]) -> Iterator[str]:
    """Yield the line of an expectation with one octet of a code changed."""
    assert isinstance(step.what, Codes)
    start, end = step.column - 1, step.column - 1 + len(step.what_text)
    for codes in codes_flipped(step.what, got):
        yield line[:start] + codes + line[end:]
    for term in step.terms:
        if isinstance(term, EnhancedTerm):
            start, end = term.column - 1, term.column - 1 + len(term.text)
            for enhanced in list(flips(term.text))[-1:]:
                yield line[:start] + enhanced + line[end:]


def read(name: str, line: int, text: str) -> Script | ScriptProblems:
    """Read a changed example: the case that the line is in, or what is wrong with it now."""
    try:
        return case_alone(script_of(name, HASTY[name], text), line)
    except ScriptProblems as problems:
        return problems


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("where", EXPECTATIONS)
async def test_an_octet_flipped_in_an_expected_code_is_red_at_its_line(
    where: str, practice: PracticeServer, green: dict[str, ScriptResult]
) -> None:
    name, step = EXPECTATIONS[where]
    number, lines = step.place.line, text_of(name).split("\n")
    if name not in green:
        green[name] = await practised(name, practice)
    got = {check.came.text[:3] for check in green[name].checks if check.place.line == number}
    assert got, "this expectation is never looked at"
    flipped = list(lines_flipped(step, lines[number - 1], got))
    assert flipped
    for line in flipped:
        script = read(name, number, "\n".join((*lines[: number - 1], line, *lines[number:])))
        if isinstance(script, ScriptProblems):
            # DATA that is to be refused has no message under it: then its lines are commands.
            assert lines[number - 2] == "DATA"
            assert script.problems[0].place.line > number
            continue
        result = await practised(name, practice, script, HASTY[name])
        missed = [check for check in result.failed if check.place.line == number]
        soft = step.mode is Mode.SOFT
        assert missed, (line, result.failed)
        assert result.failed[0].place.line == number or result.failed[0].outcome is Outcome.WARN, (
            line
        )
        assert missed[0].outcome is (Outcome.WARN if soft else Outcome.FAIL), line
        assert result.status is (ExitStatus.OK if soft else ExitStatus.CHECK_FAILED), line
