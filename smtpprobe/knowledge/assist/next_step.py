"""What to type next: the ghost of the next command, the next steps; completion and line hints."""

from __future__ import annotations

import re

from smtpprobe.knowledge.annotation import Cause, NextStep
from smtpprobe.knowledge.assist.completion import Hints
from smtpprobe.knowledge.assist.expected import (
    expected,
    hello,
    mechanisms,
    starttls_possible,
    tls_on,
    verb,
)
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import Severity
from smtpprobe.protocol.session import Exchange, State
from smtpprobe.protocol.verbs import Context

MOST_STEPS = 4
"""How many next steps are shown."""

_SILENT = frozenset({Phase.GREETING, Phase.TLS, Phase.AUTH, Phase.BDAT})
_OPEN = frozenset({Phase.CONNECTED, Phase.READY, Phase.MAIL, Phase.RCPT})
_HELLO_WANTED = re.compile(r"(?i)\b(?:ehlo|helo|lhlo)\b")


def ghost(state: State, hints: Hints) -> str:
    """Return the command line to expect next, as text to edit; empty where none is proposed."""
    if state.phase is Phase.CLOSED:
        return f":connect {hints.last_host or ''}"
    if state.phase is Phase.DATA:
        body = state.body
        return "." if body.headers_ended and body.text_lines else ""
    if state.phase in _SILENT or state.pending or state.ended:
        return ""
    steps = _asked_for(state, hints) or expected(state, hints.names)
    return steps[0].command if steps else ""


def next_steps(state: State, hints: Hints) -> tuple[NextStep, ...]:
    """Return what can be sent now, likeliest first; what the last refusal asks for leads."""
    found = [*_asked_for(state, hints), *expected(state, hints.names)]
    if state.phase in _OPEN and not state.ended:
        found.append(verb("QUIT"))
    unique = {step.text: step for step in found}
    return tuple(unique.values())[:MOST_STEPS]


def _asked_for(state: State, hints: Hints) -> tuple[NextStep, ...]:
    """Return the step that the last refusal asks for; () without one."""
    last = hints.last
    if last is None or state.phase not in _OPEN or last.after.phase is not state.phase:
        return ()
    if last.reply.severity not in (Severity.TRANSIENT, Severity.PERMANENT):
        return ()
    from smtpprobe.knowledge.annotate import annotate  # noqa: PLC0415 - the rules, at need only

    match annotate(last).cause:
        case Cause.BAD_SEQUENCE if _HELLO_WANTED.search(last.reply.words):
            return (hello(state, hints.names),)
        case Cause.TLS_REQUIRED if not tls_on(state):
            return (verb("STARTTLS"),)
        case Cause.AUTH_REQUIRED if state.authenticated is None:
            return _login(state)
        case Cause.BAD_SEQUENCE | Cause.TLS_REQUIRED | Cause.AUTH_REQUIRED:
            return ()
        case _:
            return _afresh(state, last)


def _login(state: State) -> tuple[NextStep, ...]:
    if "AUTH" not in state.extensions and starttls_possible(state):
        return (verb("STARTTLS"),)
    return (verb(f"AUTH {(mechanisms(state) or ('PLAIN',))[0]}"),)


def _afresh(state: State, last: Exchange) -> tuple[NextStep, ...]:
    """After a refusal for good RSET is likely, unless accepted recipients are waiting."""
    refused = last.reply.severity is Severity.PERMANENT
    envelope = last.context in (Context.MAIL, Context.RCPT)
    return (verb("RSET"),) if refused and envelope and not state.recipients else ()
