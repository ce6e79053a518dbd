"""IP addresses: which texts are one, and which cannot be a mail host's, and why."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import TypeAlias

from smtpprobe.protocol.target import SMTP_PORT, SMTPS_PORT, SUBMISSION_PORT

_NOWHERE = (
    *("127.0.0.0/8", "::1", "0.0.0.0", "::"),
    *("169.254.0.0/16", "fe80::/10", "224.0.0.0/4", "ff00::/8"),
)
_INTERNAL = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")


def _networks(*texts: str) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    return tuple(ipaddress.ip_network(text) for text in texts)


NOWHERE = _networks(*_NOWHERE)
"""Networks that cannot reach a remote host: the sender itself, its link, or unassigned."""

NO_MAIL_NETWORKS = _networks(*_NOWHERE, *_INTERNAL)
"""Networks in which no mail host of the internet can be.

Not `ipaddress.is_private`, which takes in the ranges of documentation.
"""

MAIL_PORTS = (SMTP_PORT, SMTPS_PORT, SUBMISSION_PORT)
"""The ports of senders and mail clients. Another port on loopback is a test server."""


Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address


def read_address(text: str) -> Address | None:
    """Return an address by its text; None where it is no address but, as a rule, a name."""
    if ":" not in text and not text[-1:].isdigit():
        return None  # most are names, and to refuse one costs more than to read an address
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def is_address(text: str) -> bool:
    """Return whether a text is an IP address, not a name."""
    return read_address(text) is not None


def is_loopback(text: str) -> bool:
    """Return whether a text is an address of this machine itself (RFC 6890 2.2)."""
    address = read_address(text)
    return address is not None and address.is_loopback


def leads_nowhere(address: str, port: int) -> bool:
    """Return whether an address in DNS reaches no remote host, but the sender itself."""
    return port in MAIL_PORTS and bool(_network_of(address, NOWHERE))


def no_mail_network(address: str) -> str:
    """Return the network because of which an address can be no mail host's; empty without one."""
    return _network_of(address, NO_MAIL_NETWORKS)


def nobodys(address: str) -> str:
    """Return why an address cannot be a host's to dial; empty if it can, or is no address."""
    found = read_address(address)
    if found is None:
        return ""
    if found.version == 6 and found.is_link_local and "%" not in address:
        return f"a link-local address needs an interface: {address}%eth0"
    kinds = (
        (found.is_multicast, "a multicast address"),
        (address == "255.255.255.255", "the broadcast address"),
        (found.version == 4 and found.is_reserved, "a reserved address"),
    )
    kind = next((words for holds, words in kinds if holds), "")
    return f"{kind}, which no host can have" if kind else ""


def _network_of(
    address: str, networks: Iterable[ipaddress.IPv4Network | ipaddress.IPv6Network]
) -> str:
    found = ipaddress.ip_address(address)
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return next((str(network) for network in networks if (mapped or found) in network), "")
