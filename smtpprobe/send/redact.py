"""Removes secrets from a delivery's report before it is rendered in any format. Pure."""

from __future__ import annotations

from typing import TypeVar

from smtpprobe.protocol.redact import Secrets
from smtpprobe.protocol.redact_events import redacted_reply
from smtpprobe.send.judge import Fate, Report, Step

Part = TypeVar("Part", Step, Fate)


def redacted(report: Report, secrets: Secrets) -> Report:
    """Return a report in which every secret is masked, also where the server said it."""
    if secrets.is_empty:
        return report
    return report._replace(
        steps=tuple(_part(step, secrets) for step in report.steps),
        fates=tuple(_fate(fate, secrets) for fate in report.fates),
        ended=report.ended and _part(report.ended, secrets),
        queue_ids=tuple(map(secrets.hide, report.queue_ids)),
        notes=tuple(map(secrets.hide, report.notes)),
    )


def _fate(fate: Fate, secrets: Secrets) -> Fate:
    return _part(fate, secrets)._replace(so_far=fate.so_far and _part(fate.so_far, secrets))


def _part(part: Part, secrets: Secrets) -> Part:
    reply = part.reply and redacted_reply(part.reply, secrets)
    return part._replace(reply=reply, reason=secrets.hide(part.reason))
