"""`smtpprobe survey`: runs the stages, says how far they are, and what was set aside."""

from __future__ import annotations

import sys

from smtpprobe.errors import NotKept, UsageError
from smtpprobe.exits import ExitStatus
from smtpprobe.progress_line import ProgressLine
from smtpprobe.survey.arguments import Arguments, with_workers
from smtpprobe.survey.engine import opened
from smtpprobe.survey.listing import EMPTY, partitions
from smtpprobe.survey.report.write import PAGE, write_report
from smtpprobe.survey.results import Results, Stage
from smtpprobe.survey.stages import Progress, Survey
from smtpprobe.survey.stopping import Stopped, Stopping

MOST_NAMED = 20
"""Jobs set aside that are named one by one; the log has all."""


def run(words: Arguments) -> int:
    """Do what was asked; return the exit code.

    Raises:
        ProbeError: it cannot be done, or not to its end.
    """
    stopping = Stopping()
    try:
        with stopping.watching():
            return _run(words, stopping)
    except Stopped as stopped:
        reached = f"; {stopped.reached}" if stopped.reached else ""
        sys.stderr.write(
            f"smtpprobe: the survey was stopped{reached}\n"
            f"  what was found is kept in {words.folder}: "
            "to continue, run the same command with --resume\n"
        )
        return stopped.status


def _run(words: Arguments, stopping: Stopping) -> int:
    results = Results(words.folder)
    line = ProgressLine(wanted=not words.silent)
    progress = Progress(told=lambda sofar: line.show(sofar.text))
    with results.opened(words.settings, resume=words.resume):
        with opened(words.where, stopping) as engine:
            options = with_workers(words.options, words.rate, engine.workers)
            survey = Survey(results, engine, options, progress, stopping)
            try:
                survey.run(lambda: partitions(words.listed, words.column))
            except Stopped as stopped:
                stopped.reached = progress.reached if progress.stage else ""
                raise
            finally:
                progress.told = _nobody
                line.clear()
        _report(words)
        return _ended(results)


def _nobody(_progress: Progress) -> None:
    """Draw nothing any more: a worker may tell something yet."""


def _report(words: Arguments) -> None:
    """Write the page; the results are whole without it."""
    try:
        write_report(words.folder, words.against)
    except UsageError as error:
        raise NotKept(
            f"the survey is finished, but not its page: {error.message}",
            f"write it later: smtpprobe survey report {words.folder}",
        ) from error
    if not words.silent:
        sys.stderr.write(f"{words.folder / PAGE} shows the results\n")


def _ended(results: Results) -> int:
    aside = results.set_aside
    for name, reason in list(aside.items())[:MOST_NAMED]:
        sys.stderr.write(f"smtpprobe: warning: set aside: {name}: {reason}\n")
    if aside:
        return ExitStatus.CANNOT_TELL
    if results.files(Stage.JUDGE):
        return ExitStatus.OK
    sys.stderr.write(EMPTY)
    return ExitStatus.NOTHING_CHECKED
