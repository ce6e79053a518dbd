"""A finding: what was found, where, how bad, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from smtpprobe.starttls.finding_table import FINDINGS, Row


class Level(Enum):
    """How bad a finding is; the value is the word in JSON."""

    FAIL = "fail"
    WARN = "warn"
    NOTE = "note"
    UNKNOWN = "unknown"
    """A fact that is needed could not be had."""

    @property
    def letter(self) -> str:
        """The letter in reports."""
        return self.value[0].upper()


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `host` and `ip` are empty where it is about the whole domain.

    `message` says what was found here, `fix` what to do about it; `todo` whether it asks for
    anything. `refused_by` names software that refuses what was found, where senders differ.
    """

    id: str
    level: Level
    message: str
    fix: str = ""
    host: str = ""
    ip: str = ""
    refused_by: tuple[str, ...] = ()
    todo: bool = True

    @property
    def row(self) -> Row:
        """Its row of the table."""
        return FINDINGS[self.id]

    @property
    def reference(self) -> str:
        """Where it is specified."""
        return self.row.reference

    @property
    def where(self) -> str:
        """Host and address that it is about, an address that is its own host once."""
        return " ".join(dict.fromkeys(filter(None, (self.host, self.ip))))


def finding(
    name: str,
    message: str = "",
    *,
    level: Level | None = None,
    fix: str = "",
    host: str = "",
    ip: str = "",
) -> Finding:
    """Return a finding; level, message and fix are those of the table unless given."""
    row = FINDINGS[name]
    return Finding(
        name,
        level or Level(row.level),
        message or row.meaning,
        fix or row.fix,
        host,
        ip,
        todo=bool(fix) or row.todo,
    )
