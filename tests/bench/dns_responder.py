"""A DNS server for measurements: answers by the form of a name alone, in next to no time.

    dK.hN.bench.test    MX hN.bench.test, for every K
    hN.bench.test       A 198.18.x.y, the N-th address
    four.bench.test     MX a.four.bench.test to d.four.bench.test
    a.four.bench.test   A 192.0.2.1 and 192.0.2.2, and so on
    xK.bench.test       does not exist

All other names exist without records, but those below a name that does not exist.
"""

from __future__ import annotations

import socket
import struct
import sys
from collections.abc import Sequence

ZONE = "bench.test"
HEADER = struct.Struct("!6H")
ANSWER = struct.Struct("!HHHIH")
POINTER = 0xC00C
"""The name in the question."""

IN, A, MX = 1, 1, 15
RESPONSE, NXDOMAIN = 0x8180, 3
TTL = 3600
HOSTS_OF_FOUR = "abcd"


def host_address(number: int) -> str:
    """Return the address of the N-th host, of the range for measurements (RFC 2544)."""
    return f"198.18.{number // 250}.{number % 250 + 1}"


def packed(name: str) -> bytes:
    """Return a name in wire form."""
    labels = (label.encode() for label in name.split("."))
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def asked(query: bytes) -> tuple[str, int, int]:
    """Return the name and type of a question, and where it ends."""
    labels, position = [], HEADER.size
    while length := query[position]:
        labels.append(query[position + 1 : position + 1 + length].decode("ascii"))
        position += 1 + length
    return (
        ".".join(labels).lower(),
        int.from_bytes(query[position + 1 : position + 3]),
        position + 5,
    )


def exchangers(labels: Sequence[str]) -> list[str]:
    """Return the mail hosts of a domain, given its labels below the zone."""
    match labels:
        case ["four"]:
            return [f"{host}.four.{ZONE}" for host in HOSTS_OF_FOUR]
        case [domain, host] if domain.startswith("d") and host.startswith("h"):
            return [f"{host}.{ZONE}"]
        case _:
            return []


def addresses(labels: Sequence[str]) -> list[str]:
    """Return the addresses of a name, given its labels below the zone."""
    match labels:
        case [host, "four"] if host in HOSTS_OF_FOUR:
            first = 2 * HOSTS_OF_FOUR.index(host) + 1
            return [f"192.0.2.{first}", f"192.0.2.{first + 1}"]
        case [host] if host.startswith("h") and host[1:].isdigit():
            return [host_address(int(host[1:]))]
        case _:
            return []


def records(labels: Sequence[str], kind: int) -> list[bytes]:
    """Return the data of the records of a name, in wire form."""
    if kind == MX:
        return [struct.pack("!H", 10) + packed(name) for name in exchangers(labels)]
    return [socket.inet_aton(address) for address in addresses(labels)] if kind == A else []


def reply(query: bytes) -> bytes:
    """Return the answer to a query; EDNS is passed over, as old servers do."""
    name, kind, end = asked(query)
    labels = name.removesuffix(ZONE).rstrip(".").split(".")
    found = records(labels, kind)
    code = NXDOMAIN if labels[-1].startswith("x") else 0
    head = HEADER.pack(int.from_bytes(query[:2]), RESPONSE | code, 1, len(found), 0, 0)
    return b"".join(
        (
            head,
            query[HEADER.size : end],
            *(ANSWER.pack(POINTER, kind, IN, TTL, len(data)) + data for data in found),
        )
    )


def main() -> None:
    """Answer on a port that was free, which is printed."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as endpoint:
        endpoint.bind(("127.0.0.1", 0))
        sys.stdout.write(f"{endpoint.getsockname()[1]}\n")
        sys.stdout.flush()
        while True:
            query, client = endpoint.recvfrom(4096)
            endpoint.sendto(reply(query), client)


if __name__ == "__main__":
    main()
