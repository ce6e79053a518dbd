"""`:report FILE`: what a bug report needs, as a text: versions, settings, terminal, the session."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Iterable
from datetime import UTC, datetime

from smtpprobe.about import about_text
from smtpprobe.present.escape import shown
from smtpprobe.present.transcript_json import JsonTranscript
from smtpprobe.protocol.events import Event
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.redact import Secrets
from smtpprobe.protocol.redact_events import redacted_event
from smtpprobe.protocol.session import START, advance
from smtpprobe.settings.settings import KEYS, Settings, written_value

HEAD = """\
What happened, and what should have happened:


---- of this program and this machine; host names and addresses are in it, passwords are not ----
"""


def bug_report(settings: Settings, events: Iterable[Event], secrets: Secrets) -> str:
    """Return the report, with the latest events as lines of JSON; credentials are masked."""
    changed = [
        f"  {name} = {shown(written_value(key, getattr(settings, name)))}\n"
        for name, key in KEYS.items()
        if getattr(settings, name) != key.default
    ]
    parts = (
        HEAD,
        about_text(),
        f"\nterminal\n  {_terminal()}\n",
        "\nsettings that are not the default\n",
        *(changed or ["  none\n"]),
        "\nthe session, as far as it is remembered\n",
        *(_session(events, secrets)),
    )
    return "".join(parts)


def _terminal() -> str:
    names = ("TERM", "COLORTERM", "NO_COLOR", "LANG", "LC_ALL", "TMUX", "STY", "SSH_TTY")
    known = [f"{name}={shown(os.environ[name])}" for name in names if name in os.environ]
    size = "no size"
    if sys.stdout.isatty():
        columns, lines = os.get_terminal_size(sys.stdout.fileno())
        size = f"{columns} x {lines}"
    return ", ".join((size, locale.getpreferredencoding(do_setlocale=False), *known))


def _session(events: Iterable[Event], secrets: Secrets) -> Iterable[str]:
    transcript, state = JsonTranscript(lambda: datetime.now(UTC)), START
    for event in events:
        seen = redacted_event(event, secrets)
        before = state
        state, exchange = advance(state, seen)
        yield transcript.write(Happening(seen, before, state, exchange))
