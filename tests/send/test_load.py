"""A load test is bounded, stays on this machine unless it is told otherwise, and counts."""

from __future__ import annotations

import pytest

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.errors import UsageError
from smtpprobe.exits import ExitStatus
from smtpprobe.protocol.target import Target, TargetKind, parse_target
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Close, Hear, Say, Step
from smtpprobe.send.load import FRUITLESS, Load, LoadReport, LoadTest, check_owner
from smtpprobe.send.load_report import percentile
from tests.send.delivering import GO_ON, GREETING, OK, QUEUED, credentials, ehlo, given, to

MESSAGE: list[Step] = [Hear(b"MAIL"), Say(OK), Hear(b"RCPT"), Say(OK), Hear(b"DATA"), Say(GO_ON),
                       Hear(b".\r\n"), Say(QUEUED)]  # fmt: skip
BEGIN: list[Step] = [GREETING, Hear(b"EHLO"), ehlo()]


async def loaded(load: Load, *servers: list[Step]) -> tuple[LoadReport, list[bytes]]:
    words = given(*to("you@mx.example"))
    async with faults.serve(*servers) as listening:
        client = Client(ConnectOptions(family=4, greeting_timeout=1.0))
        test = LoadTest(
            load=load,
            client=client,
            target=Target(TargetKind.HOST, "localhost", listening.port),
            order=words.order,
            source=words.source,
            limits=words.limits,
            credentials=credentials,
        )
        report = await test.run(lambda _done: None, lambda _report: None)
        await client.close()
        return report, list(listening.heard)


async def test_one_connection_takes_all_messages_each_with_an_id_of_its_own() -> None:
    report, heard = await loaded(Load(3), [*BEGIN, *MESSAGE * 3, Hear(b"QUIT"), Close()])
    assert (report.sent, report.connections, report.results["accepted"]) == (3, 1, 3)
    assert report.status is ExitStatus.OK
    ids = [line for line in heard if line.startswith(b"Message-ID")]
    assert len(set(ids)) == 3


async def test_a_server_that_closes_in_between_is_connected_to_again() -> None:
    report, _ = await loaded(
        Load(2), [*BEGIN, *MESSAGE, Close()], [*BEGIN, *MESSAGE, Hear(b"QUIT"), Close()]
    )
    assert report.results.total() == 2
    assert report.connections in (1, 2)


async def test_messages_go_out_at_no_more_than_the_rate() -> None:
    report, _ = await loaded(Load(5, 2), [*BEGIN, *MESSAGE * 5, Hear(b"QUIT"), Close()])
    assert report.seconds >= 2.0


async def test_a_server_that_is_gone_ends_the_test() -> None:
    report, _ = await loaded(Load(100), [Close()])
    assert report.sent == FRUITLESS
    assert report.status is ExitStatus.CANNOT_TELL


async def test_a_transaction_that_found_no_recipient_is_reset_before_the_next() -> None:
    refused: list[Step] = [Hear(b"MAIL"), Say(OK), Hear(b"RCPT"), Say(b"550 5.1.1 no\r\n")]
    report, heard = await loaded(
        Load(2), [*BEGIN, *refused, Hear(b"RSET"), Say(OK), *refused, Hear(b"QUIT"), Close()]
    )
    assert report.results == {"refused": 2}
    assert heard.count(b"RSET\r\n") == 1


@pytest.mark.parametrize("target", ["localhost:25", "127.0.0.1", "[::1]:25", "unix:/run/x"])
def test_this_machine_may_be_loaded(target: str) -> None:
    check_owner(parse_target(target), owned=False)


@pytest.mark.parametrize("target", ["mx.example.org", "192.0.2.1", "localhost.example.org:25"])
def test_another_server_may_be_loaded_only_by_its_owner(target: str) -> None:
    with pytest.raises(UsageError, match="not on this machine"):
        check_owner(parse_target(target), owned=False)
    check_owner(parse_target(target), owned=True)
    with pytest.raises(UsageError, match="needs --repeat"):
        given(*to("you@mx.example"), "--rate", "3")


def test_a_percentile_is_one_of_the_values() -> None:
    assert percentile([], 50) is None
    assert [percentile([1.0, 2.0, 3.0, 4.0], one) for one in (50, 90, 99, 100)] == [2, 4, 4, 4]
