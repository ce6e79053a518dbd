"""What scripts that run side by side, or open many connections, load and count beforehand."""

from __future__ import annotations

from smtpprobe.net import at_hand
from smtpprobe.script.steps import Local, Script

AT_FAILURES = (
    "hmac",
    "json",
    "smtpprobe.knowledge.annotate",
    "smtpprobe.knowledge.challenge",
    "smtpprobe.knowledge.handshake",
    "smtpprobe.knowledge.hello",
    "smtpprobe.knowledge.inspection",
    "smtpprobe.knowledge.spelling",
    "smtpprobe.knowledge.stem_rules",
    "smtpprobe.knowledge.success",
    "smtpprobe.present.session_view",
    "smtpprobe.script.record",
    "smtpprobe.script.report_json",
    "smtpprobe.script.report_junit",
    "smtpprobe.script.report_nagios",
    "smtpprobe.script.report_prom",
    "smtpprobe.script.report_tap",
    "smtpprobe.script.report_text",
    "smtpprobe.script.wire_lines",
)

FEW = 8
"""So many connections fit under any limit that lets the program start."""

ANY_NUMBER = 64
"""How many connections are counted for a name that a loop fills in."""


def load() -> None:
    """Load what a failing script needs."""
    at_hand.load(AT_FAILURES)


def connections_of(script: Script) -> int:
    """Return how many connections a script may have open together: its own, and those of `:on`."""
    named = {
        step.argument.split(maxsplit=1)[0]
        for step in script.steps
        if isinstance(step, Local) and step.name == "on" and step.argument.strip()
    }
    return 1 + sum(ANY_NUMBER if "{{" in name else 1 for name in named)
