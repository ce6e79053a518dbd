"""What the addresses of a chunk show: one session each; a second one, later, where it is due."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from smtpprobe.net.clock import now
from smtpprobe.starttls.collect.address import (
    Keep,
    Pause,
    Place,
    first_session,
    retry_cause,
    second_session,
)
from smtpprobe.starttls.collect.second_chain import second_chain
from smtpprobe.starttls.collect.shared import cut_short
from smtpprobe.starttls.collect.smtp_session import CLOSING
from smtpprobe.starttls.facts import AddressFacts, Connect
from smtpprobe.survey.jobs.halting import haltable
from smtpprobe.survey.jobs.loop import kept
from smtpprobe.survey.options import Options
from smtpprobe.survey.politeness import Turns


@dataclass(frozen=True, slots=True)
class Question:
    """A place to ask; `first` is what it showed earlier, if it is asked for the second time.

    `last` means that it may have been asked before, so that it is not asked again after this.
    """

    number: int
    place: Place
    first: AddressFacts | None = None
    last: bool = False


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


class Found(NamedTuple):
    """What was found: `shown` in the order of the questions, `trouble` why some are missing.

    `halted` means that this process was told to end: those not dialled by then are missing, and of
    those that were under way the rest is unknown.
    """

    shown: list[Shown]
    trouble: str = ""
    halted: bool = False


Note = Callable[["int | Shown"], None]


async def probe(
    questions: list[Question], options: Options, note: Note = lambda _entry: None
) -> Found:
    """Return what the places show; the limits hold for all jobs of the running loop together.

    `note` is told the number of a place just before that is asked, and then what it showed.
    """
    how = options.gathering
    options = replace(
        options,
        gathering=replace(how, connector=options.exclusions.honoured(how.connector)),
    )
    chunk = _Chunk(options, note)
    tasks = [asyncio.ensure_future(chunk.one(each)) for each in questions]
    loop = asyncio.get_running_loop()

    def halt() -> None:
        loop.call_soon_threadsafe(chunk.halt, tasks)

    with haltable(halt):
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    shown, troubles = list[Shown](), list[str]()
    for question, one in zip(questions, ended, strict=True):
        if isinstance(one, Shown):
            shown.append(one)
        elif isinstance(one, Exception):
            troubles.append(f"{question.place.ip}: {type(one).__name__}: {one}")
    return Found(shown, "; ".join(troubles), chunk.halted)


class _Port(NamedTuple):
    """What a TCP connection leads to, whatever name is sent then."""

    ip: str
    port: int


_NO_CONNECTION = (Connect.REFUSED, Connect.UNREACHABLE, Connect.TIMEOUT)
"""What TCP alone decides."""


class _Chunk:
    def __init__(self, options: Options, note: Note) -> None:
        self._how, self._note = options.gathering, note
        within = options.politeness
        self._turns = kept(within, lambda: Turns(within))
        self._closed: dict[_Port, AddressFacts] = {}
        self._tried: dict[_Port, asyncio.Event] = {}
        self.halted = False

    def halt(self, tasks: list[asyncio.Task[Shown | None]]) -> None:
        self.halted = True
        for task in tasks:
            task.cancel()

    async def one(self, question: Question) -> Shown | None:
        """Return what a place shows; None where it was to be asked and no time was left."""
        place, asked = question.place, now()
        sofar: AddressFacts | None = None

        def keep(facts: AddressFacts) -> None:
            nonlocal sofar
            sofar = facts

        try:
            async with self._after_first(place):
                facts = self._known(place)
                if facts is None:
                    async with self._turns.turn(place) as pause:
                        asked = now()
                        facts = await self._whole(question, pause, keep)
                elif place.second:
                    facts = await second_chain(facts, place, self._how)
        except asyncio.CancelledError:
            if not self.halted:
                raise
            if sofar is None:
                return None
            facts = cut_short(sofar, place, self._how)
        shown = Shown(
            *(question.number, place, facts, asked),
            round=1 if question.first is None else 2,
            again=_is_due_again(question, facts),
        )
        self._note(shown)
        return shown

    @asynccontextmanager
    async def _after_first(self, place: Place) -> AsyncIterator[None]:
        """Begin the block when one name was tried at this port: none waits its turn for nothing."""
        port = _Port(place.ip, place.port)
        tried = self._tried.get(port)
        if tried is not None:
            await tried.wait()
            yield
            return
        tried = self._tried[port] = asyncio.Event()
        try:
            yield
        finally:
            tried.set()

    async def _whole(self, question: Question, pause: Pause, keep: Keep) -> AddressFacts:
        """Return what a place shows, its second certificate included where that is due."""
        place = question.place
        facts = self._known(place) or await self._asked(question, pause, keep)
        if place.second and not _is_due_again(question, facts):
            facts = await second_chain(facts, place, self._how)
        return facts

    def _known(self, place: Place) -> AddressFacts | None:
        """Return that there is no connection, where another name at this port has shown it."""
        known = self._closed.get(_Port(place.ip, place.port))
        return known and known._replace(implicit_tls=place.implicit_tls, connections=0)

    async def _asked(self, question: Question, pause: Pause, keep: Keep) -> AddressFacts:
        how, place, first = self._how, question.place, question.first
        self._note(question.number)
        if first is None or first.interrupted:
            facts = await first_session(place, how, pause, keep)
        else:
            facts = await second_session(first, place, how, keep)
        keep(facts)
        if facts.connect in _NO_CONNECTION:
            self._closed[_Port(place.ip, place.port)] = facts
        if facts.ended_code == CLOSING:
            self._turns.rest(place)
        return facts


def _is_due_again(question: Question, facts: AddressFacts) -> bool:
    if question.last or question.first is not None:
        return False
    return facts.interrupted or retry_cause(facts) is not None
