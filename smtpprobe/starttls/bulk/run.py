"""`smtpprobe starttls -i FILE`: a list of any length, in bounded memory, resumable."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable
from contextlib import closing
from dataclasses import replace

from smtpprobe import __version__
from smtpprobe.errors import LookupFailed, NotKept, ProbeError
from smtpprobe.exits import ExitStatus, combined
from smtpprobe.net import preload
from smtpprobe.net.clock import monotonic, now
from smtpprobe.net.open_files import fitting
from smtpprobe.net.os_errors import errno_text
from smtpprobe.progress_line import Progress, ProgressLine
from smtpprobe.starttls.arguments import Arguments, Bulk
from smtpprobe.starttls.bulk.input import Line, Lines, count
from smtpprobe.starttls.bulk.output import Sink, Tally, may_write, resume, summary
from smtpprobe.starttls.collect.collect import collect, open_shared
from smtpprobe.starttls.collect.garbage import collect_rarely
from smtpprobe.starttls.collect.limits import Limits
from smtpprobe.starttls.collect.shared import Shared
from smtpprobe.starttls.facts import Facts
from smtpprobe.starttls.judge.judge import judge
from smtpprobe.starttls.reports.json_report import SCHEMA, report_object
from smtpprobe.starttls.reports.json_words import moment

APART = 0.5
"""Seconds between two connections to one address."""

REST = 30.0
"""Seconds for which an address that sent 421, or nothing, is not dialled."""

DNS_REST = 5.0
"""Seconds after which a DNS server that was not there is asked once more: it may be restarting."""

LOG_SECONDS = 30.0
"""Seconds between progress lines without a terminal."""

FILES = 2
"""What a job has open at a time: a connection, and one for a policy or a name."""

AHEAD = 10
"""How many lines a job may be ahead of the oldest unfinished one."""


async def run_bulk(words: Arguments, bulk: Bulk) -> int:
    """Check every target of a list; return the exit code of all.

    Raises:
        UsageError: the list or the result file cannot be used.
    """
    may_write(words.output, bulk.path, resume=bulk.resume, restart=bulk.restart)
    line = ProgressLine(wanted=not (bulk.no_progress or words.quiet))
    with closing(Lines(bulk.path)) as lines, closing(Sink(words.output, line.clear)) as sink:
        tally, unfinished = Tally(), list[Line]()
        if bulk.resume and words.output is not None:
            unfinished = await resume(words.output, lines, tally)
        # before connections take up what may be open
        preload.load(["smtpprobe.starttls.collect.deep"])
        fit = fitting(bulk.jobs, FILES)
        if told := fit.remark(bulk.jobs):
            sys.stderr.write(f"smtpprobe: warning: {told}\n")
        limits = Limits(bulk.per_host, APART, fit.jobs, REST)
        shared = await open_shared(replace(words.gathering, questions=fit.questions), limits)
        collect_rarely()
        # not before all else went well: these are the results of hours
        if bulk.restart:
            sink.empty()
        run = Run(words, shared, sink, tally, AHEAD * bulk.jobs)
        await _told(run.all(unfinished, lines), run, words, bulk, line)
    return combined(tally.codes)


async def _told(
    work: Awaitable[None], run: Run, words: Arguments, bulk: Bulk, line: ProgressLine
) -> None:
    """Do the work with progress lines, and a summary at the end, however it ends."""
    total = None if bulk.path == "-" else count(bulk.path)
    silent = bulk.no_progress or words.quiet
    progress = Progress(
        lambda: run.tally.far(total), line, log_every=None if silent else LOG_SECONDS
    )
    began = monotonic()
    try:
        async with progress:
            try:
                await work
            finally:
                await run.stop()
    finally:
        if not words.quiet:
            sys.stderr.write(summary(run.tally, monotonic() - began))


class Run:
    """Targets under way, at most a number beyond the oldest unfinished one."""

    def __init__(
        self, words: Arguments, shared: Shared, sink: Sink, tally: Tally, ahead: int
    ) -> None:
        self._words, self._shared, self._sink, self.tally = words, shared, sink, tally
        self._ahead = ahead
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._ended = asyncio.Event()
        self._over: BaseException | None = None

    async def all(self, unfinished: list[Line], lines: Lines) -> None:
        """Check the lines left over, then those that follow, until all are done."""
        for line in unfinished:
            await self._begin(line)
        while (line_or_end := await lines.next()) is not None:
            await self._begin(line_or_end)
        while self._tasks:
            await self._one_ended()

    async def _begin(self, line: Line) -> None:
        while self._tasks and (
            len(self._tasks) >= self._ahead or line.number - min(self._tasks) >= self._ahead
        ):
            await self._one_ended()
        self._tasks[line.number] = asyncio.ensure_future(self._one(line))

    async def _one_ended(self) -> None:
        self._ended.clear()
        await self._ended.wait()
        if self._over is not None:
            raise self._over

    async def _one(self, line: Line) -> None:
        try:
            found = await self._checked(line)
            self._sink.write(found)
            self.tally.take(found)
        except (OSError, LookupFailed, NotKept) as error:  # of us, so others fare no better
            self._over = self._over or error
        finally:
            del self._tasks[line.number]
            self._ended.set()

    async def _checked(self, line: Line) -> dict[str, object]:
        """Return the result of a line; a bad one has an error in place of findings."""
        head: dict[str, object] = {"seq": line.number}
        try:
            facts = await self._facts(line)
            report = judge(facts, self._words.judging, now())
            return head | report_object(report, pem=self._words.pem)
        # a ProbeError too, but of the DNS server, and so of all lines
        except LookupFailed:
            raise
        except ProbeError as error:
            return head | failed(line, error.message, ExitStatus.CANNOT_TELL)
        except OSError as error:
            text = f"local error, not checked: {errno_text(error.errno or 0)}"
            return head | failed(line, text, ExitStatus.CANNOT_TELL)
        except Exception as error:  # noqa: BLE001 - one target must not end a long run
            text = f"internal error: {type(error).__name__}: {error}"
            return head | failed(line, text, ExitStatus.INTERNAL)

    async def _facts(self, line: Line) -> Facts:
        """Return the facts of a target.

        Raises:
            LookupFailed: the DNS server is not running, nor some seconds later.
        """
        facts = await collect(line.target, self._shared)
        if not (why := self._shared.without_dns):
            return facts
        await asyncio.sleep(DNS_REST)
        facts = await collect(line.target, self._shared)
        if self._shared.without_dns:
            raise LookupFailed(
                f"the list stopped at line {min(self._tasks)}: {why}",
                "make sure that the resolver answers, or use another one "
                "(--resolver), then continue with --resume",
            )
        return facts

    async def stop(self) -> None:
        """Cancel the targets under way; none of them is written. Close shared resources."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._shared.close()


def failed(line: Line, error: str, status: ExitStatus) -> dict[str, object]:
    """Return the result of a line that could not be checked."""
    return {
        "schema": SCHEMA,
        "smtpprobe": __version__,
        "target": line.name,
        "time": moment(now()),
        "result": "inconclusive",
        "exit_code": int(status),
        "error": error,
        "findings": [],
    }
