"""Looks up the mail hosts of a target, their addresses and TLSA records, with DNSSEC status."""

from __future__ import annotations

import asyncio
import ipaddress
from dataclasses import dataclass

from smtpprobe.net.system_names import system_addresses
from smtpprobe.policy import dane
from smtpprobe.policy.addresses import is_address
from smtpprobe.policy.dns_answer import MOST_HOSTS, Lookup, Status, answered, exchangers
from smtpprobe.protocol.target import is_local
from smtpprobe.starttls.collect.shared import Shared
from smtpprobe.starttls.facts import Facts, HostFacts, TlsaFacts

MOST_ADDRESSES = 50
"""How many addresses of a host are checked; no real host has more."""

SUBMISSION, SUBMISSIONS = "_submission._tcp", "_submissions._tcp"
"""SRV names: STARTTLS (RFC 6186 3.1), implicit TLS (RFC 8314 5.1)."""


@dataclass(frozen=True, slots=True)
class Named:
    """A host by name, before its addresses are known; `given`: by the user, not by DNS."""

    name: str
    port: int
    preference: int | None = None
    implicit_tls: bool = False
    given: bool = False


async def domain_hosts(facts: Facts, shared: Shared) -> Facts:
    """Return the facts of a domain with its MX hosts, or the domain itself without an MX."""
    mx = await shared.ask(facts.domain, "MX")
    facts = facts._replace(lookups=(mx,))
    if mx.absent and not mx.nxdomain:
        return await _implicit(facts, shared)
    found = exchangers(mx)
    real = [one for one in found if one.name != "."]
    if found and not real:
        own = await addresses(facts.domain, facts.port, shared)
        return facts._replace(not_offered=True, own_addresses=own)
    named = [Named(name, facts.port, preference) for preference, name in real]
    hosts = await _hosts(named, shared)
    return facts._replace(
        null_conflict=len(real) < len(found),
        hosts=hosts,
        more_hosts=max(0, len(named) - MOST_HOSTS),
    )


async def _implicit(facts: Facts, shared: Shared) -> Facts:
    own = await addresses(facts.domain, facts.port, shared)
    facts = facts._replace(own_addresses=own)
    if not any(lookup.records for lookup in own):
        return facts
    hosts = await _hosts([Named(facts.domain, facts.port)], shared)
    return facts._replace(implicit_mx=True, hosts=hosts)


async def submission_hosts(facts: Facts, shared: Shared) -> Facts:
    """Return the facts of a domain with the hosts of its SRV records for submission."""
    found = await asyncio.gather(
        *(shared.ask(f"{service}.{facts.domain}", "SRV") for service in (SUBMISSION, SUBMISSIONS))
    )
    named = [
        host
        for lookup, implicit in zip(found, (False, True), strict=True)
        for host in _services(lookup, implicit=implicit)
    ]
    offered = [host for host in named if host.name != "."]
    hosts = await _hosts(offered, shared)
    refused = bool(named) and not offered
    return facts._replace(lookups=tuple(found), hosts=hosts, not_offered=refused)


def _services(lookup: Lookup, *, implicit: bool) -> list[Named]:
    words = sorted((record.split() for record in lookup.records), key=lambda each: int(each[0]))
    return [Named(each[3], int(each[2]), implicit_tls=implicit) for each in words]


async def single_host(facts: Facts, name: str, shared: Shared) -> Facts:
    """Return the facts of one host, without asking for an MX."""
    named = Named(name, facts.port, implicit_tls=facts.target.implicit_tls, given=True)
    return facts._replace(hosts=await _hosts([named], shared))


async def _hosts(named: list[Named], shared: Shared) -> tuple[HostFacts, ...]:
    return tuple(await asyncio.gather(*(_host(one, shared) for one in named[:MOST_HOSTS])))


async def _host(named: Named, shared: Shared) -> HostFacts:
    host = HostFacts(named.name, named.port, named.preference, named.implicit_tls)
    host = host._replace(pinned=shared.how.pinned(named.name, named.port) is not None)
    if is_address(named.name):
        return host._replace(literal=True)
    if is_local(named.name) and not named.given and not host.pinned:
        return host
    found = await addresses(named.name, named.port, shared)
    host = host._replace(lookups=found)
    if not any(lookup.records for lookup in found) or is_local(named.name):
        return host
    if host.aliases and host.status is not Status.SECURE:
        host = host._replace(alias=await shared.ask(named.name, "CNAME"))
    tlsa, caa = await asyncio.gather(_tlsa(host, shared), _caa(named.name, shared))
    return host._replace(tlsa=tlsa, caa=caa)


async def addresses(name: str, port: int, shared: Shared) -> tuple[Lookup, ...]:
    """Return the answers for a host's addresses: IPv4, then IPv6; a pinned one replaces them."""
    how = shared.how
    kinds = [kind for family, kind in ((4, "A"), (6, "AAAA")) if how.family in (None, family)]
    pinned = how.pinned(name, port)
    if pinned is not None:
        version = ipaddress.ip_address(pinned).version
        kinds = [kind for kind in kinds if kind == {4: "A", 6: "AAAA"}[version]]
    if is_local(name):
        if pinned is not None:
            return tuple(answered(name, kind, records=(pinned,)) for kind in kinds)
        found = await system_addresses(name, how.family, limit=how.lookup_limit)
        known = found or ("127.0.0.1",)
        return (answered(name, "A", records=known),)
    asked = tuple(await asyncio.gather(*(shared.ask(name, kind) for kind in kinds)))
    return asked if pinned is None else tuple(_pinned(lookup, pinned) for lookup in asked)


async def _caa(name: str, shared: Shared) -> Lookup | None:
    """Return the CAA records that hold for a host: its own, else of the nearest name above."""
    if not shared.how.caa:
        return None
    labels = name.split(".")
    found = None
    for start in range(len(labels) - 1):
        found = await shared.ask(".".join(labels[start:]), "CAA")
        if found.records or not found.answered:
            break
    return found


def _pinned(lookup: Lookup, address: str) -> Lookup:
    proof = lookup.proof if lookup.answered else Status.UNVERIFIED
    return answered(lookup.name, lookup.kind, proof, (address,), lookup.aliases)


async def _tlsa(host: HostFacts, shared: Shared) -> TlsaFacts:
    """Return the TLSA records of a host, of the first base domain that has some (RFC 7672 2.2.3).

    An error ends it: it must not be taken for absence.
    """
    found = TlsaFacts("")
    for base in _bases(host):
        lookup = await shared.ask(dane.owner(base, host.port), "TLSA")
        read = (dane.parse_record(text) for text in lookup.records)
        found = TlsaFacts(base, lookup, tuple(record for record in read if record is not None))
        if not lookup.answered or (found.records and lookup.status is not Status.INSECURE):
            return found
    return found


def _bases(host: HostFacts) -> tuple[str, ...]:
    canonical = host.aliases[-1] if host.aliases else host.name
    if host.status is Status.UNVERIFIED:
        return tuple(dict.fromkeys((canonical, host.name)))
    return dane.base_domains(host.name, host.status, host.aliases, host.alias)
