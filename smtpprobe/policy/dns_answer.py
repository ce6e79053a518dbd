"""A question to DNS with its answer and how far that can be believed, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Status(Enum):
    """What DNSSEC says of an answer (RFC 4035 4.3), or why there is none; the value is in JSON."""

    SECURE = "secure"
    """Validated by a resolver that is trusted; a proof of absence too."""
    INSECURE = "insecure"
    """The zone is not signed, by the word of a resolver that validates and is trusted."""
    UNVERIFIED = "unverified"
    """The resolver does not validate, or its word is not trusted: neither secure nor not."""
    BOGUS = "bogus"
    """Validation failed: signatures are wrong, missing or out of date."""
    ERROR = "error"
    """The server failed, refused or made no sense."""
    TIMEOUT = "timeout"
    INTERRUPTED = "interrupted"
    """Nobody waited for the answer."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """One question and its answer.

    `records` are in text as in a zone file, TXT strings joined to one text (octets as latin-1).
    `aliases` are the targets of the CNAME records followed, in order. `nxdomain` tells that the
    name does not exist. `reason` says in words why there are no records, empty where there are.
    `ttl` is in seconds.
    """

    name: str
    kind: str
    status: Status
    records: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    nxdomain: bool = False
    reason: str = ""
    ttl: int = 0

    @property
    def answered(self) -> bool:
        """Whether presence and absence of records mean anything: an answer came."""
        return self.status in (Status.SECURE, Status.INSECURE, Status.UNVERIFIED)

    @property
    def absent(self) -> bool:
        """Whether an answer came and says that there are no such records."""
        return self.answered and not self.records

    @property
    def canonical(self) -> str:
        """The name at the end of the aliases."""
        return self.aliases[-1] if self.aliases else self.name


_TRUST = (
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
