"""Cases, what runs after a failure, and going on after one."""

from __future__ import annotations

from smtpprobe.exits import ExitStatus
from smtpprobe.present.terminal import rendered
from smtpprobe.sandbox.faults import Close, Hang, Hear, Pause, Say, Step
from smtpprobe.script.reports.failures import failure_lines
from smtpprobe.script.results.check import Outcome
from tests.script.runs import GREETING, heard, outcome, run, told

OK = (b"NOOP", b"250 ok\r\n")
NO = (b"NOOP", b"550 no\r\n")
QUIT = (b"QUIT", b"221 bye\r\n")


async def test_each_case_has_a_fresh_connection() -> None:
    script = ':case "a"\nNOOP a\n:case "b"\n< 220\nNOOP b\n'
    result, lines = await heard(script, told(OK), told(OK))
    assert result.status is ExitStatus.OK
    assert lines == [b"NOOP a\r\n", b"NOOP b\r\n"]
    assert [len(case.checks) for case in result.cases] == [2, 2]


async def test_a_failure_ends_its_case_and_not_the_file() -> None:
    script = ':case "a"\nNOOP\nNOOP\n:case "b"\nNOOP\n'
    result = await run(script, told(NO, OK), told(OK))
    assert [case.outcome for case in result.cases] == [Outcome.FAIL, Outcome.PASS]
    assert result.cases[0].stopped == 2
    assert result.status is ExitStatus.CHECK_FAILED


async def test_a_lost_connection_ends_its_case_and_not_the_file() -> None:
    closing: list[Step] = [GREETING, Hear(b"NOOP"), Close()]
    script = ':case "a"\nNOOP\nNOOP\n:case "b"\nNOOP\n'
    result = await run(script, closing, told(OK))
    assert [case.outcome for case in result.cases] == [Outcome.FAIL, Outcome.PASS]


async def test_settings_are_put_back_for_each_case() -> None:
    script = (
        ':case "a"\n:implicit off\n:expand off\n:continue on\n:timeout 50ms\nNOOP\n'
        ':case "b"\nNOOP\n> {{client}}\n< 250\n'
    )
    slow = [
        GREETING,
        Hear(b"NOOP"),
        Say(b"250 ok\r\n"),
        Hear(b"client.example"),
        Say(b"250 ok\r\n"),
        Hang(),
    ]
    result, lines = await heard(script, told(NO), slow)
    assert [case.outcome for case in result.cases] == [Outcome.PASS, Outcome.PASS]
    assert lines[-1] == b"client.example\r\n"


async def test_settings_before_the_first_case_hold_in_all() -> None:
    script = ':implicit off\n:case "a"\nNOOP\n:case "b"\nNOOP\n'
    assert (await run(script, told(NO), told(NO))).status is ExitStatus.OK


async def test_finally_runs_after_a_failure() -> None:
    script = "NOOP\nRSET\n:finally\nQUIT\n< 221\n"
    result, lines = await heard(script, told(NO, QUIT))
    assert lines == [b"NOOP\r\n", b"QUIT\r\n"]
    assert outcome(result) == ("F04 no expectation, and NOOP was refused",)
    assert [check.place.line for check in result.checks][-1] == 5


async def test_finally_runs_when_all_went_well_too() -> None:
    result, lines = await heard("NOOP\n:finally\nQUIT\n", told(OK, QUIT))
    assert lines == [b"NOOP\r\n", b"QUIT\r\n"]
    assert result.status is ExitStatus.OK


async def test_what_fails_in_finally_counts() -> None:
    result = await run("NOOP\n:finally\nQUIT\n< 250\n", told(OK, QUIT))
    assert result.status is ExitStatus.CHECK_FAILED


async def test_finally_is_left_out_without_a_connection() -> None:
    closing: list[Step] = [GREETING, Hear(b"NOOP"), Close()]
    result, lines = await heard("NOOP\n:finally\nQUIT\n", closing)
    assert lines == [b"NOOP\r\n"]
    assert len(outcome(result)) == 1


async def test_a_failed_case_tells_that_finally_was_not_run_without_a_connection() -> None:
    closing: list[Step] = [GREETING, Hear(b"NOOP"), Close()]
    result, _ = await heard("NOOP\n:finally\nQUIT\n", closing)
    assert result.notes == ("line 3: not run after `:finally`: there is no connection",)
    gone_well = await run(
        "QUIT\n:finally\nQUIT\n", [GREETING, Hear(b"QUIT"), Say(b"221 bye\r\n"), Close()]
    )
    assert gone_well.notes == ()


async def test_an_unexpected_reply_does_not_keep_finally_from_running() -> None:
    script = "NOOP\n< 250\n:sleep 20ms\nRSET\n:finally\nQUIT\n"
    server = told((b"NOOP", b"250 ok\r\n451 more\r\n"), QUIT)
    result, lines = await heard(script, server)
    assert outcome(result) == ("F09 unexpected 451 before RSET (line 4)",)
    assert lines[-1] == b"QUIT\r\n"


async def test_each_case_has_its_own_finally() -> None:
    script = ':case "a"\nNOOP\n:finally\nQUIT\n:case "b"\nNOOP\n'
    result, lines = await heard(script, told(NO, QUIT), told(OK))
    assert lines == [b"NOOP\r\n", b"QUIT\r\n", b"NOOP\r\n"]
    assert [case.outcome for case in result.cases] == [Outcome.FAIL, Outcome.PASS]


async def test_with_continue_on_a_run_goes_on_after_each_miss() -> None:
    script = ":continue on\nNOOP\nNOOP\n< 550\nNOOP\n:continue off\nNOOP\nNOOP\n"
    result, lines = await heard(script, told(NO, NO, OK, NO, OK))
    assert [check.place.line for check in result.failed] == [2, 7]
    assert len(lines) == 4


async def test_echo_shows_values_and_what_is_unset() -> None:
    script = ":echo {{client}} on {{host}}\nNOOP\n<~ 250 /(?<id>x+)/\n:echo {{id}}\n"
    echoed: list[str] = []
    await run(script, told(OK), echo=echoed.append)
    assert echoed == ["client.example on (unset)", "(unset)"]


async def test_a_case_without_anything_to_do_is_told() -> None:
    result = await run(':case "a"\n:case "b"\nNOOP\n', told(OK))
    assert outcome(result) == ("N01 case is empty",)
    assert result.status is ExitStatus.OK


async def test_what_is_owed_to_steps_before_finally_is_no_miss_there() -> None:
    script = ":hold\nNOOP\nNOOP\nNOOP\n:flush\n< 550\n:finally\nRSET\nQUIT\n< 221\n"
    late = [Say(b"250 1\r\n"), Pause(0.05), Say(b"250 2\r\n"), Pause(0.05), Say(b"250 3\r\n")]
    ends: list[Step] = [Hear(b"RSET"), Say(b"250 ok\r\n"), Hear(b"QUIT"), Say(b"221 bye\r\n")]
    result, lines = await heard(script, [GREETING, Hear(b"NOOP"), *late, *ends])
    assert outcome(result) == ("F03 NOOP accepted, expected 550",)
    assert lines[-1] == b"QUIT\r\n"


async def test_a_line_that_is_not_sent_takes_its_expectations_with_it() -> None:
    script = (
        ":continue on\nNOOP\n<~ 250 /(?<id>x+)/\nVRFY {{id}}\n< 252\n:hold\nVRFY {{id}}\n:flush\n"
        "< 252\nRSET\n< 250\n"
    )
    result, lines = await heard(script, told(OK, (b"RSET", b"250 ok\r\n")))
    assert [(check.id, check.place.line) for check in result.failed] == [
        ("F07", 3), ("F11", 4), ("F11", 7),
    ]  # fmt: skip
    assert lines == [b"NOOP\r\n", b"RSET\r\n"]


async def test_only_what_was_sent_before_a_miss_is_told_with_it() -> None:
    script = ":continue on\nNOOP\nRSET\nNOOP\n"
    result = await run(script, told(OK, (b"RSET", b"550 no\r\n"), OK))
    text = rendered(failure_lines(result, result.failed[0]), colour=False)
    assert "= sent so far: NOOP 250, RSET 550\n" in text
