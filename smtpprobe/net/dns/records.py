"""Reads a DNS response into the terms of `policy.dns_answer`: records as text, aliases, codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset
from dns.message import MAX_CHAIN

from smtpprobe.policy.dns_answer import LookupEnd

MOST_RECORDS = 1000
"""Records of one answer beyond this are ignored."""

ANSWERS = (dns.rcode.NOERROR, dns.rcode.NXDOMAIN)
"""The codes of an answer; any other is an error."""

_CODES = {dns.rcode.SERVFAIL: LookupEnd.SERVFAIL, dns.rcode.REFUSED: LookupEnd.REFUSED}


def error_end(code: dns.rcode.Rcode) -> tuple[LookupEnd, str]:
    """Return how a question ended that was answered by a code alone, and the detail."""
    found = _CODES.get(code)
    return (found, "") if found else (LookupEnd.OTHER_ERROR, dns.rcode.to_text(code))


def unending(response: dns.message.QueryMessage) -> str:
    """Return the way of the CNAME records of an answer that do not end (RFC 1034 3.6.2)."""
    rows: list[Any] = [row for row in response.answer if row.rdtype == dns.rdatatype.CNAME]
    leads = {row.name: row[0].target for row in rows}
    seen: list[dns.name.Name] = [response.question[0].name]
    while seen[-1] in leads and seen[-1] not in seen[:-1] and len(seen) <= MAX_CHAIN:
        seen.append(leads[seen[-1]])
    if seen[-1] not in seen[:-1]:
        return f"more than {MAX_CHAIN} follow one another"
    return " -> ".join(map(_text, seen))


def texts(answer: dns.rrset.RRset) -> tuple[str, ...]:
    """Return the records of an answer as text, as in a zone file.

    In the canonical order (RFC 4034 6.3), as an answer has none of its own and resolvers rotate
    theirs: numbers ascend and two looks at the same records are equal.
    """
    write = _WRITERS.get(dns.rdatatype.to_text(answer.rdtype), str)
    return tuple(write(record) for record in sorted(answer)[:MOST_RECORDS])


def aliases(cnames: list[Any]) -> tuple[str, ...]:
    """Return the targets of the CNAME records followed, in order."""
    return tuple(_text(each[0].target) for each in cnames)


def _text(name: dns.name.Name) -> str:
    return name.to_text(omit_final_dot=True).lower()


def _mx(record: Any) -> str:
    return f"{record.preference} {_text(record.exchange)}"


def _srv(record: Any) -> str:
    return f"{record.priority} {record.weight} {record.port} {_text(record.target)}"


def _tlsa(record: Any) -> str:
    return f"{record.usage} {record.selector} {record.mtype} {record.cert.hex()}"


def _txt(record: Any) -> str:
    return b"".join(record.strings).decode("latin-1")


def _cname(record: Any) -> str:
    return _text(record.target)


_WRITERS: Mapping[str, Callable[[Any], str]] = MappingProxyType(
    {"MX": _mx, "SRV": _srv, "TLSA": _tlsa, "TXT": _txt, "CNAME": _cname, "PTR": _cname}
)
