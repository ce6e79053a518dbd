"""The system's errors about connections: numbers as outcomes, errors in words.

The one table of error numbers, for connections that are refused, lost or denied.
"""

from __future__ import annotations

import errno
import os
import socket
import ssl
from collections.abc import Mapping
from types import MappingProxyType

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.net.tls.handshake_failures import failure_reason
from smtpprobe.protocol.attempts import Outcome


class Failure(NamedTuple):
    """How an attempt to connect ended, and what to add to the outcome's own words.

    `within` is the limit in seconds where it was that which ended it.
    """

    outcome: Outcome
    reason: str = ""
    within: float | None = None


FAILURES: Mapping[int, Failure] = MappingProxyType(
    {
        errno.ECONNREFUSED: Failure(Outcome.REFUSED),
        errno.ENETUNREACH: Failure(Outcome.UNREACHABLE, "no route to this network"),
        errno.EHOSTUNREACH: Failure(Outcome.UNREACHABLE, "no route to this host"),
        errno.EHOSTDOWN: Failure(Outcome.UNREACHABLE, "that host is down"),
        errno.ENETDOWN: Failure(Outcome.UNREACHABLE, "the network is down"),
        errno.ETIMEDOUT: Failure(Outcome.TIMED_OUT, "the system timed out"),
    }
)
"""The error numbers that have an outcome of their own."""

NOT_THERE = frozenset(
    number
    for number, failure in FAILURES.items()
    if failure.outcome in (Outcome.REFUSED, Outcome.UNREACHABLE)
)
"""Error numbers which mean that no server can be reached there."""


def loss_reason(error: BaseException | None) -> str:
    """Return in a few words why a connection ended; empty for an orderly end."""
    match error:
        case None:
            return ""
        case ssl.SSLError():
            return failure_reason(error, 0)
        case ConnectionResetError():
            return "connection reset"
        case BrokenPipeError():
            return "broken pipe"
        case socket.gaierror(strerror=str(words)):  # its numbers are not errno values
            return words.lower()
        case OSError(errno=int(number)):
            return errno_text(number)
        case _:
            return str(error)


def errno_text(number: int) -> str:
    """Return the system's words for an error number, begun in lower case."""
    words = os.strerror(number)
    return words[:1].lower() + words[1:]
