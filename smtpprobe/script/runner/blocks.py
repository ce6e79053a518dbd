"""Blocks: steps that run once for each word, a number of times, or until they pass."""

from __future__ import annotations

import asyncio

from smtpprobe.script.language.steps import For, Repeat, Retry
from smtpprobe.script.parser.block_arguments import each_of, read_retry, read_times
from smtpprobe.script.runner.case_log import Stop
from smtpprobe.script.runner.case_state import CaseState
from smtpprobe.script.runner.owed_replies import DONE, StepOutcome


async def run_for(state: CaseState, step: For) -> StepOutcome:
    """Run the steps once for each word."""
    for word in each_of(step.words, state.scope.line):
        state.scope.set(step.name, word)
        await state.walk(step.steps)
    return DONE


async def run_repeat(state: CaseState, step: Repeat) -> StepOutcome:
    """Run the steps a number of times."""
    times = read_times(state.scope.line(step.template)) if step.template else step.times
    for _ in range(times):
        await state.walk(step.steps)
    return DONE


async def run_retry(state: CaseState, step: Retry) -> StepOutcome:
    """Run the steps until all goes well; only the last attempt counts.

    Raises:
        Stop: the last attempt ended the case, or the case does not apply here.
    """
    if step.template:
        times, every = read_retry(state.scope.line(step.template))
        step = step._replace(times=times, every=every)
    for attempt in range(1, step.times):
        if await _goes_well(state, step, attempt):
            return DONE
        await asyncio.sleep(step.every)
    await state.walk(step.steps)
    return DONE


async def _goes_well(state: CaseState, step: Retry, attempt: int) -> bool:
    """Make an attempt that is not the last one; forget it, but for a note, where it fails."""
    ledger = state.ledger
    mark = ledger.bookmark()
    try:
        await state.walk(step.steps)
        well = ledger.all_well_since(mark)
    except Stop:
        if ledger.is_skipped:
            raise
        well = False
    if not well:
        why = ledger.back_to(mark)
        told = f"line {step.place.line}: attempt {attempt} of {step.times} failed: {why}"
        ledger.notes.append(told)
    return well
