"""The words of a prompt: where a session stands, and whether inside TLS."""

from __future__ import annotations

from smtpprobe.protocol.phase import PROMPT_WORDS, Phase
from smtpprobe.protocol.session import State


def tls_word(state: State) -> str:
    """Return what tells in a prompt that the session is inside TLS; empty where it is not."""
    return "tls" if state.tls is not None and state.tls.ok else ""


def phase_word(state: State) -> str:
    """Return where the session stands: `ehlo`, `rcpt:2`."""
    word = PROMPT_WORDS[state.phase]
    return f"{word}:{len(state.recipients)}" if state.phase is Phase.RCPT else word
