"""A survey with real workers: every domain once, every address once, whatever dies on the way."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from multiprocessing import resource_tracker
from pathlib import Path
from typing import Any

import duckdb
import pytest

from smtpprobe.errors import LookupFailed, UsageError
from smtpprobe.net.clock import now
from smtpprobe.sandbox.faults import FaultServer, Hang, Say, Script, serve
from smtpprobe.starttls.judge.options import JudgeOptions
from smtpprobe.survey import engine, stages
from smtpprobe.survey.engine import Engine, Finished, Where
from smtpprobe.survey.estimate.estimate import Wanted, estimated
from smtpprobe.survey.estimate.measured import sample_of
from smtpprobe.survey.exclusions import Exclusions, read_exclusions
from smtpprobe.survey.listing import partitions
from smtpprobe.survey.options import Options
from smtpprobe.survey.politeness import Politeness
from smtpprobe.survey.results import MOST_ATTEMPTS, JobName, Results, Stage
from smtpprobe.survey.stages import Job, Progress, Survey
from tests.servers import lab
from tests.servers.dns_zone import NameServer
from tests.starttls.dialogues import GREETING, gathering, good

pytestmark = pytest.mark.real_time

ServeDns = Callable[..., NameServer]

HOSTS = ("127.0.2.1", "127.0.3.1", "127.0.4.1")
ZONE = """
a MX 10 mx1
b MX 10 mx1
c MX 10 mx2
d MX 10 mx1
d MX 20 mx3
none MX 0 .
mx1 A 127.0.2.1
mx2 A 127.0.3.1
mx3 A 127.0.4.1
"""
DOMAINS = ("a", "b", "c", "d", "none", "missing")


@pytest.fixture(scope="module")
def another_dask() -> Iterator[None]:
    """Have somebody else at the port that Dask takes unless told otherwise."""
    with socket.socket() as taken:
        with suppress(OSError):  # it is so already
            taken.bind(("127.0.0.1", 8787))
            taken.listen()
        yield


@pytest.fixture(scope="module")
def workers(another_dask: None) -> Iterator[Engine]:
    del another_dask
    before = dict(os.environ)
    with engine.opened(Where(workers=2)) as running:
        yield running
    # what Dask sets for its workers would be there for every test that follows
    os.environ.clear()
    os.environ.update(before)
    # Python's helper of the engine's processes would stay until this one ends
    resource_tracker._resource_tracker._stop()  # type: ignore[attr-defined]


@pytest.fixture
def mortals(workers: Engine) -> Iterator[Engine]:
    """Workers of one test, which may kill them: others come in their place."""
    assert workers.idle  # Python's helper runs for those, and stays
    with engine.opened(Where(workers=2)) as running:
        yield running


@asynccontextmanager
async def playing(*scripts: Script) -> AsyncIterator[dict[str, FaultServer]]:
    """Run a server at each address, on one port."""
    (port,) = lab.free_ports(1, host="")
    async with (
        serve(*scripts, host=HOSTS[0], port=port) as first,
        serve(*scripts, host=HOSTS[1], port=port) as second,
        serve(*scripts, host=HOSTS[2], port=port) as third,
    ):
        yield dict(zip(HOSTS, (first, second, third), strict=True))


def options(names: NameServer, port: int, excluded: str = "") -> Options:
    how = replace(gathering(resolver=f"{names.host}:{names.port}", port=port), caa=False)
    exclusions = read_exclusions(excluded.splitlines(), "list") if excluded else Exclusions()
    return Options(how, JudgeOptions(), Politeness(8), exclusions, now())


class Interrupted(Exception):  # noqa: N818 - it is none of ours
    """The survey was stopped by Ctrl-C."""


class Folder:
    """A survey of DOMAINS in a folder."""

    def __init__(self, folder: Path, names: NameServer) -> None:
        self.listed = folder / "list.txt"
        self.listed.write_text("".join(f"{name}.lab.test\n" for name in DOMAINS) + "not a name\n")
        self.folder = folder / "results"
        self.told = list[str]()
        self.politeness = Politeness(8)
        self._names = names

    def progress(self, progress: Progress) -> None:
        """Note what the line would say."""
        self.told.append(progress.text)

    async def run(self, running: Engine, port: int, excluded: str = "") -> Results:
        """Run it beside the servers of the test."""
        results = Results(self.folder)
        how = replace(options(self._names, port, excluded), politeness=self.politeness)

        def work() -> None:
            with results.opened({}, resume=True):
                survey = Survey(results, running, how, Progress(told=self.progress))
                try:
                    survey.run(lambda: partitions(str(self.listed), size=2))
                except KeyboardInterrupt:  # asyncio would end with it
                    raise Interrupted from None

        await asyncio.to_thread(work)
        return results

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the answer to a query; `$` is the folder."""
        with duckdb.connect() as base:
            return base.execute(query.replace("$", str(self.folder))).fetchall()

    @property
    def verdicts(self) -> dict[str, str]:
        """The result of each domain; there is one row for each."""
        found = self.rows("SELECT target, result FROM '$/domains/*.parquet'")
        assert len(found) == len(DOMAINS) + 1
        return dict(found)


@pytest.fixture
def folder(tmp_path: Path, serve_dns: ServeDns) -> Folder:
    return Folder(tmp_path, serve_dns({"lab.test": ZONE}))


ALL_WELL = {
    **dict.fromkeys(("a.lab.test", "b.lab.test", "c.lab.test", "d.lab.test"), "ok"),
    "none.lab.test": "nothing",
    "missing.lab.test": "fail",
    "not a name": "inconclusive",
}


async def test_every_domain_has_a_verdict_and_each_address_is_asked_once(
    workers: Engine, folder: Folder
) -> None:
    async with playing(good()) as servers:
        await folder.run(workers, servers[HOSTS[0]].port)
        assert [server.connections for server in servers.values()] == [1, 1, 1]
    assert folder.verdicts == ALL_WELL
    assert folder.rows(
        "SELECT ip, round, starttls, tls_ok FROM '$/addresses/*.parquet' ORDER BY ip"
    ) == [(ip, 1, "yes", True) for ip in HOSTS]


async def test_a_survey_is_the_sample_for_a_larger_one(workers: Engine, folder: Folder) -> None:
    async with playing(good()) as servers:
        await folder.run(workers, servers[HOSTS[0]].port)
    sample = sample_of(folder.folder)
    assert (sample.domains, sample.addresses, sample.connections) == (len(DOMAINS) + 1, 3, 3)
    assert (sample.refused, sample.silent, sample.in_network) == (0, 0, 1)
    assert sample.questions > len(DOMAINS)
    costs = sample.costs or {}
    assert [cost.rows for cost in costs.values()] == [len(DOMAINS) + 1, 3, len(DOMAINS) + 1]
    assert all(cost.seconds and cost.octets and cost.disk for cost in costs.values())
    twice = estimated(sample, Wanted(2 * sample.domains, addresses=6))
    assert twice.seconds > estimated(sample, Wanted(sample.domains, addresses=3)).seconds


async def test_what_is_finished_is_not_done_again(workers: Engine, folder: Folder) -> None:
    async with playing(good()) as servers:
        port = servers[HOSTS[0]].port
        await folder.run(workers, port)
        for path in (folder.folder / "domains").iterdir():
            path.unlink()
        await folder.run(workers, port)
        assert [server.connections for server in servers.values()] == [1, 1, 1]
    assert folder.verdicts == ALL_WELL


@pytest.mark.parametrize("change", ["longer", "shorter", "other"])
async def test_a_list_that_was_changed_is_not_continued_with(
    workers: Engine, folder: Folder, change: str
) -> None:
    async with playing(good()) as servers:
        port = servers[HOSTS[0]].port
        await folder.run(workers, port)
        lines = folder.listed.read_text().splitlines()
        changed = {
            "longer": [*lines, "more.lab.test"],
            "shorter": lines[:4],
            "other": ["x.lab.test", *lines[1:]],
        }
        folder.listed.write_text("\n".join(changed[change]))
        with pytest.raises(UsageError, match="those of another list"):
            await folder.run(workers, port)
        assert [server.connections for server in servers.values()] == [1, 1, 1]


async def test_progress_counts_domains_and_addresses_also_those_of_an_earlier_run(
    workers: Engine, folder: Folder
) -> None:
    async with playing(good()) as servers:
        for _ in range(2):
            folder.told.clear()
            await folder.run(workers, servers[HOSTS[0]].port)
            last = {text.partition(":")[0]: text for text in folder.told}
            assert list(last.values()) == [
                "domains looked up: 7",
                "addresses asked: 3 of 3",
                "verdicts: 7 of 7",
            ]


async def test_an_excluded_network_gets_no_connection_and_is_unknown(
    workers: Engine, folder: Folder
) -> None:
    async with playing(good()) as servers:
        await folder.run(workers, servers[HOSTS[0]].port, "127.0.3.0/24\nb.lab.test\n")
        assert [server.connections for server in servers.values()] == [1, 0, 1]
    verdicts = folder.verdicts
    assert (verdicts["c.lab.test"], verdicts["b.lab.test"]) == ("inconclusive", "inconclusive")
    [(found,)] = folder.rows(
        "SELECT findings FROM '$/domains/*.parquet' WHERE target = 'c.lab.test'"
    )
    assert "conn.excluded" in [one["id"] for one in found]


async def test_who_says_421_is_asked_once_more_later(
    workers: Engine, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stages, "LIST_RETRY_SECONDS", 0.1)
    async with playing([Say(b"421 busy\r\n")], good()) as servers:
        await folder.run(workers, servers[HOSTS[0]].port)
        assert [server.connections for server in servers.values()] == [2, 2, 2]
    assert folder.verdicts == ALL_WELL
    assert folder.rows(
        "SELECT round, again, count(*) FROM '$/addresses/*.parquet' GROUP BY ALL ORDER BY ALL"
    ) == [(1, True, 3), (2, False, 3)]


async def test_a_worker_that_is_killed_costs_its_addresses_a_second_question_and_no_more(
    mortals: Engine, folder: Folder
) -> None:
    async with playing([GREETING, Hang()], good()) as servers:
        first = servers[HOSTS[0]]
        survey = asyncio.ensure_future(folder.run(mortals, first.port))
        while not first.connections:  # noqa: ASYNC110 - the server counts, it tells nobody
            await asyncio.sleep(0.01)
        os.kill(await asyncio.to_thread(asking, first.port), signal.SIGKILL)
        results = await asyncio.wait_for(survey, 120)
        assert max(server.connections for server in servers.values()) <= 2
    assert not results.set_aside
    assert folder.verdicts == ALL_WELL
    assert "failed" in [json.loads(line)["event"] for line in log_of(folder)]


def interrupted_once(
    monkeypatch: pytest.MonkeyPatch, when: Callable[[], bool], beginning: str = "1-"
) -> None:
    """Have somebody press Ctrl-C in a round of the addresses as soon as something has happened."""
    wait = Engine.wait

    def waited(running: Engine) -> Finished:
        jobs = [job.name for job in running._running.values()]
        if any(job.stage is Stage.PROBE and job.name.startswith(beginning) for job in jobs):
            while not when():
                time.sleep(0.01)
            raise KeyboardInterrupt
        return wait(running)

    monkeypatch.setattr(Engine, "wait", waited)


@pytest.mark.parametrize("stops", [1, 2])
async def test_ctrl_c_keeps_what_addresses_have_shown_and_asks_once_more_who_was_cut_off(
    workers: Engine, folder: Folder, monkeypatch: pytest.MonkeyPatch, stops: int
) -> None:
    """A second one is the last question of who was cut off twice: unknown, nothing set aside."""
    monkeypatch.setattr(stages, "LIST_RETRY_SECONDS", 0.1)
    hanging = [[GREETING, Hang()]] * stops
    (port,) = lab.free_ports(1, host="")
    async with (
        serve(good(), host=HOSTS[0], port=port) as quick,
        serve(*hanging, good(), host=HOSTS[1], port=port) as slow,
        serve(good(), host=HOSTS[2], port=port) as third,
    ):

        def others_are_done() -> bool:
            ended = all(b"QUIT" in b"".join(each.heard) for each in (quick, third))
            if ended:
                time.sleep(0.3)  # they have heard QUIT, but their sessions last a little longer
            return ended

        for often in range(1, stops + 1):
            with monkeypatch.context() as patch:
                interrupted_once(
                    patch,
                    lambda often=often: slow.connections == often and others_are_done(),  # type: ignore[misc]
                    f"{often}-",
                )
                with pytest.raises(Interrupted):
                    await folder.run(workers, quick.port)
        results = await folder.run(workers, quick.port)
        assert (quick.connections, slow.connections, third.connections) == (1, 2, 1)
    assert not results.set_aside
    assert folder.verdicts == ALL_WELL | ({"c.lab.test": "inconclusive"} if stops == 2 else {})


@pytest.mark.parametrize("stage", [Stage.RESOLVE, Stage.JUDGE])
async def test_domains_of_a_part_that_is_set_aside_have_rows_that_say_so_and_are_checked_later(
    workers: Engine, folder: Folder, monkeypatch: pytest.MonkeyPatch, stage: Stage
) -> None:
    """The part of c and d fails however often it is tried; then it does not."""
    wait = Engine.wait

    def failing(running: Engine) -> Finished:
        finished = wait(running)
        if finished.token.name == JobName(stage, "0000001"):
            return Finished(finished.token, lost="its worker ended before it did")
        return finished

    async with playing(good()) as servers:
        port = servers[HOSTS[0]].port
        with monkeypatch.context() as patch:
            patch.setattr(Engine, "wait", failing)
            results = await folder.run(workers, port)
        assert list(results.set_aside) == [f"{stage.value}/0000001"]
        aside = {"c.lab.test": "inconclusive", "d.lab.test": "inconclusive"}
        assert folder.verdicts == ALL_WELL | aside
        reasons = folder.rows("SELECT DISTINCT error FROM '$/domains/*1.parquet'")
        assert reasons == [(f"{stages.SET_ASIDE}: its worker ended before it did",)]
        results = await folder.run(workers, port)
        assert [each.connections for each in servers.values()] == [1, 1, 1]
    assert not results.set_aside
    assert folder.verdicts == ALL_WELL


@pytest.mark.parametrize("stops", [LookupFailed, KeyboardInterrupt])
async def test_what_stops_the_survey_is_not_an_attempt_of_the_domains_that_were_looked_up(
    workers: Engine, folder: Folder, monkeypatch: pytest.MonkeyPatch, stops: type[BaseException]
) -> None:
    def stopped(_engine: Engine) -> Finished:
        raise stops("stopped")

    with monkeypatch.context() as patch:
        patch.setattr(Engine, "begin", lambda *_given: None)
        patch.setattr(Engine, "idle", property(lambda _engine: False))
        patch.setattr(Engine, "wait", stopped)
        for _ in range(MOST_ATTEMPTS[Stage.RESOLVE] + 1):
            with pytest.raises((LookupFailed, Interrupted)):
                await folder.run(workers, 25)
    results = Results(folder.folder)
    with results.opened({}, resume=True):
        assert results.begin(JobName(Stage.RESOLVE, "0000000"))


def log_of(folder: Folder) -> list[str]:
    return (folder.folder / "log.jsonl").read_text().splitlines()


def asking(port: int) -> int:
    """Return the process beside this one that has a connection to a port."""
    there = f":{port:04X} "
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    inodes = {line.split()[9] for line in lines if there in line.partition(": ")[2][13:]}
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        with suppress(OSError):
            number = int(link.parts[2])
            if number != os.getpid() and str(link.readlink()).strip("socket:[]") in inodes:
                return number
    raise AssertionError("no worker has a connection")


def blocked_in(process: int) -> set[int]:
    """Return the signals that a process blocks."""
    status = Path(f"/proc/{process}/status").read_text()
    mask = int(status.partition("SigBlk:")[2].split()[0], 16)
    return {number for number in signal.valid_signals() if mask >> (number - 1) & 1}


async def test_a_job_tells_how_far_it_is_before_it_ends(workers: Engine) -> None:
    told: list[tuple[object, int]] = []
    workers.told = lambda token, rows: told.append((token, rows))
    workers.begin("job", lambda tell: [tell(rows) for rows in (5, 6, 7)])
    await asyncio.to_thread(workers.wait)
    assert told == [("job", 5)]  # the others follow too soon to be told


def test_rows_of_jobs_that_have_not_ended_are_counted_until_they_have() -> None:
    lines = list[str]()
    progress = Progress(told=lambda sofar: lines.append(sofar.text))
    job = Job(JobName(Stage.RESOLVE, "0000000"), dict)
    progress.begin("domains looked up", 2000)
    progress.tell(job, 400)
    progress.end(job)
    progress.add(1000)
    assert lines == [f"domains looked up: {rows} of 2,000" for rows in ("0", "400", "1,000")]


async def test_ctrl_c_in_the_terminal_is_not_heard_by_workers(workers: Engine) -> None:
    workers.begin("job", lambda _tell: os.getpid())
    finished = await asyncio.to_thread(workers.wait)
    assert {signal.SIGINT, signal.SIGHUP} <= blocked_in(finished.returned)
    assert signal.SIGINT not in blocked_in(os.getpid())
