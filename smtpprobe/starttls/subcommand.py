"""`smtpprobe starttls` for targets named on the command line: gather, judge, show, exit code."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections import deque
from collections.abc import Callable

from smtpprobe.atomic_file import write_results
from smtpprobe.net.clock import now
from smtpprobe.present.escape import shown
from smtpprobe.present.json_text import json_text
from smtpprobe.present.spans import Line
from smtpprobe.present.terminal import rendered, wants_colour
from smtpprobe.progress_line import ProgressLine
from smtpprobe.protocol.target import Target
from smtpprobe.starttls.arguments import Arguments
from smtpprobe.starttls.collect.collect import collect, open_shared
from smtpprobe.starttls.collect.limits import Limits
from smtpprobe.starttls.collect.shared import Shared
from smtpprobe.starttls.judge.judge import Report, judge
from smtpprobe.starttls.reports.formats import Format, ReportOptions, document, exit_code
from smtpprobe.starttls.reports.json_report import report_object
from smtpprobe.starttls.reports.text import report_lines, result_line

AT_A_TIME = 16
"""How many targets of one command line are checked at a time."""

WINDING_UP = 2.0
"""Seconds that interrupted checks get to end: they no longer wait for servers."""


async def run(words: Arguments) -> int:
    """Check the targets; reports come in their order. Returns the exit code of all.

    Raises:
        ProbeError: nothing can be checked.
    """
    if words.bulk is not None:
        from smtpprobe.starttls.bulk.run import run_bulk  # noqa: PLC0415 - only for a list

        return await run_bulk(words, words.bulk)
    line = ProgressLine(wanted=not words.quiet)
    output = Output(words, line)
    cut: asyncio.CancelledError | None = None
    try:
        await _checked(words, output, lambda text: line.show(shown(text)))
    except asyncio.CancelledError as error:
        cut = error
    finally:
        line.clear()
        output.close()
    if cut is not None:
        sys.stderr.write(f"interrupted{output.left}\n")
        if words.form is not Format.NAGIOS or not output.begun:
            raise cut
    return output.status  # with nagios the one code that a plugin's caller understands


async def _checked(words: Arguments, output: Output, tell: Callable[[str], None]) -> None:
    """Check the targets. When that is interrupted, what was found of those begun is taken too."""
    shared = await open_shared(words.gathering, Limits(), words.targets)
    slots = asyncio.Semaphore(AT_A_TIME)

    async def one(target: Target) -> Report | None:
        async with slots:
            return None if shared.interrupted else await check(target, words, shared, tell)

    tasks = [asyncio.ensure_future(one(target)) for target in words.targets]
    left = deque(tasks)
    try:
        while left:
            output.take(await asyncio.shield(left[0]))
            left.popleft()
    except asyncio.CancelledError:
        shared.interrupt()
        await asyncio.wait(left, timeout=WINDING_UP)
        for task in left:
            if task.done() and not task.cancelled() and task.exception() is None:
                output.take(task.result())
        raise
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await shared.close()


async def check(
    target: Target, words: Arguments, shared: Shared, tell: Callable[[str], None]
) -> Report:
    """Return the report on one target."""
    facts = await collect(target, shared, tell)
    return judge(facts, words.judging, now())


class Output:
    """Takes reports in order; self-contained ones are written at once."""

    def __init__(self, words: Arguments, line: ProgressLine) -> None:
        self._words = words
        self._line = line
        self._reports: list[Report] = []
        self._file: list[str] = []

    @property
    def status(self) -> int:
        """The exit code of all targets: that of the plugin with `--format nagios`."""
        return exit_code(self._words.form, self._reports)

    @property
    def begun(self) -> bool:
        """Whether there is any report."""
        return bool(self._reports)

    @property
    def left(self) -> str:
        """What an interruption left out, to be said behind the word."""
        if not self._reports:
            return " before anything was found"
        count = len(self._words.targets) - len(self._reports)
        return f", {count} of {len(self._words.targets)} targets have no report" if count else ""

    def take(self, report: Report | None) -> None:
        """Take the next report; None where there is none."""
        if report is None:
            return
        first = not self._reports
        self._reports.append(report)
        match self._words.form:
            case Format.TEXT:
                self._write(("" if first else "\n") + self._text(report))
            case Format.JSONL:
                self._write(json_text(report_object(report, pem=self._words.pem)) + "\n")

    def _text(self, report: Report) -> str:
        terminal = sys.stdout.isatty() and self._words.output is None
        colour = wants_colour(self._words.color, os.environ, terminal=terminal)
        width = shutil.get_terminal_size((120, 24)).columns if terminal else 120
        if self._words.quiet:
            name = shown(str(report.facts.target))
            whole: list[Line] = [((*result_line(report),))]
            return f"{name}: " + rendered(whole, colour=colour)
        return rendered(report_lines(report, width), colour=colour)

    def _write(self, text: str) -> None:
        if self._words.output is not None:
            self._file.append(text)
            return
        self._line.clear()
        sys.stdout.write(text)
        sys.stdout.flush()

    def close(self) -> None:
        """Write what covers all reports together, and the file."""
        if not self._reports:
            return
        if self._words.form.writer:
            options = ReportOptions(self._words.pem)
            self._write(document(self._words.form, self._reports, options))
        files: list[tuple[str, str, str]] = []
        if self._words.output is not None:
            files.append((self._words.output, "".join(self._file), "--output"))
        if self._words.html is not None:
            from smtpprobe.starttls.reports.html import html_page  # noqa: PLC0415 - if asked for

            files.append((self._words.html, html_page(self._reports), "--html"))
        write_results(files)
