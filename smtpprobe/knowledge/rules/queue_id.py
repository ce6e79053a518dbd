"""The queue id in the reply that ends a message, in the forms of the common servers."""

from __future__ import annotations

import re
from functools import cache

TEXT_CHARACTERS = 4096
"""How much of a reply is searched."""

FORMS: tuple[tuple[str, str], ...] = (
    (r"\bqueued as ([0-9A-Za-z._-]{4,64})", "Postfix, reply after the dot"),
    (r"\bid=([0-9A-Za-z]{6,11}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4})\b", "Exim, reply after the dot"),
    (r"^([0-9A-Za-z]{8,32}) message accepted for delivery", "Sendmail, reply after the dot"),
    (r"^<[^>]{1,200}> \[internalid=([0-9]{4,32})", "Microsoft Exchange, reply after the dot"),
    (r"^ok:? +[0-9]{9,12} ([0-9a-z._-]{6,64}) - gsmtp", "Gmail, reply after the dot"),
    (r"\bqp ([0-9]{3,12})\b", "qmail, reply after the dot"),
    (r"^([0-9a-f]{8}) message accepted for delivery", "OpenSMTPD, reply after the dot"),
    (r"\bqueued[^0-9a-z]{1,4}(?:as |id |with id )?([0-9A-Za-z._-]{6,64})", "Haraka and others"),
    (r"\b(?:queue-?id|message-?id|id)[:= ]{1,2}<?([0-9A-Za-z][0-9A-Za-z._-]{5,63})", "common form"),
)
"""Each form with the product whose replies have it."""


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern, _ in FORMS)


def queue_id(text: str) -> str:
    """Return the id under which the server says it keeps the message, or the empty string."""
    seen = " ".join(text[:TEXT_CHARACTERS].split())
    matches = (pattern.search(seen) for pattern in _forms())
    return next((match[1].rstrip(".-") for match in matches if match), "")
