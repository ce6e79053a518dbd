"""The header of the PROXY protocol, by which a proxy tells a server who its client is.

It precedes everything, TLS included, and is never answered (HAProxy, "The PROXY
protocol", versions 1 and 2). Here it is made from what the user wrote, and read.
"""

from __future__ import annotations

import ipaddress
from typing import TypeAlias

from smtpprobe.digits import whole_number
from smtpprobe.errors import UsageError
from smtpprobe.named_tuple import NamedTuple

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

SIGNATURE = b"\r\n\r\n\0\r\nQUIT\n"
"""How version 2 begins (section 2.2)."""

LONGEST_LINE = 107
"""Octets of the longest header of version 1, its CR LF included (section 2.1)."""

LONGEST_TAIL = 4096
"""How many octets of addresses and attributes a header of version 2 may have here."""

_LOCAL, _PROXY = 0x20, 0x21
_TCP = {4: 0x11, 6: 0x21}
_HINT = "for example 'v1 192.0.2.1', 'v2 192.0.2.1:4711 198.51.100.2:25', 'v1 unknown', 'v2 local'"


class End(NamedTuple):
    """An address with a port; None: that of the connection itself."""

    address: str
    port: int | None = None

    def __str__(self) -> str:
        host = f"[{self.address}]" if ":" in self.address else self.address
        return host if self.port is None else f"{host}:{self.port}"


class ProxyHeader(NamedTuple):
    """What a header is to say; an end that is None is taken from the connection.

    With `nobody` it names no addresses: UNKNOWN in version 1, LOCAL in version 2.
    """

    version: int
    source: End | None = None
    destination: End | None = None
    nobody: bool = False


class Written(NamedTuple):
    """A header as it goes out, and in words."""

    octets: bytes
    words: str


class MisreadError(Exception):
    """Octets that are no header; the text says why."""


def parse_header(text: str) -> ProxyHeader:
    """Return the header meant by `v1|v2 [SRC[:PORT] [DST[:PORT]]]`, `v1 unknown` or `v2 local`.

    Raises:
        UsageError: none is meant by it.
    """
    version, *words = text.lower().split() or [""]
    if version not in ("v1", "v2") or len(words) > 2:
        raise UsageError(f"PROXY protocol: {text!r} cannot be understood", _HINT)
    number = int(version[1])
    if words and words[0] in ("local", "unknown"):
        if words[1:] or words[0] != ("unknown" if number == 1 else "local"):
            raise UsageError(
                f"PROXY protocol: {text!r} cannot be understood",
                "without addresses it is 'v1 unknown' or 'v2 local'",
            )
        return ProxyHeader(number, nobody=True)
    ends = [_end(word) for word in words]
    if len({ipaddress.ip_address(end.address).version for end in ends}) > 1:
        raise UsageError(
            f"PROXY protocol: {ends[0].address} and {ends[1].address} are not of one family",
            "name two IPv4 addresses, or two IPv6 addresses",
        )
    source, destination = (*ends, None, None)[:2]
    return ProxyHeader(number, source, destination)


def _end(text: str) -> End:
    address, port = text, ""
    if text.startswith("["):
        address, _, port = text[1:].partition("]")
        port = port.removeprefix(":")
    elif text.count(":") == 1:
        address, _, port = text.partition(":")
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        raise UsageError(f"PROXY protocol: {text!r} is not an address", _HINT) from None
    if not port:
        return End(str(found))
    if (number := whole_number(port, 65535)) is None:
        raise UsageError(f"PROXY protocol: {text!r}: the port must be from 0 to 65535", _HINT)
    return End(str(found), number)


def written(header: ProxyHeader, local: End | None, remote: End | None) -> Written:
    """Return a header for a connection between `local` and `remote`, which may be unknown.

    Raises:
        UsageError: an address is missing, or the two are not of one family.
    """
    if header.nobody:
        if header.version == 1:
            return Written(b"PROXY UNKNOWN\r\n", "PROXY v1 UNKNOWN")
        return Written(SIGNATURE + bytes((_LOCAL, 0, 0, 0)), "PROXY v2 LOCAL")
    source = _filled(header.source, local)
    destination = _filled(header.destination, remote)
    if source is None or destination is None:
        raise UsageError(
            "PROXY protocol: this connection has no addresses",
            "name both, as in --proxy-protocol 'v1 192.0.2.1:4711 198.51.100.2:25'",
        )
    ends = [ipaddress.ip_address(end.address) for end in (source, destination)]
    if ends[0].version != ends[1].version:
        raise UsageError(
            f"PROXY protocol: {source.address} and {destination.address} are not of one family",
            "name a destination of the same family as well",
        )
    words = f"PROXY v{header.version} {source} -> {destination}"
    ports = (source.port or 0, destination.port or 0)
    if header.version == 1:
        line = f"PROXY TCP{ends[0].version} {ends[0]} {ends[1]} {ports[0]} {ports[1]}\r\n"
        return Written(line.encode(), words)
    tail = ends[0].packed + ends[1].packed + b"".join(port.to_bytes(2) for port in ports)
    head = bytes((_PROXY, _TCP[ends[0].version])) + len(tail).to_bytes(2)
    return Written(SIGNATURE + head + tail, words)


def _filled(wanted: End | None, own: End | None) -> End | None:
    if wanted is None or wanted.port is not None:
        return wanted or own
    return wanted._replace(port=own.port if own is not None else None)


class Announced(NamedTuple):
    """A header as a server reads it: how long it is, and the client it names (None: nobody)."""

    octets: int
    client: End | None = None


def read_header(octets: bytes) -> Announced | None:
    """Return the header at the beginning of octets; None while more of it has to come.

    Raises:
        MisreadError: they do not begin with one.
    """
    if octets[:12] == SIGNATURE[: len(octets)]:
        return _read_second(octets)
    if octets[:6] != b"PROXY "[: len(octets)]:
        raise MisreadError("it does not begin with a PROXY header")
    line, newline, _ = octets[:LONGEST_LINE].partition(b"\r\n")
    if newline:
        return Announced(len(line) + 2, _read_line(line))
    if len(octets) >= LONGEST_LINE:
        raise MisreadError("the line of PROXY is too long")
    return None


def _read_line(line: bytes) -> End | None:
    words = line.decode("ascii", "replace").split(" ")
    if words[1] == "UNKNOWN":
        return None
    if len(words) != 6 or words[1] not in ("TCP4", "TCP6"):
        raise MisreadError("a line of PROXY has a family, two addresses and two ports")
    try:
        ends = [ipaddress.ip_address(word) for word in words[2:4]]
    except ValueError:
        raise MisreadError("the line of PROXY has a bad address") from None
    if {end.version for end in ends} != {int(words[1][3])}:
        raise MisreadError("the addresses in the line of PROXY are of another family")
    ports = [whole_number(word, 65535) for word in words[4:]]
    if None in ports:
        raise MisreadError("the line of PROXY has a bad port")
    return End(str(ends[0]), ports[0])


def _read_second(octets: bytes) -> Announced | None:
    if len(octets) < 16:
        return None
    length = int.from_bytes(octets[14:16])
    if octets[12] not in (_LOCAL, _PROXY) or length > LONGEST_TAIL:
        raise MisreadError("the header of PROXY version 2 is not well-formed")
    if len(octets) < 16 + length:
        return None
    size = {0x11: 4, 0x21: 16}.get(octets[13])
    if octets[12] == _LOCAL or size is None:
        return Announced(16 + length)
    if length < 2 * size + 4:
        raise MisreadError("the header of PROXY version 2 has too few octets of addresses")
    address = ipaddress.ip_address(octets[16 : 16 + size])
    port = int.from_bytes(octets[16 + 2 * size : 18 + 2 * size])
    return Announced(16 + length, End(str(address), port))
