"""What is done at mail hosts: sessions side by side, comparisons, never more than allowed."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import replace
from errno import ECONNREFUSED
from typing import TypeAlias

import pytest
import trustme

from smtpprobe.protocol.target import SUBMISSION_PORT, Target, TargetKind, parse_target
from smtpprobe.sandbox.faults import Close, Hang, Hear, Reset, Say, Script, StartTls, Step
from smtpprobe.sandbox.network import SILENCE, Where, network
from smtpprobe.starttls.collect.limits import Limits
from smtpprobe.starttls.collect.options import Gathering
from smtpprobe.starttls.facts import Connect
from smtpprobe.why.collect.allowance import AT_A_TIME, IN_ALL, MOST_RECIPIENTS
from smtpprobe.why.collect.dialogue import named_wait
from smtpprobe.why.collect.notes import Notes
from smtpprobe.why.collect.run import gather
from smtpprobe.why.collect.tools import Tools
from smtpprobe.why.diagnose.diagnose import diagnose
from smtpprobe.why.facts import Known, Purpose
from smtpprobe.why.request import Kind
from tests.why.collect.peer import ASKED, HERE, Peer, heard, one_host, sought
from tests.why.collect.stage import MadeUp, Zone

MX: Where = ("198.51.100.1", 25)
Places: TypeAlias = dict[Where, Script | int]
NO = b"550 5.7.1 Access denied\r\n"


async def test_the_dialogue_ends_with_rset_and_quit_and_nothing_is_ever_sent() -> None:
    known, net = await sought({MX: [Peer({})]})
    assert heard(net) == [
        "EHLO out.here.test",
        "MAIL FROM:<me@here.test>",
        "RCPT TO:<anna@there.test>",
        "RSET",
        "QUIT",
    ]
    assert diagnose(known).cause.id == "accepted"
    assert (known.connections, known.recipients) == (1, 1)


async def test_without_rcpt_not_even_a_sender_is_named() -> None:
    known, net = await sought({MX: [Peer({})]}, request=replace(ASKED, rcpt=False))
    assert heard(net) == ["EHLO out.here.test", "QUIT"]
    assert diagnose(known).cause.id == "not-tried"


async def test_a_refusal_is_compared_in_the_same_session() -> None:
    known, net = await sought({MX: [Peer({b"RCPT TO:<anna": NO})]})
    lines = heard(net)
    assert lines[4:9] == [
        "MAIL FROM:<>",
        "RCPT TO:<anna@there.test>",
        "RSET",
        "MAIL FROM:<me@here.test>",
        "RCPT TO:<postmaster@there.test>",
    ]
    assert known.connections == 1
    assert diagnose(known).cause.id == "recipient-refused"


async def test_a_server_that_ends_the_session_is_compared_in_another() -> None:
    closes = [Peer({b"RCPT TO:<anna": b"421 4.7.0 go away\r\n"})]
    known, net = await sought({MX: closes})
    assert known.connections == 1  # a host that says 421 is left alone
    assert [one.purpose for one in known.trials] == [Purpose.REAL]
    assert "QUIT" not in heard(net)


async def test_a_refused_sender_is_compared_at_mail() -> None:
    known, _ = await sought({MX: [Peer({b"MAIL FROM:<me": NO})]})
    assert diagnose(known).cause.id == "sender-rejected"
    assert [one.purpose for one in known.trials] == [Purpose.REAL, Purpose.NULL_SENDER]


async def test_a_refused_null_sender_is_compared_with_another() -> None:
    known, _ = await sought({MX: [Peer({b"MAIL FROM:<>": NO})]}, request=replace(ASKED, sender=""))
    assert diagnose(known).cause.id == "null-sender-refused"


async def test_a_host_gets_four_recipients_however_many_addresses_it_has() -> None:
    ips = tuple(f"198.51.100.{number}" for number in range(1, 6))
    zone = {**one_host(), "mx.there.test": {"A": ips}}
    request = replace(ASKED, catch_all=True)
    known, net = await sought({(ip, 25): [Peer({b"RCPT": NO})] for ip in ips}, zone, request)
    assert sum(line.startswith("RCPT") for line in heard(net)) == MOST_RECIPIENTS
    assert known.recipients == MOST_RECIPIENTS


async def test_four_hosts_that_are_well_take_hardly_longer_than_the_slowest() -> None:
    ips = tuple(f"198.51.100.{number}" for number in range(1, 5))
    names = [f"mx{number}.there.test" for number in range(1, 5)]
    zone: Zone = {
        **HERE,
        "there.test": {"MX": tuple(f"10 {name}" for name in names)},
        **{name: {"A": (ip,)} for name, ip in zip(names, ips, strict=True)},
    }
    slowest, _ = await sought({MX: [Peer({}, after=2.0)]})
    places: Places = {
        (ip, 25): [Peer({}, after=2.0 - number / 10)] for number, ip in enumerate(ips)
    }
    known, _ = await sought(places, zone)
    assert diagnose(known).cause.id == "accepted"
    assert known.seconds < 1.3 * slowest.seconds


async def test_no_more_than_six_connections_are_open_at_a_time() -> None:
    ips = tuple(f"198.51.100.{number}" for number in range(1, 13))
    zone = {**one_host(), "mx.there.test": {"A": ips}}
    async with network({(ip, 25): [Peer({}, after=1.0)] for ip in ips}) as net:
        shared = MadeUp(zone, Gathering("out.here.test", connector=net))
        shared.limits = Limits(AT_A_TIME, 0.0, IN_ALL)
        task = asyncio.ensure_future(gather(Notes(Known(ASKED)), Tools(shared)))
        await asyncio.sleep(0.5)
        assert len(net.asked) == IN_ALL
        await task
        assert len(net.asked) == len(ips)


async def test_greylisting_is_waited_for_only_as_long_as_is_allowed() -> None:
    later = b"450 4.2.0 Greylisted, try again in 20 seconds\r\n"
    script = [Peer({b"RCPT": later})]
    known, _ = await sought({MX: script}, request=replace(ASKED, wait=10.0))
    assert (known.seconds < 10, known.tried(Purpose.AGAIN)) == (True, ())
    known, _ = await sought({MX: script}, request=replace(ASKED, wait=60.0))
    assert [one.reply.code for one in known.tried(Purpose.AGAIN) if one.reply] == [450]
    assert known.seconds > 20


@pytest.mark.parametrize(
    ("text", "wait"),
    [
        ("Greylisted, try again in 300 seconds", 300.0),
        ("come back in 5 minutes", 300.0),
        ("Greylisting in action, wait 00:04:30", 270.0),
        ("Greylisted", None),
        ("see http://help/60s.html", None),
    ],
)
def test_the_wait_is_the_one_that_the_reply_names(text: str, wait: float | None) -> None:
    assert named_wait(text) == wait


async def test_silence_everywhere_is_compared_with_the_control_host() -> None:
    request = replace(ASKED, control=parse_target("[192.0.2.77]"))
    blocked: Places = {MX: SILENCE, ("192.0.2.77", 25): SILENCE, ("192.0.2.77", 587): [Peer({})]}
    assert diagnose((await sought(blocked, request=request))[0]).cause.id == "port-25-blocked"
    open_: Places = {MX: SILENCE, ("192.0.2.77", 25): [Peer({})]}
    assert diagnose((await sought(open_, request=request))[0]).cause.id == "mx-unreachable"
    dead: Places = {MX: SILENCE, ("192.0.2.77", 25): SILENCE, ("192.0.2.77", 587): SILENCE,
            ("192.0.2.77", 443): SILENCE}  # fmt: skip
    assert diagnose((await sought(dead, request=request))[0]).cause.id == "no-connection"


async def test_an_interrupted_search_knows_what_was_seen_by_then() -> None:
    zone = {**one_host(), "mx.there.test": {"A": ("198.51.100.1", "198.51.100.2")}}
    places: Places = {MX: [Peer({b"RCPT TO:<anna": b"550 5.1.1 User unknown\r\n"})],
              ("198.51.100.2", 25): [Hang()]}  # fmt: skip
    async with network(places) as net:
        shared = MadeUp(zone, Gathering("out.here.test", connector=net))
        notes = Notes(Known(ASKED))
        task = asyncio.ensure_future(gather(notes, Tools(shared)))
        await asyncio.sleep(3)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert notes.known.interrupted
    assert diagnose(notes.known).cause.id == "unknown-recipient"
    ((_, other),) = [one for one in notes.known.places if one[1].ip == "198.51.100.2"]
    assert other.connect is Connect.INTERRUPTED


HOSTILE = [
    [Say(b"\xff\xfe\x1b[2J")],
    [Say(b"220 " + b"a" * 100_000), Hang()],
    [Say(b"220 hi\r\n250 surplus\r\n" * 50), Hang()],
    [Peer({b"EHLO": b"250-" + b"x" * 900 + b"\r\n250 SIZE 99999999999999999999\r\n"})],
    [Peer({b"MAIL": b"999 what\r\n", b"RCPT": b"\x00\x00\r\n"})],
    [Peer({b"RCPT": b"250-never\r\n"})],
    [Peer({b"RSET": b"500 no\r\n", b"RCPT": NO})],
]


@pytest.mark.parametrize("script", HOSTILE)
async def test_whatever_a_server_says_there_is_a_verdict(script: list[Say]) -> None:
    known, _ = await sought({MX: script})
    assert diagnose(known).title


SMTPS: Where = ("198.51.100.1", 465)
RELAYED = replace(
    ASKED, kind=Kind.SUBMISSION, way=Target(TargetKind.HOST, "mx.there.test", SUBMISSION_PORT)
)


@pytest.mark.parametrize(
    ("places", "asked", "cause"),
    [
        ({("198.51.100.1", 587): ECONNREFUSED}, 2, "relay-unreachable"),
        ({("198.51.100.1", 587): [Peer({})]}, 1, "accepted"),
    ],
)
async def test_another_port_is_tried_only_where_that_of_submission_does_not_open(
    places: Places, asked: int, cause: str
) -> None:
    known, _ = await sought({**places, SMTPS: ECONNREFUSED}, request=RELAYED)
    assert known.connections == asked
    assert diagnose(known).cause.id == cause
    assert bool(known.every("road.other-port")) == (asked == 2)


@pytest.mark.parametrize("end", [Close(), Reset()], ids=["closed", "reset"])
async def test_a_session_that_ends_right_after_rcpt_was_inside_tls_all_the_same(end: Step) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    trustme.CA().issue_cert("mx.there.test").configure_cert(context)
    hello, fine = Say(b"250-mx\r\n250 STARTTLS\r\n"), (Hear(), Say(b"250 ok\r\n"))
    server = [
        *(Say(b"220 mx ESMTP\r\n"), Hear(), hello, Hear(), Say(b"220 go\r\n"), StartTls(context)),
        *(*fine, *fine, Hear(), Say(b"250 ok\r\n"), end),
    ]
    known, _ = await sought({MX: server})
    assert [(one.taken, one.inside) for one in known.tried(Purpose.REAL)] == [(True, True)]
