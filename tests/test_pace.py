"""What is sent slowly, and in small segments: how it goes out, and what is told of it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.client import Client, ConnectOptions, _Slow
from smtpprobe.errors import UsageError
from smtpprobe.exits import ExitStatus
from smtpprobe.protocol.command import Command, Kind, read_line
from smtpprobe.protocol.events import Closed, Event, Received, Sent
from smtpprobe.protocol.pace import Pace
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.redact import masked
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Close, Hang, Hear, Pause, Say, StartTls, Step
from smtpprobe.script.language.pace import read_pace
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.recordings.load import load_recording
from smtpprobe.script.recordings.recorder import Recorder
from smtpprobe.script.runner.run_settings import RunSettings
from smtpprobe.script.runner.runner import Runner
from tests.net.stage import server_side
from tests.script.runs import GREETING, host, outcome, run, told

NOOP = read_line("NOOP", Phase.READY)


@asynccontextmanager
async def connected(
    script: list[Step], pace: Pace | None
) -> AsyncIterator[tuple[Client, list[Event]]]:
    events: list[Event] = []
    async with faults.serve(script) as server:
        client = Client(ConnectOptions(family=4, pace=pace))
        await client.open(host(server.port))
        client.subscribe(lambda happening: events.append(happening.event))
        try:
            yield client, events
        finally:
            await client.close()


def sent(events: list[Event]) -> list[Command]:
    return [event.command for event in events if isinstance(event, Sent)]


@pytest.mark.parametrize(
    ("pace", "seconds"),
    [
        (Pace(10), 0.5),
        (Pace(1), 5.0),
        (Pace(20, 1), 0.25),
        (Pace(20), 0.2),
        (Pace(1000), 0.0),
        (Pace(None, 1), 0.0),
    ],
    ids=str,
)
async def test_octet_n_is_not_sent_before_its_time(pace: Pace, seconds: float) -> None:
    loop = asyncio.get_running_loop()
    async with connected([GREETING, Hear(b"NOOP"), Hang()], pace) as (client, events):
        began = loop.time()
        await client.send(NOOP)
        assert seconds <= loop.time() - began < seconds + 0.1
        assert sent(events) == [NOOP]
        assert events[0] == Sent(events[0].at, NOOP, pace)


@pytest.mark.real_time
@pytest.mark.skipif(not hasattr(socket, "TCP_INFO"), reason="only Linux counts segments")
@pytest.mark.parametrize("inside_tls", [False, True])
async def test_each_write_is_a_segment(inside_tls: bool) -> None:
    script: list[Step] = [GREETING, Hear(b"NOOP"), Say(b"250 ok\r\n"), Hang()]
    if inside_tls:
        secured = (Hear(b"STARTTLS"), Say(b"220 go\r\n"), StartTls(server_side()))
        script = [script[0], *secured, *script[1:]]
    async with connected(script, None) as (client, _):
        if inside_tls:
            await client.send(read_line("STARTTLS", client.state.phase))
        assert client._wire is not None
        assert client._wire.transport is not None
        connection = client._wire.transport.get_extra_info("socket")
        before = segments_out(connection)
        await client.send(NOOP, Pace(None, 1))
        assert segments_out(connection) - before == len(NOOP.raw)


@pytest.mark.real_time
@pytest.mark.skipif(not hasattr(socket, "TCP_INFO"), reason="only Linux counts segments")
async def test_lines_sent_together_are_one_segment() -> None:
    async with connected([GREETING, Hear(b"NOOP"), Hang()], None) as (client, events):
        assert client._wire is not None
        assert client._wire.transport is not None
        connection = client._wire.transport.get_extra_info("socket")
        before = segments_out(connection)
        await client.send_together([NOOP, NOOP, NOOP])
        assert segments_out(connection) - before == 1
        assert len({event.at for event in events if isinstance(event, Sent)}) == 1


def segments_out(connection: socket.socket) -> int:
    """Return tcpi_data_segs_out: how many segments with data went out (linux/tcp.h)."""
    info = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 256)
    return int.from_bytes(info[156:160], "little")


async def test_a_reply_in_the_middle_stands_where_it_came() -> None:
    many = Command(b"NOOP\r\nNOOP\r\n", Kind.RAW, exact=True)
    script: list[Step] = [GREETING, Hear(b"NOOP"), Say(b"250 1\r\n"), Hear(b"NOOP"), Hang()]
    async with connected(script, Pace(10, 1)) as (client, events):
        await client.send(many)
        first, reply, rest = events
        assert isinstance(reply, Received)
        assert b"".join(one.raw for one in sent(events)) == many.raw
        assert isinstance(first, Sent)
        assert first.command.raw == b"NOOP\r\n"
        assert isinstance(rest, Sent)


async def test_what_a_server_that_hangs_up_did_not_get_is_not_told_as_sent() -> None:
    async with connected([GREETING, Pause(0.35), Close()], Pace(10, 1)) as (client, events):
        await client.send(NOOP)
        assert [command.raw for command in sent(events)] == [b"NOOP"]
        assert isinstance(events[-1], Closed)


async def test_given_up_in_the_middle_it_tells_what_has_gone_out() -> None:
    async with connected([GREETING, Hang()], Pace(10, 1)) as (client, events):
        sending = asyncio.ensure_future(client.send(NOOP))
        await asyncio.sleep(0.25)
        sending.cancel()
        await asyncio.wait([sending])
        assert [command.raw for command in sent(events)] == [b"NOO"]
        assert not client.sends_slowly


@pytest.mark.parametrize("octets", range(1, 19))
async def test_a_hang_up_at_every_octet_leaves_what_went_out_in_the_recording(
    octets: int, tmp_path: Path
) -> None:
    path = tmp_path / "call.jsonl"
    script: list[Step] = [GREETING, Pause(octets / 10 - 0.05), Close()]
    raw = r':raw "NOOP\r\n\x00\xff\n" hex"0d" "RSET\r\n\r\n"'
    text = f"< 220\n:rate 10/s --segment 1\n{raw}\n< 250\n"
    async with faults.serve(script) as listening:
        client = Client(ConnectOptions(family=4))
        recorder = Recorder(client, str(path))
        settings = RunSettings("x", host(listening.port), timeout=5.0)
        result = await Runner(client, parse(text, "t.smtp"), settings).run()
        recorder.close()
    whole = b"NOOP\r\n\x00\xff\n\rRSET\r\n\r\n"
    recorded = load_recording(str(path)).events
    assert b"".join(one.raw for one in sent(list(recorded))) == whole[:octets]
    assert result.status is not ExitStatus.OK
    assert isinstance(recorded[-1], Closed)


LOGIN = "AUTH PLAIN AGJvYgBodW50ZXIyMg=="


@given(st.integers(1, 40))
def test_no_part_of_credentials_is_told_in_clear(cut: int) -> None:
    slow = _Slow(read_line(LOGIN, Phase.READY), Pace(10))
    parts = []
    for slow.gone in (min(cut, len(LOGIN) + 2), len(LOGIN) + 2):
        if (part := slow.untold()) is not None:
            parts.append(part)
    assert b"".join(part.raw for part in parts) == LOGIN.encode() + b"\r\n"
    seen = b"".join(masked(part).raw for part in parts)
    for secret in (b"AGJvYg", b"BodW50", b"yMg=="):
        assert secret not in seen


SCRIPT = r"""< 220
:rate 20/s --segment 2
NOOP
< 250
:rate off
NOOP
< 250
:raw "QUIT\r\n"
< 221
< eof
"""


async def test_a_script_sets_it_and_its_recording_says_so(tmp_path: Path) -> None:
    server = told((b"NOOP", b"250 ok\r\n"), (b"NOOP", b"250 ok\r\n"), (b"QUIT", b"221 bye\r\n"))
    server[-1] = Close()
    paths = [tmp_path / "call.smtp", tmp_path / "call.jsonl"]
    async with faults.serve(server) as listening:
        client = Client(ConnectOptions(family=4))
        recorders = [Recorder(client, str(path)) for path in paths]
        settings = RunSettings("x", host(listening.port), timeout=0.1)
        result = await Runner(client, parse(SCRIPT, "t.smtp"), settings).run()
        for recorder in recorders:
            recorder.close()
    assert outcome(result) == ()
    assert "\n:rate 20/s --segment 2\nNOOP\n" in paths[0].read_text()
    assert "\n:rate off\nNOOP\n" in paths[0].read_text()
    for path in paths:
        paces = [e.pace for e in load_recording(str(path)).events if isinstance(e, Sent)]
        assert paces == [Pace(20, 2), None, None]


async def test_a_slow_line_may_take_longer_than_a_reply() -> None:
    server = told((b"NOOP", b"250 ok\r\n"))
    result = await run("< 220\n:rate 1/s\nNOOP\n< 250 within 500ms\n", server, limit=0.5)
    assert outcome(result) == ()


async def test_the_next_case_is_fast_again() -> None:
    server = told((b"NOOP", b"250 ok\r\n"))
    script = ':case "a"\n:rate 1/s\nNOOP\n:case "b"\nNOOP\n'
    loop = asyncio.get_running_loop()
    began = loop.time()
    assert (await run(script, server, server)).status is ExitStatus.OK
    assert loop.time() - began < 6.0


@pytest.mark.parametrize(
    "text", ["", "10", "0/s", "-1/s", "1.5/s", "10/s --segment", "--segment 0"]
)
def test_what_is_no_rate_says_how_one_is_written(text: str) -> None:
    with pytest.raises(UsageError, match=r"10/s|rate|at least one octet|not a size"):
        read_pace(text)


@given(st.builds(Pace, st.none() | st.integers(1, 9**9), st.none() | st.integers(1, 9**9)))
def test_what_is_written_of_it_is_read_back(pace: Pace) -> None:
    assert read_pace(str(pace) or "off") == (pace if any(pace) else None)


def test_portions_are_never_more_than_the_rate_or_the_segment() -> None:
    for pace in (Pace(1), Pace(9), Pace(10), Pace(1000), Pace(1000, 7), Pace(None, 3)):
        assert 1 <= pace.portion <= max(1, (pace.rate or 10**9) // 10)
        assert pace.portion <= (pace.segment or 10**9)
    assert all(a <= b for a, b in pairwise(Pace(rate).portion for rate in (1, 10, 100, 10**7)))
