"""Standard output as those who read it expect it."""

from __future__ import annotations

from io import TextIOWrapper
from typing import TextIO


def write_utf8(stream: TextIO) -> None:
    """Have a stream write UTF-8 in any locale: so say the forms that programs read."""
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding="utf-8")
