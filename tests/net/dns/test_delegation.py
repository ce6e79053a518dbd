"""Which name server of a zone does not answer for it: the servers are asked themselves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

from smtpprobe.net.dns.delegation import name_servers
from smtpprobe.policy.dns_answer import Lookup, LookupEnd, answered

Answering = Callable[[dns.message.Message], None]


class _Server(asyncio.DatagramProtocol):
    def __init__(self, fill: Answering) -> None:
        self._fill = fill

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        response = dns.message.make_response(dns.message.from_wire(data))
        self._fill(response)
        if not response.flags & dns.flags.TC:
            self._transport.sendto(response.to_wire(), addr)  # type: ignore[attr-defined]


@asynccontextmanager
async def servers(**fills: Answering) -> AsyncIterator[int]:
    """Run a server at 127.0.0.N for each `nN`; yield the one port of all."""
    loop, port, transports = asyncio.get_running_loop(), 0, []
    for name, fill in fills.items():
        address = (f"127.0.0.{name[1:]}", port)
        made, _ = await loop.create_datagram_endpoint(partial(_Server, fill), local_addr=address)
        transports.append(made)
        port = made.get_extra_info("sockname")[1]
    try:
        yield port
    finally:
        for transport in transports:
            transport.close()


def refers(*names: str, **glue: str) -> Answering:
    def fill(response: dns.message.Message) -> None:
        targets = [f"{name}.{'gone' if name == 'e' else 'lame.above'}.test." for name in names]
        response.authority = [dns.rrset.from_text_list("lame.above.test.", 60, "IN", "NS", targets)]
        response.additional = [
            dns.rrset.from_text(f"{name}.lame.above.test.", 60, "IN", "A", address)
            for name, address in glue.items()
        ]

    return fill


def says(code: dns.rcode.Rcode) -> Answering:
    return lambda response: response.set_rcode(code)


def serves(response: dns.message.Message) -> None:
    response.flags |= dns.flags.AA


def silent(response: dns.message.Message) -> None:
    response.flags |= dns.flags.TC  # here: send nothing


async def resolver(name: str, kind: str) -> Lookup:
    known = {("above.test", "NS"): ("ns.above.test.",), ("ns.above.test", "A"): ("127.0.0.2",)}
    if (name, kind) in known:
        return answered(name, kind, records=known[name, kind])
    end = LookupEnd.SERVFAIL if name.endswith("lame.above.test") else LookupEnd.NXDOMAIN
    return Lookup(name, kind, end)


@pytest.mark.real_time
async def test_each_server_of_the_delegation_is_named_with_what_it_says() -> None:
    parent = refers("a", "b", "c", "d", "e", a="127.0.0.3", b="127.0.0.4", c="127.0.0.5")
    fills = {"n2": parent, "n3": says(dns.rcode.REFUSED), "n4": lambda _: None, "n5": serves}
    async with servers(**fills) as port:
        found = await name_servers(
            "mail.lame.above.test", resolver, port=port, contactable=lambda _: True
        )
    assert {one.zone for one in found} == {"lame.above.test"}
    assert [(one.name[0], one.serves, one.said) for one in found] == [
        ("a", False, "it says REFUSED"),
        ("b", False, "it is not authoritative for the zone"),
        ("c", True, "it answers for the zone"),
        ("d", None, "its address: the DNS server failed (SERVFAIL)"),
        ("e", False, "its address: no such name (NXDOMAIN)"),
    ]


@pytest.mark.real_time
async def test_a_server_that_is_not_there_is_unknown_and_not_lame() -> None:
    async with servers(n2=refers("a", a="127.0.0.9")) as port:
        (found,) = await name_servers(
            "lame.above.test", resolver, port=port, contactable=lambda _: True
        )
    assert found.serves is None
    assert "refused" in found.said


@pytest.mark.real_time
async def test_addresses_inside_are_not_asked_whatever_dns_says() -> None:
    async with servers(n2=refers("a", a="10.0.0.1")) as port:
        (found,) = await name_servers(
            "lame.above.test", resolver, port=port, contactable=lambda each: each == "127.0.0.2"
        )
    assert (found.serves, found.address) == (None, "10.0.0.1")
    assert "not asked" in found.said


async def test_without_a_zone_that_answers_nobody_is_asked() -> None:
    async def nothing(name: str, kind: str) -> Lookup:
        return Lookup(name, kind, LookupEnd.SERVFAIL)

    assert await name_servers("a.b.test", nothing) == ()


@pytest.mark.real_time
async def test_where_no_upper_server_can_be_asked_the_zone_is_the_one_that_answers() -> None:
    async with servers(n2=serves) as port:
        (found,) = await name_servers(
            "mail.above.test", resolver, port=port, contactable=lambda _: False
        )
    assert (found.zone, found.serves) == ("above.test", None)
    assert "not asked" in found.said


@pytest.mark.real_time
async def test_a_zone_that_is_given_away_nowhere_is_held_by_the_servers_above() -> None:
    async with servers(n2=serves) as port:
        for name in ("above.test", "mail.above.test"):
            (found,) = await name_servers(name, resolver, port=port, contactable=lambda _: True)
            assert (found.zone, found.name) == ("above.test", "ns.above.test")
            assert found.serves


async def test_by_itself_only_the_public_internet_is_asked() -> None:
    (found,) = await name_servers("above.test", resolver)
    assert found.serves is None
    assert found.said == "its address is not one of the public Internet: not asked"
