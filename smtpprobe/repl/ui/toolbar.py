"""The toolbar: syntax and warnings of what is typed, what may come next, where the session is."""

from __future__ import annotations

from smtpprobe.knowledge.assist.line_hint import hint
from smtpprobe.knowledge.assist.next_step import next_steps
from smtpprobe.present.escape import escaped
from smtpprobe.present.prompt import BODY_PHASES
from smtpprobe.present.session_state import tls_version
from smtpprobe.present.spans import Line, Span
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.session import State
from smtpprobe.protocol.units import shown_clock, shown_duration
from smtpprobe.repl.commands.table import COMMANDS
from smtpprobe.repl.session import Session

BAR, WARNING = "class:toolbar", "class:toolbar.warning"
IDLE_SHOWN, IDLE_WARNED = 60.0, 240.0
"""Seconds of silence from which they are shown, and warned of (RFC 5321 4.5.3.2.7: 5 minutes)."""


def toolbar_line(
    session: Session, text: str, now: float, columns: int, *, local: bool = False
) -> Line:
    """Return the toolbar for a half-typed line; the parts that do not fit are left out.

    `local` means that the line is that of the local prompt.
    """
    left = Span(BAR, _local_syntax(text)) if local else _left(session, text)
    middle = Span(BAR, "" if text and left.text else _middle(session))
    right = Span(WARNING if _long_idle(session, now) else BAR, _right(session, now))
    parts = [part for part in (left, middle, right) if part.text]
    while len(parts) > 1 and _width(parts) > columns:
        parts.pop()
    spans = [span for part in parts for span in (Span(BAR, "   "), part)][1:]
    room = max(0, columns - 1)
    return (*_cut([Span(BAR, " "), *spans], room), Span(BAR, " " * columns))


def clock_shown(session: Session, now: float) -> bool:
    """Return whether the toolbar holds a clock, so that it has to be drawn again every second."""
    state = session.state
    if state.phase is Phase.CLOSED:
        return False
    return state.awaiting or now - state.last_at >= IDLE_SHOWN - 1


def _width(parts: list[Span]) -> int:
    return sum(len(part.text) + 3 for part in parts)


def _cut(spans: list[Span], room: int) -> list[Span]:
    found = []
    for span in spans:
        found.append(Span(span.style, span.text[:room]))
        room -= len(found[-1].text)
    return found


def _left(session: Session, text: str) -> Span:
    if session.settings.hints != "toolbar":
        return Span(BAR, "")
    phase = session.phase_ahead
    if phase not in BODY_PHASES:
        if text.startswith(":"):
            return Span(BAR, _local_syntax(text))
        if not text or text[0] in "#<|>":
            return Span(BAR, "")
    found = hint(text, session.state._replace(phase=phase))
    if found.warnings:
        return Span(WARNING, escaped("; ".join((*found.warnings, found.syntax)).rstrip("; ")))
    return Span(BAR, escaped(found.syntax))


def _local_syntax(text: str) -> str:
    name = text[1:].partition(" ")[0]
    command = COMMANDS.get(name)
    if command is None:
        starting = [known for known in COMMANDS.values() if known.name.startswith(name)]
        command = starting[0] if len(starting) == 1 else None
    return f"{command.syntax}  {command.meaning}" if command is not None else ""


def _middle(session: Session) -> str:
    state = session.state
    if session.held is not None:
        return "next: lines to hold, :flush"
    if session.phase_ahead in BODY_PHASES:
        return 'end with a line containing only "."'
    if session.queue.waiting or session.queue.busy:
        return "Ctrl-C stops waiting"
    steps = [step.text for step in next_steps(state, session.hints)]
    return escaped(f"next: {', '.join(steps[:3])}") if steps else ""


def _right(session: Session, now: float) -> str:
    state = session.state
    if state.phase is Phase.CLOSED:
        return "" if session.dialling is None else "connecting"
    facts = [
        tls_version(state.tls) if state.tls is not None and state.tls.ok else "no TLS",
        f"login {escaped(state.authenticated)}" if state.authenticated else "",
        f"{len(state.recipients)} rcpt" if state.recipients else "",
        f"{len(session.queue.outbox)} queued" if session.queue.outbox else "",
        _clock(session, state, now),
    ]
    return " \N{MIDDLE DOT} ".join(fact for fact in facts if fact)


def _clock(session: Session, state: State, now: float) -> str:
    silent = max(0.0, now - state.last_at)
    if state.awaiting:
        octets = session.client.pending_octets
        so_far = f", {octets} octets so far" if octets else ""
        return f"waiting {shown_clock(now - _since(state))}{so_far}"
    if silent >= IDLE_SHOWN:
        return f"idle {shown_clock(silent)}"
    elapsed = session.last.elapsed if session.last is not None else None
    return shown_duration(elapsed) if elapsed is not None else ""


def _since(state: State) -> float:
    return state.pending[0].at if state.pending else state.opened_at


def _long_idle(session: Session, now: float) -> bool:
    state = session.state
    return (
        state.phase is not Phase.CLOSED
        and not state.awaiting
        and now - state.last_at >= IDLE_WARNED
    )
