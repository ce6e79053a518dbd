from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator

import dns.message
import dns.resolver
import pytest

from smtpprobe.errors import LookupFailed, UsageError
from smtpprobe.net.dns.records import unending
from smtpprobe.net.dns.resolver import TRY_SECONDS, Resolver, resolver_named
from smtpprobe.policy.dns_answer import Exchanger, LookupEnd, exchangers, telling
from tests.servers import dns_zone

ZONE = """
@        MX 20 second
@        MX 10 third
@        MX 10 First
first    A 127.0.0.2
first    A 127.0.0.3
first    AAAA ::1
only4    A 127.0.0.4
alias    CNAME first
lost     CNAME gone.lab.test.
loop     CNAME pool
pool     CNAME loop
moved    CNAME lab.test.
text     TXT "no address here"
"""
FAULTS = dns_zone.Faults(
    servfail={"broken.lab.test"},
    refused={"closed.lab.test"},
    silent={"quiet.lab.test"},
    truncated={"lab.test"},
)


@pytest.fixture(scope="module")
def server() -> Iterator[dns_zone.NameServer]:
    with dns_zone.serving({"lab.test": ZONE}, FAULTS) as running:
        yield running


@pytest.fixture
def resolver(server: dns_zone.NameServer) -> Resolver:
    return Resolver(((server.host, server.port),))


async def test_exchangers_come_by_preference_then_by_name(resolver: Resolver) -> None:
    answer = await resolver.exchangers("lab.test")
    assert exchangers(answer) == (
        Exchanger(10, "first.lab.test"),
        Exchanger(10, "third.lab.test"),
        Exchanger(20, "second.lab.test"),
    )
    assert answer.aliases == ()


async def test_an_answer_too_long_for_a_datagram_is_fetched_over_tcp(
    resolver: Resolver, server: dns_zone.NameServer
) -> None:
    server.questions.clear()
    assert (await resolver.exchangers("lab.test")).records
    assert [each.transport for each in server.questions] == ["udp", "tcp"]


async def test_an_alias_is_followed_and_named(resolver: Resolver) -> None:
    assert (await resolver.exchangers("moved.lab.test")).canonical == "lab.test"
    found = await resolver.addresses("alias.lab.test", None)
    assert [each.aliases for each in found] == [("first.lab.test",)] * 2


async def test_addresses_are_ipv4_then_ipv6_each_as_the_server_has_them(
    resolver: Resolver,
) -> None:
    four, six = await resolver.addresses("FIRST.lab.test", None)
    assert set(four.records) == {"127.0.0.2", "127.0.0.3"}
    assert six.records == ("::1",)
    assert (four.aliases, six.aliases) == ((), ())


@pytest.mark.parametrize(("family", "kinds"), [(4, {"A"}), (6, {"AAAA"}), (None, {"A", "AAAA"})])
async def test_only_the_wanted_family_is_asked_for(
    resolver: Resolver, server: dns_zone.NameServer, family: int | None, kinds: set[str]
) -> None:
    server.questions.clear()
    await resolver.addresses("only4.lab.test", family)
    assert {each.kind for each in server.questions} == kinds


@pytest.mark.parametrize(
    ("name", "end", "words"),
    [
        ("none.lab.test", LookupEnd.NXDOMAIN, "NXDOMAIN"),
        ("lost.lab.test", LookupEnd.NXDOMAIN, "NXDOMAIN"),
        ("text.lab.test", LookupEnd.NO_DATA, "NODATA"),
        ("loop.lab.test", LookupEnd.ALIASES, "CNAME records do not end: loop.lab.test -> pool"),
        ("broken.lab.test", LookupEnd.SERVFAIL, "SERVFAIL"),
        ("closed.lab.test", LookupEnd.REFUSED, "REFUSED"),
        ("elsewhere.example", LookupEnd.REFUSED, "REFUSED"),
    ],
)
async def test_why_there_is_no_answer_is_told_apart(
    resolver: Resolver, name: str, end: LookupEnd, words: str
) -> None:
    for answer in (await resolver.exchangers(name), *await resolver.addresses(name, None)):
        assert answer.end is end
        assert words in answer.reason


@pytest.mark.real_time
async def test_a_server_that_says_nothing_is_given_up(
    server: dns_zone.NameServer,
) -> None:
    resolver = Resolver(((server.host, server.port),), limit=0.2)
    mx = await resolver.exchangers("quiet.lab.test")
    for answer in (mx, *await resolver.addresses("quiet.lab.test", None)):
        assert answer.end is LookupEnd.TIMEOUT
        assert answer.reason == "no answer from the DNS server within 0.2s"


async def test_trouble_with_one_family_outweighs_absence_of_the_other(
    serve_dns: Callable[..., dns_zone.NameServer],
) -> None:
    faults = dns_zone.Faults(servfail={"half.lab.test/A"})
    running = serve_dns({"lab.test": 'half TXT "x"'}, faults)
    half = Resolver(((running.host, running.port),))
    assert telling(await half.addresses("half.lab.test", None)).end is LookupEnd.SERVFAIL


async def test_a_name_that_dns_cannot_carry_is_no_crash(resolver: Resolver) -> None:
    (found,) = await resolver.addresses("a" * 70 + ".test", 4)
    assert found.end is LookupEnd.BAD_NAME


@pytest.mark.parametrize("servers", [("127.0.0.1",), ("127.0.0.1", "127.0.0.2")])
async def test_nobody_on_the_port_is_told_at_once(servers: tuple[str, ...]) -> None:
    with dns_zone.serving({}) as running:
        port = running.port
    absent = Resolver(tuple((server, port) for server in servers))
    began = asyncio.get_running_loop().time()
    mx = await absent.exchangers("lab.test")
    for answer in (mx, *await absent.addresses("lab.test", None)):
        assert answer.end is LookupEnd.NOT_THERE
        assert answer.reason == (
            "the DNS server is not running: nothing listens on this port (connection refused)"
        )
        assert not answer.late
    assert asyncio.get_running_loop().time() - began < TRY_SECONDS


async def test_of_two_servers_the_one_that_is_there_answers(server: dns_zone.NameServer) -> None:
    both = Resolver((("127.0.0.3", server.port), (server.host, server.port)))
    assert (await both.exchangers("lab.test")).records


@pytest.mark.parametrize(
    ("text", "servers"),
    [
        ("192.0.2.53", "192.0.2.53:53"),
        ("192.0.2.53:5353", "192.0.2.53:5353"),
        ("[2001:db8::53]:5353", "[2001:db8::53]:5353"),
        ("[2001:db8::53]", "[2001:db8::53]:53"),
        ("2001:db8::53", "[2001:db8::53]:53"),
    ],
)
async def test_a_resolver_is_named_by_address_and_port(text: str, servers: str) -> None:
    assert (await resolver_named(text)).servers == servers


@pytest.mark.real_time  # the system is asked in a thread
async def test_a_resolver_can_be_named_by_a_host_name_that_the_system_knows() -> None:
    assert "127.0.0.1:5353" in (await resolver_named("localhost:5353")).servers


@pytest.mark.parametrize(
    "text", ["", ":53", "192.0.2.53:0", "192.0.2.53:x", "[::1]:99999", "[::1]x"]
)
async def test_a_resolver_that_is_none_is_a_usage_error(text: str) -> None:
    with pytest.raises(UsageError, match="not an address"):
        await resolver_named(text)


async def test_a_resolver_that_nobody_knows_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(LookupFailed, match=r"nobody\.invalid"):
        await resolver_named("nobody.invalid")


def test_without_a_usable_configuration_the_way_out_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nothing(*_: object) -> None:
        raise dns.resolver.NoResolverConfiguration

    monkeypatch.setattr(dns.resolver.BaseResolver, "read_resolv_conf", nothing)
    with pytest.raises(LookupFailed) as error:
        Resolver()
    assert "--resolver" in error.value.hint


MANY = [f"{chr(n)} CNAME {chr(n + 1)}" for n in range(ord("a"), ord("a") + 18)]


@pytest.mark.parametrize(
    ("records", "told"),
    [
        (["a CNAME b", "b CNAME A"], "a -> b -> a"),
        (["a CNAME a"], "a -> a"),
        (["a CNAME b", "b CNAME c", "c CNAME b"], "a -> b -> c -> b"),
        (MANY, "more than 16 follow one another"),
    ],
)
def test_the_way_of_aliases_without_an_end_is_told(records: list[str], told: str) -> None:
    rows = "".join(f"{record.replace(' ', '. 60 IN ', 1)}.\n" for record in records)
    head = "id 1\nopcode QUERY\nrcode NOERROR\nflags QR\n;QUESTION\na. IN A\n;ANSWER\n"
    response = dns.message.from_text(head + rows)
    assert isinstance(response, dns.message.QueryMessage)
    assert unending(response) == told
