"""Reads a file that may be larger than what is wanted of it."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path

STANDARD_INPUT = "-"

_PIECE = 64 * 1024


def octets_at_most(file: str, limit: int) -> bytes:
    """Return the octets of a file (`-`: standard input), and no more of them than the limit.

    It is read in pieces: `read(limit)` would take that much memory for a file of a few lines.
    Raises OSError when it cannot be read.
    """
    pieces: list[bytes] = []
    standard = file == STANDARD_INPUT
    with nullcontext(sys.stdin.buffer) if standard else Path(file).open("rb") as opened:
        while limit and (piece := opened.read(min(limit, _PIECE))):
            pieces.append(piece)
            limit -= len(piece)
    return b"".join(pieces)
