"""Findings about DNS: the mail hosts of a domain, their addresses, DNSSEC."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from smtpprobe.policy.addresses import no_mail_network
from smtpprobe.policy.dns_answer import Lookup, Status
from smtpprobe.protocol.target import TargetKind
from smtpprobe.starttls.facts import Answer, Facts, HostFacts, ResolverFacts
from smtpprobe.starttls.finding import Finding, Level, finding
from smtpprobe.starttls.judge.assessment import Case
from smtpprobe.starttls.judge.matrix import believed
from smtpprobe.starttls.judge.options import Sender
from smtpprobe.starttls.judge.usable import (
    family_left_out,
    unusable,
    without_address,
)


def interrupted(case: Case) -> Iterator[Finding]:
    """`check.interrupted`."""
    if case.facts.interrupted:
        yield finding("check.interrupted")


def no_such_domain(case: Case) -> Iterator[Finding]:
    """`dns.nxdomain`."""
    if any(lookup.nxdomain for lookup in case.facts.lookups) and not case.facts.submission:
        yield finding("dns.nxdomain", f"{case.facts.domain} does not exist (NXDOMAIN)")


def no_mail_host(case: Case) -> Iterator[Finding]:
    """`dns.no-mail-host`: nothing is named that could take mail."""
    facts = case.facts
    if facts.hosts:
        yield from _none_usable(facts)
    if facts.hosts or facts.not_offered or any(not one.answered for one in _asked(case)):
        return
    if facts.submission and facts.lookups:
        names = " and ".join(lookup.name for lookup in facts.lookups)
        yield finding("dns.no-mail-host", f"no SRV record: {names}", fix=_PUBLISH_SRV)
    elif facts.lookups and not facts.lookups[0].nxdomain:
        lacks = without_address(facts.own_addresses)
        message = f"{facts.domain} has no MX record and {lacks.removeprefix('has ')}"
        yield _no_mail_host(message, known=not family_left_out(facts.own_addresses))
    elif facts.target.kind is not TargetKind.DOMAIN:
        message = f"{facts.target.name} {without_address(facts.own_addresses)}"
        yield _no_mail_host(message, known=not family_left_out(facts.own_addresses))


_PUBLISH_SRV = "publish SRV records for submission (RFC 6186, RFC 8314)"
_NAME_ANOTHER = (
    "publish a host with public addresses, or `MX 0 .` if the domain does not accept mail"
)
MOST_NAMED = 3
"""How many unusable hosts a message lists one by one."""


def _none_usable(facts: Facts) -> Iterator[Finding]:
    """Every host is named, and each is one that can take no mail."""
    found = [(host, unusable(facts, host)) for host in facts.hosts]
    if facts.more_hosts or not all(dead for _, dead in found):
        return
    told = list(dict.fromkeys(f"{host.name} {dead.why}" for host, dead in found if dead))
    kind = "SRV target" if facts.submission else "MX host"
    head = f"no {kind} is usable: " if len(told) > 1 else f"the only {kind} "
    more = f"; and {len(told) - MOST_NAMED} more" if len(told) > MOST_NAMED else ""
    yield _no_mail_host(
        f"{'' if facts.implicit_mx else head}{'; '.join(told[:MOST_NAMED])}{more}",
        known=all(dead.known for _, dead in found if dead),
        fix=_PUBLISH_SRV if facts.submission else _NAME_ANOTHER,
    )


def _no_mail_host(message: str, *, known: bool, fix: str = "") -> Finding:
    if known:
        return finding("dns.no-mail-host", message, fix=fix)
    again = "run it again without -4 or -6"
    return finding("dns.no-mail-host", message, level=Level.UNKNOWN, fix=again)


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
    own = facts.own_addresses
    if own and all(lookup.absent for lookup in own) and not family_left_out(own):
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
        yield from failed(case, lookup)


def failed(case: Case, lookup: Lookup, host: str = "") -> Iterator[Finding]:
    """`dns.mx-bogus`, `dns.lookup-failed` for one lookup, of a host or of the domain itself."""
    what = f"{lookup.name} {lookup.kind}: {lookup.reason}"
    if lookup.status is Status.BOGUS:
        yield finding("dns.mx-bogus", what, host=host)
    elif not lookup.answered and lookup.status is not Status.INTERRUPTED:
        resolver = case.facts.resolver
        asked = f" (asked {resolver.address})" if resolver is not None else ""
        fix = _answer_first(resolver) if resolver is not None and resolver.silent else ""
        yield finding("dns.lookup-failed", f"{what}{asked}", fix=fix, host=host)


def _answer_first(resolver: ResolverFacts) -> str:
    return f"make sure that {resolver.address} answers, or use another resolver (--resolver)"


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
        fix=_answer_first(resolver) if resolver.silent else "",
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


def host_lookups(case: Case, host: HostFacts) -> Iterator[Finding]:
    """`dns.mx-bogus`, `dns.lookup-failed` for the addresses of a host."""
    for lookup in host.lookups:
        yield from failed(case, lookup, host.name)


def alias(_case: Case, host: HostFacts) -> Iterator[Finding]:
    """`dns.mx-cname`."""
    if host.aliases and host.preference is not None:
        led = " -> ".join(host.aliases)
        yield finding("dns.mx-cname", f"it is an alias (CNAME) of {led}", host=host.name)


def invalid(case: Case, host: HostFacts) -> Iterator[Finding]:
    """`dns.mx-invalid`."""
    what = unusable(case.facts, host)
    records = [record for lookup in host.lookups for record in lookup.records]
    if what is not None and what.known and not records:
        yield finding("dns.mx-invalid", f"it {what.why}", host=host.name)
    if case.facts.target.kind is not TargetKind.DOMAIN or host.pinned:
        return
    for address in records:
        if no_mail_network(address):
            message = f"{address} is not a public address"
            yield finding("dns.mx-invalid", message, host=host.name, ip=address)


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


OF_TARGET = (
    interrupted,
    no_such_domain,
    no_mail_host,
    null_mx,
    implicit_mx,
    insecure_mx,
    failed_lookups,
    unvalidated,
)
OF_HOST = (
    host_lookups,
    alias,
    invalid,
    tlsa_lookup,
)
