"""Whole numbers in text that users and servers write."""

from __future__ import annotations


def whole_number(text: str, most: int) -> int | None:
    """Return the number that ASCII digits write; None for other text, and for more than `most`.

    Zeros in front change nothing. `int` alone reads digits of other scripts too, and of thousands
    of them it raises an error of its own.
    """
    number = capped_number(text, most + 1)
    return number if number is not None and number <= most else None


def capped_number(text: str, most: int) -> int | None:
    """Return the number that ASCII digits write, `most` if it is more; None for other text."""
    if not (text.isascii() and text.isdigit()):
        return None
    digits = text.lstrip("0") or "0"
    return most if len(digits) > len(str(most)) else min(int(digits), most)
