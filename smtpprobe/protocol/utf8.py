"""Text that may hold octets that are no UTF-8 (surrogateescape), as text that UTF-8 can hold."""

from __future__ import annotations

import re

_SURROGATES = "[\ud800-\udfff]"


def utf8_text(text: str) -> str:
    r"""Return text with an octet that is no UTF-8 as `\xff`, any other surrogate as `\ud800`.

    For whatever leaves the program in a form that others read: a surrogate is an error to them.
    """
    if text.isascii():
        return text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return re.sub(_SURROGATES, lambda match: _escape(ord(match[0])), text)
    return text


def _escape(point: int) -> str:
    return f"\\x{point - 0xDC00:02x}" if 0xDC80 <= point <= 0xDCFF else f"\\u{point:04x}"
