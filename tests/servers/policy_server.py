"""An HTTPS server for MTA-STS policies (RFC 8461, 3.3): as it should be, and as it should not.

It has a host name for every way to behave, tells them apart by SNI and the Host field, as do the
servers of those who keep the policies of many, and shows each with a certificate of its own.
"""

from __future__ import annotations

import re
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final, cast

from tests.servers.certificates import Chain
from tests.servers.network import Network

PATH: Final = "/.well-known/mta-sts.txt"

BLOCK: Final = b"mx: mx.example.org\r\n".ljust(64, b" ") * 1024


@dataclass(frozen=True, slots=True)
class Site:
    """What is said to somebody who asks for the policy: the first octets, then others again."""

    first: bytes
    then: bytes = b""
    times: int = 0
    every: float = 0.0
    """Seconds before each of the times."""


def page(
    body: bytes, media_type: str | None = "text/plain", status: str = "200 OK", more: str = ""
) -> Site:
    """Return a site with one whole reply; `more` are header lines with their line ends."""
    kind = f"Content-Type: {media_type}\r\n" if media_type else ""
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n{kind}{more}"
    return Site(head.encode() + b"\r\n" + body)


def cut(body: bytes, of: int) -> Site:
    """Return a site that promises `of` octets, and ends the connection behind fewer."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {of}\r\n\r\n"
    return Site(head.encode() + body)


def cut_in_chunks(body: bytes) -> Site:
    """Return a site that ends the connection behind the first of several chunks."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
    return Site(head + b"%x\r\n%s\r\n" % (len(body), body))


def without_length(body: bytes) -> Site:
    """Return a site whose body ends with the connection, which TLS does not vouch for."""
    return Site(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + body)


def policy(*lines: str) -> Site:
    """Return a site with a policy of lines."""
    return page("".join(f"{line}\r\n" for line in lines).encode())


def dripping() -> Site:
    """Return a site whose policy goes on for days, an octet a second."""
    return Site(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n", b"v", 1_000_000, every=1.0)


def gigabyte() -> Site:
    """Return a site whose policy has 2**30 octets."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {2**30}\r\n\r\n"
    return Site(head.encode(), BLOCK, 2**30 // len(BLOCK))


@dataclass(frozen=True, slots=True)
class PolicyServer:
    """The running server, as a test sees it."""

    address: str
    port: int
    sites: Mapping[str, Site]
    """By host name, lower case."""
    requests: list[str] = field(default_factory=list)
    """What was asked: the host name and the request line."""
    stopping: threading.Event = field(default_factory=threading.Event)

    def serve(self, connection: socket.socket) -> None:
        """Read a request and answer it."""
        head = b""
        while b"\r\n\r\n" not in head and (more := connection.recv(4096)):
            head += more
        line, _, fields = head.decode("latin-1").partition("\r\n")
        host = re.search(r"^Host: ([^:\r]+)", fields, re.MULTILINE | re.IGNORECASE)
        name = host[1].lower() if host else ""
        self.requests.append(f"{name} {line}")
        found = f" {PATH} " in line and name in self.sites
        site = self.sites[name] if found else page(b"", status="404 Not Found")
        connection.sendall(site.first)
        for _ in range(site.times):
            if self.stopping.wait(site.every):
                return
            connection.sendall(site.then)


class Listener(socketserver.ThreadingTCPServer):
    """Takes connections; `context` and `policies` are set before it is started."""

    allow_reuse_address = True
    daemon_threads = False
    request_queue_size = 50
    context: ssl.SSLContext
    policies: PolicyServer


class Handler(socketserver.BaseRequestHandler):
    """Serve one client, which may leave at any time."""

    def handle(self) -> None:
        """Do the handshake and answer."""
        server = cast("Listener", self.server)
        self.request.settimeout(10)
        with suppress(OSError), server.context.wrap_socket(self.request, server_side=True) as tls:
            server.policies.serve(tls)


def context_for(chains: Mapping[str, Chain]) -> ssl.SSLContext:
    """Return a context that shows each host name its own chain, and an alert to other names."""
    contexts = {name: chain.context() for name, chain in chains.items()}

    def choose(connection: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> int | None:
        if name not in contexts:
            return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
        connection.context = contexts[name]
        return None

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.sni_callback = choose
    return context


@contextmanager
def serving(
    sites: Mapping[str, Site], chains: Mapping[str, Chain], address: str, network: Network
) -> Iterator[PolicyServer]:
    """Serve sites, each with the chain of its host name, until the block ends."""
    with network.inside():
        listener = Listener((address, network.https_port), Handler)
    listener.context = context_for(chains)
    listener.policies = PolicyServer(address, listener.server_address[1], sites)
    thread = threading.Thread(target=listener.serve_forever, args=(0.05,))
    with listener:
        thread.start()
        try:
            yield listener.policies
        finally:
            listener.policies.stopping.set()
            listener.shutdown()
            thread.join()
