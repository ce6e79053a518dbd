"""Gathers the facts of a target: all I/O of the check, no judgement.

DNS first, then every address of every host side by side, and MTA-STS and TLSRPT beside them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from smtpprobe.errors import UsageError
from smtpprobe.net.clock import monotonic, now
from smtpprobe.net.dns.dnssec import Questioner, questioner
from smtpprobe.net.mx_route import a_label
from smtpprobe.net.system_names import system_addresses
from smtpprobe.net.tls.anchors import with_anchors
from smtpprobe.policy import dane
from smtpprobe.policy.addresses import leads_nowhere
from smtpprobe.policy.dns_answer import Lookup, LookupEnd, Status, answered
from smtpprobe.protocol.phase import Dialect
from smtpprobe.protocol.target import LOCAL, SMTPS_PORT, Target, TargetKind, is_local
from smtpprobe.starttls.collect.address import Place
from smtpprobe.starttls.collect.dns import (
    MOST_ADDRESSES,
    domain_hosts,
    single_host,
    submission_hosts,
)
from smtpprobe.starttls.collect.limits import Limits
from smtpprobe.starttls.collect.options import Gathering
from smtpprobe.starttls.collect.shared import Shared
from smtpprobe.starttls.collect.sts import collect_sts
from smtpprobe.starttls.facts import (
    NO,
    YES,
    AddressFacts,
    Because,
    Fact,
    Facts,
    HostFacts,
    ResolverFacts,
    Trusted,
    unknown,
)

Found = TypeVar("Found")


async def open_shared(how: Gathering, limits: Limits, targets: tuple[Target, ...] = ()) -> Shared:
    """Return what the targets of a run share; without `targets` any may come, and need DNS.

    Raises:
        UsageError: invalid resolver.
        LookupFailed: there is no resolver.
    """
    direct = bool(targets) and all(
        target.kind is TargetKind.ADDRESS or is_local(target.name) for target in targets
    )
    if direct:
        return Shared(how, None, limits)
    asker = await questioner(
        how.resolver,
        trust_ad=how.trust_ad,
        limit=how.lookup_limit,
        at_a_time=how.questions,
    )
    return Shared(how, asker, limits)


def checked(target: Target, how: Gathering) -> None:
    """Check that a target is valid for this check.

    Raises:
        UsageError: it is a socket or speaks LMTP, or an option does not fit it.
    """
    if target.kind in LOCAL or target.dialect is Dialect.LMTP:
        raise UsageError(f"{target}: starttls checks SMTP over TCP only", "use a domain or [host]")
    if how.submission and target.kind is not TargetKind.DOMAIN:
        raise UsageError(f"--submission: {target} is not a domain, so it has no SRV records")
    if target.kind is TargetKind.ADDRESS and how.family not in (
        None,
        6 if ":" in target.name else 4,
    ):
        raise UsageError(f"{target.name}: excluded by -{how.family}", "omit it")
    a_label(target.name)


async def collect(
    target: Target, shared: Shared, tell: Callable[[str], None] = lambda _: None
) -> Facts:
    """Return everything found about a target; `tell` gets a line as each part begins.

    Raises:
        UsageError: the target cannot be checked.
    """
    began = monotonic()
    facts = await resolved(target, shared, tell)
    hosts = await together(_addresses(facts, host, shared, tell) for host in facts.hosts)
    return complete(facts, hosts, monotonic() - began, interrupted=shared.interrupted)


async def resolved(
    target: Target, shared: Shared, tell: Callable[[str], None] = lambda _: None
) -> Facts:
    """Return what DNS and the policy host say of a target; no mail host is dialled.

    Raises:
        UsageError: the target cannot be checked.
    """
    how = shared.how
    checked(target, how)
    began, started = monotonic(), now()
    target = _with_port(target, how)
    domain = a_label(target.name) if target.kind is TargetKind.DOMAIN else ""
    facts = Facts(
        *(target, target.port, None, started, domain.lower()),
        submission=how.submission,
        active=how.active,
        deep=how.deep,
    )
    tell(f"{target}: asking DNS")
    async with shared.limits.slot():
        if facts.domain and not facts.submission:
            facts = await _domain(facts, shared)
        else:
            facts = await with_hosts(facts, shared)
    return facts._replace(
        resolver=resolver_facts(shared.questioner),
        seconds=monotonic() - began,
        interrupted=shared.interrupted,
    )


def complete(
    facts: Facts, hosts: tuple[HostFacts, ...], seconds: float, *, interrupted: bool
) -> Facts:
    """Return the facts of a target with those of its addresses; `seconds` is how long all took."""
    return facts._replace(
        hosts=hosts,
        connections=sum(address.connections for host in hosts for address in host.addresses),
        seconds=seconds,
        interrupted=interrupted,
    )


async def together(parts: Iterable[Coroutine[Any, Any, Found]]) -> tuple[Found, ...]:
    """Return what some parts of the work find, done side by side; a single one needs no task."""
    work = tuple(parts)
    if len(work) == 1:
        return (await work[0],)
    return tuple(await asyncio.gather(*work))


def _with_port(target: Target, how: Gathering) -> Target:
    if how.port is None or target.kind is not TargetKind.DOMAIN:
        return target
    return target._replace(port=how.port, implicit_tls=how.port == SMTPS_PORT)


async def with_hosts(facts: Facts, shared: Shared) -> Facts:
    """Return a target with its mail hosts and their addresses, by DNS; nothing is dialled."""
    target = facts.target
    match target.kind:
        case TargetKind.ADDRESS:
            implicit, found = target.implicit_tls, (_itself(target.name),)
            host = HostFacts(target.name, target.port, implicit_tls=implicit, lookups=found)
            return facts._replace(hosts=(host,))
        case TargetKind.HOST:
            return await _one_host(facts, shared)
        case _ if facts.submission:
            return await submission_hosts(facts, shared)
        case _:
            facts = await domain_hosts(facts, shared)
            implicit = target.implicit_tls
            hosts = tuple(host._replace(implicit_tls=implicit) for host in facts.hosts)
            return facts._replace(hosts=hosts)


def _itself(address: str) -> Lookup:
    kind = "AAAA" if ":" in address else "A"
    return answered(address, kind, records=(address,))


async def _one_host(facts: Facts, shared: Shared) -> Facts:
    """Return a host by name; what DNS does not know the system may (`/etc/hosts`, containers)."""
    name = a_label(facts.target.name).lower()
    facts = await single_host(facts, name, shared)
    host = facts.hosts[0]
    if any(lookup.records for lookup in host.lookups):
        return facts
    how = shared.how
    found = await system_addresses(name, how.family, limit=how.lookup_limit)
    if not found:
        if all(lookup.absent for lookup in host.lookups):
            return facts._replace(hosts=(), own_addresses=host.lookups)
        return facts
    lookup = answered(name, "A", records=found)
    note = f"{name} resolves on this system, but not in DNS"
    return facts._replace(hosts=(host._replace(lookups=(lookup,)),), notes=(note,))


async def _domain(facts: Facts, shared: Shared) -> Facts:
    """Return a domain with its hosts and its policies, asked for side by side."""
    found, sts, tlsrpt = await asyncio.gather(
        with_hosts(facts, shared),
        collect_sts(facts.domain, shared),
        shared.ask(f"_smtp._tls.{facts.domain}", "TXT"),
    )
    return found._replace(sts=sts, tlsrpt=tlsrpt)


def places_of(facts: Facts, host: HostFacts, how: Gathering) -> tuple[Place, ...]:
    """Return where a host is dialled, an entry for each of its addresses."""
    records = [record for lookup in host.lookups for record in lookup.records]
    if facts.target.kind is TargetKind.DOMAIN and not host.pinned:
        records = [ip for ip in records if not leads_nowhere(ip, host.port)]
    return tuple(place_of(facts, host, ip, how) for ip in records[:MOST_ADDRESSES])


async def _addresses(
    facts: Facts, host: HostFacts, shared: Shared, tell: Callable[[str], None]
) -> HostFacts:
    async def one(place: Place) -> AddressFacts:
        tell(f"{host.name}: connecting to {place.ip} port {place.port}")
        found = await shared.address(place)
        return await asyncio.to_thread(anchored, found, host) if needs_anchors(host) else found

    return host._replace(addresses=await together(map(one, places_of(facts, host, shared.how))))


def place_of(facts: Facts, host: HostFacts, ip: str, how: Gathering) -> Place:
    """Return where to dial, and the name to send: the TLSA base domain, else the host (8.1)."""
    signed = bool(host.tlsa.records) and host.tlsa.status is Status.SECURE
    sni: str | None = host.tlsa.base if signed else host.name
    if facts.target.kind is TargetKind.ADDRESS:
        sni = None  # RFC 6066 3: no literal addresses
    if how.sni is not None:
        sni = how.sni or None
    return Place(ip, host.port, host.implicit_tls, sni, signed)


def needs_anchors(host: HostFacts) -> bool:
    """Return whether a record of usage 2 asks where the chains lead."""
    return any(record.role == dane.DANE_TA for record in host.tlsa.records)


def anchored(address: AddressFacts, host: HostFacts) -> AddressFacts:
    """Return an address with where its chains lead by the records of its host."""
    records, second = host.tlsa.records, address.second
    if second.present.yes:
        second = replace(second, chain=with_anchors(second.chain, records))
    return address._replace(chain=with_anchors(address.chain, records), second=second)


def resolver_facts(asker: Questioner | None) -> ResolverFacts | None:
    """Return what is known of the resolver; None where none was needed."""
    if asker is None:
        return None
    servers = asker.servers
    trusted = Trusted.OPTION if servers.trust_ad else Trusted.NO
    if servers.on_loopback:
        trusted = Trusted.LOOPBACK
    shown = ", ".join(_with_its_port(address, servers.port) for address in servers.addresses)
    return ResolverFacts(shown, _validating(asker), trusted)


def _with_its_port(address: str, port: int) -> str:
    if port == 53:
        return address
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"


def _validating(asker: Questioner) -> Fact:
    """Return whether a resolver validates; unknown where it was silent or refused to answer."""
    if asker.validating is not None:
        return YES if asker.validating else NO
    untold = asker.untold
    if untold is not None and untold.end is LookupEnd.NOT_THERE:
        return unknown(Because.NO_ANSWER, untold.reason)
    if untold is not None and untold.status is Status.ERROR:
        return unknown(Because.NO_WORD, untold.reason)
    return unknown(Because.NO_ANSWER, "the resolver did not answer" if untold is not None else "")
