"""Reads packet captures back in plain Python: each packet checked, each connection put together."""

from __future__ import annotations

import ipaddress
import struct
from collections.abc import Iterator
from typing import NamedTuple

FIN, SYN, RST, ACK = 0x01, 0x02, 0x04, 0x10


class Packet(NamedTuple):
    at: float
    source: tuple[str, int]
    goal: tuple[str, int]
    sequence: int
    acknowledged: int
    flags: int
    octets: bytes


class Stream(NamedTuple):
    """One TCP connection: its ends, what each side said, and how each side ended."""

    client: tuple[str, int]
    server: tuple[str, int]
    sent: bytes
    received: bytes
    ended: tuple[int, int]


def packets(octets: bytes) -> Iterator[Packet]:
    """Yield the packets; a checksum or a length that is wrong is an assertion that fails."""
    magic, major, minor, _, _, longest, link = struct.unpack_from("<IHHiIII", octets)
    assert (magic, major, minor, longest, link) == (0xA1B2C3D4, 2, 4, 65535, 101)
    position = 24
    while position < len(octets):
        seconds, micro, kept, whole = struct.unpack_from("<IIII", octets, position)
        assert kept == whole
        assert micro < 1_000_000
        packet = octets[position + 16 : position + 16 + kept]
        assert len(packet) == kept
        yield _packet(seconds + micro / 1e6, packet)
        position += 16 + kept


def _packet(at: float, packet: bytes) -> Packet:
    if packet[0] >> 4 == 4:
        assert int.from_bytes(packet[2:4], "big") == len(packet)
        assert total(packet[:20]) == 0xFFFF
        addresses, segment, protocol = packet[12:20], packet[20:], packet[9]
        pair = addresses[:4], addresses[4:]
        pseudo = addresses + struct.pack("!BBH", 0, protocol, len(segment))
    else:
        assert int.from_bytes(packet[4:6], "big") == len(packet) - 40
        addresses, segment, protocol = packet[8:40], packet[40:], packet[6]
        pair = addresses[:16], addresses[16:]
        pseudo = addresses + struct.pack("!IHBB", len(segment), 0, 0, protocol)
    assert protocol == 6
    assert total(pseudo + segment) == 0xFFFF
    sport, dport, sequence, acknowledged, offset, flags = struct.unpack_from("!HHIIBB", segment)
    source, goal = (str(ipaddress.ip_address(one)) for one in pair)
    body = segment[(offset >> 4) * 4 :]
    return Packet(at, (source, sport), (goal, dport), sequence, acknowledged, flags, body)


def total(octets: bytes) -> int:
    """The one's complement sum (RFC 1071): 0xFFFF where a checksum in it is right."""
    found = 0
    for at in range(0, len(octets), 2):
        found += int.from_bytes(octets[at : at + 2].ljust(2, b"\0"), "big")
        found = (found & 0xFFFF) + (found >> 16)
    return found


def streams(octets: bytes) -> list[Stream]:
    """Put the connections together; a gap, or what nobody has sent acknowledged, fails."""
    found: list[list[Packet]] = []
    latest: dict[frozenset[tuple[str, int]], list[Packet]] = {}
    for packet in packets(octets):
        ends = frozenset({packet.source, packet.goal})
        if packet.flags & (SYN | ACK) == SYN:
            latest[ends] = []
            found.append(latest[ends])
        latest[ends].append(packet)
    return [_stream(one) for one in found]


def _stream(found: list[Packet]) -> Stream:
    client, server = found[0].source, found[0].goal
    due: dict[tuple[str, int], int] = {}
    said: dict[tuple[str, int], bytes] = {client: b"", server: b""}
    ended = {client: 0, server: 0}
    at = found[0].at
    for packet in found:
        assert packet.at >= at
        at = packet.at
        assert packet.sequence == due.get(packet.source, packet.sequence)
        if packet.flags & ACK:
            assert packet.acknowledged == due[packet.goal]
        said[packet.source] += packet.octets
        used = len(packet.octets) + bool(packet.flags & SYN) + bool(packet.flags & FIN)
        due[packet.source] = (packet.sequence + used) & 0xFFFFFFFF
        ended[packet.source] |= packet.flags & (FIN | RST)
    return Stream(client, server, said[client], said[server], (ended[client], ended[server]))
