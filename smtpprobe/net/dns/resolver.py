"""DNS queries through dnspython, for connecting: mail exchangers and addresses.

Names go out as A-labels (RFC 5890).
"""

from __future__ import annotations

import asyncio
import ipaddress
from pathlib import Path

import dns.asyncresolver
import dns.exception
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.resolver

from smtpprobe.errors import LookupFailed
from smtpprobe.net.dns.datagrams import Connected
from smtpprobe.net.dns.records import aliases, error_end, texts, unending
from smtpprobe.net.os_errors import NOT_THERE, loss_reason
from smtpprobe.net.system_names import system_addresses
from smtpprobe.net.tls.handshake_failures import is_ours
from smtpprobe.policy.dns_answer import Lookup, LookupEnd
from smtpprobe.protocol.target import parse_server

QUESTION_SECONDS = 5.0
"""Seconds for one query, retries and other servers included."""

TRY_SECONDS = 2.0
"""Seconds for one datagram."""


CONNECTED = Connected()


def question_limit(limit: float | None) -> float:
    """Return how many seconds a question may take where `limit` was asked for (None: nothing)."""
    return QUESTION_SECONDS if limit is None else min(limit, QUESTION_SECONDS)


class Resolver:
    """Asks one set of DNS servers; sends nothing before the first query.

    `limit` is how many seconds a question may take, all servers and tries together; more than
    QUESTION_SECONDS is never waited.
    """

    def __init__(
        self,
        servers: tuple[tuple[str, int], ...] | None = None,
        limit: float | None = None,
    ) -> None:
        self._resolver = _system() if servers is None else _explicit(servers)
        self._limit = question_limit(limit)
        self._resolver.lifetime = self._limit
        self._resolver.timeout = min(self._limit, TRY_SECONDS)
        self._resolver.cache = None

    @property
    def server_addresses(self) -> tuple[str, ...]:
        """The addresses of the servers asked."""
        return tuple(str(server) for server in self._resolver.nameservers)

    @property
    def port(self) -> int:
        """Their port."""
        return self._resolver.port

    @property
    def servers(self) -> str:
        """The servers asked, for people."""
        port = self._resolver.port
        named = (str(server) for server in self._resolver.nameservers)
        return ", ".join(f"[{each}]:{port}" if ":" in each else f"{each}:{port}" for each in named)

    async def exchangers(self, domain: str) -> Lookup:
        """Return the answer for the MX records of a domain."""
        return await self._ask(domain, dns.rdatatype.MX)

    async def addresses(self, name: str, family: int | None) -> tuple[Lookup, ...]:
        """Return the answers for IPv4, then IPv6 addresses, each in the resolver's order.

        `family` 4 or 6 asks for one kind only.
        """
        kinds = [dns.rdatatype.A] if family in (None, 4) else []
        kinds += [dns.rdatatype.AAAA] if family in (None, 6) else []
        return tuple(await asyncio.gather(*(self._ask(name, kind) for kind in kinds)))

    async def _ask(self, name: str, kind: dns.rdatatype.RdataType) -> Lookup:
        asked = Lookup(name, dns.rdatatype.to_text(kind), LookupEnd.FOUND)
        try:
            wanted = dns.name.from_text(name)
        except (dns.exception.DNSException, UnicodeError) as error:
            return asked._replace(end=LookupEnd.BAD_NAME, detail=str(error))
        try:
            found = await self._resolver.resolve(wanted, kind, search=False, backend=CONNECTED)
        except dns.resolver.NXDOMAIN:
            return asked._replace(end=LookupEnd.NXDOMAIN)
        except dns.resolver.NoAnswer as error:
            return asked._replace(end=LookupEnd.NO_DATA, aliases=_led_to(error))
        except dns.resolver.NoNameservers as error:
            end, detail = _refusal(error)
            return asked._replace(end=end, detail=detail)
        except dns.exception.Timeout:
            return asked._replace(end=LookupEnd.TIMEOUT, detail=f"within {self._limit:g}s")
        except OSError as error:
            return asked._replace(end=LookupEnd.UNASKED, detail=unasked(error))
        except (dns.exception.DNSException, ValueError) as error:
            return asked._replace(end=LookupEnd.BROKEN, detail=str(error))
        chain = found.chaining_result
        records = texts(chain.answer) if chain.answer is not None else ()
        return asked._replace(records=records, aliases=aliases(chain.cnames), ttl=chain.minimum_ttl)


def _led_to(error: dns.resolver.NoAnswer) -> tuple[str, ...]:
    response = error.kwargs.get("response")
    if not isinstance(response, dns.message.QueryMessage):
        return ()
    return aliases(response.resolve_chaining().cnames)


def _refusal(error: dns.resolver.NoNameservers) -> tuple[LookupEnd, str]:
    """Read what each server said; the first that said anything decides."""
    tried = error.kwargs.get("errors") or []
    for _, _, _, cause, response in tried:
        if not isinstance(response, dns.message.QueryMessage):
            continue
        if isinstance(cause, dns.message.ChainTooLong):
            return LookupEnd.ALIASES, unending(response)
        if response.rcode() != dns.rcode.NOERROR:
            return error_end(response.rcode())
    errors = [cause for _, _, _, cause, _ in tried if isinstance(cause, OSError)]
    if tried and len(errors) == len(tried):
        absent = all(error.errno in NOT_THERE for error in errors)
        causes = dict.fromkeys(map(unasked, errors))
        return LookupEnd.NOT_THERE if absent else LookupEnd.UNASKED, "; ".join(causes)
    causes = dict.fromkeys(f"{server}: {cause}" for server, _, _, cause, _ in tried)
    return LookupEnd.BROKEN, "; ".join(causes)


def unasked(error: OSError) -> str:
    """Return in words why a server cannot be asked."""
    if isinstance(error, ConnectionRefusedError):
        return "nothing listens on this port (connection refused)"
    return loss_reason(error)


_CONFIGURATION = "/etc/resolv.conf"


def _check_readable(path: str) -> None:
    """Raise OSError where this machine lacks what reading a file takes, as open files.

    dnspython takes a file that cannot be opened for one without a server.
    """
    try:
        with Path(path).open("rb"):
            return
    except OSError as error:
        if is_ours(error):
            raise


def _system() -> dns.asyncresolver.Resolver:
    try:
        return dns.asyncresolver.Resolver()
    except dns.resolver.NoResolverConfiguration as error:
        _check_readable(_CONFIGURATION)
        raise LookupFailed(
            "no DNS server: /etc/resolv.conf has no usable one",
            "use --resolver HOST[:PORT]",
        ) from error


def _explicit(servers: tuple[tuple[str, int], ...]) -> dns.asyncresolver.Resolver:
    resolver = dns.asyncresolver.Resolver(configure=False)
    resolver.nameservers = [address for address, _ in servers]
    resolver.port = servers[0][1]
    return resolver


async def resolver_named(text: str, limit: float | None = None) -> Resolver:
    """Return the resolver of `--resolver HOST[:PORT]`; a host name is looked up by the system.

    `limit` is how many seconds a question may take.

    Raises:
        UsageError: no address or host, or an invalid port.
        LookupFailed: the system does not know the host name.
    """
    host, port = parse_server(text)
    try:
        return Resolver(((str(ipaddress.ip_address(host)), port),), limit)
    except ValueError:
        pass
    found = await system_addresses(host, limit=limit)
    if not found:
        raise LookupFailed(
            f"cannot resolve the resolver's name {host}",
            "--resolver takes an address, for example --resolver 192.0.2.53",
        )
    return Resolver(tuple((address, port) for address in found), limit)
