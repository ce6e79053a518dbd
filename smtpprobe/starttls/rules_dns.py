"""Findings about DNS: the mail hosts of a domain, their addresses, DNSSEC."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from typing import assert_never

from smtpprobe.policy.lookup import Lookup, Status
from smtpprobe.protocol.target import TargetKind
from smtpprobe.starttls.case import Case
from smtpprobe.starttls.facts import Answer, HostFacts, ResolverFacts
from smtpprobe.starttls.finding import Finding, Level, finding
from smtpprobe.starttls.matrix import believed
from smtpprobe.starttls.options import Sender

NO_MAIL_NETWORKS = tuple(
    ipaddress.ip_network(text)
    for text in (
        *("127.0.0.0/8", "::1", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"),
        *("100.64.0.0/10", "169.254.0.0/16", "fe80::/10", "fc00::/7", "0.0.0.0", "::"),
        *("224.0.0.0/4", "ff00::/8"),
    )
)
"""Networks in which no mail host of the internet can be.

Not `ipaddress.is_private`, which takes in the ranges of documentation.
"""


def interrupted(case: Case) -> Iterator[Finding]:
    """`check.interrupted`."""
    if case.facts.interrupted:
        yield finding("check.interrupted")


def no_such_domain(case: Case) -> Iterator[Finding]:
    """`dns.nxdomain`."""
    if any(lookup.nxdomain for lookup in case.facts.lookups) and not case.facts.submission:
        yield finding("dns.nxdomain", f"{case.facts.domain} does not exist (NXDOMAIN)")


def no_mail_host(case: Case) -> Iterator[Finding]:
    """`dns.no-mail-host`."""
    facts = case.facts
    if facts.hosts or facts.not_offered or any(not one.answered for one in _asked(case)):
        return
    if facts.submission and facts.lookups:
        names = " and ".join(lookup.name for lookup in facts.lookups)
        fix = "publish SRV records for submission (RFC 6186, RFC 8314)"
        yield finding("dns.no-mail-host", f"no SRV record: {names}", fix=fix)
    elif facts.lookups and not facts.lookups[0].nxdomain:
        yield finding("dns.no-mail-host", f"{facts.domain} has no MX record and no address")
    elif facts.target.kind is not TargetKind.DOMAIN:
        yield finding("dns.no-mail-host", f"{facts.target.name} has no address")


def _asked(case: Case) -> tuple[Lookup, ...]:
    return (*case.facts.lookups, *case.facts.own_addresses)


def null_mx(case: Case) -> Iterator[Finding]:
    """`dns.null-mx`, `dns.null-mx-conflict`, `dns.null-mx-unneeded`, `submission.none`."""
    facts = case.facts
    if facts.null_conflict:
        yield finding("dns.null-mx-conflict")
    if not facts.not_offered:
        return
    if facts.submission:
        yield finding("submission.none")
        return
    yield finding("dns.null-mx")
    if facts.own_addresses and all(lookup.absent for lookup in facts.own_addresses):
        yield finding("dns.null-mx-unneeded")


def implicit_mx(case: Case) -> Iterator[Finding]:
    """`dns.implicit-mx`."""
    if case.facts.implicit_mx:
        yield finding("dns.implicit-mx")


def insecure_mx(case: Case) -> Iterator[Finding]:
    """`dns.mx-insecure`; where records of DANE rest on it, `dane.mx-insecure` says more."""
    if any(lookup.status is Status.INSECURE for lookup in case.facts.lookups):
        yield finding("dns.mx-insecure", f"{case.facts.domain}: the MX records are not signed")


def failed_lookups(case: Case) -> Iterator[Finding]:
    """`dns.mx-bogus`, `dns.lookup-failed` for the lookups of the domain itself."""
    for lookup in _asked(case):
        yield from _failed(lookup, "")


def _failed(lookup: Lookup, host: str) -> Iterator[Finding]:
    what = f"{lookup.name} {lookup.kind}: {lookup.reason}"
    if lookup.status is Status.BOGUS:
        yield finding("dns.mx-bogus", what, host=host)
    elif not lookup.answered and lookup.status is not Status.INTERRUPTED:
        yield finding("dns.lookup-failed", what, host=host)


def unvalidated(case: Case) -> Iterator[Finding]:
    """`dns.resolver-unvalidated`."""
    resolver = case.facts.resolver
    if resolver is None or believed(case) or case.facts.target.kind is TargetKind.ADDRESS:
        return
    needed = case.options.level is Sender.DANE or any(
        host.tlsa.records for host in case.facts.hosts
    )
    yield finding(
        "dns.resolver-unvalidated",
        f"{_why_unbelieved(resolver)}: DNSSEC is unverified",
        level=Level.UNKNOWN if needed else Level.NOTE,
    )


def _why_unbelieved(resolver: ResolverFacts) -> str:
    who = f"the resolver {resolver.address}"
    match resolver.validating.answer:
        case Answer.YES:
            return f"{who} is not on this machine"
        case Answer.NO:
            return f"{who} does not validate"
        case Answer.UNKNOWN:
            return f"whether {who} validates is unknown ({resolver.validating.reason})"
        case _:
            assert_never(resolver.validating.answer)


def host_lookups(_case: Case, host: HostFacts) -> Iterator[Finding]:
    """`dns.mx-bogus`, `dns.lookup-failed` for the addresses of a host."""
    for lookup in host.lookups:
        yield from _failed(lookup, host.name)


def alias(_case: Case, host: HostFacts) -> Iterator[Finding]:
    """`dns.mx-cname`."""
    if host.aliases and host.preference is not None:
        led = " -> ".join(host.aliases)
        yield finding("dns.mx-cname", f"it is an alias (CNAME) of {led}", host=host.name)


def invalid(case: Case, host: HostFacts) -> Iterator[Finding]:
    """`dns.mx-invalid`."""
    if case.facts.target.kind is not TargetKind.DOMAIN:
        return
    if host.literal:
        yield finding("dns.mx-invalid", "the MX is an address, not a name", host=host.name)
        return
    if host.lookups and all(lookup.absent for lookup in host.lookups):
        yield finding("dns.mx-invalid", "the mail host has no address", host=host.name)
    for lookup in host.lookups:
        for address in lookup.records:
            if no_mail_network(address):
                message = f"{address} is of a range that the internet does not reach"
                yield finding("dns.mx-invalid", message, host=host.name, ip=address)


def no_mail_network(address: str) -> str:
    """Return the network because of which an address can be no mail host's; empty without one."""
    found = ipaddress.ip_address(address)
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return next((str(network) for network in NO_MAIL_NETWORKS if (mapped or found) in network), "")


def tlsa_lookup(case: Case, host: HostFacts) -> Iterator[Finding]:
    """`dns.tlsa-servfail`, `dns.mx-bogus` for a TLSA answer."""
    lookup = host.tlsa.lookup
    if lookup is None or lookup.answered:
        return
    message = f"{lookup.name} TLSA: {lookup.reason}"
    if lookup.status is Status.BOGUS:
        yield finding("dns.mx-bogus", message, host=host.name)
    elif believed(case) and lookup.status is not Status.INTERRUPTED:
        yield finding("dns.tlsa-servfail", message, host=host.name)
