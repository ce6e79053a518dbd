"""DNS block lists (RFC 5782): what an answer says of an address, and when it says nothing."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from enum import Enum
from typing import Final

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.policy.addresses import Address, read_address
from smtpprobe.policy.dns_answer import Lookup

PUBLIC_RESOLVERS: Final = frozenset(
    {
        *("8.8.8.8", "8.8.4.4", "2001:4860:4860::8888", "2001:4860:4860::8844"),
        *("1.1.1.1", "1.0.0.1", "2606:4700:4700::1111", "2606:4700:4700::1001"),
        *("9.9.9.9", "149.112.112.112", "2620:fe::fe", "2620:fe::9"),
        *("208.67.222.222", "208.67.220.220"),
    }
)
"""Resolvers that many share: large lists refuse them, some with an answer that looks clean."""

MOST_TEXTS: Final = 5
"""TXT records of a list that are kept."""

_LISTED = ipaddress.ip_network("127.0.0.0/8")
_REFUSALS = ipaddress.ip_network("127.255.255.0/24")


class Listing(Enum):
    """What a list says of an address; the value is in JSON."""

    LISTED = "listed"
    NOT_LISTED = "not-listed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ListAnswer:
    """The answer of one list. `codes` are its addresses, `texts` what it says beside them.

    `reason` is why it is unknown, as a clause.
    """

    zone: str
    listing: Listing
    codes: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    reason: str = ""


def list_name(address: str, zone: str) -> str:
    """Return the name at which a list has an address (2.1, 2.4)."""
    return f"{_reversed(ipaddress.ip_address(address.partition('%')[0]))}.{zone.strip('.')}"


def _reversed(address: Address) -> str:
    return address.reverse_pointer.rsplit(".", maxsplit=2)[0]


class ListTest(NamedTuple):
    """Answers for the two entries that show whether a list works (5).

    One must be listed, or the list has another name, has ended or refuses this resolver; the
    other must not, or it lists everything.
    """

    must: Lookup
    must_not: Lookup


def entries(address: str, zone: str) -> tuple[str, str]:
    """Return the names of a list's test entries: one that is listed, one that is not (5)."""
    found = read_address(address.partition("%")[0])
    prefix = "::ffff:7f00:" if isinstance(found, ipaddress.IPv6Address) else "127.0.0."
    must, must_not = (_reversed(ipaddress.ip_address(f"{prefix}{last}")) for last in (2, 1))
    return f"{must}.{zone.strip('.')}", f"{must_not}.{zone.strip('.')}"


def read_answer(zone: str, answer: Lookup, texts: Lookup | None, test: ListTest) -> ListAnswer:
    """Return what a list says of an address by its A records, and TXT where it was asked (2.1).

    127.255.255.0/24 is how lists refuse a resolver, and addresses outside 127.0.0.0/8 are of a
    resolver that makes up answers or of a list that has ended: neither says anything of the
    address. Nor does a list whose test entries are not as they must be.
    """
    said = texts.records[:MOST_TEXTS] if texts is not None else ()
    reason = _no_word(answer) or _no_word(test.must)
    if not reason and not test.must.records:
        reason = "its test entry is not listed: no such list, or it refuses this resolver"
    if not reason and test.must_not.records:
        reason = "it lists what no list has: it has ended, or the resolver makes up answers"
    if reason:
        return ListAnswer(zone, Listing.UNKNOWN, answer.records, said, reason)
    listing = Listing.LISTED if answer.records else Listing.NOT_LISTED
    return ListAnswer(zone, listing, answer.records, said)


def _no_word(answer: Lookup) -> str:
    """Return why an answer says nothing of an address; empty where it does."""
    if not answer.answered:
        return answer.reason
    found = [read_address(code) for code in answer.records]
    refused = next((code for code in found if code is not None and code in _REFUSALS), None)
    if refused is not None:
        return f"the list refuses this resolver ({refused})"
    odd = next((str(code) for code in found if code is None or code not in _LISTED), None)
    return "" if odd is None else f"{odd} is not what a list answers (RFC 5782 2.1)"


def shared_resolvers(addresses: tuple[str, ...]) -> tuple[str, ...]:
    """Return which of the resolvers asked are public ones, whose word on lists counts little."""
    return tuple(each for each in addresses if each in PUBLIC_RESOLVERS)
