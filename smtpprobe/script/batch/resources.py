"""What scripts that run side by side, or open many connections, load and count in advance."""

from __future__ import annotations

from smtpprobe.net import preload
from smtpprobe.script.language.steps import Local, Script
from smtpprobe.script.reports.formats import report_modules

AT_FAILURES = (
    "hmac",
    "json",
    "smtpprobe.knowledge.annotate",
    "smtpprobe.knowledge.evidence.plain_faults",
    "smtpprobe.knowledge.path_form",
    "smtpprobe.knowledge.rules.auth_challenge",
    "smtpprobe.knowledge.rules.handshake",
    "smtpprobe.knowledge.rules.ehlo",
    "smtpprobe.knowledge.rules.login_progress",
    "smtpprobe.knowledge.rules.named_fault",
    "smtpprobe.knowledge.rules.sent_line",
    "smtpprobe.knowledge.rules.smtp_inspection",
    "smtpprobe.knowledge.assist.spelling",
    "smtpprobe.knowledge.evidence.words",
    "smtpprobe.knowledge.rules.success",
    "smtpprobe.present.session",
    "smtpprobe.script.recordings.recorder",
    "smtpprobe.script.batch.job",
)

FEW = 8
"""How many connections fit under any limit that lets the program start."""

ANY_NUMBER = 64
"""How many connections are counted for a name that a loop fills in."""


def load() -> None:
    """Load what a failing script needs."""
    preload.load((*AT_FAILURES, *report_modules()))


def connections_of(script: Script) -> int:
    """Return how many connections a script may have open together: its own, and those of `:on`."""
    named = {
        step.argument.split(maxsplit=1)[0]
        for step in script.steps
        if isinstance(step, Local) and step.name == "on" and step.argument.strip()
    }
    return 1 + sum(ANY_NUMBER if "{{" in name else 1 for name in named)
