"""Fetches an MTA-STS policy over HTTPS as senders do (RFC 8461 3.3): verified, no redirects.

It is `http.client` in a thread, bounded in size and time. Timeouts of sockets are per read, so a
dripping server passes any of them: a watchdog shuts the socket down.
"""

from __future__ import annotations

import http
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from smtpprobe.errors import UsageError
from smtpprobe.net.os_errors import loss_reason
from smtpprobe.policy.mta_sts import FetchEnd, PolicyFetch

MOST_OCTETS = 65536
"""The largest policy (RFC 8461 3.3)."""

LIMIT = 60.0
"""Seconds for the whole fetch (3.3)."""

PATH = "/.well-known/mta-sts.txt"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a policy is: the host, its addresses, the port (443 but in tests)."""

    host: str
    addresses: Sequence[str]
    port: int = 443


class _Connection(http.client.HTTPSConnection):
    def __init__(self, place: Place, address: str, context: ssl.SSLContext, limit: float) -> None:
        super().__init__(place.host, place.port, timeout=limit, context=context)
        self.address, self.tls = address, context
        self.held: socket.socket | None = None
        """What the watchdog shuts: `sock` is taken away by a reply that says "close"."""

    def connect(self) -> None:
        """Connect to the address; the name is that of the host."""
        raw = socket.create_connection((self.address, self.port), self.timeout)
        secured = self.tls.wrap_socket(
            raw,
            server_hostname=self.host,
            do_handshake_on_connect=False,
            suppress_ragged_eofs=False,  # an end that TLS does not vouch for is told
        )
        self.sock = self.held = secured  # now: the watchdog has to reach a handshake that drips
        secured.do_handshake()


def verifying_context(ca_file: str | None) -> ssl.SSLContext:
    """Return a context that enforces as senders do, over the system's roots or a file's.

    Raises:
        UsageError: the file holds no certificates.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.hostname_checks_common_name = False
    context.options &= ~ssl.OP_IGNORE_UNEXPECTED_EOF  # which Python sets up to 3.11.3
    if ca_file is None:
        context.load_default_certs()
        return context
    try:
        context.load_verify_locations(cafile=ca_file)
    except (ssl.SSLError, OSError) as error:
        raise UsageError(f"CA file {ca_file}: no certificates in PEM form in it") from error
    return context


def fetch_policy(place: Place, ca_file: str | None, limit: float = LIMIT) -> PolicyFetch:
    """Fetch the policy of a host, over the first of its addresses that answers; blocks."""
    context = verifying_context(ca_file)
    end = time.monotonic() + limit
    found = PolicyFetch(f"https://{place.host}{PATH}", FetchEnd.NO_HOST)
    for address in place.addresses:
        found = _from(place, address, context, max(0.1, end - time.monotonic()), limit)
        if found.end not in (FetchEnd.REFUSED, FetchEnd.UNREACHABLE):
            break
    return found


def _from(
    place: Place, address: str, context: ssl.SSLContext, limit: float, told: float
) -> PolicyFetch:
    """Fetch it over one address; `limit` is what is left of the seconds `told`."""
    url = f"https://{place.host}{PATH}"
    connection = _Connection(place, address, context, limit)
    late = threading.Event()
    guard = threading.Timer(limit, _shut, (connection, late))
    guard.daemon = True
    guard.start()
    try:
        return _exchange(connection, url, late)
    except ssl.SSLCertVerificationError as error:
        code = error.verify_code
        return PolicyFetch(url, FetchEnd.CERTIFICATE, error.verify_message, verify_code=code)
    except (OSError, http.client.HTTPException) as error:
        if late.is_set() or isinstance(error, TimeoutError):
            return PolicyFetch(url, FetchEnd.TIMEOUT, f"within {told:g}s")
        return PolicyFetch(url, *_failure(error))
    finally:
        guard.cancel()
        connection.close()


def _shut(connection: _Connection, late: threading.Event) -> None:
    late.set()
    if connection.held is not None:
        with suppress(OSError):
            socket.socket.shutdown(connection.held, socket.SHUT_RDWR)


def _exchange(connection: _Connection, url: str, late: threading.Event) -> PolicyFetch:
    connection.connect()
    certificate = connection.sock.getpeercert()  # now: a "Connection: close" reply closes it
    connection.request("GET", PATH, headers={"User-Agent": "smtpprobe"})
    reply = connection.getresponse()
    body, ragged = _body(reply)
    if late.is_set():
        raise TimeoutError
    missing = _missing(reply, body, ragged=ragged) if reply.status == http.HTTPStatus.OK else ""
    encoding = reply.getheader("Content-Encoding") or _PLAIN
    if reply.status == http.HTTPStatus.OK and encoding.lower() != _PLAIN and not missing:
        reason = f"Content-Encoding {encoding[:40]}, which was not asked for"
        return PolicyFetch(url, FetchEnd.BROKEN, reason, not_after=_end_of(certificate))
    return PolicyFetch(
        url,
        FetchEnd.CUT if missing else FetchEnd.ANSWERED,
        missing,
        http_status=reply.status,
        content_type=_field(reply, "Content-Type"),
        location=_field(reply, "Location"),
        body=body[:MOST_OCTETS],
        truncated=len(body) > MOST_OCTETS,
        open_ended=ragged and not missing,
        not_after=_end_of(certificate),
    )


def _field(reply: http.client.HTTPResponse, name: str) -> str:
    """Return a header field, empty without it; octets that are no UTF-8 are surrogates in it."""
    return (reply.getheader(name) or "").encode("latin-1").decode("utf-8", "surrogateescape")


_PLAIN = "identity"
"""The only encoding that a request without Accept-Encoding of others allows (RFC 9110 12.5.3)."""


def _body(reply: http.client.HTTPResponse) -> tuple[bytes, bool]:
    """Return what comes of a body, and whether it ended otherwise than its length or TLS says."""
    body = b""
    try:
        while len(body) <= MOST_OCTETS and (part := reply.read1(MOST_OCTETS + 1 - len(body))):
            body += part
    except (http.client.IncompleteRead, ConnectionResetError):
        return body, True
    except ssl.SSLError as error:
        if not _is_ragged_end(error):
            raise
        return body, True
    return body, False


def _is_ragged_end(error: Exception) -> bool:
    """Tell whether the connection ended without TLS saying so.

    Up to 3.11.3 Python had no exception of its own for what OpenSSL 3 says there.
    """
    if isinstance(error, ssl.SSLEOFError):
        return True
    ended = "UNEXPECTED_EOF_WHILE_READING"
    return isinstance(error, ssl.SSLError) and getattr(error, "reason", "") == ended


def _missing(reply: http.client.HTTPResponse, body: bytes, *, ragged: bool) -> str:
    """Return what is missing of a body, as a clause; empty when nothing is (RFC 9112 8)."""
    if reply.chunked:
        return "before the last of its chunks" if ragged else ""
    if reply.length and len(body) <= MOST_OCTETS:
        return f"after {len(body)} of {len(body) + reply.length} octets"
    return ""


def _end_of(certificate: ssl._PeerCertRetDictType | None) -> datetime | None:
    text = (certificate or {}).get("notAfter")
    if not isinstance(text, str):
        return None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(text), UTC)


def _failure(error: Exception) -> tuple[FetchEnd, str]:
    if isinstance(error, ConnectionRefusedError):
        return FetchEnd.REFUSED, ""
    if _is_ragged_end(error) or isinstance(error, http.client.RemoteDisconnected):
        return FetchEnd.BROKEN, "closed before an answer"
    if isinstance(error, ssl.SSLError | http.client.HTTPException | ConnectionError):
        return FetchEnd.BROKEN, loss_reason(error) or type(error).__name__
    return FetchEnd.UNREACHABLE, loss_reason(error)
