"""The addresses of a chunk: who is asked, how often, and what one leaves of the others."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from smtpprobe.net.clock import monotonic
from smtpprobe.net.connect import Endpoint
from smtpprobe.starttls.collect.address import Place, first_session
from smtpprobe.starttls.facts import Because, Connect
from smtpprobe.starttls.judge.options import JudgeOptions
from smtpprobe.survey.exclusions import Exclusions
from smtpprobe.survey.jobs import probe as job
from smtpprobe.survey.jobs.halting import halt_all
from smtpprobe.survey.jobs.probe import Question, probe
from smtpprobe.survey.options import Options
from smtpprobe.survey.politeness import Politeness
from tests.starttls.dialogues import gathering

DAY = datetime(2026, 11, 30, tzinfo=UTC)
NAMES = ("mx1.example.org", "mx2.example.org", "mx3.example.org")


class Way:
    """A way on which nobody can be reached, which counts who tried."""

    def __init__(self, error: Exception | None) -> None:
        self.dialled: list[str] = []
        self._error = error

    async def __call__(self, to: Endpoint, _make: object, /) -> tuple[asyncio.Transport, object]:
        self.dialled.append(to.address)
        if self._error is None:
            await asyncio.Event().wait()
        assert self._error is not None
        raise self._error


def options(way: Way) -> Options:
    how = replace(gathering(), connector=way)  # type: ignore[arg-type]
    return Options(how, JudgeOptions(), Politeness(8), Exclusions(), DAY)


def questions(*ips: str) -> list[Question]:
    places = [Place(ip, 25, sni=name) for ip in ips for name in NAMES]
    return [Question(number, place) for number, place in enumerate(places)]


@pytest.mark.parametrize(
    ("error", "connect"),
    [(ConnectionRefusedError(111, "refused"), Connect.REFUSED), (None, Connect.TIMEOUT)],
)
async def test_a_closed_port_is_dialled_once_for_all_names(
    error: Exception | None, connect: Connect
) -> None:
    way = Way(error)
    found = await probe(questions("192.0.2.1", "192.0.2.2"), options(way))
    assert sorted(way.dialled) == ["192.0.2.1", "192.0.2.2"]
    assert [one.facts.connect for one in found.shown] == [connect] * 6
    assert sum(one.facts.connections for one in found.shown) == 2
    assert {one.number: one.place.sni for one in found.shown} == dict(enumerate(NAMES * 2))


async def test_names_at_a_closed_port_do_not_wait_for_turns_that_they_do_not_need() -> None:
    way, began = Way(ConnectionRefusedError(111, "refused")), monotonic()
    places = [Place("192.0.2.1", 25, sni=f"mx{number}.example.org") for number in range(100)]
    found = await probe([Question(*each) for each in enumerate(places)], options(way))
    assert len(found.shown) == 100
    assert monotonic() - began < 1


async def test_a_closed_port_says_nothing_of_the_second_certificate_of_another_name() -> None:
    first = Place("192.0.2.1", 25, sni=NAMES[0])
    places = [first, first._replace(sni=NAMES[1], second=True)]
    way = Way(ConnectionRefusedError(111, "refused"))
    found = await probe([Question(0, places[0]), Question(1, places[1])], options(way))
    assert [one.facts.second.present.because for one in found.shown] == [
        Because.NOT_NEEDED,
        Because.NO_TLS,
    ]


async def test_who_is_told_to_end_leaves_out_whom_it_has_not_dialled() -> None:
    way = Way(None)
    asked = asyncio.ensure_future(probe(questions("192.0.2.1", "192.0.2.2"), options(way)))
    while len(way.dialled) < 2:  # noqa: ASYNC110 - the way counts, it tells nobody
        await asyncio.sleep(0)
    halt_all()
    found = await asked
    assert found.halted
    assert [(one.place.ip, one.place.sni, one.again) for one in found.shown] == [
        ("192.0.2.1", NAMES[0], True),
        ("192.0.2.2", NAMES[0], True),
    ]
    assert all(one.facts.interrupted for one in found.shown)


async def test_the_last_time_is_the_last_also_for_who_was_cut_off() -> None:
    way = Way(None)
    last = [replace(each, last=True) for each in questions("192.0.2.1")[:1]]
    asked = asyncio.ensure_future(probe(last, options(way)))
    while not way.dialled:  # noqa: ASYNC110 - as above
        await asyncio.sleep(0)
    halt_all()
    [one] = (await asked).shown
    assert (one.again, one.facts.starttls.advertised.because) == (False, Because.INTERRUPTED)


class HalfDead(Way):
    """A way on which one address never answers, and all others refuse at once."""

    async def __call__(self, to: Endpoint, make: object, /) -> tuple[asyncio.Transport, object]:
        if to.address == "192.0.2.1":
            await asyncio.Event().wait()
        return await super().__call__(to, make)


async def test_a_job_does_not_wait_for_the_dead_host_of_another() -> None:
    how = options(HalfDead(ConnectionRefusedError(111, "refused")))
    ended = list[str]()

    async def job_of(name: str, ip: str) -> None:
        await probe(questions(ip), how)
        ended.append(name)

    began = monotonic()
    dead = asyncio.ensure_future(job_of("dead", "192.0.2.1"))
    for number in range(2, 12):
        await job_of(str(number), f"198.51.{number}.1")
    assert monotonic() - began < how.gathering.connect_limit
    await dead
    assert ended == [*map(str, range(2, 12)), "dead"]


async def test_jobs_side_by_side_keep_the_limits_together() -> None:
    way = Way(None)
    how = replace(options(way), politeness=Politeness(3))
    jobs = [
        asyncio.ensure_future(
            probe(questions(*(f"198.51.{10 * job + number}.1" for number in range(5))), how)
        )
        for job in range(3)
    ]
    while len(way.dialled) < 3:  # noqa: ASYNC110 - as above
        await asyncio.sleep(0)
    for _ in range(100):
        await asyncio.sleep(0)
    assert len(way.dialled) == 3
    halt_all()
    await asyncio.gather(*jobs)


async def test_one_address_whose_check_fails_costs_none_of_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:

    async def failing(place: Place, *given: object) -> object:
        if place.ip == "192.0.2.2":
            raise RuntimeError("boom")
        return await first_session(place, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(job, "first_session", failing)
    way = Way(ConnectionRefusedError(111, "refused"))
    found = await probe(questions("192.0.2.1", "192.0.2.2"), options(way))
    assert [one.place.ip for one in found.shown] == ["192.0.2.1"] * 3
    assert found.trouble.count("192.0.2.2: RuntimeError: boom") == 3
