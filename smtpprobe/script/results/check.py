"""One check of a script: what was expected, what came, how it ended. Plain data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from smtpprobe.exits import ExitStatus
from smtpprobe.protocol.phase import ReportPhase
from smtpprobe.protocol.session import Exchange
from smtpprobe.script.language.problem import Mark


class Outcome(Enum):
    """How a check ended; the value is the word in JSON."""

    PASS = "pass"  # noqa: S105 - no password
    WARN = "warn"
    FAIL = "fail"
    ERROR = "error"
    """Could not talk, or could not tell."""
    SKIP = "skip"


class Trouble(Enum):
    """Why something could not be told; the value is the word in JSON."""

    NO_ANSWER = "no-answer"
    """Nothing came within a limit: a reply, a handshake, a connection, an answer of DNS."""
    FAILED = "failed"
    """It was refused, broke off, or cannot be had."""


SKIPPED = "skipped: "
"""How the message of a case that does not apply begins."""

_CODES = re.compile(r"(?:not )?[0-9x]{3}(?:\|[0-9x]{3})*(?= |$)|any(?= |$)")

LOOKED = (Outcome.PASS, Outcome.WARN, Outcome.FAIL)
"""The outcomes of checks that looked at something."""


class Check(NamedTuple):
    """One expectation, written or implied, that was looked at; or why nothing could be.

    `id` is the message's name in machine formats, empty for a pass. `marks` underline the place in
    the script, `at` is in seconds from the beginning of the run, `status` what it means for the
    exit code. `asked` names what the reply answers (a verb, `greeting`, `message`, `eof`), `got`
    is its last line and `seconds` how long it took; `exchange` stands only in a miss. `expanded` is
    the line with its values where it holds any. `file` is that of an included file, `connection`
    the name given by `:on`, `answered` how many steps of the case had been answered until then.
    `more` are lines that tell apart what the message says in one (each address that was dialled).
    `trouble` is why it could not be told; None where it could.
    """

    id: str
    outcome: Outcome
    phase: ReportPhase
    line: int
    column: int = 1
    expect: str = ""
    got: str = ""
    peer: str = ""
    at: float = 0.0
    asked: str = ""
    seconds: float | None = None
    file: str = ""
    connection: str = ""
    status: ExitStatus = ExitStatus.OK
    message: str = ""
    marks: tuple[Mark, ...] = ()
    help: tuple[str, ...] = ()
    exchange: Exchange | None = None
    expanded: str = ""
    more: tuple[str, ...] = ()
    answered: int = 0
    trouble: Trouble | None = None

    @property
    def title(self) -> str:
        """The check in a few words, the same whether it is met or not: `line 13 RCPT 250`."""
        codes = _CODES.match(self.expect)
        asked = {"message": "body", "assert": ""}.get(self.asked, self.asked)
        place = f"{self.file}:{self.line}" if self.file else f"line {self.line}"
        words = (self.connection, place, asked, codes[0] if codes else self.expect)
        return " ".join(word for word in words if word)

    @property
    def reason(self) -> str:
        """The message in one line, without the word for a skip, where that is said already."""
        return self.message.removeprefix(SKIPPED)

    @property
    def head(self) -> str:
        """The message without what stands in `more` besides."""
        return self.reason.removesuffix(f": {one_line(self.more)}") if self.more else self.reason

    @property
    def is_well(self) -> bool:
        """Whether it keeps nothing from succeeding."""
        return self.status in (ExitStatus.OK, ExitStatus.NOTHING_CHECKED)

    def plain(self) -> dict[str, object]:
        """Return the check as plain values for JSON."""
        found: dict[str, object] = {
            "id": self.id,
            "outcome": self.outcome.value,
            "phase": self.phase.value,
            "line": self.line,
            "column": self.column,
            "expect": self.expect,
            "got": self.got,
            "message": self.message,
        }
        trouble = self.trouble.value if self.trouble is not None else ""
        more = {"file": self.file, "connection": self.connection, "trouble": trouble}
        return found | {name: value for name, value in more.items() if value}


def one_line(lines: Iterable[str]) -> str:
    """Return lines of columns as one line of clauses."""
    return "; ".join(" ".join(line.split()) for line in lines)
