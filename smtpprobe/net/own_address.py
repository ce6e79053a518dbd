"""The address from which packets to another host leave, as the system chooses it."""

from __future__ import annotations

import socket

from smtpprobe.policy.addresses import read_address


def own_address(to: str) -> str:
    """Return the source address for an address; empty where there is no way to it.

    No packet is sent: connecting a datagram socket only chooses the way.
    """
    found = read_address(to.partition("%")[0])
    if found is None:
        return ""
    family = socket.AF_INET6 if found.version == 6 else socket.AF_INET
    try:
        where = socket.getaddrinfo(to, 25, family, socket.SOCK_DGRAM, flags=socket.AI_NUMERICHOST)
        with socket.socket(family, socket.SOCK_DGRAM) as way:
            way.connect(where[0][4])
            name = way.getsockname()[0]
    except OSError:
        return ""
    return str(name).partition("%")[0]
