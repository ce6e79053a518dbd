"""One way in which a reply is not what was expected; plain data."""

from __future__ import annotations

from typing import NamedTuple


class Miss(NamedTuple):
    """One way in which a reply is not what was expected; the place is in the expectation.

    `line` is that of a `|` or server line, 0 for the expectation's own.
    """

    id: str
    message: str
    column: int
    width: int
    label: str = ""
    line: int = 0
