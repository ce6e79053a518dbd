"""One check of a script: what was expected, what came, how it ended. Plain data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum

from smtpprobe.exits import ExitStatus, Severity
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.phase import ReportPhase
from smtpprobe.protocol.session import Exchange
from smtpprobe.script.language.problem import Mark
from smtpprobe.script.language.steps import Place
from smtpprobe.script.results.reason import Reason, Trouble


class Outcome(Enum):
    """How a check ended; the value is the word in JSON."""

    PASS = "pass"  # noqa: S105 - no password
    WARN = "warn"
    FAIL = "fail"
    ERROR = "error"
    """Inconclusive: no connection, or timeout."""
    SKIP = "skip"


_CODES = r"(?:not )?[0-9x]{3}(?:\|[0-9x]{3})*(?= |$)|any(?= |$)"

_IN_TITLES = {"message": "body"}
"""What a title calls what a reply answers, where that is another word."""

LOOKED = (Outcome.PASS, Outcome.WARN, Outcome.FAIL)
"""The outcomes of checks that looked at something."""


class Moment(NamedTuple):
    """Where the session was when something was looked at.

    `connection` is the name given by `:on`, `peer` the server. `at` is in seconds from the
    beginning of the run, `answered` how many steps of the case had been answered until then; a
    pass does without it.
    """

    phase: ReportPhase
    connection: str = ""
    peer: str = ""
    at: float = 0.0
    answered: int = 0


class Came(NamedTuple):
    """What came.

    `asked` names what a reply answers (a verb, `greeting`, `message`), empty where no reply was
    looked at. `text` is its last line, or what an assertion found, `seconds` how long it took.
    `exchange` is kept only for a miss: passes may be many.
    """

    asked: str = ""
    text: str = ""
    seconds: float | None = None
    exchange: Exchange | None = None


class Why(NamedTuple):
    """Why a check did not pass; that of a pass is empty.

    `text` says it in one line, and `more` are lines that separate what it says in one (each
    address that was dialled). `marks` underline the place in the script. `expanded` is the line
    with its values where it holds any. `trouble` is why it was inconclusive; None if it was not.
    """

    reason: Reason | None = None
    text: str = ""
    more: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    expanded: str = ""
    trouble: Trouble | None = None

    @property
    def line(self) -> str:
        """All of it in one line."""
        return f"{self.text}: {one_line(self.more)}" if self.more else self.text


_NOTHING, _WELL = Came(), Why()


class Check(NamedTuple):
    """One expectation, written or implied, that was looked at; or why nothing could be.

    `wanted` is the expectation as it is written, `status` what the outcome means for the exit code.
    """

    place: Place
    moment: Moment
    outcome: Outcome
    status: ExitStatus = ExitStatus.OK
    wanted: str = ""
    came: Came = _NOTHING
    why: Why = _WELL

    @property
    def id(self) -> str:
        """The reason's name in machine formats, empty for a pass."""
        return self.why.reason.value if self.why.reason is not None else ""

    @property
    def title(self) -> str:
        """The check in a few words, the same whether it is met or not: `line 13 RCPT 250`."""
        codes = re.match(_CODES, self.wanted)
        asked = _IN_TITLES.get(self.came.asked, self.came.asked)
        line, _, file = self.place
        place = f"{file}:{line}" if file else f"line {line}"
        words = (self.moment.connection, place, asked, codes[0] if codes else self.wanted)
        return " ".join(word for word in words if word)

    @property
    def message(self) -> str:
        """Why it did not pass, in one self-contained line; empty for a pass."""
        return f"skipped: {self.why.line}" if self.does_not_apply else self.why.line

    @property
    def does_not_apply(self) -> bool:
        """Whether it ends a case that the server gives no reason to run."""
        return self.why.reason is Reason.NO_KEYWORD

    @property
    def is_well(self) -> bool:
        """Whether it keeps nothing from succeeding."""
        return self.status.severity in (Severity.PASSED, Severity.NOTHING)

    def plain(self) -> dict[str, object]:
        """Return the check as plain values for JSON."""
        line, column, file = self.place
        found: dict[str, object] = {
            "id": self.id,
            "outcome": self.outcome.value,
            "phase": self.moment.phase.value,
            "line": line,
            "column": column,
            "expect": self.wanted,
            "got": self.came.text,
            "message": self.message,
        }
        trouble = self.why.trouble.value if self.why.trouble is not None else ""
        more = {"file": file, "connection": self.moment.connection, "trouble": trouble}
        return found | {name: value for name, value in more.items() if value}


def one_line(lines: Iterable[str]) -> str:
    """Return lines of columns as one line of clauses."""
    return "; ".join(" ".join(line.split()) for line in lines)
