"""The log of one case: its checks, what was sent, where and why it ended."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn

from smtpprobe.exits import ExitStatus
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.phase import ReportPhase
from smtpprobe.protocol.session import Exchange
from smtpprobe.protocol.tls_facts import TlsFacts
from smtpprobe.protocol.verbs import CONTEXT_WORDS, Context
from smtpprobe.script.language.problem import Mark
from smtpprobe.script.language.steps import Expect, Place
from smtpprobe.script.results.check import Came, Check, Moment, Outcome, Why
from smtpprobe.script.results.reason import Reason, Trouble
from smtpprobe.script.results.results import CaseResult
from smtpprobe.script.runner.matching.wording import asked

KEPT_OCTETS = 1000
"""How much of a reply's line a check keeps."""

_CONNECTING = (Reason.UNRESOLVED, Reason.UNREACHED, Reason.NO_GREETING, Reason.NO_MAIL)
_GREETING, _PASS = ReportPhase.GREETING, Outcome.PASS

_PHASES: dict[Context | None, ReportPhase] = {
    None: ReportPhase.OTHER,
    **{context: words.report for context, words in CONTEXT_WORDS.items()},
}
"""The part of a report to which a reply belongs, by what it answers; None if it is unsolicited."""


class Stop(Exception):  # noqa: N818 - ends a case from inside it, never seen outside
    """The case ends here; the checks say why."""


class Missed(Exception):  # noqa: N818 - ends a wait or a step from inside it
    """A step or a wait ends here, and the case goes on; the checks have the miss."""


class Bookmark(NamedTuple):
    """How far a ledger had come, to go back to."""

    checks: int
    sent: int
    stopped: int


class Ledger:
    """The checks of a case in order. `clock` gives seconds, for times since the beginning.

    With `going_on` a miss does not end the case, with `strict` a soft miss is a failure (which ends
    nothing). `connection` is the name of the one in use.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._began = clock()
        self._checks: list[Check] = []
        self._sent: list[str] = []
        self._stopped = 0
        self._phases: dict[ReportPhase, float] = {}
        self._latest: tuple[Exchange | None, tuple[str, ReportPhase]]
        self._latest = None, ("", ReportPhase.OTHER)
        self.notes: list[str] = []
        self.echoes: list[str] = []
        self.peer = ""
        self.connection = ""
        self.going_on = False
        self.strict = False
        self.tls: TlsFacts | None = None

    def result(
        self, name: str | None, unread: tuple[str, ...] = (), wire: tuple[str, ...] = ()
    ) -> CaseResult:
        """Return what the case gave so far."""
        return CaseResult(
            name=name,
            checks=tuple(self._checks),
            seconds=self._clock() - self._began,
            peer=self.peer,
            sent=tuple(self._sent),
            stopped=self._stopped,
            notes=tuple(self.notes),
            unread=unread,
            phases=dict(self._phases),
            wire=wire,
            tls=self.tls,
            echoes=tuple(self.echoes),
        )

    @property
    def seconds(self) -> float:
        """How long the case has been running."""
        return self._clock() - self._began

    def took(self, exchange: Exchange) -> None:
        """Note that a reply was taken, for `sent so far`, and how long it took."""
        name, phase = self._about(exchange)
        if phase is not _GREETING:
            name = f"{self.connection} {name}" if self.connection else name
            self._sent.append(f"{name} {exchange.reply.code or 'no code'}")
        if exchange.elapsed is not None:
            self._phases[phase] = self._phases.get(phase, 0.0) + exchange.elapsed

    def passed(self, expect: Expect, exchange: Exchange | None) -> None:
        """Note an expectation that was met; the exchange is not kept, as there may be many."""
        place = expect.place
        if expect.column != place.column:
            place = place._replace(column=expect.column)
        if exchange is None:
            name, phase, seconds = "", ReportPhase.OTHER, None
        else:
            (name, phase), seconds = self._about(exchange), exchange.elapsed
        self._checks.append(
            Check(
                place=place,
                moment=self._moment(phase),
                outcome=_PASS,
                wanted=expect.wanted,
                came=Came(name, last_line(exchange), seconds),
            )
        )

    def held(self, place: Place, text: str, value: str) -> None:
        """Note an assertion that holds."""
        self._checks.append(
            Check(
                place=place,
                moment=self._moment(ReportPhase.OTHER),
                outcome=_PASS,
                wanted=text,
                came=Came(text=value),
            )
        )

    def failed(
        self,
        reason: Reason,
        message: str,
        place: Place,
        *,
        expect: str = "",
        exchange: Exchange | None = None,
        marks: tuple[Mark, ...] = (),
        help_: tuple[str, ...] = (),
        soft: bool = False,
        final: bool = False,
        expanded: str = "",
    ) -> NoReturn:
        """Note a miss; what is not `soft` ends the case, unless it goes on after misses.

        What is `final` ends it always.

        Raises:
            Stop: the miss ends the case.
            Missed: it goes on.
        """
        column = marks[0].column if marks else place.column
        warns = soft and not self.strict
        outcome = Outcome.WARN if warns else Outcome.FAIL
        status = ExitStatus.OK if warns else ExitStatus.CHECK_FAILED
        self._checks.append(
            Check(
                place=place._replace(column=column),
                moment=self._moment(_phase(exchange), len(self._sent)),
                outcome=outcome,
                status=status,
                wanted=expect,
                came=_came(exchange),
                why=Why(reason, message, help=help_, marks=marks, expanded=expanded),
            )
        )
        if final or not (soft or self.going_on):
            self._stop(place)
        raise Missed

    def ended(
        self,
        reason: Reason,
        message: str,
        place: Place,
        status: ExitStatus = ExitStatus.CANNOT_TELL,
        *,
        help_: str = "",
        marks: tuple[Mark, ...] = (),
        more: tuple[str, ...] = (),
        name: str = "",
        trouble: Trouble = Trouble.FAILED,
    ) -> NoReturn:
        """Note why the rest is inconclusive, and end the case; `name` is the last command.

        `trouble` counts if it was inconclusive.

        Raises:
            Stop: always.
        """
        phase = ReportPhase.CONNECT if reason in _CONNECTING else ReportPhase.OTHER
        outcome = Outcome.SKIP if status is ExitStatus.NOTHING_CHECKED else Outcome.ERROR
        untold = trouble if status is ExitStatus.CANNOT_TELL else None
        self._checks.append(
            Check(
                place=place,
                moment=self._moment(phase, len(self._sent)),
                outcome=outcome,
                status=status,
                came=Came(asked=name),
                why=Why(
                    reason=reason,
                    text=message,
                    more=more,
                    help=(help_,) if help_ else (),
                    marks=marks,
                    trouble=untold,
                ),
            )
        )
        self._stop(place)

    def skipped(self, message: str, place: Place) -> NoReturn:
        """Note that the case does not apply here; what was checked before does not count.

        Raises:
            Stop: always.
        """
        self._checks = [one._replace(status=ExitStatus.NOTHING_CHECKED) for one in self._checks]
        self.ended(Reason.NO_KEYWORD, message, place, ExitStatus.NOTHING_CHECKED)

    def cut_short(self, place: Place) -> None:
        """Note that the run was ended from outside at this place."""
        with suppress(Stop):
            self.ended(
                Reason.BROKEN_OFF, "the run was stopped here", place, trouble=Trouble.NO_ANSWER
            )

    def bookmark(self) -> Bookmark:
        """Return how far the account has come."""
        return Bookmark(len(self._checks), len(self._sent), self._stopped)

    def all_well_since(self, mark: Bookmark) -> bool:
        """Return whether nothing has missed or ended the case since."""
        return all(one.status is ExitStatus.OK for one in self._checks[mark.checks :])

    @property
    def has_stopped(self) -> bool:
        """Whether the case ended before its last step."""
        return self._stopped > 0

    @property
    def is_unclear(self) -> bool:
        """Whether the case ended inconclusive."""
        return bool(self._checks) and self._checks[-1].outcome is Outcome.ERROR

    @property
    def is_skipped(self) -> bool:
        """Whether it was seen that the case does not apply here."""
        return bool(self._checks) and self._checks[-1].outcome is Outcome.SKIP

    def back_to(self, mark: Bookmark) -> str:
        """Forget what was noted since; return what had gone wrong first."""
        since = self._checks[mark.checks :]
        wrong = next((one.message for one in since if one.status is not ExitStatus.OK), "")
        del self._checks[mark.checks :]
        del self._sent[mark.sent :]
        self._stopped = mark.stopped
        return wrong

    def _moment(self, phase: ReportPhase, answered: int = 0) -> Moment:
        at = self._clock() - self._began
        return Moment(phase, self.connection, self.peer, at, answered)

    def _about(self, exchange: Exchange) -> tuple[str, ReportPhase]:
        """Return the name of what a reply answers, and the part of a report it belongs to."""
        known, about = self._latest
        if exchange is not known:
            context = exchange.context
            name = asked(exchange.command) if context is not None else "unasked"
            about = name, _PHASES[context]
            self._latest = exchange, about
        return about

    def _stop(self, place: Place) -> NoReturn:
        self._stopped = place.line
        raise Stop


def last_line(exchange: Exchange | None) -> str:
    """Return the last line of a reply without its end; nothing without a reply.

    Long ones are cut: a run may keep as many as it has checks.
    """
    if exchange is None:
        return ""
    reply = exchange.reply
    if reply.octets <= KEPT_OCTETS:
        return reply.last_line
    raw = reply.lines[-1].raw.rstrip(b"\r\n")
    more = f"... ({len(raw) - KEPT_OCTETS} octets more)" if len(raw) > KEPT_OCTETS else ""
    return raw[:KEPT_OCTETS].decode("utf-8", "surrogateescape") + more


def _came(exchange: Exchange | None) -> Came:
    if exchange is None:
        return Came()
    return Came(asked(exchange.command), last_line(exchange), exchange.elapsed, exchange)


def _phase(exchange: Exchange | None) -> ReportPhase:
    return _PHASES[exchange.context if exchange else None]
