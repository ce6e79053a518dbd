"""More than one connection in a script: one after the other, and side by side."""

from __future__ import annotations

from smtpprobe.exits import ExitStatus
from smtpprobe.sandbox.faults import Close, Hang, Hear, Say, Step
from tests.script.runs import GREETING, heard, outcome, run, told

OK = b"250 ok\r\n"
NOOP = (b"NOOP", OK)
BUSY: list[Step] = [Say(b"421 4.7.0 one at a time\r\n"), Close()]


async def test_two_connections_are_there_side_by_side() -> None:
    script = "NOOP a\n:on b\nNOOP b\n:on main\nNOOP c\n:on b\nNOOP d\n"
    result, lines = await heard(script, told(NOOP, NOOP), told(NOOP, NOOP))
    assert result.status is ExitStatus.OK, outcome(result)
    assert lines == [f"NOOP {name}\r\n".encode() for name in "abcd"]
    assert [check.moment.connection for check in result.checks] == ["", "", "b", "b", "", "b"]


async def test_a_limit_of_one_connection_is_met() -> None:
    script = "NOOP\n:on second\n< 421|450|554\n:on main\nNOOP\n"
    result = await run(script, told(NOOP, NOOP), BUSY)
    assert result.status is ExitStatus.OK, outcome(result)


async def test_each_connection_has_replies_and_hello_of_its_own() -> None:
    script = (
        "EHLO x\n:on b\nEHLO x\n:assert ehlo.keywords contains DSN\n:on main\n"
        ":assert ehlo.keywords contains CHUNKING\n:assert not ehlo.dsn\n"
    )
    hellos = [told((b"EHLO", f"250-mx\r\n250 {word}\r\n".encode())) for word in ("CHUNKING", "DSN")]
    result = await run(script, *hellos)
    assert result.status is ExitStatus.OK, outcome(result)


async def test_values_are_shared() -> None:
    script = "NOOP\n< 250 (?<x>k)/\n".replace("(", "/o(") + ":on b\nNOOP {{x}}\n"
    _, lines = await heard(script, told(NOOP), told(NOOP))
    assert lines[-1] == b"NOOP k\r\n"


async def test_an_unexpected_reply_on_one_is_not_the_other_s() -> None:
    more = told((b"NOOP", b"250 ok\r\n451 more\r\n"))
    script = "NOOP\n:sleep 20ms\n:on b\nNOOP\n:on main\nRSET\n"
    result = await run(script, more, told(NOOP))
    assert outcome(result) == ("F09 unexpected 451 before RSET (line 6)",)


async def test_a_failure_names_the_connection_that_it_is_on() -> None:
    result = await run("NOOP\n:on b\nNOOP\n< 550\n", told(NOOP), told(NOOP))
    assert [check.moment.connection for check in result.failed] == ["b"]


async def test_all_connections_end_with_their_case() -> None:
    script = ':case "a"\nNOOP\n:on b\nNOOP\n:case "b"\nNOOP\n'
    result = await run(script, told(NOOP), told(NOOP), told(NOOP))
    assert result.status is ExitStatus.OK, outcome(result)
    assert [check.moment.connection for check in result.cases[1].checks] == ["", ""]


async def test_connect_and_close_are_for_the_connection_in_use() -> None:
    script = "NOOP\n:on b\n:connect\n< 220\n:close\n:on main\nNOOP\n"
    result = await run(script, told(NOOP, NOOP), told())
    assert result.status is ExitStatus.OK, outcome(result)


async def test_a_connection_that_is_closed_fails_what_is_sent_on_it() -> None:
    result = await run("NOOP\n:on b\n< 421\n:sleep 20ms\nNOOP\n", told(NOOP), BUSY)
    assert outcome(result) == ("F10 connection closed before NOOP (line 5)",)


async def test_connecting_again_forgets_what_was_not_looked_at() -> None:
    more: list[Step] = [GREETING, Hear(b"NOOP"), Say(b"250 ok\r\n451 more\r\n"), Hang()]
    result = await run("NOOP\n:sleep 20ms\n:connect\nNOOP\n", more, told(NOOP))
    assert result.status is ExitStatus.OK, outcome(result)
    assert len(result.checks) == 4
