"""An authoritative DNS server on loopback: zones from text, and the ways a lookup may go wrong.

It answers over UDP and TCP on one port of 127.0.0.1. As all of 127/8 reaches this machine on
Linux, mail hosts in a zone can be given addresses such as 127.0.0.2, where somebody listens, and
127.0.0.3, where nobody does, all on the same SMTP port.
"""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final, cast

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rrset
import dns.zone

HOST: Final = "127.0.0.1"

HEAD: Final = """\
$TTL 300
@ SOA ns hostmaster 1 3600 600 86400 60
@ NS ns
ns A 127.0.0.1
"""
"""Stands above the text of every zone."""


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, in text: the name without the final dot, the type, and udp or tcp."""

    name: str
    kind: str
    transport: str

    def is_among(self, entries: Collection[str]) -> bool:
        """Return whether `name` or `name/TYPE` is an entry."""
        return self.name in entries or f"{self.name}/{self.kind}" in entries


@dataclass(frozen=True, slots=True)
class Faults:
    """Names (`a.test`), or names with a type (`a.test/MX`), that get no honest answer."""

    servfail: Collection[str] = ()
    refused: Collection[str] = ()
    silent: Collection[str] = ()
    truncated: Collection[str] = ()
    """Over UDP an empty answer with TC set; the real one over TCP."""


@dataclass(frozen=True, slots=True)
class NameServer:
    """The running server, as a test sees it."""

    zones: tuple[dns.zone.Zone, ...]
    faults: Faults
    host: str
    port: int
    questions: list[Question] = field(default_factory=list)
    """Everything that was asked, in order."""

    def reply(self, wire: bytes, transport: str) -> bytes | None:
        """Return the octets that answer a query, or None for silence."""
        try:
            query = dns.message.from_wire(wire)
        except dns.exception.DNSException:
            return None
        asked = query.question[0]
        name = asked.name.to_text(omit_final_dot=True).lower()
        question = Question(name, dns.rdatatype.to_text(asked.rdtype), transport)
        self.questions.append(question)
        if question.is_among(self.faults.silent):
            return None
        response = dns.message.make_response(query, recursion_available=True)
        if transport == "udp" and question.is_among(self.faults.truncated):
            response.flags |= dns.flags.TC
        elif question.is_among(self.faults.servfail):
            response.set_rcode(dns.rcode.SERVFAIL)
        elif question.is_among(self.faults.refused):
            response.set_rcode(dns.rcode.REFUSED)
        else:
            fill(response, self.zones, asked.name, asked.rdtype)
        return packed(response, query, transport)


def packed(response: dns.message.Message, query: dns.message.Message, transport: str) -> bytes:
    """Return a response's octets; one that does not fit into a UDP packet is truncated."""
    limit = 65535 if transport == "tcp" else max(512, query.payload)
    try:
        return response.to_wire(max_size=limit)
    except dns.exception.TooBig:
        response.answer, response.authority = [], []
        response.flags |= dns.flags.TC
        return response.to_wire()


def zone_of(zones: tuple[dns.zone.Zone, ...], name: dns.name.Name) -> dns.zone.Zone | None:
    """Return the zone a name belongs to: the one with the longest origin."""
    holders = [zone for zone in zones if name.is_subdomain(origin_of(zone))]
    return max(holders, key=lambda zone: len(origin_of(zone)), default=None)


def origin_of(zone: dns.zone.Zone) -> dns.name.Name:
    """Return a zone's origin, which every zone made here has."""
    assert zone.origin is not None
    return zone.origin


def fill(
    response: dns.message.Message,
    zones: tuple[dns.zone.Zone, ...],
    name: dns.name.Name,
    kind: dns.rdatatype.RdataType,
) -> None:
    """Put the answer into a response, following CNAMEs as far as the zones go (RFC 1034, 4.3.2)."""
    followed: set[dns.name.Name] = set()
    while zone := zone_of(zones, name):
        response.flags |= dns.flags.AA
        if found := rrset(zone, name, kind):
            response.answer.append(found)
            return
        alias = rrset(zone, name, dns.rdatatype.CNAME)
        if not alias or name in followed:
            deny(response, zone, name, is_loop=bool(alias))
            return
        response.answer.append(alias)
        followed.add(name)
        name = alias[0].target
    if not followed:
        response.set_rcode(dns.rcode.REFUSED)


def rrset(
    zone: dns.zone.Zone, name: dns.name.Name, kind: dns.rdatatype.RdataType
) -> dns.rrset.RRset | None:
    """Return a zone's records of one name and type, or None."""
    rdataset = zone.get_rdataset(name, kind)
    if rdataset is None:
        return None
    return dns.rrset.from_rdata_list(name, rdataset.ttl, list(rdataset))


def deny(
    response: dns.message.Message, zone: dns.zone.Zone, name: dns.name.Name, *, is_loop: bool
) -> None:
    """Say that a name does not exist, or holds nothing of the type asked for (RFC 2308)."""
    if is_loop:
        return
    if not any(known.is_subdomain(name) for known in zone):
        response.set_rcode(dns.rcode.NXDOMAIN)
    soa = rrset(zone, origin_of(zone), dns.rdatatype.SOA)
    assert soa is not None
    response.authority.append(soa)


class Udp(socketserver.UDPServer):
    """The UDP half; `answers` is set before it is started."""

    answers: NameServer


class Tcp(socketserver.ThreadingTCPServer):
    """The TCP half."""

    daemon_threads = False
    answers: NameServer
    stopping: threading.Event


class UdpHandler(socketserver.BaseRequestHandler):
    """Answer one packet."""

    def handle(self) -> None:
        """Answer, or keep silent."""
        wire, endpoint = self.request
        if reply := cast("Udp", self.server).answers.reply(wire, "udp"):
            endpoint.sendto(reply, self.client_address)


class TcpHandler(socketserver.BaseRequestHandler):
    """Answer the queries of one connection, each after its length in two octets."""

    def handle(self) -> None:
        """Answer until the client hangs up or the server stops."""
        server = cast("Tcp", self.server)
        connection: socket.socket = self.request
        connection.settimeout(0.1)
        received = b""
        while not server.stopping.is_set():
            with suppress(TimeoutError):
                received += (more := connection.recv(4096))
                if not more:
                    return
            size = int.from_bytes(received[:2]) + 2
            if len(received) < max(size, 3):
                continue
            wire, received = received[2:size], received[size:]
            if reply := server.answers.reply(wire, "tcp"):
                connection.sendall(len(reply).to_bytes(2) + reply)


def both_on_one_port() -> tuple[Udp, Tcp]:
    """Return the two halves bound to one port that was free for both."""
    for _ in range(20):
        udp = Udp((HOST, 0), UdpHandler)
        try:
            return udp, Tcp(udp.server_address, TcpHandler)
        except OSError:
            udp.server_close()
    raise OSError("no port is free for UDP and TCP alike")


def parse_zone(origin: str, text: str) -> dns.zone.Zone:
    """Return the zone written in a text; SOA, NS and the name server's address come with it."""
    return dns.zone.from_text(HEAD + text, origin=f"{origin}.", relativize=False)


@contextmanager
def serving(zones: Mapping[str, str], faults: Faults = Faults()) -> Iterator[NameServer]:
    """Serve zones, given as origin and text in master file format, until the block ends.

    Names below none of the origins are REFUSED.
    """
    parsed = tuple(parse_zone(origin, text) for origin, text in zones.items())
    udp, tcp = both_on_one_port()
    server = NameServer(parsed, faults, HOST, udp.server_address[1])
    udp.answers = tcp.answers = server
    tcp.stopping = threading.Event()
    with ExitStack() as stack:
        for half in (udp, tcp):
            stack.enter_context(half)
            thread = threading.Thread(target=half.serve_forever, args=(0.05,))
            thread.start()
            stack.callback(thread.join)
            stack.callback(half.shutdown)
        stack.callback(tcp.stopping.set)
        yield server
