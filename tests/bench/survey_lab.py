"""A country of mail hosts for measurements: DNS and SMTP servers that follow from names alone.

    dK.hN.survey.test   MX hN.survey.test; a null MX for every fiftieth K
    hN.survey.test      A 198.18.x.y, each network of 250 in turn
    xK.survey.test      does not exist

Of 25 hosts one refuses connections, one is slow to greet, and three have TLSA records. Every other
name exists without records. All answers are as from a resolver that validates.

Run as a program it is the SMTP servers, or with `dns` and the digest of their key the DNS server.
"""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import ssl
import struct
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.bench.dns_responder import ANSWER, HEADER, IN, MX, NXDOMAIN, POINTER, A, asked, packed

ZONE = "survey.test"
TLSA = 52
VALIDATED = 0x81A0
TTL = 3600

OF, DEAD, SLOW, DANE = 25, (0,), (1,), (2, 3, 4)
"""Of how many hosts which ones are what."""

NETWORKS = 250
REPLY_SECONDS, SLOW_SECONDS = 0.05, 1.0


def host_address(number: int) -> str:
    """Return the address of the N-th host, of the range for measurements (RFC 2544)."""
    return f"198.18.{number % NETWORKS}.{number // NETWORKS + 1}"


def domains(count: int, hosts: int) -> list[str]:
    """Return so many domains on so many hosts; of a hundred one does not exist."""
    return [
        f"x{number}.{ZONE}" if number % 100 == 99 else f"d{number}.h{number % hosts}.{ZONE}"
        for number in range(count)
    ]


def _records(labels: Sequence[str], kind: int, digest: bytes) -> list[bytes]:
    match labels:
        case [domain, host] if kind == MX and domain.startswith("d"):
            if int(domain[1:]) % 50 == 7:
                return [struct.pack("!H", 0) + b"\0"]
            return [struct.pack("!H", 10) + packed(f"{host}.{ZONE}")]
        case [host] if kind == A and host[:1] == "h":
            return [socket.inet_aton(host_address(int(host[1:])))]
        case ["_25", "_tcp", host] if kind == TLSA and int(host[1:]) % OF in DANE:
            return [b"\3\1\1" + digest]
        case _:
            return []


def reply(query: bytes, digest: bytes) -> bytes:
    """Return the answer to a query."""
    name, kind, end = asked(query)
    labels = name.removesuffix(ZONE).rstrip(".").split(".")
    found = _records(labels, kind, digest)
    code = NXDOMAIN if labels[-1].startswith("x") else 0
    head = HEADER.pack(int.from_bytes(query[:2]), VALIDATED | code, 1, len(found), 0, 0)
    answers = (ANSWER.pack(POINTER, kind, IN, TTL, len(data)) + data for data in found)
    return b"".join((head, query[HEADER.size : end], *answers))


def serve_dns(digest: bytes) -> None:
    """Answer on a port that was free, which is printed."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as endpoint:
        endpoint.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        endpoint.bind(("127.0.0.1", 0))
        sys.stdout.write(f"{endpoint.getsockname()[1]}\n")
        sys.stdout.flush()
        while True:
            query, client = endpoint.recvfrom(4096)
            endpoint.sendto(reply(query, digest), client)


class Servers:
    """The SMTP servers; `asked` counts the connections of each address."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self.asked: Counter[str] = Counter()
        self._context = context

    async def converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Hold a session, each reply after a while."""
        here = writer.get_extra_info("sockname")[0]
        self.asked[here] += 1
        _, _, network, host = map(int, here.split("."))
        number = network + (host - 1) * NETWORKS
        try:
            await asyncio.sleep(SLOW_SECONDS if number % OF in SLOW else 0)
            await self._session(reader, writer, f"h{number}.{ZONE}")
        except (OSError, ValueError):
            pass  # the client has gone
        finally:
            writer.close()

    async def _session(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, name: str
    ) -> None:
        line, secured = b"", False
        while True:
            await asyncio.sleep(REPLY_SECONDS)
            match line[:4].upper():
                case b"":
                    writer.write(f"220 {name} ESMTP\r\n".encode())
                case b"EHLO":
                    offer = "" if secured else "250-STARTTLS\r\n"
                    writer.write(f"250-{name}\r\n{offer}250 SIZE 1000\r\n".encode())
                case b"STAR":
                    writer.write(b"220 go ahead\r\n")
                    await writer.drain()
                    await writer.start_tls(self._context)
                    secured = True
                case b"QUIT":
                    writer.write(b"221 bye\r\n")
                    return
                case _:
                    writer.write(b"502 no\r\n")
            line = await reader.readline()
            if not line:
                return


async def serve_smtp(hosts: int, chain: str) -> Counter[str]:
    """Serve until SIGTERM; return the connections of each address."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    servers, over = Servers(context), asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, over.set)
    alive = [host_address(number) for number in range(hosts) if number % OF not in DEAD]
    for ip in alive:
        await asyncio.start_server(servers.converse, ip, 25)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await over.wait()
    return servers.asked


if __name__ == "__main__":
    if sys.argv[1] == "dns":
        serve_dns(bytes.fromhex(sys.argv[2]))
    counted = asyncio.run(serve_smtp(int(sys.argv[2]), sys.argv[3]))
    Path(sys.argv[4]).write_text(json.dumps(counted))
