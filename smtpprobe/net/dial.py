"""One attempt: from an address to a connection, implicit TLS included, or to why there is none.

Also what is said when no attempt led to a greeting: a line of what, a line of what to do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from smtpprobe.errors import ConnectFailed, LookupFailed, UsageError
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.net.connect import Connector, Endpoint, NoConnection, connect, direct
from smtpprobe.net.tls.context import Demand, Handshake, handshake_for
from smtpprobe.net.tls.handshake import shake_hands
from smtpprobe.net.wire import Wire
from smtpprobe.policy.addresses import is_address
from smtpprobe.protocol import implicit_tls
from smtpprobe.protocol.attempts import UNDIALLED, Attempt, Outcome, silent_program
from smtpprobe.protocol.target import LOCAL, SMTP_PORT, Target
from smtpprobe.protocol.tls_facts import TlsFacts, TlsFailure
from smtpprobe.protocol.transport.proxy_header import End, ProxyHeader, written
from smtpprobe.protocol.transport.via import Via
from smtpprobe.settings.defaults import DEFAULTS


class DialOptions(NamedTuple):
    """How to dial: the way, the source address, the limit for the connection in seconds, TLS."""

    connector: Connector = direct
    bind: tuple[str, int] | None = None
    limit: float = DEFAULTS["connect_timeout"]
    implicit_tls: Demand | None = None
    """What the handshake is to do that comes before everything; None without one."""
    proxy: str = ""
    """The proxy that the connector goes through, in words."""
    header: ProxyHeader | None = None
    """The PROXY header that goes out in front of it all."""


class Reached(NamedTuple):
    """How an attempt went. `wire` is None when it failed; else it is up, and holds."""

    attempt: Attempt
    wire: Wire | None = None


async def reach(
    target: Target,
    attempt: Attempt,
    dialling: DialOptions,
    make_wire: Callable[[], Wire],
    clock: Callable[[], float],
) -> Reached:
    """Connect to the attempt's address and, where wanted, do the TLS handshake.

    Raises:
        UsageError: the CA file or the key log cannot be used, or the PROXY header lacks an
            address.
    """
    demand = dialling.implicit_tls
    handshake = None if demand is None else handshake_for(demand, clock)
    port = None if target.kind in LOCAL else attempt.port
    to = Endpoint(attempt.address, port, dialling.bind, dialling.limit)
    attempt = replace(attempt, via=Via(proxy=dialling.proxy))
    began = clock()
    try:
        _, wire = await connect(to, make_wire, dialling.connector)
    except NoConnection as no:
        ended = replace(attempt, outcome=no.outcome, reason=no.reason, within=no.within)
        return Reached(replace(ended, seconds=clock() - began))
    attempt = _announced(attempt, wire, dialling.header)
    outcome, reason, tls = Outcome.CONNECTED, "", None
    if handshake is not None:
        outcome, reason, tls = await _secured(wire, handshake)
    ended = replace(attempt, outcome=outcome, reason=reason, tls=tls, seconds=clock() - began)
    return Reached(ended, wire if outcome is Outcome.CONNECTED else None)


def _announced(attempt: Attempt, wire: Wire, header: ProxyHeader | None) -> Attempt:
    """Send the PROXY header, if there is to be one; return the attempt that tells of it."""
    if header is None:
        return attempt
    remote = End(attempt.address, attempt.port) if is_address(attempt.address) else None
    host, _, port = wire.addresses[1].rpartition(":")
    local = End(host.strip("[]"), int(port)) if host else None
    try:
        told = written(header, local, remote)
    except UsageError:
        _discard(wire)
        raise
    wire.write(told.octets)
    return replace(attempt, via=attempt.via._replace(header=told.words))


async def _secured(wire: Wire, handshake: Handshake) -> tuple[Outcome, str, TlsFacts]:
    """Do the handshake of implicit TLS; the wire is closed unless it ends well."""
    try:
        ended = await shake_hands(wire, handshake)
    except BaseException:
        _discard(wire)
        raise
    assert ended is not None  # only a STARTTLS can be refused
    if ended.tls.ok:
        return Outcome.CONNECTED, "", ended.tls
    _discard(wire)
    reason = ended.tls.reason
    if ended.surplus:
        speech = "SMTP" if ended.surplus[:3].isdigit() else "something"
        reason = f"this port speaks plaintext {speech}, not TLS"
    return Outcome.TLS_FAILED, reason, ended.tls


def _discard(wire: Wire) -> None:
    wire.forget()
    wire.abort()


MOST_NAMED = 4
"""How many addresses the line names."""


def nobody_greeted(target: Target, tried: list[Attempt]) -> ConnectFailed | LookupFailed:
    """Return the error for a target without a greeting, from how each attempt ended."""
    dialled = [attempt for attempt in tried if attempt.outcome not in UNDIALLED]
    ends = [_end(attempt) for attempt in dialled or tried]
    if len(ends) > MOST_NAMED:
        ends[MOST_NAMED:] = [f"and {len(ends) - MOST_NAMED} more"]
    if not dialled:
        left_out = [attempt for attempt in tried if attempt.outcome is Outcome.LEFT_OUT]
        hint = f"[{left_out[0].host.name}] connects to it anyway" if left_out else ""
        what = "no mail host to connect to" if left_out else "no host has an address"
        return LookupFailed(f"{target}: {what}: {'; '.join(ends)}", hint, about=str(target))
    if len(dialled) == 1:
        told = _how(dialled[0]) if _is_target(dialled[0], target) else ends[0]
        return ConnectFailed(f"{target}: {told}", _hint(target, dialled))
    return ConnectFailed(
        f"{target}: no server sent a greeting: {'; '.join(ends)}", _hint(target, dialled)
    )


def _is_target(attempt: Attempt, target: Target) -> bool:
    return target.name == attempt.host.name and attempt.address in ("", target.name)


def _end(attempt: Attempt) -> str:
    where = attempt.address if attempt.address not in ("", attempt.host.name) else ""
    return f"{attempt.host.name}{' ' if where else ''}{where} {_how(attempt)}"


def _how(attempt: Attempt) -> str:
    reason = f" ({attempt.reason})" if attempt.reason else ""
    return f"{attempt.outcome.value}{reason}"


_BEHIND_HEADER = (Outcome.CLOSED, Outcome.NO_GREETING, Outcome.TLS_FAILED)
"""Ways to fail that a PROXY header may have led to."""


def _hint(target: Target, tried: list[Attempt]) -> str:
    outcomes = {attempt.outcome for attempt in tried}
    if outcomes == {Outcome.TIMED_OUT} and target.port == SMTP_PORT:
        return "many networks block outbound port 25; try port 587, or another network"
    at_once = next((one for one in tried if one.outcome is Outcome.TLS_AT_ONCE), None)
    if at_once is not None:
        return implicit_tls.advice(at_once.host.name or at_once.address, at_once.port)
    if any(one.via.header and one.outcome in _BEHIND_HEADER for one in tried):
        return "a PROXY header was sent: does this port expect one, and from this machine?"
    if Outcome.NO_GREETING in outcomes:
        if told := silent_program(target, tried[-1]):
            return told
        return "RFC 5321 4.5.3.2.1 allows five minutes: use --greeting-timeout 5m"
    if any(one.tls is not None and one.tls.failure is TlsFailure.PLAINTEXT for one in tried):
        return f"omit smtps:// and use STARTTLS: {target.name}:{target.port}"
    return ""
