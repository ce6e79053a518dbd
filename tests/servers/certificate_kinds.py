"""Certificates for every way a server may get them wrong: one builder a kind, in KINDS.

`made(authorities, "expired", "mx.example.org")` is a chain; it holds what a server will send, in
that order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final, TypeAlias

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.servers.certificates import (
    DAY,
    NOW,
    SHA1_WITH_RSA,
    SHA256_WITH_RSA,
    Authorities,
    Chain,
    Wish,
    authority,
    chain_of,
    issued,
    new_rsa_key,
    resigned,
)

LAST_SECOND: Final = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)

LONG: Final = 500
"""Certificates in the chain of the kind `long`."""

Names: TypeAlias = Sequence[str]
Builder: TypeAlias = Callable[[Authorities, Names], Chain]


def good(by: Authorities, names: Names) -> Chain:
    """Nothing is wrong with it."""
    return by.usual(Wish(names))


def good_rsa(by: Authorities, names: Names) -> Chain:
    """Nothing is wrong with it; its key is RSA."""
    return by.usual(Wish(names, key=new_rsa_key()))


def expired(by: Authorities, names: Names) -> Chain:
    """It ended yesterday."""
    return by.usual(Wish(names, life=(NOW - 91 * DAY, NOW - DAY)))


def expiring(by: Authorities, names: Names) -> Chain:
    """It ends in five days."""
    return by.usual(Wish(names, life=(NOW - 85 * DAY, NOW + 5 * DAY + DAY / 2)))


def not_yet_valid(by: Authorities, names: Names) -> Chain:
    """It begins the day after tomorrow."""
    return by.usual(Wish(names, life=(NOW + 2 * DAY, NOW + 92 * DAY)))


def self_signed(_by: Authorities, names: Names) -> Chain:
    """Nobody but itself vouches for it."""
    return chain_of(issued(Wish(names)))


def unknown_ca(by: Authorities, names: Names) -> Chain:
    """An authority issued it that is sent along, and that nobody trusts."""
    return chain_of(issued(Wish(names), by.stranger), by.stranger)


def wrong_name(by: Authorities, _names: Names) -> Chain:
    """It is for somebody else."""
    return by.usual(Wish(["elsewhere.test"]))


def cn_only(by: Authorities, names: Names) -> Chain:
    """The name is in the common name alone (RFC 9525 no longer looks there)."""
    return by.usual(Wish(subject=names[0]))


def incomplete(by: Authorities, names: Names) -> Chain:
    """The certificate of the issuing CA is not sent."""
    return chain_of(issued(Wish(names), by.issuing))


def out_of_order(by: Authorities, names: Names) -> Chain:
    """Of two authorities between, the upper one is sent first."""
    lower = authority("smtpprobe lab lower CA", by.issuing)
    return chain_of(issued(Wish(names), lower), by.issuing, lower)


def superfluous(by: Authorities, names: Names) -> Chain:
    """The root is sent too, and a certificate that has nothing to do with it."""
    return chain_of(issued(Wish(names), by.issuing), by.issuing, by.root, by.stranger)


def rsa_1024(by: Authorities, names: Names) -> Chain:
    """Its key is too short."""
    return by.usual(Wish(names, key=new_rsa_key(1024)))


def sha1(by: Authorities, names: Names) -> Chain:
    """Its signature is made with SHA-1."""
    issuing = authority("smtpprobe lab RSA CA", by.root, key=new_rsa_key())
    leaf = issued(Wish(names), issuing)
    return chain_of(resigned(leaf, issuing.key, SHA256_WITH_RSA, SHA1_WITH_RSA), issuing)


def no_names(by: Authorities, _names: Names) -> Chain:
    """It names nobody: an empty subject, no alternative names."""
    return by.usual(Wish(subject=""))


def nul_in_name(by: Authorities, names: Names) -> Chain:
    """The right name, a NUL and another domain: one name, which a careless reader cuts off."""
    return by.usual(Wish([f"{names[0]}\0.attacker.test"], subject=""))


def until_9999(by: Authorities, names: Names) -> Chain:
    """It ends with the last second that can be written (RFC 5280, 4.1.2.5: no end is known)."""
    return by.usual(Wish(names, life=(NOW - DAY, LAST_SECOND)))


def beyond_9999(by: Authorities, names: Names) -> Chain:
    """It ends in the year 10000, which DER cannot say: fourteen digits, as ever, are no date."""
    last = issued(Wish(names, life=(NOW - DAY, LAST_SECOND)), by.issuing)
    after = resigned(last, by.issuing.key, b"99991231235959Z", b"100000101000000")
    return chain_of(after, by.issuing)


def long(by: Authorities, names: Names) -> Chain:
    """LONG certificates, each issued by the next; the last one by the root."""
    above = [by.root]
    for number in range(LONG - 1):
        above.append(authority(f"{number}", above[-1]))
    return chain_of(issued(Wish(names), above[-1]), *reversed(above[1:]))


def must_staple(by: Authorities, names: Names) -> Chain:
    """It wants an OCSP answer beside it (RFC 7633)."""
    staple = x509.TLSFeature([x509.TLSFeatureType.status_request])
    return by.usual(Wish(names, extensions=[staple]))


def name_constrained(by: Authorities, names: Names) -> Chain:
    """The authority that issued it may do so below another domain only."""
    only = x509.NameConstraints([x509.DNSName("elsewhere.test")], None)
    constrained = authority("smtpprobe lab constrained CA", by.root, also=[only])
    return chain_of(issued(Wish(names, subject=""), constrained), constrained)


def client_purpose(by: Authorities, names: Names) -> Chain:
    """It is for clients."""
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH])
    return by.usual(Wish(names, extensions=[purpose]))


def issuer_not_ca(by: Authorities, names: Names) -> Chain:
    """A server's certificate issued it."""
    no_ca = x509.BasicConstraints(ca=False, path_length=None)
    server = issued(Wish(["server.test"], extensions=[no_ca]), by.root)
    return chain_of(issued(Wish(names), server), server)


def path_too_long(by: Authorities, names: Names) -> Chain:
    """There is an authority below one that may have none below it."""
    last = authority("smtpprobe lab last CA", by.root, path_length=0)
    below = authority("smtpprobe lab CA below the last", last)
    return chain_of(issued(Wish(names), below), below, last)


def wildcard(by: Authorities, names: Names) -> Chain:
    """The first label of the name is a star."""
    return by.usual(Wish([f"*.{name.partition('.')[2]}" for name in names]))


KINDS: Final[Mapping[str, Builder]] = {
    builder.__name__.replace("_", "-"): builder
    for builder in (
        *(good, good_rsa, expired, expiring, not_yet_valid, self_signed, unknown_ca, wrong_name),
        *(cn_only, incomplete, out_of_order, superfluous, rsa_1024, sha1, no_names, nul_in_name),
        *(until_9999, beyond_9999, long, must_staple, name_constrained, client_purpose),
        *(issuer_not_ca, path_too_long, wildcard),
    )
}
"""Every kind by its name: `cn-only` is what `cn_only` builds. An IP SAN is an address in names."""


def made(by: Authorities, kind: str, *names: str) -> Chain:
    """Return a chain of a kind (a key of KINDS) for names."""
    return KINDS[kind](by, names)
