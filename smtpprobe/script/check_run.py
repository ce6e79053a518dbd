"""Runs script files against a server and reports: what `--script` and piped input come to."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TextIO

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.errors import ScriptError, UsageError
from smtpprobe.exits import ExitStatus, combined
from smtpprobe.present import spans
from smtpprobe.present.escape import shown
from smtpprobe.present.session_view import SessionView, dial_lines, error_lines
from smtpprobe.present.spans import Line
from smtpprobe.present.terminal import rendered
from smtpprobe.protocol.events import Sent
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.redact import Secrets
from smtpprobe.protocol.route import Attempt, Route
from smtpprobe.protocol.target import Target
from smtpprobe.script.failure_view import failure_lines, problem_lines
from smtpprobe.script.load import STANDARD_INPUT, first_target, load_scripts, secrets_of
from smtpprobe.script.problem import ScriptProblems
from smtpprobe.script.record import Recorder
from smtpprobe.script.report_view import DialogueView, summary_lines
from smtpprobe.script.results import ScriptResult
from smtpprobe.script.runner import Runner
from smtpprobe.script.settings import REPLY_LIMIT, RunSettings
from smtpprobe.script.steps import Script


class Show(Enum):
    """How much of the dialogue the report shows."""

    NONE = "none"
    FAILURES = "failures"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class ScriptOptions:
    """How scripts are run and reported.

    `client` is the EHLO name; times are in seconds, None for no limit. `transcript` is a path to
    record to, with `{file}` for the script's name when there are several. `show` None means all
    for piped input, failures otherwise. `width` is the terminal's, None where there is none.
    """

    client: str
    timeout: float | None = REPLY_LIMIT
    max_time: float | None = None
    show: Show | None = None
    transcript: str | None = None
    colour: bool = False
    width: int | None = None


async def run_scripts(
    files: Sequence[str] | None,
    target: Target | None,
    connect: ConnectOptions,
    options: ScriptOptions,
    *,
    out: TextIO | None = None,
    err: TextIO | None = None,
) -> ExitStatus:
    """Run scripts one after the other and report; return what the exit code is.

    `files` None means standard input, its dialogue shown. Scripts that cannot be parsed are told
    on `err` and do not keep the others from running.

    Raises:
        UsageError: no target, a secret without a value, a transcript that cannot be written;
            nothing has been sent.
    """
    out, err = out or sys.stdout, err or sys.stderr
    loaded = load_scripts(files if files is not None else [STANDARD_INPUT])
    scripts = [one for one in loaded if isinstance(one, Script)]
    broken = [one for one in loaded if isinstance(one, ScriptError)]
    for error in broken:
        err.write(rendered(_problem_lines(error), colour=options.colour))
    show = options.show or (Show.ALL if files is None else Show.FAILURES)
    batch = _Batch(scripts, target, connect, options, show=show, out=out)
    batch.check()
    statuses = [error.status for error in broken]
    return combined([*statuses, *await batch.run()])


class _Batch:
    """Scripts that run one after the other, each on a client of its own."""

    def __init__(
        self,
        scripts: list[Script],
        target: Target | None,
        connect: ConnectOptions,
        options: ScriptOptions,
        *,
        show: Show,
        out: TextIO,
    ) -> None:
        self._scripts = scripts
        self._target = target
        self._connect = connect
        self._options = options
        self._show = show
        self._out = out
        self._results: list[ScriptResult] = []
        self._unheard: OSError | None = None
        self._give_up: Callable[[], object] = lambda: None
        self._secrets = Secrets()

    def check(self) -> None:
        """See that all can be run at all.

        Raises:
            UsageError: something that was not said is needed.
        """
        for script in self._scripts:
            try:
                if self._target is None:
                    first_target(script)
            except UsageError as error:
                raise UsageError(f"{script.name}: {error.message}", error.hint) from None
            for name in secrets_of(script):
                if f"SMTPPROBE_SECRET_{name}" not in os.environ:
                    raise UsageError(
                        f"{script.name}: the secret {name} has no value",
                        f"set the environment variable SMTPPROBE_SECRET_{name}",
                    )
        transcript = self._options.transcript
        if transcript and len(self._scripts) > 1 and "{file}" not in transcript:
            raise UsageError(
                "--transcript: several scripts need several files", "write {file} in the name"
            )

    async def run(self) -> list[ExitStatus]:
        """Run all; return the status of each. A report is written also when that is cut short.

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

    async def _run_all(self) -> list[ExitStatus]:
        timed_out = False
        try:
            async with asyncio.timeout(self._options.max_time):
                for script in self._scripts:
                    await self._run_one(script)
        except TimeoutError:
            timed_out = True
            limit = f"--max-time {self._options.max_time:g}s is over"
            self._print(error_lines(limit, "what was checked until then is reported"))
        finally:
            if self._results:
                self._print(summary_lines(self._results, self._options.width))
        statuses = [result.status for result in self._results]
        return [*statuses, ExitStatus.CANNOT_TELL] if timed_out else statuses

    async def _run_one(self, script: Script) -> None:
        shown_all = self._show is Show.ALL
        settings = self._settings(script)
        self._secrets = Secrets(settings.secrets.values())
        client = Client(self._connect, on_dial=self._dialled if shown_all else None)
        recorder = self._recorder(client, script)
        if recorder is None:  # which else learns what goes out
            client.subscribe(self._learn)
        view = DialogueView(SessionView(width=lambda: self._options.width))

        def tell(happening: Happening) -> None:
            try:
                self._print(view.lines(happening))
            except OSError as error:  # a reader of events must not raise
                self._unheard = error
                self._give_up()

        unsubscribe = client.subscribe(tell) if shown_all else None
        runner = Runner(client, script, settings, self._echo)
        try:
            await runner.run()
        finally:
            if unsubscribe is not None:
                unsubscribe()
            result = runner.result()
            if recorder is not None:
                _record_result(recorder, result)
            self._results.append(result)
            self._report(result)

    def _learn(self, happening: Happening) -> None:
        if isinstance(happening.event, Sent):
            self._secrets.learn(happening.event.command)

    def _settings(self, script: Script) -> RunSettings:
        secrets = {name: os.environ[f"SMTPPROBE_SECRET_{name}"] for name in secrets_of(script)}
        return RunSettings(self._options.client, self._target, self._options.timeout, secrets)

    def _recorder(self, client: Client, script: Script) -> Recorder | None:
        path = self._options.transcript
        if not path:
            return None
        name = os.path.basename(script.name).removesuffix(".smtp")  # noqa: PTH119 - also "standard input"
        return Recorder(client, path.replace("{file}", name), self._warn, self._secrets)

    def _report(self, result: ScriptResult) -> None:
        lines: list[Line] = []
        if self._show is Show.ALL:
            lines.append(spans.line(""))
        for check in result.failed:
            sent = self._show is not Show.NONE
            lines += [*failure_lines(result, check, sent=sent), spans.line("")]
        lines += [spans.line(f"note: {shown(note)}", spans.NOTICE) for note in result.notes]
        unread = (f"note: never looked at: {shown(text)}" for text in result.unread)
        lines += [spans.line(text, spans.NOTICE) for text in unread]
        self._print(lines)

    def _dialled(self, told: Route | Attempt) -> None:
        self._print(dial_lines(told))

    def _echo(self, text: str) -> None:
        self._print([spans.line(f"# {shown(text)}", spans.HEADING)])

    def _warn(self, text: str) -> None:
        self._print([spans.line(f"warning: {shown(text)}", spans.WARNING)])

    def _print(self, lines: list[Line]) -> None:
        if lines and self._unheard is None:
            text = rendered(lines, colour=self._options.colour)
            self._out.write(self._secrets.hide(text))
            self._out.flush()


def _record_result(recorder: Recorder, result: ScriptResult) -> None:
    for check in result.checks:
        recorder.note("check", check.plain())
    recorder.note("end", result.plain())
    recorder.close()


def _problem_lines(error: ScriptError) -> list[Line]:
    if isinstance(error, ScriptProblems):
        return problem_lines(error)
    return error_lines(error.message, error.hint)
