"""One handshake on a connection, from the demand to the facts."""

from __future__ import annotations

import asyncio
import ssl
from datetime import datetime
from importlib import import_module

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.net.clock import now
from smtpprobe.net.tls.context import Handshake
from smtpprobe.net.tls.exporter import ExportingSSLObject
from smtpprobe.net.tls.handshake_failures import failure_kind, failure_reason, is_ours
from smtpprobe.net.wire import Wire
from smtpprobe.policy.trust import verdict
from smtpprobe.protocol.tls_facts import Shown, TlsFacts, TlsFailure, Unread

_VERDICTS = "smtpprobe.net.tls.chain"

FEW_CERTIFICATES = 5
"""How many certificates are verified faster than a thread starts, once the roots are in memory."""

_believed: set[str | None] = set()
"""The CA files (None: the system's) whose roots are in memory."""


class Ended(NamedTuple):
    """A handshake that ended: its facts, and the plaintext found around it.

    `by_server` means that it failed because the server closed or reset the connection.
    """

    tls: TlsFacts
    surplus: bytes = b""
    by_server: bool = False


def prepare() -> None:
    """Begin to load, in a thread, what certificates are read with: it takes a while.

    Call it inside a running loop as soon as a handshake is certain to follow.
    """
    asyncio.get_running_loop().run_in_executor(None, import_module, _VERDICTS)


async def shake_hands(
    wire: Wire, record: Handshake, typed: bytes = b"", before: int = 0
) -> Ended | None:
    """Send the octets `typed` and do the handshake after a 220; without them do it at once.

    The 220 meant is the reply that comes after `before` others. Returns None when there was no 220.
    Else the wire holds. Certificates are read and judged in a thread where that may take a while:
    trusted roots are files, and a chain may be long.
    """
    demand = record.demand
    record.early = lambda: wire.early
    failure: Exception | None = None
    try:
        name = demand.reference if demand.verify else demand.sni
        with record.under_way():
            if not await wire.secure(record.context, name, demand.limit, typed, before):
                return None
    except (OSError, ValueError) as error:  # ssl.SSLError and TimeoutError are kinds of OSError
        if is_ours(error):
            raise  # it shows nothing of the server
        failure = error
    tls = _outcome(record, wire.ssl_object, failure)
    if record.chain:
        read = not (tls.ok and demand.unread)
        tls = tls._replace(certificates=await _certificates(record, read=read))
    surplus = wire.leftover + record.surplus
    return Ended(tls, surplus, isinstance(failure, ConnectionResetError))


async def _certificates(record: Handshake, *, read: bool) -> Shown | Unread:
    """Return the certificates that came, read in a thread where that may take a while."""
    at = now()
    if not read:
        return Unread(lambda: _read(record, at))
    if record.demand.ca_file in _believed and len(record.chain) <= FEW_CERTIFICATES:
        return _read(record, at)
    return await asyncio.to_thread(_read, record, at)


def _outcome(
    record: Handshake, session: ssl.SSLObject | None, failure: Exception | None
) -> TlsFacts:
    """Return the facts of a handshake that ended, without the certificates."""
    demand, reason, version, agreed = record.demand, "", None, None
    kind: TlsFailure | None = None
    if failure is not None or session is None:
        error = failure or ConnectionResetError()
        kind, reason = failure_kind(error), failure_reason(error, demand.limit)
    else:
        version, agreed = session.version(), session.cipher()
    cipher, _, bits = agreed or ("", "", 0)
    return TlsFacts(
        ok=failure is None and session is not None,
        reason=reason,
        version=version or "",
        cipher=cipher,
        bits=bits,
        sni=demand.sni,
        reference=demand.reference,
        negotiated=record.messages.found,
        enforced=demand.verify,
        ca_file=demand.ca_file,
        exporter=session.exporter if isinstance(session, ExportingSSLObject) else b"",
        seconds=0.0 if record.began is None else record.clock() - record.began,
        failure=kind,
        own_certificate=demand.offer.certificate,
    )


def _read(record: Handshake, at: datetime) -> Shown:
    from smtpprobe.net.tls.chain import read_chain  # noqa: PLC0415 - heavy

    demand = record.demand
    chain, path = read_chain(record.chain, demand.ca_file)
    _believed.add(demand.ca_file)
    return Shown(chain, path, verdict(chain, path, demand.reference, at))
