"""`< line`: raw lines one by one, those of a reply that has not ended too."""

from __future__ import annotations

import pytest

from smtpprobe.exits import ExitStatus
from smtpprobe.sandbox.faults import Close, Drip, Hang, Hear, Pause, Say, Step
from tests.script.runs import GREETING, block, heard, outcome, run

BEGUN = [GREETING, Hear(b"HELP"), Say(b"214-one\r\n214-two\r\n")]


async def test_a_line_is_taken_though_its_reply_has_not_ended() -> None:
    script = "HELP\n< line /^214-one/\n< line /^214-two/\n"
    assert (await run(script, [*BEGUN, Hang()])).status is ExitStatus.OK


async def test_a_line_that_does_not_fit_is_told_with_what_came() -> None:
    result = await run("HELP\n< line /^214 /\n", [*BEGUN, Hang()])
    assert outcome(result) == ("F07 line /^214 / not found",)
    assert r'came: "214-one\r\n"' in block(result)


async def test_a_line_that_does_not_come_is_waited_for_once() -> None:
    result = await run("HELP\n< line /one/\n< line /two/\n< line /3/\n", [*BEGUN, Hang()], limit=4)
    assert outcome(result) == ("T05 no reply to HELP within 4s (18 octets of one came)",)
    assert result.seconds < 6


async def test_half_a_line_is_none() -> None:
    server = [GREETING, Hear(b"HELP"), Say(b"214-one\r\n214-tw"), Hang()]
    result = await run("HELP\n< line /one/\n< line /tw/\n", server, limit=2)
    assert outcome(result) == ("T05 no reply to HELP within 2s (15 octets of one came)",)


@pytest.mark.parametrize(
    "steps",
    [
        [Say(b"214-one\r\n214-two\r\n214 three\r\n")],
        [Say(b"214-one\r\n"), Pause(0.2), Say(b"214-two\r\n214 three\r\n")],
        [Say(b"214-one\r\n214-two\r\n"), Pause(0.2), Say(b"214 three\r\n")],
        [Drip(b"214-one\r\n214-two\r\n214 three\r\n", 0.01)],
    ],
    ids=["at once", "behind one", "behind two", "octet by octet"],
)
@pytest.mark.parametrize(
    "script",
    [
        "HELP\n< line /^214-one/\n< line /^214-two/\n< line /^214 three/\nNOOP\n< 250\n",
        "HELP\n< line /^214-one/\n< line /^214-two/\nNOOP\n< 250\n",
        "HELP\n< line /^214-one/\nNOOP\n< line /^250 ok/\n",
        "HELP\n< line /^214-one/\n<* line /^214/\nNOOP\n< 250\n",
        "HELP\n<? line /^214-one/\n< line /^214-two/\n<? line /^999/\nNOOP\n< 250\n",
        "< 220\n> HELP\n< line /^214-one/\n> NOOP\n< line /^250 ok/\n",
        "< 220\n> HELP\n< line /^214-one/\n> NOOP\n< 250\n",
        "HELP\n< line /^214-one/\n<~ 214\nNOOP\n< 250\n",
    ],
)
async def test_it_is_the_same_however_a_reply_is_cut_into_pieces(
    script: str, steps: list[Step]
) -> None:
    server = [GREETING, Hear(b"HELP"), *steps, Hear(b"NOOP"), Say(b"250 ok\r\n"), Hang()]
    result = await run(script, server)
    assert result.status is ExitStatus.OK, outcome(result)


async def test_what_answers_the_next_command_in_a_reply_left_open_is_a_line_of_its_own() -> None:
    server = [*BEGUN, Hear(b"NOOP"), Say(b"250 ok\r\n"), Hang()]
    script = "HELP\n< line /one/\n> NOOP\n< line /^250 ok/\n"
    assert (await run(script, server)).status is ExitStatus.OK


async def test_a_close_in_the_middle_of_a_reply_whose_lines_were_looked_at_is_a_close() -> None:
    server = [*BEGUN, Pause(0.2), Close()]
    script = "HELP\n< line /one/\n< line /two/\n< eof\n"
    assert (await run(script, server)).status is ExitStatus.OK
    result = await run("HELP\n< line /one/\n< line /two/\n< line /three/\n", server)
    assert outcome(result) == ("F10 the server closed the connection before a reply came",)


async def test_the_header_of_a_proxy_is_owed_no_reply() -> None:
    greeted = [Hear(b"PROXY"), GREETING, Hear(b"EHLO"), Say(b"250 ok\r\n"), Hang()]
    script = "> PROXY TCP4 192.0.2.7 192.0.2.1 40001 25\n< 220\nEHLO {{client}}\n< 250\n"
    result, lines = await heard(script, greeted)
    assert result.status is ExitStatus.OK, outcome(result)
    assert lines == [b"PROXY TCP4 192.0.2.7 192.0.2.1 40001 25\r\n", b"EHLO client.example\r\n"]
    later = [GREETING, Hear(b"PROXY"), Say(b"500 no\r\n"), Hang()]
    result = await run("< 220\nPROXY TCP4 a b 1 2\n< 500\n", later)
    assert result.status is ExitStatus.OK, outcome(result)
