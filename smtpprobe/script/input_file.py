"""Reads a file that may be larger than what is wanted of it, or standard input."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path

from smtpprobe.errors import ScriptError

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


def whole_octets(file: str, limit: int) -> bytes:
    """Return all octets of a file (`-`: standard input), which may be `limit` at most.

    Raises:
        ScriptError: it cannot be read, or is larger.
    """
    name = spoken_name(file)
    try:
        octets = octets_at_most(file, limit + 1)
    except OSError as error:
        raise ScriptError(f"cannot read {name}: {error.strerror}") from None
    if len(octets) > limit:
        raise ScriptError(f"{name} is larger than {limit // 1024**2} MiB")
    return octets


def spoken_name(file: str) -> str:
    """Return how a file is called in messages."""
    return "standard input" if file == STANDARD_INPUT else file
