"""Explanations of what is no session: a reply in a ticket, a line of a log, a bounce's text."""

from __future__ import annotations

from smtpprobe.errors import UsageError
from smtpprobe.explainer.explain import explained, found_in, own_words
from smtpprobe.knowledge.annotation import Annotation
from smtpprobe.protocol.verbs import CONTEXT_WORDS, Context

_CONTEXTS = {words.json.upper(): context for context, words in CONTEXT_WORDS.items()}


def explain(text: str, command: str = "") -> Annotation:
    """Return what the first reply in a text means, offline, as `smtpprobe explain TEXT` says it.

    `command` is what it answers, such as RCPT or CONNECT, where that is known. A text without a
    reply is read as a mail server's own words ("Host not found").

    Raises:
        UsageError: there is no such command.
    """
    context: Context | None = None
    if command:
        context = _CONTEXTS.get(command.upper())
        if context is None:
            raise UsageError(f"{command!r} is not a command", ", ".join(sorted(_CONTEXTS)))
    found = found_in(text.strip(), context)
    return explained(found[0]) if found else own_words(text.strip())
