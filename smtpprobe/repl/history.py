"""Which typed lines are kept, and in which form: never a secret, never message text."""

from __future__ import annotations

import re

from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.redact import masked_line
from smtpprobe.repl.prompt_text import BODY_PHASES

_AUTH = re.compile(r"(?i)\s*(>\s*)?AUTH\s+\S+")
_SECRET_COMMANDS = re.compile(r"\s*:(b64|b6|b|secret|secr?e?|let)\b")
ENTRIES = 5000
"""How many lines the history file holds."""


def kept_form(text: str, phase: Phase, *, ignore_space: bool = True) -> str:
    """Return the line as it may be kept, empty when it may not be at all.

    Kept are lines for the server and local commands. Of an AUTH line the mechanism is kept, the
    initial response is not; answers to challenges, message text, and `:b64` are not kept.
    """
    if not text.strip() or phase in BODY_PHASES or (ignore_space and text.startswith(" ")):
        return ""
    local = text.lstrip().startswith(":")
    if _SECRET_COMMANDS.match(text) or (phase is Phase.AUTH and not local):
        return ""
    match = _AUTH.match(text)
    if match:
        return match[0].strip()
    return text if local or masked_line(text, phase) == text else ""
