"""Runs the steps of one case one after the other, and says of each expectation how it went.

A step is run by its handler (`handlers.py`), which returns the replies owed to what it sent; those
that no written expectation takes are looked at where they are due. An unexpected reply
fails the next step. Every wait has a limit; nothing is ever asked of a person.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

from smtpprobe.errors import ProbeError
from smtpprobe.exits import ExitStatus
from smtpprobe.protocol.phase import Phase
from smtpprobe.script.language.steps import NO_GROUP, Case, Expect, Place, Step, acts
from smtpprobe.script.language.values import BadValueError
from smtpprobe.script.results.reason import Reason
from smtpprobe.script.results.results import CaseResult
from smtpprobe.script.runner.case_log import Missed, Stop
from smtpprobe.script.runner.case_state import CaseState
from smtpprobe.script.runner.handlers import HANDLERS
from smtpprobe.script.runner.owed_replies import OwedReplies, StepOutcome
from smtpprobe.script.runner.variables import Unknowable
from smtpprobe.script.runner.waits.implied import wait_for_owed
from smtpprobe.script.runner.waits.rest import let_come, still_open


class CaseRun:
    """One run of one case on its state."""

    def __init__(self, state: CaseState) -> None:
        self._state = state
        self._ledger = state.ledger
        self._place = Place(1)
        state.walk = self._walk
        self._unread: tuple[str, ...] = ()

    def result(self, wire: tuple[str, ...] = ()) -> CaseResult:
        """Return what the run gave, so far if it is still going on."""
        return self._ledger.result(self._state.case.name, self._unread, wire)

    async def run(self, preamble: Sequence[Step], case: Case) -> None:
        """Run the settings before all cases, then the case, or up to what ends it."""
        self._state.case, self._place = case, case.place
        try:
            await self._whole(preamble, case)
        except asyncio.CancelledError:
            self._ledger.cut_short(self._place)
            raise
        finally:
            self._unread = self._state.leave()

    async def _whole(self, preamble: Sequence[Step], case: Case) -> None:
        if await self._guarded(preamble):
            await self._case(preamble, case)

    async def _case(self, preamble: Sequence[Step], case: Case) -> None:
        if self._state.settings.fragment or any(map(acts, (*preamble, *case.steps, *case.last))):
            await self._guarded(case.steps)
            if case.last:
                await self._finally(case.last)
        else:
            what = "script" if case.name is None else "case"
            with suppress(Stop):
                status = ExitStatus.NOTHING_CHECKED
                self._ledger.ended(Reason.EMPTY, f"{what} is empty", case.place, status)

    async def _finally(self, steps: Sequence[Step]) -> None:
        """Run the steps after `:finally`; replies still due to earlier steps are no miss."""
        at = self._state.at
        if not self._ledger.is_unclear:  # else a reply was waited for already
            await let_come(at.listener)
        at.inbox.clear()
        if at.client.state.phase is not Phase.CLOSED:
            await self._guarded(steps)
        elif self._ledger.has_stopped and any(map(acts, steps)):
            told = f"line {steps[0].place.line}: not run after `:finally`: there is no connection"
            self._ledger.notes.append(told)

    def late(self, seconds: float) -> None:
        """See whether the whole script, of which this was the last case, took too long."""
        limits = self._state.settings.time
        for limit, soft in ((limits.failure, False), (limits.warning, True)):
            if limit is not None and seconds > limit:
                message = f"total time {seconds:.1f}s, limit {limit:g}s"
                with suppress(Stop, Missed):
                    self._ledger.failed(
                        Reason.OVER_LIMIT, message, self._state.case.place, soft=soft
                    )
                return

    async def _guarded(self, steps: Sequence[Step]) -> bool:
        """Run steps; return whether nothing ended the case."""
        try:
            await self._walk(steps)
            self._state.at.handshakes.look(self._place)
        except Stop:
            return False
        return True

    async def _walk(self, steps: Sequence[Step]) -> None:
        """Run steps in order: each by its handler, then check the replies due.

        Raises:
            Stop: one of them ended the case.
        """
        owed, index = OwedReplies(), 0
        while index < len(steps):
            step = steps[index]
            self._place, self._state.below = step.place, (steps, index + 1)
            try:
                try:
                    outcome = await HANDLERS[type(step)](self._state, step)
                except Missed:  # it takes its expectations with it
                    outcome = StepOutcome(under=getattr(step, "under", NO_GROUP), left_out=True)
                if due := owed.due(index, outcome):
                    await wait_for_owed(self._state.at.listener, due)
                if isinstance(step, Expect):
                    self._state.at.handshakes.look(step.place)
            except (ProbeError, Unknowable, BadValueError, OSError) as error:
                await self._broken_off(step, error)
            index += 1 + outcome.left_out * outcome.under.last

    async def _broken_off(self, step: Step, error: Exception) -> NoReturn:
        """End the case because of what broke a step off."""
        ledger, at = self._ledger, self._state.at
        match error:
            case ProbeError():
                at.handshakes.look(step.place)
                if error.status is ExitStatus.CANNOT_TELL:
                    await asyncio.sleep(0)  # a connection that is ending says so in the next turn
                    still_open(at.listener, step)
                ledger.ended(
                    Reason.BROKEN_OFF, error.message, step.place, error.status, help_=error.hint
                )
            case Unknowable():
                ledger.ended(Reason.UNKNOWN, f"cannot tell: {error}", step.place)
            case OSError():
                told = f"I/O error: {error.strerror or error}"
                ledger.ended(Reason.BROKEN_OFF, told, step.place)
            case _:
                ledger.failed(Reason.NOT_SENT, str(error), step.place, final=True)
