"""What is said when nobody greeted: one line of what, one of what to do."""

from __future__ import annotations

from smtpprobe.errors import ConnectFailed, LookupFailed
from smtpprobe.protocol.route import Attempt, Outcome
from smtpprobe.protocol.target import SMTP_PORT, Target


def nobody_greeted(target: Target, tried: list[Attempt]) -> ConnectFailed | LookupFailed:
    """Return the error for a target of which nobody greeted."""
    if all(attempt.outcome is Outcome.NO_ADDRESS for attempt in tried):
        return LookupFailed(f"{target}: no host to dial has an address")
    if len(tried) == 1:
        only = tried[0]
        reason = f" ({only.reason})" if only.reason else ""
        message = f"{target}: {only.outcome.value}{reason}"
    else:
        message = f"{target}: none of {len(tried)} addresses gave a greeting"
    return ConnectFailed(message, _hint(target, tried))


def _hint(target: Target, tried: list[Attempt]) -> str:
    outcomes = {attempt.outcome for attempt in tried}
    if outcomes <= {Outcome.TIMED_OUT, Outcome.NO_ADDRESS} and target.port == SMTP_PORT:
        return "many networks block port 25 outwards; port 587 or another network may answer"
    if Outcome.NO_GREETING in outcomes:
        return "RFC 5321 4.5.3.2.1 allows five minutes: --greeting-timeout 5m waits longer"
    if any("in clear" in attempt.reason for attempt in tried):
        return f"leave smtps:// away and use STARTTLS: {target.name}:{target.port}"
    return ""
