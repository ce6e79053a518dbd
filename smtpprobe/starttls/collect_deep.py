"""The tests of `--deep`: at most 25 more connections, one at a time, ended by the first 421.

Each but the last two is a hand-made hello, so the local TLS library has no say in what is found.
Also here: the certificate of the other key type, which a host with TLSA records is asked for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from smtpprobe.net.raw_hello import (
    ECDSA_CIPHERS,
    ECDSA_SCHEMES,
    GROUP_ORDER,
    OLD_CIPHERS,
    RSA_CIPHERS,
    RSA_SCHEMES,
    TLS1_2,
    TLS1_3,
    TLS1_3_CIPHERS,
    VERSIONS,
    Hello,
    HelloAnswer,
)
from smtpprobe.net.raw_session import Asked, Line, ask
from smtpprobe.net.tls_certificates import certificate_facts
from smtpprobe.net.tls_registry import GROUPS
from smtpprobe.policy.dane import Chain
from smtpprobe.starttls.collect_address import Keep, Place, forget, session
from smtpprobe.starttls.facts import (
    NO,
    YES,
    AddressFacts,
    Because,
    Deep,
    Fact,
    SecondChain,
    unknown,
)
from smtpprobe.starttls.gathering import Gathering

MOST_CONNECTIONS = 25
MOST_CIPHERS, MOST_GROUPS = 11, 6
"""How many hellos look for ciphers and for groups: each finds one."""


@dataclass(slots=True)
class Prober:
    """Asks one address, some seconds between two hellos; `stopped` is why it asks no more."""

    place: Place
    how: Gathering
    name: str
    asked: int = 0
    stopped: str = ""
    certificates: dict[str, str] = field(default_factory=dict)

    async def ask(
        self, version: int, ciphers: Sequence[int], groups: Sequence[int] = GROUP_ORDER
    ) -> Asked:
        """Return the answer to one hello."""
        if self.asked >= MOST_CONNECTIONS - 2:
            self.stopped = self.stopped or f"{self.asked} connections"
        if self.stopped:
            return Asked(reason=self.stopped)
        if self.asked:
            await asyncio.sleep(self.how.apart)
        self.asked += 1
        found = await ask(
            line_of(self.place, self.how), Hello(version, ciphers, groups, name=self.name)
        )
        if found.code == 421:
            self.stopped = found.reason
        return found


def line_of(place: Place, how: Gathering) -> Line:
    """Return how an address is asked by hand."""
    limits = (how.connect_limit, how.greeting_limit, how.reply_limit)
    return Line(place.ip, place.port, place.implicit_tls, how.client, *limits, how.bind)


async def probe_deeply(
    facts: AddressFacts, place: Place, how: Gathering, keep: Keep = forget
) -> AddressFacts:
    """Return an address with the versions, ciphers and groups it accepts, and its other names."""
    if facts.tls is None:
        return facts
    prober = Prober(place, how, place.sni or "")
    deep = Deep(versions=(("SSLv2", unknown(Because.NOT_TESTABLE)),))

    def known_by_now() -> None:
        keep(facts._replace(deep=deep, connections=facts.connections + prober.asked))

    for name, number in VERSIONS.items():
        deep = replace(deep, versions=(*deep.versions, (name, await _version(prober, number))))
        known_by_now()
    accepted = {name for name, fact in deep.versions if fact.yes}
    if "TLSv1.2" in accepted:
        deep = replace(deep, ciphers=await _ciphers(prober, TLS1_2, OLD_CIPHERS))
        known_by_now()
    if "TLSv1.3" in accepted:
        modern = await _ciphers(prober, TLS1_3, TLS1_3_CIPHERS)
        deep = replace(deep, ciphers=(*modern, *deep.ciphers))
        known_by_now()
        deep = replace(deep, groups=await _groups(prober))
        known_by_now()
    deep = replace(deep, resumption=unknown(Because.NOT_TESTABLE), stopped=prober.stopped)
    dials = prober.asked
    if not prober.stopped:
        others = await _other_names(place, how)
        deep, dials = replace(deep, sni=others), dials + len(others)
    return facts._replace(deep=deep, connections=facts.connections + dials)


async def _version(prober: Prober, number: int) -> Fact:
    ciphers = TLS1_3_CIPHERS if number == TLS1_3 else OLD_CIPHERS
    found = await prober.ask(number, tuple(ciphers))
    if found.answer is None:
        return unknown(Because.ENDED, found.reason)
    if found.answer.odd:
        return unknown(Because.ENDED, "what answered is not TLS")
    return YES if found.answer.version == number else NO


async def _ciphers(prober: Prober, version: int, known: dict[int, str]) -> tuple[str, ...]:
    """Return the ciphers accepted, in the order of the server: each chosen one is left out next."""
    left, found = list(known), []
    for _ in range(MOST_CIPHERS if version == TLS1_2 else len(known)):
        answer = (await prober.ask(version, left)).answer
        if answer is None or answer.version != version or answer.cipher not in left:
            break
        found.append(known[answer.cipher])
        left.remove(answer.cipher)
    return tuple(found)


async def _groups(prober: Prober) -> tuple[str, ...]:
    """Return the groups accepted in TLS 1.3, in the server's order."""
    left, found = list(GROUP_ORDER), []
    for _ in range(MOST_GROUPS):
        answer = (await prober.ask(TLS1_3, tuple(TLS1_3_CIPHERS), left)).answer
        number = _number(answer)
        if number not in left:
            break
        found.append(GROUPS[number])
        left.remove(number)
    return tuple(found)


def _number(answer: HelloAnswer | None) -> int:
    group = answer.group if answer is not None else ""
    return next((number for number, name in GROUPS.items() if name == group), -1)


async def _other_names(place: Place, how: Gathering) -> tuple[tuple[str, str], ...]:
    """Return the certificate shown without a name, and for a name that nobody has."""
    found = []
    for name in (None, "smtpprobe.invalid"):
        await asyncio.sleep(how.apart)
        facts = await session(place._replace(sni=name), how)
        leaf = facts.tls.leaf if facts.tls is not None else None
        found.append((name or "", leaf.sha256 if leaf is not None else ""))
    return tuple(found)


async def second_chain(facts: AddressFacts, place: Place, how: Gathering) -> AddressFacts:
    """Return an address with the certificate of the other key type, if it has one.

    One hello of TLS 1.2 that offers only that type; an alert means that there is none.
    """
    if facts.tls is None or not facts.tls.ok or facts.tls.leaf is None:
        return facts._replace(second=SecondChain(unknown(Because.NO_TLS)))
    if facts.retried:
        return facts._replace(second=SecondChain(unknown(Because.RETRY)))
    leaf = facts.tls.leaf
    if not leaf.key:
        return facts._replace(second=SecondChain(unknown(Because.UNREADABLE)))
    rsa = leaf.key.startswith("RSA")
    ciphers, schemes = (ECDSA_CIPHERS, ECDSA_SCHEMES) if rsa else (RSA_CIPHERS, RSA_SCHEMES)
    hello = Hello(TLS1_2, tuple(ciphers), schemes=schemes, name=place.sni or "")
    found = await ask(line_of(place, how), hello)
    second = _second(found, leaf.sha256)
    return facts._replace(second=second, connections=facts.connections + 1)


def _second(found: Asked, leaf: str) -> SecondChain:
    if found.answer is None or found.answer.odd:
        return SecondChain(unknown(Because.ENDED, found.reason))
    if not found.answer.certificates:
        return SecondChain(NO)
    chain = tuple(certificate_facts(der) for der in found.answer.certificates)
    return SecondChain(YES if chain[0].sha256 != leaf else NO, Chain(chain))
