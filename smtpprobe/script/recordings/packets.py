"""A session as a packet capture: made-up TCP and IP around octets that are real. Pure.

Its content is decrypted, so nothing of it was on any wire in this form: addresses and times
are those of the session, sequence numbers and acknowledgements are made to fit. The format is that
of libpcap (draft-ietf-opsawg-pcap), link type RAW: each packet begins with its IP header.

The dialogue inside TLS is a separate connection, between the same addresses and ports, that begins
with the handshake's end: it shows what was encrypted, and no reader looks for TLS in it.
"""

from __future__ import annotations

import ipaddress
import struct
from typing import Final, TypeAlias

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.events import (
    By,
    Closed,
    Event,
    HalfClosed,
    Opened,
    Received,
    Secured,
    Sent,
)

MAGIC: Final = 0xA1B2C3D4
"""Times in seconds and microseconds."""

LINK_TYPE_RAW: Final = 101
LONGEST_PACKET: Final = 0xFFFF

HEADER: Final = struct.pack("<IHHiIII", MAGIC, 2, 4, 0, 0, LONGEST_PACKET, LINK_TYPE_RAW)
"""What a file begins with."""

RECORD: Final = struct.Struct("<IIII")
"""Before each packet: seconds, microseconds, octets kept, octets that it had."""

READ_AS_SMTP: Final = (25, 587)
"""The ports whose octets Wireshark reads as SMTP."""

SEGMENT: Final = 1440
"""Octets of a segment, that fit with either IP into 1,500."""

UNACKNOWLEDGED: Final = 32 * 1024
"""After so many octets of one side the other acknowledges, well inside its window."""

_FIN, _SYN, _RST, _PSH, _ACK = 0x01, 0x02, 0x04, 0x08, 0x10
_WINDOW = 0xFFFF
_MADE_UP = (ipaddress.IPv4Address("192.0.2.1"), ipaddress.IPv4Address("192.0.2.2"))
"""Addresses for documentation (RFC 5737), for what has none."""

_MADE_UP_PORT = 49152

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address


class Endpoint(NamedTuple):
    """An address and a port."""

    address: Address
    port: int


class Ends(NamedTuple):
    """Between whom a connection is in the capture; `remark` says what of it is made up."""

    client: Endpoint
    server: Endpoint
    remark: str = ""


def ends_of(event: Opened, number: int) -> Ends:
    """Return between whom a connection is shown; `number` tells those without addresses apart."""
    client, server = _endpoint(event.local), _endpoint(event.peer)
    if client is None or server is None or client.address.version != server.address.version:
        ours = Endpoint(_MADE_UP[0], _MADE_UP_PORT + number % (0x10000 - _MADE_UP_PORT))
        theirs = Endpoint(_MADE_UP[1], READ_AS_SMTP[0])
        remark = f"not TCP, so shown between {ours.address} and {theirs.address}, port 25"
        return Ends(ours, theirs, remark)
    if server.port in READ_AS_SMTP:
        return Ends(client, server)
    shown = server._replace(port=READ_AS_SMTP[0])
    return Ends(client, shown, f"port {server.port} is shown as 25, which Wireshark reads as SMTP")


def _endpoint(text: str) -> Endpoint | None:
    """Return the endpoint of an `address:port`; None for anything else."""
    host, _, port = text.rpartition(":")
    try:
        return Endpoint(ipaddress.ip_address(host.strip("[]").partition("%")[0]), int(port))
    except ValueError:
        return None


class Conversation:
    """One connection in the capture. Each method returns the packets to append."""

    def __init__(self, ends: Ends, first: int = 0) -> None:
        self._ends = {True: ends.client, False: ends.server}
        self._next = {True: first & 0xFFFFFFFF, False: ~first & 0xFFFFFFFF}
        self._ended: set[bool] = set()

    def begun(self, asked: float, at: float) -> bytes:
        """Open it: asked for and accepted at these times."""
        first = self._packet(asked, _SYN, by_client=True)
        second = self._packet(at, _SYN | _ACK, by_client=False)
        return first + second + self._packet(at, _ACK, by_client=True)

    def said(self, at: float, octets: bytes, *, by_client: bool) -> bytes:
        """Carry octets, which the other side acknowledges."""
        packets, unacknowledged = [], 0
        for start in range(0, len(octets), SEGMENT):
            segment = octets[start : start + SEGMENT]
            unacknowledged += len(segment)
            last = start + SEGMENT >= len(octets)
            flags = _PSH | _ACK if last else _ACK
            packets.append(self._packet(at, flags, segment, by_client=by_client))
            if last or unacknowledged >= UNACKNOWLEDGED:
                packets.append(self._packet(at, _ACK, by_client=not by_client))
                unacknowledged = 0
        return b"".join(packets)

    def half_closed(self, at: float, *, by_client: bool) -> bytes:
        """End one side; nothing where it is ended."""
        if by_client in self._ended:
            return b""
        self._ended.add(by_client)
        ending = self._packet(at, _FIN | _ACK, by_client=by_client)
        return ending + self._packet(at, _ACK, by_client=not by_client)

    def over(self, at: float, *, by_client: bool, in_order: bool = True) -> bytes:
        """End it, by a FIN of each side or by a reset; nothing where it is over."""
        if not in_order and len(self._ended) < 2:
            self._ended = {True, False}
            return self._packet(at, _RST | _ACK, by_client=by_client)
        ended = self.half_closed(at, by_client=by_client)
        return ended + self.half_closed(at, by_client=not by_client)

    def _packet(self, at: float, flags: int, octets: bytes = b"", *, by_client: bool) -> bytes:
        sequence = self._next[by_client]
        used = len(octets) + bool(flags & _SYN) + bool(flags & _FIN)
        self._next[by_client] = (sequence + used) & 0xFFFFFFFF
        acknowledged = self._next[not by_client] if flags & _ACK else 0
        source, goal = self._ends[by_client], self._ends[not by_client]
        segment = tcp_segment(source, goal, (sequence, acknowledged, flags), octets)
        packet = ip_header(source.address, goal.address, len(segment)) + segment
        seconds, rest = divmod(round(at * 1_000_000), 1_000_000)
        return RECORD.pack(seconds & 0xFFFFFFFF, rest, len(packet), len(packet)) + packet


def tcp_segment(
    source: Endpoint, goal: Endpoint, control: tuple[int, int, int], octets: bytes
) -> bytes:
    """Return a TCP segment with its checksum (RFC 9293 3.1).

    `control` are its sequence number, what it acknowledges, and its flags.
    """
    sequence, acknowledged, flags = control
    ports, offset = (source.port, goal.port), 5 << 4
    head = struct.pack("!HHIIBBH", *ports, sequence, acknowledged, offset, flags, _WINDOW)
    length = len(head) + 4 + len(octets)
    # the pseudo header of either IP adds up to the same words (RFC 9293 3.1, RFC 8200 8.1)
    pseudo = source.address.packed + goal.address.packed + struct.pack("!II", length, 6)
    found = checksum(pseudo + head + bytes(4) + octets)
    return head + struct.pack("!HH", found, 0) + octets


def ip_header(source: Address, goal: Address, length: int) -> bytes:
    """Return the IP header of a TCP segment of `length` octets."""
    if source.version == 6:
        return struct.pack("!IHBB", 6 << 28, length, 6, 64) + source.packed + goal.packed
    before = struct.pack("!BBHHHBB", 0x45, 0, 20 + length, 0, 0x4000, 64, 6)
    addresses = source.packed + goal.packed
    return before + struct.pack("!H", checksum(before + bytes(2) + addresses)) + addresses


def checksum(octets: bytes) -> int:
    """Return the Internet checksum (RFC 1071)."""
    octets += bytes(len(octets) % 2)
    total: int = sum(struct.unpack(f"!{len(octets) // 2}H", octets))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


class PacketTranscript:
    """Turns the events of one client into packets. `offset` makes a time of them one since 1970.

    `number` distinguishes connections without known addresses. Each method returns what to
    append; `remark` is what has to be said of the connection shown last. What is sent is kept back
    until `settle` or another time: what went out in one write has one time, and is one segment.
    """

    def __init__(self, offset: float, number: int = 0) -> None:
        self.remark = ""
        self._offset = offset
        self._number = number
        self._ends: Ends | None = None
        self._now: Conversation | None = None
        self._held: tuple[float, bytes] | None = None

    @property
    def holds(self) -> bool:
        """Whether something is kept back."""
        return self._held is not None

    def write(self, event: Event) -> bytes:
        """Return the packets of an event; what must stay secret in it is masked by then."""
        if not isinstance(event, Sent):
            return self.settle() + self._of(event)
        if self._held is not None and self._held[0] == event.at:
            self._held = (event.at, self._held[1] + event.command.raw)
            return b""
        settled = self.settle()
        self._held = (event.at, event.command.raw)
        return settled

    def settle(self) -> bytes:
        """Return the packets of what was kept back."""
        if self._held is None:
            return b""
        (at, octets), self._held = self._held, None
        return self._carried(at, octets, by_client=True)

    def heard(self, at: float, octets: bytes) -> bytes:
        """Return the packets of octets from the server; none where nothing is open."""
        return self.settle() + self._carried(at, octets, by_client=False)

    def _of(self, event: Event) -> bytes:
        match event:
            case Opened(at=at, seconds=seconds):
                self._ends = ends_of(event, self._number)
                self.remark = self._ends.remark
                self._number += 1
                return self._afresh(at, at - seconds)
            case Received(at=at, reply=reply):
                return self._carried(at, reply.raw, by_client=False)
            case Secured(at=at, tls=tls, surplus=surplus):
                clear = self._carried(at, surplus, by_client=False)
                return clear + self._afresh(at, at) if tls.ok else clear
            case HalfClosed(at=at) if self._now is not None:
                return self._now.half_closed(at + self._offset, by_client=True)
            case Closed(at=at, by=by, reason=reason):
                return self._over(at, by_client=by is By.US, in_order=not reason)
            case _:
                return b""

    def _carried(self, at: float, octets: bytes, *, by_client: bool) -> bytes:
        if self._now is None:
            return b""
        return self._now.said(at + self._offset, octets, by_client=by_client)

    def _afresh(self, at: float, asked: float) -> bytes:
        """End what is open and begin another connection between the same ends."""
        ended = self._over(at, by_client=True, in_order=True)
        if self._ends is None:
            return b""
        at, asked = at + self._offset, asked + self._offset
        self._now = Conversation(self._ends, round(at * 1000) + self._number)
        return ended + self._now.begun(asked, at)

    def _over(self, at: float, *, by_client: bool, in_order: bool) -> bytes:
        if self._now is None:
            return b""
        return self._now.over(at + self._offset, by_client=by_client, in_order=in_order)
