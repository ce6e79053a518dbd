"""The forms of expectations against replies, silence and closes."""

from __future__ import annotations

from typing import ClassVar

import pytest

from smtpprobe.exits import ExitStatus
from smtpprobe.sandbox.faults import Close, Drip, Hang, Hear, Pause, Reset, Say, Step
from smtpprobe.script.language.matchers import TookTooLong
from smtpprobe.script.results.check import Outcome
from smtpprobe.script.results.results import ScriptResult
from smtpprobe.script.runner import timed_regex
from tests.script.runs import GREETING, outcome, run, told

OK = (b"NOOP", b"250 ok\r\n")
TWO = (b"NOOP", b"250 one\r\n251 two\r\n")
EHLO = (b"EHLO", b"250-mx.example\r\n250-PIPELINING\r\n250-SIZE 1000\r\n250 8BITMIME\r\n")


def lines_of(result: ScriptResult) -> list[tuple[int, str]]:
    return [(check.place.line, check.came.text) for check in result.checks]


# -- soft


async def test_a_soft_expectation_looks_at_the_reply_taken_last() -> None:
    result = await run("NOOP\n< 250\n<~ 550\n<~ 250\nNOOP\n", told(OK, OK))
    assert outcome(result) == ("F03 NOOP accepted, expected 550",)
    assert result.failed[0].outcome is Outcome.WARN
    assert result.status is ExitStatus.OK


async def test_a_soft_expectation_alone_takes_the_reply() -> None:
    result = await run("NOOP\n<~ 550\nNOOP\n< 250\n", told(OK, OK))
    assert lines_of(result)[1:] == [(2, "250 ok"), (4, "250 ok")]
    assert result.status is ExitStatus.OK


async def test_a_soft_expectation_on_no_reply_is_a_warning() -> None:
    result = await run("NOOP\n< 250\n:timeout 50ms\n> RSET\n<~ 250\n:close\n", told(OK))
    assert [check.outcome for check in result.failed] == [Outcome.WARN]
    assert outcome(result) == ("F08 no reply to RSET within 50ms",)


async def test_a_soft_expectation_takes_no_close() -> None:
    server: list[Step] = [GREETING, Hear(b"NOOP"), Close()]
    result = await run("NOOP\n<~ 250\n", server)
    assert [check.outcome for check in result.failed] == [Outcome.WARN]
    assert result.status is ExitStatus.OK


# -- optional, repeated


async def test_an_optional_expectation_takes_what_fits() -> None:
    result = await run("NOOP\n< 250\n<? 251\nNOOP\n", told(TWO, OK))
    assert result.status is ExitStatus.OK
    assert lines_of(result)[2] == (3, "251 two")


async def test_an_optional_expectation_leaves_what_does_not_fit() -> None:
    result = await run(":grace 50ms\nNOOP\n< 250\n<? 550\n< 251\nNOOP\n", told(TWO, OK))
    assert result.status is ExitStatus.OK
    assert lines_of(result)[2] == (5, "251 two")


async def test_a_reply_that_optional_expectations_leave_fails_the_next_step() -> None:
    result = await run(":grace 50ms\nNOOP\n< 250\n<? 550\nNOOP\n", told(TWO, OK))
    assert outcome(result) == ("F09 unexpected 251 before NOOP (line 5)",)


async def test_an_optional_expectation_waits_no_longer_than_its_grace() -> None:
    result = await run(":grace 20ms\nNOOP\n< 250\n<? 251\nNOOP\n", told(OK, OK))
    assert result.status is ExitStatus.OK
    assert result.seconds < 0.9


async def test_a_repeated_expectation_takes_all_that_fit() -> None:
    server = told((b"NOOP", b"250 a\r\n250 b\r\n250 c\r\n451 d\r\n"))
    result = await run(":grace 50ms\nNOOP\n<* 250\n< 451\n", server)
    assert [got for _, got in lines_of(result)[1:]] == ["250 a", "250 b", "250 c", "451 d"]


@pytest.mark.parametrize("marker", ["<?", "<*"])
async def test_optional_expectations_take_no_close_and_fail_on_none(marker: str) -> None:
    server: list[Step] = [GREETING, Hear(b"NOOP"), Say(b"250 ok\r\n"), Close()]
    result = await run(f"NOOP\n< 250\n{marker} any\n", server)
    assert result.status is ExitStatus.OK
    assert (await run(f"NOOP\n< 250\n{marker} any\n< eof\n", server)).status is ExitStatus.OK


@pytest.mark.parametrize("closes", [True, False])
async def test_an_optional_close_is_taken_when_it_comes(closes: bool) -> None:
    server: list[Step] = [GREETING, Hear(b"NOOP"), Say(b"250 ok\r\n")]
    server += [Close()] if closes else [Hang()]
    result = await run(":grace 50ms\nNOOP\n< 250\n<? eof\n", server)
    assert result.status is ExitStatus.OK
    assert len(result.checks) == 2 + closes


# -- the end


@pytest.mark.parametrize("end", [Close(), Reset()])
async def test_a_close_is_taken_by_eof_however_it_comes(end: Step) -> None:
    server: list[Step] = [GREETING, Hear(b"NOOP"), Say(b"250 ok\r\n"), Hear(b"RSET"), end]
    result = await run("NOOP\n> RSET\n< eof within 2s\n", server)
    assert result.status is ExitStatus.OK, outcome(result)


async def test_a_server_that_does_not_close_in_time_fails() -> None:
    limited = await run(":timeout 20ms\nNOOP\n< 250\n< eof within 50ms\n", told(OK))
    assert outcome(limited) == ("F08 server did not close within 50ms",)
    assert limited.status is ExitStatus.CHECK_FAILED
    unlimited = await run(":timeout 50ms\nNOOP\n< 250\n< eof\n", told(OK))
    assert outcome(unlimited) == ("T05 server did not close within 50ms",)
    assert unlimited.status is ExitStatus.CANNOT_TELL


async def test_an_optional_close_takes_no_reply() -> None:
    server = told((b"NOOP", b"250 ok\r\n421 more\r\n"))
    result = await run(":grace 50ms\nNOOP\n< 250\n<? eof\n< 421\n", server)
    assert result.status is ExitStatus.OK, outcome(result)
    assert lines_of(result)[-1] == (5, "421 more")


async def test_a_close_is_taken_once() -> None:
    server: list[Step] = [GREETING, Hear(b"NOOP"), Say(b"250 ok\r\n"), Close()]
    twice = await run(":grace 50ms\nNOOP\n< 250\n<? eof\n<? eof\n", server)
    assert (twice.status, len(twice.checks)) == (ExitStatus.OK, 3)


@pytest.mark.parametrize("next_", ["< eof within 5s", "< 250", '< line "250"', "<~ eof"])
async def test_nothing_is_waited_for_behind_a_close_that_was_taken(next_: str) -> None:
    server: list[Step] = [GREETING, Hear(b"NOOP"), Say(b"250 ok\r\n"), Close()]
    result = await run(f"NOOP\n< 250\n< eof\n{next_}\n", server)
    (said,) = outcome(result)
    assert said == "F10 nothing can follow: the connection was already expected to close"
    assert result.seconds < 1
    assert result.status is (ExitStatus.OK if "~" in next_ else ExitStatus.CHECK_FAILED)


@pytest.mark.parametrize("end", [Close(), Reset()])
@pytest.mark.parametrize("line", ['"250"', "/^250/", '"250" within 5s'])
async def test_a_hang_up_before_a_raw_line_is_told_as_one(line: str, end: Step) -> None:
    server: list[Step] = [GREETING, Hear(b"NOOP"), end]
    result = await run(f"NOOP\n< line {line}\n", server)
    (said,) = outcome(result)
    assert said.startswith("F10 the server closed the connection before a reply came")
    assert result.status is ExitStatus.CHECK_FAILED


async def test_a_soft_raw_line_that_a_hang_up_comes_before_is_a_warning() -> None:
    server: list[Step] = [GREETING, Hear(b"NOOP"), Close()]
    result = await run('NOOP\n<~ line "250"\n', server)
    assert (result.status, result.failed[0].id) == (ExitStatus.OK, "F10")


async def test_a_raw_line_behind_the_last_one_of_a_reply_meets_the_hang_up() -> None:
    server: list[Step] = [GREETING, Hear(b"NOOP"), Say(b"250-a\r\n250 b\r\n"), Close()]
    result = await run('NOOP\n< line "a"\n< line "b"\n< line "c"\n', server)
    assert [check.id for check in result.failed] == ["F10"]
    ended = await run('NOOP\n< line "a"\n< line "b"\n<? line "c"\n< eof\n', server)
    assert ended.status is ExitStatus.OK, outcome(ended)


# -- silence


async def test_silence_is_met_and_cancels_what_is_owed() -> None:
    script = "< 220\n> NOOP\n< none for 50ms\nRSET\n< 250\n"
    result = await run(script, told((b"RSET", b"250 ok\r\n")))
    assert result.status is ExitStatus.OK
    assert len(result.checks) == 3


async def test_a_reply_that_comes_after_silence_was_met_is_unexpected() -> None:
    server: list[Step] = [
        GREETING, Hear(b"NOOP"), Pause(0.1), Say(b"250 late\r\n"), Hear(b"RSET"), Hang(),
    ]  # fmt: skip
    result = await run("< 220\n> NOOP\n< none for 20ms\n:sleep 200ms\nRSET\n", server)
    assert outcome(result) == ("F09 unexpected 250 before RSET (line 5)",)


async def test_a_reply_where_silence_was_expected_fails() -> None:
    result = await run("NOOP\n< 250\n< none for 100ms\n", told(TWO))
    assert outcome(result) == ("F09 unexpected 251, expected silence for 100ms",)


async def test_a_close_where_silence_was_expected_fails() -> None:
    server: list[Step] = [GREETING, Hear(b"NOOP"), Say(b"250 ok\r\n"), Close()]
    result = await run("NOOP\n< 250\n< none for 100ms\n", server)
    assert outcome(result) == ("F10 connection closed within 100ms, expected silence",)


async def test_a_silent_server_before_its_greeting_is_met() -> None:
    server: list[Step] = [Pause(0.05), GREETING, *told(OK)[1:]]
    result = await run("< none for 10ms\n< 220\nNOOP\n", server)
    assert result.status is ExitStatus.OK
    assert len(result.checks) == 3


# -- raw lines


async def test_raw_lines_need_be_no_replies() -> None:
    server: list[Step] = [Say(b"EHLO their.example\r\n"), Hang()]
    assert (await run('< line "EHLO their"\n', server)).status is ExitStatus.OK
    assert (await run("< line /^EHLO (?<who>\\S+)\\r\\n$/\n", server)).status is ExitStatus.OK
    assert outcome(await run('< line "HELO "\n', server)) == ('F07 line "HELO " not found',)


async def test_each_raw_line_takes_one_line_of_a_reply() -> None:
    script = 'EHLO x\n< line "250-mx"\n< line "PIPE"\n< line "SIZE"\n< line "250 8BIT"\nNOOP\n'
    result = await run(script, told(EHLO, OK))
    assert result.status is ExitStatus.OK
    assert len(result.checks) == 6


async def test_an_optional_raw_line_is_taken_when_it_fits() -> None:
    script = (
        'EHLO x\n<? line "SIZE"\n<? line "250-mx"\n<* line /-[PS]/\n<? line "nothing"\n'
        '< line "250 8BIT"\n:grace 20ms\n<? line "more"\nNOOP\n'
    )
    result = await run(script, told(EHLO, OK))
    assert result.status is ExitStatus.OK, outcome(result)
    assert [check.place.line for check in result.checks][1:] == [3, 4, 4, 6, 9]


# -- reply lines


@pytest.mark.parametrize(
    ("lines", "told_"),
    [
        ("| mx.example\n| PIPELINING\n| SIZE\n| 8BITMIME\n", ()),
        ("| mx\n| ...\n| 8BIT\n", ()),
        ("| mx\n| ...\n", ()),
        ("| ...\n| SIZE\n| ...\n", ()),
        ("| mx\n| PIPELINING\n| ...\n| SIZE\n| 8BITMIME\n", ()),
        ("| {{name}}\n| ...\n", ()),
        (
            "| mx.example\n| PIPELINING\n| SIZE\n",
            ("F12 reply lines differ: 1 more than expected",),
        ),
        ("| mx\n| SIZE\n| ...\n", ("F12 reply lines differ",)),
        ("| ...\n| CHUNKING\n| ...\n", ("F12 reply lines differ",)),
        ("| mx\n| PIPELINING\n| SIZE\n| 8BITMIME\n| DSN\n", ("F12 reply lines differ",)),
    ],
)
async def test_reply_lines_are_compared_in_order(lines: str, told_: tuple[str, ...]) -> None:
    script = f":let name = mx.example\nEHLO x\n< 250\n{lines}"
    assert outcome(await run(script, told(EHLO))) == told_


# -- time


async def test_a_reply_that_comes_too_late_fails() -> None:
    server: list[Step] = [GREETING, Hear(b"NOOP"), Pause(0.15), Say(b"250 ok\r\n"), Hang()]
    result = await run("NOOP\n< 250 within 50ms\n", server)
    assert outcome(result) == ("F08 reply came after 0.2s, limit 50ms",) or (
        outcome(result) == ("F08 reply came after 0.1s, limit 50ms",)
    )
    assert (await run("NOOP\n< 250 within 5s\n", server)).status is ExitStatus.OK


async def test_within_counts_to_the_last_octet_of_the_reply() -> None:
    server: list[Step] = [GREETING, Hear(b"NOOP"), Drip(b"250 ok\r\n", 0.02), Hang()]
    assert outcome(await run("NOOP\n< 250 within 50ms\n", server))[0].startswith("F08 reply came")


async def test_no_reply_at_all_within_a_written_limit_is_a_failure() -> None:
    result = await run("NOOP\n< 250 within 50ms\n", told(), limit=0.02)
    assert outcome(result) == ("F08 no reply to NOOP within 50ms",)
    assert result.status is ExitStatus.CHECK_FAILED


async def test_the_limit_that_was_not_kept_is_underlined() -> None:
    result = await run("NOOP\n< 250 within 20ms\n", [GREETING, Hang()], limit=0.02)
    (mark,) = result.failed[0].why.marks
    assert (mark.column, mark.width) == (7, len("within 20ms"))


async def test_no_reply_to_the_final_dot_within_a_written_limit_may_still_mean_acceptance() -> None:
    server = told((b"DATA", b"354 go\r\n"))
    result = await run("DATA\nx\n.\n< 250 within 50ms\n", server, limit=0.02)
    assert outcome(result) == (
        "F08 no reply to the end of the message within 50ms; the message may have been accepted",
    )
    assert result.status is ExitStatus.CHECK_FAILED


async def test_a_close_or_raw_line_that_comes_too_late_fails_too() -> None:
    late: list[Step] = [GREETING, Hear(b"NOOP"), Pause(0.15), Say(b"250 ok\r\n"), Close()]
    result = await run('NOOP\n< line "250" within 50ms\n', late)
    assert [check.id for check in result.failed] == ["F08"]
    closing: list[Step] = [GREETING, Hear(b"NOOP"), Pause(0.15), Close()]
    result = await run("NOOP\n< eof within 50ms\n", closing)
    assert outcome(result)[0].startswith("F08 server closed after 0.")
    assert outcome(result)[0].endswith(", limit 50ms")
    assert result.status is ExitStatus.CHECK_FAILED
    assert (await run("NOOP\n< eof within 5s\n", closing)).status is ExitStatus.OK


# -- regular expressions


@pytest.mark.parametrize(
    "check", ["< 250 /{}/", "< line /250 {}/", ":assert reply.text matches /{}/"]
)
async def test_an_expression_that_takes_too_long_is_given_up_wherever_it_stands(
    check: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = f"NOOP\n{check.format('ok')}\n"
    assert outcome(await run(lines, told(OK))) == ()
    monkeypatch.setattr(timed_regex, "LIMIT", 0.0)
    (said,) = outcome(await run(lines, told(OK)))
    assert said.startswith("F14 ")
    assert said.endswith("ok/ took longer than 0 ms on this text: given up")


def test_each_search_is_given_the_same_limit_which_is_no_deadline() -> None:
    limits: list[object] = []

    class Compiled:
        groupindex: ClassVar[dict[str, int]] = {}

        def search(self, _text: str, **words: object) -> None:
            limits.append(words)
            if len(limits) == 2:
                raise TimeoutError

    pattern = timed_regex.TimedPattern(Compiled())  # type: ignore[arg-type]
    assert pattern.search("x") is None
    with pytest.raises(TookTooLong, match=r"^took longer than 100 ms on this text: given up$"):
        pattern.search("x")
    assert limits == [{"timeout": timed_regex.LIMIT}] * 2
    assert timed_regex.LIMIT == 0.1


def test_the_package_of_expressions_keeps_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    pattern = timed_regex.timed_pattern("^ok", "")
    assert pattern.search("ok") == {}
    monkeypatch.setattr(timed_regex, "LIMIT", 0.0)
    with pytest.raises(TookTooLong):
        pattern.search("ok")


async def test_challenges_are_compared_decoded() -> None:
    server = told((b"AUTH", b"334 VXNlcm5hbWU6\r\n"))
    assert (await run('AUTH LOGIN\n< 334 b64"Username:"\n', server)).status is ExitStatus.OK
    assert outcome(await run('AUTH LOGIN\n< 334 b64"User:"\n', server)) == (
        'F07 the text decodes to "Username:"',
    )


async def test_a_soft_eof_that_does_not_come_is_one_miss() -> None:
    result = await run("NOOP\n< 250\n<~ eof within 50ms\n", told(OK), limit=0.05)
    assert outcome(result) == ("F08 server did not close within 50ms",)
