"""Messages against each answer that a server may give to DATA (design: bodies, rules 5 and 6)."""

from __future__ import annotations

import pytest

from smtpprobe.exits import ExitStatus
from smtpprobe.sandbox.faults import Close, Hang, Hear, Reset, Say, Step
from tests.script.runs import GREETING, heard, outcome, told

GO = [
    Say(b"354 go\r\n"),
    Hear(b".\r\n"),
    Say(b"250 queued\r\n"),
    Hear(b"QUIT"),
    Say(b"221 bye\r\n"),
]
NO = [Say(b"503 5.5.1 no\r\n"), Hear(b"QUIT"), Say(b"221 bye\r\n"), Hang()]
ANSWERS: dict[str, list[Step]] = {"354": GO, "503": NO, "close": [Close()], "silence": [Hang()]}

MESSAGE = "Subject: x\nRCPT TO:<looks@like.a.command>\n.\n"
SENT = [b"Subject: x\r\n", b"RCPT TO:<looks@like.a.command>\r\n", b".\r\n"]
OK, FAILED, UNKNOWN = ExitStatus.OK, ExitStatus.CHECK_FAILED, ExitStatus.CANNOT_TELL

WITH_MESSAGE = {
    "354": f"DATA\n< 354\n{MESSAGE}< 250\nQUIT\n",
    "any": f"DATA\n< any\n{MESSAGE}< 250\nQUIT\n",
    "not 550": f"DATA\n< not 550\n{MESSAGE}< 250\nQUIT\n",
    "implied": f"DATA\n{MESSAGE}QUIT\n",
    "soft": f"DATA\n<~ 354\n{MESSAGE}< 250\nQUIT\n",
    "server line": f"DATA\n354 whatever\n{MESSAGE}250 queued\nQUIT\n",
    "held": f":hold\nDATA\n:flush\n< 354\n{MESSAGE}< 250\nQUIT\n",
}
STATUS = {
    "354": dict.fromkeys(WITH_MESSAGE, OK),
    "503": dict.fromkeys(WITH_MESSAGE, FAILED) | dict.fromkeys(("any", "not 550", "soft"), OK),
    "close": dict.fromkeys(WITH_MESSAGE, FAILED),
    "silence": dict.fromkeys(WITH_MESSAGE, UNKNOWN),
}


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("form", WITH_MESSAGE)
async def test_a_message_goes_out_after_354_and_never_without(form: str, answer: str) -> None:
    server: list[Step] = [GREETING, Hear(b"DATA"), *ANSWERS[answer]]
    result, lines = await heard(f":timeout 60ms\n{WITH_MESSAGE[form]}", server)
    texts = [line for line in lines if line in SENT]
    assert texts == (SENT if answer == "354" else []), lines
    assert result.status is STATUS[answer][form], outcome(result)
    if result.status is OK:
        assert lines[-1] == b"QUIT\r\n"


async def test_the_expectations_under_the_dot_are_left_out_with_the_message() -> None:
    script = f"DATA\n< any\n{MESSAGE}< 250\n<~ 250 2.0.0\n# a comment\n< 251\nQUIT\n< 221\n"
    result, lines = await heard(script, [GREETING, Hear(b"DATA"), *NO])
    assert result.status is OK, outcome(result)
    assert lines == [b"DATA\r\n", b"QUIT\r\n"]
    assert result.notes == ("line 3: no 354, so the message was not sent",)


async def test_after_a_failure_the_run_goes_on_below_only_if_told_to() -> None:
    script = f"DATA\n< 354\n{MESSAGE}< 250\nQUIT\n"
    server: list[Step] = [GREETING, Hear(b"DATA"), *NO]
    result, lines = await heard(script, server)
    assert (lines, result.stopped) == ([b"DATA\r\n"], 2)
    result, lines = await heard(f":continue on\n{script}", server)
    assert lines == [b"DATA\r\n", b"QUIT\r\n"]
    assert outcome(result) == ("F02 DATA refused, expected 354",)


REFUSAL = {
    "503": "DATA\n< 503\nQUIT\n",
    "exact": "> DATA\n< 503\nQUIT\n",
    "server line": "DATA\n503 no\nQUIT\n",
    "held": ":hold\nDATA\n:flush\n< 503\nQUIT\n",
}


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("form", REFUSAL)
async def test_where_a_refusal_is_wanted_a_354_ends_the_connection(form: str, answer: str) -> None:
    server: list[Step] = [GREETING, Hear(b"DATA"), *ANSWERS[answer]]
    script = f":continue on\n:timeout 60ms\n< 220\n{REFUSAL[form]}"
    result, lines = await heard(script, server)
    wanted = {"354": FAILED, "503": OK, "close": FAILED, "silence": UNKNOWN}[answer]
    assert result.status is wanted, outcome(result)
    assert lines == [b"DATA\r\n", b"QUIT\r\n"][: 1 + (answer == "503")]
    if answer == "354":
        assert result.notes == ("closed, as the server is now waiting for a message",)
        assert [check.id for check in result.failed] == ["F03"]


async def test_an_exact_data_has_a_body_of_exact_lines() -> None:
    script = "> DATA\n< 220\n< 354\n> Subject: x\n> :y\n> ..z\n> .\n< 250\nQUIT\n"
    result, lines = await heard(script, [GREETING, Hear(b"DATA"), *GO])
    assert result.status is OK, outcome(result)
    assert lines[1:-1] == [b"Subject: x\r\n", b":y\r\n", b"..z\r\n", b".\r\n"]


async def test_a_raw_line_in_place_of_the_354_has_a_message_under_it() -> None:
    script = f'DATA\n< line "354 go"\n{MESSAGE}< 250\nQUIT\n'
    result, lines = await heard(script, [GREETING, Hear(b"DATA"), *GO])
    assert result.status is OK, outcome(result)
    assert lines[1:4] == SENT


@pytest.mark.parametrize("step", [Close(), Reset()])
async def test_a_connection_lost_behind_the_dot_says_what_that_may_mean(step: Step) -> None:
    server: list[Step] = [GREETING, Hear(b"DATA"), Say(b"354 go\r\n"), Hear(b".\r\n"), step]
    result, _ = await heard(f"DATA\n{MESSAGE}< 250\n", server)
    assert result.status is FAILED
    assert outcome(result)[0].endswith("; the message may have been accepted")


async def test_a_connection_lost_in_the_middle_of_a_message_is_told() -> None:
    server: list[Step] = [GREETING, Hear(b"DATA"), Say(b"354 go\r\n"), Hear(b"Subject"), Reset()]
    result, _ = await heard(f"DATA\n{MESSAGE}< 250\n", server)
    assert result.status is FAILED
    assert [check.id for check in result.failed] == ["F10"]


async def test_bdat_that_is_refused_goes_on_in_step() -> None:
    script = "BDAT 6\nQUIT\n< 503\nBDAT 6 LAST\nRSET\n< 503\nNOOP\n< 250\n"
    server: list[Step] = [
        GREETING, Hear(b"BDAT"), Hear(b"QUIT"), Say(b"503 no\r\n"), Hear(b"BDAT"), Hear(b"RSET"),
        Say(b"503 no\r\n"), Hear(b"NOOP"), Say(b"250 ok\r\n"), Hang(),
    ]  # fmt: skip
    result, _ = await heard(script, server)
    assert result.status is OK, outcome(result)


async def test_two_replies_to_one_recipient_are_not_taken_for_the_354() -> None:
    server = told((b"RCPT", b"250 ok\r\n250 again\r\n"), (b"DATA", b"354 go\r\n"))
    result, lines = await heard(f"RCPT TO:<a@b.example>\n:sleep 20ms\nDATA\n{MESSAGE}", server)
    assert outcome(result) == ("F09 unexpected 250 before DATA (line 3)",)
    assert len(lines) == 1
