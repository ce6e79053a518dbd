"""Takes a reply out of a paste: lines that were joined or wrapped are parted where they began."""

from __future__ import annotations

import re

from smtpprobe.protocol.reply import Reply, parse_reply

MOST_OCTETS = 64 * 1024
"""How much of a paste is read."""

_ENHANCED = r"[245]\.\d{1,3}\.\d{1,3}(?![\d.])"
_BEGINNING = re.compile(r"([2-5]\d\d)(?:[- ]|$)", re.MULTILINE)
_INSIDE = re.compile(rf"(?<![\d.])([2-5]\d\d)[- ]{_ENHANCED}")
_WRITTEN_BREAK = re.compile(r"\\n(?=[2-5]\d\d[- ])")


def unfold(text: str) -> Reply:
    """Return the reply that stands in the text, folded, wrapped or whole.

    The lines are parted wherever the reply's own code stands with an enhanced status code or a
    hyphen behind it, also in mid-sentence; what stands before the first code belongs to the reply.
    Text without any code gives a reply without one.
    """
    text = _WRITTEN_BREAK.sub("\n", text[:MOST_OCTETS].strip())
    found = _BEGINNING.match(text) or _INSIDE.search(text)
    if found is None:
        return parse_reply(_octets(" ".join(text.split())))
    code = found[1]
    parts = [" ".join(part.split()) for part in re.split(_marks(code, text), text)]
    lines = [part for part in parts if part]
    last = len(lines) - 1
    return parse_reply(
        b"".join(
            _octets(f"{code}{'-' if number < last else ' '}{line}") + b"\r\n"
            for number, line in enumerate(lines or [""])
        )
    )


def _marks(code: str, text: str) -> re.Pattern[str]:
    """Return what parts the lines: the code at a line's beginning, or inside where it is sure."""
    sure = [rf"^[ \t]*{code}(?:[- ]|$)", rf"(?<!\S){code}[- ](?={_ENHANCED})"]
    if text.startswith(f"{code}-"):
        sure.append(rf"(?<!\S){code}-(?=\S)")
        sure.append(rf"(?<!\S){code} (?!.*(?<!\S){code}[- ])")
    return re.compile("|".join(sure), re.MULTILINE | re.DOTALL)


def _octets(line: str) -> bytes:
    return line.encode("utf-8", "surrogateescape")
