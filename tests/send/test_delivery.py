"""A message from the first command to the result, and every way in which that can end early."""

from __future__ import annotations

import asyncio
import tracemalloc
from pathlib import Path

import pytest

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.exits import ExitStatus
from smtpprobe.present.spans import text_of
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Await, Close, Hang, Hear, Reset, Say, StartTls, Step
from smtpprobe.sandbox.practice_server import PracticeServer
from smtpprobe.send.conversation import Delivery
from smtpprobe.send.judge import Result, stage_results
from smtpprobe.send.order import Stage
from smtpprobe.send.reports import report_object, text_lines
from tests.net.stage import server_side, trusted_file
from tests.send.delivering import (
    BYE,
    DELIVERED,
    GO_ON,
    GREETING,
    OK,
    QUEUED,
    credentials,
    deliver,
    delivered,
    ehlo,
    given,
    to,
    told,
)


async def test_a_message_is_delivered_and_its_queue_id_is_told() -> None:
    ran = await deliver(given(*to("you@mx.example")), told(*DELIVERED))
    assert ran.lines == [
        "EHLO client.example",
        "MAIL FROM:<me@client.example>",
        "RCPT TO:<you@mx.example>",
        "DATA",
        "QUIT",
    ]
    assert ran.results == [("you@mx.example", "accepted")]
    assert ran.report.queue_ids == ("4Xyz12ab",)
    assert ran.report.status is ExitStatus.OK


async def test_each_recipient_has_a_result_of_its_own() -> None:
    server = told(
        (b"MAIL", OK),
        (b"RCPT", OK),
        (b"RCPT", b"550 5.1.1 no such user\r\n"),
        (b"RCPT", b"450 4.2.0 greylisted\r\n"),
        (b"DATA", GO_ON),
        (b".\r\n", QUEUED),
        (b"QUIT", BYE),
    )
    ran = await deliver(given(*to("a@x.example", "b@x.example,c@x.example")), server)
    assert ran.results == [
        ("a@x.example", "accepted"), ("b@x.example", "refused"), ("c@x.example", "deferred")
    ]  # fmt: skip
    assert ran.report.status is ExitStatus.CHECK_FAILED
    assert stage_results(ran.report)[Stage.RCPT] == "some accepted"


@pytest.mark.parametrize(
    ("pairs", "stage", "result"),
    [
        ([(b"MAIL", b"550 5.7.1 no\r\n")], Stage.MAIL, Result.REFUSED),
        ([(b"MAIL", b"451 4.3.0 later\r\n")], Stage.MAIL, Result.DEFERRED),
        ([(b"MAIL", OK), (b"RCPT", b"550 5.1.1 no\r\n")], Stage.RCPT, Result.REFUSED),
        ([(b"MAIL", OK), (b"RCPT", b"450 4.2.0 later\r\n")], Stage.RCPT, Result.DEFERRED),
        ([(b"MAIL", OK), (b"RCPT", OK), (b"DATA", b"451 4.3.0 x\r\n")], Stage.DATA,
         Result.DEFERRED),
        ([(b"MAIL", OK), (b"RCPT", OK), (b"DATA", b"554 5.5.1 x\r\n")], Stage.DATA,
         Result.REFUSED),
        ([(b"MAIL", OK), (b"RCPT", OK), (b"DATA", GO_ON), (b".\r\n", b"554 5.7.1 spam\r\n")],
         Stage.CONTENT, Result.REFUSED),
        ([(b"MAIL", OK), (b"RCPT", OK), (b"DATA", GO_ON), (b".\r\n", b"451 4.3.0 x\r\n")],
         Stage.CONTENT, Result.DEFERRED),
    ],
)  # fmt: skip
async def test_a_refusal_is_told_with_the_step_that_it_came_at(
    pairs: list[tuple[bytes, bytes]], stage: Stage, result: Result
) -> None:
    ran = await deliver(given(*to("you@mx.example")), told(*pairs, (b"QUIT", BYE)))
    (fate,) = ran.report.fates
    assert (fate.stage, fate.result) == (stage, result)
    assert ran.report.status is ExitStatus.CHECK_FAILED
    assert ran.lines[-1] == "QUIT"


@pytest.mark.parametrize(
    "greeting", [b"554 5.7.1 go away\r\n", b"421 4.3.2 too busy\r\n"], ids=["554", "421"]
)
async def test_a_greeting_that_refuses_is_a_refusal(greeting: bytes) -> None:
    ran = await deliver(given(*to("you@mx.example")), [Say(greeting), Hang()])
    assert ran.report.fates[0].stage is Stage.GREETING
    assert ran.report.status is ExitStatus.CHECK_FAILED


@pytest.mark.parametrize(
    ("pairs", "stage"),
    [
        ([], Stage.MAIL),
        ([(b"MAIL", OK)], Stage.RCPT),
        ([(b"MAIL", OK), (b"RCPT", OK)], Stage.DATA),
    ],
)
@pytest.mark.parametrize("end", [Close(), Hang(), Reset()], ids=["close", "silence", "reset"])
async def test_a_session_that_breaks_off_before_the_message_delivered_nothing(
    pairs: list[tuple[bytes, bytes]], stage: Stage, end: Step
) -> None:
    server = told(*pairs)[:-1]
    ran = await deliver(given(*to("you@mx.example")), [*server, Hear(b""), end])
    (fate,) = ran.report.fates
    assert (fate.stage, fate.result) == (stage, Result.NO_ANSWER)
    assert ran.report.status is ExitStatus.CANNOT_TELL


@pytest.mark.parametrize("end", [Close(), Hang(), Reset()], ids=["close", "silence", "reset"])
async def test_silence_or_a_close_after_the_final_dot_leaves_the_delivery_unknown(
    end: Step,
) -> None:
    server = told((b"MAIL", OK), (b"RCPT", OK), (b"DATA", GO_ON))[:-1]
    ran = await deliver(given(*to("you@mx.example")), [*server, Hear(b".\r\n"), end])
    (fate,) = ran.report.fates
    assert (fate.stage, fate.result) == (Stage.CONTENT, Result.UNKNOWN)
    assert ran.report.status is ExitStatus.CANNOT_TELL
    assert ran.lines.count("MAIL FROM:<me@client.example>") == 1
    shown = "\n".join(map(text_of, text_lines(ran.report)))
    assert "delivery unknown: the message was sent, and it may have been accepted" in shown
    assert report_object(ran.report)["result"] == "unknown"


async def test_a_close_in_the_middle_of_the_reply_to_the_message_leaves_it_unknown() -> None:
    server = told((b"MAIL", OK), (b"RCPT", OK), (b"DATA", GO_ON))[:-1]
    ran = await deliver(
        given(*to("you@mx.example")), [*server, Hear(b".\r\n"), Say(b"250 2.0.0 O"), Close()]
    )
    assert ran.report.fates[0].result is Result.UNKNOWN


async def test_ehlo_that_is_refused_is_followed_by_helo() -> None:
    server: list[Step] = [GREETING, Hear(b"EHLO"), Say(b"502 5.5.1 what\r\n"), Hear(b"HELO"),
                          Say(b"250 mx.example\r\n")]  # fmt: skip
    for command, reply in DELIVERED:
        server += [Hear(command), Say(reply)]
    ran = await deliver(given(*to("you@mx.example")), [*server, Hang()])
    assert ran.lines[:2] == ["EHLO client.example", "HELO client.example"]
    assert ran.report.status is ExitStatus.OK


async def test_starttls_is_used_where_it_is_offered(tmp_path: Path) -> None:
    server: list[Step] = [GREETING, Hear(b"EHLO"), ehlo("STARTTLS"), Hear(b"STARTTLS"),
                          Say(b"220 go ahead\r\n"), StartTls(server_side()), Hear(b"EHLO"),
                          ehlo()]  # fmt: skip
    for command, reply in DELIVERED:
        server += [Hear(command), Say(reply)]
    ran = await deliver(
        given(*to("you@mx.example")), [*server, Hang()], ca_file=trusted_file(tmp_path)
    )
    assert ran.report.status is ExitStatus.OK
    assert ran.report.tls is not None
    assert ran.report.tls.ok
    assert ran.lines.count("EHLO client.example") == 2


async def test_no_starttls_where_it_is_not_wanted() -> None:
    ran = await deliver(
        given(*to("you@mx.example"), "--no-starttls"), told(*DELIVERED, keywords=["STARTTLS"])
    )
    assert "STARTTLS" not in ran.lines
    assert ran.report.status is ExitStatus.OK


async def test_starttls_that_is_required_and_not_offered_sends_nothing() -> None:
    ran = await deliver(given(*to("you@mx.example"), "--starttls"), told((b"QUIT", BYE)))
    assert ran.lines == ["EHLO client.example", "QUIT"]
    (fate,) = ran.report.fates
    assert (fate.stage, fate.result) == (Stage.TLS, Result.NOT_SENT)
    assert ran.report.status is ExitStatus.CHECK_FAILED


async def test_starttls_that_is_refused_is_told_and_gone_past_unless_required() -> None:
    refused = (b"STARTTLS", b"454 4.7.0 not now\r\n")
    server = told(refused, *DELIVERED, keywords=["STARTTLS"])
    ran = await deliver(given(*to("you@mx.example")), server)
    assert ran.report.status is ExitStatus.OK
    assert "STARTTLS was refused; the session continued in the clear" in ran.report.notes
    server = told(refused, (b"QUIT", BYE), keywords=["STARTTLS"])
    ran = await deliver(given(*to("you@mx.example"), "--starttls"), server)
    assert ran.report.fates[0].stage is Stage.TLS
    assert ran.report.status is ExitStatus.CHECK_FAILED


async def test_a_password_does_not_go_out_in_clear_unless_forced() -> None:
    words = (*to("you@mx.example"), "--auth-user", "bob")
    ran = await deliver(given(*words), told((b"QUIT", BYE), keywords=["AUTH PLAIN LOGIN"]))
    assert ran.lines == ["EHLO client.example", "QUIT"]
    assert ran.report.fates[0].stage is Stage.AUTH
    server = told((b"AUTH", b"235 2.7.0 in\r\n"), *DELIVERED, keywords=["AUTH PLAIN"])
    ran = await deliver(given(*words, "--force"), server)
    assert ran.report.status is ExitStatus.OK


@pytest.mark.parametrize(
    ("keywords", "more", "reason"),
    [
        (["STARTTLS"], ["--auth", "plain"],
         ("the server does not offer AUTH PLAIN outside TLS; remove --no-starttls: most servers "
         "offer logins only inside TLS")),
        (["STARTTLS"], [],
         ("no way to log in: the server's last EHLO reply announces no AUTH; remove "
         "--no-starttls: most servers offer logins only inside TLS")),
        (["STARTTLS", "AUTH PLAIN"], ["--auth", "plain"],
         ("AUTH PLAIN would send the password in the clear; remove --no-starttls: most servers "
         "offer logins only inside TLS")),
        (["AUTH PLAIN"], ["--auth", "plain"],
         ("AUTH PLAIN would send the password in the clear; anyone on the path could read the "
         "password; --force sends it so")),
        (["AUTH LOGIN"], ["--auth", "plain"],
         ("the server does not offer AUTH PLAIN; anyone on the path could read the password; "
         "--force sends it so")),
        (["AUTH LOGIN"], ["--auth", "cram-md5"],
         "the server does not offer AUTH CRAM-MD5; --force sends it anyway"),
    ],
)  # fmt: skip
async def test_a_login_that_is_not_sent_says_first_how_to_send_it_safely(
    keywords: list[str], more: list[str], reason: str
) -> None:
    words = (*to("you@mx.example"), "--auth-user", "bob", "--no-starttls", *more)
    ran = await deliver(given(*words), told((b"QUIT", BYE), keywords=keywords))
    assert ran.report.fates[0].stage is Stage.AUTH
    assert ran.report.fates[0].reason == reason


async def test_a_login_that_is_refused_ends_the_delivery() -> None:
    server = told(
        (b"AUTH", b"334 PDEyM0BteC5leGFtcGxlPg==\r\n"), (b"", b"535 5.7.8 no\r\n"),
        (b"QUIT", BYE), keywords=["AUTH CRAM-MD5"],
    )  # fmt: skip
    ran = await deliver(given(*to("you@mx.example"), "--auth-user", "bob"), server)
    (fate,) = ran.report.fates
    assert (fate.stage, fate.result) == (Stage.AUTH, Result.REFUSED)
    assert ran.report.status is ExitStatus.CHECK_FAILED


async def test_pipelined_commands_whose_recipients_were_all_refused_end_with_a_dot_alone() -> None:
    answers = OK + b"550 5.1.1 no\r\n" + GO_ON
    server = [*told((b"DATA", answers), (b".\r\n", b"554 5.5.1 no valid recipients\r\n"),
                    (b"QUIT", BYE), keywords=["PIPELINING"])]  # fmt: skip
    ran = await deliver(given(*to("you@mx.example")), server)
    assert [
        line for line in ran.heard if b":" in line and not line.startswith((b"MAIL", b"RCPT"))
    ] == []
    assert ran.report.fates[0].stage is Stage.RCPT
    assert ran.report.status is ExitStatus.CHECK_FAILED


async def test_recipients_past_the_limit_of_the_server_get_transactions_of_their_own() -> None:
    one = ((b"MAIL", OK), (b"RCPT", OK), (b"RCPT", OK), (b"DATA", GO_ON), (b".\r\n", QUEUED))
    last = ((b"MAIL", OK), (b"RCPT", OK), (b"DATA", GO_ON), (b".\r\n", QUEUED), (b"QUIT", BYE))
    ran = await deliver(
        given(*to("a@x.example", "b@x.example", "c@x.example")),
        told(*one, *last, keywords=["LIMITS RCPTMAX=2"]),
    )
    assert ran.report.accepted == 3
    assert ran.report.transactions == 2


async def test_too_many_recipients_behind_accepted_ones_are_sent_in_the_next_transaction() -> None:
    server = told(
        (b"MAIL", OK), (b"RCPT", OK), (b"RCPT", b"452 4.5.3 too many\r\n"),
        (b"RCPT", b"452 4.2.2 mailbox full\r\n"), (b"DATA", GO_ON), (b".\r\n", QUEUED),
        (b"MAIL", OK), (b"RCPT", b"452 4.5.3 too many\r\n"), (b"QUIT", BYE),
    )  # fmt: skip
    ran = await deliver(given(*to("a@x.example", "b@x.example", "c@x.example")), server)
    assert ran.results == [
        ("a@x.example", "accepted"), ("b@x.example", "deferred"), ("c@x.example", "deferred")
    ]  # fmt: skip
    assert ran.report.transactions == 2


async def test_lmtp_gives_one_result_for_each_recipient() -> None:
    server: list[Step] = [GREETING, Hear(b"LHLO"), ehlo()]
    for command, reply in (
        (b"MAIL", OK), (b"RCPT", OK), (b"RCPT", OK), (b"DATA", GO_ON),
        (b".\r\n", b"250 2.0.0 saved\r\n552 5.2.2 over quota\r\n"), (b"QUIT", BYE),
    ):  # fmt: skip
        server += [Hear(command), Say(reply)]
    ran = await deliver(given(*to("a@x.example", "b@x.example")), [*server, Hang()], lmtp=True)
    assert ran.results == [("a@x.example", "accepted"), ("b@x.example", "refused")]
    assert ran.report.status is ExitStatus.CHECK_FAILED


async def test_a_server_that_answers_in_the_middle_of_the_message_ends_it_undelivered() -> None:
    big = "x" * 70 + "\\n"
    words = given(*to("you@mx.example"), "--body", big * 9000)
    server = [*told((b"MAIL", OK), (b"RCPT", OK), (b"DATA", GO_ON))[:-1],
              Hear(b"From"), Say(b"552 5.3.4 too big\r\n"), Hang()]  # fmt: skip
    ran = await deliver(words, server)
    (fate,) = ran.report.fates
    assert (fate.stage, fate.result) == (Stage.CONTENT, Result.REFUSED)
    assert b".\r\n" not in ran.heard


async def test_chunks_are_sent_with_bdat_and_the_last_one_says_so() -> None:
    words = given(*to("bob@sandbox.test"), "--chunking", "--chunk-size", "100")
    async with PracticeServer() as server:
        ran = await delivered(words, Target(TargetKind.ADDRESS, server.host, server.port))
    sizes = [int(line.split()[1]) for line in ran.lines if line.startswith("BDAT")]
    assert set(sizes[:-1]) == {100}
    assert sum(sizes) == ran.report.content.octets
    assert [line.endswith(" LAST") for line in ran.lines if line.startswith("BDAT")][-2:] == [
        False, True
    ]  # fmt: skip
    assert ran.report.status is ExitStatus.OK


@pytest.mark.parametrize(
    ("option", "keyword", "in_mail", "in_rcpt"),
    [
        (("--notify", "success,failure"), "DSN", "", " NOTIFY=SUCCESS,FAILURE"),
        (("--ret", "hdrs"), "DSN", " RET=HDRS", ""),
        (("--envid", "a+b=c"), "DSN", " ENVID=a+2Bb+3Dc", ""),
        (("--orcpt", "auto"), "DSN", "", " ORCPT=rfc822;you@mx.example"),
        (("--body-type", "8bitmime"), "8BITMIME", " BODY=8BITMIME", ""),
        (("--smtputf8",), "SMTPUTF8", " SMTPUTF8", ""),
        (("--requiretls",), "REQUIRETLS", " REQUIRETLS", ""),
        (("--mt-priority=-4",), "MT-PRIORITY", " MT-PRIORITY=-4", ""),
        (("--deliverby", "120;R"), "DELIVERBY", " BY=120;R", ""),
        (("--hold-for", "60"), "FUTURERELEASE", " HOLDFOR=60", ""),
        (("--hold-until", "2030-01-01T00:00:00Z"), "FUTURERELEASE",
         " HOLDUNTIL=2030-01-01T00:00:00Z", ""),
    ],
)  # fmt: skip
async def test_a_parameter_goes_out_where_it_is_offered_and_is_said_to_be_left_out_where_not(
    option: tuple[str, ...], keyword: str, in_mail: str, in_rcpt: str
) -> None:
    words = (*to("you@mx.example"), *option)
    ran = await deliver(given(*words), told(*DELIVERED, keywords=[keyword]))
    assert f"MAIL FROM:<me@client.example>{in_mail}" in ran.lines
    assert f"RCPT TO:<you@mx.example>{in_rcpt}" in ran.lines
    ran = await deliver(given(*words), told((b"QUIT", BYE)))
    assert ran.lines == ["EHLO client.example", "QUIT"]
    assert keyword in ran.report.fates[0].reason
    assert ran.report.status is ExitStatus.CHECK_FAILED
    ran = await deliver(given(*words, "--force"), told(*DELIVERED))
    assert f"MAIL FROM:<me@client.example>{in_mail}" in ran.lines
    assert ran.report.status is ExitStatus.OK


@pytest.mark.parametrize(
    ("option", "point", "last"),
    [
        ("--quit-after", "ehlo", "QUIT"),
        ("--quit-after", "mail", "QUIT"),
        ("--quit-after", "to", "QUIT"),
        ("--drop-after", "rcpt", "RCPT TO:<you@mx.example>"),
        ("--drop-after", "connect", ""),
        ("--drop-after-send", "mail", "MAIL FROM:<me@client.example>"),
        ("--drop-after-send", "data", "DATA"),
    ],
)
@pytest.mark.parametrize("keywords", [[], ["PIPELINING"]], ids=["in turn", "pipelined"])
async def test_a_session_stops_where_it_is_told_to(
    option: str, point: str, last: str, keywords: list[str]
) -> None:
    server = told((b"MAIL", OK), (b"RCPT", OK), (b"DATA", GO_ON), (b"QUIT", BYE),
                  keywords=keywords)  # fmt: skip
    if last == "QUIT":
        server = told(*(pair for pair, stop in (((b"MAIL", OK), point != "ehlo"),
                                                ((b"RCPT", OK), point == "to")) if stop),
                      (b"QUIT", BYE), keywords=keywords)  # fmt: skip
    ran = await deliver(given(*to("you@mx.example"), option, point), server)
    assert ([*ran.lines] or [""])[-1] == last
    assert ran.report.fates[0].result is Result.STOPPED
    assert ran.report.status is ExitStatus.OK


async def test_a_server_that_asks_for_the_message_gets_dots_doubled_and_line_ends_mended(
    tmp_path: Path,
) -> None:
    file = tmp_path / "m.eml"
    file.write_bytes(b"Subject: x\n\n.dot\r..two\r\nno end")
    words = given(*to("you@mx.example"), "--eml", str(file))
    ran = await deliver(words, told(*DELIVERED))
    assert (
        b"".join(ran.heard)
        .partition(b"DATA\r\n")[2]
        .startswith(b"Subject: x\r\n\r\n..dot\r\n...two\r\nno end\r\n.\r\n")
    )
    assert ran.report.content.lone == 3


async def test_a_server_that_reads_no_more_is_given_up_and_gets_no_end_of_the_message(
    tmp_path: Path,
) -> None:
    file = tmp_path / "big.eml"
    file.write_bytes(b"Subject: big\r\n\r\n" + (b"x" * 70 + b"\r\n") * 400_000)
    begun = asyncio.Event()
    server = [*told((b"MAIL", OK), (b"RCPT", OK), (b"DATA", GO_ON))[:-1], Await(begun)]
    ran = await deliver(given(*to("you@mx.example"), "--eml", str(file)), server)
    (fate,) = ran.report.fates
    assert (fate.stage, fate.result) == (Stage.CONTENT, Result.NO_ANSWER)
    assert "the server does not read" in fate.reason
    assert ran.report.status is ExitStatus.CANNOT_TELL
    assert b".\r\n" not in ran.heard


@pytest.mark.parametrize(
    ("steps", "result"),
    [
        ([Hear(b".\r\n")], Result.UNKNOWN),
        ([], Result.NO_ANSWER),
    ],
    ids=["after the dot", "before it"],
)
async def test_an_interrupted_delivery_says_what_is_known(
    steps: list[Step], result: Result
) -> None:
    server = told((b"MAIL", OK), (b"RCPT", OK))[:-1]
    server += [Hear(b"DATA"), Say(GO_ON), *steps] if steps else [Hear(b"DATA")]
    words = given(*to("you@mx.example"))
    async with faults.serve([*server, Hang()]) as listening:
        client = Client(ConnectOptions(family=4))
        delivery = Delivery(client, words.order, words.source, words.limits, credentials)
        await client.open(Target(TargetKind.HOST, "localhost", listening.port))
        running = asyncio.ensure_future(delivery.run())
        await asyncio.sleep(1)
        running.cancel()
        await asyncio.wait({running})
        delivery.interrupted()
        await client.close()
    assert delivery.report("x").fates[0].result is result


def test_a_message_of_any_size_takes_no_memory(tmp_path: Path) -> None:
    file = tmp_path / "big.eml"
    with file.open("wb") as written:
        for _ in range(64):
            written.write((b"x" * 62 + b"\r\n") * 16384)
    tracemalloc.start()
    try:
        source = given(*to("you@mx.example"), "--eml", str(file)).source
        octets = sum(map(len, source.pieces()))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    source.close()
    assert octets == source.content.octets == 64 << 20
    assert peak < 8 << 20


async def test_a_421_to_a_recipient_ends_the_session_there() -> None:
    server = told((b"MAIL", OK), (b"RCPT", b"421 4.3.2 busy\r\n"))
    ran = await deliver(given(*to("a@x.example", "b@x.example")), server)
    assert [result for _, result in ran.results] == ["deferred", "deferred"]
    assert ran.lines[-1] == "RCPT TO:<a@x.example>"


@pytest.mark.parametrize(
    "data", [b"554 5.5.1 no valid recipients\r\n", b"503 5.5.1 RCPT first\r\n"]
)
async def test_the_headline_tells_the_recipients_fate_not_the_refusal_of_data_that_follows_from_it(
    data: bytes,
) -> None:
    answers = OK + b"450 4.2.0 greylisted\r\n" + data
    server = told((b"DATA", answers), (b"QUIT", BYE), keywords=["PIPELINING"])
    ran = await deliver(given(*to("you@mx.example")), server)
    assert ran.report.result is Result.DEFERRED
    assert text_of(text_lines(ran.report)[0]) == (
        "Result: deferred at RCPT: 450 4.2.0 greylisted; nothing was delivered"
    )


REFUSED = b"550 5.1.1 no such user\r\n"
FULL = b"452 4.5.3 too many\r\n"


@pytest.mark.parametrize("keywords", [[], ["PIPELINING"]], ids=["in turn", "pipelined"])
@pytest.mark.parametrize(
    ("replies", "headline", "lines", "status"),
    [
        ([b"250 2.1.5 Ok\r\n"],
         "1 of 1 recipient accepted at RCPT; stopped after rcpt; nothing was delivered",
         ["accepted  a@x.example  at RCPT: 250 2.1.5 Ok (stopped there)"], ExitStatus.OK),
        ([OK, REFUSED],
         "1 of 2 recipients accepted at RCPT; stopped after rcpt; nothing was delivered",
         ["refused   b@x.example  at RCPT: 550 5.1.1 no such user",
          "accepted  a@x.example  at RCPT: 250 2.1.0 Ok (stopped there)"],
         ExitStatus.CHECK_FAILED),
        ([REFUSED], "refused at RCPT: 550 5.1.1 no such user; nothing was delivered",
         ["refused   a@x.example  at RCPT: 550 5.1.1 no such user"], ExitStatus.CHECK_FAILED),
        ([OK, FULL],
         "1 of 2 recipients accepted at RCPT; stopped after rcpt; nothing was delivered",
         ["deferred  b@x.example  at RCPT: 452 4.5.3 too many",
          "accepted  a@x.example  at RCPT: 250 2.1.0 Ok (stopped there)"],
         ExitStatus.CHECK_FAILED),
    ],
    ids=["accepted", "one refused", "refused", "too many"],
)  # fmt: skip
async def test_a_stop_behind_rcpt_tells_what_rcpt_said_of_each_recipient(
    replies: list[bytes], headline: str, lines: list[str], status: ExitStatus, keywords: list[str]
) -> None:
    people = ["a@x.example", "b@x.example"][: len(replies)]
    server = told((b"MAIL", OK), *((b"RCPT", reply) for reply in replies), (b"QUIT", BYE),
                  keywords=keywords)  # fmt: skip
    ran = await deliver(given(*to(*people), "--quit-after", "rcpt"), server)
    shown = [text_of(line).strip() for line in text_lines(ran.report)]
    assert shown[0] == f"Result: {headline}"
    assert shown[1:] == lines
    assert ran.report.status is status


async def test_a_recipient_that_a_stop_left_no_transaction_for_is_not_taken_for_accepted() -> None:
    server = told((b"MAIL", OK), (b"RCPT", OK), (b"QUIT", BYE), keywords=["LIMITS RCPTMAX=1"])
    words = given(*to("a@x.example", "b@x.example"), "--quit-after", "rcpt")
    ran = await deliver(words, server)
    assert ran.results == [("a@x.example", "stopped"), ("b@x.example", "no answer")]
    assert ran.report.status is ExitStatus.CANNOT_TELL


async def test_json_has_the_acceptance_that_a_session_was_stopped_behind() -> None:
    server = told((b"MAIL", OK), (b"RCPT", b"250 2.1.5 Ok\r\n"), (b"QUIT", BYE))
    ran = await deliver(given(*to("a@x.example"), "--quit-after", "rcpt"), server)
    found = report_object(ran.report)
    assert isinstance(found["recipients"], list)
    (person,) = found["recipients"]
    assert person["result"] == "stopped"
    so_far = person["so_far"]
    assert (so_far["stage"], so_far["result"], so_far["code"]) == ("rcpt", "accepted", 250)


async def test_a_shorter_limit_is_that_of_the_reply_to_quit_too() -> None:
    words = given("--timeout", "500ms", *to("you@mx.example"))
    loop = asyncio.get_running_loop()
    begun = loop.time()
    ran = await deliver(words, told(*DELIVERED[:-1]))
    assert ran.results == [("you@mx.example", "accepted")]
    assert loop.time() - begun < 3
