"""A number of things in words."""

from __future__ import annotations


def counted(count: int, one: str, many: str = "") -> str:
    """Return a count with its word: `1 line`, `1,204 lines`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
