"""Questions to DNS through dnspython: mail exchangers and addresses, each answer told apart.

`Answer` is plain: records, or in words why there are none. Names go out as A-labels (RFC 5890).
"""

from __future__ import annotations

import asyncio
import ipaddress
from dataclasses import dataclass
from enum import Enum

import dns.asyncresolver
import dns.exception
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.resolver
from dns._asyncio_backend import Backend
from dns.rdtypes.ANY.MX import MX

from smtpprobe.errors import LookupFailed
from smtpprobe.net.os_errors import NOT_THERE, loss_reason
from smtpprobe.net.system_names import system_addresses
from smtpprobe.protocol.target import parse_server

QUESTION_SECONDS = 5.0
"""For one question, repetitions and other servers included."""

TRY_SECONDS = 2.0
"""For one datagram."""


class Connected(Backend):
    """Datagrams by connected sockets, which hear that nobody listens (ICMP, RFC 1122 4.1.3.3).

    Without that each question to a server that is not running takes its whole limit.
    """

    def datagram_connection_required(self) -> bool:
        """Tell that each socket belongs to one server."""
        return True


CONNECTED = Connected()


class Missing(Enum):
    """Why there are no records; the value begins the sentence shown."""

    NXDOMAIN = "no such name (NXDOMAIN)"
    NO_DATA = "the name exists, without such a record"
    SERVFAIL = "the DNS server failed (SERVFAIL)"
    REFUSED = "the DNS server refused to answer (REFUSED)"
    TIMEOUT = "no answer from the DNS server"
    ABSENT = "the DNS server is not there"
    UNASKED = "the DNS server could not be asked"
    BROKEN = "the DNS answer makes no sense"


@dataclass(frozen=True, slots=True)
class Answer:
    """Records of one name and type. `alias_of` is where CNAME led, empty without one."""

    records: tuple[str, ...] = ()
    missing: Missing | None = None
    detail: str = ""
    alias_of: str = ""

    @property
    def late(self) -> bool:
        """Whether no answer came within the limit."""
        return self.missing is Missing.TIMEOUT

    @property
    def absent(self) -> bool:
        """Whether nobody was there to be asked."""
        return self.missing is Missing.ABSENT

    @property
    def why(self) -> str:
        """Why there are no records, as a clause; empty when there are."""
        if self.missing is None:
            return ""
        return f"{self.missing.value}{': ' if self.detail else ''}{self.detail}"


@dataclass(frozen=True, slots=True)
class Exchanger:
    """One MX record: `name` is `.` in a null MX (RFC 7505)."""

    preference: int
    name: str


@dataclass(frozen=True, slots=True)
class MxAnswer:
    """The MX records of a domain in the order in which they are tried.

    Without any, `missing` says why. `alias_of` is where CNAME led, empty without one.
    """

    exchangers: tuple[Exchanger, ...] = ()
    missing: Answer = Answer()
    alias_of: str = ""


def question_limit(limit: float | None) -> float:
    """Return how many seconds a question may take where `limit` was asked for (None: nothing)."""
    return QUESTION_SECONDS if limit is None else min(limit, QUESTION_SECONDS)


class Resolver:
    """Asks one set of DNS servers; nothing is asked before a question is.

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

    async def exchangers(self, domain: str) -> MxAnswer:
        """Return the MX records of a domain: ascending preference, then by name."""
        found = await self._ask(domain, dns.rdatatype.MX)
        if isinstance(found, Answer):
            return MxAnswer(missing=found, alias_of=found.alias_of)
        records = [record for record in found if isinstance(record, MX)]
        exchangers = {Exchanger(each.preference, _text(each.exchange)) for each in records}
        inorder = sorted(exchangers, key=lambda each: (each.preference, each.name))
        return MxAnswer(tuple(inorder), alias_of=_alias(domain, found.canonical_name))

    async def addresses(self, name: str, family: int | None) -> Answer:
        """Return IPv4, then IPv6 addresses of a host, each in the resolver's order.

        `family` 4 or 6 asks for one kind only.
        """
        kinds = [dns.rdatatype.A] if family in (None, 4) else []
        kinds += [dns.rdatatype.AAAA] if family in (None, 6) else []
        answers = await asyncio.gather(*(self._addresses(name, kind) for kind in kinds))
        records = tuple(record for answer in answers for record in answer.records)
        if records:
            alias = next((answer.alias_of for answer in answers if answer.alias_of), "")
            return Answer(records, alias_of=alias)
        return min(answers, key=lambda answer: _WORST.index(answer.missing))

    async def _addresses(self, name: str, kind: dns.rdatatype.RdataType) -> Answer:
        found = await self._ask(name, kind)
        if isinstance(found, Answer):
            return found
        records = tuple(str(record) for record in found)
        return Answer(records, alias_of=_alias(name, found.canonical_name))

    async def _ask(self, name: str, kind: dns.rdatatype.RdataType) -> dns.resolver.Answer | Answer:
        try:
            return await self._resolver.resolve(
                dns.name.from_text(name), kind, search=False, backend=CONNECTED
            )
        except dns.resolver.NXDOMAIN:
            return Answer(missing=Missing.NXDOMAIN)
        except dns.resolver.NoAnswer as error:
            return Answer(missing=Missing.NO_DATA, alias_of=_led_to(name, error))
        except dns.resolver.NoNameservers as error:
            return _refusal(error)
        except dns.exception.Timeout:
            return Answer(missing=Missing.TIMEOUT, detail=f"within {self._limit:g}s")
        except OSError as error:
            return Answer(missing=Missing.UNASKED, detail=unasked(error))
        except (dns.exception.DNSException, ValueError) as error:
            return Answer(missing=Missing.BROKEN, detail=str(error))


_WORST = (
    Missing.SERVFAIL,
    Missing.REFUSED,
    Missing.TIMEOUT,
    Missing.ABSENT,
    Missing.UNASKED,
    Missing.BROKEN,
    Missing.NO_DATA,
    Missing.NXDOMAIN,
    None,
)
"""Of two answers without records, the one that says why: trouble before absence."""


def _led_to(name: str, error: dns.resolver.NoAnswer) -> str:
    response = error.kwargs.get("response")
    if not isinstance(response, dns.message.QueryMessage):
        return ""
    return _alias(name, response.canonical_name())


def _alias(asked: str, led_to: dns.name.Name) -> str:
    return "" if led_to == dns.name.from_text(asked) else _text(led_to)


def _refusal(error: dns.resolver.NoNameservers) -> Answer:
    """Read what each server said; the first that said anything decides."""
    tried = error.kwargs.get("errors") or []
    for server, _, _, _, response in tried:
        if isinstance(response, dns.message.Message):
            code = response.rcode()
            missing = _RCODES.get(code)
            if missing is not None:
                return Answer(missing=missing)
            words = f"{server} answered {dns.rcode.to_text(code)}"
            return Answer(missing=Missing.BROKEN, detail=words)
    errors = [cause for _, _, _, cause, _ in tried if isinstance(cause, OSError)]
    if tried and len(errors) == len(tried):
        absent = all(error.errno in NOT_THERE for error in errors)
        causes = dict.fromkeys(map(unasked, errors))
        return Answer(
            missing=Missing.ABSENT if absent else Missing.UNASKED, detail="; ".join(causes)
        )
    causes = dict.fromkeys(f"{server}: {cause}" for server, _, _, cause, _ in tried)
    return Answer(missing=Missing.TIMEOUT, detail="; ".join(causes))


def unasked(error: OSError) -> str:
    """Return in words why a server cannot be asked."""
    if isinstance(error, ConnectionRefusedError):
        return "nothing listens on that port (connection refused)"
    return loss_reason(error)


_RCODES = {dns.rcode.SERVFAIL: Missing.SERVFAIL, dns.rcode.REFUSED: Missing.REFUSED}


def _text(name: dns.name.Name) -> str:
    return name.to_text(omit_final_dot=True).lower() if name != dns.name.root else "."


def _system() -> dns.asyncresolver.Resolver:
    try:
        return dns.asyncresolver.Resolver()
    except dns.resolver.NoResolverConfiguration as error:
        raise LookupFailed(
            "no DNS server is known: /etc/resolv.conf names none that can be used",
            "--resolver HOST[:PORT] names one",
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
        UsageError: no address or host, or the port is none.
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
            f"the resolver {host} has no address that this system knows",
            "--resolver takes an address, for example --resolver 192.0.2.53",
        )
    return Resolver(tuple((address, port) for address in found), limit)
