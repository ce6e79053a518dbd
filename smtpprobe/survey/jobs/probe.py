"""What the addresses of a chunk show: one session each; a second one, later, where it is due."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime

from smtpprobe.net.clock import now
from smtpprobe.starttls.collect.address import (
    Place,
    first_session,
    retry_cause,
    second_session,
)
from smtpprobe.starttls.collect.second_chain import second_chain
from smtpprobe.starttls.collect.shared import wants_rest
from smtpprobe.starttls.facts import AddressFacts
from smtpprobe.survey.options import Options
from smtpprobe.survey.politeness import Turns


@dataclass(frozen=True, slots=True)
class Question:
    """A place to ask; `first` is what it showed earlier, if it is asked for the second time."""

    number: int
    place: Place
    first: AddressFacts | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a place showed, when asked for the first or the second time (`round` 1 or 2).

    `again` means that it is to be asked once more, later.
    """

    number: int
    place: Place
    facts: AddressFacts
    asked: datetime
    round: int = 1
    again: bool = False


async def probe(questions: list[Question], options: Options) -> list[Shown]:
    """Return what the places show, in the order of the questions."""
    how = options.gathering
    options = replace(
        options,
        gathering=replace(how, connector=options.exclusions.honoured(how.connector)),
    )
    turns = Turns(options.politeness)
    return await asyncio.gather(*(_one(each, options, turns) for each in questions))


async def _one(question: Question, options: Options, turns: Turns) -> Shown:
    how, place = options.gathering, question.place
    async with turns.turn(place) as pause:
        asked = now()
        if question.first is None:
            facts = await first_session(place, how, pause)
        else:
            facts = await second_session(question.first, place, how)
        again = question.first is None and retry_cause(facts) is not None
        if place.second and not again:
            facts = await second_chain(facts, place, how)
        if wants_rest(facts):
            turns.rest(place)
    time = 1 if question.first is None else 2
    return Shown(question.number, place, facts, asked, time, again)
