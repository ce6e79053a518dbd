"""One script against one target: its client, recording and retries, what it tells meanwhile."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from smtpprobe.client import Client
from smtpprobe.exits import ExitStatus
from smtpprobe.present import spans
from smtpprobe.present.escape import shown
from smtpprobe.present.session_view import SessionView, dial_lines
from smtpprobe.present.spans import Line
from smtpprobe.protocol.events import Sent
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.redact import Secrets
from smtpprobe.protocol.route import Attempt, Route
from smtpprobe.script.batch import Job
from smtpprobe.script.compare import Answer, answer_of
from smtpprobe.script.load import SUFFIX, Given, folder_of, secrets_of
from smtpprobe.script.record import Recorder
from smtpprobe.script.regexes import timed_pattern
from smtpprobe.script.report_view import DialogueView
from smtpprobe.script.results import ScriptResult
from smtpprobe.script.runner import Runner
from smtpprobe.script.settings import Identity, RunSettings
from smtpprobe.script.wire_lines import wire_lines

if TYPE_CHECKING:
    from smtpprobe.script.check_run import ScriptOptions

Tell = Callable[[list[Line], Secrets], None]
MOST_ANSWERS = 10_000
"""How many replies of a server are compared."""

_AGAIN = (ExitStatus.CHECK_FAILED, ExitStatus.CANNOT_TELL)


class JobRun:
    """Runs a job. `tell` gets lines as things happen; with a `view` the whole dialogue.

    `secrets` are the values that must not be shown, those that go out meanwhile among them.
    `answers` are the replies that came, kept where servers are compared.
    """

    def __init__(
        self,
        job: Job,
        options: ScriptOptions,
        secrets: Mapping[str, str],
        identity: Identity,
        *,
        tell: Tell,
        view: SessionView | None,
    ) -> None:
        self._job = job
        self._options = options
        own = {name: secrets[name] for name in secrets_of(job.script)}
        self.secrets = Secrets(own.values())
        self._settings = self._made(own, identity)
        self._tell = tell
        self._view = view
        self._retries = 0
        self.answers: list[Answer] = []
        self._recorder: Recorder | None = None
        self._runner: Runner | None = None

    def result(self) -> ScriptResult:
        """Return what the last run gave, so far if it is still going on."""
        assert self._runner is not None
        found = self._runner.result()
        return replace(found, retries=self._retries, variant=self._job.variant)

    async def run(self) -> None:
        """Run the script, again if it does not go well and that is wished for."""
        while True:
            try:
                await self._once()
            finally:
                self._end_recording()
            if self._retries == self._options.retry or self.result().status not in _AGAIN:
                return
            self._retries += 1

    async def _once(self) -> None:
        client = self._client("main")
        self._recorder = self._recording(client)
        if self._recorder is None:  # which else learns what goes out
            client.subscribe(self._learn)
        if self._options.compare:
            self.answers = []
            client.subscribe(self._keep_answer)
        self._runner = Runner(
            client, self._job.script, self._settings, self._echo,
            new_client=self._client, wire=lambda: wire_lines(client.events),
        )  # fmt: skip
        await self._runner.run()

    def _client(self, _name: str) -> Client:
        client = Client(self._job.connect, on_dial=self._dialled if self._view else None)
        if self._view is not None:
            dialogue = DialogueView(self._view)
            client.subscribe(lambda happening: self._tell(dialogue.lines(happening), self.secrets))
        return client

    def _made(self, secrets: Mapping[str, str], identity: Identity) -> RunSettings:
        options, target = self._options, self._job.target
        return RunSettings(
            options.client,
            target,
            options.timeout,
            secrets,
            outside=Given(options.variables, target).outside,
            identity=identity,
            going_on=options.going_on or bool(options.compare),
            strict=options.strict,
            texts=options.texts,
            days=options.days,
            time=options.time,
            library=folder_of(self._job.script.name),
            compile_regex=timed_pattern,
        )

    def _recording(self, client: Client) -> Recorder | None:
        path = self._options.transcript
        if not path:
            return None
        name = os.path.basename(self._job.script.name).removesuffix(SUFFIX)  # noqa: PTH119 - also "standard input"
        if self._job.variant:
            name = f"{name}-{self._job.variant}"
        return Recorder(client, path.replace("{file}", name), self._warn, self.secrets)

    def _end_recording(self) -> None:
        if self._recorder is None or self._runner is None:
            return
        result = self.result()
        for check in result.checks:
            self._recorder.note("check", check.plain())
        self._recorder.note("end", result.plain())
        self._recorder.close()
        self._recorder = None

    def _keep_answer(self, happening: Happening) -> None:
        exchange = happening.exchange
        if exchange is not None and not exchange.reply.piece and len(self.answers) < MOST_ANSWERS:
            self.answers.append(answer_of(exchange))

    def _learn(self, happening: Happening) -> None:
        if isinstance(happening.event, Sent):
            self.secrets.learn(happening.event.command)

    def _dialled(self, told: Route | Attempt) -> None:
        self._tell(dial_lines(told), self.secrets)

    def _echo(self, text: str) -> None:
        self._tell([spans.line(f"# {shown(text)}", spans.HEADING)], self.secrets)

    def _warn(self, text: str) -> None:
        self._tell([spans.line(f"warning: {shown(text)}", spans.WARNING)], self.secrets)
