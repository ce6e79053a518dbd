"""The end of a connection in one sentence: who ended it, why, and what was left open."""

from __future__ import annotations

from smtpprobe.knowledge.wording import LINE, clip, count, plain
from smtpprobe.protocol.events import By, Closed
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.session import State
from smtpprobe.protocol.verbs import CONTEXT_WORDS, Context

_SHORTEST_REASON = 60
"""A reason is not cut below this: the sentence grows over a line before."""
_ENDS = frozenset({Context.DATA_END, Context.BDAT_LAST})
_CALLED = {Context.AUTH_STEP: "the login", Context.UNKNOWN: "the command"}
_UNFINISHED = {
    Phase.GREETING: "before the greeting",
    Phase.TLS: "during the TLS handshake",
    Phase.AUTH: "in the middle of a login",
    Phase.DATA: "in the middle of the message; it is not accepted",
    Phase.BDAT: "in the middle of a chunk; the message is not accepted",
}


def annotate_close(closed: Closed, before: State) -> str:
    """Return the sentence for the end of a connection that stood in `before`."""
    who = "closed by the server" if closed.by is By.THEM else "closed"
    left = _left_open(closed, before)
    said = f"{who}{left}"
    if not closed.reason:
        return clip(said)
    return f"{said} ({clip(plain(closed.reason), max(_SHORTEST_REASON, LINE - 3 - len(said)))})"


def _left_open(closed: Closed, before: State) -> str:
    if before.pending and not before.ended:
        return f" before {_answer(closed, before)}"
    if before.phase in _UNFINISHED:
        return f" {_UNFINISHED[before.phase]}"
    if before.sender is not None and not before.ended and closed.by is By.THEM:
        return " with a transaction open; nothing of it is kept"
    return ""


def _answer(closed: Closed, before: State) -> str:
    """Return what was still to be answered, with what that leaves open."""
    it = "it" if closed.by is By.THEM else "the server"
    context = before.pending[0].command.context
    if context in _ENDS:
        return f"{it} answered the message: the message may have been accepted"
    what = _CALLED.get(context, CONTEXT_WORDS[context].json)
    more = len(before.pending) - 1
    others = f" and {count(more, 'command')} more" if more else ""
    return f"{it} answered {what}{others}"
