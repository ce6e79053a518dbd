"""An expectation, as a case comes to it: its values are put in, then it is waited for."""

from __future__ import annotations

from smtpprobe.exits import ExitStatus
from smtpprobe.script.language.matchers import Nothing, ReplyText
from smtpprobe.script.language.problem import Problem
from smtpprobe.script.language.steps import Expect
from smtpprobe.script.parser.expectation_line import read_expectation
from smtpprobe.script.results.reason import Reason
from smtpprobe.script.runner.case_state import CaseState
from smtpprobe.script.runner.owed_replies import DONE, StepOutcome
from smtpprobe.script.runner.variables import Unset
from smtpprobe.script.runner.waits.table import wait_for


async def run_expect(state: CaseState, step: Expect) -> StepOutcome:
    """Hold what comes against an expectation."""
    await state.ready(step, waits=not expects_silence(step))
    written = _with_values(state, step) if step.template else ""
    if written:
        step = _read_again(state, step, written)
    if step.replies:
        step = step._replace(replies=tuple(_reply_text(state, one) for one in step.replies))
    await wait_for(state.at.listener, step, written)
    return DONE


def expects_silence(step: Expect) -> bool:
    """Return whether nothing is to come, so that a greeting is not waited for either."""
    return isinstance(step.what, Nothing)


def _with_values(state: CaseState, step: Expect) -> str:
    """Return the line of an expectation with its values.

    Raises:
        Stop: one is missing; or Missed, where the case goes on.
    """
    try:
        return state.scope.words(step.template)
    except Unset as unset:
        state.ledger.failed(Reason.NOT_SENT, f"not sent: {unset}", step.place)


def _read_again(state: CaseState, step: Expect, written: str) -> Expect:
    """Return the expectation that a line with its values is.

    Raises:
        Stop: it is none.
    """
    found = read_expectation(written, step.place, state.settings.compile_regex)
    if isinstance(found, Problem):
        status = ExitStatus.SCRIPT_UNREADABLE
        state.ledger.ended(Reason(found.id), found.message, step.place, status)
    return found._replace(replies=step.replies)


def _reply_text(state: CaseState, wanted: ReplyText) -> ReplyText:
    """Return a `|` line with its values."""
    start = wanted.start
    if start is not None and "{{" in start:
        start = state.scope.line(start)
    return wanted._replace(start=start)
