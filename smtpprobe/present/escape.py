"""Makes text from a server safe to show: nothing it sent can drive a terminal or hide.

What is escaped: C0 and C1 controls and DEL, bidirectional and zero-width formatting characters,
octets that are not UTF-8, line and paragraph separators, and what XML and YAML cannot hold.
"""

from __future__ import annotations

import re
from functools import cache

_UNSAFE = (
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)
COLUMNS = 1000
"""Longer lines are cut on screen; recordings keep every octet."""


def escaped(text: str, *, keep: str = "") -> str:
    r"""Return the text with every unsafe character as `\x1b`, `\u202e` or `\xff`.

    Characters in `keep` stay as they are (TAB in a recording). Backslashes are not doubled: what
    is shown is for eyes, the octets are in recordings.
    """
    # nearly every text; the pattern need not even be compiled for it
    if text.isascii() and text.isprintable():
        return text
    return _unsafe().sub(lambda match: match[0] if match[0] in keep else _escape(match[0]), text)


def is_clean(text: str) -> bool:
    """Return whether the text can be shown as it is (TAB counts as clean)."""
    return not any(match[0] != "\t" for match in _unsafe().finditer(text))


@cache
def _unsafe() -> re.Pattern[str]:
    """Return what finds an unsafe character; most text is seen to be safe without it."""
    return re.compile(_UNSAFE)


def as_sent(text: str) -> str:
    r"""Return text of a server for programs, in which `\xff` is one octet as sent.

    So is written what `escaped` would escape, TAB and LF apart, and what is no UTF-8; a backslash
    that would read as the beginning of one is `\x5c`. Replacing these by
    their octets and encoding the rest as UTF-8 restores what was sent.
    """
    if text.isascii() and text.isprintable() and "\\x" not in text:
        return text
    return _not_as_it_is().sub(lambda match: _octet_by_octet(match[0]), text)


def octets_as_sent(octets: bytes) -> str:
    """Return octets in the form of `as_sent`: all but printable ASCII one by one."""
    escape = rb"[^\x20-\x7e]|\\(?=x[0-9a-f]{2})"
    return re.sub(escape, lambda match: b"\\x%02x" % ord(match[0]), octets).decode("ascii")


@cache
def _not_as_it_is() -> re.Pattern[str]:
    return re.compile(rf"(?![\t\n]){_UNSAFE}|\\(?=x[0-9a-f]{{2}})")


def _octet_by_octet(character: str) -> str:
    try:
        octets = character.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        octets = character.encode("utf-8", "surrogatepass")
    return "".join(f"\\x{octet:02x}" for octet in octets)


def cut(text: str, columns: int = COLUMNS) -> str:
    """Return the text, cut to `columns` characters, with its length in octets added."""
    if len(text) <= columns:
        return text
    octets = len(text.encode("utf-8", "surrogateescape"))
    return f"{text[:columns]}... ({octets} octets)"


def shown(text: str) -> str:
    """Return one line of server text as it is shown: cut and escaped."""
    return escaped(cut(text))


def quoted(octets: bytes) -> str:
    r"""Return octets as a string of the script language: printable ASCII, the rest escaped."""
    return '"' + "".join(_QUOTED.get(octet) or _quoted_octet(octet) for octet in octets) + '"'


_QUOTED = {0x22: '\\"', 0x5C: "\\\\", 0x0D: "\\r", 0x0A: "\\n", 0x09: "\\t", 0x00: "\\0"}


def _quoted_octet(octet: int) -> str:
    return chr(octet) if 0x20 <= octet < 0x7F else f"\\x{octet:02x}"


def _escape(character: str) -> str:
    point = ord(character)
    # surrogateescape: an octet that is no UTF-8
    if 0xDC80 <= point <= 0xDCFF:
        return f"\\x{point - 0xDC00:02x}"
    if point < 0x100:
        return f"\\x{point:02x}"
    return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"
