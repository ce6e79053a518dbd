from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from smtpprobe.client import ConnectOptions
from smtpprobe.errors import ConnectFailed, LookupFailed, NoMailService
from smtpprobe.net.dial import nobody_greeted
from smtpprobe.protocol.attempts import Attempt, MailHost, Outcome
from smtpprobe.protocol.events import Closed, Opened
from smtpprobe.protocol.target import Target, TargetKind, parse_target
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Close, Hang, Say, StartTls
from tests.net.stage import a_client, server_side, trusted_file
from tests.servers import dns_zone, lab

ZONE = """
@        MX 10 dead
@        MX 20 alive
dead     A  127.0.0.3
alive    A  127.0.0.2
null     MX 0 .
nowhere  MX 10 gone
lost     MX 10 localhost.
"""
GREETING = Say(b"220 alive.lab.test ESMTP\r\n")


def domain(port: int, name: str = "lab.test", *, tls: bool = False) -> Target:
    return Target(TargetKind.DOMAIN, name, port, implicit_tls=tls)


def address(port: int, where: str = "127.0.0.1") -> Target:
    return Target(TargetKind.ADDRESS, where, port)


@pytest.fixture
def resolver(serve_dns: Callable[..., dns_zone.NameServer]) -> str:
    server = serve_dns({"lab.test": ZONE})
    return f"{server.host}:{server.port}"


@contextmanager
def black_hole(where: str) -> Iterator[int]:
    """A port whose queue of connections is full: nobody is answered there."""
    with ExitStack() as stack:
        deaf = stack.enter_context(socket.socket())
        (port,) = lab.free_ports(1, host="")
        deaf.bind((where, port))
        deaf.listen(0)
        for _ in range(2):
            filler = stack.enter_context(socket.socket())
            filler.settimeout(0)
            filler.connect_ex(deaf.getsockname())
        yield port


@contextmanager
def a_free_port() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    yield port


async def test_with_the_first_mx_dead_the_second_is_used_and_both_facts_are_told(
    resolver: str,
) -> None:
    options = ConnectOptions(resolver=resolver)
    async with (
        faults.serve([GREETING, Hang()], host="127.0.0.2") as server,
        a_client(options) as (client, log),
    ):
        await client.open(domain(server.port))
        assert log.outcomes == [
            ("127.0.0.3", Outcome.REFUSED),
            ("127.0.0.2", Outcome.CONNECTED),
        ]
        opened = log.only(Opened)
        assert (opened.host, opened.preference) == ("alive.lab.test", 20)
        assert opened.target.name == "lab.test"
        assert [(a.index, a.count, a.final) for a in log.attempts[-1:]] == [(1, 1, True)]


async def test_the_name_wanted_in_the_certificate_is_that_of_the_mx(
    resolver: str, tmp_path: Path
) -> None:
    options = ConnectOptions(resolver=resolver, verify=True, ca_file=trusted_file(tmp_path))
    script = [StartTls(server_side("alive.lab.test")), GREETING, Hang()]
    async with (
        faults.serve(script, host="127.0.0.2") as server,
        a_client(options) as (client, log),
    ):
        await client.open(domain(server.port, tls=True))
        tls = log.only(Opened).tls
        assert tls is not None
        assert tls.reference == "alive.lab.test"
        assert tls.verdict.verified is True


async def test_a_black_hole_gives_way_to_the_next_host(resolver: str) -> None:
    options = ConnectOptions(resolver=resolver, connect_timeout=1.0)
    with black_hole("127.0.0.3") as port:
        async with (
            faults.serve([GREETING, Hang()], host="127.0.0.2", port=port),
            a_client(options) as (client, log),
        ):
            await client.open(domain(port))
            assert log.outcomes[0] == ("127.0.0.3", Outcome.TIMED_OUT)
            given_up = log.attempts[1]
            assert given_up.reason == "no answer within 1s"
            assert given_up.seconds >= 1


async def test_a_host_that_closes_before_a_greeting_gives_way_to_the_next(resolver: str) -> None:
    options = ConnectOptions(resolver=resolver)
    (port,) = lab.free_ports(1, host="")
    async with (
        faults.serve([Close()], host="127.0.0.3", port=port) as dead,
        faults.serve([GREETING, Hang()], host="127.0.0.2", port=dead.port),
        a_client(options) as (client, log),
    ):
        await client.open(domain(dead.port))
        assert [outcome for _, outcome in log.outcomes] == [
            Outcome.CONNECTED,
            Outcome.CLOSED,
            Outcome.CONNECTED,
        ]
        assert log.words == ["Opened", "Closed", "Opened", "Received"]


async def test_a_failed_handshake_of_implicit_tls_gives_way_to_the_next(
    resolver: str, tmp_path: Path
) -> None:
    options = ConnectOptions(resolver=resolver, verify=True, ca_file=trusted_file(tmp_path))
    bad, good = server_side("elsewhere.example"), server_side("alive.lab.test")
    (port,) = lab.free_ports(1, host="")
    async with (
        faults.serve([StartTls(bad)], host="127.0.0.3", port=port) as dead,
        faults.serve([StartTls(good), GREETING, Hang()], host="127.0.0.2", port=dead.port),
        a_client(options) as (client, log),
    ):
        await client.open(domain(dead.port, tls=True))
        assert [each for _, each in log.outcomes] == [Outcome.TLS_FAILED, Outcome.CONNECTED]
        assert "mismatch" in log.attempts[1].reason.lower()


async def test_when_nobody_answers_all_attempts_are_told(resolver: str) -> None:
    with a_free_port() as port:
        async with a_client(ConnectOptions(resolver=resolver)) as (client, log):
            with pytest.raises(
                ConnectFailed,
                match=r"no server sent a greeting: dead\.lab\.test 127\.0\.0\.3 connection refused",
            ):
                await client.open(domain(port))
            assert [outcome for _, outcome in log.outcomes] == [Outcome.REFUSED] * 2
            assert log.events == []


async def test_one_mx_can_be_asked_for(resolver: str) -> None:
    options = ConnectOptions(resolver=resolver, mx="1")
    async with (
        faults.serve([GREETING, Hang()], host="127.0.0.2") as server,
        a_client(options) as (client, log),
    ):
        with pytest.raises(ConnectFailed, match="connection refused"):
            await client.open(domain(server.port))
        assert log.outcomes == [("127.0.0.3", Outcome.REFUSED)]


async def test_a_null_mx_dials_nobody(resolver: str) -> None:
    async with a_client(ConnectOptions(resolver=resolver)) as (client, log):
        with pytest.raises(NoMailService):
            await client.open(domain(25, "null.lab.test"))
        assert log.told == []


async def test_hosts_without_an_address_are_told_and_fail_the_lookup(resolver: str) -> None:
    async with a_client(ConnectOptions(resolver=resolver)) as (client, log):
        with pytest.raises(LookupFailed, match=r"no host has an address: gone\.lab\.test no"):
            await client.open(domain(25, "nowhere.lab.test"))
        (attempt,) = log.attempts
        assert attempt.outcome is Outcome.NO_ADDRESS
        assert attempt.reason == "no such name (NXDOMAIN)"


async def test_the_source_address_can_be_chosen() -> None:
    options = ConnectOptions(bind=("127.0.0.9", 0))
    async with faults.serve([GREETING, Hang()]) as server, a_client(options) as (client, log):
        await client.open(address(server.port))
        assert log.only(Opened).local.startswith("127.0.0.9:")


@pytest.mark.parametrize(
    ("bind", "reason"),
    [
        ("192.0.2.1", "the source address 192.0.2.1 is not an address of this machine"),
        ("::1", "the source address ::1 is of a different family"),
    ],
)
async def test_a_source_address_that_cannot_be_used_is_told(bind: str, reason: str) -> None:
    options = ConnectOptions(bind=(bind, 0))
    async with faults.serve([GREETING, Hang()]) as server, a_client(options) as (client, log):
        with pytest.raises(ConnectFailed):
            await client.open(address(server.port))
        assert log.attempts[-1].outcome is Outcome.FAILED
        assert log.attempts[-1].reason == reason


async def test_an_address_with_an_unknown_zone_is_told_in_words() -> None:
    async with a_client() as (client, log):
        with pytest.raises(ConnectFailed):
            await client.open(address(25, "fe80::1%nowhere"))
        assert "unknown error" not in log.attempts[-1].reason


def test_the_only_host_dialled_is_named_when_it_is_not_the_target_itself() -> None:
    attempt = Attempt(MailHost("mx.lab.test"), "192.0.2.1", 25, 1, 1, Outcome.REFUSED)
    error = nobody_greeted(parse_target("lab.test"), [attempt])
    assert error.message == "lab.test: mx.lab.test 192.0.2.1 connection refused"


@pytest.fixture
def loopback6() -> Iterator[None]:
    """IPv6 on loopback: the machine's, or else that of a network of our own."""
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        with lab.own_network() as network, network.inside():
            yield
    else:
        yield


@pytest.mark.usefixtures("loopback6")
async def test_ipv6_is_dialled_and_written_in_brackets() -> None:
    async with faults.serve([GREETING, Hang()], host="::1") as server, a_client() as (client, log):
        await client.open(address(server.port, "::1"))
        assert log.only(Opened).peer == f"[::1]:{server.port}"


async def test_a_socket_that_is_not_there_is_told(tmp_path: Path) -> None:
    async with a_client() as (client, log):
        with pytest.raises(ConnectFailed, match="no such file"):
            await client.open(Target(TargetKind.SOCKET, str(tmp_path / "none"), 0))
        assert log.attempts[-1].outcome is Outcome.FAILED


def test_only_the_first_of_many_failures_are_named() -> None:
    tried = [
        Attempt(MailHost("mx"), f"192.0.2.{n}", 25, n, 9, Outcome.REFUSED) for n in range(1, 10)
    ]
    error = nobody_greeted(domain(25), tried)
    assert error.message.endswith("mx 192.0.2.4 connection refused; and 5 more")


def test_port_25_that_times_out_hints_at_the_network() -> None:
    attempt = Attempt(MailHost("192.0.2.1"), "192.0.2.1", 25, 1, 1, Outcome.TIMED_OUT)
    error = nobody_greeted(address(25, "192.0.2.1"), [attempt])
    assert "block outbound port 25" in error.hint
    assert error.message == "[192.0.2.1]: timed out"


async def test_a_lost_connection_is_not_a_reason_to_dial_on(resolver: str) -> None:
    options = ConnectOptions(resolver=resolver)
    (port,) = lab.free_ports(1, host="")
    async with (
        faults.serve([Say(b"554 no\r\n")], host="127.0.0.3", port=port) as first,
        faults.serve([GREETING, Hang()], host="127.0.0.2", port=first.port) as second,
        a_client(options) as (client, log),
    ):
        await client.open(domain(first.port))
        await log.until_event(Closed)
        assert second.connections == 0


async def test_a_domain_whose_only_mx_is_localhost_is_not_taken_for_this_machine(
    resolver: str,
) -> None:
    async with a_client(ConnectOptions(resolver=resolver)) as (client, log):
        with pytest.raises(
            LookupFailed, match="no mail host to connect to: localhost not dialled"
        ) as no:
            await client.open(domain(25, "lost.lab.test"))
        assert no.value.hint == "[localhost] connects to it anyway"
        assert log.outcomes == [("", Outcome.LEFT_OUT)]
