"""The plan: what is known decides which steps follow. Pure; `--plan` prints it.

A step begins as soon as those it rests on are done and its condition holds, so steps that rest on
nothing in common go side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Final

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.why.fact_table import Part
from smtpprobe.why.facts import Known


class Step(Enum):
    """The steps; the value is the word in JSON."""

    ADDRESS = "address"
    ROAD = "road"
    OURS = "ours"
    SENDER_DOMAIN = "sender-domain"
    HISTORY = "history"


class Planned(NamedTuple):
    """A row of the plan: what a step does, when, and what it rests on.

    `when` is the condition in words, `holds` the same as a function of what is known.
    """

    step: Step
    part: Part
    does: str
    when: str = "always"
    after: tuple[Step, ...] = ()
    holds: Callable[[Known], bool] = lambda _: True


def _has_sender(known: Known) -> bool:
    return bool(known.request.sender_domain)


def _has_history(known: Known) -> bool:
    return bool(known.request.log) or known.request.paste is not None


PLAN: Final = (
    Planned(Step.ADDRESS, Part.ADDRESS, "reads the address, asks DNS for its mail hosts"),
    Planned(
        Step.ROAD, Part.ROAD, "opens a session with each address of each host",
        "there is a host", (Step.ADDRESS,),
    ),
    Planned(
        Step.OURS, Part.US, "our address as they see it, its PTR, the EHLO name",
        "there is a host", (Step.ROAD,),
    ),
    Planned(
        Step.SENDER_DOMAIN, Part.US, "SPF, DMARC and MX of the sender's domain",
        "--from names a domain", (Step.OURS,), _has_sender,
    ),
    Planned(
        Step.HISTORY, Part.HISTORY, "reads what has happened already",
        "--log or --paste", (Step.ADDRESS,), _has_history,
    ),
)  # fmt: skip


def due(known: Known, begun: Iterable[Step], done: Iterable[Step]) -> tuple[Planned, ...]:
    """Return the steps that can begin now, in the order of the plan."""
    started, ended = frozenset(begun), frozenset(done)
    return tuple(
        row
        for row in PLAN
        if row.step not in started and ended.issuperset(row.after) and row.holds(known)
    )
