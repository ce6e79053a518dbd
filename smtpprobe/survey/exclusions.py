"""Networks and domains whose owners asked not to be contacted; nothing is sent to any of them."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from smtpprobe.errors import UsageError
from smtpprobe.net.connect import Connector, Endpoint, direct
from smtpprobe.net.mx_route import a_label
from smtpprobe.policy.addresses import read_address
from smtpprobe.protocol.target import parse_target

Made = TypeVar("Made", bound=asyncio.BaseProtocol)
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

EXCLUDED = "excluded by --exclude"


@dataclass(frozen=True)
class Exclusions:
    """The networks by the length of their prefix, and the domains; a domain covers those below."""

    networks: frozenset[Network] = frozenset()
    domains: frozenset[str] = frozenset()

    def covers(self, ip: str) -> bool:
        """Return whether an address is in one of the networks, an IPv4-mapped one too."""
        address = read_address(ip.partition("%")[0])
        if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        if address is None:
            return False
        return any(
            ipaddress.ip_network((address, bits), strict=False) in self.networks
            for version, bits in self._lengths
            if version == address.version
        )

    def covers_name(self, name: str) -> bool:
        """Return whether a name is one of the domains, or below one."""
        labels = name.lower().rstrip(".").split(".")
        return any(".".join(labels[at:]) in self.domains for at in range(len(labels)))

    @property
    def _lengths(self) -> set[tuple[int, int]]:
        return {(network.version, network.prefixlen) for network in self.networks}

    def honoured(self, connector: Connector = direct) -> Connector:
        """Return a way to endpoints that leads to no excluded address."""
        return _Guard(self, connector) if self.networks else connector


@dataclass(frozen=True)
class _Guard:
    exclusions: Exclusions
    connector: Connector

    async def __call__(
        self, to: Endpoint, make: Callable[[], Made], /
    ) -> tuple[asyncio.Transport, Made]:
        """Connect as the way itself does.

        Raises:
            OSError: the address is excluded, or the way gives no connection.
        """
        if self.exclusions.covers(to.address):
            raise OSError(EXCLUDED)
        return await self.connector(to, make)


def _domain(text: str) -> str:
    """Return a domain as it is compared.

    Raises:
        UsageError: it is not one.
    """
    if len(text.split()) > 1:
        raise UsageError(f"{text!r} is not a domain")
    return a_label(parse_target(text).name).lower().rstrip(".")


def read_exclusions(lines: Iterable[str], name: str) -> Exclusions:
    """Return what a list excludes: a network, an address or a domain in a line; `#` comments.

    Raises:
        UsageError: a line is none of these; the text has its number.
    """
    networks, domains = set[Network](), set[str]()
    for number, line in enumerate(lines, 1):
        text = line.removeprefix("\ufeff").partition("#")[0].strip()
        if not text:
            continue
        try:
            if read_address(text.partition("/")[0]) is not None:
                networks.add(ipaddress.ip_network(text, strict=False))
            else:
                domains.add(_domain(text))
        except (ValueError, UsageError):
            raise UsageError(
                f"{name}:{number}: {text[:80]!r} is not a network or a domain",
                "for example 192.0.2.0/24, 2001:db8::/32, example.org",
            ) from None
    return Exclusions(frozenset(networks), frozenset(domains))
