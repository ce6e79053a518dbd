"""Runs the steps of one case, in lock-step, and says of each expectation how it went.

A command waits for the replies due before it, is sent, and takes one reply. A reply that nobody
expected fails the next step. Every wait has a limit; nothing is ever asked of a person.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import assert_never

from smtpprobe.errors import ProbeError
from smtpprobe.exits import ExitStatus
from smtpprobe.protocol.phase import Phase
from smtpprobe.script.language.matchers import ReplyText
from smtpprobe.script.language.problem import Problem
from smtpprobe.script.language.steps import (
    Assert,
    Auth,
    BdatChunk,
    BdatFile,
    Block,
    Body,
    Case,
    Comment,
    DataFile,
    Exact,
    Expect,
    For,
    Hold,
    Let,
    Local,
    Place,
    Repeat,
    Retry,
    Step,
    Wire,
    acts,
)
from smtpprobe.script.language.values import BadValueError
from smtpprobe.script.parser.block_arguments import each_of, read_retry, read_times
from smtpprobe.script.parser.expectation_line import read_expectation
from smtpprobe.script.results.reason import Reason
from smtpprobe.script.results.results import CaseResult
from smtpprobe.script.runner import send
from smtpprobe.script.runner.case_log import Stop
from smtpprobe.script.runner.case_state import CaseState
from smtpprobe.script.runner.commands import expects_silence, run_assert, run_local
from smtpprobe.script.runner.default_expectations import Owing
from smtpprobe.script.runner.variables import Unknowable, Unset


class CaseRun:
    """One run of one case on its state."""

    def __init__(self, state: CaseState) -> None:
        self._state = state
        self._ledger = state.ledger
        self._place = Place(1)
        self._owing = Owing()
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
            return
        what = "script" if case.name is None else "case"
        with suppress(Stop):
            status = ExitStatus.NOTHING_CHECKED
            self._ledger.ended(Reason.EMPTY, f"{what} is empty", case.place, status)

    async def _finally(self, steps: Sequence[Step]) -> None:
        """Run what stands behind `:finally`; what is still owed to the steps before is no miss."""
        self._owing = Owing()
        at = self._state.at
        if not self._ledger.is_unclear:  # else a reply was waited for already
            await at.expecting.let_come()
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
                with suppress(Stop):
                    self._ledger.failed(
                        Reason.OVER_LIMIT, message, self._state.case.place, soft=soft
                    )
                return

    async def _guarded(self, steps: Sequence[Step]) -> bool:
        """Run steps; return whether nothing ended the case."""
        try:
            await self._steps(steps)
            self._state.at.handshakes.look(self._place)
        except Stop:
            return False
        return True

    async def _steps(self, steps: Sequence[Step]) -> None:
        index = 0
        while index < len(steps):
            step = steps[index]
            self._place = step.place
            try:
                index = await self._step(steps, index, step)
            except ProbeError as error:
                self._state.at.handshakes.look(step.place)
                if error.status is ExitStatus.CANNOT_TELL:
                    await asyncio.sleep(0)  # a connection that is ending says so in the next turn
                    self._state.at.expecting.still_open(step)
                self._ledger.ended(
                    Reason.BROKEN_OFF, error.message, step.place, error.status, help_=error.hint
                )
            except Unknowable as unknown:
                self._ledger.ended(Reason.UNKNOWN, f"cannot tell: {unknown}", step.place)
            except BadValueError as error:
                self._ledger.failed(Reason.NOT_SENT, str(error), step.place, final=True)
            except OSError as error:
                self._ledger.ended(
                    Reason.BROKEN_OFF, f"I/O error: {error.strerror or error}", step.place
                )

    async def _step(self, steps: Sequence[Step], index: int, step: Step) -> int:  # noqa: C901 - one arm a kind
        """Run one step; return the index of the next."""
        state = self._state
        match step:
            case Comment():
                pass
            case Wire() | BdatChunk():
                return await send.send_line(state, self._owing, index, step)
            case Expect():
                await state.ready(step, waits=not expects_silence(step))
                await self._expect(step)
                await state.at.expecting.take(self._owing.due_after(index))
                state.at.handshakes.look(step.place)
            case Body():
                return await send.send_message(state, self._owing, index, step)
            case For() | Repeat() | Retry():
                await self._block(step)
            case Let(name=name, text=text):
                state.scope.let(name, text)
            case Assert():
                await run_assert(state, step)
            case Local():
                await run_local(state, steps[index + 1 :], step)
            case Exact():
                await send.send_exact(state, step)
            case Hold():
                return await send.send_held(state, self._owing, index, step)
            case DataFile() | BdatFile() | Auth():
                return await send.transfer(state, self._owing, index, step)
            case _:
                assert_never(step)
        return index + 1

    async def _expect(self, step: Expect) -> None:
        scope, written = self._state.scope, ""
        if step.template:
            try:
                written = scope.words(step.template)
            except Unset as unset:
                self._ledger.failed(Reason.NOT_SENT, f"not sent: {unset}", step.place)
                return
            compile_regex = self._state.settings.compile_regex
            found = read_expectation(written, step.place, compile_regex)
            if isinstance(found, Problem):
                status = ExitStatus.SCRIPT_UNREADABLE
                self._ledger.ended(Reason(found.id), found.message, step.place, status)
            step = found._replace(replies=step.replies)
        if step.replies:
            step = step._replace(replies=tuple(self._reply_text(one) for one in step.replies))
        await self._state.at.expecting.expect(step, written)

    def _reply_text(self, wanted: ReplyText) -> ReplyText:
        if wanted.start is None or "{{" not in wanted.start:
            return wanted
        return wanted._replace(start=self._state.scope.line(wanted.start))

    async def _block(self, step: Block) -> None:
        outer, self._owing = self._owing, Owing()
        try:
            match step:
                case For(name=name, words=words):
                    for word in each_of(words, self._state.scope.line):
                        self._state.scope.set(name, word)
                        await self._steps(step.steps)
                case Repeat(times=times, template=template):
                    times = read_times(self._state.scope.line(template)) if template else times
                    for _ in range(times):
                        await self._steps(step.steps)
                case Retry():
                    await self._retry(step)
        finally:
            self._owing = outer

    async def _retry(self, step: Retry) -> None:
        """Run the steps until all goes well; only the last attempt counts."""
        if step.template:
            times, every = read_retry(self._state.scope.line(step.template))
            step = step._replace(times=times, every=every)
        for attempt in range(1, step.times + 1):
            mark = self._ledger.bookmark()
            last = attempt == step.times
            try:
                await self._steps(step.steps)
                if last or self._ledger.all_well_since(mark):
                    return
            except Stop:
                if last or self._ledger.is_skipped:
                    raise
            self._owing = Owing()
            why = self._ledger.back_to(mark)
            told = f"line {step.place.line}: attempt {attempt} of {step.times} failed: {why}"
            self._ledger.notes.append(told)
            await asyncio.sleep(step.every)
