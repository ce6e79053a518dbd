"""SPF (RFC 7208) as plain data: which TXT record is it, and how an evaluation ended.

Evaluating one is pyspf's, in `net.spf`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final

from smtpprobe.policy.txt_record import Kind, as_text, quoted

MOST_LOOKUPS: Final = 10
"""Terms that ask DNS beyond this are a permanent error (4.6.4)."""

MOST_VOID: Final = 2
"""Questions without an answer beyond this are a permanent error (4.6.4)."""

MOST_OCTETS: Final = 4_096
"""A longer record is not evaluated: one of 450 octets is long already (3.4), and time grows
with the square of its length."""

_COUNTED = re.compile(r"(?i)v=spf1(?: |$)")
_KIND = Kind("v=spf1", re.compile(r"(?i)^\W{0,3}(?:spf\s?2\.0/|spf\s?1\b)|\bv\s?=\s?spf(?![0-9])"))


class SpfResult(Enum):
    """How an evaluation ended (2.6); the value is the word of the RFC and of JSON."""

    NONE = "none"
    NEUTRAL = "neutral"
    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    SOFTFAIL = "softfail"
    TEMPERROR = "temperror"
    PERMERROR = "permerror"


MEANINGS: Mapping[SpfResult, str] = MappingProxyType(
    {
        SpfResult.NONE: "the domain publishes no SPF record",
        SpfResult.NEUTRAL: "the domain says nothing about this address",
        SpfResult.PASS: "the domain lets this address send for it",
        SpfResult.FAIL: "the domain says that this address must not send for it",
        SpfResult.SOFTFAIL: "the domain says that this address probably must not send for it",
        SpfResult.TEMPERROR: "DNS gave no answer while the record was read",
        SpfResult.PERMERROR: "the record cannot be evaluated",
    }
)
"""What each result says of an address (2.6.1 to 2.6.7), as a clause."""


@dataclass(frozen=True, slots=True)
class SpfRecord:
    """The result of reading the TXT records of a domain (4.5).

    `count` is how many are SPF records: with more than one, none counts (3.2). `text` is the only
    one; `near` is a record that means to be one but is none.
    """

    count: int
    text: str = ""
    near: str = ""

    @property
    def problem(self) -> str:
        """What is wrong, as a clause; empty for one record, or none at all."""
        if self.count > 1:
            return f"{self.count} SPF records: receivers must treat that as an error (RFC 7208 4.5)"
        if self.near:
            return f"{quoted(self.near)} is not an SPF record: it must begin with 'v=spf1 '"
        return ""


def read_spf(records: Sequence[str]) -> SpfRecord:
    """Return which of the TXT records (octets as latin-1) is the SPF record (4.5)."""
    texts = [as_text(record) for record in records]
    counted = [text for text in texts if _COUNTED.match(text)]
    if counted:
        return SpfRecord(len(counted), counted[0] if len(counted) == 1 else "")
    near = next((text for text in texts if _KIND.meant(text)), "")
    return SpfRecord(0, near=near)


_STRING = 255
"""Octets of one string in a TXT record (RFC 1035 3.3)."""


def with_address(record: str, address: str) -> str:
    """Return a record that lets an address send too, as zone files have it: one string or more.

    The address comes first, so that no lookup and no limit keeps it out.
    """
    version, _, rest = record.partition(" ")
    mechanism = f"{'ip6' if ':' in address else 'ip4'}:{address}"
    text = f"{version or 'v=spf1'} {mechanism} {rest.strip() or '-all'}"
    strings = [text[at : at + _STRING] for at in range(0, len(text), _STRING)]
    return " ".join(f'"{_escaped(one)}"' for one in strings)


def _escaped(text: str) -> str:
    """Return a string as a zone file holds it between quotation marks (RFC 1035 5.1)."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


@dataclass(frozen=True, slots=True)
class SpfCheck:
    """An evaluation of SPF for one address and one identity.

    `domain` is the one whose record counts: that of the sender, or the EHLO name where the sender
    is null (2.4). `result` is None where it is unknown, `problem` says why; for an error it says
    which. `term` is the one that matched in the domain's own record, or in that of its redirect=;
    empty where none did. `lookups` and `voids` count towards the limits (4.6.4). `records` are
    those that were read: of which domain, and the text.
    """

    address: str
    domain: str
    by_ehlo: bool
    result: SpfResult | None
    term: str = ""
    problem: str = ""
    lookups: int = 0
    voids: int = 0
    records: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> str:
        """The result, what it rests on and, but for a pass, what it means; nothing is escaped."""
        if self.result is None:
            return f"unknown: {self.problem}"
        ground = f" by {self.term}" if self.term else ""
        meaning = "" if self.result is SpfResult.PASS else MEANINGS[self.result]
        why = f": {self.problem or meaning}" if self.problem or meaning else ""
        return f"{self.result.value}{ground}{why}"
