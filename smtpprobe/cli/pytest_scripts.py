"""Scripts as pytest collects and runs them: a file of cases, each an item of its own."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Iterator
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from smtpprobe.cli.launch import (
    begin_own_table,
    connect_options,
    files_and_target,
    practice,
    practised,
    settings_of,
)
from smtpprobe.cli.main_parser import main_parser
from smtpprobe.errors import ProbeError, ScriptError
from smtpprobe.exits import ExitStatus, combined
from smtpprobe.net.hostname import client_name
from smtpprobe.present.terminal import rendered
from smtpprobe.protocol.target import parse_target
from smtpprobe.script.batch.arguments import script_options
from smtpprobe.script.batch.given_values import named_secrets
from smtpprobe.script.batch.run import Batch
from smtpprobe.script.language.problem import ScriptProblems
from smtpprobe.script.language.steps import Script
from smtpprobe.script.load import Given, load_scripts
from smtpprobe.script.reports.failures import problem_lines
from smtpprobe.script.reports.formats import Show
from smtpprobe.script.reports.text import run_lines
from smtpprobe.script.results.results import BrokenScript, CaseResult, Report, ScriptResult


class CaseError(Exception):
    """A case did not pass; the text is what smtpprobe reports."""


class ScriptFile(pytest.File):
    """A script; its cases are collected where it can be read."""

    def __init__(self, *, target: str | None, options: str, **known: Any) -> None:
        super().__init__(**known)
        self.words = [*shlex.split(options), *([target] if target else [])]

    def collect(self) -> Iterator[ScriptCase]:
        """Yield an item for each case, in the order of the file."""
        given = Run(self.words).given
        [script] = load_scripts([str(self.path)], given)
        if isinstance(script, ScriptError):
            raise self.CollectError(_said(script))
        for case in script.cases:
            name = case.name if case.name is not None else "script"
            one = script._replace(cases=(case,))
            yield ScriptCase.from_parent(self, name=name, script=one)


class ScriptCase(pytest.Item):
    """A case; it has a connection of its own, so it runs without the others."""

    parent: ScriptFile

    def __init__(self, *, script: Script, **known: Any) -> None:
        super().__init__(**known)
        self.script = script

    def runtest(self) -> None:
        """Run the case; what came of it decides."""
        report = asyncio.run(Run(self.parent.words).run(self.script))
        status = combined(run.status for run in report.runs)
        lines = [line for run in report.runs for line in run_lines(run)]
        text = rendered(lines, colour=False).rstrip("\n")
        if status is ExitStatus.NOTHING_CHECKED:
            reasons = {case.reason for run in report.runs for case in _cases(run)}
            # the place of the script is shown, not that of this line
            raise pytest.skip.Exception("; ".join(sorted(reasons)), _use_item_location=True)
        if status is not ExitStatus.OK:
            raise CaseError(text)
        if text:  # warnings, and what `:echo` said
            self.add_report_section("call", "smtpprobe", text)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *_: Any) -> str:
        """Return our own report of what failed; of other errors what pytest makes of them."""
        if isinstance(excinfo.value, CaseError):
            return str(excinfo.value)
        if isinstance(excinfo.value, ProbeError):
            return _said(excinfo.value)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return where the case begins, its line counted from 0, and its name."""
        [case] = self.script.cases
        steps = [*case.steps, *case.last]
        line = steps[0].place.line - 1 if steps else 0
        return self.path, line, self.name


class Run:
    """How scripts are run by these words of a command line.

    Raises:
        pytest.UsageError: they cannot be understood, or do not go together.
    """

    def __init__(self, words: list[str]) -> None:
        said = StringIO()
        try:
            with redirect_stderr(said):
                self._words = main_parser().read(words)
                _, target = files_and_target(self._words)
                self._target = parse_target(target) if target is not None else None
                self._settings = settings_of(self._words)
                if not self._settings.client:
                    client = client_name(self._words.timeout)
                    self._settings = self._settings._replace(client=client)
                begin_own_table(self._words, self._settings)
                connect = connect_options(self._words, self._settings, verify=True)
                self._connect = connect
                self._options = script_options(self._words, self._settings.client)
        except SystemExit:
            raise pytest.UsageError(f"--smtp-options: {said.getvalue().strip()}") from None
        except ProbeError as error:
            raise pytest.UsageError(_said(error)) from None

    @property
    def given(self) -> Given:
        """What the scripts get from outside."""
        return Given(self._options.variables, self._target, named_secrets(self._options.secrets))

    async def run(self, script: Script) -> Report:
        """Run a script; return what it gave."""
        async with practice(wanted=self._words.sandbox) as server:
            given, connect = self.given, self._connect
            if server is not None:
                target, connect = practised(server, connect, self._words)
                given = given._replace(target=target)
            silent = StringIO()
            return await Batch(
                [script], given, connect, self._options, show=Show.FAILURES, out=silent, err=silent
            ).run()


def _cases(run: ScriptResult | BrokenScript) -> tuple[CaseResult, ...]:
    return run.cases if isinstance(run, ScriptResult) else ()


def _said(error: ProbeError) -> str:
    if isinstance(error, ScriptProblems):
        return rendered(problem_lines(error), colour=False).rstrip("\n")
    return f"{error.message}\n  {error.hint}" if error.hint else error.message
