"""Lines that run several times: `:for`, `:repeat`, `:retry`."""

from __future__ import annotations

import re

import pytest

from smtpprobe.exits import ExitStatus
from smtpprobe.sandbox.faults import Close, Hang, Hear, Say, Step
from smtpprobe.script.language.commands import LOCALS, STRUCTURE
from smtpprobe.script.parser.foreign_commands import INSTEAD
from smtpprobe.script.results.results import ScriptResult
from tests.script.blocks import problems_of
from tests.script.runs import GREETING, heard, outcome, run, told

NOOPS = told(*[(b"NOOP", b"250 ok\r\n")] * 9)
REFUSING: list[Step] = [GREETING, Hear(b"RCPT"), Say(b"450 4.2.0 later\r\n"), Hang()]
TAKING: list[Step] = [GREETING, Hear(b"RCPT"), Say(b"250 2.1.5 ok\r\n"), Hang()]
RETRY = ":retry 3 every 1ms\n:connect\nRCPT TO:<a@b.example>\n< 250\n:end\n"


def got(result: ScriptResult) -> list[str]:
    return [check.came.text for check in result.checks]


async def test_for_takes_each_word_in_turn() -> None:
    server = told(*[(b"RCPT TO:<" + name, b"250 ok\r\n") for name in (b"a@", b"b c", b"x@")])
    script = ':let x = x\n:for to in a@b.example "b c" {{x}}@y\nRCPT TO:<{{to}}>\n:end\n'
    result = await run(script, server)
    assert result.status is ExitStatus.OK
    assert got(result) == ["220 mx.example ESMTP", *["250 ok"] * 3]


@pytest.mark.parametrize(
    ("over", "numbers"),
    [
        ("1..3", "1 2 3"),
        ("7..7", "7"),
        ("08..11", "08 09 10 11"),
        ("0..1", "0 1"),
        ("{{first}}..{{ last }}", "2 3 4"),
        ("3..{{last}}", "3 4"),
        ('a 1..2 "3..4" 9..9', "a 1 2 3..4 9"),
        ("1.2 a..b 1..x", "1.2 a..b 1..x"),
    ],
)
async def test_for_counts_through_a_range_of_numbers(over: str, numbers: str) -> None:
    words = numbers.split()
    script = f":let first = 2\n:let last = 4\n:for n in {over}\nNOOP {{{{n}}}}\n:end\n"
    server = told(*((f"NOOP {word}\r\n".encode(), b"250 ok\r\n") for word in words))
    result, lines = await heard(script, server)
    assert outcome(result) == ()
    assert [line.decode().split()[1] for line in lines] == words


@pytest.mark.parametrize(
    ("over", "why"),
    [
        ("4..1", "4..1: the first number is larger than the last"),
        ("1..1000001", "1..1000001: more than 1000000 numbers"),
        ("1..9999999999", "1..9999999999 is not a range of numbers such as 1..10"),
        (
            "1...5",
            '1...5 is not a range of numbers such as 1..10; in quotes, "1...5", it is a word',
        ),
        (
            "{1..5}",
            '{1..5} is not a range of numbers such as 1..10; in quotes, "{1..5}", it is a word',
        ),
        ("1 .. 5", '.. is not a range of numbers such as 1..10; in quotes, "..", it is a word'),
        ("1..", '1.. is not a range of numbers such as 1..10; in quotes, "1..", it is a word'),
    ],
)
def test_what_is_nearly_a_range_is_told_with_how_one_is_written(over: str, why: str) -> None:
    (problem,) = problems_of(f":for n in {over}\nNOOP {{{{n}}}}\n:end\nQUIT\n").problems
    assert (problem.id, problem.message) == ("P18", f"bad argument: {why}")


@pytest.mark.parametrize("value", ["x", "0", "-1", "1..2", "1e3"])
async def test_a_range_that_is_none_at_run_time_runs_nothing_and_passes_nothing(value: str) -> None:
    script = f":let n = {value}\n:for i in 1..{{{{n}}}}\nNOOP\n:end\n"
    result, lines = await heard(script, NOOPS)
    assert result.status not in (ExitStatus.OK, ExitStatus.NOTHING_CHECKED)
    assert result.failed[0].place.line == 2
    assert lines == []


@pytest.mark.parametrize("line", [":repeat 1..5", ":repeat 5 as n", ":repeat", ":repeat n in 1..5"])
def test_a_repeat_that_wants_a_counter_is_told_how_one_counts(line: str) -> None:
    (problem,) = problems_of(f"{line}\nNOOP\n:end\n").problems
    assert problem.help == (":repeat N", ":for n in 1..10 has a counter")


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        (opening, closing)
        for opening in (":if STARTTLS", ":unless x", ":when x", ":while true", ":foreach a b")
        for closing in (":end", ":endif", ":done")
    ],
)
def test_a_block_of_another_language_is_told_once_with_what_there_is(
    opening: str, closing: str
) -> None:
    script = f"EHLO x\n{opening}\nNOOP\n:repeat 2\nNOOP\n:end\n{closing}\nQUIT\n"
    first, *others = problems_of(script).problems
    assert first.message == f'unknown local command "{opening.split(maxsplit=1)[0]}"'
    ways = ":require" if "branches" in first.marks[0].label else ":for n in 1..10"
    assert ways in first.help[0]
    assert [one.id for one in others] == ([] if closing == ":end" else ["P01"])
    assert [one.id for one in problems_of(f"{opening}\nQUIT\n").problems] == ["P01"]


def test_every_word_of_another_language_is_none_of_this_one_and_names_what_is() -> None:
    ours = LOCALS.keys() | STRUCTURE.keys()
    assert not ours & INSTEAD.keys()
    for word, row in INSTEAD.items():
        (problem,) = problems_of(f":{word} x\n").problems
        assert problem.help == row.help
        named = {name for line in row.help for name in re.findall(r"(?<!\S):([a-z]+)", line)}
        assert named <= ours


async def test_repeat_does_a_step_so_often() -> None:
    result = await run(":repeat 5\nNOOP\n< 250\n:end\n", NOOPS)
    assert len(result.checks) == 6
    assert {check.place.line for check in result.checks[1:]} == {3}


async def test_blocks_stand_in_blocks() -> None:
    result = await run(":repeat 2\n:for n in a b\nNOOP {{n}}\n:end\nNOOP\n:end\n", NOOPS)
    assert result.status is ExitStatus.OK
    assert len(result.checks) == 7


async def test_every_round_of_repeat_must_pass() -> None:
    server = told((b"NOOP", b"250 ok\r\n"), (b"NOOP", b"550 no\r\n"))
    result = await run(":repeat 5\nNOOP\n:end\n", server)
    assert outcome(result) == ("F04 no expectation, and NOOP was refused",)
    assert len(result.checks) == 3


async def test_only_the_last_attempt_of_retry_counts() -> None:
    result = await run(RETRY, REFUSING, REFUSING, TAKING)
    assert result.status is ExitStatus.OK
    assert got(result) == ["220 mx.example ESMTP", "250 2.1.5 ok"]
    assert result.notes == tuple(
        f"line 1: attempt {attempt} of 3 failed: RCPT refused, expected 250" for attempt in (1, 2)
    )


async def test_an_attempt_that_passes_is_the_last_one() -> None:
    result = await run(RETRY, TAKING, REFUSING)
    assert result.status is ExitStatus.OK
    assert result.notes == ()


async def test_what_the_last_attempt_misses_is_the_failure() -> None:
    result = await run(RETRY, REFUSING)
    assert outcome(result) == ("F02 RCPT refused, expected 250",)
    assert result.status is ExitStatus.CHECK_FAILED
    assert len(result.notes) == 2


async def test_an_attempt_on_a_lost_connection_is_made_again() -> None:
    closing: list[Step] = [GREETING, Hear(b"RCPT"), Close()]
    assert (await run(RETRY, closing, TAKING)).status is ExitStatus.OK
    assert (await run(RETRY, [Close()], TAKING)).status is ExitStatus.OK


async def test_an_attempt_without_an_answer_is_made_again() -> None:
    silent: list[Step] = [GREETING, Hang()]
    result = await run(f":timeout 50ms\n{RETRY}", silent, TAKING)
    assert result.status is ExitStatus.OK
    assert result.notes == ("line 2: attempt 1 of 3 failed: no reply to RCPT within 50ms",)


async def test_a_retry_goes_on_below_its_block_in_the_same_connection() -> None:
    server: list[Step] = [*TAKING[:-1], Hear(b"QUIT"), Say(b"221 bye\r\n"), Hang()]
    result = await run(f"{RETRY}QUIT\n< 221\n", REFUSING, server)
    assert result.status is ExitStatus.OK


async def test_how_often_may_be_a_value() -> None:
    repeated = await run(":let n = 3\n:repeat {{n}}\nNOOP\n:end\n", NOOPS)
    assert len(repeated.checks) == 4
    values = ":let n = 2\n:let wait = 1ms\n"
    retried = await run(f"{values}{RETRY.replace('3 every 1ms', '{{n}} every {{wait}}')}", REFUSING)
    assert [check.place.line for check in retried.failed] == [6]
    assert len(retried.notes) == 1


async def test_a_value_that_is_no_number_is_told_before_the_block() -> None:
    result = await run(":let n = often\n:repeat {{n}}\nNOOP\n:end\n", NOOPS)
    assert outcome(result) == ("T07 a number from 1 to 1000000",)
    assert result.status is ExitStatus.USAGE


@pytest.mark.parametrize("line", [":repeat {{n}}", ":retry {{n}} every 1s", ":retry 2 every {{n}}"])
def test_a_name_without_a_value_is_found_before_anything_is_sent(line: str) -> None:
    (problem,) = problems_of(f"{line}\nNOOP\n:end\n").problems
    assert problem.id == "P07"
    assert problem.place.column == line.index("{{") + 1
