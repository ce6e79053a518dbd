"""The last lines of a session as text, for reports: what was sent, what came."""

from __future__ import annotations

from collections.abc import Iterable

from smtpprobe.present.session_view import Detail, SessionView
from smtpprobe.present.spans import text_of
from smtpprobe.protocol.events import Event, Opened
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.session import START, advance
from smtpprobe.script.report_view import DialogueView

MOST_EVENTS = 40
MOST_LINES = 100


def wire_lines(events: Iterable[Event]) -> tuple[str, ...]:
    """Return the last lines on the wire since the connection was opened; secrets are masked."""
    latest: list[Event] = []
    for event in events:
        if isinstance(event, Opened):
            latest = []
        latest.append(event)
    view = DialogueView(SessionView(Detail.OFF))
    state, lines = START, list[str]()
    for number, event in enumerate(latest):
        before = state
        state, exchange = advance(state, event)
        if number >= len(latest) - MOST_EVENTS:
            happening = Happening(event, before, state, exchange)
            lines += [text_of(line) for line in view.lines(happening)]
    return tuple(lines[-MOST_LINES:])
