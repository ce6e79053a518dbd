"""A policy file as it was fetched, or why it was not, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class FetchEnd(Enum):
    """How fetching a policy ended; the value is the wording shown."""

    ANSWERED = "answered"
    NO_HOST = "the policy host does not exist"
    CERTIFICATE = "the certificate of the policy host does not verify"
    REFUSED = "connection refused"
    TIMEOUT = "no answer in time"
    UNREACHABLE = "unreachable"
    BROKEN = "no HTTPS answer"
    CUT = "the answer breaks off"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class PolicyFetch:
    """How a fetch went.

    `location` is where a redirect pointed, `not_after` the end of the policy host's certificate,
    `verify_code` OpenSSL's number where it did not verify. `open_ended` tells that the body had no
    length and no end that TLS vouches for, so that it may be cut short (RFC 9112 9.8).
    """

    url: str
    end: FetchEnd
    reason: str = ""
    http_status: int = 0
    content_type: str = ""
    location: str = ""
    body: bytes = b""
    truncated: bool = False
    open_ended: bool = False
    not_after: datetime | None = None
    verify_code: int | None = None
    store: str = ""
