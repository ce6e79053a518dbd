"""Runs script files against servers and reports: what `--script` and piped input come to."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from io import StringIO
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TextIO

from smtpprobe.atomic_file import check_writable, same_file, write_results
from smtpprobe.client import ConnectOptions
from smtpprobe.errors import ScriptError, UsageError
from smtpprobe.exits import ExitStatus, NagiosState, combined
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.net import clock
from smtpprobe.net.open_files import fitting
from smtpprobe.present import spans
from smtpprobe.present.escape import shown
from smtpprobe.present.spans import Line
from smtpprobe.present.terminal import rendered
from smtpprobe.progress_line import Done, Progress, ProgressLine
from smtpprobe.protocol.redact import Secrets
from smtpprobe.protocol.target import Target
from smtpprobe.script.batch import resources
from smtpprobe.script.batch.given_values import named_secrets, secret_values
from smtpprobe.script.batch.job import JobRun
from smtpprobe.script.batch.jobs import Each, Job, OrderedOutput, jobs_of, jobs_of_targets, run_jobs
from smtpprobe.script.input_file import STANDARD_INPUT
from smtpprobe.script.language.defined_names import used_names
from smtpprobe.script.language.problem import ScriptProblems
from smtpprobe.script.language.steps import Script
from smtpprobe.script.load import (
    Given,
    first_target,
    load_scripts,
    other_targets,
    secrets_of,
)
from smtpprobe.script.recordings.path import stems, transcript_path
from smtpprobe.script.reports.failures import finding_lines, problem_lines
from smtpprobe.script.reports.formats import Format, Show, exit_code, rendered_report
from smtpprobe.script.reports.options import ReportOptions
from smtpprobe.script.reports.text import endings, run_lines, summary_lines, time_is_over
from smtpprobe.script.results.results import BrokenScript, Report, ScriptResult, not_begun
from smtpprobe.script.runner.run_settings import CertificateDays, Identity, TimeLimits
from smtpprobe.settings.option_limits import MESSAGE_SECONDS, REPLY_SECONDS

if TYPE_CHECKING:
    from smtpprobe.present.session import SessionView
    from smtpprobe.script.results.compare import Dialogue


class ScriptOptions(NamedTuple):
    """How scripts are run and reported.

    `client` is the EHLO name; times are in seconds, None for no limit. `transcript` is a path to
    record to, with `{file}` for the script's name when there are several; `pcap` is one for a
    packet capture, with passwords if `pcap_secrets`. `show` None means all for piped input,
    failures otherwise. `width` is the terminal's; None without one.
    `variables` are those given from outside, `named` the names that `--var` gave, `secrets` what
    gives secrets a value. `at_once` jobs run at the same time, `per_host` of them against one host
    (0: all of them); a job that failed or was inconclusive is repeated at most `retry` times. With
    `compare` each script runs against each of these targets, and only differences are reported.
    `output` is a file for the report.
    `going_on`, `strict` and `texts` are as in RunSettings. All files that scripts name have to lie
    in the folder `within`, if there is one.
    """

    client: str
    timeout: float | None = REPLY_SECONDS
    max_time: float | None = None
    show: Show | None = None
    transcript: str | None = None
    pcap: str | None = None
    pcap_secrets: bool = False
    colour: bool = False
    width: int | None = None
    variables: Mapping[str, str] = MappingProxyType({})
    named: tuple[str, ...] = ()
    secrets: Mapping[str, Callable[[], str | None]] = MappingProxyType({})
    going_on: bool = False
    strict: bool = False
    texts: bool = False
    days: CertificateDays | None = None
    time: TimeLimits = TimeLimits()
    each: Each = Each.TARGET
    at_once: int = 1
    per_host: int = 0
    retry: int = 0
    compare: tuple[Target, ...] = ()
    format: Format = Format.TEXT
    output: str | None = None
    timeout_state: NagiosState = NagiosState.CRITICAL
    skip_state: NagiosState = NagiosState.UNKNOWN
    message_timeout: float = MESSAGE_SECONDS
    within: Path | None = None


async def run_scripts(
    files: Sequence[str] | None,
    target: Target | None,
    connect: ConnectOptions,
    options: ScriptOptions,
    *,
    out: TextIO | None = None,
    err: TextIO | None = None,
) -> int:
    """Run scripts and report; return the exit code: an ExitStatus, or that of a plugin.

    `files` None means standard input, its dialogue shown. Unparsable scripts are reported
    on `err` and do not keep the others from running.

    Raises:
        UsageError: no target, a secret without a value, a transcript that cannot be written;
            nothing has been sent.
    """
    out, err = out or sys.stdout, err or sys.stderr
    if options.output is not None:
        check_writable(options.output)
    secrets = named_secrets(options.secrets)
    given = Given(options.variables, target, secrets, options.within)
    loaded = load_scripts(files if files is not None else [STANDARD_INPUT], given)
    read = [("--script", one.name) for one in loaded]
    written_to = (("--transcript", options.transcript), ("--pcap", options.pcap))
    same_file(*read, *written_to, ("--output", options.output))
    linted = _told_before(loaded, given, options, err)
    lines = [*_unused(loaded, options), *_elsewhere(loaded, options.compare or (target,))]
    err.write(rendered(lines, colour=options.colour) if lines else "")
    show = options.show or (Show.ALL if files is None else Show.FAILURES)
    stored = StringIO()
    written = out if options.output is None else stored
    batch = Batch(loaded, given, connect, options, show=show, out=written, err=err)
    try:
        code = await batch.reported()
    finally:
        if options.output is not None:
            results = [(options.output, stored.getvalue(), "--output")]
            write_results(results, private=batch.has_secrets)
    if linted is ExitStatus.OK:
        return code
    return combined([code, linted]) if isinstance(code, ExitStatus) else NagiosState.CRITICAL


def _told_before(
    loaded: Sequence[Script | ScriptError], given: Given, options: ScriptOptions, err: TextIO
) -> ExitStatus:
    """Report what cannot be read and, with `strict`, what looks wrong; return the exit status."""
    linted = ExitStatus.OK
    for one in loaded:
        lines: list[Line] = []
        if isinstance(one, ScriptError):
            lines = [*_problem_lines(one), spans.line("")]
        elif options.strict and (lines := _linted(one, given)):
            linted = ExitStatus.CHECK_FAILED
        err.write(rendered(lines, colour=options.colour) if lines else "")
    return linted


def _elsewhere(
    loaded: Sequence[Script | ScriptError], targets: Sequence[Target | None]
) -> list[Line]:
    """Return a note for each line that connects to another host than a target given."""
    found: dict[str, list[str]] = {}
    scripts = [one for one in loaded if isinstance(one, Script)]
    given = [one for one in targets if one is not None]
    for script in scripts:
        for target in given:
            for place, argument in other_targets(script, target):
                where = f"{place.file or script.name}:{place.line}"
                found.setdefault(f"{where}: connects to {argument}", []).append(str(target))
    return [
        spans.line(shown(f"note: {told}, not to {' or '.join(others)}"), spans.WARNING)
        for told, others in found.items()
    ]


def _unused(loaded: Sequence[Script | ScriptError], options: ScriptOptions) -> list[Line]:
    """Return a warning for each option that gives a name a value which no line asks for."""
    scripts = [one for one in loaded if isinstance(one, Script)]
    if len(scripts) < len(loaded) or not (options.named or options.secrets):
        return []
    used = {name for script in scripts for name in used_names(script)}
    given = [("--var", name) for name in options.named]
    given += [("--secret", name) for name in options.secrets]
    return [
        spans.line(f"warning: {option} {name}: not used in the script", spans.WARNING)
        for option, name in given
        if name not in used
    ]


def _linted(script: Script, given: Given) -> list[Line]:
    from smtpprobe.script.lint.rules import lint  # noqa: PLC0415 - only with --strict

    findings = lint(script, given.outside)
    return finding_lines(script, findings) if findings else []


class Batch:
    """Scripts that run, each with its own client, and their results.

    Raises:
        UsageError: something that was not said is needed; nothing has been sent.
    """

    def __init__(
        self,
        loaded: Sequence[Script | ScriptError],
        given: Given,
        connect: ConnectOptions,
        options: ScriptOptions,
        *,
        show: Show,
        out: TextIO,
        err: TextIO,
    ) -> None:
        self._loaded = loaded
        self._err = err
        self._scripts = [one for one in loaded if isinstance(one, Script)]
        self._given = given
        self._connect = connect
        self._options = options
        self._show = show
        self._out = out
        self._jobs: list[Job] = []
        self._began = 0.0
        self._live = options.format is Format.TEXT and not options.compare
        self._results: dict[int, ScriptResult] = {}
        self._dialogues: dict[int, Dialogue] = {}
        self._unheard: OSError | None = None
        self._late = False
        self._give_up: Callable[[], object] = lambda: None
        self._line = ProgressLine(wanted=False)
        self._turns = OrderedOutput(self._write)
        self._stems = stems(script.name for script in self._scripts)
        self._identity = Identity(os.urandom(8).hex(), clock.mail_date())
        self._check()
        values = given.outside.values
        needed = [(one.name, name) for one in self._scripts for name in secrets_of(one, values)]
        self._secrets = secret_values(needed, options.secrets)
        self._hidden = Secrets(self._secrets.values())

    @property
    def has_secrets(self) -> bool:
        """Whether a secret was given to the scripts, or went out."""
        return not self._hidden.is_empty

    def _check(self) -> None:
        for script in self._scripts:
            try:
                if self._given.target is None and not self._options.compare:
                    first_target(script)
            except UsageError as error:
                raise UsageError(f"{script.name}: {error.message}", error.hint) from None
        transcript = self._options.transcript
        options = self._options
        self._check_targets()
        each = options.each is not Each.TARGET or options.compare
        several = len(self._scripts) > 1 or each
        if transcript and several and "{file}" not in transcript:
            raise UsageError(
                "--transcript: several scripts need separate files", "use {file} in the file name"
            )
        for stem in self._stems.values() if transcript else ():
            check_writable(transcript_path(transcript or "", None, stem), "--transcript")

    def _check_targets(self) -> None:
        options, target = self._options, self._given.target
        if options.each is not Each.TARGET and target is None and not options.compare:
            raise UsageError(f"--each-{options.each.value}: no target", "give a TARGET")
        if not options.compare:
            return
        if options.format not in (Format.TEXT, Format.JSON):
            raise UsageError("--compare supports only --format text and json")
        if len(options.compare) < 2 or target is not None:
            raise UsageError(
                "--compare needs at least two targets, and no other TARGET",
                "--script FILE --compare TARGET TARGET",
            )

    def _at_once(self) -> int:
        """Return how many jobs run at a time: those wanted, as far as their files can be open."""
        wanted = min(self._options.at_once, max(1, len(self._jobs)))
        connections = max((resources.connections_of(script) for script in self._scripts), default=1)
        if wanted == 1 and connections <= resources.FEW:
            return 1
        resources.load()
        fit = fitting(wanted, FILES + connections)
        if told := fit.remark(wanted):
            self._err.write(f"smtpprobe: warning: {told}\n")
        return fit.jobs

    async def run(self) -> Report:
        """Run all; return what they gave. A report is written also when that is cut short.

        Raises:
            OSError: the report cannot be written any more (its reader has gone, a full disk).
        """
        running = asyncio.ensure_future(self._run_all())
        self._give_up = running.cancel
        try:
            return await running
        except asyncio.CancelledError:
            if self._unheard is not None:
                raise self._unheard from None
            raise

    async def reported(self) -> ExitStatus | NagiosState:
        """Run all and report; return the exit code."""
        began, options = clock.now(), self._options
        try:
            report = await self.run()
        except asyncio.CancelledError as cut:
            terminated = ExitStatus.TERMINATED.name in cut.args
            ended = ExitStatus.TERMINATED if terminated else ExitStatus.INTERRUPTED
            code = self._end(self._report(ended=ended), began)
            if options.format is Format.NAGIOS:
                return code  # the one code that a plugin's caller understands
            raise
        code = self._compared() if options.compare else self._end(report, began)
        if self._unheard is not None:
            raise self._unheard
        return code

    def _end(self, report: Report, began: datetime) -> ExitStatus | NagiosState:
        options = self._options
        how = ReportOptions(
            width=options.width,
            colour=options.colour,
            sent=self._show is not Show.NONE,
            time=options.time,
            timeout_state=options.timeout_state,
            skip_state=options.skip_state,
            began=began,
        )
        if not self._live:
            self._write(rendered_report(options.format, report, how))
        else:
            lines = time_is_over(report.seconds) if report.timed_out else []
            if report.runs:
                lines += summary_lines(report.runs, options.width, report.seconds)
            self._print(lines)
        return exit_code(options.format, report, how)

    async def _run_all(self) -> Report:
        options = self._options
        self._began = clock.monotonic()
        try:
            async with asyncio.timeout(options.max_time):
                self._jobs = await self._all_jobs()
                at_once = self._at_once()
                several = len(self._jobs) > 1 and self._show is not Show.ALL
                self._line = ProgressLine(wanted=several, stream=self._err)
                async with Progress(self._done, self._line):
                    await run_jobs(
                        self._jobs, self._run_one, at_once=at_once,
                        per_host=options.per_host or at_once,
                    )  # fmt: skip
        except TimeoutError:
            self._late = True
            return self._report(timed_out=True)
        return self._report()

    def _done(self) -> Done:
        return Done(len(self._results), len(self._jobs), endings(self._results.values()))

    async def _all_jobs(self) -> list[Job]:
        options = self._options
        if options.compare:
            return jobs_of_targets(self._scripts, options.compare, self._connect)
        return await jobs_of(self._scripts, self._given.target, self._connect, options.each)

    def _compared(self) -> ExitStatus:
        """Report where the replies of the compared servers differ; return the exit code."""
        from smtpprobe.script.results.compare import (  # noqa: PLC0415 - only to compare
            comparison_json,
            comparison_lines,
            plain_comparison,
            rows,
            status_of,
        )

        statuses = [one.status for one in self._loaded if isinstance(one, ScriptError)]
        texts, plain = self._options.texts, self._options.format is Format.JSON
        told: list[dict[str, object]] = []
        for script in self._scripts:
            numbers = (number for number, job in enumerate(self._jobs) if job.script is script)
            dialogues = [self._dialogues[one] for one in numbers if one in self._dialogues]
            found = rows(dialogues, texts=texts)
            told.append(plain_comparison(script.name, dialogues, found))
            if dialogues and not plain:
                self._print(comparison_lines(script.name, dialogues, found, texts=texts))
            statuses.append(status_of(dialogues, found))
        code = combined([*statuses, *([ExitStatus.CANNOT_TELL] if self._late else [])])
        if plain:
            self._write(self._hidden.hide(comparison_json(told, code)))
        elif self._late:
            self._print(time_is_over(clock.monotonic() - self._began))
        return code

    def _report(self, *, timed_out: bool = False, ended: ExitStatus | None = None) -> Report:
        """Return the results so far, in the order of the files; jobs not begun are marked so."""
        seconds = clock.monotonic() - self._began
        jobs = self._jobs or [Job(script, None, self._connect) for script in self._scripts]
        runs: list[ScriptResult | BrokenScript] = []
        for one in self._loaded:
            if isinstance(one, Script):
                numbers = (number for number, job in enumerate(jobs) if job.script is one)
                runs += [
                    self._results.get(number)
                    or not_begun(one, jobs[number].variant, jobs[number].named)
                    for number in numbers
                ]
            else:
                target = self._given.target
                runs.append(BrokenScript(one.name, one, str(target) if target else ""))
        return Report(tuple(runs), seconds, timed_out, ended)

    async def _run_one(self, number: int, job: Job) -> ScriptResult:
        shown_all = self._live and self._show is Show.ALL
        streamed = self._options.format is Format.JSONL
        run = JobRun(
            job,
            self._stems[job.script.name],
            self._options,
            self._secrets,
            self._identity,
            tell=lambda lines, secrets: self._say(number, lines, secrets),
            view=_view(self._options) if shown_all else None,
            stream=(lambda text: self._turns.write(number, text)) if streamed else None,
        )
        try:
            await run.run()
        finally:
            result = run.result()
            self._results[number] = result
            self._hidden.include(run.secrets)
            if self._options.compare:
                self._dialogues[number] = _dialogue(job, run, result)
            elif self._live:
                self._say(number, self._result_lines(result), run.secrets)
            self._turns.done(number)
        return result

    def _result_lines(self, result: ScriptResult) -> list[Line]:
        between = [spans.line("")] if self._show is Show.ALL else []
        return between + run_lines(
            result, sent=self._show is not Show.NONE, width=self._options.width
        )

    def _say(self, number: int, lines: list[Line], secrets: Secrets) -> None:
        if lines and self._live:
            self._turns.write(number, secrets.hide(rendered(lines, colour=self._options.colour)))

    def _print(self, lines: list[Line]) -> None:
        if lines:
            self._write(self._hidden.hide(rendered(lines, colour=self._options.colour)))

    def _write(self, text: str) -> None:
        """Write to the report; if the pipe is closed, give up the run."""
        if self._unheard is not None:
            return
        self._line.clear()
        try:
            self._out.write(text)
            self._out.flush()
        except OSError as error:  # a reader of events must not raise
            self._unheard = error
            self._give_up()


FILES = 3
"""What a job has open beside its connections: questions to DNS, a transcript."""


def _view(options: ScriptOptions) -> SessionView:
    import smtpprobe.knowledge.annotate  # noqa: F401, PLC0415 - before there is a clock to disturb
    from smtpprobe.present.session import SessionView  # noqa: PLC0415 - only when chosen

    return SessionView(width=lambda: options.width, folds=True)


def _dialogue(job: Job, run: JobRun, result: ScriptResult) -> Dialogue:
    from smtpprobe.script.results.compare import Dialogue  # noqa: PLC0415 - only when chosen

    trouble = next((one for one in result.checks if one.status is ExitStatus.CANNOT_TELL), None)
    return Dialogue(job.variant, tuple(run.answers), trouble.message if trouble else "")


def _problem_lines(error: ScriptError) -> list[Line]:
    if isinstance(error, ScriptProblems):
        return problem_lines(error)
    from smtpprobe.present.session import error_lines  # noqa: PLC0415 - only for what failed

    return error_lines(error.message, error.hint)
