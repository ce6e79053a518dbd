"""Which expectations belong to a step that sends, and whether its handshake is asserted on.

At which EHLO or LHLO of a case it is decided whether a required keyword is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from smtpprobe.protocol.command import first_word
from smtpprobe.script.language.commands import LOCALS
from smtpprobe.script.language.steps import (
    UNJUDGED,
    Assert,
    Auth,
    BdatChunk,
    BdatFile,
    Body,
    Comment,
    DataFile,
    Expect,
    Group,
    Hold,
    Let,
    Local,
    Mode,
    Place,
    Step,
    Wire,
    sends,
    walk,
)


def grouped(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps of one block, each sending one with what stands under it."""
    judged = _judged(steps)
    return tuple(_completed(steps, index, judged[index]) for index in range(len(steps)))


def _completed(steps: Sequence[Step], index: int, judged: frozenset[str]) -> Step:
    step = steps[index]
    match step:
        case Body() | BdatChunk() | DataFile() | BdatFile() | Auth():
            return step._replace(under=_under(steps, index))
        case Wire() | Hold():
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


def quiet(step: Step) -> bool:
    """Tell whether a step may stand between a line and the expectation that belongs to it."""
    match step:
        case Comment() | Let():
            return True
        case Local(name=name):
            return LOCALS[name].quiet
        case _:
            return False


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


_HELLOS = frozenset({"EHLO", "LHLO"})
_STARTTLS = frozenset({"STARTTLS"})
_NEEDING = frozenset({"MAIL", "AUTH", "BDAT", "VRFY", "EXPN", "ETRN"})


class Requirement(NamedTuple):
    """A keyword without which the case is skipped, and where that is written."""

    keyword: str
    place: Place


def requirements(
    steps: tuple[Step, ...], required: Sequence[Requirement]
) -> tuple[dict[Place, dict[str, Place]], list[Requirement]]:
    """Return which keywords are looked for at which EHLO, and those for which there is none.

    Each keyword has the place where it is required. The EHLO is the last one above the first step
    that needs a keyword, so that what is announced only inside TLS is found there; for STARTTLS the
    last one above the STARTTLS.
    """
    verbs = list(_verbs(steps))
    for_tls, for_others = _hello_above(verbs, _STARTTLS), _hello_above(verbs, _NEEDING)
    found: dict[Place, dict[str, Place]] = {}
    undecided = []
    for requirement in required:
        place = for_tls if requirement.keyword in _STARTTLS else for_others
        if place is None:
            undecided.append(requirement)
        else:
            found.setdefault(place, {})[requirement.keyword] = requirement.place
    return found, undecided


def _hello_above(verbs: Sequence[tuple[str, Place]], needing: frozenset[str]) -> Place | None:
    hello = None
    for verb, place in verbs:
        if verb in needing:
            break
        if verb in _HELLOS:
            hello = place
    return hello


def _verbs(steps: tuple[Step, ...]) -> Iterator[tuple[str, Place]]:
    """Yield the verbs that are sent, in order, with their places."""
    for step in walk(steps):
        match step:
            case Wire(place=place, text=text) | BdatChunk(place=place, text=text):
                yield first_word(text), place
            case Hold(held=held):
                yield from _verbs(held)
            case Auth(place=place):
                yield "AUTH", place
            case BdatFile(place=place):
                yield "BDAT", place
            case _:
                pass
