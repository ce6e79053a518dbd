"""Times, three-valued facts and kinds of sender as JSON values."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TypeAlias

from smtpprobe.present.escape import escaped
from smtpprobe.starttls.facts import Answer, Fact
from smtpprobe.starttls.judge.options import Sender

Object: TypeAlias = dict[str, object]

SENDERS = {
    Sender.OPPORTUNISTIC: "opportunistic",
    Sender.PKIX: "pkix",
    Sender.DANE: "dane",
    Sender.STS: "mta_sts",
}


def moment(when: datetime) -> str:
    """Return a time as text: `2026-11-21T22:40:00Z`."""
    return when.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def three(name: str, fact: Fact) -> Object:
    """Return a three-valued field, and its reason beside it where it is unknown."""
    if fact.answer is Answer.UNKNOWN:
        return {name: fact.answer.value, f"{name}_reason": escaped(fact.reason)}
    return {name: fact.answer.value}
