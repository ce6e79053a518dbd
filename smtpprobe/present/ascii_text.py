"""Text for terminals without UTF-8."""

from __future__ import annotations

_INSTEAD = {0xB7: "-", 0x2026: "...", 0x2192: "->"}


def holds_all(encoding: str | None) -> bool:
    """Return whether an encoding has every character: those of Unicode do."""
    return encoding is not None and encoding.lower().replace("-", "").startswith("utf")


def ascii_text(text: str) -> str:
    r"""Return the text in ASCII: our own dots and arrows replaced, all else as `\xe4`, `\u20ac`."""
    return text.translate(_INSTEAD).encode("ascii", "backslashreplace").decode("ascii")


def instead(error: UnicodeError) -> tuple[str, int]:
    """Return what to write for characters that an encoding lacks, and where to go on.

    It is a handler for `codecs.register_error`.
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return ascii_text(error.object[error.start : error.end]), error.end
