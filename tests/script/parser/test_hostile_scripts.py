"""Whatever a file holds, reading it ends: with a script or with what is wrong, soon and in bounds.

The long lines are so long that going over them again and again runs into the suite's time limit.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.present.terminal import rendered
from smtpprobe.script.language.patterns import written_out
from smtpprobe.script.language.problem import ScriptProblems
from smtpprobe.script.parser.parser import INCLUDE_DEPTH, parse
from smtpprobe.script.parser.source import SCRIPT_OCTETS
from smtpprobe.script.reports.failures import problem_lines
from smtpprobe.script.runner.timed_regex import LARGEST, timed_pattern
from tests.script.blocks import problems_of

OCTETS = 100_000
LINES = 10_000
BEGINNINGS = (
    "",
    "< ",
    "< 250 ",
    "> ",
    ":assert x == ",
    ":let x = ",
    ":for x in ",
    ':raw "',
    ":data ",
)


def read(text: str | bytes) -> ScriptProblems | None:
    """Parse as for a run, and show what is wrong; return that."""
    try:
        parse(text, "t.smtp", compile_regex=timed_pattern)
    except ScriptProblems as problems:
        rendered(problem_lines(problems), colour=False)
        return problems
    return None


@pytest.mark.parametrize("piece", ['"\\', "{{", '{{"{{\\"', '"', "/", "(", "/(", "{{b64(", "not "])
def test_a_long_line_of_openings_is_gone_over_once(piece: str) -> None:
    for beginning in BEGINNINGS:
        read(beginning + piece * (OCTETS // len(piece)) + "\n")


@pytest.mark.parametrize(
    "text",
    [
        "NOOP\n" * LINES,
        "NOOP\n< 250\n" * LINES,
        ":tls verify on\n" * LINES,
        ":for x in a\n" * LINES,
        ":for x in a\nNOOP\n:end\n" * LINES,
        ":require X\n" * LINES + "EHLO x\n",
        "DATA\n.\n" * LINES,
        "DATA\n< 503\n" * LINES,
        ":hold\nNOOP\n:flush\n" * LINES,
        "250-x\n" * LINES,
        "BDAT 2\n\n" * LINES,
        "< 250 /(?<a>x)/\n" * LINES,
    ],
    ids=lambda text: text[:20],
)
def test_many_lines_of_one_kind_are_read(text: str) -> None:
    read(text)


def test_a_script_of_16_mib_is_read() -> None:
    body = ("x" * 62 + "\n") * (SCRIPT_OCTETS // 63 - 1)
    assert len(parse(f"DATA\n{body}.\n", "t.smtp").steps) == 2


def test_blocks_stand_in_blocks_up_to_a_depth() -> None:
    def nested(depth: int) -> str:
        return ":repeat 1\n" * depth + "NOOP\n" + ":end\n" * depth

    assert parse(nested(20), "t.smtp")
    found = problems_of(nested(21)).problems
    assert found[0].message == "bad argument: blocks are nested more than 20 deep"


def test_functions_stand_in_functions_up_to_a_depth() -> None:
    def nested(depth: int) -> str:
        return "NOOP {{" + "b64(" * depth + '"x"' + ")" * depth + "}}"

    assert parse(nested(20), "t.smtp")
    (problem,) = problems_of(nested(50_000)).problems
    assert problem.message == "bad argument: functions are nested more than 20 deep"


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("((a{1000}){1000}){1000}", f"its repetitions exceed {LARGEST} items"),
        ("a" * 10_001, "longer than 10000 characters"),
        ("(" * 4000 + ")" * 4000, "groups are nested too deeply"),
    ],
    ids=["repetitions", "length", "groups"],
)
def test_an_expression_that_would_take_all_memory_is_refused(expression: str, reason: str) -> None:
    with pytest.raises(ScriptProblems) as caught:
        parse(f"< 250 /{expression}/", "t.smtp", compile_regex=timed_pattern)
    assert caught.value.problems[0].message == f"bad regular expression: {reason}"


@pytest.mark.parametrize(
    ("expression", "items"),
    [("abc", 3), ("a{9}", 9), ("(a{9}){9}", 81), ("[^]a{9}]{2,3}", 3), (r"\{9\}", 3), (")a{2}", 3)],
)
def test_counted_repetitions_are_written_out(expression: str, items: int) -> None:
    assert written_out(expression) == items


class Tower:
    """Files that include the next one over and over; the last ones are long."""

    def __init__(self, height: int) -> None:
        self.height = height
        self.read = 0

    def include(self, path: str, within: str) -> tuple[str, bytes]:
        del within
        self.read += 1
        level = int(path) + 1
        return path, b"#" * 70_000 if level == self.height else b":include %d\n" % level * 2000

    def find(self, path: str, within: str) -> str:
        raise NotImplementedError


def test_files_that_include_each_other_without_end_are_given_up() -> None:
    with pytest.raises(ScriptProblems) as caught:
        parse(":include 0\n", "t.smtp", library=Tower(100))
    assert {one.id for one in caught.value.problems} == {"P19"}
    assert caught.value.problems[0].message == f":include too deep: more than {INCLUDE_DEPTH} files"


def test_what_is_included_counts_in_all() -> None:
    tower = Tower(4)
    with pytest.raises(ScriptProblems) as caught:
        parse(":include 0\n", "t.smtp", library=tower)
    assert {one.id for one in caught.value.problems} == {"P22"}


@given(st.text(alphabet='<>:|#25 0x-+/"\\{}()=.\tDATAbdforet\n', max_size=120))
def test_any_text_is_a_script_or_a_script_error(text: str) -> None:
    problems = read(text)
    assert problems is None or all(one.id and one.message for one in problems.problems)


@given(st.binary(max_size=300))
def test_any_octets_are_a_script_or_a_script_error(octets: bytes) -> None:
    problems = read(octets)
    assert problems is None or all(one.id and one.message for one in problems.problems)
