"""TLSRPT (RFC 8460 3): the TXT record that says where reports go."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reporting:
    """What `_smtp._tls` TXT records amount to; `problem` is empty for none and for a valid one."""

    count: int
    uris: tuple[str, ...] = ()
    problem: str = ""


_VERSION = re.compile(r"v=TLSRPTv1[ \t]*;")
_URI = re.compile(r"(?:mailto:[^@\s,;!]+@[^@\s,;!]+|https://[^\s,;!]+)", re.IGNORECASE)


def read_txt(records: Sequence[str]) -> Reporting:
    """Return what the TXT records mean; records of other kinds are passed over."""
    found = [record for record in records if _VERSION.match(record)]
    if len(found) != 1:
        several = f"{len(found)} records: senders ignore them all"
        return Reporting(len(found), problem=several if found else "")
    fields = [field.strip(" \t") for field in found[0].split(";")[1:]]
    rua = next((field[4:] for field in fields if field.startswith("rua=")), None)
    if rua is None:
        return Reporting(1, problem="there is no rua=")
    uris = tuple(uri.strip(" \t") for uri in rua.split(","))
    wrong = next((uri for uri in uris if not _URI.fullmatch(uri)), None)
    if wrong is not None:
        return Reporting(1, problem=f"{wrong[:60]!r} is neither mailto: nor https:")
    return Reporting(1, uris)
