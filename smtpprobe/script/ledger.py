"""Keeps account of a run: each check as it is made, what was sent, where and why it ended."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import NoReturn

from smtpprobe.exits import ExitStatus
from smtpprobe.protocol.phase import CONTEXT_WORDS, ReportPhase
from smtpprobe.protocol.session import Exchange
from smtpprobe.script.judging import asked
from smtpprobe.script.problem import Mark
from smtpprobe.script.results import Check, Outcome, ScriptResult
from smtpprobe.script.steps import Expect, Place, Script

_CONNECTING = ("T01", "T02", "N03")


class Stop(Exception):  # noqa: N818 - ends a run from inside it, never seen outside
    """The run ends here; why stands in the checks."""


class Ledger:
    """The checks of a run in order. `clock` gives seconds, for times since the beginning."""

    def __init__(self, script: Script, clock: Callable[[], float]) -> None:
        self._script = script
        self._clock = clock
        self._began = clock()
        self._checks: list[Check] = []
        self._sent: list[str] = []
        self._stopped = 0
        self.notes: list[str] = []
        self.title = ""
        self.peer = ""

    def result(self, unread: tuple[str, ...] = ()) -> ScriptResult:
        """Return what the run gave so far."""
        return ScriptResult(
            self._script.name,
            self._script.source,
            tuple(self._checks),
            self._clock() - self._began,
            self.title,
            self.peer,
            tuple(self._sent),
            self._stopped,
            tuple(self.notes),
            unread,
        )

    def took(self, exchange: Exchange) -> None:
        """Note that a reply was taken, for `sent so far`."""
        name = asked(exchange.command) if exchange.context else "unasked"
        self._sent.append(f"{name} {exchange.reply.code or 'no code'}")

    def passed(self, expect: Expect, exchange: Exchange | None) -> None:
        """Note an expectation that was met; the exchange is not kept, as there may be many."""
        self._report(
            Check("", Outcome.PASS, _phase(exchange), expect.place.line, expect.column,
                  expect.wanted, last_line(exchange))
        )  # fmt: skip

    def failed(
        self,
        id_: str,
        message: str,
        place: Place,
        *,
        expect: str = "",
        exchange: Exchange | None = None,
        marks: tuple[Mark, ...] = (),
        help_: tuple[str, ...] = (),
        soft: bool = False,
    ) -> None:
        """Note a miss; one that is not `soft` ends the run.

        Raises:
            Stop: the miss ends the run.
        """
        column = marks[0].column if marks else place.column
        outcome = Outcome.WARN if soft else Outcome.FAIL
        status = ExitStatus.OK if soft else ExitStatus.CHECK_FAILED
        self._report(
            Check(id_, outcome, _phase(exchange), place.line, column, expect,
                  last_line(exchange), message, marks, help_, exchange, status=status)
        )  # fmt: skip
        if not soft:
            self._stop(place)

    def ended(
        self,
        id_: str,
        message: str,
        place: Place,
        status: ExitStatus = ExitStatus.CANNOT_TELL,
        *,
        help_: str = "",
        marks: tuple[Mark, ...] = (),
    ) -> NoReturn:
        """Note why nothing more can be told, and end the run.

        Raises:
            Stop: always.
        """
        phase = ReportPhase.CONNECT if id_ in _CONNECTING else ReportPhase.OTHER
        outcome = Outcome.SKIP if status is ExitStatus.NOTHING_CHECKED else Outcome.ERROR
        self._report(
            Check(id_, outcome, phase, place.line, place.column, message=message, marks=marks,
                  help=(help_,) if help_ else (), status=status)
        )  # fmt: skip
        self._stop(place)

    def cut_short(self, place: Place) -> None:
        """Note that the run was ended from outside at this place."""
        with suppress(Stop):
            self.ended("T07", "the run was cut short here", place)

    def _report(self, check: Check) -> None:
        self._checks.append(replace(check, peer=self.peer, at=self._clock() - self._began))

    def _stop(self, place: Place) -> NoReturn:
        self._stopped = place.line
        raise Stop


def last_line(exchange: Exchange | None) -> str:
    """Return the last line of a reply without its end; nothing without a reply."""
    if exchange is None:
        return ""
    raw = exchange.reply.lines[-1].raw
    return raw.rstrip(b"\r\n").decode("utf-8", "surrogateescape")


def _phase(exchange: Exchange | None) -> ReportPhase:
    context = exchange.context if exchange else None
    return CONTEXT_WORDS[context].report if context else ReportPhase.OTHER
