"""A string that ends too soon: at a quote inside the braces that stand in it. Pure."""

from __future__ import annotations

from itertools import pairwise

from smtpprobe.script.cursor import Cursor
from smtpprobe.script.tokens import is_string, tokens
from smtpprobe.script.values import braces_at

_NAME = "value"


def refuse_cut_string(cursor: Cursor, start: int) -> bool:
    """Refuse the next line if such a string stands in it from `start` (from 0) on; tell whether."""
    text = cursor.text
    for token, following in pairwise(tokens(text, start)):
        if not is_string(token.text) or following.column != token.end:
            continue
        inside = token.text.rfind("{{")
        begin = token.column - 1 + inside
        end = braces_at(text, begin) if inside >= 0 else None
        if end is None or end < token.end:
            continue
        cursor.refuse(
            "P03",
            "a string ends at the next quote, in {{ }} too",
            cursor.mark(cursor.next, token.end - 1, 1, "here it ends"),
            help_=(
                f":let {_NAME} = {text[begin:end]}",
                f"{text[:begin]}{{{{{_NAME}}}}}{text[end:]}",
            ),
        )
        return True
    return False
