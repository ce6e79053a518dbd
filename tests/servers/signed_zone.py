"""DNSSEC for the lab: a tree of signed zones below a root of its own, and the proofs that go along.

Every zone has one ECDSA key. The root's is the trust anchor; a parent vouches for a child by a DS
record, and for a child without signatures by having none (RFC 4035).
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Final, TypeVar

import dns.dnssec
import dns.dnssectypes
import dns.name
import dns.node
import dns.rdata
import dns.rdataclass
import dns.rdataset
import dns.rdatatype
import dns.rrset
import dns.zone
from cryptography.hazmat.primitives.asymmetric import ec
from dns.rdtypes.dnskeybase import Flag

if TYPE_CHECKING:
    from dns.rdtypes.ANY.DNSKEY import DNSKEY

HEAD: Final = """\
$TTL 300
@ SOA ns hostmaster 1 3600 600 86400 60
@ NS ns
ns A 127.0.0.1
"""
"""Stands above the text of every zone."""

TTL: Final = 300

Zone = TypeVar("Zone")


class Signing(Enum):
    """How a zone is signed; the value is when its signatures began and ended, in days from now.

    Unbound takes a signature for a day after its end.
    """

    GOOD = (-1, 30)
    EXPIRED = (-30, -3)
    NONE = None


def parsed(origin: str, text: str) -> dns.zone.Zone:
    """Return the zone written in a text; SOA, NS and the name server's address come with it."""
    return dns.zone.from_text(HEAD + text, origin=f"{origin}.", relativize=False)


def origin_of(zone: dns.zone.Zone) -> dns.name.Name:
    """Return a zone's origin, which every zone made here has."""
    assert zone.origin is not None
    return zone.origin


@dataclass(frozen=True, slots=True)
class Tree:
    """Zones up to the root, and the DS record that a resolver has to believe."""

    zones: tuple[dns.zone.Zone, ...]
    anchor: str

    @property
    def origins(self) -> list[str]:
        """Return the name of each zone, with its final dot."""
        return [origin_of(zone).to_text() for zone in self.zones]


def planted(
    texts: Mapping[str, str],
    signing: Mapping[str, Signing] | None = None,
    unreadable: Mapping[str, Sequence[bytes]] | None = None,
) -> Tree:
    """Return the tree of zones given as origin and text; all are signed well but those named.

    `unreadable` are TLSA records by owner which no text can hold, as dnspython knows better.
    """
    planted = [parsed(origin, text) for origin, text in {"": "", **texts}.items()]
    planted.sort(key=lambda zone: len(origin_of(zone)), reverse=True)
    zones = {origin_of(zone): zone for zone in planted}
    for owner, records in (unreadable or {}).items():
        add_unreadable(zones, dns.name.from_text(owner), records)
    for origin, zone in zones.items():
        how = (signing or {}).get(origin.to_text(omit_final_dot=True), Signing.GOOD)
        key = signed(zone, how)
        if origin != dns.name.root:
            parent = holder(zones, origin, dns.rdatatype.DS)
            assert parent is not None
            delegate(parent, origin, key)
    assert key is not None, "the root is signed"
    anchor = dns.dnssec.make_ds(dns.name.root, key, "SHA256")
    return Tree(tuple(planted), f". DS {anchor.to_text()}")


def add_unreadable(
    zones: Mapping[dns.name.Name, dns.zone.Zone], owner: dns.name.Name, records: Sequence[bytes]
) -> None:
    """Add TLSA records as octets to the zone their owner belongs to."""
    kind = dns.rdatatype.TLSA
    zone = holder(zones, owner, kind)
    assert zone is not None
    rdataset = zone.find_rdataset(owner, kind, create=True)
    for octets in records:
        rdataset.add(dns.rdata.GenericRdata(dns.rdataclass.IN, kind, octets), TTL)


def holder(
    zones: Mapping[dns.name.Name, Zone], name: dns.name.Name, kind: dns.rdatatype.RdataType
) -> Zone | None:
    """Return the zone that answers for a name: the longest origin, for DS the one above it."""
    if kind == dns.rdatatype.DS and name != dns.name.root:
        name = name.parent()
    while name not in zones and name != dns.name.root:
        name = name.parent()
    return zones.get(name)


def delegate(parent: dns.zone.Zone, child: dns.name.Name, key: DNSKEY | None) -> None:
    """Have a parent point to its child, and vouch for the child's key if it has one."""
    with parent.writer() as writer:
        server = dns.name.Name([b"ns"]).concatenate(child)
        writer.add(child, TTL, dns.rdata.from_text("IN", "NS", server.to_text()))
        if key:
            writer.add(child, TTL, dns.dnssec.make_ds(child, key, "SHA256"))


def signed(zone: dns.zone.Zone, how: Signing) -> DNSKEY | None:
    """Sign a zone and return the key it is signed with, or None when it is to have none."""
    if how.value is None:
        return None
    private = ec.generate_private_key(ec.SECP256R1())
    key = dns.dnssec.make_dnskey(
        private.public_key(), dns.dnssectypes.Algorithm.ECDSAP256SHA256, flags=Flag.ZONE | Flag.SEP
    )
    begin, end = (datetime.now(UTC) + timedelta(days=days) for days in how.value)
    dns.dnssec.sign_zone(zone, keys=[(private, key)], inception=begin, expiration=end)
    return key


class Served:
    """A zone that no longer changes, with what has to be found in it quickly."""

    def __init__(self, zone: dns.zone.Zone) -> None:
        self.zone = zone
        self.origin = origin_of(zone)
        self.proving = sorted(name for name, node in zone.nodes.items() if has_proof(node))
        """The names with an NSEC record, in canonical order."""
        self.known = {self.origin}
        """All names that are there, and those that have some below them."""
        for name in zone:
            above = name
            while above not in self.known:
                self.known.add(above)
                above = above.parent()

    def records(
        self, name: dns.name.Name, kind: dns.rdatatype.RdataType, *, secure: bool
    ) -> list[dns.rrset.RRset]:
        """Return the records of a name and type, with their signature where one is wanted."""
        found = self.zone.get_rdataset(name, kind)
        if found is None:
            return []
        sets: list[dns.rdataset.Rdataset] = [found]
        signature = self.zone.get_rdataset(name, dns.rdatatype.RRSIG, covers=kind)
        if secure and signature:
            sets.append(signature)
        return [dns.rrset.from_rdata_list(name, one.ttl, list(one)) for one in sets]

    def proof_of_absence(self, name: dns.name.Name) -> list[dns.rrset.RRset]:
        """Return the NSEC records that show a name, or its type, is not there (RFC 4035, 3.1.3).

        That is the record of the name itself, or the one whose gap the name falls into, and then
        the one whose gap a wildcard would fall into.
        """
        owners = {self.owner_of_proof(denied): None for denied in self.denied_names(name)}
        kind = dns.rdatatype.NSEC
        return [rrset for owner in owners for rrset in self.records(owner, kind, secure=True)]

    def denied_names(self, name: dns.name.Name) -> Iterator[dns.name.Name]:
        """Yield a name, and the wildcard beside it when nothing at or below the name is there."""
        yield name
        if name not in self.known:
            while name not in self.known:
                name = name.parent()
            yield dns.name.Name([b"*"]).concatenate(name)

    def owner_of_proof(self, name: dns.name.Name) -> dns.name.Name:
        """Return the last name with an NSEC record that is not after a name."""
        position = bisect.bisect_right(self.proving, name)
        return self.proving[position - 1] if position else self.origin


def has_proof(node: dns.node.Node) -> bool:
    """Return whether a name has an NSEC record; what is below a delegation has none."""
    return node.get_rdataset(dns.rdataclass.IN, dns.rdatatype.NSEC) is not None


def spoilt(rrset: dns.rrset.RRset) -> dns.rrset.RRset:
    """Return signatures of which the last octet is another; other records as they are."""
    if rrset.rdtype != dns.rdatatype.RRSIG:
        return rrset
    records = [
        record.replace(signature=record.signature[:-1] + bytes([record.signature[-1] ^ 1]))
        for record in rrset
    ]
    return dns.rrset.from_rdata_list(rrset.name, rrset.ttl, records)
