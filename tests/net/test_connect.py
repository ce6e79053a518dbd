"""Where connections begin: what each error reads as, over a network that is made up."""

from __future__ import annotations

import ast
import asyncio
import errno
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path
from typing import TypeAlias

import pytest

import smtpprobe
from smtpprobe.client import ConnectOptions
from smtpprobe.errors import ConnectFailed
from smtpprobe.net.connect import Connector, Endpoint, NoConnection, connect, direct, open_stream
from smtpprobe.net.os_errors import FAILURES, NOT_THERE
from smtpprobe.net.tls.client_hello import TLS1_2, Hello
from smtpprobe.net.tls.hello_probe import Line, ask
from smtpprobe.net.tls.strict_context import strict_context
from smtpprobe.protocol.attempts import Outcome
from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.events import Opened, Secured
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.sandbox.faults import Close, Flood, Hang, Hear, Reset, Say, Script, StartTls, serve
from smtpprobe.sandbox.network import SILENCE, network
from tests.net.stage import a_client, server_side, trusted_file

Reachable: TypeAlias = tuple[Connector, Endpoint]
Way: TypeAlias = Callable[[Script, Path], AbstractAsyncContextManager[Reachable]]

HERE = "192.0.2.1"
GREETING = Say(b"220 mx.example.org ESMTP\r\n")


async def failure(what: int, to: Endpoint) -> tuple[Outcome, str]:
    async with network({(to.address, to.port): what}) as made:
        with pytest.raises(NoConnection) as no:
            await connect(to, asyncio.Protocol, made)
    return no.value.outcome, no.value.reason


@pytest.mark.parametrize(
    ("number", "outcome", "reason"),
    [
        (errno.ECONNREFUSED, Outcome.REFUSED, ""),
        (errno.ENETUNREACH, Outcome.UNREACHABLE, "no route to this network"),
        (errno.EHOSTUNREACH, Outcome.UNREACHABLE, "no route to this host"),
        (errno.EHOSTDOWN, Outcome.UNREACHABLE, "that host is down"),
        (errno.ENETDOWN, Outcome.UNREACHABLE, "the network is down"),
        (errno.ETIMEDOUT, Outcome.TIMED_OUT, "the system timed out"),
        (errno.EADDRNOTAVAIL, Outcome.UNREACHABLE, "this machine has no address of this family"),
        (errno.EMFILE, Outcome.FAILED, "too many open files"),
        (errno.EACCES, Outcome.FAILED, "permission denied"),
    ],
)
async def test_each_error_of_the_system_is_an_outcome_with_its_words(
    number: int, outcome: Outcome, reason: str
) -> None:
    assert await failure(number, Endpoint(HERE, 25)) == (outcome, reason)


async def test_nobody_who_answers_is_given_up_at_the_limit_and_the_limit_is_named() -> None:
    found = await failure(SILENCE, Endpoint(HERE, 25, limit=7.5))
    assert found == (Outcome.TIMED_OUT, "no answer within 7.5s")


async def test_a_source_address_that_is_not_ours_is_told_from_a_family_that_is_missing() -> None:
    to = Endpoint(HERE, 25, bind=("198.51.100.9", 0))
    assert await failure(errno.EADDRNOTAVAIL, to) == (
        Outcome.FAILED,
        "the source address 198.51.100.9 is not an address of this machine",
    )


async def test_an_address_that_no_host_has_is_said_to_be_one_whatever_the_system_says() -> None:
    found = await failure(errno.ENETUNREACH, Endpoint("224.0.0.1", 25))
    assert found == (Outcome.FAILED, "a multicast address, which no host can have")


def test_what_is_not_there_for_questions_to_dns_is_what_refuses_or_is_out_of_reach() -> None:
    assert errno.ETIMEDOUT in FAILURES
    assert FAILURES.keys() - {errno.ETIMEDOUT} == NOT_THERE


async def test_the_way_is_asked_for_the_endpoint_with_its_source_address() -> None:
    to = Endpoint(HERE, 25, ("198.51.100.9", 0), 3.0)
    async with network({(HERE, 25): [GREETING, Hang()]}) as made:
        reader, writer = await open_stream(to, made)
        assert await reader.readline() == GREETING.octets
        writer.transport.abort()
    assert made.asked == [to]


async def test_a_session_and_its_handshake_go_over_any_way() -> None:
    script = [
        *(GREETING, Hear(b"STARTTLS"), Say(b"220 go\r\n")),
        *(StartTls(server_side("mx.example.org")), Hang()),
    ]
    async with (
        network({(HERE, 25): script}) as made,
        a_client(ConnectOptions(connector=made)) as (client, log),
    ):
        await client.open(Target(TargetKind.ADDRESS, HERE, 25))
        await client.send(read_line("STARTTLS", client.state.phase))
        assert log.only(Secured).tls.ok
        assert log.only(Opened).peer == ""


async def test_dialling_tells_how_each_way_ended() -> None:
    async with (
        network({(HERE, 25): SILENCE}) as made,
        a_client(ConnectOptions(connector=made, connect_timeout=4.0)) as (client, log),
    ):
        with pytest.raises(ConnectFailed, match=r"timed out \(no answer within 4s\)"):
            await client.open(Target(TargetKind.ADDRESS, HERE, 25))
        assert 4 <= log.attempts[-1].seconds < 5


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        (errno.ECONNREFUSED, "connection refused"),
        (errno.EHOSTUNREACH, "unreachable: no route to this host"),
        (SILENCE, "timed out: no answer within 2s"),
    ],
)
async def test_a_hello_made_by_hand_says_the_same_of_who_is_not_reached(
    what: int, reason: str
) -> None:
    async with network({(HERE, 25): what}) as made:
        to = Endpoint(HERE, 25, limit=2.0)
        line = Line(to, implicit_tls=True, client="x", greeting_limit=1, limit=1, connector=made)
        found = await ask(line, Hello(TLS1_2, (0xC02F,)))
    assert (found.answer, found.reason) == (None, reason)


BEGINNINGS = frozenset(
    {"create_connection", "create_unix_connection", "open_connection", "open_unix_connection"}
)


def test_connections_begin_in_one_module_alone() -> None:
    top = Path(smtpprobe.__file__).parent
    found = {
        path.relative_to(top).as_posix()
        for path in top.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in BEGINNINGS
    }
    assert found == {"net/connect.py", "sandbox/network.py"}


# --- what holds for every way, and so for the one that is made up


@asynccontextmanager
async def over_sockets(script: Script, _folder: Path) -> AsyncIterator[Reachable]:
    async with serve(script) as server:
        yield direct, Endpoint(server.host, server.port)


@asynccontextmanager
async def over_a_unix_socket(script: Script, folder: Path) -> AsyncIterator[Reachable]:
    async with serve(script, path=str(folder / "s")) as server:
        yield direct, Endpoint(server.path, None)


@asynccontextmanager
async def over_nothing(script: Script, _folder: Path) -> AsyncIterator[Reachable]:
    async with network({(HERE, 25): script}) as made:
        yield made, Endpoint(HERE, 25)


WAYS = pytest.mark.parametrize("way", [over_sockets, over_a_unix_socket, over_nothing])


@WAYS
async def test_octets_go_both_ways_and_the_end_is_an_end(way: Way, tmp_path: Path) -> None:
    script = [GREETING, Hear(b"QUIT"), Say(b"221 bye\r\n"), Close()]
    async with way(script, tmp_path) as (connector, to):
        reader, writer = await open_stream(to, connector)
        assert await reader.readline() == GREETING.octets
        writer.write(b"QUIT\r\n")
        assert await reader.read() == b"221 bye\r\n"
        writer.transport.abort()


@WAYS
async def test_half_a_close_leaves_the_other_half(way: Way, tmp_path: Path) -> None:
    script = [Hear(b"NOOP"), Hang(), Say(b"250 later\r\n")]
    async with way(script, tmp_path) as (connector, to):
        reader, writer = await open_stream(to, connector)
        writer.write(b"NOOP\r\n")
        writer.write_eof()
        assert await reader.read() == b"250 later\r\n"
        writer.transport.abort()


@WAYS
async def test_tls_begins_on_it_and_shows_the_certificate(way: Way, tmp_path: Path) -> None:
    script = [StartTls(server_side("mx.example.org")), GREETING, Hang()]
    context = strict_context(trusted_file(tmp_path))
    async with way(script, tmp_path) as (connector, to):
        reader, writer = await open_stream(to, connector)
        await writer.start_tls(context, server_hostname="mx.example.org")
        assert await reader.readline() == GREETING.octets
        assert writer.get_extra_info("peercert")["subjectAltName"] == (("DNS", "mx.example.org"),)
        writer.transport.abort()


@WAYS
async def test_who_is_not_read_has_to_wait(way: Way, tmp_path: Path) -> None:
    async with way([Flood(b"x" * 1024, times=20_000)], tmp_path) as (connector, to):
        reader, writer = await open_stream(to, connector)
        await asyncio.sleep(1)
        assert len(reader._buffer) < 1 << 20  # type: ignore[attr-defined] # what has been read ahead
        writer.transport.abort()


@WAYS
async def test_a_cut_by_the_server_is_an_end_or_a_reset(way: Way, tmp_path: Path) -> None:
    async with way([GREETING, Hear(b"NOOP"), Reset()], tmp_path) as (connector, to):
        reader, writer = await open_stream(to, connector)
        await reader.readline()
        writer.write(b"NOOP\r\n")
        with suppress(ConnectionResetError):
            assert await reader.read() == b""
        writer.transport.abort()


async def test_nobody_is_refused_in_the_same_words_by_every_way(tmp_path: Path) -> None:
    told = []
    async with over_sockets([Hang()], tmp_path) as (connector, to):
        pass
    async with network({}) as made:
        for way, where in ((connector, to), (made, Endpoint(HERE, 25))):
            with pytest.raises(NoConnection) as no:
                await open_stream(where, way)
            told.append(str(no.value))
    assert told == ["connection refused"] * 2
