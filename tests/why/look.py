"""What a plain client sees of a world: a few lines, by which its story is checked.

    python -m tests.why.look FOLDER [ID ...]

It runs in the lab's network, uses nothing of the product, and prints JSON: lines by world.
"""

from __future__ import annotations

import json
import smtplib
import socket
import ssl
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Timer
from typing import Final

import dns.exception
import dns.resolver

from tests.why.worlds import CLIENT, World, read

PATIENCE: Final = 4.0
"""Seconds for each reply."""

TO_CONNECT: Final = 1.5
"""Seconds for a connection: a server of the lab that answers does so at once."""

ANOTHER: Final = "somebody@here.test"
"""A sender of our own in worlds where the second try is another story."""


def asked(name: str, kind: str) -> list[str]:
    """Return the records of a name, or a word in place of them."""
    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers, resolver.lifetime = ["127.0.0.1"], 8.0
    try:
        return sorted(record.to_text() for record in resolver.resolve(name, kind))
    except dns.resolver.NXDOMAIN:
        return ["NXDOMAIN"]
    except dns.resolver.NoAnswer:
        return ["none"]
    except dns.resolver.NoNameservers:
        return ["SERVFAIL"]
    except dns.exception.DNSException as error:
        return [type(error).__name__]


@contextmanager
def ending(client: smtplib.SMTP) -> Iterator[None]:
    """End a connection that is not done with within the block, however often something comes."""

    def end() -> None:
        if client.sock:
            client.sock.shutdown(socket.SHUT_RDWR)

    timer = Timer(PATIENCE + 1, end)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def dialogue(world: World, host: str, address: str, port: int) -> Iterator[str]:
    """Yield what a server says to the real sender, to <>, and of postmaster and somebody else."""
    began = time.monotonic()
    client = smtplib.SMTP(local_hostname=world.option("--ehlo", CLIENT), timeout=PATIENCE)
    if (road := opened(address, port)) != "open":
        yield f"{host} {address} connect: {road}"
        return
    with ending(client):
        try:
            code, text = client.connect(address, port)
        except (OSError, smtplib.SMTPException) as error:
            yield f"{host} greeting: {error or 'none'}"
            return
    yield f"{host} greeting: {code} {text.decode()} (after {time.monotonic() - began:.0f} s)"
    if code != 220:
        return
    with suppress(smtplib.SMTPException, OSError):
        yield from session(client, world, host)
    client.close()


def said(reply: tuple[int, bytes]) -> str:
    """Return a reply in one line."""
    return f"{reply[0]} {reply[1].decode('utf-8', 'replace')}".replace("\n", " | ")


def session(client: smtplib.SMTP, world: World, host: str) -> Iterator[str]:
    """Yield the lines behind the greeting."""
    yield f"{host} ehlo: {said(client.ehlo())}"
    if client.has_extn("starttls"):
        context = ssl.create_default_context()
        context.check_hostname = False
        reply = client.docmd("STARTTLS")
        verified = "good"
        if reply[0] == 220 and (plain := client.sock):
            try:
                client.sock = context.wrap_socket(plain, server_hostname=host)
            except ssl.SSLCertVerificationError as error:
                verified = error.verify_message
                yield f"{host} starttls: {said(reply)}: {verified}"
                return
            client.file = None
            yield f"{host} ehlo: {said(client.ehlo())}"
        yield f"{host} starttls: {said(reply)}: {verified}"
    yield from envelopes(client, world, host)


def envelopes(client: smtplib.SMTP, world: World, host: str) -> Iterator[str]:
    """Yield what is said to MAIL and RCPT, for some senders and recipients."""
    sender = ANOTHER if "greylist" in world.id else world.sender
    to = world.recipient.rpartition("@")[2].encode("idna").decode()
    size = world.option("--size")
    trials = (
        ("real", sender, world.recipient.rpartition("@")[0]),
        ("null", "", world.recipient.rpartition("@")[0]),
        ("postmaster", sender, "postmaster"),
        ("random", sender, "q7w2e9x4"),
        ("bare", sender, ""),
    )
    for name, origin, local in trials:
        if not local.isascii():
            continue
        parameter = f" SIZE={size}" if size else ""
        mail = client.docmd(f"MAIL FROM:<{origin}>{parameter}")
        yield f"{host} {name} mail: {said(mail)}"
        if mail[0] == 250:
            path = f"{local}@{to}" if local else "postmaster"
            yield f"{host} {name} rcpt: {said(client.docmd(f'RCPT TO:<{path}>'))}"
        client.docmd("RSET")


def seen(world: World) -> list[str]:
    """Return the lines of a world."""
    lines = []
    domain = world.domain.encode("idna").decode()
    hosts = asked(domain, "MX")
    lines.append(f"MX: {', '.join(hosts)}")
    names = [host.rpartition(" ")[2].rstrip(".") for host in hosts if " " in host]
    if hosts == ["none"]:
        names = [domain]
    relay = world.option("submission")
    for name in [relay] if relay else names:
        for kind in ("A", "AAAA") if name else ():
            addresses = asked(name, kind)
            lines.append(f"{name} {kind}: {', '.join(addresses)}")
            for address in addresses:
                if "." in address or ":" in address:
                    lines += dialogue(world, name, address, 587 if relay else 25)
    if control := world.option("--control"):
        for port in (25, 587):
            (address,) = asked(control, "A")
            lines.append(f"control {control} {port}: {opened(address, port)}")
    return lines


def opened(address: str, port: int) -> str:
    """Return how a connection went: open, silent, or what the system says."""
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.settimeout(TO_CONNECT)
        try:
            probe.connect((address, port))
        except TimeoutError:
            return "silent"
        except OSError as error:
            return str(error)
    return "open"


def main(ids: list[str]) -> None:
    """Print what is seen of the worlds with these ids, or of all."""
    worlds = [world for world in read() if not ids or world.id in ids]
    with ThreadPoolExecutor(16) as pool:
        found = dict(zip((world.id for world in worlds), pool.map(seen, worlds), strict=True))
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[2:])
