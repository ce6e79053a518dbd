"""Replies that do not answer what they seem to: nothing is credited to a wrong command."""

from __future__ import annotations

import pytest

from smtpprobe.exits import ExitStatus
from smtpprobe.present.spans import text_of
from smtpprobe.sandbox.faults import Close, Hang, Hear, Pause, Say, Step
from smtpprobe.send.judge import Report, Result, stage_results
from smtpprobe.send.order import Stage
from smtpprobe.send.reports import text_lines
from tests.send.delivering import (
    DELIVERED,
    GO_ON,
    GREETING,
    OK,
    QUEUED,
    deliver,
    ehlo,
    given,
    to,
    told,
)

WHAT = b"500 5.5.2 what?\r\n"


def headline(report: Report) -> str:
    return text_of(text_lines(report)[0])


@pytest.mark.parametrize("version", ["v1", "v2"])
@pytest.mark.parametrize("late", [None, 0.4, 2.0], ids=["at once", "soon", "behind EHLO"])
async def test_a_server_that_answers_the_proxy_header_gets_nothing_more(
    version: str, late: float | None
) -> None:
    server: list[Step] = [GREETING] if late is None else [GREETING, Pause(late)]
    server += [Say(WHAT), Hear(b"EHLO"), ehlo()]
    for command, reply in DELIVERED:
        server += [Hear(command), Say(reply)]
    ran = await deliver(given(*to("a@x.example", "b@x.example")), [*server, Hang()], header=version)
    assert {result for _, result in ran.results} == {"no answer"}
    assert ran.report.status is ExitStatus.CANNOT_TELL
    assert "the server does not expect a PROXY header" in headline(ran.report)
    octets = b"".join(ran.heard)
    assert octets.count(b"EHLO ") == (late == 2.0)
    # version 2 of the header has a QUIT of its own, which ends in a bare LF
    assert not [word for word in (b"HELO ", b"MAIL ", b"QUIT\r\n") if word in octets]


async def test_a_refusal_in_place_of_the_greeting_behind_a_proxy_header_gets_nothing_more() -> None:
    server = [Say(WHAT), *told(*DELIVERED)]
    ran = await deliver(given(*to("a@x.example")), server, header="v1")
    assert ran.report.status is ExitStatus.CHECK_FAILED
    assert "the server may not expect a PROXY header on this port" in ran.report.notes
    assert ran.lines == []


async def test_a_server_that_expects_the_proxy_header_gets_the_message() -> None:
    ran = await deliver(given(*to("a@x.example")), [Hear(b"PROXY"), *told(*DELIVERED)], header="v1")
    assert ran.report.status is ExitStatus.OK


@pytest.mark.parametrize("at", ["greeting", "EHLO", "MAIL", "RCPT", "DATA"])
async def test_after_an_unsolicited_reply_before_the_message_nothing_more_is_sent(at: str) -> None:
    extra = b"250 2.0.0 this answers nothing\r\n"
    first = GREETING.octets + (extra if at == "greeting" else b"")
    hello = ehlo().octets + (extra if at == "EHLO" else b"")
    server: list[Step] = [Say(first), Hear(b"EHLO"), Say(hello)]
    for command, reply in ((b"MAIL", OK), (b"RCPT", OK), (b"DATA", GO_ON), (b".\r\n", QUEUED)):
        server += [Hear(command), Say(reply + (extra if command == at.encode() else b""))]
    ran = await deliver(given(*to("a@x.example")), [*server, Hang()])
    assert ran.results == [("a@x.example", "no answer")]
    assert ran.report.status is ExitStatus.CANNOT_TELL
    assert "unsolicited reply" in headline(ran.report)
    assert [line.split(" ")[0] for line in ran.lines[-1:]] == [at][at == "greeting" :]
    assert b".\r\n" not in b"".join(ran.heard)


NO_RCPT = b"554 5.5.1 Error: no valid recipients\r\n"
GONE = b"550 5.1.1 no such user\r\n"


MISPAIRED = [
    (1, OK + NO_RCPT),
    (1, OK + b"503 5.5.1 RCPT first\r\n"),
    (1, OK + GO_ON),
    (1, GO_ON),
    (2, OK + OK + GO_ON),
    (2, OK + GONE + GO_ON),
    (2, OK + GONE + NO_RCPT),
    (1, OK + OK + OK + GO_ON),
]


@pytest.mark.parametrize(
    ("people", "replies", "end"),
    [*((*case, end) for case in MISPAIRED for end in (Hang(), Close())), (1, OK + GONE, Hang())],
)
async def test_a_reply_left_out_of_pipelined_ones_leaves_no_other_credited_to_a_wrong_command(
    people: int, replies: bytes, end: Step
) -> None:
    server = [GREETING, Hear(b"EHLO"), ehlo("PIPELINING"), Hear(b"DATA"), Say(replies), end]
    names = [f"{number}@x.example" for number in range(people)]
    ran = await deliver(given(*to(*names), "--timeout", "5"), server)
    assert ran.results == [(name, "no answer") for name in names]
    assert ran.report.status is ExitStatus.CANNOT_TELL
    assert ran.lines[-1] == "DATA"
    assert b".\r\n" not in ran.heard
    assert "went out together" in headline(ran.report)
    assert {step.result for step in ran.report.steps if step.stage is Stage.RCPT} <= {
        Result.NO_ANSWER
    }


async def test_data_alone_without_a_reply_leaves_the_recipients_replies_theirs() -> None:
    server = [GREETING, Hear(b"EHLO"), ehlo("PIPELINING"), Hear(b"DATA"), Say(OK + OK), Hang()]
    ran = await deliver(given(*to("a@x.example"), "--timeout", "5"), server)
    assert ran.results == [("a@x.example", "no answer")]
    assert stage_results(ran.report)[Stage.RCPT] == "accepted"
    assert ran.report.ended is not None
    assert ran.report.ended.stage is Stage.DATA


async def test_a_server_that_closes_behind_a_refusal_has_left_no_reply_out() -> None:
    server = [GREETING, Hear(b"EHLO"), ehlo("PIPELINING"), Hear(b"DATA"), Say(OK + GONE), Close()]
    ran = await deliver(given(*to("a@x.example")), server)
    assert ran.results == [("a@x.example", "refused")]
