"""Asks the name servers to which a zone is delegated whether they answer for it (RFC 1912 2.8).

The delegation is taken from the servers of the zone above, as a resolver does: where the servers of
the zone itself fail, no resolver tells their names.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Final, TypeAlias

import dns.asyncquery
import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.net.dns.records import ANSWERS
from smtpprobe.net.dns.resolver import CONNECTED, TRY_SECONDS
from smtpprobe.net.os_errors import loss_reason
from smtpprobe.policy.addresses import no_mail_network
from smtpprobe.policy.dns_answer import Lookup, records_of, telling

Ask: TypeAlias = Callable[[str, str], Awaitable[Lookup]]
"""A resolver's answer to a question."""

MOST_SERVERS: Final = 6
"""How many name servers of a zone are asked, by one address each."""

MOST_LABELS: Final = 12
"""How far up a zone is looked for."""

PORT: Final = 53


class NameServer(NamedTuple):
    """A server that a zone is delegated to; `said` is how it answered, as a clause.

    `serves` is None where it gave no answer.
    """

    zone: str
    name: str
    address: str
    serves: bool | None
    said: str


class _Delegated(NamedTuple):
    zone: str
    servers: tuple[str, ...]
    glue: tuple[tuple[str, str], ...] = ()


async def name_servers(
    name: str, ask: Ask, *, port: int = PORT, contactable: Callable[[str], bool] | None = None
) -> tuple[NameServer, ...]:
    """Return the servers of the zone that holds a name, each asked for it; empty if none is known.

    `ask` is a resolver that works. `contactable` says which addresses are asked; without it those
    of the public Internet, as anybody may write any address into DNS.
    """
    may = contactable or _is_public
    found = await _delegated(name, ask, port, may)
    if found is None:
        return ()
    asked = (_asked(found, server, ask, port, may) for server in found.servers[:MOST_SERVERS])
    return tuple(await asyncio.gather(*asked))


def _is_public(address: str) -> bool:
    return not no_mail_network(address)


async def _delegated(
    name: str, ask: Ask, port: int, may: Callable[[str], bool]
) -> _Delegated | None:
    """Return the zone that holds a name with its servers, by the lowest zone that answers."""
    for above in _upwards(name):
        found = await ask(above, "NS")
        if not found.records:
            continue
        own = _Delegated(above, _names(found.records))
        if above == name:
            return own
        for server in own.servers[:MOST_SERVERS]:
            address, _ = await _address(own, server, ask)
            if not address or not may(address):
                continue
            response = await _question(name, "NS", address, port)
            if isinstance(response, dns.message.Message):
                return _referral(response, above) or own
        return own
    return None


def _upwards(name: str) -> Iterator[str]:
    labels = name.rstrip(".").lower().split(".")
    for first in range(min(len(labels), MOST_LABELS)):
        yield ".".join(labels[first:])


def _referral(response: dns.message.Message, above: str) -> _Delegated | None:
    """Return to which servers a part of a zone is given away; None where it is not (RFC 1034)."""
    upper = dns.name.from_text(above)
    for rrset in (*response.authority, *response.answer):
        below = rrset.name.is_subdomain(upper) and rrset.name != upper
        if rrset.rdtype == dns.rdatatype.NS and below:
            zone = rrset.name.to_text(omit_final_dot=True).lower()
            return _Delegated(zone, _names(map(str, rrset)), tuple(_glue(response)))
    return None


def _names(records: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(one.removesuffix(".").lower() for one in records))


def _glue(response: dns.message.Message) -> Iterator[tuple[str, str]]:
    for rrset in response.additional:
        if rrset.rdtype in (dns.rdatatype.A, dns.rdatatype.AAAA):
            for one in rrset:
                yield rrset.name.to_text(omit_final_dot=True).lower(), str(one)


async def _address(zone: _Delegated, server: str, ask: Ask) -> tuple[str, Lookup | None]:
    """Return an address of a name server, IPv4 first; else none, and the lookup that says why."""
    glue = [address for name, address in zone.glue if name == server]
    if glue:
        return min(glue, key=lambda address: ":" in address), None
    found = await asyncio.gather(ask(server, "A"), ask(server, "AAAA"))
    records = records_of(found)
    return (records[0], None) if records else ("", telling(found))


async def _asked(
    zone: _Delegated, server: str, ask: Ask, port: int, may: Callable[[str], bool]
) -> NameServer:
    address, failed = await _address(zone, server, ask)
    this = NameServer(zone.zone, server, address, None, "")
    if failed is not None:
        serves = False if failed.answered else None
        return this._replace(serves=serves, said=f"its address: {failed.reason}")
    if not may(address):
        return this._replace(said="its address is not one of the public Internet: not asked")
    response = await _question(zone.zone, "SOA", address, port)
    if isinstance(response, str):
        return this._replace(said=response)
    if response.rcode() not in ANSWERS:
        return this._replace(serves=False, said=f"it says {dns.rcode.to_text(response.rcode())}")
    if not response.flags & dns.flags.AA:
        return this._replace(serves=False, said="it is not authoritative for the zone")
    return this._replace(serves=True, said="it answers for the zone")


async def _question(name: str, kind: str, address: str, port: int) -> dns.message.Message | str:
    """Return a server's own answer, without recursion, or why there is none."""
    try:
        query = dns.message.make_query(dns.name.from_text(name), kind, use_edns=0, payload=1232)
        query.flags &= ~dns.flags.RD
        return await dns.asyncquery.udp(
            query,
            address,
            TRY_SECONDS,
            port,
            backend=CONNECTED,
            ignore_unexpected=True,
            ignore_errors=True,
        )
    except dns.exception.Timeout:
        return f"no answer within {TRY_SECONDS:g}s"
    except OSError as error:
        return loss_reason(error) or "it cannot be asked"
    except (dns.exception.DNSException, UnicodeError, ValueError) as error:
        return f"its answer cannot be read: {type(error).__name__}"
