"""The stages of a survey, one after the other: which jobs there are, and what becomes of them.

Each stage is a generator of jobs, read as workers become free: nothing holds all of them.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from smtpprobe.errors import LookupFailed, NotKept, UsageError
from smtpprobe.starttls.collect.options import LIST_RETRY_SECONDS
from smtpprobe.survey.call import Outcome, perform
from smtpprobe.survey.engine import Engine, Finished
from smtpprobe.survey.listing import Partition
from smtpprobe.survey.options import Options
from smtpprobe.survey.results import JobName, Results, Stage, full
from smtpprobe.survey.spread import shown_to, write_places
from smtpprobe.survey.tables import about, rows_of, write_parquet

AHEAD = 200
"""Jobs that wait for an earlier one of their lane, at most, before no more are looked at."""

JOINED = 200
"""Partitions whose addresses are looked up in one pass over all results of the second stage."""


class Job(NamedTuple):
    """One job: what is given to the worker is read when it begins. `lane`: one at a time of it."""

    name: JobName
    given: Callable[[], dict[str, Any]]
    lane: int | None = None
    about: Mapping[str, str] = MappingProxyType({})


@dataclass(slots=True)
class Progress:
    """How far a stage is."""

    stage: str = ""
    done: int = 0
    total: int | None = None
    rows: int = 0
    told: Callable[[Progress], None] = field(default=lambda _: None)

    def begin(self, stage: str, total: int | None) -> None:
        """Begin a stage of so many jobs."""
        self.stage, self.total, self.done = stage, total, 0
        self.told(self)

    @property
    def text(self) -> str:
        """A line for people."""
        of = "" if self.total is None else f" of {self.total}"
        return f"{self.stage}: {self.done}{of} parts, {self.rows} rows"

    def one(self, rows: int = 0) -> None:
        """One more job is done."""
        self.done, self.rows = self.done + 1, self.rows + rows
        self.told(self)


class Survey:
    """One run over a folder of results."""

    def __init__(
        self, results: Results, engine: Engine, options: Options, progress: Progress
    ) -> None:
        self.results, self._engine, self._options = results, engine, options
        self._progress = progress
        self._under_way = set[JobName]()

    def run(self, parts: Callable[[], Iterator[Partition]]) -> None:
        """Do what is not finished of all stages.

        Raises:
            UsageError: the list is not the one that was surveyed.
            LookupFailed: the DNS server is not running.
            NotKept: results cannot be written.
        """
        self._progress.begin("DNS", None)
        self._all(self._resolve_jobs(parts()))
        self._write_places()
        self._progress.begin("addresses", None)
        self._all(self._probe_jobs())
        again = self._later()
        if again:
            self._progress.begin("addresses that asked for patience", len(again))
            self._wait()
            self._all(self._again_jobs(again))
        self._progress.begin("verdicts", None)
        self._all(self._judge_jobs())

    # the stages

    def _resolve_jobs(self, parts: Iterator[Partition]) -> Iterator[Job]:
        for part in parts:
            job = JobName(Stage.RESOLVE, f"{part.number:07}")
            if self.results.finished(job):
                if about(self.results.path(job)).get("digest") != part.digest:
                    raise UsageError(
                        f"-o {self.results.folder}: its results are those of another list",
                        "continue with the same list, or use another folder",
                    )
                continue
            given = {"entries": [(entry.number, entry.text) for entry in part.entries]}
            yield Job(job, lambda given=given: given, about={"digest": part.digest})  # type: ignore[misc]

    @property
    def _places(self) -> Path:
        return self.results.folder / "work" / "places.parquet"

    def _write_places(self) -> None:
        if not self.results.files(Stage.RESOLVE):
            return
        if not self._places.exists():
            try:
                write_places(self.results.files(Stage.RESOLVE), self._places)
            except OSError as error:
                raise full(self.results.folder, error) from error

    def _probe_jobs(self) -> Iterator[Job]:
        rows = rows_of(self._places) if self._places.exists() else iter(())
        for (lane, chunk), each in groupby(rows, key=lambda row: (row["lane"], row["chunk"])):
            places = list(each)
            job = JobName(Stage.PROBE, f"1-{lane:07}-{chunk:05}")
            if not self.results.finished(job):
                yield Job(job, lambda places=places: {"places": places}, lane)  # type: ignore[misc]

    def _later(self) -> list[Path]:
        """Return the files with addresses that are to be asked again."""
        found = []
        for path in self.results.files(Stage.PROBE, "1-"):
            job = JobName(Stage.PROBE, f"2-{path.stem.removeprefix('1-')}")
            if about(path).get("again", "0") != "0" and not self.results.finished(job):
                found.append(path)
        return found

    def _again_jobs(self, paths: list[Path]) -> Iterator[Job]:
        """The second round has the lanes of the first, so no block is asked by two workers."""
        for path in paths:
            name = path.stem.removeprefix("1-")
            lane = int(name.partition("-")[0])
            job = JobName(Stage.PROBE, f"2-{name}")

            def given(path: Path = path) -> dict[str, Any]:
                return {"places": [row for row in rows_of(path) if row["again"]]}

            yield Job(job, given, lane)

    def _wait(self) -> None:
        """Wait until those who asked for patience have had some."""
        youngest = max(path.stat().st_mtime for path in self.results.files(Stage.PROBE, "1-"))
        time.sleep(max(0.0, youngest + LIST_RETRY_SECONDS - time.time()))

    def _judge_jobs(self) -> Iterator[Job]:
        left = [
            path
            for path in self.results.files(Stage.RESOLVE)
            if not self.results.finished(JobName(Stage.JUDGE, path.stem))
        ]
        addresses = self.results.files(Stage.PROBE)
        for at in range(0, len(left), JOINED):
            paths = left[at : at + JOINED]
            missing = set(paths)
            for path, shown in shown_to(paths, addresses, self.results.folder / "work"):
                missing.discard(path)
                yield self._judge_job(path, shown)
            for path in sorted(missing):  # whose domains lead to no address
                yield self._judge_job(path, [])

    @staticmethod
    def _judge_job(path: Path, shown: list[dict[str, Any]]) -> Job:
        def given() -> dict[str, Any]:
            return {"domains": list(rows_of(path)), "shown": shown}

        return Job(JobName(Stage.JUDGE, path.stem), given)

    # the engine

    def _all(self, jobs: Iterator[Job]) -> None:
        """Do all jobs of a stage; one that fails too often is set aside.

        Where all stops, what was under way counts as begun only if it contacts others.
        """
        try:
            self._work_off(jobs)
        except BaseException:
            for job in self._under_way:
                if job.stage is not Stage.PROBE:
                    with suppress(NotKept):
                        self.results.put_back(job)
            raise

    def _work_off(self, jobs: Iterator[Job]) -> None:
        waiting = deque[Job]()
        lanes = set[int]()
        more = True
        while True:
            while self._engine.free and (job := _ready(waiting, lanes)) is not None:
                self._begin(job, lanes)
            while more and self._engine.free and len(waiting) < AHEAD:
                new = next(jobs, None)
                if new is None:
                    more = False
                elif new.lane is not None and new.lane in lanes:
                    waiting.append(new)
                else:
                    self._begin(new, lanes)
            if self._engine.idle:
                if not waiting and not more:
                    return
                continue
            self._take(self._engine.wait(), waiting, lanes)

    def _begin(self, job: Job, lanes: set[int]) -> None:
        if not self.results.begin(job.name):
            self._progress.one()
            return
        if job.lane is not None:
            lanes.add(job.lane)
        self._under_way.add(job.name)
        self._engine.begin(job, perform, job.name.stage.value, job.given(), self._options)

    def _take(self, finished: Finished, waiting: deque[Job], lanes: set[int]) -> None:
        job: Job = finished.token
        if job.lane is not None:
            lanes.discard(job.lane)
        outcome: Outcome = finished.returned or Outcome(trouble=finished.lost)
        if not outcome.trouble:
            self._keep(job, outcome.octets)
            self._under_way.discard(job.name)
            return
        if outcome.no_dns:
            raise LookupFailed(
                f"the survey stopped: {outcome.trouble}",
                "make sure that the resolver answers, then continue with --resume",
            )
        self._under_way.discard(job.name)
        reason = outcome.trouble
        self.results.note("failed", job.name, reason=reason)
        if self.results.may_begin_again(job.name):
            waiting.append(job)
        else:
            self.results.put_aside(job.name, reason)
            self._progress.one()

    def _keep(self, job: Job, octets: bytes) -> None:
        more = dict(job.about)
        if job.name.stage is Stage.PROBE:
            more["again"] = str(_again(octets))
        try:
            rows = write_parquet(octets, self.results.path(job.name), **more)
        except OSError as error:
            raise full(self.results.folder, error) from error
        self.results.note("end", job.name, rows=rows)
        self._progress.one(rows)


def _ready(waiting: deque[Job], lanes: set[int]) -> Job | None:
    """Take the first job that waits whose lane is free."""
    for at, job in enumerate(waiting):
        if job.lane is None or job.lane not in lanes:
            del waiting[at]
            return job
    return None


def _again(octets: bytes) -> int:
    from smtpprobe.survey.tables import unpacked  # noqa: PLC0415

    return sum(unpacked(octets).column("again").to_pylist())
