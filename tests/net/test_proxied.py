"""Through a proxy: real ones, hostile ones, and words that name the hop that failed."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.client import ConnectOptions
from smtpprobe.errors import ConnectFailed, UsageError
from smtpprobe.present.session_state import state_lines
from smtpprobe.present.spans import text_of
from smtpprobe.protocol.attempts import Outcome
from smtpprobe.protocol.events import Opened
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.protocol.transport.proxy import Proxy, ProxyKind, masked_proxy, parse_proxy
from smtpprobe.protocol.transport.proxy_header import parse_header
from smtpprobe.protocol.transport.tls_offer import Hidden
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Close, Drip, Flood, Hang, Say
from tests.net.stage import a_client, exchange, host
from tests.servers import microsocks
from tests.servers.postfix import HOSTNAME, Postfix

READ = (
    ("socks5://127.0.0.1", Proxy(ProxyKind.SOCKS5, "127.0.0.1", 1080)),
    (
        "SOCKS5H://u:p@proxy.example:9",
        Proxy(ProxyKind.SOCKS5H, "proxy.example", 9, "u", Hidden("p")),
    ),
    ("http://a%40b@[::1]:3128/", Proxy(ProxyKind.HTTP, "::1", 3128, "a@b")),
)


@pytest.mark.parametrize(("text", "proxy"), READ)
def test_a_proxy_is_read(text: str, proxy: Proxy) -> None:
    assert parse_proxy(text) == proxy


@pytest.mark.parametrize(
    "text",
    [
        "",
        "127.0.0.1:1080",
        "https://proxy.example:3128",
        "http://proxy.example",
        "socks5://u:sesame@",
        "socks5://h:99999",
        "socks5://h:0",
        "socks5://:sesame@h",
        "socks5://u:sesame\N{SNOWMAN}@h",
        f"socks5://{'u' * 256}:sesame@h",
        f"socks5://u:{'sesame' * 50}@h",
        "http://a%3Ab:sesame@h:1",
        "socks5://u:sesame%0d%0a@h",
    ],
)
def test_what_is_no_proxy_is_a_usage_error_without_the_password(text: str) -> None:
    with pytest.raises(UsageError) as raised:
        parse_proxy(text)
    assert "sesame" not in f"{raised.value.message} {raised.value.hint}"


@given(st.text())
def test_any_text_is_a_proxy_or_a_usage_error(text: str) -> None:
    try:
        found = parse_proxy(f"socks5://{text}")
    except UsageError:
        return
    assert parse_proxy(str(found)).host == found.host


def test_the_password_is_nowhere_to_be_seen() -> None:
    proxy = parse_proxy("socks5h://user:sesame@h")
    for shown in (str(proxy), repr(proxy), proxy.words, masked_proxy("x socks5://u:sesame@h:1 y")):
        assert "sesame" not in shown


# --- a little HTTP proxy


@asynccontextmanager
async def http_proxy(
    answer: Callable[[bytes], bytes] = lambda _: b"HTTP/1.1 200 Connection established\r\n\r\n",
    *,
    wait: bool = False,
) -> AsyncIterator[tuple[int, list[bytes]]]:
    """Connect clients as they ask; with `wait` the server's first octets go with the answer."""
    heads: list[bytes] = []
    writers: list[asyncio.StreamWriter] = []
    tasks: set[asyncio.Task[None]] = set()

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while octets := await reader.read(1 << 16):
            writer.write(octets)
        writer.close()

    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        head = await reader.readuntil(b"\r\n\r\n")
        heads.append(head)
        reply = answer(head)
        if b" 200 " not in reply:
            writer.write(reply)
            writer.close()
            return
        name, _, port = head.split()[1].decode().rpartition(":")
        name = {"mx.example": "127.0.0.1"}.get(name, name.strip("[]"))
        theirs, ours = await asyncio.open_connection(name, int(port))
        writers.append(ours)
        writer.write(reply + (await theirs.read(1 << 16) if wait else b""))
        for one in (pump(theirs, writer), pump(reader, ours)):
            tasks.add(asyncio.get_running_loop().create_task(one))

    server = await asyncio.start_server(client, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], heads
        for task in tasks:
            task.cancel()
        for one in writers:
            one.transport.abort()
        await asyncio.gather(*tasks, return_exceptions=True)


def through(url: str) -> ConnectOptions:
    return ConnectOptions(proxy=parse_proxy(url), connect_timeout=5)


GREETING = Say(b"220 mx.example ESMTP\r\n")


@pytest.mark.real_time
@pytest.mark.parametrize("wait", [False, True])
async def test_a_greeting_is_whole_whether_it_comes_with_the_answer_of_the_proxy_or_later(
    wait: bool,
) -> None:
    async with (
        faults.serve([GREETING, Hang()]) as server,
        http_proxy(wait=wait) as (port, heads),
        a_client(through(f"http://127.0.0.1:{port}")) as (client, log),
    ):
        await client.open(Target(TargetKind.HOST, "mx.example", server.port))
        assert log.replies == [b"220 mx.example ESMTP\r\n"]
        assert heads[0].startswith(f"CONNECT mx.example:{server.port} HTTP/1.1\r\n".encode())
        opened = log.only(Opened)
        assert opened.via.proxy == f"HTTP proxy 127.0.0.1:{port} (it resolves names)"
        assert opened.peer == ""
        assert f"proxy: {opened.via.proxy}" in [text_of(one) for one in state_lines(client.state)]


@pytest.mark.real_time
async def test_an_answer_in_two_pieces_is_one_answer() -> None:
    steps = [Say(b"HTTP/1.1 200 OK\r\nVia:"), Drip(b" x\r\n\r\n220 mx\r\n", 0.01), Hang()]
    async with (
        faults.serve(steps) as proxy,
        a_client(through(f"http://127.0.0.1:{proxy.port}")) as (client, log),
    ):
        await client.open(Target(TargetKind.HOST, "mx.example", 25))
        assert log.replies == [b"220 mx\r\n"]


@pytest.mark.real_time
async def test_a_login_to_an_http_proxy_goes_with_the_request() -> None:
    def answer(head: bytes) -> bytes:
        wanted = b"Proxy-Authorization: Basic " + base64.b64encode(b"user:sesame")
        good = wanted in head
        return b"HTTP/1.1 200 OK\r\n\r\n" if good else b"HTTP/1.1 407 Login\r\n\r\n"

    ends = {"user:sesame@": None, "user:wrong@": "refuses the user name", "": "wants a user name"}
    for login, told in ends.items():
        async with (
            faults.serve([GREETING, Hang()]) as server,
            http_proxy(answer) as (port, _),
            a_client(through(f"http://{login}127.0.0.1:{port}")) as (client, log),
        ):
            target = Target(TargetKind.ADDRESS, "127.0.0.1", server.port)
            if told is None:
                await client.open(target)
                assert log.only(Opened).peer == f"127.0.0.1:{server.port}"
                continue
            with pytest.raises(ConnectFailed, match=told) as raised:
                await client.open(target)
            assert "sesame" not in raised.value.message
            assert client.refused[0].outcome is Outcome.PROXY_FAILED


# --- hostile proxies

SOCKS_OK = b"\x05\x00"
FAILED, BEHIND = Outcome.PROXY_FAILED, Outcome.BEHIND_PROXY
HOSTILE: tuple[tuple[str, list[faults.Step], Outcome, str], ...] = (
    ("socks5", [Close()], FAILED, ""),
    ("socks5", [Say(b"HTTP/1.1 400 no\r\n"), Hang()], FAILED, "version"),
    ("socks5", [Say(b"\x05\xff"), Close()], FAILED, "no acceptable"),
    ("socks5", [Say(b"\x05\x02"), Close()], FAILED, "method"),
    ("socks5", [Say(SOCKS_OK), Say(b"\x05\x02\x00\x01" + b"\0" * 6), Hang()], FAILED, "rules"),
    ("socks5", [Say(SOCKS_OK), Say(b"\x05\x05\x00\x01" + b"\0" * 6), Hang()], BEHIND, "refused"),
    ("socks5", [Say(SOCKS_OK), Say(b"\x05\x04\x00\x01" + b"\0" * 6), Hang()], BEHIND, "unreach"),
    ("socks5", [Say(SOCKS_OK), Say(b"\x05\x63\x00\x01" + b"\0" * 6), Hang()], FAILED, "63"),
    (
        "socks5",
        [Say(SOCKS_OK), Say(b"\x05\x00\x00\x03\x02\xff\xff\0\0"), Hang()],
        FAILED,
        "SOCKS5",
    ),
    ("socks5", [Say(SOCKS_OK), Say(b"\x05\x00\x00\x09"), Close()], FAILED, ""),
    ("socks5", [Hang()], FAILED, "no answer within 5s"),
    ("http", [Close()], FAILED, ""),
    (
        "http",
        [Say(b"220 mx.example ESMTP\r\n"), Hang()],
        FAILED,
        "not answer in HTTP: 220 mx.example",
    ),
    ("http", [Say(b"HTTP/1.1 200"), Hang()], FAILED, "no answer within 5s"),
    ("http", [Say(b"HTTP/1.1 502 Bad Gateway\r\n\r\n"), Close()], BEHIND, "502 Bad Gateway"),
    ("http", [Say(b"HTTP/1.1 403 Forbidden\r\n\r\n"), Close()], FAILED, "refuses to connect: 403"),
    ("http", [Say(b"HTTP/1.1 100 Go on\r\n\r\n" * 50), Hang()], FAILED, "answers of 1xx"),
    ("http", [Say(b"HTTP/1.1 200 OK\r\n"), Flood(b"X: y\r\n")], FAILED, "malformed"),
    ("http", [Flood(b"\0\xff")], FAILED, ""),
)


@pytest.mark.real_time
@pytest.mark.parametrize(("scheme", "steps", "outcome", "told"), HOSTILE)
async def test_whatever_a_proxy_does_is_said_of_the_proxy(
    scheme: str, steps: list[faults.Step], outcome: Outcome, told: str
) -> None:
    limit = 0.3 if "within" in told else 5
    async with (
        faults.serve(steps) as proxy,
        a_client(through(f"{scheme}://127.0.0.1:{proxy.port}")._replace(connect_timeout=limit)) as (
            client,
            log,
        ),
    ):
        with pytest.raises(ConnectFailed) as raised:
            await client.open(Target(TargetKind.ADDRESS, "192.0.2.1", 25))
        assert client.refused[0].outcome is outcome
        assert told.replace("5s", "0.3s") in raised.value.message
        assert "proxy" in raised.value.message
        assert not log.events


@pytest.mark.real_time
@pytest.mark.parametrize("scheme", ["socks5", "http"])
async def test_a_proxy_that_is_not_there_is_named(scheme: str) -> None:
    async with faults.serve([Hang()]) as gone:
        port = gone.port
    async with a_client(through(f"{scheme}://127.0.0.1:{port}")) as (client, _):
        with pytest.raises(ConnectFailed, match=r"the proxy failed.*cannot connect to it.*refused"):
            await client.open(Target(TargetKind.ADDRESS, "192.0.2.1", 25))


async def test_no_proxy_leads_to_a_socket_of_this_machine() -> None:
    async with a_client(through("socks5://127.0.0.1:1")) as (client, _):
        with pytest.raises(UsageError, match="UNIX socket"):
            await client.open(Target(TargetKind.SOCKET, "/run/x", 0))


async def test_a_family_cannot_be_asked_of_a_proxy_that_resolves() -> None:
    options = through("socks5h://127.0.0.1:1")._replace(family=6)
    async with a_client(options) as (client, _):
        with pytest.raises(UsageError, match="the proxy resolves names"):
            await client.open(Target(TargetKind.HOST, "mx.example", 25))


# --- a real one


@pytest.mark.real_time
@pytest.mark.parametrize(
    ("scheme", "where"), [("socks5", "resolved here"), ("socks5h", "it resolves names")]
)
async def test_postfix_is_reached_through_a_real_socks_proxy(
    scheme: str, where: str, postfix: Postfix
) -> None:
    with microsocks.running("user", "sesame") as port:
        options = through(f"{scheme}://user:sesame@127.0.0.1:{port}")
        options = options._replace(verify=True, ca_file=str(postfix.ca_file), sni=HOSTNAME)
        async with a_client(options) as (client, log):
            name = "localhost" if scheme == "socks5h" else "127.0.0.1"
            kind = TargetKind.HOST if scheme == "socks5h" else TargetKind.ADDRESS
            await client.open(Target(kind, name, postfix.ports.smtp))
            assert (await exchange(client, log, "EHLO me.example")).reply.code == 250
            assert where in log.only(Opened).via.proxy
            assert (await exchange(client, log, "QUIT")).reply.code == 221
        wrong = through(f"{scheme}://user:wrong@127.0.0.1:{port}")
        async with a_client(wrong) as (client, _):
            with pytest.raises(ConnectFailed, match="the proxy failed"):
                await client.open(host(postfix.ports.smtp, "127.0.0.1"))


@pytest.mark.real_time
async def test_what_a_real_proxy_cannot_reach_is_told_as_its_word(postfix: Postfix) -> None:
    del postfix  # only so that both are skipped together
    async with faults.serve([Hang()]) as gone:
        unused = gone.port
    with microsocks.running() as port:
        async with a_client(through(f"socks5://127.0.0.1:{port}")) as (client, _):
            with pytest.raises(ConnectFailed, match=r"the proxy cannot reach it.*it says"):
                await client.open(Target(TargetKind.ADDRESS, "127.0.0.1", unused))


@pytest.mark.real_time
async def test_a_proxy_header_goes_to_the_server_behind_the_proxy(postfix: Postfix) -> None:
    mark = len(postfix.log_text())
    with microsocks.running() as port:
        options = through(f"socks5://127.0.0.1:{port}")
        options = options._replace(proxy_header=parse_header("v2 192.0.2.77:7"))
        async with a_client(options) as (client, log):
            await client.open(Target(TargetKind.ADDRESS, "127.0.0.1", postfix.ports.proxied))
            assert (await exchange(client, log, "EHLO me.example")).reply.code == 250
    assert postfix.logs("connect from unknown[192.0.2.77]", mark)
