"""DANE for SMTP (RFC 7672, 7671, 6698): which TLSA records count, and which one a chain matches.

Paths are not built here: where a chain leads under a trust anchor is a fact (`Chain.anchored`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.policy.certificate_names import name_matches
from smtpprobe.policy.der import is_public_key_info, public_key_info
from smtpprobe.policy.dns_answer import Lookup, Status
from smtpprobe.policy.strength import LEVEL_BITS, Weakness, weaknesses
from smtpprobe.policy.trust import NO_ISSUER, SELF_SIGNED, invalid, purpose, readable
from smtpprobe.protocol.tls_facts import CertificateFacts, TrustPath

PKIX_TA, PKIX_EE, DANE_TA, DANE_EE = range(4)
"""Certificate usages (RFC 7218 2.1)."""

TREATED_AS = {DANE_TA: DANE_TA, DANE_EE: DANE_EE}
"""By which usage senders take a record. RFC 7672 3.1.3 leaves 0 and 1 to them; none here: they use
neither, as Postfix."""

CERT, SPKI = 0, 1
"""Selectors: the whole certificate, or its SubjectPublicKeyInfo."""

FULL, SHA256, SHA512 = 0, 1, 2
"""Matching types: the octets themselves, or a digest of them."""

_DIGESTS = {SHA256: "sha256", SHA512: "sha512"}
_OCTETS = {SHA256: 32, SHA512: 64}


@dataclass(frozen=True, slots=True)
class Record:
    """One TLSA record (RFC 6698 2.1)."""

    usage: int
    selector: int
    mtype: int
    data: bytes

    def __str__(self) -> str:
        return f"{self.usage} {self.selector} {self.mtype} {self.data.hex()}"

    @property
    def role(self) -> int | None:
        """The usage by which senders take it; None where they cannot use it."""
        return TREATED_AS.get(self.usage)

    @property
    def kind(self) -> str:
        """The three numbers, as records are named: `3 1 1`."""
        return f"{self.usage} {self.selector} {self.mtype}"


MOST_READ = 100
"""Postfix reads at most this many records of a host, in the order of the answer."""

TOO_MANY = f"Postfix reads only the first {MOST_READ} TLSA records"


def parse_record(text: str) -> Record | None:
    """Return the record in text as in a zone file (`3 1 1 8F2C...`); None if it does not parse."""
    words = text.split()
    if len(words) < 4 or not all(word.isascii() and word.isdigit() for word in words[:3]):
        return None
    usage, selector, mtype = (int(word) for word in words[:3])
    try:
        data = bytes.fromhex("".join(words[3:]))
    except ValueError:
        return None
    return Record(usage, selector, mtype, data) if max(usage, selector, mtype) < 256 else None


def unusable(record: Record) -> str:
    """Return why a record cannot be used for SMTP; empty when it can (RFC 7672 3.1.3)."""
    if record.role is None and record.usage in (PKIX_TA, PKIX_EE):
        return f"usage {record.usage} (PKIX) is not supported for SMTP"
    if record.role is None:
        return f"unknown usage {record.usage}"
    if record.selector not in (CERT, SPKI):
        return f"unknown selector {record.selector}"
    if record.mtype == FULL:
        return _unreadable(record)
    if record.mtype not in _OCTETS:
        return f"unknown matching type {record.mtype}"
    if len(record.data) != _OCTETS[record.mtype]:
        return f"{len(record.data)} octets are not a {_DIGESTS[record.mtype].upper()} digest"
    return ""


def _unreadable(record: Record) -> str:
    if record.selector == CERT:
        return "" if public_key_info(record.data) else "its data is not a certificate"
    return "" if is_public_key_info(record.data) else "its data is not a public key"


def considered(records: Sequence[Record]) -> tuple[int, ...]:
    """Return the positions of the records that count: usable, and not outdone by a digest.

    Of the digests with one usage and selector only the strongest published one counts; full data
    always does (digest agility, RFC 7671 9). Unusable records are dropped first and hide nothing.
    """
    usable = [n for n, record in enumerate(records) if not unusable(record)]
    strongest: dict[tuple[int | None, int], int] = {}
    for n in usable:
        record = records[n]
        group = (record.role, record.selector)
        strongest[group] = max(strongest.get(group, FULL), record.mtype)
    return tuple(
        n
        for n in usable
        if records[n].mtype in (FULL, strongest[records[n].role, records[n].selector])
    )


def selected(certificate: bytes, selector: int) -> bytes | None:
    """Return the part of a certificate (DER) that a selector names; None if it has none."""
    return certificate if selector == CERT else public_key_info(certificate)


def matches(record: Record, certificate: bytes) -> bool:
    """Return whether a usable record is that of a certificate in DER (RFC 6698 2.1.3)."""
    part = selected(certificate, record.selector)
    return part is not None and association(part, record.mtype) == record.data


def association(part: bytes, mtype: int) -> bytes:
    """Return the data that a record of a known matching type has for octets."""
    return part if mtype == FULL else hashlib.new(_DIGESTS[mtype], part).digest()


def record_for(certificate: bytes, usage: int = DANE_EE) -> Record | None:
    """Return the record to publish for a certificate: SPKI and SHA-256 (RFC 7672 3.1)."""
    part = selected(certificate, SPKI)
    return None if part is None else Record(usage, SPKI, SHA256, association(part, SHA256))


class Anchored(NamedTuple):
    """The path OpenSSL builds from a chain to the trust anchor that a record names.

    `record` is the position of the record. `path` leads from the server's own certificate to the
    anchor; `bare`: to what the key of a `2 1 0` record, which is the anchor then, has signed.
    """

    record: int
    path: TrustPath
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """The certificates as sent, the server's own first, and the paths to trust anchors in DNS."""

    certificates: tuple[CertificateFacts, ...] = ()
    anchored: tuple[Anchored, ...] = ()


class Verdict(Enum):
    """How a DANE sender rates a host; the value is the word in JSON."""

    MATCH = "match"
    NO_MATCH = "no-match"
    UNUSABLE = "unusable"
    NONE = "none"
    INSECURE = "insecure"
    ERROR = "error"
    UNKNOWN = "unknown"


class Miss(Enum):
    """Why no record matches, the one that came nearest to a match last; the value is a clause."""

    NOTHING = "no usable TLSA record matches what the server sent"
    ANCHOR_NOT_SENT = "the server did not send the trust anchor of the 2 x x record"
    OWN = (
        "the 2 x x record names the server's own certificate, which cannot be its own trust anchor"
    )
    NO_PATH = "the trust anchor was sent, but the server's certificate does not lead to it"
    SHADOWED = "a record with a weaker digest matches, but a published stronger digest overrides it"
    BROKEN = "the chain to the trust anchor is invalid"
    PURPOSE = "the chain to the trust anchor is not valid for TLS servers"
    WEAK = "the chain to the trust anchor is too weak for Postfix at dane"
    DATES = "the chain to the trust anchor is not valid on this date"
    NAME = "the chain leads to the trust anchor, but the certificate is for another name"


class Missed(NamedTuple):
    """Why a record does not match; `detail` adds to it, in OpenSSL's words or ours."""

    miss: Miss
    detail: str = ""

    @property
    def told(self) -> str:
        """All of it, in a line."""
        return self.miss.value + (f": {self.detail}" if self.detail else "")

    def nearness(self) -> int:
        """Return how near it came to a match, to report the best of several misses."""
        return _NEAREST.index(self.miss)


_NEAREST = tuple(Miss)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the records of a host compare with a chain.

    `record` is the position of the record that matched, `depth` that of the certificate (0: the
    server's own); both None without a match. `counted` are the positions that were considered.
    """

    verdict: Verdict
    record: int | None = None
    depth: int | None = None
    missed: Missed | None = None
    counted: tuple[int, ...] = ()

    @property
    def miss(self) -> Miss | None:
        """Why no record matches, without the details."""
        return self.missed.miss if self.missed is not None else None


def compare(records: Sequence[Record], chain: Chain, names: Iterable[str], at: datetime) -> Outcome:
    """Return how a chain fares against records of a secure answer (RFC 7672 2.2, 3.1).

    `names` are the reference names of usage 2 (`reference_names`). Usage 3 looks at neither name
    nor dates (3.1.1). Where a trust anchor is wanted and a certificate cannot be read, a match that
    is not found is unknown.
    """
    if not records:
        return Outcome(Verdict.NONE)
    counted = considered(records)
    if not counted:
        return Outcome(Verdict.UNUSABLE)
    if not chain.certificates:
        return Outcome(Verdict.UNKNOWN, counted=counted)
    names = tuple(names)
    misses = []
    # usage 3 first: it holds whatever the name, the dates and the path are
    for n in sorted(counted, key=lambda n: -(records[n].role or 0)):
        found = _try(n, records[n], chain, names, at)
        if isinstance(found, int):
            return Outcome(Verdict.MATCH, n, found, counted=counted)
        misses.append(found)
    anchored = any(records[n].role == DANE_TA for n in counted)
    # a path through it may still lead to the anchor
    if anchored and not all(map(readable, chain.certificates)):
        return Outcome(Verdict.UNKNOWN, counted=counted)
    # one of these would match without digest agility: report that
    hidden = (n for n, one in enumerate(records) if n not in counted and not unusable(one))
    if any(isinstance(_try(n, records[n], chain, names, at), int) for n in hidden):
        return Outcome(Verdict.NO_MATCH, missed=Missed(Miss.SHADOWED), counted=counted)
    return Outcome(Verdict.NO_MATCH, missed=max(misses, key=Missed.nearness), counted=counted)


def _try(n: int, record: Record, chain: Chain, names: Sequence[str], at: datetime) -> int | Missed:
    """Return the depth at which a record matches, or why it does not."""
    if record.role == DANE_EE:
        return 0 if matches(record, chain.certificates[0].der) else Missed(Miss.NOTHING)
    own = matches(record, chain.certificates[0].der)
    missed = [Missed(Miss.OWN if own else Miss.ANCHOR_NOT_SENT)]
    for one in chain.anchored:
        if one.record != n:
            continue
        wrong = _wrong(one, chain.certificates, names, at)
        if wrong is None:
            return len(one.path.certificates) - (0 if one.bare else 1)
        missed.append(wrong)
    return max(missed, key=Missed.nearness)


def _wrong(
    one: Anchored, sent: Sequence[CertificateFacts], names: Sequence[str], at: datetime
) -> Missed | None:
    """Return what is wrong with a way to the anchor (RFC 7672 3.1.2), None when nothing is.

    The anchor's own dates and signature are ignored: DNS vouches for it.
    """
    code, path = one.path.code, one.path.certificates
    # what OpenSSL cannot read breaks the chain before any path is looked for
    if code != 0 and (unread := invalid(sent)):
        return Missed(Miss.BROKEN, unread)
    if code != 0:
        broken = code is not None and code not in NO_ISSUER | SELF_SIGNED
        return Missed(Miss.BROKEN, one.path.reason) if broken else Missed(Miss.NO_PATH)
    if failure := purpose(path):
        return Missed(Miss.PURPOSE, failure.reason)
    weak = next(weaknesses(path, LEVEL_BITS[1], anchored=not one.bare), None)
    if weak is not None:
        return Missed(Miss.WEAK, _weak(path[weak.place], weak))
    below = path if one.bare else path[:-1]
    if not all(_in_dates(each, at) for each in below):
        return Missed(Miss.DATES)
    return None if _named(path[0], names) else Missed(Miss.NAME)


def _weak(one: CertificateFacts, weak: Weakness) -> str:
    whose = f" of {one.common_name or one.subject}" if weak.place else ""
    if weak.of_key:
        return f"the key{whose} is {one.key}"
    return f"the signature{whose} is made with {one.signature_hash}"


def _in_dates(one: CertificateFacts, at: datetime) -> bool:
    if one.not_before is None or one.not_after is None:
        return False
    return one.not_before <= at <= one.not_after


def _named(leaf: CertificateFacts, names: Sequence[str]) -> bool:
    """Return whether a leaf has one of the names; a common name counts without DNS-IDs (3.2.3)."""
    return any(name_matches(name, pattern) for name in names for pattern in leaf.presented)


class Dispute(Enum):
    """Why senders differ on a reference name; the value is a clause about the certificate."""

    INSECURE_MX = (
        "it is only for the domain, which RFC 7672 3.2.2 allows only with secure MX "
        "records; Postfix accepts it anyway"
    )
    NO_MX = (
        "it is only for the name before alias expansion, which RFC 7672 3.2.2 allows and "
        "Postfix does not"
    )


@dataclass(frozen=True, slots=True)
class Reference:
    """The names of which a certificate must have one for usage 2 (RFC 7672 3.2.2).

    Every sender takes one of `names`; `disputed` are those that some take, `dispute` says why.
    """

    names: tuple[str, ...]
    disputed: tuple[str, ...] = ()
    dispute: Dispute | None = None


def reference_names(base: str, host: str, mx: Lookup | None) -> Reference:
    """Return the reference names for a TLSA base domain of a mail host (RFC 7672 3.2.2).

    `mx` is the answer of MX records that named the host; its name is the next-hop domain, which
    counts before and after the expansion of its aliases, where both are secure. None: the host was
    not named by MX records, and counts by its own name before the expansion too.
    """
    if mx is None:
        return _disputed((base,), (host,), Dispute.NO_MX)
    nexthop = (mx.name, mx.canonical)
    if mx.status is Status.INSECURE:
        return _disputed((base,), nexthop, Dispute.INSECURE_MX)
    return Reference(tuple(dict.fromkeys((base, *nexthop))))


def _disputed(names: tuple[str, ...], others: Iterable[str], dispute: Dispute) -> Reference:
    more = tuple(dict.fromkeys(name for name in others if name not in names))
    return Reference(names, more, dispute if more else None)


def base_domains(
    host: str, status: Status, aliases: tuple[str, ...], alias: Lookup | None
) -> tuple[str, ...]:
    """Return the names whose TLSA records count for a host, the one to try first in front.

    `status` is that of its addresses, `aliases` lead to them; `alias` is the answer for the CNAME
    at its beginning, asked for when the whole way is not secure (RFC 7672 2.2.2, 2.2.3). () means:
    no DANE.
    """
    if status is Status.SECURE:
        return (aliases[-1], host) if aliases else (host,)
    if alias is not None and alias.status is Status.SECURE and alias.records:
        return (host,)
    return ()


def owner(base: str, port: int) -> str:
    """Return the name that holds the TLSA records of a service (RFC 6698 3)."""
    return f"_{port}._tcp.{base.removesuffix('.')}"
