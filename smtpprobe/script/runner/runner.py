"""Runs a script, case by case, each on a fresh connection."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from smtpprobe.client import Client
from smtpprobe.script.language.steps import Case, Script
from smtpprobe.script.results.check import Outcome
from smtpprobe.script.results.results import CaseResult, ScriptResult
from smtpprobe.script.runner.at_prompt import Kept
from smtpprobe.script.runner.case import CaseRun
from smtpprobe.script.runner.case_state import CaseState
from smtpprobe.script.runner.run_settings import RunSettings


def _nobody(_told: object) -> None:
    """Do nothing."""


class Runner:
    """One run of one script on a client.

    `new_client` makes the clients of connections named by `:on` (by default like the first one),
    `on_echo` gets the texts of `:echo`. `wire` gives the last lines on the wire; it is asked
    after a case that did not pass. `on_begin` gets the name of each case as it begins,
    `on_end` what it gave.
    """

    def __init__(
        self,
        client: Client,
        script: Script,
        settings: RunSettings,
        on_echo: Callable[[str], None] = _nobody,
        *,
        new_client: Callable[[str], Client] | None = None,
        wire: Callable[[], tuple[str, ...]] = tuple,
        kept: Kept | None = None,
        on_begin: Callable[[str | None], None] = _nobody,
        on_end: Callable[[CaseResult], None] = _nobody,
    ) -> None:
        self._client = client
        self._script = script
        self._settings = settings
        self._on_echo = on_echo
        self._new_client = new_client or (lambda _name: Client(client.options))
        self._wire = wire
        self._kept = kept
        self._on_begin = on_begin
        self._on_end = on_end
        self._done: list[CaseResult] = []
        self._current: CaseRun | None = None
        self._clock = asyncio.get_running_loop().time
        self._began = self._clock()
        self._title = ""

    def result(self) -> ScriptResult:
        """Return what the run gave, so far if it is still going on."""
        cases = list(self._done)
        if self._current is not None:
            cases.append(self._current.result(self._wire()))
        seconds = self._clock() - self._began
        script = self._script
        return ScriptResult(
            script.name, script.sources, tuple(cases), seconds, self._title,
            included=script.included,
        )  # fmt: skip

    async def run(self) -> ScriptResult:
        """Run all cases; return what they gave."""
        options = self._client.options
        for case in self._script.cases:
            self._client.options = options
            await self._case(case)
        self._client.options = options
        return self.result()

    async def _case(self, case: Case) -> None:
        self._on_begin(case.name)
        state = CaseState(self._client, self._settings, self._new_client, self._on_echo, self._kept)
        self._current = run = CaseRun(state)
        try:
            await run.run(self._script.preamble, case)
            if case is self._script.cases[-1]:
                run.late(self._clock() - self._began)
        finally:  # also when it is cut short
            self._title = state.title or self._title
            self._ended(run.result())

    def _ended(self, result: CaseResult) -> None:
        if result.outcome in (Outcome.FAIL, Outcome.ERROR):
            result = result._replace(wire=self._wire())
        self._done.append(result)
        self._current = None
        self._on_end(result)


async def run_fragment(
    client: Client,
    script: Script,
    settings: RunSettings,
    on_echo: Callable[[str], None] = _nobody,
    kept: Kept | None = None,
) -> ScriptResult:
    """Run pasted lines inside an open session; stops at the first miss, leaves the session open.

    Values and settings are those of `kept`, and stay there.
    `settings.fragment` is set here; `result.stopped` and `result.not_sent` say where it ended.
    """
    inside = settings._replace(fragment=True)
    return await Runner(client, script, inside, on_echo, kept=kept).run()
