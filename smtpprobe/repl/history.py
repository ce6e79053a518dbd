"""Which typed lines are kept, and in which form: never a secret, never message text."""

from __future__ import annotations

from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.redact import MASK
from smtpprobe.repl.local_commands import meant
from smtpprobe.repl.prompt_text import BODY_PHASES
from smtpprobe.repl.typed import masked_typed

_NEVER_KEPT = frozenset({"b64", "secret", "let"})
ENTRIES = 5000
"""How many lines the history file holds."""


def kept_form(text: str, phase: Phase, *, ignore_space: bool = True) -> str:
    """Return the line as it may be kept, empty when it may not be at all.

    Kept are lines for the server and local commands. Of an AUTH line the mechanism is kept, the
    initial response is not, and so with whatever else may hold a password: it is kept up to there.
    Answers to challenges, message text, `:b64`, `:let` and `:secret` are not kept.
    """
    if not text.strip() or phase in BODY_PHASES or (ignore_space and text.startswith(" ")):
        return ""
    local = text.lstrip().startswith(":")
    if _NEVER_KEPT & meant(text) if local else phase is Phase.AUTH:
        return ""
    seen = masked_typed(text, phase)
    return text if seen == text else seen.partition(MASK)[0].rstrip()
