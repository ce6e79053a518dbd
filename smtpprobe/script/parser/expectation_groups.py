"""Which expectations belong to a step that sends, and whether its handshake is asserted on."""

from __future__ import annotations

from collections.abc import Sequence

from smtpprobe.script.language.steps import (
    UNJUDGED,
    Assert,
    Auth,
    BdatChunk,
    BdatFile,
    Body,
    DataFile,
    Expect,
    Group,
    Hold,
    Local,
    Mode,
    SmtpLine,
    Step,
    quiet,
    sends,
)


def grouped(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps of one block, each sending one with the expectations under it."""
    judged = _judged(steps)
    return tuple(_completed(steps, index, judged[index]) for index in range(len(steps)))


def _completed(steps: Sequence[Step], index: int, judged: frozenset[str]) -> Step:
    step = steps[index]
    match step:
        case Body() | BdatChunk() | DataFile() | BdatFile() | Auth():
            return step._replace(under=_under(steps, index))
        case SmtpLine() | Hold():
            return step._replace(under=_under(steps, index), judged=judged)
        case Local(name="connect" | "tls") if judged:
            return step._replace(judged=judged)
        case _:
            return step


def _under(steps: Sequence[Step], index: int) -> Group:
    """Count the expectations that follow, up to the first step that is neither one nor quiet."""
    taking = last = 0
    for at in range(index + 1, len(steps)):
        step = steps[at]
        if isinstance(step, Expect):
            last = at - index
            taking += step.mode is Mode.MUST or (step.mode is Mode.SOFT and not taking)
        elif not quiet(step):
            break
    return Group(taking, last)


def _judged(steps: Sequence[Step]) -> list[frozenset[str]]:
    """Return what is asserted about TLS behind each step, before anything else is sent."""
    found, asserted = [], UNJUDGED
    for step in reversed(steps):
        found.append(asserted)
        if sends(step):
            asserted = UNJUDGED
        elif isinstance(step, Assert):
            asserted |= step.assertion.tls_sides
    return found[::-1]
