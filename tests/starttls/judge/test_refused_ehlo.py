"""EHLO is refused: HELO decides whether mail is sent in plaintext; or the name or client is why."""

from __future__ import annotations

import pytest

from smtpprobe.sandbox.faults import Close, Hang, Hear, Say, Script, serve
from smtpprobe.starttls.collect.address import Place, collect_address
from smtpprobe.starttls.judge.matrix import Value
from smtpprobe.starttls.judge.options import Sender
from smtpprobe.starttls.refused_ehlo import shuts_out, wants_another_name
from smtpprobe.starttls.reports.json_report import report_object
from smtpprobe.starttls.reports.text import report_lines
from tests.starttls.dialogues import GOODBYE, GREETING, gathered, gathering
from tests.starttls.judge.test_behind_the_handshake import cells, on, told
from tests.starttls.stage import facts, host, judged, levels, sts, tlsa, words

HEARD = Hear(b"EHLO")
OLD = Hear(b"HELO")
WELCOME = Say(b"250 mx.example.org\r\n")


def refusing(reply: bytes, *after: object) -> Script:
    return [GREETING, HEARD, Say(reply + b"\r\n"), *after]  # type: ignore[list-item]


REFUSALS = (
    b"500 5.5.1 Command unrecognized",
    b"502 5.5.2 Error: command not recognized",
    b"504 5.5.4 Not implemented",
    b"550 5.5.0 no EHLO here",
    b"550 5.7.1 Go away",
    b"554 5.7.1 Access denied",
    b"354 go ahead",
)


@pytest.mark.parametrize("reply", REFUSALS, ids=lambda reply: reply[:9].decode())
async def test_where_helo_works_mail_flows_in_clear_as_it_does_with_real_senders(
    reply: bytes,
) -> None:
    found = await gathered(refusing(reply, OLD, WELCOME, *GOODBYE))
    report = on(found)
    assert (found.connections, found.by_helo) == (1, True)
    assert levels(report, "starttls.missing") == ["fail"]
    assert not {"conn.rejected", "ehlo.bad-reply"} & {one.id for one in report.findings}
    assert cells(report) == ["clear", "no"]
    assert int(report.exit_status) == 1
    assert told(report)["ehlo"]["reply"] == reply.decode()
    assert told(report)["ehlo"]["helo"] == "250 mx.example.org"
    assert told(report)["ehlo"]["before"] is None
    text = words(report_lines(report, 200))
    assert f"the reply to EHLO is {reply.decode()}; HELO works" in text
    assert "mail is sent unencrypted" in text


async def test_a_server_that_hangs_up_on_ehlo_is_asked_in_one_more_connection() -> None:
    first = refusing(b"502 5.5.2 what?", Close())
    async with serve(first, [GREETING, OLD, WELCOME, *GOODBYE]) as server:
        found = await collect_address(Place(server.host, server.port), gathering())
        assert not any(line.startswith(b"EHLO") for line in server.heard[1:])
    assert (found.connections, found.by_helo) == (2, True)
    assert cells(on(found)) == ["clear", "no"]
    never = await gathered(first, [Say(b"554 no\r\n"), *GOODBYE])
    assert (never.connections, never.helo) == (2, None)
    assert levels(on(never), "conn.rejected") == ["unknown"]
    assert "for HELO: 554 no" in words(report_lines(on(never), 200))


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (
            [OLD, Say(b"550 5.7.1 Go away\r\n"), *GOODBYE],
            "; the reply to HELO is 550 5.7.1 Go away",
        ),
        ([OLD, Close()], "; HELO was tried too: the server closed the connection at HELO"),
        ([OLD, Hang()], "; HELO was tried too: no answer to HELO within 2s"),
    ],
    ids=["refused", "closed", "silent"],
)
async def test_where_helo_does_not_work_either_what_others_get_is_unknown(
    after: list[object], said: str
) -> None:
    script = refusing(b"550 5.7.1 Go away", *after)
    found = await gathered(script, [GREETING, OLD, Close()], reply_limit=2.0)
    report = on(found)
    assert found.ended == "550 5.7.1 Go away"
    assert levels(report, "conn.rejected") == ["unknown"]
    (rejected,) = (one for one in report.findings if one.id == "conn.rejected")
    assert rejected.message == f"the answer to EHLO is 550 5.7.1 Go away{said}"
    assert said in words(report_lines(report, 200)).replace("\n", " ")
    assert told(report)["ehlo"].get("helo_reason", "") == found.helo_lost
    assert levels(report, "starttls.missing") == []
    assert cells(report) == ["unknown", "unknown"]
    assert int(report.exit_status) == 4


async def test_354_to_ehlo_without_helo_is_an_answer_that_cannot_be() -> None:
    found = await gathered(refusing(b"354 go ahead", OLD, Say(b"500 what?\r\n"), *GOODBYE))
    report = on(found)
    assert levels(report, "ehlo.bad-reply") == ["fail"]
    assert "the reply to EHLO is 354 go ahead; the reply to HELO is 500 what?" in words(
        report_lines(report, 200)
    )
    assert cells(report) == ["no", "no"]
    assert int(report.exit_status) == 1


NAMES = (
    b"501 5.5.4 Syntax: EHLO hostname",
    b"501 Syntactically invalid EHLO argument(s)",
    b"501 5.0.0 Invalid domain name",
    b"504 5.5.2 <probe>: Helo command rejected: need fully-qualified hostname",
    b"550 EHLO requires a valid name",
    b"550 requires fully qualified domain name",
    b"550 Access denied - Invalid HELO name (See RFC2821 4.1.1.1)",
    b"450 4.7.1 <probe>: Helo command rejected: Host not found",
)


@pytest.mark.parametrize("reply", NAMES, ids=lambda reply: reply[:30].decode())
async def test_a_refused_name_leads_to_the_advice_to_give_another(reply: bytes) -> None:
    async with serve(refusing(reply, *GOODBYE)) as server:
        found = await collect_address(Place(server.host, server.port), gathering())
        assert not any(line.startswith(b"HELO") for line in server.heard)
    report = on(found)
    (rejected,) = (one for one in report.findings if one.id == "conn.rejected")
    assert "--client NAME" in rejected.fix
    assert cells(report) == ["unknown", "unknown"]
    assert "--client NAME" in words(report_lines(report, 200))


@pytest.mark.parametrize(
    "text",
    [
        "Command unrecognized",
        "5.5.2 Error: command not recognized",
        "5.7.1 Client host [192.0.2.1] blocked using zen.spamhaus.org",
        "5.7.1 Go away",
        "too many connections from your host",
    ],
)
def test_other_refusals_are_not_taken_for_one_of_the_name(text: str) -> None:
    assert not wants_another_name(550, text)


def test_who_is_shut_out_is_told_by_code_or_enhanced_code() -> None:
    assert shuts_out(554, "")
    assert shuts_out(550, "5.7.1")
    assert not shuts_out(502, "5.5.1")


async def test_senders_that_need_tls_do_not_deliver_by_helo() -> None:
    found = await gathered(refusing(b"502 no", OLD, WELCOME, *GOODBYE))
    at = host(found._replace(ip="192.0.2.1"), tlsa=tlsa(*tlsa().records))
    report = judged(facts(at, sts=sts()))
    row = report.addresses[0].cells
    assert row[Sender.OPPORTUNISTIC].value is Value.CLEAR
    assert {row[one].value for one in (Sender.PKIX, Sender.STS)} == {Value.NO}
    assert report_object(report)["result"] == "fail"
