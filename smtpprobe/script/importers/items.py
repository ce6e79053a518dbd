"""A dialogue as a tool showed it, one thing after the other; plain data.

`line` is its number, from 1; 0 if it does not matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Sent:
    """A line that the client sent, without its end."""

    text: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Got:
    """A reply; one whose last line is missing is not `whole`."""

    lines: tuple[str, ...]
    whole: bool = True
    line: int = 0

    @property
    def code(self) -> str:
        """The code of its last line."""
        return self.lines[-1][:3]


@dataclass(frozen=True, slots=True)
class Note:
    """What the tool said; with `lost`, something that the script cannot say."""

    text: str
    lost: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class Connect:
    """A connection was opened; `argument` as in `:connect`, empty for the script's own target."""

    argument: str = ""


@dataclass(frozen=True, slots=True)
class Eof:
    """The server closed the connection."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """A message went out that is not shown; `text` is what is."""

    text: str
    line: int = 0


Item: TypeAlias = Sent | Got | Note | Connect | Eof | Unseen
