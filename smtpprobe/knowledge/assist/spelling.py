"""The command that a misspelt word most likely means."""

from __future__ import annotations

from functools import lru_cache

from smtpprobe.protocol.verbs import VERBS

LONGEST = 20
"""The longest word, in characters, that is looked at."""

_LIKE = 0.6


@lru_cache(maxsize=64)
def nearest_verb(word: str) -> str:
    """Return the verb that is most like the word, in upper case; empty where none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only for what is no command

    upper = word.strip().upper()
    if not upper or len(upper) > LONGEST or upper in VERBS:
        return ""
    close = get_close_matches(upper, VERBS, 1, _LIKE)
    return close[0] if close else ""
