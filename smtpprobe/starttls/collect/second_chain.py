"""Asks a host with TLSA records for its certificate of the other key type."""

from __future__ import annotations

from smtpprobe.net.tls.certificates import certificate_facts
from smtpprobe.net.tls.cipher_suites import (
    ECDSA_CIPHERS,
    RSA_CIPHERS,
)
from smtpprobe.net.tls.client_hello import (
    ECDSA_SCHEMES,
    RSA_SCHEMES,
    TLS1_2,
    Hello,
)
from smtpprobe.net.tls.hello_probe import Asked, ask
from smtpprobe.policy.dane import Chain
from smtpprobe.starttls.collect.address import Place
from smtpprobe.starttls.collect.options import Gathering
from smtpprobe.starttls.collect.prober import line_of
from smtpprobe.starttls.facts import (
    NO,
    YES,
    AddressFacts,
    Because,
    SecondChain,
    unknown,
)


async def second_chain(facts: AddressFacts, place: Place, how: Gathering) -> AddressFacts:
    """Return an address with the certificate of the other key type, if it has one.

    One ClientHello of TLS 1.2 that offers only that type; an alert means that there is none.
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
    seen: list[bool] = []
    found = await ask(line_of(place, how, seen), hello)
    return facts._replace(
        second=_second(found, leaf.sha256),
        connections=facts.connections + 1,
        also_listed=(*facts.also_listed, *seen),
    )


def _second(found: Asked, leaf: str) -> SecondChain:
    if found.answer is None or found.answer.odd:
        return SecondChain(unknown(Because.ENDED, found.reason))
    if not found.answer.certificates:
        return SecondChain(NO)
    chain = tuple(certificate_facts(der) for der in found.answer.certificates)
    return SecondChain(YES if chain[0].sha256 != leaf else NO, Chain(chain))
