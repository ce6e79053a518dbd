"""The wire, and a contract test of everything that it takes from aiosmtplib."""

from __future__ import annotations

import asyncio
import inspect
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

import aiosmtplib
import pytest
from aiosmtplib.protocol import SMTPProtocol
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.net.tls.context import liberal_context
from smtpprobe.net.wire import TURN_LINES, TURN_OCTETS, Flow, Upgrade, Wire, portion_end
from smtpprobe.protocol.implicit_tls import is_record
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Close, Hang, Hear, Pause, Say, Script, StartTls
from tests.net.stage import server_side


class Ear:
    """What a wire told."""

    def __init__(self) -> None:
        self.octets = b""
        self.lost: list[Exception | None] = []
        self.ended = asyncio.Event()
        self.news = asyncio.Event()

    async def heard(self, octets: bytes) -> None:
        while octets not in self.octets:
            self.news.clear()
            await self.news.wait()

    def end(self, error: Exception | None) -> None:
        self.lost.append(error)
        self.ended.set()

    def wire(self) -> Wire:
        return Wire(lambda reply: self._hear(reply.raw), self.end)

    def _hear(self, octets: bytes) -> None:
        self.octets += octets
        self.news.set()


@asynccontextmanager
async def connected(script: Script) -> AsyncIterator[tuple[Wire, Ear]]:
    async with faults.serve(script) as server:
        ear = Ear()
        loop = asyncio.get_running_loop()
        _, wire = await loop.create_connection(ear.wire, server.host, server.port)
        try:
            yield wire, ear
        finally:
            wire.forget()
            await wire.shut(1)


async def test_what_becomes_of_octets_is_told_by_the_flow_as_its_diagram_has_it() -> None:
    script = [
        *(Say(b"220 hi\r\n"), Hear(b"STARTTLS"), Say(b"454 later\r\n"), Hear(b"STARTTLS")),
        *(Say(b"220 go\r\n"), StartTls(server_side()), Say(b"250 x\r\n"), Hang()),
    ]
    context = liberal_context()
    async with connected(script) as (wire, ear):
        flows = [wire._flow]
        wire.release()
        flows.append(wire._flow)
        await ear.heard(b"220 hi")
        for answer in (b"454", b"220 go"):
            upgrading = asyncio.ensure_future(wire.secure(context, None, 5, b"STARTTLS\r\n"))
            await asyncio.sleep(0)
            flows.append(wire._flow)
            await ear.heard(answer)
            flows.append(wire._flow)
            await upgrading
            flows.append(wire._flow)
        wire.release()
        flows.append(wire._flow)
        wire.abort()
        await ear.ended.wait()
        flows.append(wire._flow)
        wire.release()
        flows.append(wire._flow)
    assert flows == [
        *(Flow.HELD, Flow.OPEN),
        *(Flow.ASKED, Flow.OPEN, Flow.OPEN),
        *(Flow.ASKED, Flow.SHAKING, Flow.HELD),
        *(Flow.OPEN, Flow.ENDED, Flow.ENDED),
    ]


async def test_a_handshake_that_fails_leaves_the_wire_holding() -> None:
    script = [Say(b"220 hi\r\n"), Hear(b"STARTTLS"), Say(b"220 go\r\n"), Hang()]
    async with connected(script) as (wire, ear):
        wire.release()
        await ear.heard(b"220 hi")
        with pytest.raises(TimeoutError):
            await wire.secure(liberal_context(), None, 1, b"STARTTLS\r\n")
        assert wire._flow is Flow.HELD


async def test_octets_that_come_for_nobody_are_kept_by_nobody() -> None:
    async with connected([faults.Flood(b"250 x\r\n")]) as (wire, _):
        wire.forget()
        await asyncio.sleep(0.1)
        assert (len(wire._inbox), wire.pending_octets) == (0, 0)


# --- aiosmtplib


def test_aiosmtplib_is_of_the_series_that_this_was_written_for() -> None:
    assert version("aiosmtplib").split(".")[0] == "5"


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("__init__", ["self", "loop", "connection_lost_callback"]),
        ("connection_made", ["self", "transport"]),
        ("data_received", ["self", "data"]),
        ("eof_received", ["self"]),
        ("connection_lost", ["self", "exc"]),
        ("pause_writing", ["self"]),
        ("resume_writing", ["self"]),
        ("write", ["self", "data"]),
        ("read_response", ["self", "timeout"]),
        ("start_tls", ["self", "tls_context", "server_hostname", "timeout"]),
    ],
)
def test_the_methods_of_smtpprotocol_are_as_they_were(method: str, parameters: list[str]) -> None:
    found = getattr(SMTPProtocol, method)
    assert list(inspect.signature(found).parameters) == parameters
    assert inspect.iscoroutinefunction(found) == (method in {"read_response", "start_tls"})


async def test_no_name_of_the_wire_hides_one_of_smtpprotocol() -> None:
    theirs = set(vars(SMTPProtocol())) | set(dir(SMTPProtocol))
    wire = Ear().wire()
    own = set(vars(wire)) - set(vars(SMTPProtocol()))
    assert not own & theirs
    overridden = {name for name in vars(Wire) if name in dir(SMTPProtocol) and name[:2] != "__"}
    assert overridden == {
        "connection_lost",
        "data_received",
        "eof_received",
        "pause_writing",
        "read_response",
        "resume_writing",
        "write",
    }


async def test_start_tls_writes_reads_and_hands_over_without_a_pause(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The order on which the cut between plaintext and TLS relies."""
    steps: list[str] = []
    loop = asyncio.get_running_loop()

    class Probe(SMTPProtocol):
        def write(self, data: bytes) -> None:
            steps.append(data.decode())

        async def read_response(self, timeout: float | None = None) -> aiosmtplib.SMTPResponse:  # noqa: ARG002, ASYNC109 - aiosmtplib's signature
            loop.call_soon(steps.append, "somebody else's turn")
            return aiosmtplib.SMTPResponse(220, "go")

    class Transport(asyncio.Transport):
        def is_closing(self) -> bool:
            return False

    async def start_tls(*_: object, **named: object) -> None:
        steps.append(f"handed over for {named['server_hostname']}")
        raise ConnectionError

    monkeypatch.setattr(loop, "start_tls", start_tls)
    probe = Probe()
    probe.connection_made(Transport())
    with pytest.raises(aiosmtplib.SMTPServerDisconnected):
        await probe.start_tls(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), "mx.example", 1)
    assert steps == ["STARTTLS\r\n", "handed over for mx.example"]


async def test_the_replies_of_aiosmtplib_itself_are_not_used() -> None:
    wire = Ear().wire()
    with pytest.raises(aiosmtplib.SMTPServerDisconnected, match="go to the session"):
        await wire.read_response()


# --- holding, order, end


async def test_nothing_is_told_before_the_release_and_nothing_is_lost() -> None:
    async with connected([Say(b"220 hi\r\n421 bye\r\n22")]) as (wire, ear):
        await asyncio.sleep(0.02)
        assert ear.octets == b""
        assert ear.lost == []
        wire.release()
        await ear.ended.wait()
        assert ear.octets == b"220 hi\r\n421 bye\r\n22"
        assert ear.lost == [None]


async def test_the_end_is_told_once_and_late_octets_do_no_harm() -> None:
    async with connected([Say(b"220 hi\r\n")]) as (wire, ear):
        wire.release()
        await ear.ended.wait()
        wire.data_received(b"250 late\r\n")
        wire.connection_lost(None)
        assert ear.octets == b"220 hi\r\n"
        assert ear.lost == [None]


async def test_a_forgotten_wire_calls_nobody() -> None:
    async with connected([Say(b"220 hi\r\n"), Pause(0.01)]) as (wire, ear):
        wire.forget()
        wire.release()
        await wire.shut(1)
        assert ear.octets == b""
        assert ear.lost == []


async def test_what_is_held_stops_the_reading_at_a_limit() -> None:
    async with connected([faults.Flood(b"250 x\r\n")]) as (wire, _):
        await asyncio.sleep(0.05)
        assert len(wire._inbox) <= (1 << 20) + 256 * 1024


async def test_shut_does_not_wait_longer_than_its_limit() -> None:
    async with connected([Hear(b"never"), Hang()]) as (wire, _):
        loop = asyncio.get_running_loop()
        wire.pause()
        wire.write(b"x" * (16 << 20))
        began = loop.time()
        await wire.shut(0.05)
        assert loop.time() - began < 1
        assert not wire.is_connected


async def test_drain_waits_for_room_and_ends_with_the_connection() -> None:
    async with connected([Pause(5)]) as (wire, _):
        wire.write(b"x" * (16 << 20))
        draining = asyncio.ensure_future(wire.drain())
        await asyncio.sleep(0.01)
        assert not draining.done()
        wire.abort()
        await draining


# --- laws


@given(st.lists(st.sampled_from([b"220", b"250-a", b" ", b"\r\n", b"\n", b"x" * 70, b"\0"])))
def test_portions_cover_everything_in_order(parts: list[bytes]) -> None:
    octets = bytearray(b"".join(parts) * 40)
    whole = bytes(octets)
    taken = b""
    while octets:
        end = portion_end(octets)
        assert 0 < end <= TURN_OCTETS
        assert octets.count(b"\n", 0, end) <= TURN_LINES
        taken += octets[:end]
        del octets[:end]
    assert taken == whole


@given(octets=st.binary(max_size=300), cuts=st.lists(st.integers(1, 40), max_size=20))
def test_no_octet_is_lost_at_any_chunking(octets: bytes, cuts: list[int]) -> None:
    async def play() -> bytes:
        ear = Ear()
        wire = ear.wire()
        wire.release()
        rest = octets
        for cut in (*cuts, len(octets)):
            wire.data_received(rest[:cut])
            rest = rest[cut:]
        wire.data_received(rest)
        for _ in range(10):
            await asyncio.sleep(0)
        wire.connection_lost(None)
        assert ear.lost == [None]
        return ear.octets

    assert asyncio.run(play()) == octets


ALERT = bytes.fromhex("15030300020250")


@given(
    octets=st.binary(max_size=200) | st.binary(max_size=200).map(lambda rest: ALERT + rest),
    cut=st.integers(0, 200),
)
def test_what_stands_behind_a_220_to_starttls_is_cut_off_to_the_octet(
    octets: bytes, cut: int
) -> None:
    async def play() -> tuple[bytes, bytes, bytes]:
        ear = Ear()
        wire = ear.wire()
        wire.release()
        wire._flow = Flow.ASKED
        wire._upgrade = Upgrade(b"STARTTLS\r\n", asyncio.get_running_loop().create_future())
        line = b"220 go\r\n"
        stream = line + octets
        wire.data_received(stream[: len(line) + cut])
        answer = await wire.read_response()
        assert answer.code == 220
        return ear.octets, wire.leftover, wire.early

    told, leftover, early = asyncio.run(play())
    assert told == b"220 go\r\n"
    assert leftover + early == octets[:cut]
    assert bool(early) is is_record(octets[:cut])


async def test_a_reply_to_a_starttls_that_nobody_waits_for_any_more_does_no_harm() -> None:
    ear = Ear()
    wire = ear.wire()
    wire.release()
    wire._flow = Flow.ASKED
    answer = asyncio.get_running_loop().create_future()
    wire._upgrade = Upgrade(b"STARTTLS\r\n", answer)
    answer.cancel()
    wire.data_received(b"220 go\r\n")
    assert ear.octets == b"220 go\r\n"


async def test_whole_lines_of_a_reply_that_goes_on_are_told_and_nothing_else_is() -> None:
    heard: list[str] = []
    wire = Wire(
        lambda reply: heard.append(str(reply.code)),
        lambda _error: heard.append("lost"),
        lambda: heard.append(f"{len(wire.unfinished)} of one"),
    )
    wire.connection_made(asyncio.Transport())
    wire._steer = lambda: None  # type: ignore[method-assign] # that transport cannot be steered
    wire.release()
    wire.data_received(b"250 a\r\n250 b\r\n25")
    wire.data_received(b"0-c\r\n250-d\r\n2")
    wire.data_received(b"50 e\r\n" + b"250 f\r\n" * 400 + b"250-g\r\n")
    for _ in range(10):
        await asyncio.sleep(0)
    wire.connection_lost(None)
    assert heard[:4] == ["250", "250", "2 of one", "250"]
    assert heard.count("250") == 404  # that which was cut off among them
    assert heard[-3:] == ["1 of one", "250", "lost"]


def test_the_wire_names_nothing_as_what_is_below_it_does() -> None:
    """`_paused` once did: writing that paused then stopped the reading too."""

    def names(kind: type) -> set[str]:
        return set(re.findall(r"self\.(_[a-z]\w*)", inspect.getsource(kind)))

    below = {name for kind in Wire.__mro__[1:-1] for name in names(kind)}
    assert names(Wire) & below == {"_loop"}


async def test_our_side_closed_in_clear_still_hears_what_was_on_its_way() -> None:
    script = (Hear(b"QUIT"), Pause(0.2), Say(b"221 bye\r\n"), Close())
    async with connected(script) as (wire, ear):
        wire.release()
        wire.send(b"QUIT\r\n")
        wire.end_writing()
        await ear.ended.wait()
        assert ear.octets == b"221 bye\r\n"
        assert ear.lost == [None]


async def test_our_side_closed_inside_tls_still_hears_what_was_on_its_way() -> None:
    secured = StartTls(server_side("localhost"))
    script = (Hear(b"STARTTLS"), Say(b"220 go\r\n"), secured, Hear(b"QUIT"), Say(b"221 bye\r\n"))
    async with connected((*script, Close())) as (wire, ear):
        wire.release()
        assert await wire.secure(liberal_context(), "localhost", 5.0, b"STARTTLS\r\n")
        wire.release()
        wire.send(b"QUIT\r\n")
        wire.end_writing()
        await ear.ended.wait()
        assert ear.octets == b"220 go\r\n221 bye\r\n"
        assert ear.lost == [None]


async def test_an_upgrade_that_the_server_leaves_unanswered_is_none() -> None:
    async with connected((Hear(b"STARTTLS"), Close())) as (wire, ear):
        wire.release()
        assert not await wire.secure(liberal_context(), "localhost", 5.0, b"STARTTLS\r\n")
        await ear.ended.wait()
        assert ear.octets == b""


async def test_nothing_is_known_of_the_other_side_before_there_is_one() -> None:
    wire = Ear().wire()
    assert wire.addresses == ("", "")
    assert wire.unsent_octets == 0
    assert wire.ssl_object is None
    wire.abort()
    wire.connection_lost(None)
