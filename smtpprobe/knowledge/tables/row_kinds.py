"""How the tables of knowledge are written: rows of accepted commands, EHLO keywords, commands."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from smtpprobe.knowledge.annotation import Cause
from smtpprobe.knowledge.rules.situation import Condition, Row, Rows
from smtpprobe.knowledge.wording import plain
from smtpprobe.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

Parameters: TypeAlias = tuple[str, ...]
Reading: TypeAlias = Callable[[Parameters], str]


class Keyword(NamedTuple):
    """A keyword: what it offers, how its parameters are read (None: they are only shown)."""

    meaning: str
    source: str
    read: Reading | None = None


class CommandFacts(NamedTuple):
    """What is known of a command: its replies by code, and the EHLO keyword that announces it.

    `accepted` are 2yz and 3yz replies, `refused` 4yz and 5yz; 2 to 5 cover all other codes of
    the class.
    """

    accepted: Rows = MappingProxyType({})
    refused: Rows = MappingProxyType({})
    keyword: Keyword | None = None


def ok(
    title: str, meaning: str, source: str, steps: str = "", note: str = "",
    *,
    when: Condition | None = None,
) -> Row:  # fmt: skip
    """Return the row of a reply that accepts; without steps, those that the state implies."""
    return Row(title, meaning, Cause.ACCEPTED, steps, source, note=note, when=when)


def more(title: str, meaning: str, source: str, steps: str, note: str = "") -> Row:
    """Return the row of a reply that asks for more."""
    return Row(title, meaning, Cause.INTERMEDIATE, steps, source, note=note)


def listed(lead: str, none: str) -> Reading:
    """Return the reading that lists a keyword's parameters; `none` is used if there are none."""
    return lambda parameters: f"{lead}{plain(', '.join(parameters))}" if parameters else none
