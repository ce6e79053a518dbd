"""The first step: the address itself, and where DNS says that its mail goes."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from smtpprobe.net.clock import now
from smtpprobe.policy.dns_answer import Lookup, LookupEnd, exchangers
from smtpprobe.protocol.target import TargetKind
from smtpprobe.starttls.collect.collect import resolver_facts, with_hosts
from smtpprobe.starttls.collect.sts import collect_sts
from smtpprobe.starttls.facts import Answer, Facts, HostFacts
from smtpprobe.why.collect.notes import Notes
from smtpprobe.why.collect.tools import Tools
from smtpprobe.why.facts import Evidence, Fact, Weight
from smtpprobe.why.local_part import objection
from smtpprobe.why.request import Kind


async def look_up(notes: Notes, tools: Tools) -> None:
    """Tell what DNS says of the recipient's domain, or of the submission host."""
    request = notes.known.request
    wrong = objection(request.local)
    (notes.no if wrong else notes.yes)("address.syntax", wrong, request.recipient)
    target, started = request.target, now()
    by_mx = request.kind is Kind.MX and target.kind is TargetKind.DOMAIN
    domain = request.domain.lower() if by_mx else ""
    facts = Facts(target, target.port, None, started, domain)
    facts = await with_hosts(facts, tools.shared)
    facts = facts._replace(resolver=resolver_facts(tools.shared.questioner))
    notes.begun(facts)
    if by_mx:
        _tell_domain(notes, facts)
    for host in facts.hosts:
        _tell_host(notes, host)
    await _look_for_loop(notes, tools)


async def look_up_policies(notes: Notes, tools: Tools) -> None:
    """Take down the MTA-STS policy of the domain; what it means is for `tls.py`."""
    sts = await collect_sts(notes.known.request.domain.lower(), tools.shared)
    notes.found(lambda facts: facts._replace(sts=sts))


_BY_LOOP = (LookupEnd.SERVFAIL, LookupEnd.OTHER_ERROR, LookupEnd.ALIASES, LookupEnd.BOGUS)
"""How a question may end whose name is an alias of itself: resolvers give up, or answer with it."""

MOST_FOLLOWED = 16
"""How many CNAME records are followed, one question each."""


async def _look_for_loop(notes: Notes, tools: Tools) -> None:
    """Write down whether the CNAME records of the failed name lead back (RFC 1034 3.6.2)."""
    failed = notes.known.failed_lookup
    if failed is None or failed.end not in _BY_LOOP:
        return
    seen = [failed.name.lower().rstrip(".")]
    for _ in range(MOST_FOLLOWED):
        found = await tools.ask(seen[-1], "CNAME")
        if not found.records:
            return
        seen.append(found.records[0].lower().rstrip("."))
        if seen[-1] in seen[:-1]:
            shown = tuple(
                Evidence(Weight.OBSERVED, f"{name} CNAME {to}") for name, to in pairwise(seen)
            )
            notes.tell(Fact("address.loop", Answer.YES, seen[0], " -> ".join(seen), evidence=shown))
            return


def _tell_domain(notes: Notes, facts: Facts) -> None:
    mx, domain = facts.lookups[0], facts.domain
    own = facts.own_addresses
    if not mx.answered:
        for id_ in ("address.domain", "address.mx"):
            notes.tell(_lookup_fact(id_, Answer.UNKNOWN, mx))
        return
    exists = Answer.NO if mx.nxdomain else Answer.YES
    notes.tell(_lookup_fact("address.domain", exists, mx, mx.reason if mx.nxdomain else ""))
    if mx.nxdomain:
        return
    if facts.not_offered:
        notes.tell(_lookup_fact("address.mx", Answer.NO, mx, "null MX: it does not accept mail"))
    elif mx.records:
        shown = some(f"{one.preference} {one.name}" for one in exchangers(mx))
        notes.tell(_lookup_fact("address.mx", Answer.YES, mx, shown))
    elif facts.implicit_mx:
        shown = "no MX; the domain's own address counts (RFC 5321 5.1)"
        notes.tell(_lookup_fact("address.mx", Answer.YES, mx, shown))
    elif all(lookup.answered for lookup in own):
        notes.tell(_lookup_fact("address.mx", Answer.NO, mx, "no MX and no address"))
    else:
        reason = next(lookup.reason for lookup in own if not lookup.answered)
        notes.unknown("address.mx", f"no MX, and its address: {reason}", domain)


def _tell_host(notes: Notes, host: HostFacts) -> None:
    name = host.name
    if host.literal and host.preference is not None:
        notes.no(
            "address.host", "the MX names an address; it has to be a name (RFC 5321 5.1)", name
        )
        return
    found = [record for lookup in host.lookups for record in lookup.records]
    alias = f"alias (CNAME) of {host.aliases[-1]}; " if host.aliases else ""
    if found:
        notes.yes("address.host", alias + some(found), name)
    elif all(lookup.answered for lookup in host.lookups):
        gone = any(lookup.nxdomain for lookup in host.lookups)
        notes.no("address.host", alias + ("no such name" if gone else "no address"), name)
    else:
        reason = next(lookup.reason for lookup in host.lookups if not lookup.answered)
        notes.unknown("address.host", alias + reason, name)


MOST_SHOWN = 8
"""How many records are shown of an answer; the number of the others is told."""


def some(texts: Iterable[str]) -> str:
    """Return the first of some texts, and how many more there are."""
    found = tuple(texts)
    more = len(found) - MOST_SHOWN
    return ", ".join(found[:MOST_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _lookup_fact(id_: str, answer: Answer, lookup: Lookup, value: str = "") -> Fact:
    because = lookup.reason if answer is Answer.UNKNOWN else ""
    records = lookup.records or (lookup.reason,)
    evidence = tuple(
        Evidence(Weight.OBSERVED, f"{lookup.name} {lookup.kind} {record}") for record in records
    )
    data = (("dnssec", lookup.status.value),)
    return Fact(id_, answer, lookup.name, value, because=because, evidence=evidence, data=data)
