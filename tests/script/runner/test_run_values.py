"""Values while a script runs: captures, defaults, what is given from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smtpprobe.exits import ExitStatus
from smtpprobe.script.language.defined_names import Outside
from smtpprobe.script.load import Given
from smtpprobe.script.parser.parser import parse
from tests.script.blocks import problems_of
from tests.script.runs import heard, outcome, run, told

if TYPE_CHECKING:
    import pytest

QUEUED = (b"NOOP", b"250 2.0.0 queued as 4XyZ1k2\r\n")
OK = (b"NOOP", b"250 ok\r\n")
CAPTURE = "NOOP\n< 250 /queued as (?<id>[0-9A-Za-z]+)/\n"


async def test_a_named_group_is_a_value_from_there_on() -> None:
    result, lines = await heard(f"{CAPTURE}NOOP {{{{id}}}}\n", told(QUEUED, OK))
    assert result.status is ExitStatus.OK
    assert lines[-1] == b"NOOP 4XyZ1k2\r\n"


async def test_a_raw_line_captures_too() -> None:
    script = "NOOP\n< line /as (?<id>\\w+)/\nNOOP {{id}}\n"
    _, lines = await heard(script, told(QUEUED, OK))
    assert lines[-1] == b"NOOP 4XyZ1k2\r\n"


async def test_a_step_with_a_value_that_was_never_captured_is_not_sent() -> None:
    script = f":continue on\n{CAPTURE}NOOP {{{{id}}}}\nNOOP end\n"
    result, lines = await heard(script, told(OK, OK))
    assert outcome(result) == (
        "F07 text /queued as (?<id>[0-9A-Za-z]+)/ not found",
        'F11 not sent: variable "id" was not captured (line 3 did not match)',
    )
    assert lines[-1] == b"NOOP end\r\n"


async def test_an_expectation_with_a_value_that_was_never_captured_fails() -> None:
    script = ':continue on\nNOOP\n<~ 250 /as (?<id>.+)/\nNOOP\n< 250 "{{id}}"\n'
    result = await run(script, told(OK, OK))
    assert [message.split()[0] for message in outcome(result)] == ["F07", "F11"]
    assert result.status is ExitStatus.CHECK_FAILED


async def test_a_capture_that_matches_no_more_is_unset() -> None:
    script = f"{CAPTURE}NOOP\n<~ 250 /as (?<id>.+)/\nNOOP {{{{id}}}}\n"
    result = await run(script, told(QUEUED, OK))
    assert outcome(result)[-1].endswith('"id" was not captured (line 4 did not match)')


async def test_a_value_in_an_expectation_stands_for_itself() -> None:
    server = told((b"NOOP", b"250 a.b|c\r\n"), (b"NOOP", b"250 axb\r\n"))
    script = ':let x = a.b|c\nNOOP\n< 250 /^{{x}}$/ "{{x}}"\nNOOP\n< 250 /^{{x}}/\n'
    assert outcome(await run(script, server)) == ("F07 text /^a\\.b\\|c/ not found",)


async def test_a_default_is_worked_out_once_at_its_first_use() -> None:
    script = ":let n = {{uuid()}}\nNOOP {{n}}\nNOOP {{n}}\nNOOP {{uuid()}}\n"
    _, (first, second, third) = await heard(script, told(OK, OK, OK))
    assert first == second != third


async def test_a_default_may_name_what_is_connected_only_later() -> None:
    _, lines = await heard(":let to = a@{{host}}\nNOOP {{to}}\n", told(OK))
    assert lines == [b"NOOP a@localhost\r\n"]


async def test_a_default_that_is_overridden_is_never_worked_out() -> None:
    script = ":let x = {{last.challenge}}\n:let y = {{x}}\nNOOP {{y}}\n"
    given, lines = await heard(script, told(OK), values={"x": "given"})
    assert given.status is ExitStatus.OK
    assert lines == [b"NOOP given\r\n"]
    assert (await run(script, told(OK))).status is ExitStatus.CANNOT_TELL


def test_a_default_made_of_itself_is_found_before_the_run() -> None:
    (problem,) = problems_of(":let x = {{x}}\nNOOP {{x}}\n").problems
    assert problem.id == "P07"


async def test_a_capture_goes_before_what_was_given_from_outside() -> None:
    script = f"{CAPTURE}NOOP {{{{id}}}}\n"
    _, lines = await heard(script, told(QUEUED, OK), values={"id": "given"})
    assert lines[-1] == b"NOOP 4XyZ1k2\r\n"


def test_options_go_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTPPROBE_VAR_x", "environment")
    assert Given().outside.values["x"] == "environment"
    assert Given({"x": "option"}).outside.values["x"] == "option"


async def test_the_environment_can_be_named() -> None:
    outside = Outside(environment={"HOME": "/h"})
    assert parse("NOOP {{env.HOME}}\n", "t", outside=outside).steps
    result = await run(":let n = {{last.code}}\nNOOP\nNOOP {{n}} {{last.text}}\n", told(OK, OK))
    assert result.status is ExitStatus.OK


async def test_functions_make_values() -> None:
    script = 'NOOP {{ b64("a") }} {{ plain("u", "p") }} {{ repeat("ab", 3) }} {{ "{{" }}\n'
    _, lines = await heard(script, told(OK))
    assert lines == [b"NOOP YQ== AHUAcA== ababab {{\r\n"]


async def test_expansion_is_once() -> None:
    _, lines = await heard(':let x = {{ "{{host}}" }}\nNOOP {{x}}\n', told(OK))
    assert lines == [b"NOOP {{host}}\r\n"]


async def test_a_value_with_a_line_break_is_not_sent() -> None:
    script = ':let x = "a\\r\\nQUIT"\nNOOP {{x}}\n'
    result, lines = await heard(script, told(OK))
    assert outcome(result) == ("F11 not sent: value contains a line break",)
    assert lines == []


async def test_values_do_not_cross_into_the_next_case() -> None:
    script = (
        ':let x = first\n:case "a"\nNOOP\n< 250 /as (?<x>\\w+)/\nNOOP {{x}}\n'
        ':case "b"\nNOOP {{x}}\n'
    )
    _, lines = await heard(script, told(QUEUED, OK), told(OK))
    assert lines == [b"NOOP\r\n", b"NOOP 4XyZ1k2\r\n", b"NOOP first\r\n"]
