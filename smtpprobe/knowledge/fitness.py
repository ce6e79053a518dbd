"""Whether a command fits now, and the reply to expect when it does not."""

from __future__ import annotations

from smtpprobe.knowledge.expected import tls_on
from smtpprobe.protocol.command import Verb
from smtpprobe.protocol.phase import Dialect, Phase
from smtpprobe.protocol.session import State

_BASE_VERBS = frozenset({"VRFY", "EXPN"})
"""Commands of RFC 5321 itself: servers know them without announcing them (4.5.1)."""

_NEEDS = {
    Phase.CLOSED: "not connected",
    Phase.GREETING: "talking before the greeting may get you blocked",
}


def objection(verb: Verb, state: State) -> str:
    """Return why the command does not fit, with the reply to expect; empty when it fits."""
    if state.phase in _NEEDS:
        return _NEEDS[state.phase]
    if verb.name == "LHLO" and state.dialect is not Dialect.LMTP:
        return "500 expected: LHLO is for LMTP"
    if verb.name in {"EHLO", "HELO"} and state.dialect is Dialect.LMTP:
        return "500 expected: LMTP begins with LHLO"
    if verb.name == "STARTTLS" and tls_on(state):
        return "503 expected: TLS is on already"
    if verb.name == "AUTH" and state.authenticated is not None:
        return "503 expected: logged in already"
    if state.phase not in verb.phases:
        return f"503 expected: {_missing(verb, state)}"
    return _unannounced(verb, state)


def _missing(verb: Verb, state: State) -> str:
    """Return the step that is missing before the command, or what stands in its way."""
    if state.identity is None:
        return "no EHLO yet"
    if state.sender is not None and Phase.MAIL not in verb.phases and Phase.RCPT not in verb.phases:
        return "a transaction is open"
    return "no MAIL yet" if state.sender is None else "no recipient yet"


def _unannounced(verb: Verb, state: State) -> str:
    if verb.keyword is None or state.identity is None or verb.keyword in state.extensions:
        return ""
    return (
        "not announced: 252 or 502 expected"
        if verb.name in _BASE_VERBS
        else ("not announced: 502 expected")
    )
