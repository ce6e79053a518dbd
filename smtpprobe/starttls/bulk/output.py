"""Writes the results of a list: one JSON line each, atomically, to a file that can be resumed."""

from __future__ import annotations

import fcntl
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from smtpprobe.atomic_file import kept_elsewhere, same_file
from smtpprobe.errors import NotKept, UsageError
from smtpprobe.exits import ExitStatus
from smtpprobe.present.json_text import json_text
from smtpprobe.progress_line import Done
from smtpprobe.protocol.units import shown_clock
from smtpprobe.starttls.bulk.input import Line, Lines

RESULTS = ("ok", "fail", "inconclusive", "nothing")


@dataclass(slots=True)
class Tally:
    """The results so far: counts of results, exit codes and findings."""

    results: Counter[str] = field(default_factory=Counter)
    codes: Counter[ExitStatus] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)

    def take(self, found: dict[str, object]) -> None:
        """Count one result."""
        self.results[str(found.get("result"))] += 1
        self.codes[_status(found.get("exit_code"))] += 1
        findings = found.get("findings")
        if isinstance(findings, list):
            self.findings.update({str(each["id"]) for each in findings if each["level"] != "note"})

    @property
    def done(self) -> int:
        """How many targets."""
        return self.results.total()

    def far(self, total: int | None) -> Done:
        """Return the progress of a list of targets."""
        return Done(self.done, total, {name: self.results[name] for name in RESULTS})


def _status(code: object) -> ExitStatus:
    """Return what a result's exit code means; empty for an unknown one."""
    known: dict[object, ExitStatus] = {int(status): status for status in ExitStatus}
    return known.get(code, ExitStatus.CANNOT_TELL) if type(code) is int else ExitStatus.CANNOT_TELL


class Sink:
    """Where results go: standard output, or a file that is only added to.

    `before` is called before anything is written to standard output.
    """

    def __init__(self, path: str | None, before: Callable[[], None] = lambda: None) -> None:
        self._before = before
        self._handle: int | None = None
        self._path = path
        if path is not None:
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
            try:
                self._handle = os.open(path, flags, 0o666)
            except OSError as error:
                raise UsageError(f"--output {path}: {error.strerror}") from error
            _locked(self._handle, path)

    def empty(self) -> None:
        """Begin again."""
        if self._handle is not None:
            with suppress(OSError):  # a pipe or a device
                os.truncate(self._handle, 0)

    def write(self, found: dict[str, object]) -> None:
        """Write one result as one line, with one write.

        Raises:
            NotKept: there is no room for it; the text says where it is instead.
            OSError: standard output takes no more.
        """
        text = json_text(found, compact=True) + "\n"
        if self._handle is None:
            self._before()
            sys.stdout.write(text)
            sys.stdout.flush()
            return
        octets = memoryview(text.encode())
        try:
            while octets:
                octets = octets[os.write(self._handle, octets) :]
        except OSError as error:
            where = kept_elsewhere(self._path or "", text)
            raise NotKept(
                f"--output {self._path}: {error.strerror}: the list stopped at line {found['seq']}",
                f"{where}; free some space, then continue with --resume",
            ) from error

    def close(self) -> None:
        """Close the file."""
        if self._handle is not None:
            os.close(self._handle)


def _locked(handle: int, path: str) -> None:
    """Lock a file of results while it is open.

    Raises:
        UsageError: another run has it.
    """
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise UsageError(
            f"--output {path}: another run is writing to this file",
            "use a different file for each run",
        ) from None
    except OSError:
        return  # a file system without locks, a device


def may_write(path: str | None, read: str, *, resume: bool, restart: bool) -> None:
    """Check that a result file is not overwritten by mistake; `read` is the list.

    Raises:
        UsageError: it is the list, or there is something in it and neither option was given.
    """
    if path is None:
        return
    same_file(("-i", read), ("--output", path))
    file = Path(path)
    if resume or restart or not file.is_file() or not file.stat().st_size:
        return
    raise UsageError(
        f"--output {path}: the file already exists",
        "use --resume to continue it, or --restart to start over",
    )


async def resume(path: str, lines: Lines, tally: Tally) -> list[Line]:
    """Read what an earlier run has written; return the lines before its end that it did not finish.

    `lines` is past the last finished line afterwards. An incomplete last line of the file is
    cut off.

    Raises:
        UsageError: the results are not those of this list.
    """
    open_lines: dict[int, Line] = {}
    for found in _finished(path):
        number, target = found.get("seq"), found.get("target")
        if not isinstance(number, int) or not isinstance(target, str):
            raise _changed(path)
        while lines.number < number:
            line = await lines.next()
            if line is None:
                raise _changed(path)
            open_lines[line.number] = line
        line = open_lines.pop(number, None)
        if line is None or line.name != target:
            raise _changed(path)
        tally.take(found)
    return list(open_lines.values())


def _finished(path: str) -> Iterator[dict[str, object]]:
    """Yield the results in a file; cut off what follows the last whole line."""
    whole = 0
    with Path(path).open("r+b") as stream:
        for raw in stream:
            if not raw.endswith(b"\n"):
                break
            try:
                found = json.loads(raw)
            except ValueError as error:
                raise _changed(path) from error
            if not isinstance(found, dict):
                raise _changed(path)
            whole += len(raw)
            yield found
        stream.truncate(whole)


def _changed(path: str) -> UsageError:
    return UsageError(
        f"{path}: these are not the results of this list (the input changed)",
        "use --restart to start over",
    )


def summary(tally: Tally, seconds: float) -> str:
    """Return the results of all targets, and the frequent findings."""
    counts = ", ".join(f"{tally.results[name]} {name}" for name in RESULTS)
    lines = [f"{tally.done} targets in {shown_clock(seconds)}: {counts}"]
    lines += [f"  {count:>7}  {name}" for name, count in tally.findings.most_common(10)]
    return "\n".join(lines) + "\n"
