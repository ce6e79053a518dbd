"""The addresses to be asked: their network blocks, and how they are spread over jobs. Pure.

A lane is what one worker may ask at a time; its chunks follow one another. All addresses of a
network block are in one lane, so that no two workers are in the same block at a time.
"""

from __future__ import annotations

import ipaddress
from typing import NamedTuple

CHUNK, LEAST_CHUNK = 200, 20
"""Addresses of a job: on a cluster as many may be asked a second time when its worker dies."""

LANES_A_WORKER = 8
"""How many lanes a worker should have at least: so all are busy to the end, or nearly."""

BLOCK_BITS = {4: 24, 6: 48}
"""The length of the prefix that is one network block: a /24, and what a site gets (RFC 6177 2)."""


def network_of(ip: str) -> str:
    """Return the network block of an address: `192.0.2.0/24`, `2001:db8:1::/48`."""
    address = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return str(ipaddress.ip_network((address, BLOCK_BITS[address.version]), strict=False))


def chunk_size(total: int, workers: int) -> int:
    """Return how many of all addresses are a job."""
    return max(LEAST_CHUNK, min(CHUNK, total // (LANES_A_WORKER * workers)))


class Slot(NamedTuple):
    """Where an address is asked: its lane, and the chunk of that lane; both from 0."""

    lane: int
    chunk: int


class Lanes:
    """Gives each address its slot; those of one block come in a row.

    A new block begins a new lane once the lane has `size` addresses; a chunk has at most `size`.
    """

    def __init__(self, size: int = CHUNK, first: int = 0) -> None:
        self._size = size
        self._lane, self._taken = first, 0
        self._block = ""

    def slot(self, network: str) -> Slot:
        """Return the slot of the next address, which is in this block."""
        if network != self._block and self._taken >= self._size:
            self._lane, self._taken = self._lane + 1, 0
        self._block = network
        self._taken += 1
        return Slot(self._lane, (self._taken - 1) // self._size)
