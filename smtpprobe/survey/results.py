"""The folder of a survey: what is finished, what was begun and how often, and its settings.

    survey.json           settings and versions
    log.jsonl             every job as it begins, ends, fails or is set aside
    resolve/N.parquet     what DNS said (internal)
    addresses/R-N.aM.parquet what it had when it was stopped for the M-th time
    work/                 what is made anew at need, and who was asked by jobs that have not ended
    addresses/R-N.parquet what addresses showed in round R
    domains/N.parquet     the verdicts
    report.html, queries/ what is made of them

A job is finished when its file is there, whole. `log.jsonl` is written before a job begins, so that
what was running when everything died is known to have been begun. What a job had when the survey
was stopped is a file beside its own (`R-N.aM.parquet`), and the rest is still to be done.

Domains of a job that was set aside have rows that say so, in the file of their verdicts, until
they are checked after all.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

from smtpprobe.atomic_file import atomic_write
from smtpprobe.errors import NotKept, UsageError
from smtpprobe.net.clock import now
from smtpprobe.net.os_errors import errno_text
from smtpprobe.present.json_text import json_text
from smtpprobe.starttls.reports.json_words import moment
from smtpprobe.survey.jobs.journal import Noted, Row, begin_journal, noted
from smtpprobe.survey.tables import about

UNASKED = "unasked"
"""How many addresses were missing for the verdicts in a file."""

STAND_IN = "stand_in"
"""What marks a file whose rows say that a part was set aside; its value is why."""


class Stage(Enum):
    """The stages in their order; the value is the name of the folder."""

    RESOLVE = "resolve"
    PROBE = "addresses"
    JUDGE = "domains"


MOST_ATTEMPTS = {Stage.RESOLVE: 3, Stage.JUDGE: 3}
"""How often a job is begun."""

MOST_QUESTIONS = 2
"""How often an address is asked, whatever happens to us: what counts is not the job but this."""

MOST_IN_VAIN = 2
"""How often a job of addresses may fail in one run without having asked anybody."""


@dataclass(frozen=True, slots=True)
class JobName:
    """A job: its stage and its name within it, which is that of its file."""

    stage: Stage
    name: str

    def __str__(self) -> str:
        return f"{self.stage.value}/{self.name}"

    @property
    def is_second_round(self) -> bool:
        """Whether its addresses were asked before."""
        return self.stage is Stage.PROBE and self.name.startswith("2-")

    def part(self, number: int) -> JobName:
        """Return the name of what it had when it was stopped for this time, from 1."""
        return JobName(self.stage, f"{self.name}{self._mark}{number}")

    @property
    def _mark(self) -> str:
        """What follows its name in those of its parts; a part of round 1 has a second round too."""
        return ".b" if self.is_second_round else ".a"


class Asked(NamedTuple):
    """Who was asked by a job that has not ended: `each` so often, and everybody `by_all` times.

    The latter are the times of which it is not known who was.
    """

    each: Counter[int]
    by_all: int = 0

    def times(self, number: int) -> int:
        """Return how often an address was asked, at most."""
        return self.each[number] + self.by_all


class Results:
    """A folder of results, open and locked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._begun: Counter[str] = Counter()
        self._set_aside: dict[str, str] = {}
        self._ever_aside = set[str]()
        self._in_vain: Counter[str] = Counter()
        self._more_addresses = False
        self._log: int | None = None

    @contextmanager
    def opened(self, settings: dict[str, Any], *, resume: bool) -> Iterator[None]:
        """Hold the folder for the block; `settings` are those that decide the results.

        Raises:
            UsageError: it holds results already, or those of other settings; or another run has it.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for name in (*(stage.value for stage in Stage), "work"):
                (self.folder / name).mkdir(exist_ok=True)
            flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
            self._log = os.open(self.folder / "log.jsonl", flags, 0o666)
        except OSError as error:
            raise UsageError(f"-o {self.folder}: {error.strerror}") from error
        try:
            _locked(self._log, self.folder)
            self._checked(settings, resume=resume)
            self._read_log()
            self._take_up()
            yield
        finally:
            os.close(self._log)
            self._log = None

    def _checked(self, settings: dict[str, Any], *, resume: bool) -> None:
        file = self.folder / "survey.json"
        # where no job was ever begun, as there was no cluster, nothing can be mistaken
        if not file.exists() or not (self.folder / "log.jsonl").stat().st_size:
            atomic_write(str(file), json_text(settings, indent=1) + "\n")
            return
        try:
            earlier = json.loads(file.read_text(encoding="utf-8"))
        except ValueError:
            raise UsageError(
                f"{file}: not the settings of a survey", "use another folder"
            ) from None
        if not resume:
            raise UsageError(
                f"-o {self.folder}: there is a survey in it already",
                "use --resume to continue it, or another folder",
            )
        differing = sorted(
            name
            for name in settings.keys() | earlier.keys()
            if settings.get(name) != earlier.get(name)
        )
        if differing:
            raise UsageError(
                f"-o {self.folder}: begun with other settings: {', '.join(differing)}",
                "continue with the same ones, or use another folder",
            )

    def _read_log(self) -> None:
        """Count how often each job was begun; a last line that was cut off is none."""
        assert self._log is not None
        octets = (self.folder / "log.jsonl").read_bytes()
        if octets and not octets.endswith(b"\n"):
            os.write(self._log, b"\n")  # the next line is one of its own
        for line in octets.splitlines():
            try:
                entry = json.loads(line)
            except ValueError:
                continue
            if not isinstance(entry, dict):
                continue
            if entry.get("event") == "begin":
                self._begun[str(entry.get("job"))] += 1
            elif entry.get("event") == "back":
                self._begun[str(entry.get("job"))] -= 1
            elif entry.get("event") == "aside":
                self._hold_aside(str(entry.get("job")), str(entry.get("reason")))
            elif entry.get("event") == "retry":
                self._let_in(str(entry.get("job")))

    def _take_up(self) -> None:
        """Try again what was set aside, but for addresses that were asked twice."""
        for name in list(self._set_aside):
            stage, _, rest = name.partition("/")
            job = JobName(Stage(stage), rest)
            if job.stage is not Stage.PROBE or not self.finished(job):
                self._let_in(name)
                self.note("retry", job)
                self._more_addresses |= job.stage is Stage.PROBE

    def _hold_aside(self, name: str, reason: str) -> None:
        self._set_aside[name] = reason
        self._ever_aside.add(name.partition("/")[2])

    def _let_in(self, name: str) -> None:
        self._set_aside.pop(name, None)
        if not name.startswith(f"{Stage.PROBE.value}/"):  # they stay as often asked as they are
            self._begun[name] = 0

    def path(self, job: JobName) -> Path:
        """Return where a job's result is once it is finished."""
        return self.folder / job.stage.value / f"{job.name}.parquet"

    def finished(self, job: JobName) -> bool:
        """Return whether a job is done.

        Rows that stand in for verdicts are none; nor are verdicts that lack an address, where
        addresses that had been set aside are asked after all.
        """
        path = self.path(job)
        if job.stage is Stage.JUDGE and self._more_addresses and path.exists():
            found = about(path)
            return STAND_IN not in found and found.get(UNASKED, "0") == "0"
        if job.stage is Stage.JUDGE and job.name in self._ever_aside and path.exists():
            return STAND_IN not in about(path)
        return path.exists()

    def parts(self, job: JobName) -> list[Path]:
        """Return what a job had each time that it was stopped."""
        found, number = list[Path](), 1
        while (path := self.path(job.part(number))).exists():
            found.append(path)
            number += 1
        return found

    def files(self, stage: Stage, beginning: str = "") -> list[Path]:
        """Return the finished files of a stage, in the order of their names."""
        return sorted((self.folder / stage.value).glob(f"{beginning or '[0-9]'}*.parquet"))

    @property
    def set_aside(self) -> dict[str, str]:
        """The jobs that are not tried any more, with why."""
        return self._set_aside

    def begin(self, job: JobName) -> bool:
        """Note that a job begins; False where it was begun too often, and is set aside."""
        name = str(job)
        if name in self._set_aside:
            return False
        if not self.may_begin_again(job):
            self.put_aside(job, f"begun {self._begun[name]} times and never finished")
            return False
        self._begun[name] += 1
        self.note("begin", job, attempt=self._begun[name])
        return True

    def may_begin_again(self, job: JobName) -> bool:
        """Return whether a job may be tried once more.

        One of addresses may, until nobody is left who was asked less than twice: see `asked`.
        """
        if job.stage is Stage.PROBE:
            return self._in_vain[str(job)] < MOST_IN_VAIN
        return self._begun[str(job)] < MOST_ATTEMPTS[job.stage]

    def asked(self, job: JobName) -> Asked:
        """Return who was asked by a job of addresses, each time that it was begun by now."""
        known = self._noted(job)
        each = Counter[int](number for found in known if found for number in found.asked)
        return Asked(each, known.count(None))

    def shown(self, job: JobName) -> dict[int, Row]:
        """Return the row of each address that came of a job of addresses before it died."""
        return {row["place"]: row for found in self._noted(job) if found for row in found.rows}

    def _noted(self, job: JobName) -> list[Noted | None]:
        return [noted(self._journal(job, time)) for time in self._times(job)]

    def begin_journal(self, job: JobName) -> Path:
        """Return where the worker notes whom it asks when the job is begun the next time.

        Raises:
            NotKept: there is no room for it.
        """
        path = self._journal(job, self._begun[str(job)] + 1)
        try:
            begin_journal(path)
        except OSError as error:
            raise full(self.folder, error) from error
        return path

    def end_journals(self, job: JobName) -> None:
        """Forget who was asked by a job: it has ended."""
        for time in self._times(job):
            self._journal(job, time).unlink(missing_ok=True)

    def _times(self, job: JobName) -> range:
        return range(1, self._begun[str(job)] + 1)

    def _journal(self, job: JobName, time: int) -> Path:
        return self.folder / "work" / "asked" / f"{job.name}.{time}"

    def failed(self, job: JobName, reason: str) -> None:
        """Note that a job came to nothing."""
        more: dict[str, object] = {}
        if job.stage is Stage.PROBE:
            found = noted(self._journal(job, self._begun[str(job)]))
            self._in_vain[str(job)] += found is not None and not found.asked
            more = {} if found is None else {"asked": sorted(found.asked)}
        self.note("failed", job, reason=reason, **more)

    def put_back(self, job: JobName) -> None:
        """Forget that a job was begun: what stopped it was not its own doing.

        If it asked addresses, its rows say whom.
        """
        self.note("back", job)
        if job.stage is Stage.PROBE:
            self._journal(job, self._begun[str(job)]).unlink(missing_ok=True)
        self._begun[str(job)] -= 1

    def put_aside(self, job: JobName, reason: str, **more: object) -> None:
        """Try a job no more."""
        self._hold_aside(str(job), reason)
        self.note("aside", job, reason=reason, **more)

    def note(self, event: str, job: JobName, **more: object) -> None:
        """Write a line of the log about a job, on the disk when this returns.

        Raises:
            NotKept: there is no room for it.
        """
        self._write(event, job=str(job), **more)

    def note_stage(self, stage: Stage, **more: object) -> None:
        """Write a line of the log about a stage that has ended, or was stopped.

        Raises:
            NotKept: there is no room for it.
        """
        self._write("stage", stage=stage.value, **more)

    def done(self) -> None:
        """Note that every stage came to its end: what was not set aside is finished.

        Raises:
            NotKept: there is no room for it.
        """
        self._write("done")

    def _write(self, event: str, **more: object) -> None:
        assert self._log is not None
        entry = {"time": moment(now()), "event": event} | more
        octets = (json_text(entry, compact=True) + "\n").encode()
        try:
            _append(self._log, octets)
        except OSError as error:
            raise full(self.folder, error) from error


def _append(handle: int, octets: bytes) -> None:
    """Write at the end of a file, on the disk when this returns.

    Raises:
        OSError: there is no room for all of it.
    """
    if os.write(handle, octets) < len(octets):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    os.fsync(handle)


def full(folder: Path, error: OSError) -> NotKept:
    """Return what to say where results cannot be written."""
    return NotKept(
        f"-o {folder}: {errno_text(error.errno or 0)}: the survey stopped",
        "nothing that is finished is lost; free some space, then continue with --resume",
    )


def _locked(handle: int, folder: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise UsageError(
            f"-o {folder}: another survey is writing to this folder",
            "use a different folder for each",
        ) from None
    except OSError:
        return  # a file system without locks
