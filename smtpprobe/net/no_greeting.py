"""Decides what a host that did not greet is: silent, or one that expects implicit TLS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from smtpprobe.net.dial import DialOptions, reach
from smtpprobe.net.tls.context import Demand
from smtpprobe.net.wire import Wire
from smtpprobe.protocol import implicit_tls
from smtpprobe.protocol.attempts import Attempt, Outcome
from smtpprobe.protocol.target import LOCAL, Target

ANSWER_SECONDS = 5.0
"""How long a host that does not greet may take to answer a TLS handshake."""

HASTE_SECONDS = 2.0
"""A server that closes sooner was not waiting for a ClientHello."""


async def or_tls(
    target: Target,
    silent: Attempt,
    heard: bytes,
    dialling: DialOptions,
    demand: Demand,
    *,
    make_wire: Callable[[], Wire],
    clock: Callable[[], float],
) -> Attempt:
    """Return how an attempt without a greeting ended, or that the port expects implicit TLS.

    `heard` are the octets that came. Where there are none a handshake is tried in one more
    connection, which enforces nothing: such servers wait for a ClientHello. One that closed at once
    is not dialled again.

    Raises:
        UsageError: as `reach`.
    """
    if silent.tls is not None or target.kind in LOCAL:
        return silent
    if implicit_tls.is_record(heard):
        return _at_once(silent)
    hasty = silent.outcome is not Outcome.NO_GREETING and silent.seconds < HASTE_SECONDS
    if heard or hasty or silent.outcome is Outcome.ENDLESS:
        return silent
    limit = min(dialling.limit, demand.limit, ANSWER_SECONDS)
    demand = demand._replace(verify=False, limit=limit, unread=True)
    asking = dialling._replace(limit=limit, implicit_tls=demand)
    reached = await reach(target, silent, asking, make_wire, clock)
    if reached.wire is not None:
        reached.wire.forget()
        reached.wire.abort()
    silent = replace(silent, dials=2)
    tls = reached.attempt.tls
    answered = tls is not None and (tls.ok or tls.has_certificates or tls.negotiated.alert)
    return _at_once(silent) if answered else silent


def _at_once(silent: Attempt) -> Attempt:
    return replace(silent, outcome=Outcome.TLS_AT_ONCE, reason=implicit_tls.REASON)
