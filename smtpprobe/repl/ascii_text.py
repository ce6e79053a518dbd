"""Text for terminals without UTF-8."""

from __future__ import annotations

_INSTEAD = {0xB7: "-", 0x2026: "...", 0x2192: "->"}


def ascii_text(text: str) -> str:
    r"""Return the text in ASCII: our own dots and arrows replaced, all else as `\xe4`, `\u20ac`."""
    return text.translate(_INSTEAD).encode("ascii", "backslashreplace").decode("ascii")
