"""Whether a host in DNS can be a domain's mail host at all, before dialling it."""

from __future__ import annotations

from collections.abc import Iterable

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.policy.addresses import leads_nowhere
from smtpprobe.policy.dns_answer import Lookup
from smtpprobe.protocol.target import TargetKind, is_local
from smtpprobe.starttls.facts import Facts, HostFacts


class Unusable(NamedTuple):
    """Why a host can take no mail, as a clause.

    `known` is False where a family of addresses was left out (`-4`, `-6`) and may have some.
    """

    why: str
    known: bool = True


def unusable(facts: Facts, host: HostFacts) -> Unusable | None:
    """Return why a host named in the DNS of a domain can take no mail; None where it may.

    A host or address that the user named is theirs to know. So are addresses of a private range:
    senders within that network reach them, and the check may be one of them.
    """
    if facts.target.kind is not TargetKind.DOMAIN or host.pinned:
        return None
    if host.literal:
        return Unusable("is an IP address, not a host name")
    if is_local(host.name):
        return Unusable("points back at the sender")
    if not host.lookups or not all(lookup.answered for lookup in host.lookups):
        return None
    records = [record for lookup in host.lookups for record in lookup.records]
    left_out = family_left_out(host.lookups)
    if not records:
        return Unusable(without_address(host.lookups), known=not left_out)
    if all(leads_nowhere(record, host.port) for record in records):
        return Unusable(
            f"has the address {records[0]}, which no sender can reach it by", not left_out
        )
    return None


def without_address(lookups: Iterable[Lookup]) -> str:
    """Return what is missing where the addresses asked for are not there, as a clause."""
    match family_left_out(lookups):
        case 6:
            return "has no IPv4 address, and -4 excludes IPv6"
        case 4:
            return "has no IPv6 address, and -6 excludes IPv4"
        case _:
            return "has no address"


def family_left_out(lookups: Iterable[Lookup]) -> int:
    """Return the family of addresses that was not asked for, 4 or 6; 0 where both were."""
    match {lookup.kind for lookup in lookups}:
        case kinds if kinds == {"A"}:
            return 6
        case kinds if kinds == {"AAAA"}:
            return 4
        case _:
            return 0
