"""The stages of a survey, one after the other: which jobs there are, and what becomes of them.

Each stage is a generator of jobs, read as workers become free: nothing holds all of them.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
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
from smtpprobe.survey.results import (
    MOST_QUESTIONS,
    STAND_IN,
    UNASKED,
    JobName,
    Results,
    Stage,
    full,
)
from smtpprobe.survey.rows import unchecked_row
from smtpprobe.survey.schema import ADDRESSES, DOMAINS
from smtpprobe.survey.spread import shown_to, write_places
from smtpprobe.survey.stopping import Stopping
from smtpprobe.survey.tables import about, packed, rows_in, rows_of, write_parquet

HALT_SECONDS = 10.0
"""How long jobs that are told to end may take to hand back what they have."""

SET_ASIDE = "not checked: its part of the list was set aside"

MOST_LOST_NAMED = 5
"""Addresses named where a part is set aside; the log has all."""

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
    """How far a stage is: `rows` of `total` (None: not known) domains or addresses are done.

    `within` has those of jobs that have not ended.
    """

    stage: str = ""
    rows: int = 0
    total: int | None = None
    told: Callable[[Progress], None] = field(default=lambda _: None)
    within: dict[JobName, int] = field(default_factory=dict)
    is_stopping: bool = False

    def begin(self, stage: str, total: int | None) -> None:
        """Begin a stage of so many rows."""
        self.stage, self.total, self.rows = stage, total, 0
        self.told(self)

    @property
    def text(self) -> str:
        """A line for people."""
        if self.is_stopping:
            return "stopping: what is under way hands back what it has (Ctrl-C: do not wait)"
        return self.reached

    @property
    def reached(self) -> str:
        """How far it is."""
        of = "" if self.total is None else f" of {self.total:,}"
        return f"{self.stage}: {self.rows + sum([*self.within.values()]):,}{of}"

    def tell(self, job: Job, rows: int) -> None:
        """A job that has not ended has so many rows by now."""
        self.within[job.name] = rows
        self.told(self)

    def end(self, job: Job) -> None:
        """A job has ended; its rows are counted by `add`, if it has any."""
        self.within.pop(job.name, None)

    def stop(self) -> None:
        """It is being stopped."""
        self.is_stopping = True
        self.told(self)

    def add(self, rows: int) -> None:
        """So many more rows are done."""
        self.rows += rows
        self.told(self)


class Survey:
    """One run over a folder of results."""

    def __init__(
        self,
        results: Results,
        engine: Engine,
        options: Options,
        progress: Progress,
        stopping: Stopping | None = None,
    ) -> None:
        self.results, self._engine, self._options = results, engine, options
        self._progress = progress
        engine.told = progress.tell
        self._stopping = stopping or Stopping()
        self._under_way = set[JobName]()
        self._lost: dict[JobName, list[dict[str, Any]]] = {}
        self._done: dict[JobName, int] = {}
        self._failed: dict[JobName, str] = {}

    def run(self, parts: Callable[[], Iterator[Partition]]) -> None:
        """Do what is not finished of all stages.

        Raises:
            UsageError: the list is not the one that was surveyed.
            LookupFailed: the DNS server is not running.
            NotKept: results cannot be written.
        """
        with self._timed(Stage.RESOLVE):
            self._progress.begin("domains looked up", None)
            self._all(self._resolve_jobs(parts()), self._engine.waits)
            domains = self._progress.rows
        with self._timed(Stage.PROBE):
            self._write_places()
            self._progress.begin("addresses asked", sum(map(rows_in, self._places)))
            for places in self._places:  # a block may be in two of them, so one after the other
                self._all(self._probe_jobs(places), self._engine.waits)
        again = self._later()
        if again:
            due = sum(int(about(path)["again"]) for path in again)
            self._progress.begin("addresses asked again, after a pause", due)
            self._wait()
            with self._timed(Stage.PROBE):
                self._all(self._again_jobs(again), self._engine.waits)
        with self._timed(Stage.JUDGE):
            self._progress.begin("verdicts", domains)
            self._all(self._judge_jobs(), self._engine.workers)
            self._stand_in(parts)
        self.results.done()

    @contextmanager
    def _timed(self, stage: Stage) -> Iterator[None]:
        """Note how long the block takes, and what it costs this process, for `survey plan`."""
        began, cpu = time.monotonic(), time.process_time()
        try:
            yield
        finally:
            took = {"seconds": time.monotonic() - began, "cpu": time.process_time() - cpu}
            with suppress(NotKept):
                self.results.note_stage(
                    stage,
                    workers=self._engine.workers,
                    **{name: round(value, 3) for name, value in took.items()},
                )

    # the stages

    def _resolve_jobs(self, parts: Iterator[Partition]) -> Iterator[Job]:
        count = 0
        for part in parts:
            count = part.number + 1
            job = JobName(Stage.RESOLVE, f"{part.number:07}")
            if self.results.finished(job):
                if about(self.results.path(job)).get("digest") != part.digest:
                    raise self._of_another_list
                self._progress.add(len(part.entries))
                continue
            given = {"entries": [(entry.number, entry.text) for entry in part.entries]}
            yield Job(job, lambda given=given: given, about={"digest": part.digest})  # type: ignore[misc]
        if any(int(path.stem) >= count for path in self.results.files(Stage.RESOLVE)):
            raise self._of_another_list

    @property
    def _of_another_list(self) -> UsageError:
        return UsageError(
            f"-o {self.results.folder}: its results are those of another list",
            "continue with the same list, or use another folder",
        )

    @property
    def _places(self) -> list[Path]:
        """The files of places: a second one is of parts that had been set aside."""
        return sorted((self.results.folder / "work").glob("places-*.parquet"))

    def _write_places(self) -> None:
        resolved, earlier = self.results.files(Stage.RESOLVE), self._places
        known = int(about(earlier[-1]).get("parts", "0")) if earlier else 0
        if len(resolved) == known:
            return
        path = self.results.folder / "work" / f"places-{len(earlier):03}.parquet"
        try:
            write_places(resolved, path, earlier=earlier, workers=self._engine.workers)
        except OSError as error:
            raise full(self.results.folder, error) from error

    def _probe_jobs(self, path: Path) -> Iterator[Job]:
        rows = rows_of(path)
        for (lane, chunk), each in groupby(rows, key=lambda row: (row["lane"], row["chunk"])):
            places = list(each)
            job = JobName(Stage.PROBE, f"1-{lane:07}-{chunk:05}")
            if self.results.finished(job):
                self._progress.add(len(places))
            else:
                yield Job(job, partial(self._unasked, job, places), lane)

    def _unasked(self, job: JobName, places: list[dict[str, Any]]) -> dict[str, Any]:
        """Return what a job still has to ask, after those that it asked before it was stopped.

        `lost` are those that were asked twice, and nothing came of it; `done` counts them and those
        that have shown something.
        """
        known = self._known(job)
        asked, before = self.results.asked(job), int(job.is_second_round)
        left, last, lost = list[dict[str, Any]](), list[int](), list[dict[str, Any]]()
        for row in places:
            number = row["place"]
            times = before + asked.times(number)
            if number in known:
                continue
            if times >= MOST_QUESTIONS:
                lost.append(row)
                continue
            left.append(row)
            if times == MOST_QUESTIONS - 1:
                last.append(number)
        return {"places": left, "last": last, "lost": lost, "done": len(places) - len(left)}

    def _known(self, job: JobName) -> set[int]:
        """Return who has shown something; what a worker left when it died is kept, too."""
        found = {
            row["place"] for path in self.results.parts(job) for row in rows_of(path, ["place"])
        }
        left = self.results.shown(job)
        rows = [row for number, row in left.items() if number not in found]
        if rows:
            part = job.part(len(self.results.parts(job)) + 1)
            self.results.note("part", part, rows=self._write(part, packed(rows, ADDRESSES)))
        return found | left.keys()

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

            def given(job: JobName = job, path: Path = path) -> dict[str, Any]:
                return self._unasked(job, [row for row in rows_of(path) if row["again"]])

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
        done = {path.name for path in self.results.files(Stage.RESOLVE)}.difference(
            path.name for path in left
        )
        verdicts = self.results.folder / Stage.JUDGE.value
        self._progress.add(sum(rows_in(verdicts / name) for name in done))
        for at in range(0, len(left), JOINED):
            paths = left[at : at + JOINED]
            missing = set(paths)
            try:
                for path, shown in shown_to(paths, addresses, self.results.folder / "work"):
                    missing.discard(path)
                    yield self._judge_job(path, shown)
            except OSError as error:
                raise full(self.results.folder, error) from error
            for path in sorted(missing):  # whose domains lead to no address
                yield self._judge_job(path, [])

    @staticmethod
    def _judge_job(path: Path, shown: list[dict[str, Any]]) -> Job:
        def given() -> dict[str, Any]:
            return {"domains": list(rows_of(path)), "shown": shown}

        return Job(JobName(Stage.JUDGE, path.stem), given)

    def _stand_in(self, parts: Callable[[], Iterator[Partition]]) -> None:
        """Write rows that say so for the domains of each part that was set aside."""
        aside = {
            job.partition("/")[2]: reason
            for job, reason in self.results.set_aside.items()
            if not job.startswith(f"{Stage.PROBE.value}/")
        }
        for part in parts() if aside else ():
            job = JobName(Stage.JUDGE, f"{part.number:07}")
            reason = aside.get(job.name)
            if reason is not None and not self.results.finished(job):
                rows = (unchecked_row(entry, f"{SET_ASIDE}: {reason}") for entry in part.entries)
                self._write(job, packed(rows, DOMAINS), **{STAND_IN: reason})

    # the engine

    def _all(self, jobs: Iterator[Job], slots: int) -> None:
        """Do all jobs of a stage, at most `slots` in parallel.

        One that fails too often is set aside.

        Where the survey is stopped, those that contact others hand back what they have; they count
        as begun if they cannot.
        """
        try:
            self._work_off(jobs, slots)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                self._progress.stop()
                with self._stopping.patient():
                    self._engine.halt(HALT_SECONDS)
                for finished in self._engine.ended():
                    self._take_part(finished)
            for job in self._under_way:
                if job.stage is not Stage.PROBE:
                    with suppress(NotKept):
                        self.results.put_back(job)
            raise

    def _work_off(self, jobs: Iterator[Job], slots: int) -> None:
        waiting = deque[Job]()
        lanes = set[int]()
        more = True
        while True:
            while self._engine.free(slots) and (job := _ready(waiting, lanes)) is not None:
                with self._stopping.held():
                    self._begin(job, lanes)
            while more and self._engine.free(slots) and len(waiting) < AHEAD:
                new = next(jobs, None)
                if new is None:
                    more = False
                elif new.lane is not None and new.lane in lanes:
                    waiting.append(new)
                else:
                    with self._stopping.held():
                        self._begin(new, lanes)
            if self._engine.idle:
                if not waiting and not more:
                    return
                continue
            finished = self._engine.wait()
            with self._stopping.held():
                self._take(finished, waiting, lanes)

    def _begin(self, job: Job, lanes: set[int]) -> None:
        given = job.given()
        if job.name.stage is Stage.PROBE and not self._is_left(job.name, given):
            return
        if job.name.stage is Stage.PROBE:
            local = self._engine.is_local
            given["journal"] = str(self.results.begin_journal(job.name)) if local else None
        if not self.results.begin(job.name):
            return
        if job.lane is not None:
            lanes.add(job.lane)
        self._under_way.add(job.name)
        self._engine.begin(job, perform, job.name.stage.value, given, self._options)

    def _is_left(self, job: JobName, given: dict[str, Any]) -> bool:
        """Return whether a job has somebody to ask; if not, it has ended."""
        self._lost[job], self._done[job] = given.pop("lost"), given.pop("done")
        if given["places"]:
            return True
        self._write(job, packed([], ADDRESSES))
        self._end_asking(job)
        return False

    def _end_asking(self, job: JobName) -> None:
        """Count those whom a finished job has asked earlier; name those whom it asked in vain."""
        self._progress.add(self._done.pop(job))
        lost, failed = self._lost.pop(job, []), self._failed.pop(job, "")
        if lost:
            named = ", ".join(f"{row['ip']} port {row['port']}" for row in lost[:MOST_LOST_NAMED])
            more = f" and {len(lost) - MOST_LOST_NAMED} more" if lost[MOST_LOST_NAMED:] else ""
            reason = f"asked twice, and nothing came of it: {named}{more}"
            addresses = [{key: row[key] for key in ("ip", "port", "sni")} for row in lost]
            told = f"{failed}; {reason}" if failed else reason
            self.results.put_aside(job, told, addresses=addresses)
        self.results.end_journals(job)

    def _take(self, finished: Finished, waiting: deque[Job], lanes: set[int]) -> None:
        job: Job = finished.token
        self._progress.end(job)
        if job.lane is not None:
            lanes.discard(job.lane)
        outcome: Outcome = finished.returned or Outcome(trouble=finished.lost)
        if not outcome.trouble:
            self._keep(job, outcome)
            self._under_way.discard(job.name)
            return
        if outcome.octets:
            self._keep_part(job, outcome)
        if outcome.no_dns:
            raise LookupFailed(
                f"the survey stopped: {outcome.trouble}",
                "make sure that the resolver answers, then continue with --resume",
            )
        self._under_way.discard(job.name)
        reason = outcome.trouble
        self.results.failed(job.name, reason)
        if job.name.stage is Stage.PROBE:
            self._failed[job.name] = reason
        if self.results.may_begin_again(job.name):
            waiting.append(job)
        else:
            self.results.put_aside(job.name, reason)

    def _keep(self, job: Job, outcome: Outcome) -> None:
        unasked = {UNASKED: str(outcome.unasked)} if job.name.stage is Stage.JUDGE else {}
        rows = self._write(job.name, outcome.octets, **job.about, **unasked)
        took = {"seconds": round(outcome.seconds, 3), "cpu": round(outcome.cpu, 3)}
        more = {"questions": outcome.questions} if job.name.stage is Stage.RESOLVE else {}
        self.results.note("end", job.name, rows=rows, octets=len(outcome.octets), **took, **more)
        if job.name.stage is Stage.PROBE:
            self._end_asking(job.name)
        self._progress.add(rows)

    def _take_part(self, finished: Finished) -> None:
        """Keep what a job has that was told to end; the rest of it has not been begun."""
        job: Job = finished.token
        outcome: Outcome | None = finished.returned
        if outcome is None:
            return
        if not outcome.halted and not outcome.trouble:
            self._under_way.discard(job.name)
            self._keep(job, outcome)
        elif outcome.octets:
            self._under_way.discard(job.name)
            self._keep_part(job, outcome)
            if not outcome.trouble:
                self.results.put_back(job.name)

    def _keep_part(self, job: Job, outcome: Outcome) -> None:
        """Keep some rows of a job, which is not finished."""
        part = job.name.part(len(self.results.parts(job.name)) + 1)
        self.results.note("part", part, rows=self._write(part, outcome.octets))

    def _write(self, job: JobName, octets: bytes, **more: str) -> int:
        if job.stage is Stage.PROBE:
            more["again"] = str(_again(octets))
        try:
            return write_parquet(octets, self.results.path(job), **more)
        except OSError as error:
            raise full(self.results.folder, error) from error


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
