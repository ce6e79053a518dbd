"""A reply that stands in a sentence with its codes still in it, folded at other places."""

from __future__ import annotations

import re
from collections.abc import Sequence

FOLDED_LINES = 12
"""Over so many lines such a quote may run."""

_BEGUN = re.compile(r"(?<=\s)([245][0-9]{2})-([245]\.[0-9]{1,3}\.[0-9]{1,3}) ")
_OWN_LINE = re.compile(r"\s*[2-5][0-9]{2}[ -]")


def folded(lines: Sequence[str]) -> tuple[str, int] | None:
    """Return the reply that begins in the first line, and how many lines it covers; else None.

    Proof is a code with hyphen and enhanced code in mid-sentence, and later the same pair with a
    blank: nobody writes that but a server. A line that begins with a code is no sentence.
    """
    match = _BEGUN.search(lines[0])
    if match is None or _OWN_LINE.match(lines[0]):
        return None
    last = re.compile(rf"(?:^|(?<=\s)){match[1]} {re.escape(match[2])}(?: |$)")
    for count, line in enumerate(lines[:FOLDED_LINES], 1):
        if last.search(line, match.end() if count == 1 else 0):
            return " ".join(" ".join(lines[:count]).split()), count
    return None
