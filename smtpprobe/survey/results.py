"""The folder of a survey: what is finished, what was begun and how often, and its settings.

    survey.json           settings and versions
    log.jsonl             every job as it begins, ends, fails or is set aside
    resolve/N.parquet     what DNS said (internal)
    work/                 what is made anew at need (internal)
    addresses/R-N.parquet what addresses showed in round R
    domains/N.parquet     the verdicts
    report.html, queries/ what is made of them

A job is finished when its file is there, whole. `log.jsonl` is written before a job begins, so that
what was running when everything died is known to have been begun.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from smtpprobe.atomic_file import atomic_write
from smtpprobe.errors import NotKept, UsageError
from smtpprobe.net.clock import now
from smtpprobe.net.os_errors import errno_text
from smtpprobe.present.json_text import json_text
from smtpprobe.starttls.reports.json_words import moment


class Stage(Enum):
    """The stages in their order; the value is the name of the folder."""

    RESOLVE = "resolve"
    PROBE = "addresses"
    JUDGE = "domains"


MOST_ATTEMPTS = {Stage.RESOLVE: 3, Stage.PROBE: 2, Stage.JUDGE: 3}
"""How often a job is begun. A job of the second stage sends to others: they are asked twice at
most, whatever happens to us."""


@dataclass(frozen=True, slots=True)
class JobName:
    """A job: its stage and its name within it, which is that of its file."""

    stage: Stage
    name: str

    def __str__(self) -> str:
        return f"{self.stage.value}/{self.name}"


class Results:
    """A folder of results, open and locked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._begun: Counter[str] = Counter()
        self._set_aside: dict[str, str] = {}
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
            yield
        finally:
            os.close(self._log)
            self._log = None

    def _checked(self, settings: dict[str, Any], *, resume: bool) -> None:
        file = self.folder / "survey.json"
        if not file.exists():
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
                self._set_aside[str(entry.get("job"))] = str(entry.get("reason"))

    def path(self, job: JobName) -> Path:
        """Return where a job's result is once it is finished."""
        return self.folder / job.stage.value / f"{job.name}.parquet"

    def finished(self, job: JobName) -> bool:
        """Return whether a job is done."""
        return self.path(job).exists()

    def files(self, stage: Stage, beginning: str = "") -> list[Path]:
        """Return the finished files of a stage, in the order of their names."""
        return sorted((self.folder / stage.value).glob(f"{beginning}*.parquet"))

    @property
    def set_aside(self) -> dict[str, str]:
        """The jobs that are not tried any more, with why."""
        return self._set_aside

    def begin(self, job: JobName) -> bool:
        """Note that a job begins; False where it was begun too often, and is set aside."""
        name = str(job)
        if name in self._set_aside:
            return False
        if self._begun[name] >= MOST_ATTEMPTS[job.stage]:
            self.put_aside(job, f"begun {self._begun[name]} times and never finished")
            return False
        self._begun[name] += 1
        self.note("begin", job, attempt=self._begun[name])
        return True

    def may_begin_again(self, job: JobName) -> bool:
        """Return whether a job may be tried once more."""
        return self._begun[str(job)] < MOST_ATTEMPTS[job.stage]

    def put_back(self, job: JobName) -> None:
        """Forget that a job was begun: what stopped it was not its own doing."""
        self._begun[str(job)] -= 1
        self.note("back", job)

    def put_aside(self, job: JobName, reason: str) -> None:
        """Try a job no more."""
        self._set_aside[str(job)] = reason
        self.note("aside", job, reason=reason)

    def note(self, event: str, job: JobName, **more: object) -> None:
        """Write a line of the log, on the disk when this returns.

        Raises:
            NotKept: there is no room for it.
        """
        assert self._log is not None
        entry = {"time": moment(now()), "event": event, "job": str(job)} | more
        octets = (json_text(entry, compact=True) + "\n").encode()
        try:
            os.write(self._log, octets)
            os.fsync(self._log)
        except OSError as error:
            raise full(self.folder, error) from error


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
