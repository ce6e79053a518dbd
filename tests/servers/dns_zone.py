"""An authoritative DNS server on loopback: zones from text, and the ways a lookup may go wrong.

It answers over UDP and TCP on one port of 127.0.0.1. As all of 127/8 reaches this machine on
Linux, mail hosts in a zone can be given addresses such as 127.0.0.2, where somebody listens, and
127.0.0.3, where nobody does, all on the same SMTP port.
"""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
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

from tests.servers.signed_zone import Served, holder, parsed, spoilt

HOST: Final = "127.0.0.1"


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
    forged: Collection[str] = ()
    """The right answer, but its signatures do not hold."""


@dataclass(frozen=True, slots=True)
class NameServer:
    """The running server, as a test sees it."""

    zones: Mapping[dns.name.Name, Served]
    """By origin."""
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
        response.want_dnssec(bool(query.ednsflags & dns.flags.DO))
        if transport == "udp" and question.is_among(self.faults.truncated):
            response.flags |= dns.flags.TC
        elif question.is_among(self.faults.servfail):
            response.set_rcode(dns.rcode.SERVFAIL)
        elif question.is_among(self.faults.refused):
            response.set_rcode(dns.rcode.REFUSED)
        else:
            self.fill(response, asked.name, asked.rdtype)
            if question.is_among(self.faults.forged):
                response.answer = [spoilt(rrset) for rrset in response.answer]
                response.authority = [spoilt(rrset) for rrset in response.authority]
        return packed(response, query, transport)

    def fill(
        self,
        response: dns.message.Message,
        name: dns.name.Name,
        kind: dns.rdatatype.RdataType,
    ) -> None:
        """Put the answer into a response, following CNAMEs through the zones (RFC 1034, 4.3.2).

        Signatures and proofs go along where they were asked for and the zone has them.
        """
        secure = bool(response.ednsflags & dns.flags.DO)
        followed: set[dns.name.Name] = set()
        while zone := holder(self.zones, name, kind):
            response.flags |= dns.flags.AA
            if found := zone.records(name, kind, secure=secure):
                response.answer += found
                return
            alias = zone.records(name, dns.rdatatype.CNAME, secure=secure)
            if not alias or name in followed:
                if not alias:
                    deny(response, zone, name, secure=secure)
                return
            response.answer += alias
            followed.add(name)
            name = alias[0][0].target
        if not followed:
            response.set_rcode(dns.rcode.REFUSED)


def deny(response: dns.message.Message, zone: Served, name: dns.name.Name, *, secure: bool) -> None:
    """Say that a name does not exist, or holds nothing of the type asked for (RFC 2308)."""
    if name not in zone.known:
        response.set_rcode(dns.rcode.NXDOMAIN)
    response.authority += zone.records(zone.origin, dns.rdatatype.SOA, secure=secure)
    if secure:
        response.authority += zone.proof_of_absence(name)


def packed(response: dns.message.Message, query: dns.message.Message, transport: str) -> bytes:
    """Return a response's octets; one that does not fit into a UDP packet is truncated."""
    limit = 65535 if transport == "tcp" else max(512, query.payload)
    try:
        return response.to_wire(max_size=limit)
    except dns.exception.TooBig:
        response.answer, response.authority = [], []
        response.flags |= dns.flags.TC
        return response.to_wire()


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


def both_on_one_port(host: str) -> tuple[Udp, Tcp]:
    """Return the two halves bound to one port that was free for both."""
    for _ in range(20):
        udp = Udp((host, 0), UdpHandler)
        try:
            return udp, Tcp(udp.server_address, TcpHandler)
        except OSError:
            udp.server_close()
    raise OSError("no port is free for UDP and TCP alike")


@contextmanager
def serving(
    zones: Mapping[str, str] | Sequence[dns.zone.Zone],
    faults: Faults = Faults(),
    host: str = HOST,
) -> Iterator[NameServer]:
    """Serve zones until the block ends: texts in master file format by origin, or made ones.

    Names below none of the origins are REFUSED.
    """
    if isinstance(zones, Mapping):
        zones = [parsed(origin, text) for origin, text in zones.items()]
    udp, tcp = both_on_one_port(host)
    served = {zone.origin: zone for zone in map(Served, zones)}
    server = NameServer(served, faults, host, udp.server_address[1])
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
