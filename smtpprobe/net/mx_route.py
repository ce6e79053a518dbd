"""From a target to the hosts and addresses to dial, in order: by DNS, or by the system's tables."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from smtpprobe.digits import whole_number
from smtpprobe.errors import LookupFailed, NoMailService, UsageError
from smtpprobe.lookalikes import named
from smtpprobe.misspelt import near_subcommand
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.net.system_names import system_addresses
from smtpprobe.policy.addresses import is_address, leads_nowhere
from smtpprobe.policy.dns_answer import (
    MOST_HOSTS,
    Lookup,
    LookupEnd,
    exchangers,
    records_of,
    telling,
)
from smtpprobe.protocol.attempts import Attempt, Found, MailHost, Outcome, Route
from smtpprobe.protocol.target import Target, TargetKind, is_local

if TYPE_CHECKING:
    from smtpprobe.net.dns.resolver import Resolver

BY_ADDRESS = frozenset({TargetKind.ADDRESS, TargetKind.SOCKET, TargetKind.PIPE})
"""Targets for which no name is resolved."""

LOOPBACK = ("127.0.0.1", "::1")


class Wish(NamedTuple):
    """What restricts a route: address family 4 or 6, the DNS server, the N-th or named MX.

    `limit` shortens what a question to DNS or to the system may take, in seconds.
    """

    family: int | None = None
    resolver: str | None = None
    mx: str | None = None
    limit: float | None = None
    resolved_elsewhere: bool = False
    """Whether a proxy gets names and resolves them; MX are looked up here."""


class Station(NamedTuple):
    """A host with its addresses; `trouble` says why it has none.

    `left_out` are addresses in DNS that are not dialled, or the name where it is such an address.
    """

    host: MailHost
    addresses: tuple[str, ...] = ()
    from_system: bool = False
    trouble: str = ""
    alias_of: str = ""
    left_out: tuple[str, ...] = ()


class Plan(NamedTuple):
    """The route as reported, and what is dialled on it."""

    route: Route
    stations: tuple[Station, ...]

    def attempts(self) -> Iterator[Attempt]:
        """Yield each address of each host as CONNECTING; a host without one as one of UNDIALLED."""
        last = max((n for n, each in enumerate(self.stations) if each.addresses), default=-1)
        port = self.route.target.port
        for number, station in enumerate(self.stations):
            count = len(station.addresses)
            if not count:
                final = number > last and number == len(self.stations) - 1
                outcome = Outcome.LEFT_OUT if station.left_out else Outcome.NO_ADDRESS
                address = next((one for one in station.left_out if one != station.host.name), "")
                yield Attempt(
                    host=station.host,
                    address=address,
                    port=port,
                    index=0,
                    count=0,
                    outcome=outcome,
                    reason=station.trouble,
                    final=final,
                )
            for index, address in enumerate(station.addresses, 1):
                yield Attempt(
                    station.host,
                    address,
                    port,
                    index,
                    count,
                    Outcome.CONNECTING,
                    from_system=station.from_system,
                    final=number == last and index == count,
                )


async def find_route(target: Target, wish: Wish, clock: Callable[[], float]) -> Plan:
    """Return whom to dial for a target, in order.

    Raises:
        UsageError: the wish does not fit the target or what was found.
        LookupFailed: nothing that can be dialled was found; the message says why.
        NoMailService: the domain has a null MX (RFC 7505).
    """
    began = clock()
    if wish.resolved_elsewhere and wish.family is not None and target.kind not in BY_ADDRESS:
        raise UsageError(
            f"-{wish.family} has no effect: the proxy resolves names",
            "use socks5:// to have them resolved here",
        )
    if wish.mx is not None and target.kind is not TargetKind.DOMAIN:
        raise UsageError(f"--mx {wish.mx}: {target} is not a domain, so it has no MX")
    match target.kind:
        case TargetKind.SOCKET | TargetKind.PIPE:
            plan = _direct(target, Station(MailHost(target.name), (target.name,)))
        case TargetKind.ADDRESS:
            plan = _direct(target, _address_station(target.name, wish.family))
        case TargetKind.HOST if wish.resolved_elsewhere:
            name = a_label(target.name)
            plan = _direct(target, Station(MailHost(name), (name,)))
        case TargetKind.HOST:
            plan = await _host_plan(target, wish)
        case TargetKind.DOMAIN:
            plan = await _domain_plan(target, wish)
    return Plan(plan.route._replace(seconds=clock() - began), plan.stations)


def _direct(target: Target, station: Station, resolver: str = "") -> Plan:
    return Plan(Route(target, Found.ITSELF, (station.host,), resolver=resolver), (station,))


def _address_station(address: str, family: int | None) -> Station:
    version = 6 if ":" in address else 4
    if family not in (None, version):
        raise UsageError(f"{address} is an IPv{version} address, excluded by -{family}")
    return Station(MailHost(address), (address,))


async def _host_plan(target: Target, wish: Wish) -> Plan:
    name = a_label(target.name)
    if is_local(name):
        found = tuple(each for each in LOOPBACK if wish.family in (None, _version(each)))
        return _direct(target, Station(MailHost(name), found))
    answers: tuple[Lookup, ...] = ()
    asked, no_server = "", None
    try:
        resolver = await _resolver(wish)
        asked = resolver.servers
        answers = await resolver.addresses(name, wish.family)
    except LookupFailed as error:
        if wish.resolver is not None:
            raise
        no_server = error
    if addresses := records_of(answers):
        return _direct(target, Station(MailHost(name), addresses), asked)
    if known := await system_addresses(name, wish.family, limit=wish.limit):
        return _direct(target, Station(MailHost(name), known, from_system=True), asked)
    if no_server is not None:
        told = f"{name}: no address: {no_server}; this system does not resolve it either"
        raise LookupFailed(told, no_server.hint, about=name)
    answer = telling(answers)
    told = (
        f"{name}: no address: {answer.reason} (asked {asked}); this system does not resolve "
        "it either"
    )
    hint = _OTHER_SERVER if answer.end is LookupEnd.NOT_THERE else ""
    raise LookupFailed(told, hint, about=name, late=answer.late)


async def _domain_plan(target: Target, wish: Wish) -> Plan:
    name = a_label(target.name)
    resolver = await _resolver(wish)
    answer = await resolver.exchangers(name)
    notes = [] if name == target.name else [f"{target.name} is {name} in DNS"]
    if answer.aliases:
        notes.append(f"{name} is an alias (CNAME) of {answer.canonical}")
    found = exchangers(answer)
    if not found:
        return await _implicit_mx(target, resolver, answer, wish, notes)
    real = [each for each in found if each.name != "."]
    if not real:
        raise NoMailService(
            f"{name} does not accept mail: it publishes a null MX (RFC 7505)",
            f"[{name}] connects to the host of that name anyway",
        )
    if len(real) < len(found):
        notes.append(
            "a null MX is published next to other MX records (forbidden by RFC 7505 3): ignored"
        )
    hosts = [MailHost(each.name, each.preference) for each in real]
    chosen = _chosen(name, hosts, wish.mx)
    if len(chosen) > MOST_HOSTS:
        notes.append(f"only the first {MOST_HOSTS} of {len(chosen)} MX hosts are used")
    stations = await asyncio.gather(
        *(_mx_station(resolver, host, wish, target.port) for host in chosen[:MOST_HOSTS])
    )
    notes += [note for station in stations if (note := _oddity(station))]
    route = Route(target, Found.MX, tuple(hosts), tuple(notes), resolver.servers)
    return Plan(route, tuple(stations))


async def _implicit_mx(
    target: Target, resolver: Resolver, mx: Lookup, wish: Wish, notes: list[str]
) -> Plan:
    name = a_label(target.name)
    hint = near_subcommand(target.name) or (
        f"[{name}] or {name}:{target.port} is a host of that name, not a mail domain"
    )
    if mx.end is LookupEnd.NXDOMAIN and "." in name:  # DNS has no host of that name either
        hint = f"check the spelling; [{name}] if only this system knows it (/etc/hosts)"
    asked = f"(asked {resolver.servers})"
    shown = name if name == target.name else f"{target.name} ({name})"
    if mx.end is LookupEnd.NOT_THERE:
        told = f"{shown}: {mx.reason} {asked}"
        raise LookupFailed(told, _OTHER_SERVER, about=target.name)
    if mx.end is not LookupEnd.NO_DATA:
        told = f"{shown}: {mx.reason} {asked}"
        raise LookupFailed(told, hint, about=target.name, late=mx.late)
    if wish.mx is not None:
        raise UsageError(f"--mx {wish.mx}: {name} has no MX record")
    if wish.resolved_elsewhere:
        host = MailHost(name)
        route = Route(target, Found.IMPLICIT_MX, (host,), tuple(notes), resolver.servers)
        return Plan(route, (Station(host, (name,)),))
    found = await resolver.addresses(name, wish.family)
    addresses = records_of(found)
    if not addresses:
        answer = telling(found)
        told = f"{shown}: no MX record, and no address: {answer.reason} {asked}"
        raise LookupFailed(told, hint, about=target.name, late=answer.late)
    station = _dialled(Station(MailHost(name), addresses), target.port)
    notes += [note] if (note := _oddity(station)) else []
    route = Route(target, Found.IMPLICIT_MX, (station.host,), tuple(notes), resolver.servers)
    return Plan(route, (station,))


_OTHER_SERVER = (
    "make sure that it is running, or use another one: --resolver HOST[:PORT], :set resolver"
)


def _chosen(domain: str, hosts: list[MailHost], wanted: str | None) -> list[MailHost]:
    if wanted is None:
        return hosts
    if wanted.isascii() and wanted.isdigit():
        if place := whole_number(wanted, len(hosts)):
            return [hosts[place - 1]]
        raise UsageError(f"--mx {wanted}: {domain} has {len(hosts)} MX", _listed(hosts))
    name = a_label(wanted).removesuffix(".").lower()
    found = [host for host in hosts if host.name == name]
    if not found:
        raise UsageError(f"--mx {wanted}: not an MX of {domain}", _listed(hosts))
    return found


def _listed(hosts: list[MailHost]) -> str:
    return ", ".join(f"{number}: {host.name}" for number, host in enumerate(hosts, 1))


async def _mx_station(resolver: Resolver, host: MailHost, wish: Wish, port: int) -> Station:
    if is_address(host.name):
        return Station(host, trouble="an MX must be a host name, not an IP address (RFC 5321 5.1)")
    if is_local(host.name):
        return Station(host, trouble=_THIS_MACHINE, left_out=(host.name,))
    if wish.resolved_elsewhere:
        return Station(host, (host.name,))
    found = await resolver.addresses(host.name, wish.family)
    addresses = records_of(found)
    trouble = "" if addresses else telling(found).reason
    alias = next((each.canonical for each in found if each.aliases), "")
    return _dialled(Station(host, addresses, trouble=trouble, alias_of=alias), port)


_THIS_MACHINE = "that name points back at whoever resolves it: here, this machine"


def _dialled(station: Station, port: int) -> Station:
    """Return a station of a domain without the addresses that lead back to this machine."""
    left_out = tuple(each for each in station.addresses if leads_nowhere(each, port))
    if not left_out:
        return station
    addresses = tuple(each for each in station.addresses if each not in left_out)
    return station._replace(addresses=addresses, trouble=_LEADS_NOWHERE, left_out=left_out)


_LEADS_NOWHERE = "it points at this machine or nowhere, not at a host of the domain"


def _oddity(station: Station) -> str:
    if station.left_out and station.addresses:
        addresses = ", ".join(station.left_out)
        return f"{station.host.name}: {addresses} not contacted: {_LEADS_NOWHERE}"
    if is_address(station.host.name):
        return f"the MX {station.host.name} is an IP address, not a host name"
    if station.alias_of:
        name = station.host.name
        return (
            f"the MX {name} is an alias (CNAME) of {station.alias_of}, forbidden by RFC 2181 10.3"
        )
    return ""


async def _resolver(wish: Wish) -> Resolver:
    from smtpprobe.net.dns.resolver import Resolver, resolver_named  # noqa: PLC0415 - dnspython is heavy

    if wish.resolver is None:
        return Resolver(limit=wish.limit)
    return await resolver_named(wish.resolver, wish.limit)


def _version(address: str) -> int:
    return ipaddress.ip_address(address).version


def a_label(name: str) -> str:
    """Return a host or domain name as DNS has it (RFC 5891), A-labels for what is not ASCII.

    Raises:
        UsageError: it does not have this form.
    """
    if name.isascii():
        if any(len(label) > 63 for label in name.split(".")):
            raise UsageError(f"{name}: a label is longer than 63 octets (RFC 1035 2.3.4)")
        return name
    import idna  # noqa: PLC0415 - rarely needed

    try:
        return idna.encode(name, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        told = f"{name} is not a valid internationalised domain name: {error}"
        raise UsageError(told, named(name)) from error
