"""Base64 that is the whole of an input: a bounce as a ticket system, or a source view, has it."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

from smtpprobe.explainer.input.chunks import LINE_OCTETS, Chunk
from smtpprobe.explainer.input.found_reply import Trouble

LEAST_OCTETS = 60
"""Less than this is never taken for base64: a word of many letters looks the same."""

_LINES = re.compile(rb"\s*(?:[A-Za-z0-9+/]{20,}={0,2}\s+)*[A-Za-z0-9+/]+={0,2}\s*")


def is_base64(sample: bytes) -> bool:
    """Return whether the beginning of an input is base64 (RFC 2045 6.8), and of text."""
    if len(sample) < LEAST_OCTETS or _LINES.fullmatch(sample) is None:
        return False
    text = _octets(b"".join(sample.split()))
    # letters and blanks: base64 of a key or an image has other octets
    return b"\n" in text and not re.search(rb"[\x00-\x08\x0e-\x1f\x7f]", text)


def decoded(chunks: Iterator[Chunk], trouble: Trouble) -> Iterator[Chunk]:
    """Yield the text that chunks of base64 hold, in whole lines that count from 1.

    A line that is too long ends the input, and is reported.
    """
    number, digits, text = 1, b"", b""
    for chunk in chunks:
        digits += b"".join(chunk.octets.split())
        whole = len(digits) - len(digits) % 4
        text += _octets(digits[:whole])
        digits = digits[whole:]
        cut = text.rfind(b"\n") + 1
        if cut:
            yield Chunk(number, text[:cut])
            number += text.count(b"\n", 0, cut)
            text = text[cut:]
        if len(text) > LINE_OCTETS:
            trouble(number, "a line of more than 1 MiB inside base64; the rest was not read")
            return
    if text := text + _octets(digits):
        yield Chunk(number, text)


def _octets(digits: bytes) -> bytes:
    """Return what base64 digits stand for; those that are left over at the end are dropped."""
    whole = digits.rstrip(b"=")
    whole = whole[: len(whole) - (len(whole) % 4 == 1)]
    try:
        return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))
    except binascii.Error:
        return b""
