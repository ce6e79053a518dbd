"""What is said when nobody greeted: one line of what, one of what to do."""

from __future__ import annotations

from smtpprobe.errors import ConnectFailed, LookupFailed
from smtpprobe.protocol import tls_at_once
from smtpprobe.protocol.ports import SMTP_PORT
from smtpprobe.protocol.route import UNDIALLED, Attempt, Outcome
from smtpprobe.protocol.target import Target

MOST_NAMED = 4
"""How many addresses the line names."""


def nobody_greeted(target: Target, tried: list[Attempt]) -> ConnectFailed | LookupFailed:
    """Return the error for a target of which nobody greeted, from how each attempt ended."""
    dialled = [attempt for attempt in tried if attempt.outcome not in UNDIALLED]
    ends = [_end(attempt) for attempt in dialled or tried]
    if len(ends) > MOST_NAMED:
        ends[MOST_NAMED:] = [f"and {len(ends) - MOST_NAMED} more"]
    if not dialled:
        left_out = [attempt for attempt in tried if attempt.outcome is Outcome.LEFT_OUT]
        hint = f"[{left_out[0].host.name}] dials it all the same" if left_out else ""
        what = "no mail host to dial" if left_out else "no host has an address"
        return LookupFailed(f"{target}: {what}: {'; '.join(ends)}", hint)
    if len(dialled) == 1:
        told = _how(dialled[0]) if _is_target(dialled[0], target) else ends[0]
        return ConnectFailed(f"{target}: {told}", _hint(target, dialled))
    return ConnectFailed(f"{target}: nobody greeted: {'; '.join(ends)}", _hint(target, dialled))


def _is_target(attempt: Attempt, target: Target) -> bool:
    return target.name == attempt.host.name and attempt.address in ("", target.name)


def _end(attempt: Attempt) -> str:
    where = attempt.address if attempt.address not in ("", attempt.host.name) else ""
    return f"{attempt.host.name}{' ' if where else ''}{where} {_how(attempt)}"


def _how(attempt: Attempt) -> str:
    reason = f" ({attempt.reason})" if attempt.reason else ""
    return f"{attempt.outcome.value}{reason}"


def _hint(target: Target, tried: list[Attempt]) -> str:
    outcomes = {attempt.outcome for attempt in tried}
    if outcomes == {Outcome.TIMED_OUT} and target.port == SMTP_PORT:
        return "many networks block port 25 outwards; port 587 or another network may answer"
    at_once = next((one for one in tried if one.outcome is Outcome.TLS_AT_ONCE), None)
    if at_once is not None:
        return tls_at_once.advice(at_once.host.name or at_once.address, at_once.port)
    if Outcome.NO_GREETING in outcomes:
        return "RFC 5321 4.5.3.2.1 allows five minutes: --greeting-timeout 5m waits longer"
    if any("in clear" in attempt.reason for attempt in tried):
        return f"leave smtps:// away and use STARTTLS: {target.name}:{target.port}"
    return ""
