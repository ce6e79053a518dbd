"""Fetches an MTA-STS policy over HTTPS as senders do (RFC 8461 3.3): verified, no redirects.

One limit applies to all of it: addresses, handshake, header, body. Cancelling ends the
connection at once.
"""

from __future__ import annotations

import asyncio
import os
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from smtpprobe.net import https
from smtpprobe.net.connect import Connector, Endpoint, NoConnection, Streams, direct, open_stream
from smtpprobe.net.https import NotHttp
from smtpprobe.net.os_errors import loss_reason
from smtpprobe.net.tls.strict_context import strict_context
from smtpprobe.policy.mta_sts import FetchEnd, PolicyFetch
from smtpprobe.protocol.attempts import Outcome

MOST_OCTETS = 65536
"""The largest policy (RFC 8461 3.3)."""

LIMIT = 60.0
"""Seconds for the whole fetch (3.3)."""

PATH = "/.well-known/mta-sts.txt"

HTTPS = 443


@dataclass(frozen=True, slots=True)
class Place:
    """Where a policy is: the host, its addresses, the port (443 but in tests)."""

    host: str
    addresses: Sequence[str]
    port: int = HTTPS


async def fetch_policy(
    place: Place, ca_file: str | None, limit: float = LIMIT, connector: Connector = direct
) -> PolicyFetch:
    """Fetch the policy of a host, over the first of its addresses that can be connected to.

    Raises:
        UsageError: the CA file holds no certificates.
    """
    context = await asyncio.to_thread(_context, ca_file, _changed(ca_file))
    found = PolicyFetch(f"https://{place.host}{PATH}", FetchEnd.NO_HOST)
    try:
        async with asyncio.timeout(limit):
            for address in place.addresses:
                to = Endpoint(address, place.port, limit=limit)
                try:
                    streams = await open_stream(to, connector)
                except NoConnection as no:
                    found = PolicyFetch(found.url, _ENDS.get(no.outcome, _OTHER), no.reason)
                else:
                    return await _over(streams, place, context, limit)
    except TimeoutError:
        return PolicyFetch(found.url, FetchEnd.TIMEOUT, f"within {limit:g}s")
    return found


_ENDS = {Outcome.REFUSED: FetchEnd.REFUSED, Outcome.TIMED_OUT: FetchEnd.TIMEOUT}
_OTHER = FetchEnd.UNREACHABLE


def _changed(ca_file: str | None) -> int:
    try:
        return 0 if ca_file is None else os.stat(ca_file).st_mtime_ns  # noqa: PTH116 - as in net.tls.chain
    except OSError:
        return 0  # reading it reports the error


@lru_cache(maxsize=4)
def _context(ca_file: str | None, _changed: int) -> ssl.SSLContext:
    """Return the context for a file in its current state; reading the roots is slow."""
    return strict_context(ca_file)


async def _over(
    streams: Streams, place: Place, context: ssl.SSLContext, limit: float
) -> PolicyFetch:
    """Fetch it over a connection, which is cut afterwards, however that ends."""
    url = f"https://{place.host}{PATH}"
    writer = streams[1]
    try:
        await writer.start_tls(
            context, server_hostname=place.host, ssl_handshake_timeout=limit + 1.0
        )
        not_after = _end_of(writer.get_extra_info("peercert"))
        host = place.host if place.port == HTTPS else f"{place.host}:{place.port}"
        answer = await https.get(streams, host, PATH, MOST_OCTETS)
        return _read(url, answer, not_after)
    except ssl.SSLCertVerificationError as error:
        code = error.verify_code
        return PolicyFetch(url, FetchEnd.CERTIFICATE, error.verify_message, verify_code=code)
    except NotHttp as error:
        return PolicyFetch(url, FetchEnd.BROKEN, str(error))
    except TimeoutError as error:  # the system's; the limit is its caller's
        return PolicyFetch(url, FetchEnd.TIMEOUT, loss_reason(error))
    except (ssl.SSLError, ConnectionError) as error:
        return PolicyFetch(url, FetchEnd.BROKEN, loss_reason(error) or "closed before an answer")
    except OSError as error:
        return PolicyFetch(url, FetchEnd.UNREACHABLE, loss_reason(error))
    finally:
        writer.transport.abort()


def _read(url: str, answer: https.Answer, not_after: datetime | None) -> PolicyFetch:
    encoding = answer.field("Content-Encoding") or _PLAIN
    if answer.status == https.OK and encoding.lower() != _PLAIN and not answer.missing:
        reason = f"unrequested Content-Encoding {encoding[:40]}"
        return PolicyFetch(url, FetchEnd.BROKEN, reason, not_after=not_after)
    return PolicyFetch(
        url,
        FetchEnd.CUT if answer.missing else FetchEnd.ANSWERED,
        answer.missing,
        http_status=answer.status,
        content_type=answer.field("Content-Type"),
        location=answer.field("Location"),
        body=answer.body,
        truncated=answer.truncated,
        open_ended=answer.open_ended,
        not_after=not_after,
    )


_PLAIN = "identity"
"""The only encoding that a request without Accept-Encoding of others allows (RFC 9110 12.5.3)."""


def _end_of(certificate: ssl._PeerCertRetDictType | None) -> datetime | None:
    text = (certificate or {}).get("notAfter")
    if not isinstance(text, str):
        return None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(text), UTC)
