"""DNS queries with the DNSSEC status of each answer, from the resolver's AD bit.

DO and AD are set in the query, so that a validating resolver says what it has validated. Its word
counts only where nobody can be in between: a resolver on loopback, or one that the user trusts.
"""

from __future__ import annotations

import asyncio
import ipaddress
from dataclasses import dataclass
from functools import cached_property

import dns.asyncquery
import dns.edns
import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rrset
from dns.rdtypes.tlsabase import TLSABase

from smtpprobe.net.dns.records import ANSWERS, aliases, error_end, texts, unending
from smtpprobe.net.dns.resolver import (
    CONNECTED,
    TRY_SECONDS,
    Resolver,
    question_limit,
    resolver_named,
    unasked,
)
from smtpprobe.net.open_files import QUESTIONS
from smtpprobe.net.os_errors import NOT_THERE, loss_reason
from smtpprobe.policy.dns_answer import Lookup, LookupEnd, Proof, Status

TLSABase._cert_length_by_mtype = {}  # noqa: SLF001 - no public way
"""A record of a wrong length is unusable (RFC 7672 3.1.3), and that is for `policy.dane` to say.

dnspython would refuse the whole answer for it, and lose the other records.
"""

PAYLOAD = 1232
"""The UDP size asked for: larger answers come over TCP, never in fragments."""

WITHOUT_SOA = 300
"""How many seconds an answer without records holds if it does not say."""

BOGUS_CODES = frozenset(range(6, 13))
"""Extended DNS errors (RFC 8914) by which a SERVFAIL means that validation failed."""


@dataclass(frozen=True)
class Servers:
    """The resolvers: addresses with one port, and whether the user trusts their AD bit."""

    addresses: tuple[str, ...]
    port: int = 53
    trust_ad: bool = False

    @cached_property
    def on_loopback(self) -> bool:
        """Whether all of them are on this machine, so that nobody can be in between."""
        return all(
            ipaddress.ip_address(one.partition("%")[0]).is_loopback for one in self.addresses
        )

    @property
    def trusted(self) -> bool:
        """Whether their word on DNSSEC counts."""
        return self.trust_ad or self.on_loopback


async def questioner(
    resolver: str | None,
    *,
    trust_ad: bool = False,
    limit: float | None = None,
    at_a_time: int = QUESTIONS,
) -> Questioner:
    """Return a questioner for `--resolver HOST[:PORT]`, or for the system's resolvers.

    `limit` shortens what a question may take, in seconds.

    Raises:
        UsageError: no address or host, or an invalid port.
        LookupFailed: the system names no server, or does not know the host.
    """
    asked = Resolver(limit=limit) if resolver is None else await resolver_named(resolver, limit)
    return Questioner(Servers(asked.server_addresses, asked.port, trust_ad), limit, at_a_time)


class Questioner:
    """Asks a set of servers; `validating` is None until a probe or an answer shows it.

    `untold` is how the probe failed: without an answer, or with one that says nothing about it.
    `absent` is why no server could be reached for the last question; else it is empty.
    `limit` shortens what a question may take, all servers and tries together, in seconds. So many
    questions as `at_a_time` says are under way together. `asked` counts them.
    """

    def __init__(
        self, servers: Servers, limit: float | None = None, at_a_time: int = QUESTIONS
    ) -> None:
        self.servers = servers
        self.limit = question_limit(limit)
        self.validating: bool | None = None
        self.untold: Lookup | None = None
        self.absent = ""
        self.asked = 0
        self._room = asyncio.Semaphore(at_a_time)
        self._probing: asyncio.Task[None] | None = None
        self._probed_again = False

    async def ask(self, name: str, kind: str) -> Lookup:
        """Return the answer to one question; never raises for what a server does."""
        self.asked += 1
        found = await self._answer(name, kind)
        if found.end is LookupEnd.SERVFAIL and self.servers.trusted:
            return await self._told_apart(found)
        if found.answered and self.validating is None and not self._probed_again:
            validating = await self._probe_again()
            if found.status is Status.UNVERIFIED and self.servers.trusted and validating:
                return found._replace(proof=Status.INSECURE)
        return found

    async def without_validation(self, name: str, kind: str) -> Lookup:
        """Return the answer that comes without validation (CD, RFC 4035 3.2.2): it proves nothing.

        Where a question fails with validation and not without, validation is what fails.
        """
        response = await self._response(name, kind, checking=False)
        if not isinstance(response, dns.message.Message):
            return response._replace(name=name, kind=kind)
        try:
            return self._read(response, name, kind)._replace(proof=Status.UNVERIFIED)
        except (dns.exception.DNSException, ValueError) as error:
            return Lookup(name, kind, LookupEnd.BROKEN, detail=str(error))

    async def _probe_again(self) -> bool:
        """Probe once more a resolver that answers by now; return whether it validates."""
        self._probed_again, self._probing = True, None
        await self._probed()
        return bool(self.validating)

    async def _probed(self) -> None:
        """Ask for the root's servers once: a resolver that validates sets AD on that answer."""
        if self._probing is None:
            self._probing = asyncio.ensure_future(self._probe())
        await asyncio.shield(self._probing)

    async def _probe(self) -> None:
        found = await self._response(".", "NS", checking=True)
        if isinstance(found, dns.message.Message) and found.rcode() in ANSWERS:
            self.validating = self.validating or _validated(found)
            return
        if isinstance(found, dns.message.Message):
            found = _failed(found, ".", "NS")
        self.untold = found
        if found.end is LookupEnd.BOGUS:
            self.validating = True

    @property
    def _refused(self) -> bool:
        """Whether the probe was answered, by a server that does not look up the root."""
        return self.untold is not None and self.untold.status is Status.ERROR

    async def _told_apart(self, found: Lookup) -> Lookup:
        """Ask once more without validation: if that is answered, validation is what failed.

        Unless it succeeds by now: then the resolver was only slow, and its answer counts.
        """
        unchecked = await self._response(found.name, found.kind, checking=False)
        if isinstance(unchecked, dns.message.Message) and unchecked.rcode() in ANSWERS:
            again = await self._answer(found.name, found.kind)
            if again.status is not Status.ERROR:
                return again
            detail = "it is answered with checking disabled"
            return found._replace(end=LookupEnd.BOGUS, detail=detail)
        return found

    async def _answer(self, name: str, kind: str) -> Lookup:
        response, _ = await asyncio.gather(  # side by side: a silent server is waited for once
            self._response(name, kind, checking=True), self._probed()
        )
        if not isinstance(response, dns.message.Message):
            return response._replace(name=name, kind=kind)
        if _validated(response):
            self.validating = True
        elif self.validating is None and self._refused and _of_its_own(response):
            self.validating = False
        try:
            return self._read(response, name, kind)
        except (dns.exception.DNSException, ValueError) as error:
            return Lookup(name, kind, LookupEnd.BROKEN, detail=str(error))

    def _read(self, response: dns.message.Message, name: str, kind: str) -> Lookup:
        code = response.rcode()
        if code not in ANSWERS:
            return _failed(response, name, kind)
        assert isinstance(response, dns.message.QueryMessage)
        end = LookupEnd.NXDOMAIN if code == dns.rcode.NXDOMAIN else LookupEnd.NO_DATA
        if not response.answer:
            ttl = negative_ttl(response)
            return Lookup(name, kind, end, proof=self._proof(response), ttl=ttl)
        try:
            chain = response.resolve_chaining()
        except dns.message.ChainTooLong:
            return Lookup(name, kind, LookupEnd.ALIASES, detail=unending(response))
        records = texts(chain.answer) if chain.answer is not None else ()
        return Lookup(
            name,
            kind,
            LookupEnd.FOUND if records else end,
            records,
            aliases(chain.cnames),
            self._proof(response),
            ttl=chain.minimum_ttl,
        )

    def _proof(self, response: dns.message.Message) -> Proof:
        if not self.servers.trusted:
            return Status.UNVERIFIED
        if _validated(response):
            return Status.SECURE
        return Status.INSECURE if self.validating else Status.UNVERIFIED

    async def _response(
        self, name: str, kind: str, *, checking: bool
    ) -> dns.message.Message | Lookup:
        """Return a response, or why there is none: each server is asked in order, twice."""
        try:
            query = asking(name, kind, checking=checking)
        except (dns.exception.DNSException, UnicodeError) as error:
            return Lookup(name, kind, LookupEnd.BAD_NAME, detail=str(error))
        async with self._room:
            return await self._asked(query)

    async def _asked(self, query: dns.message.Message) -> dns.message.Message | Lookup:
        loop = asyncio.get_running_loop()
        end = loop.time() + self.limit
        failure: dns.message.Message | Lookup | None = None
        nobody = set[str]()
        for server in self.servers.addresses * 2:
            limit = min(TRY_SECONDS, end - loop.time())
            if limit <= 0:
                break
            found = await self._exchange(query, server, limit)
            if isinstance(found, Lookup) and found.end is LookupEnd.NOT_THERE:
                nobody.add(server)
                if nobody == set(self.servers.addresses):
                    self.absent = found.reason
                    return found
            if isinstance(found, dns.message.Message) and found.rcode() in ANSWERS:
                self.absent = ""
                return found
            failure = (
                found if failure is None or isinstance(found, dns.message.Message) else failure
            )
            if isinstance(found, dns.message.Message) and len(self.servers.addresses) == 1:
                break
        self.absent = ""
        return failure or self._silence

    @property
    def _silence(self) -> Lookup:
        return Lookup("", "", LookupEnd.TIMEOUT, detail=f"within {self.limit:g}s")

    async def _exchange(
        self, query: dns.message.Message, server: str, limit: float
    ) -> dns.message.Message | Lookup:
        port, over_tcp = self.servers.port, ""
        try:
            try:
                return await dns.asyncquery.udp(
                    query,
                    server,
                    limit,
                    port,
                    backend=CONNECTED,
                    ignore_unexpected=True,
                    ignore_errors=True,
                    raise_on_truncation=True,
                )
            except dns.message.Truncated:
                over_tcp = "over TCP, as it is too long for UDP"
                return await dns.asyncquery.tcp(query, server, limit, port)
        except dns.exception.Timeout:
            silence = self._silence
            detail = f"{silence.detail}{' ' if over_tcp else ''}{over_tcp}"
            return silence._replace(detail=detail)
        except OSError as error:
            if over_tcp:
                return _unasked(f"{over_tcp}: {_in_words(error)}")
            end = LookupEnd.NOT_THERE if error.errno in NOT_THERE else LookupEnd.UNASKED
            return Lookup("", "", end, detail=unasked(error))
        except (dns.exception.DNSException, EOFError) as error:
            return _unasked(f"{over_tcp}{': ' if over_tcp else ''}{_in_words(error)}")


def _unasked(detail: str) -> Lookup:
    return Lookup("", "", LookupEnd.UNASKED, detail=detail)


def asking(name: str, kind: str, *, checking: bool) -> dns.message.Message:
    """Return the query: what `make_query` makes, but the EDNS record is made once for all."""
    query = dns.message.QueryMessage()
    query.flags = _CHECKED if checking else _UNCHECKED
    question = dns.rrset.RRset(
        dns.name.from_text(name), dns.rdataclass.IN, dns.rdatatype.from_text(kind)
    )
    query.question.append(question)
    query.opt = _MODEL.opt
    return query


_MODEL = dns.message.make_query(".", "NS", use_edns=0, want_dnssec=True, payload=PAYLOAD)
_SOA = dns.rdataclass.IN, dns.rdatatype.SOA
_CHECKED, _UNCHECKED = dns.flags.RD | dns.flags.AD, dns.flags.RD | dns.flags.CD


def negative_ttl(response: dns.message.Message) -> int:
    """Return how many seconds an answer without records holds (RFC 2308 5): its SOA record says.

    `resolve_chaining` looks for that in each parent of the name; here there is one in most answers.
    """
    name = response.question[0].name
    for rrset in response.authority:
        kind = rrset.rdclass, rrset.rdtype
        if kind == _SOA and name.is_subdomain(rrset.name):
            return min(rrset.ttl, int(rrset[0].minimum))
    return WITHOUT_SOA


def _validated(response: dns.message.Message) -> bool:
    return bool(response.flags & dns.flags.AD)


def _in_words(error: Exception) -> str:
    return loss_reason(error) or type(error).__name__


def _of_its_own(response: dns.message.Message) -> bool:
    """Return whether it answers as the zone's own server, from which nothing was validated."""
    return bool(response.flags & dns.flags.AA) and response.rcode() in ANSWERS


def _failed(response: dns.message.Message, name: str, kind: str) -> Lookup:
    errors = [option for option in response.options if isinstance(option, dns.edns.EDEOption)]
    shown = ", ".join(_extended(each) for each in errors)
    bogus = any(int(each.code) in BOGUS_CODES for each in errors)
    if bogus:
        return Lookup(name, kind, LookupEnd.BOGUS, detail=shown)
    end, detail = error_end(response.rcode())
    return Lookup(name, kind, end, detail=", ".join(filter(None, (detail, shown))))


def _extended(error: dns.edns.EDEOption) -> str:
    try:
        words = dns.edns.EDECode(error.code).name.lower().replace("_", " ")
    except ValueError:
        words = f"error {int(error.code)}"
    return f"{words} ({error.text})" if error.text else words
