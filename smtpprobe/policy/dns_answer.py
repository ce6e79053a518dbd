"""A question to DNS with its answer, for dialling and for checks alike, as plain data.

How it ended is one enum, how far it can be believed another; words are made of them, never read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from smtpprobe.named_tuple import NamedTuple


class LookupEnd(Enum):
    """How a question ended; the value is the wording shown, to which a detail may be added."""

    FOUND = "found"
    NO_DATA = "no such record (NODATA)"
    """The name exists, without a record of that type (RFC 2308 2.2)."""
    NXDOMAIN = "no such name (NXDOMAIN)"
    SERVFAIL = "the DNS server failed (SERVFAIL)"
    REFUSED = "the DNS server refused to answer (REFUSED)"
    OTHER_ERROR = "the DNS server answered with an error"
    """Any other code than these three (FORMERR, NOTIMP ...); it is the detail."""
    BOGUS = "DNSSEC validation failed"
    BROKEN = "the DNS answer is malformed"
    ALIASES = "its CNAME records do not end"
    """They lead back to an earlier name, or are more than anyone follows; the detail says which."""
    TIMEOUT = "no answer from the DNS server"
    NOT_THERE = "the DNS server is not running"
    """Connection refused or unreachable, at every server."""
    UNASKED = "the DNS query could not be sent"
    BAD_NAME = "not a name for DNS"
    """It cannot be encoded as a query; none was sent."""
    INTERRUPTED = "interrupted"
    """Nobody waited for the answer."""


class Status(Enum):
    """What DNSSEC says of an answer (RFC 4035 4.3), or why there is none; the value is in JSON."""

    SECURE = "secure"
    """Validated by a resolver that is trusted; a proof of absence too."""
    INSECURE = "insecure"
    """The zone is not signed, according to a trusted validating resolver."""
    UNVERIFIED = "unverified"
    """The resolver does not validate, or its word is not trusted: neither secure nor not."""
    BOGUS = "bogus"
    """Validation failed: signatures are wrong, missing or out of date."""
    ERROR = "error"
    """The server failed, refused or made no sense."""
    TIMEOUT = "timeout"
    INTERRUPTED = "interrupted"
    """Nobody waited for the answer."""


Proof: TypeAlias = Literal[Status.SECURE, Status.INSECURE, Status.UNVERIFIED]
"""What DNSSEC can say of an answer that came."""

_ANSWERS = frozenset({LookupEnd.FOUND, LookupEnd.NO_DATA, LookupEnd.NXDOMAIN})

_WITHOUT_ANSWER: Mapping[LookupEnd, Status] = MappingProxyType(
    {
        LookupEnd.SERVFAIL: Status.ERROR,
        LookupEnd.REFUSED: Status.ERROR,
        LookupEnd.OTHER_ERROR: Status.ERROR,
        LookupEnd.BOGUS: Status.BOGUS,
        LookupEnd.BROKEN: Status.ERROR,
        LookupEnd.ALIASES: Status.ERROR,
        LookupEnd.TIMEOUT: Status.TIMEOUT,
        LookupEnd.NOT_THERE: Status.ERROR,
        LookupEnd.UNASKED: Status.ERROR,
        LookupEnd.BAD_NAME: Status.ERROR,
        LookupEnd.INTERRUPTED: Status.INTERRUPTED,
    }
)


class Lookup(NamedTuple):
    """One question and its answer.

    `records` are in text as in a zone file, TXT strings joined to one text (octets as latin-1).
    `aliases` are the targets of the CNAME records followed, in order. `proof` is what DNSSEC says
    of an answer, and means nothing without one. `detail` adds to the words of `end`: a limit, an
    extended error, an errno's text. `ttl` is in seconds.
    """

    name: str
    kind: str
    end: LookupEnd
    records: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    proof: Proof = Status.UNVERIFIED
    detail: str = ""
    ttl: int = 0

    @property
    def status(self) -> Status:
        """What DNSSEC says of the answer, or why there is none, as one word for JSON."""
        return self.proof if self.answered else _WITHOUT_ANSWER[self.end]

    @property
    def answered(self) -> bool:
        """Whether presence and absence of records mean anything: an answer came."""
        return self.end in _ANSWERS

    @property
    def absent(self) -> bool:
        """Whether an answer came and has no such records."""
        return self.answered and not self.records

    @property
    def nxdomain(self) -> bool:
        """Whether the name does not exist."""
        return self.end is LookupEnd.NXDOMAIN

    @property
    def late(self) -> bool:
        """Whether no answer came within the limit."""
        return self.end is LookupEnd.TIMEOUT

    @property
    def reason(self) -> str:
        """Why there are no records, as a clause; empty where there are."""
        if self.end is LookupEnd.FOUND:
            return ""
        joint = "" if not self.detail else " " if self.late else ": "
        return f"{self.end.value}{joint}{self.detail}"

    @property
    def canonical(self) -> str:
        """The name at the end of the aliases."""
        return self.aliases[-1] if self.aliases else self.name


def answered(
    name: str,
    kind: str,
    proof: Proof = Status.UNVERIFIED,
    records: tuple[str, ...] = (),
    aliases: tuple[str, ...] = (),
) -> Lookup:
    """Return an answer with these records, or a negative one without any."""
    end = LookupEnd.FOUND if records else LookupEnd.NO_DATA
    return Lookup(name, kind, end, records, aliases, proof)


_TROUBLE_FIRST: Final = (
    LookupEnd.BOGUS,
    LookupEnd.SERVFAIL,
    LookupEnd.REFUSED,
    LookupEnd.OTHER_ERROR,
    LookupEnd.TIMEOUT,
    LookupEnd.NOT_THERE,
    LookupEnd.UNASKED,
    LookupEnd.BROKEN,
    LookupEnd.ALIASES,
    LookupEnd.BAD_NAME,
    LookupEnd.INTERRUPTED,
    LookupEnd.NO_DATA,
    LookupEnd.NXDOMAIN,
    LookupEnd.FOUND,
)


def telling(lookups: Sequence[Lookup]) -> Lookup:
    """Return of several answers without records the one that says why: trouble before absence."""
    return min(lookups, key=lambda each: _TROUBLE_FIRST.index(each.end))


def records_of(lookups: Iterable[Lookup]) -> tuple[str, ...]:
    """Return the records of several answers in their order."""
    return tuple(record for each in lookups for record in each.records)


MOST_HOSTS: Final = 50
"""How many MX hosts are checked and dialled; no real domain has more."""


class Exchanger(NamedTuple):
    """One MX record: `name` is `.` in a null MX (RFC 7505)."""

    preference: int
    name: str


def exchangers(mx: Lookup) -> tuple[Exchanger, ...]:
    """Return the MX records of an answer, each once: ascending preference, then by name."""
    pairs = (record.split(maxsplit=1) for record in mx.records)
    return tuple(sorted({Exchanger(int(preference), name) for preference, name in pairs}))


_TRUST: Final = (
    Status.SECURE,
    Status.UNVERIFIED,
    Status.INSECURE,
    Status.INTERRUPTED,
    Status.TIMEOUT,
    Status.ERROR,
    Status.BOGUS,
)


def weakest(*statuses: Status) -> Status:
    """Return the status of what rests on several answers: that of the least trustworthy one."""
    return max(statuses, key=_TRUST.index, default=Status.SECURE)
