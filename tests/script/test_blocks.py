"""Lines that run several times: `:for`, `:repeat`, `:retry`."""

from __future__ import annotations

import pytest

from smtpprobe.exits import ExitStatus
from smtpprobe.sandbox.faults import Close, Hang, Hear, Say, Step
from smtpprobe.script.results import ScriptResult
from tests.script.blocks import problems_of
from tests.script.runs import GREETING, outcome, run, told

NOOPS = told(*[(b"NOOP", b"250 ok\r\n")] * 9)
REFUSING: list[Step] = [GREETING, Hear(b"RCPT"), Say(b"450 4.2.0 later\r\n"), Hang()]
TAKING: list[Step] = [GREETING, Hear(b"RCPT"), Say(b"250 2.1.5 ok\r\n"), Hang()]
RETRY = ":retry 3 every 1ms\n:connect\nRCPT TO:<a@b.example>\n< 250\n:end\n"


def got(result: ScriptResult) -> list[str]:
    return [check.got for check in result.checks]


async def test_for_takes_each_word_in_turn() -> None:
    server = told(*[(b"RCPT TO:<" + name, b"250 ok\r\n") for name in (b"a@", b"b c", b"x@")])
    script = ':let x = x\n:for to in a@b.example "b c" {{x}}@y\nRCPT TO:<{{to}}>\n:end\n'
    result = await run(script, server)
    assert result.status is ExitStatus.OK
    assert got(result) == ["220 mx.example ESMTP", *["250 ok"] * 3]


async def test_repeat_does_a_step_so_often() -> None:
    result = await run(":repeat 5\nNOOP\n< 250\n:end\n", NOOPS)
    assert len(result.checks) == 6
    assert {check.line for check in result.checks[1:]} == {3}


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
    assert [check.line for check in retried.failed] == [6]
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
